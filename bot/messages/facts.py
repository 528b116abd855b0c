"""The lines below the headline where there is no table: everything known about a figure, line by line."""

from collections.abc import Iterator

from bot.answers.answer import Answer
from bot.dataset.model import Figure
from bot.messages.details import DETAILS, contrasts, shares
from bot.messages.names import series_name, status
from bot.messages.number_format import ends_in_digits, span, step_of
from bot.messages.speech import level, moved, no_percentage, on_a_year, sized
from bot.questions.named import period_name
from bot.questions.question import Question
from bot.words import say
from bot.words.joints import in_brackets


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
        yield say("facts.origin", printed=_printed(figure, question), status=status(figure))
    if figure.move:
        base = "month" if figure.move.base == "month" else "mean"
        yield say(f"facts.on_the_{base}", change=moved(figure.move))
    grown = on_a_year(figure)
    none = grown == no_percentage()
    yield say("facts.of_a_balance") if none else say("facts.on_a_year", change=grown)
    for total in answer.around:
        yield say(
            "facts.beside",
            series=series_name(total.series, answer.catalogue),
            period=period_name(total.period),
            level=level(total, question.unit),
            change=on_a_year(total),
        )


def _printed(figure: Figure, question: Question) -> str:
    """How it came about, and what rounding leaves: Printed to the nearest 10 kt (135 to 145 kt)."""
    edges = span(sized(figure), question.unit)
    between = in_brackets(say("numbers.range", low=edges[0], high=edges[1])) if edges else ""
    if figure.derived:
        return say("facts.derived", between=between)
    if figure.estimated:
        return say("facts.estimated", half=step_of(figure, 0.5), between=between)
    shown = between if ends_in_digits(figure, question.unit) else ""
    return say("facts.printed", step=step_of(figure), between=shown)
