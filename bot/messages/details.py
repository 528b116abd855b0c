"""The lines below the first one, for the views that speak of records, shares, sources and releases."""

from collections.abc import Callable, Iterator, Mapping

from bot.answers.answer import Answer, Contrast, Place, Publication
from bot.dataset.calendar import Period
from bot.dataset.model import Figure, Input, Row
from bot.messages.contrasts import contrast_told
from bot.messages.leads import publication_day, share_name, share_told
from bot.messages.numbers import amount, of_row, places, printed_percent, span
from bot.messages.rankings import outside_record
from bot.messages.speech import (
    computed,
    day,
    enumeration,
    level,
    lower_first,
    no_percentage,
    not_on_record,
    on_a_year,
    series_name,
    side,
    sized,
    stage_name,
    status,
    status_of,
)
from bot.messages.tables import label
from bot.messages.vintages import unchanged_lines
from bot.messages.wordings import HIGH, LOW, degree
from bot.questions.question import Order, Question, View

Lines = Callable[[Answer, Question], Iterator[str]]


def record(answer: Answer, question: Question) -> Iterator[str]:
    """Its place in its run and what stands outside it, and since when it is the highest and the lowest."""
    for item in answer.places:
        named = f"{series_name(item.figure.series, answer.catalogue)}, {item.figure.end.name}"
        beyond = outside_record(item, answer, question)
        if item.standing.months == 1:
            yield f"{named}: the only month of its unbroken run{beyond}."
        else:
            yield f"{named}: {_placed(item, question)}{beyond}."
            yield f"Within rounding, {_as_much(item, 'highest')} and {_as_much(item, 'lowest')}."


def _placed(item: Place, question: Question) -> str:
    """2nd to 4th highest of 31 months, January 2024 to July 2026."""
    standing, most = item.standing, degree(item.figure, question.order)
    among = "" if item.rank.last == 1 else f"{places(item.rank.first, item.rank.last)} "
    run = Period.span(standing.run_start, item.figure.end).name
    return f"{among}{most.highest} of {standing.months} months, {run}"


def _as_much(item: Place, order: Order) -> str:
    """The last month as high was May 2026; no earlier month of the run was as low."""
    since = item.standing.lowest_since if order == "lowest" else item.standing.highest_since
    most = LOW if order == "lowest" else HIGH
    return (
        f"the last month as {most.high} was {since.name}" if since else f"no earlier month was as {most.high}"
    )


def sources(answer: Answer, question: Question) -> Iterator[str]:
    """Every figure with its rounding, its inputs, its printed change and its earlier printings."""
    numbers = answer.source_numbers
    for figure in answer.figures:
        named = f"{series_name(figure.series, answer.catalogue)}, {figure.period.name}"
        if figure.value is None:
            yield f"{named}: only a change is on record [{numbers[figure.row.source]}]."
        else:
            own = sized(figure)
            low, high = span(own, question.unit)
            rounding = "" if high.startswith(low) else f"; rounding leaves {low} to {high}"
            yield f"{named} ({figure.scope}): {side(figure)}{amount(own, question.unit)}{rounding}."
            yield from (f"{_input(item, numbers, len(figure.inputs) > 1)}." for item in figure.inputs)
        yield f"On a year earlier: {_growth(figure, numbers)}."
        yield from _earlier(figure)


def _input(item: Input, numbers: Mapping[str, int], among_others: bool) -> str:
    row = item.row
    step = f", to the nearest {of_row(row.step, row)}" if row.step else ""
    printed = f"{of_row(row.value or 0, row)}{step}, {status_of(row)}"
    role = f"{item.role} {row.period.name}" if among_others else "Printed as"
    return f"{role} {printed} [{numbers[row.source]}]"


def _growth(figure: Figure, numbers: Mapping[str, int]) -> str:
    printed = figure.growth.printed
    if printed is None or printed.yoy_pct is None:
        worked_out = on_a_year(figure)
        return (
            worked_out
            if worked_out in (not_on_record(), no_percentage())
            else f"{worked_out}, computed from the levels"
        )
    beside = f"; {computed(figure.growth)} computed" if figure.growth.computed_pct is not None else ""
    return f"{printed_percent(printed.yoy_pct)} printed [{numbers[printed.source]}]{beside}"


def _earlier(figure: Figure) -> Iterator[str]:
    """Other printings of the same figure: they are kept, the newest is what is served."""
    own = {row.line for row in figure.rows}
    others = [row for row in figure.vintages if row.value is not None and row.line not in own]
    if others and not figure.derived:
        told = [f"{of_row(row.value or 0, row)} ({_when(row)})" for row in others]
        yield f"Also printed as {enumeration(told)}."


def _when(row: Row) -> str:
    stage = status_of(row)
    return f"{stage}, {day(row.published)}" if row.published else stage


def release(answer: Answer, question: Question) -> Iterator[str]:
    """A line a publication: when, what it holds first."""
    for item in sorted(answer.publications, key=lambda one: (one.day, one.month)):
        yield f"{item.name}, {stage_name(item.stage)}: {publication_day(item)}; {_holds(item, answer)}."


def _holds(item: Publication, answer: Answer) -> str:
    named = [lower_first(series_name(series, answer.catalogue)) for series in item.series]
    return f"the first with {enumeration(named)}"


def shares(answer: Answer) -> Iterator[str]:
    """A line a share, with the status of both figures."""
    for item in answer.shares:
        both = enumeration(list(dict.fromkeys(status(figure) for figure in (item.part, item.whole))))
        named = f"{share_name(item, answer.catalogue)}, {item.part.period.name}"
        yield f"{named}: {share_told(item)} ({item.part.scope}; {both})."


def contrasts(answer: Answer, question: Question) -> Iterator[str]:
    """A line a series: both periods and the change between them."""
    for item in answer.contrasts:
        named = label(item.now, answer.catalogue)
        change = contrast_told(item)
        yield f"{named}: {_side(item.now, question)}; {_side(item.then, question)}; {_change(item, change)}."


def _side(figure: Figure, question: Question) -> str:
    return f"{figure.period.name} {level(figure, question.unit)} ({status(figure)})"


def _change(item: Contrast, change: str) -> str:
    earlier, later = (figure.period.name for figure in item.in_time)
    return f"change from {earlier} to {later} {change}" if change else no_percentage()


DETAILS: Mapping[View, Lines] = {
    "record": record,
    "sources": sources,
    "release": release,
    "revisions": unchanged_lines,
}
