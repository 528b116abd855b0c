"""An Answer into Reports, one for each of its questions: the view says which function makes it."""

from collections.abc import Callable, Mapping

from bot.answers import results
from bot.answers.answer import Answer
from bot.answers.highlights.news import IN_CELLS, beside_a_table
from bot.messages import explained, of_figures, over_time, partner_table, unanswered, worked_out
from bot.messages.caveats import NOTE, caveats
from bot.messages.charts import chart_of
from bot.messages.report import Cited, Item, Report
from bot.messages.sheet import every_line
from bot.messages.sourcing import cited
from bot.messages.standouts import highlight
from bot.questions.question import Question, View
from bot.words import say

Made = Callable[[Answer, Question], Report]
OF_VIEW: Mapping[View, Made] = {
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
OF_RESULT: Mapping[type, Callable[..., Report]] = {
    results.ByCountry: partner_table.by_country,
    results.Total: worked_out.total,
    results.SideBySide: worked_out.beside,
    results.Ratio: worked_out.ratio,
    results.Rows: over_time.rows,
    results.Seasonal: over_time.season,
    results.Count: worked_out.count,
    results.Streak: worked_out.streak,
    results.Check: explained.check,
    results.Why: explained.why,
}
OF_STRETCHES, UNSOURCED = ("trend", "average", "ranking"), {*WITHOUT_FIGURES} - {"revisions"}
POSTED = 3  # highlights of a monthly post
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
    marked = bool(made.table and any(NOTE in row[0].text for row in made.table.rows))
    return made._replace(
        lines=tuple(filter(None, made.lines)),
        caveats=made.caveats or caveats(answer, marked=marked),
        sources=() if question.view in UNSOURCED else _sources(answer),
        file=every_line(answer) if question.view == "export" else (),
    )


def _sources(answer: Answer) -> tuple[Cited, ...]:
    """The publishers; where one figure was printed coarsely, to what."""
    if answer.instead:
        return cited(answer.instead)
    if not answer.figures:
        return cited(answer, [each for item in answer.missing for each in (*item.told, item.newest) if each])
    if len(answer.figures) > 1:
        return cited(answer)
    found = cited(answer, answer.figures)
    step = of_figures.rounding(answer.figures[0])
    return (*found[:-1], *(each._replace(beside=step) for each in found[-1:]))


def _of_question(answer: Answer, question: Question) -> Report:
    """By its results where it has some, else by its view."""
    if question.view in WITHOUT_FIGURES and (answer.revisions or question.view != "revisions"):
        return WITHOUT_FIGURES[question.view](answer, question)
    if answer.results:
        return _of_results(answer, question)
    if not answer.figures and not answer.stretches:
        return unanswered.no_figure(answer, question)
    if answer.shares:
        return partner_table.shares(answer, question)
    if answer.contrasts or (question.against and question.view != "record"):
        return of_figures.compare(answer, question)
    needed = answer.stretches if question.view in OF_STRETCHES else answer.figures
    if answer.places if question.view == "record" else needed:
        return OF_VIEW.get(question.view, of_figures.figures)(answer, question)
    return of_figures.figures(answer, question) if answer.figures else unanswered.no_figure(answer, question)


def _of_results(answer: Answer, question: Question) -> Report:
    """The first of its results in full, of the others their first lines; one that has a table tells all."""
    first, *more = (OF_RESULT[type(each)](answer, question, each) for each in answer.results[:SHOWN])
    told = () if first.table else tuple(each.first_words for each in more)
    return first._replace(lines=(*first.lines, *told))


def _of_edition(answer: Answer, question: Question) -> Report:
    """A monthly post: the lead and up to two more highlights that no cell of its table says, one chart."""
    if not answer.figures:
        return unanswered.no_figure(answer, question)
    made = of_figures.figures(answer, question)
    ranked = beside_a_table(answer.highlights)
    shown = [*ranked[:1], *(item for item in ranked[1:] if item.rule not in IN_CELLS)][:POSTED]
    told = [highlight(item, answer.catalogue) for item in shown]
    lines, rest = (told[:1], told[1:]) if told and made.table else (made.lines, told)
    return made._replace(
        lines=tuple(lines), items=tuple(map(Item, rest)), chart=chart_of(answer), posted=True,
        caveats=(*caveats(answer, marked=True), say("report.reply_here")),
    )  # fmt: skip
