"""A figure beside others of its series: its changes, printed and computed, and its rank among the months."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.dataset.calendar import Month, Period
from bot.dataset.model import NO_GROWTH, Figure, Growth, Move, Row, Series
from bot.dataset.releases import in_order

PRINTED_HALF_POINT = 0.05  # half of the last decimal that a change is printed with
DISPUTED_FROM_POINTS = 1.0  # printed and computed change further apart than this: neither leads a sentence
CORRECTION_IN_DERIVED = 0.01  # of a month: corrections of earlier months can lie in a derived figure


def change_pct(now: Figure, base: Figure, parts: float = 1) -> tuple[float, tuple[float, float]] | None:
    """The change in percent and its rounding range, on a base or its mean over so many parts; else None."""
    if not now.bounds or not base.bounds:
        return None
    (value, low, high), (before, least, most) = now.bounds, (each / parts for each in base.bounds)
    # No percentage across zero, as net trade can go, nor of what was printed as 0, "under half a step".
    if least <= 0 or low < 0 or value == 0:
        return None
    return (value / before - 1) * 100, ((low / most - 1) * 100, (high / least - 1) * 100)


def printed_change(today: Row | None, rows: Sequence[Row]) -> tuple[Row | None, bool]:
    """The row whose printed change is today's figure's, and whether the value has moved by more since."""
    if today and today.yoy_pct is not None:
        return today, False
    told = next((row for row in reversed(in_order(rows)) if row.yoy_pct is not None), None)
    if not told or not today or None in (today.value, told.value):
        return told, False
    return told, not today.agrees_with(told)


def growth_of(now: Figure, year_before: Figure | None, printings: Sequence[Row]) -> Growth:
    """The printed change leads, unless the value has moved since it was printed; both are kept."""
    own = now.row if not now.derived and now.bounds else None
    printed, moved = printed_change(own, printings)
    told = printed.yoy_pct if printed else None
    change = change_pct(now, year_before) if year_before and year_before.scope == now.scope else None
    computed, span = change or (None, None)
    if told is None:
        return Growth(computed, "computed", computed_pct=computed, range=span) if change else NO_GROWTH
    apart = computed is not None and (abs(told - computed) > DISPUTED_FROM_POINTS or told * computed < 0)
    if moved and computed is not None:
        return Growth(computed, "computed", printed, computed, span, disputed=apart)
    return Growth(told, "published", printed, computed, span, disputed=apart)


def parts_of_mean(series: Series) -> int:
    """By what the figure of January and February is divided; their unit value is their mean already."""
    return 1 if series.measure == "unit_value" else 2


def move_of(now: Figure, month_before: Figure | None, first_two_months: Figure | None) -> Move | None:
    """The change on the month before; March's on the mean of January-February where they are one figure."""
    if month_before and month_before.bounds and month_before.scope == now.scope:
        change = change_pct(now, month_before)
        return Move(*change) if change else None
    if now.end.number != 3 or not first_two_months or first_two_months.scope != now.scope:
        return None
    change = change_pct(now, first_two_months, parts_of_mean(now.series))
    return Move(*change, base="mean of January and February") if change else None


def by_day(figure: Figure) -> Figure:
    """The figure with the changes of its tonnes a day, computed where the days of both periods differ."""
    growth, move, period, days = figure.growth, figure.move, figure.period, figure.period.days
    ratio = period.year_before.days / days
    if growth.pct is not None and ratio != 1:
        pct, edges = growth.computed_pct, growth.range
        if pct is None or edges is None:  # no level a year earlier, the change was printed
            pct, edges = growth.pct, (growth.pct - PRINTED_HALF_POINT, growth.pct + PRINTED_HALF_POINT)
        told, span = _scaled(pct, edges, ratio)
        growth = Growth(told, "computed", computed_pct=told, range=span, disputed=growth.disputed)
    if move:  # March on the mean of January and February: on their sum by its days
        both = Period.ytd(Month(period.end.year, 2))
        before = period.plus(-1).days if move.base == "month" else both.days / 2
        move = Move(*_scaled(move.pct, move.range, before / days), move.base)
    return replace(figure, growth=growth, move=move)


def _scaled(pct: float, edges: tuple[float, float], ratio: float) -> tuple[float, tuple[float, float]]:
    told, low, high = (((1 + each / 100) * ratio - 1) * 100 for each in (pct, *edges))
    return told, (low, high)


class Standing(NamedTuple):
    """A month among the unbroken months before it, from `run_start` on.

    `highest_since` is the last month of the run that may have been as high, None where it is the highest of
    it; likewise `lowest_since`. `rank` counts from the highest, 1. `highest_known` is true where no earlier
    month on record, before the run and its holes either, may have been as high; likewise `lowest_known`.
    """

    run_start: Month
    months: int
    rank: int
    highest_known: bool
    lowest_known: bool
    highest_since: Month | None
    lowest_since: Month | None


def guarded_range(figure: Figure) -> tuple[float, float]:
    """The range that rounding leaves, widened by 1 % for a derived figure."""
    value, (low, high) = figure.value or 0.0, figure.range or (0.0, 0.0)
    spare = abs(value) * CORRECTION_IN_DERIVED if figure.derived else 0.0
    return low - spare, high + spare


def standing_of(months: Sequence[Figure], month: Month) -> Standing | None:
    """The standing of a month of one series in one scope, of which all months with a value are given."""
    known = [figure for figure in months if figure.end <= month]
    if not known or known[-1].end != month:
        return None
    apart = (at for at in range(len(known) - 1, 0, -1) if known[at - 1].end.plus(1) != known[at].end)
    run, now = known[next(apart, 0) :], known[-1]
    low, high = guarded_range(now)
    as_high = [other.end for other in known[:-1] if guarded_range(other)[1] >= low]
    as_low = [other.end for other in known[:-1] if guarded_range(other)[0] <= high]
    return Standing(
        run_start=run[0].end,
        months=len(run),
        rank=1 + sum((other.value or 0) > (now.value or 0) for other in run),
        highest_known=not as_high,
        lowest_known=not as_low,
        highest_since=max((end for end in as_high if end >= run[0].end), default=None),
        lowest_since=max((end for end in as_low if end >= run[0].end), default=None),
    )
