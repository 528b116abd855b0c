"""What rows that come in are to what is on record: new, a change, known, held, or a known error."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.dataset.calendar import Period
from bot.dataset.corrections import Correction, fitting
from bot.dataset.dataset import Dataset
from bot.dataset.guard import Slip, slips, tolerances
from bot.dataset.model import Row, Series, Source
from bot.dataset.row_frame import Rows
from bot.dataset.vintage_order import in_order

TORN = "the other number that its source prints"
UNUSUAL_MONTHS = 36
FEWEST_MONTHS = 12  # with fewer on record nothing is unusual

Key = tuple[Series, Period, str]
Content = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A row that is served from now on.

    `before` is what was served till now, where that differs by more than rounding; `unusual` is true where it
    lies, or the month that it makes, outside the last 36 months of its series.
    """

    row: Row
    before: Row | None = None
    unusual: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """Every row that came in, each in one of the first four; `confirmed` were held and came again."""

    arrivals: tuple[Arrival, ...] = ()
    held: tuple[Slip, ...] = ()
    errors: tuple[tuple[Row, Correction], ...] = ()
    known: tuple[Row, ...] = ()
    confirmed: tuple[Row, ...] = ()

    @property
    def changes(self) -> tuple[Arrival, ...]:
        """The arrivals that change what was served."""
        return tuple(each for each in self.arrivals if each.before)


@dataclass(frozen=True, slots=True)
class Changes:
    """What somebody has to hear of: rows held with the reason, and rows in whose place others are served."""

    held: Sequence[tuple[Row, str]] = ()
    changed: Sequence[tuple[Row, Row]] = ()  # before, now


def take_in(
    dataset: Dataset, rows: Sequence[Row], sources: Mapping[str, Source], aside: Collection[Row] = ()
) -> Intake:
    """Sorts the rows; those `aside` were held or rejected before, and no second reading brings them back.

    What is still held and now comes from another publisher is confirmed, and taken with that.
    """
    record = dataset.record
    around = _around(record.printed, rows)
    shelf = _by_key(around)
    seen = {(key_of(row), content_of(row)) for row in aside}
    waiting = _by_key([each.row for each in record.held])
    fresh, known, sure = list[Row](), list[Row](), list[int]()
    errors, confirmed = list[tuple[Row, Correction]](), list[Row]()
    for row in rows:
        if error := fitting(row, sources, record.corrections):
            errors.append((row, error))
        elif (key_of(row), content_of(row)) in seen or _is_known(row, shelf.get(key_of(row), [])):
            known.append(row)
        else:
            same = [held for held in waiting.get(key_of(row), ()) if _confirms(row, held, sources)]
            confirmed += same
            if same or fitting(row, sources, record.confirmed):
                sure.append(len(fresh))
            seen.add((key_of(row), content_of(row)))
            fresh.append(row)
    found = guarded(around, fresh, sure)
    wrong = {id(slip.row) for slip in found}
    arrivals = (_arrival(row, shelf.get(key_of(row), []), shelf) for row in fresh if id(row) not in wrong)
    return Intake(tuple(arrivals), found, tuple(errors), tuple(known), tuple(confirmed))


def _confirms(row: Row, held: Row, sources: Mapping[str, Source]) -> bool:
    """Whether another publisher prints a held figure within rounding."""
    if row.value is None or held.value is None or not {row.source, held.source} <= set(sources):
        return False
    other = sources[row.source].publisher != sources[held.source].publisher
    return other and abs(row.value - held.value) <= row.half_step + held.half_step


def guarded(known: Sequence[Row], fresh: Sequence[Row], sure: Collection[int] = ()) -> tuple[Slip, ...]:
    """What is to be held: torn by itself, or contradicted by what came with it or is on record."""
    torn = tuple(_contradictions(fresh))
    apart = {id(slip.row) for slip in torn}
    places = [place for place, row in enumerate(fresh) if id(row) not in apart]
    rest = [fresh[place] for place in places]
    return (*torn, *slips(known, rest, [at for at, place in enumerate(places) if place in sure]))


