"""An Answer into Reports, one for each of its questions: the view says which function makes it."""

from collections.abc import Callable, Mapping

from bot.answers import results
from bot.answers.answer import Answer
from bot.answers.highlights.choice import IN_CELLS
from bot.dataset.model import Figure, Series
from bot.messages import explained, of_figures, over_time, worked_out
from bot.messages import names as naming
from bot.messages.blocks import neutral, visible
from bot.messages.caveats import NOTE, caveats, due, instead
from bot.messages.for_programs import every_line
from bot.messages.number_format import of_row
from bot.messages.of_figures import stated
from bot.messages.quantities import is_marked, on_year
from bot.messages.report import Cited, Item, Report, cited
from bot.messages.standouts import highlight
from bot.messages.tabulated import chart_of
from bot.profile import profile
from bot.questions.question import Question
from bot.questions.reading import Reason
from bot.questions.speak import series_words
from bot.words import LANGUAGES, say, say_or, sentences, speaking
from bot.words.folder import folder_note

OF_VIEW: Mapping[str, Callable[[Answer, Question], Report]] = {made.__name__: made for made in (
    of_figures.growth, of_figures.compare, over_time.trend, over_time.average, over_time.ranking,
    over_time.record, explained.highlights, explained.sources, explained.export, explained.definition,
    explained.events, explained.release, explained.coverage, explained.revisions,
)}  # fmt: skip
WITHOUT_FIGURES = ("help", "definition", "events", "release", "coverage", "revisions")
OF_RESULT: Mapping[type, Callable[..., Report]] = {
    Figure: lambda _, question, total: Report(stated(total, question.unit), on_year(total)),
    results.ByCountry: worked_out.by_country,
    results.SideBySide: worked_out.beside, results.Computed: worked_out.computed,
    results.Rows: over_time.rows, results.Seasonal: over_time.season, results.Count: worked_out.count,
    results.Streak: worked_out.streak, results.Check: explained.check, results.Why: explained.why,
}  # fmt: skip
OF_STRETCHES, UNSOURCED = ("trend", "average", "ranking"), {*WITHOUT_FIGURES} - {"revisions"}
POSTED = 3  # highlights of a monthly post
COARSE = 0.02  # of a level: from here on its rounding step is said
SHOWN = 4  # results: one in full, of the others a line each
NAMED, SHOWN_NEWEST = 2, 3
TYPED = 40  # letters of what was typed
# Troubles that are told in the words of another.
_TOLD_AS = {"soft": "industry", "scope": "code", "wordless": "greeting"}
_TOLD_AS |= dict.fromkeys(("weak", "unread", "unclear"), "may_be_meant")
_TOLD_AS |= dict.fromkeys(("no_such_time", "future_time"), "time")


def reports(answer: Answer) -> tuple[Report, ...]:
    """A report for each question of the message."""
    return tuple(map(report, answer.all))


def report(answer: Answer) -> Report:
    """What one answer shows."""
    question = answer.question
    if question is None:
        return unread(answer)
    made = _of_edition(answer, question) if answer.edition else _of_question(answer, question)
    if question.whether and question.view == "figure":
        told = naming.lower_first(made.headline)  # yes, or no; neither where only a part of it is out
        if not answer.figures:
            made = made._replace(headline=say("explained.no", told=told))
        elif not answer.missing:
            made = made._replace(headline=say("explained.yes", told=told))
    marked = bool(made.table and any(NOTE in row[0].text for row in made.table.rows))
    return made._replace(
        lines=tuple(filter(None, made.lines)),
        caveats=made.caveats or caveats(answer, marked=marked),
        sources=() if question.view in UNSOURCED else _sources(answer),
        rounding=_rounding(*answer.figures) if len(answer.figures) == 1 else "",
        file=every_line(answer) if question.view == "export" else (),
    )


def _sources(answer: Answer) -> tuple[Cited, ...]:
    if len(answer.figures) == 1:
        return cited(answer, answer.figures)
    told = [each for item in answer.missing for each in (*item.told, item.newest) if each]
    told += [each for item in answer.results if isinstance(item, results.Count) for each in item.known]
    return cited(answer, told if told and not answer.figures else (*answer.figures, *answer.around))


def _rounding(figure: Figure) -> str:
    """To what a figure was printed, where that is coarse."""
    step, size = figure.step, abs(figure.value or 0)
    coarse = step and size and step >= COARSE * size and not is_marked(figure)
    return say("report.nearest", step=of_row(step, figure.row)) if step and coarse else ""


