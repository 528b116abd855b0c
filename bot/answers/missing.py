"""What is to be said of a figure that is not on record: the nearest that are, when it is due, what lacks."""

from bisect import bisect, bisect_left
from collections.abc import Container, Sequence

from bot.answers.answer import Missing, Part
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.dataset.releases import stage_of

JANUARY_WITH_FEBRUARY = 2  # the month number under which customs publish January and February together
UNDER_WAY = ("quarter", "half", "year")  # of these their first months are told


def missing_of(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Missing:
    """What is to be said of a figure that is not on record."""
    nearest, beyond = _nearest(series, period, dataset, scope)
    dated = beyond and series.measure != "unit_value" and not series.partner  # no partner in a bulletin
    due = dataset.calendar.release(period.end, stage_of(series)).day if dated else None
    scopes = (scope,) if scope else dataset.scopes(series)
    holes = _holes(series, period, dataset, scopes) if period.kind == "range" else ()
    parts = _parts(series, period, dataset, scopes) if holes else ()
    apart = len({part.scope for part in parts}) > 1
    known = {month for part in parts for month in part.months} if apart else set()
    return Missing(
        series,
        period,
        nearest=nearest,
        due=due,
        overdue=bool(due and due <= dataset.today),
        together=_together(series, period, dataset, scope),
        so_far=so_far(series, period, dataset, scope),
        newest=dataset.figure(series, nearest[-1], scope) if beyond and period.kind != "range" else None,
        scope=scope,
        holes=tuple(month for month in holes if month not in known),
        parts=parts if apart else (),
    )


def _holes(series: Series, period: Period, dataset: Dataset, scopes: Sequence[str]) -> Sequence[Month]:
    """The months for lack of which it has no total, in the scope that has most of them."""
    every = [dataset.line(series, name).holes(period) for name in scopes]
    return min(every, key=len) if every else period.months


def _nearest(
    series: Series, period: Period, dataset: Dataset, scope: str | None
) -> tuple[tuple[Period, ...], bool]:
    """The periods on record next to it (months, where it is a stretch), and whether it lies beyond them."""
    on_record = dataset.periods(series, "month" if period.kind == "range" else period.kind, scope)
    beyond = bool(on_record) and on_record[-1].end < period.end
    if period.kind != "range":
        place = bisect(on_record, period)
        return on_record[max(place - 1, 0) : place + 1], beyond
    first = bisect_left(on_record, Period.month(period.start))
    inside = on_record[first : bisect(on_record, Period.month(period.end))]
    if not inside:
        return on_record[max(first - 1, 0) : first + 1], beyond
    return tuple(dict.fromkeys((inside[0], inside[-1]))), beyond


def so_far(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Figure | None:
    """What is on record of a year, half or quarter from its first month on."""
    for end in reversed(period.months[:-1]) if period.kind in UNDER_WAY else ():
        start = period.start
        whole = Period.ytd(end) if start.number == 1 and end > start else span(start, end)
        figure = dataset.figure(series, whole, scope)
        if figure and figure.value is not None:
            return figure
    return None


def span(start: Month, end: Month) -> Period:
    """The stretch from one month to another; a month where they are the same."""
    return Period.month(end) if start == end else Period.span(start, end)


def _parts(series: Series, period: Period, dataset: Dataset, scopes: Sequence[str]) -> tuple[Part, ...]:
    """The months of a stretch in unbroken runs of one scope each, the longest ones from the newest back."""
    within = frozenset(period.months)
    months = {name: dataset.months(series, name) & within for name in scopes}
    found: list[Part] = []
    for end in sorted(frozenset().union(*months.values()), reverse=True):
        if not found or end < found[-1].months[0]:
            runs = (Part(name, run_to(end, months[name])) for name in scopes)
            found.append(max(runs, key=lambda part: len(part.months)))
    return tuple(reversed(found))


def run_to(end: Month, months: Container[Month]) -> tuple[Month, ...]:
    """The unbroken months up to that one, oldest first."""
    start = end.plus(1)
    while (before := start.plus(-1)) in months:
        start = before
    return Period.span(start, end).months if start <= end else ()


def _together(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Figure | None:
    """January and February as one figure, where the month stands in it."""
    both = Period.ytd(Month(period.end.year, JANUARY_WITH_FEBRUARY))
    inside = period.kind == "month" and period.end <= both.end
    return dataset.figure(series, both, scope) if inside else None