def _around(printed: Rows, fresh: Sequence[Row]) -> list[Row]:
    """The rows on record that speak of those that come in: of their lines, and of their months by partner."""
    if not fresh or not len(printed):
        return []
    ends = sorted({row.period.end.ordinal for row in fresh})
    names = {row.series.commodity for row in fresh}
    own = {(row.series.commodity, row.series.partner) for row in fresh}
    month = printed.frame["month"].to_numpy()
    same = printed.flags(
        lambda series, _: series.commodity in names and (not series.partner or _line(series) in own)
    )
    beside = printed.flags(lambda series, _: series.commodity in names and bool(series.partner))
    near = (month >= ends[0] - tolerances.PACE_REACH - 12) & (month <= ends[-1] + tolerances.PACE_REACH + 12)
    return list(printed.where((same & near) | (beside & np.isin(month, ends))))


def _line(series: Series) -> tuple[str, str]:
    return series.commodity, series.partner


def _contradictions(rows: Sequence[Row]) -> Iterator[Slip]:
    """Rows that came together with different numbers of one source for one figure: none is served."""
    printings: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        if row.value is not None:
            printings[key_of(row), row.status, row.source, row.published].append(row)
    for same in printings.values():
        if len({row.value for row in same}) > 1:
            yield from (Slip(row, (TORN,)) for row in same)


def _by_key(rows: Sequence[Row]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[key_of(row)].append(row)
    return found


def key_of(row: Row) -> Key:
    """What all printings of one figure have in common."""
    return row.series, row.period, row.scope


def content_of(row: Row) -> Content:
    """What a row prints of its figure."""
    return row.value, row.step, row.yoy_pct, row.status


def _is_known(row: Row, vintages: Sequence[Row]) -> bool:
    """Whether it says nothing new: the same was printed, and nothing else since that it would take back."""
    if _adds_nothing(row, vintages):
        return True
    if content_of(row) not in map(content_of, vintages):
        return False
    today = in_order(vintages)[-1]
    taken_back = row.published and today.published and row.published > today.published
    return not (taken_back and content_of(today) != content_of(row))


def _adds_nothing(row: Row, vintages: Sequence[Row]) -> bool:
    """Whether it prints a change that is on record, and a coarser number that agrees with what is served."""
    if row.yoy_pct is not None and row.yoy_pct not in {each.yoy_pct for each in vintages}:
        return False
    valued = [each for each in vintages if each.value is not None]
    if row.value is None or not valued:
        return row.value is None
    today = in_order(valued)[-1]
    return row.half_step > today.half_step and abs(row.value - (today.value or 0)) <= row.half_step


def _arrival(row: Row, vintages: Sequence[Row], shelf: Mapping[Key, Sequence[Row]]) -> Arrival:
    return Arrival(row, replaced(row, vintages), _is_unusual(row, shelf))


def replaced(row: Row, vintages: Sequence[Row]) -> Row | None:
    """The printing in whose place the row is served from now on, where it differs by more than rounding."""
    valued = [each for each in vintages if each.value is not None]
    if row.value is None or not valued or in_order([*valued, row])[-1] is not row:
        return None
    before = in_order(valued)[-1]
    return before if _moved(before, row) else None


def _moved(before: Row, row: Row) -> bool:
    return abs((row.value or 0) - (before.value or 0)) > row.half_step + before.half_step


def _is_unusual(row: Row, shelf: Mapping[Key, Sequence[Row]]) -> bool:
    """Whether the row's month, or the one that a running total makes, lies outside the months before it."""
    if (made := _month_of(row, shelf)) is None:
        return False
    months = (Period.month(row.period.end.plus(-back)) for back in range(1, UNUSUAL_MONTHS + 1))
    values = [
        each.value for month in months if (each := _newest(row, month, shelf)) and each.value is not None
    ]
    return len(values) >= FEWEST_MONTHS and (made[1] < min(values) or made[0] > max(values))


def _month_of(row: Row, shelf: Mapping[Key, Sequence[Row]]) -> tuple[float, float] | None:
    """From where to where the row's month lies; of a running total, by the one of the month before."""
    if row.value is None or row.period.kind == "month":
        return None if row.value is None else (row.value, row.value)
    before = _newest(row, Period.ytd(row.period.end.plus(-1)), shelf) if row.period.end.number > 1 else None
    if before is None or before.value is None:
        return None
    half = row.half_step + before.half_step
    return row.value - before.value - half, row.value - before.value + half


def _newest(row: Row, period: Period, shelf: Mapping[Key, Sequence[Row]]) -> Row | None:
    valued = [each for each in shelf.get((row.series, period, row.scope), ()) if each.value is not None]
    return in_order(valued)[-1] if valued else None
