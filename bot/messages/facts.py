"""The lines below the headline: everything known about each figure, one sentence-like line after another."""

from collections.abc import Iterator

from bot.answers.answer import Answer
from bot.dataset.model import Figure
from bot.messages.details import DETAILS, contrasts, shares
from bot.messages.numbers import span, step_of
from bot.messages.speech import NOT_ON_RECORD, both_changes, in_scope, moved, series_name, status
from bot.messages.tables import level
from bot.questions.question import Question


def facts(answer: Answer) -> list[str]:
    """One figure: its facts, a line each. Several: a line a figure."""
    question = answer.question
    if question is None:
        return []
    if lines := _of_view(answer, question):
        return list(lines)
    if not answer.figures:
        return []
    if len(answer.figures) == 1 and not question.against:
        return list(_of_one(answer.figures[0], answer, question))
    totals = {
        figure.series: figure for figure in answer.figures + answer.around if figure.period.kind == "ytd"
    }
    own = [figure for figure in answer.figures if figure.period in (question.period, question.against)]
    return [_of_several(figure, totals.get(figure.series), answer, question) for figure in own]


def _of_view(answer: Answer, question: Question) -> Iterator[str] | None:
    """The lines of a view that has its own; None where figures are told as they are."""
    if answer.shares:
        return shares(answer)
    if answer.contrasts and 2 * len(answer.contrasts) == len(answer.figures):
        return contrasts(answer, question)
    if question.view == "export":
        return iter(())
    return DETAILS[question.view](answer, question) if question.view in DETAILS else None


def _of_one(figure: Figure, answer: Answer, question: Question) -> Iterator[str]:
    if figure.value is not None:
        yield f"{_printed(figure, question)}; {status(figure)}."
    if figure.move:
        base = "month" if figure.move.base == "month" else "mean of January and February"
        yield f"On the {base}: {moved(figure.move)}."
    yield f"On a year earlier: {both_changes(figure.growth)}."
    for total in answer.around:
        named = f"{series_name(total.series, answer.catalogue)}, {total.period.name}"
        yield f"{named}: {level(total, question.unit)}; on a year earlier {both_changes(total.growth)}."


def _printed(figure: Figure, question: Question) -> str:
    """How it came about, and what rounding leaves: Printed to the nearest 10 kt (135 to 145 kt)."""
    low, high = span(figure, question.unit)
    between = "" if high.startswith(low) else f" ({low} to {high})"
    if figure.derived:
        return f"Derived from published figures{between}"
    return f"Printed to the nearest {step_of(figure)}{between}"


def _of_several(figure: Figure, total: Figure | None, answer: Answer, question: Question) -> str:
    when = f", {figure.period.name}" if question.against else ""
    told = series_name(figure.series, answer.catalogue) + in_scope(figure, answer.catalogue) + when
    told += f": {level(figure, question.unit)} ({status(figure)})"
    if figure.move:
        told += f"; on the month {moved(figure.move)}"
    told += f"; on a year earlier {both_changes(figure.growth)}"
    if total and total.period != figure.period and total.end == figure.end and total.end.number > 1:
        grown = both_changes(total.growth)
        beside = "change not on record" if grown == NOT_ON_RECORD else grown
        told += f"; {total.period.name} {level(total, question.unit)}, {beside}"
    return told + "."
