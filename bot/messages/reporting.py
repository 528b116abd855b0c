"""An Answer into Reports, one for each of its questions: the view says which function makes it."""

from collections.abc import Callable, Mapping

from bot.answers import results
from bot.answers.answer import Answer
from bot.answers.highlights.choice import IN_CELLS
from bot.messages import explained, of_figures, over_time, unanswered, worked_out
from bot.messages.caveats import NOTE, caveats
from bot.messages.for_programs import every_line
from bot.messages.number_format import of_row
from bot.messages.plain_text import cited
from bot.messages.quantities import is_marked
from bot.messages.report import Cited, Item, Report
from bot.messages.standouts import highlight
from bot.messages.tabulated import chart_of
from bot.questions.question import Question
from bot.words import say

Made = Callable[[Answer, Question], Report]
OF_VIEW: Mapping[str, Made] = {
    made.__name__: made
    for made in (
        of_figures.growth, of_figures.compare, over_time.trend, over_time.average, over_time.ranking,
        over_time.record, explained.highlights, explained.sources, explained.export,
    )
}  # fmt: skip
WITHOUT_FIGURES: Mapping[str, Made] = {
    "help": explained.help_report, "definition": explained.definition, "events": explained.events,
    "release": explained.release, "coverage": explained.coverage, "revisions": explained.revisions,
}  # fmt: skip
OF_RESULT: Mapping[type, Callable[..., Report]] = {
    results.ByCountry: worked_out.by_country, results.Total: worked_out.total,
    results.SideBySide: worked_out.beside, results.Computed: worked_out.ratio, results.Rows: over_time.rows,
    results.Seasonal: over_time.season, results.Count: worked_out.count, results.Streak: worked_out.streak,
    results.Check: explained.check, results.Why: explained.why,
}  # fmt: skip
OF_STRETCHES, UNSOURCED = ("trend", "average", "ranking"), {*WITHOUT_FIGURES} - {"revisions"}
POSTED = 3  # highlights of a monthly post
COARSE = 0.02  # of a level: from here on its rounding step is said
SHOWN = 4  # results: one in full, of the others a line each


def reports(answer: Answer) -> tuple[Report, ...]:
    """A report for each question of the message."""
    return tuple(report(each) for each in answer.all)


def report(answer: Answer) -> Report:
    """What one answer shows."""
    question = answer.question
    if question is None:
        return unanswered.unread(answer)
    made = _of_edition(answer, question) if answer.edition else _of_question(answer, question)
    if question.whether and question.view == "figure":
        made = made._replace(headline=explained.whether(answer, made.headline))
    marked = bool(made.table and any(NOTE in row[0].text for row in made.table.rows))
    return made._replace(
        lines=tuple(filter(None, made.lines)),
        caveats=made.caveats or caveats(answer, marked=marked),
        sources=() if question.view in UNSOURCED else _sources(answer),
        rounding=_rounding(answer),
        file=every_line(answer) if question.view == "export" else (),
    )


def _sources(answer: Answer) -> tuple[Cited, ...]:
    """The publishers of what is shown: of the figures, else of what stands in their place."""
    if len(answer.figures) == 1:
        return cited(answer, answer.figures)
    told = [each for item in answer.missing for each in (*item.told, item.newest) if each]
    told += [each for item in answer.results if isinstance(item, results.Count) for each in item.known]
    return cited(answer, told if told and not answer.figures else (*answer.figures, *answer.around))


def _rounding(answer: Answer) -> str:
    """To what one figure was printed, where that is coarse."""
    figure, *others = answer.figures or (None,)
    if others or not figure or not figure.value or is_marked(figure):
        return ""
    coarse = figure.step and figure.step >= COARSE * abs(figure.value)
    return say("report.nearest", step=of_row(figure.step or 0, figure.row)) if coarse else ""


def _of_question(answer: Answer, question: Question) -> Report:
    """By its results where it has some, else by its view."""
    if question.view in WITHOUT_FIGURES and (answer.outcome == "answered" or question.view != "revisions"):
        return WITHOUT_FIGURES[question.view](answer, question)
    if answer.results:  # the first in full, of the others their first lines; one with a table tells all
        first, *more = (OF_RESULT[type(each)](answer, question, each) for each in answer.results[:SHOWN])
        told = [] if first.table else [each.first_words for each in more]
        return first._replace(lines=(*first.lines, *told))
    if not answer.figures and not answer.stretches:
        return unanswered.no_figure(answer, question)
    if answer.shares:
        return worked_out.shares(answer, question)
    if answer.contrasts or (question.against and question.view != "record"):
        return of_figures.compare(answer, question)
    needed = answer.stretches if question.view in OF_STRETCHES else answer.figures
    if answer.places if question.view == "record" else needed:
        return OF_VIEW.get(question.view, of_figures.figures)(answer, question)
    return of_figures.figures(answer, question) if answer.figures else unanswered.no_figure(answer, question)


def _of_edition(answer: Answer, question: Question) -> Report:
    """A monthly post: the lead and up to two more highlights that no cell of its table says, one chart."""
    if not answer.figures:
        return unanswered.no_figure(answer, question)
    made = of_figures.figures(answer, question)
    ranked = answer.highlights
    shown = [*ranked[:1], *(item for item in ranked[1:] if item.rule not in IN_CELLS)][:POSTED]
    told = [highlight(item) for item in shown]
    lines, rest = (told[:1], told[1:]) if told and made.table else (made.lines, told)
    return made._replace(
        lines=tuple(lines), items=tuple(map(Item, rest)), chart=chart_of(answer), posted=True,
        caveats=(*caveats(answer, marked=True), say("report.reply_here")),
    )  # fmt: skip