def _of_question(answer: Answer, question: Question) -> Report:
    """By its results where it has some, else by its view."""
    if question.view in WITHOUT_FIGURES and (answer.outcome == "answered" or question.view != "revisions"):
        return OF_VIEW.get(question.view, explained.help_report)(answer, question)
    if answer.results:  # the first in full, of the others their first lines; one with a table tells all
        first, *more = (OF_RESULT[type(each)](answer, question, each) for each in answer.results[:SHOWN])
        told = [] if first.table else [each.first_words for each in more]
        return first._replace(lines=(*first.lines, *told))
    if not answer.figures and not answer.stretches:
        return no_figure(answer, question)
    if answer.shares:
        return worked_out.shares(answer, question)
    if answer.contrasts or (question.against and question.view != "record"):
        return of_figures.compare(answer, question)
    needed = answer.stretches if question.view in OF_STRETCHES else answer.figures
    if answer.places if question.view == "record" else needed:
        return OF_VIEW.get(question.view, of_figures.figures)(answer, question)
    return of_figures.figures(answer, question) if answer.figures else no_figure(answer, question)


def _of_edition(answer: Answer, question: Question) -> Report:
    """A monthly post: the lead and up to two more highlights that no cell of its table says, one chart."""
    if not answer.figures:
        return no_figure(answer, question)
    made = of_figures.figures(answer, question)
    ranked = answer.highlights
    shown = [*ranked[:1], *(item for item in ranked[1:] if item.rule not in IN_CELLS)][:POSTED]
    told = [highlight(item) for item in shown]
    lines, rest = (told[:1], told[1:]) if told and made.table else (made.lines, told)
    return made._replace(
        lines=tuple(lines), items=tuple(map(Item, rest)), chart=chart_of(answer), posted=True,
        caveats=(*caveats(answer, marked=True), say("report.reply_here")),
    )  # fmt: skip


def unread(answer: Answer) -> Report:
    """One sentence for why a text is not answered; what differs stands on the buttons."""
    told, pairs = sentences(reasons(answer)), {each.pairs for each in answer.offers}
    if answer.outcome == "ask_back" and answer.reading and [*map(len, pairs)] == [1]:
        told = say("report.item", name=Series(*min(pairs)[0]), value=naming.lower_first(told))
    return Report(neutral(visible(told)))


def reasons(answer: Answer) -> list[str]:
    """A sentence for each part of the text that did not resolve, and for why what did is asked back."""
    told = [answer.refusal] if answer.refusal else []
    read = answer.reading if answer.question is None else None
    if read and read.reason and read.outcome != "silent":  # what is not for us is not answered
        told.append(worded(read.reason))
    if answer.reason:
        told.append(say(f"reasons.{answer.reason}"))
    return told


def worded(reason: Reason) -> str:
    """The sentence for a kind of trouble, with the words that it is about."""
    said = (reason.words[0] if reason.words else "")[:TYPED]
    match reason.kind:
        case "command":
            return sentences((say(f"commands.{said}"), say(f"commands.{said}_in_terminal")))
        case "language":
            told = []
            for spoken in LANGUAGES:
                with speaking(spoken):
                    told.append(say("reading.languages"))
            return " · ".join(told)
        case "reset":
            return say("replies.started_over")
    kind = _TOLD_AS.get(reason.kind, reason.kind)
    if note := folder_note(kind):
        return say("reading.noted", said=said, note=note)
    values = {"said": said, "series": naming.upper_first(series_words(said, profile().catalogue))}
    return say_or(say("reading.nothing", **values), f"reading.{kind}", **values)


def no_figure(answer: Answer, question: Question) -> Report:
    """What is not on record, and what there is: the newest, January and February as one, the nearest."""
    missing, when = answer.missing, question.period or ""
    if not missing and not when:
        return Report(say("unanswered.none_at_all", series=say("unanswered.trade")))
    names = list(dict.fromkeys(naming.series_name(each.series) for each in missing))
    known = naming.named_together(names) if 0 < len(names) <= NAMED else say("unanswered.trade")
    when = missing[0].period if len(names) == 1 else when
    title = say("unanswered.none", series=known, period=when)
    lines = instead(missing[0], question.unit) if missing else []
    if len(names) > 1:  # the newest figures of the first ones
        newest = {each.series: each.newest for each in missing if each.newest}
        told = [stated(figure, question.unit) for figure in newest.values() if figure.value is not None]
        lines = told[:SHOWN_NEWEST]
    return Report(title, "".join(due(missing[0])) if missing else "", tuple(lines))
