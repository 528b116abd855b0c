"""The lines below the headline where there is no table: everything known about a figure, line by line."""

from collections.abc import Iterator

from bot.answers.answer import Answer
from bot.dataset.model import Figure
from bot.messages.details import DETAILS, contrasts, shares
from bot.messages.numbers import ends_in_digits, span, step_of
from bot.messages.speech import level, moved, no_percentage, on_a_year, series_name, sized, status
from bot.questions.question import Question


def facts(answer: Answer) -> list[str]:
    """What a view says in lines of its own; of a single figure its facts, a line each."""
    question = answer.question
    if question is None:
        return []
    if lines := _of_view(answer, question):
        return list(lines)
    return list(_of_one(answer.figures[0], answer, question)) if answer.figures else []


def _of_view(answer: Answer, question: Question) -> Iterator[str] | None:
    """The lines of a view that has its own; None where a figure is told as it is."""
    if answer.shares:
        return shares(answer)
    if answer.contrasts and 2 * len(answer.contrasts) == len(answer.figures):
        return contrasts(answer, question)
    return DETAILS[question.view](answer, question) if question.view in DETAILS else None


def _of_one(figure: Figure, answer: Answer, question: Question) -> Iterator[str]:
    if figure.value is not None:
        yield f"{_printed(figure, question)}; {status(figure)}."
    if figure.move:
        base = "month" if figure.move.base == "month" else "mean of January and February"
        yield f"On the {base}: {moved(figure.move)}."
    grown = on_a_year(figure)
    yield f"On a year earlier: {grown}{' is told of this balance' if grown == no_percentage() else ''}."
    for total in answer.around:
        named = f"{series_name(total.series, answer.catalogue)}, {total.period.name}"
        yield f"{named}: {level(total, question.unit)}; on a year earlier {on_a_year(total)}."


def _printed(figure: Figure, question: Question) -> str:
    """How it came about, and what rounding leaves: Printed to the nearest 10 kt (135 to 145 kt)."""
    low, high = span(sized(figure), question.unit)
    between = "" if high.startswith(low) else f" ({low} to {high})"
    if figure.derived:
        return f"Derived from published figures{between}"
    return (
        f"Printed to the nearest {step_of(figure)}{between if ends_in_digits(figure, question.unit) else ''}"
    )
