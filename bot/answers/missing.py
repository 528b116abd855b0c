"""What is to be said of a figure that is not on record: the nearest that are, when it is due, what lacks."""

from bisect import bisect, bisect_left
from dataclasses import replace
from datetime import date

from bot.answers.answer import Missing, Part
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Measure, Series
from bot.dataset.releases import stage_of

JANUARY_WITH_FEBRUARY = 2  # the month number under which customs publish January and February together
UNDER_WAY = ("quarter", "half", "year")  # of these their first months are told


def missing_of(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Missing:
    """What is to be said of a figure that is not on record."""
    nearest, beyond = _nearest(series, period, dataset, scope)
    dated = beyond and series.measure != "unit_value" and not series.partner  # no partner in a bulletin
    due = _due(series, period, dataset) if dated else None
    holes = _holes(series, period, dataset, scope)
    parts = _parts(series, period, dataset, scope) if holes else ()
    apart = len({part.scope for part in parts}) > 1
    known = {month for part in parts for month in part.months} if apart else set()
    return Missing(
        series,
        period,
        nearest=nearest,
        due=due,
        overdue=bool(due and due <= dataset.today),
        together=_january_february(series, period, dataset, scope),
        so_far=_so_far(series, period, dataset, scope),
        newest=dataset.figure(series, nearest[-1], scope) if beyond and period.kind != "range" else None,
        measures=_other_measures(series, period, dataset, scope),
        scope=scope,
        holes=tuple(month for month in holes if month not in known),
        parts=parts if apart else (),
    )


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
    last = bisect(on_record, Period.month(period.end))
    inside = on_record[first:last]
    if not inside:
        return on_record[max(first - 1, 0) : first + 1], beyond
    return ((inside[0], inside[-1]) if len(inside) > 1 else inside), beyond


def _so_far(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Figure | None:
    """What is on record of a year, half or quarter from its first month on."""
    if period.kind not in UNDER_WAY:
        return None
    for end in reversed(period.months[:-1]):
        figure = dataset.figure(series, _from_start(period, end), scope)
        if figure and figure.value is not None:
            return figure
    return None


def _from_start(period: Period, end: Month) -> Period:
    if period.start == end:
        return Period.month(end)
    return Period.ytd(end) if period.start.number == 1 else Period.span(period.start, end)


def _parts(series: Series, period: Period, dataset: Dataset, scope: str | None) -> tuple[Part, ...]:
    """The months of a stretch in unbroken runs of one scope each, the longest ones from the newest back."""
    scopes = (scope,) if scope else dataset.scopes(series)
    months = {name: _months(series, period, dataset, name) for name in scopes}
    found: list[Part] = []
    end = period.end
    while end >= period.start:
        runs = [Part(name, _run_to(end, months[name])) for name in scopes]
        longest = max(runs, key=lambda part: len(part.months), default=Part("", ()))
        found += [longest] if longest.months else []
        end = end.plus(-max(len(longest.months), 1))
    return tuple(reversed(found))


def _months(series: Series, period: Period, dataset: Dataset, scope: str) -> frozenset[Month]:
    on_record = dataset.periods(series, "month", scope)
    return frozenset(each.end for each in on_record if period.start <= each.end <= period.end)


def _run_to(end: Month, months: frozenset[Month]) -> tuple[Month, ...]:
    """The unbroken months up to that one, oldest first."""
    run: list[Month] = []
    while end in months:
        run.insert(0, end)
        end = end.plus(-1)
    return tuple(run)


def _holes(series: Series, period: Period, dataset: Dataset, scope: str | None) -> tuple[Month, ...]:
    if period.kind != "range":
        return ()
    scopes = (scope,) if scope else dataset.scopes(series)
    return min((dataset.holes(series, period, name) for name in scopes), key=len, default=period.months)


def _due(series: Series, period: Period, dataset: Dataset) -> date:
    return dataset.calendar.release(period.end, stage_of(series)).day


def _january_february(series: Series, period: Period, dataset: Dataset, scope: str | None) -> Figure | None:
    if period.kind != "month" or period.end.number > JANUARY_WITH_FEBRUARY:
        return None
    return dataset.figure(series, Period.ytd(Month(period.end.year, JANUARY_WITH_FEBRUARY)), scope)


def _other_measures(
    series: Series, period: Period, dataset: Dataset, scope: str | None
) -> tuple[Measure, ...]:
    measures: tuple[Measure, ...] = ("quantity", "value", "unit_value")
    return tuple(
        measure
        for measure in measures
        if measure != series.measure and dataset.figure(replace(series, measure=measure), period, scope)
    )
