"""An Answer into Reports, one for each of its questions: the view says which function makes it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.highlights.news import IN_CELLS, beside_a_table
from bot.answers.results import (
    ByCountry,
    Check,
    Count,
    Ratio,
    Result,
    Rows,
    Seasonal,
    SideBySide,
    Streak,
    Total,
    Why,
)
from bot.dataset.model import Figure
from bot.messages import explained, of_figures, over_time, partner_table, unanswered, worked_out
from bot.messages.asks import distinct, next_asks
from bot.messages.caveats import NOTE, caveats
from bot.messages.pictures import chart_of
from bot.messages.report import Ask, Cited, Item, Report
from bot.messages.sheet import sheet
from bot.messages.sourcing import cited
from bot.messages.standouts import highlight
from bot.questions.question import Question, View
from bot.words import say

Made = Callable[[Answer, Question], Report]
OF_VIEW: Mapping[View, Made] = {
    "figure": of_figures.figures,
    "overview": of_figures.figures,
    "growth": of_figures.growth,
    "compare": of_figures.compare,
    "trend": over_time.trend,
    "average": over_time.average,
    "ranking": over_time.ranking,
    "record": over_time.record,
    "highlights": explained.highlights,
    "sources": explained.sources,
    "export": explained.export,
}
WITHOUT_FIGURES: Mapping[View, Made] = {
    "help": explained.help_report,
    "definition": explained.definition,
    "events": explained.events,
    "release": explained.release,
    "coverage": explained.coverage,
    "revisions": explained.revisions,
}
UNSOURCED = ("help", "definition", "release", "coverage", "events")
POSTED = 3  # highlights of a monthly post


def reports(answer: Answer) -> tuple[Report, ...]:
    """A report for each question of the message."""
    return tuple(report(each) for each in answer.all)


def report(answer: Answer) -> Report:
    """What one answer shows."""
    question = answer.question
    if question is None:
        asks = next_asks(answer) or _help(answer)
        return replace(unanswered.unread(answer), asks=asks)
    made = _of_edition(answer, question) if answer.edition else _of_question(answer, question)
    table = made.table
    marked = bool(table and any(NOTE in cell.text for row in table.rows for cell in row[:1]))
    return replace(
        made,
        caveats=caveats(answer, marked=marked) if made.caveats == () else made.caveats,
        sources=() if question.view in UNSOURCED else _sources(answer),
        asks=next_asks(answer),
        code=sheet(answer),
    )


def _help(answer: Answer) -> tuple[Ask, ...]:
    """How to ask, where nothing nearer is known; a courtesy asks for nothing."""
    if answer.outcome in ("courtesy", "silent"):
        return ()
    return (Ask(say("asks.view_help"), Question(view="help", language=answer.language)),)


def _sources(answer: Answer) -> tuple[Cited, ...]:
    """The publishers; where one figure was printed coarsely, to what."""
    if answer.instead:
        return cited(answer.instead)
    if len(answer.figures) == 1:
        return _with_step(cited(answer, answer.figures), answer.figures[0])
    shown = [
        each for item in answer.missing for each in (*item.told, *([item.newest] if item.newest else []))
    ]
    return cited(answer, () if answer.figures else shown)


def _with_step(sources: tuple[Cited, ...], figure: Figure) -> tuple[Cited, ...]:
    """The publishers of one figure, and to what it was rounded where that is coarse."""
    step = of_figures.rounding((figure,))
    if not step or not sources:
        return sources
    last = sources[-1]
    return (*sources[:-1], last._replace(beside=step))


def _of_question(answer: Answer, question: Question) -> Report:
    """By its results where it has some, else by its view."""
    if question.view in WITHOUT_FIGURES and (answer.revisions or question.view != "revisions"):
        return WITHOUT_FIGURES[question.view](answer, question)
    if answer.results:
        return _of_result(answer.results[0], answer, question)
    if not answer.figures and not answer.stretches:
        return unanswered.no_figure(answer, question)
    if answer.shares:
        return of_figures.shares(answer, question)
    if answer.contrasts or (question.against and question.view != "record"):
        return of_figures.compare(answer, question)
    if (answer.stretches or question.view not in ("trend", "average", "ranking")) and _fits(answer, question):
        return OF_VIEW.get(question.view, of_figures.figures)(answer, question)
    return of_figures.figures(answer, question) if answer.figures else unanswered.no_figure(answer, question)


def _fits(answer: Answer, question: Question) -> bool:
    """Whether there is what the view is about: a record needs a place, a file and a source a figure."""
    if question.view == "record":
        return bool(answer.places)
    return bool(answer.figures) or question.view in ("trend", "average", "ranking")


def _of_result(item: Result, answer: Answer, question: Question) -> Report:
    match item:
        case ByCountry():
            return partner_table.by_country(answer, question, item)
        case Total():
            return worked_out.total(answer, question, item)
        case SideBySide():
            return worked_out.beside(answer, question, item)
        case Ratio():
            return worked_out.ratio(answer, question, item)
        case Rows():
            return over_time.rows(answer, question, item)
        case Seasonal():
            return over_time.season(answer, question, item)
        case Count():
            return worked_out.count(answer, question, item)
        case Streak():
            return worked_out.streak(answer, question, item)
        case Check():
            return explained.check(answer, question, item)
        case Why():
            return explained.why(answer, question, item)


def _of_edition(answer: Answer, question: Question) -> Report:
    """A monthly post: the lead and two more highlights, the table, one chart."""
    made = of_figures.figures(answer, question)
    told = _posted(answer)
    lead, rest = (told[:1], told[1:]) if told and made.table else (list(made.lines), told)
    invited = (say("report.reply_here"),)
    return replace(
        made, lines=tuple(lead), items=tuple(map(Item, rest)), chart=chart_of(answer), posted=True,
        caveats=(*caveats(answer, marked=True), *invited),
    )  # fmt: skip


def _posted(answer: Answer) -> list[str]:
    """The lead of a post, and up to two more that no cell of its table says."""
    ranked = beside_a_table(answer.highlights)
    shown = [*ranked[:1], *(item for item in ranked[1:] if item.rule not in IN_CELLS)]
    return [highlight(item, answer.catalogue) for item in shown[:POSTED]]


def asks_of(made: tuple[Report, ...]) -> tuple[Ask, ...]:
    """What to ask after several answers, the first of each first."""
    return made[0].asks if len(made) == 1 else distinct(ask for each in made for ask in each.asks)
