"""What rows that come in are to what is on record: new, a change, known, held, or a known error."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.dataset.calendar import Period
from bot.dataset.corrections import Correction, fitting
from bot.dataset.dataset import Dataset
from bot.dataset.guard import Slip, slips, tolerances
from bot.dataset.model import Row, Series, Source
from bot.dataset.revision_history import in_order, newest

TORN = "the other number that its source prints"
UNUSUAL_MONTHS = 36
FEWEST_MONTHS = 12  # with fewer on record nothing is unusual
REACH = tolerances.PACE_REACH + 12  # months

Key = tuple[Series, Period, str]
Shelf = Mapping[Key, Sequence[Row]]


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
    around = _around(record.rows, rows)
    shelf, waiting = _by_key(around), _by_key(each.row for each in record.held)
    seen = {(key_of(row), _content(row)) for row in aside}
    fresh, known, sure = list[Row](), list[Row](), list[int]()
    errors, confirmed = list[tuple[Row, Correction]](), list[Row]()
    for row in rows:
        key = key_of(row)
        if error := fitting(row, sources, record.corrections):
            errors.append((row, error))
        elif (key, _content(row)) in seen or _is_known(row, shelf.get(key, [])):
            known.append(row)
        else:
            same = [held for held in waiting.get(key, ()) if _confirms(row, held, sources)]
            confirmed += same
            if same or fitting(row, sources, record.confirmed):
                sure.append(len(fresh))
            seen.add((key, _content(row)))
            fresh.append(row)
    held = _guarded(around, fresh, sure)
    wrong = {id(slip.row) for slip in held}
    arrivals = tuple(
        Arrival(row, replaced(row, shelf.get(key_of(row), [])), _is_unusual(row, shelf))
        for row in fresh
        if id(row) not in wrong
    )
    return Intake(arrivals, held, tuple(errors), tuple(known), tuple(confirmed))


def key_of(row: Row) -> Key:
    """What all printings of one figure have in common."""
    return row.series, row.period, row.scope


def replaced(row: Row, vintages: Sequence[Row]) -> Row | None:
    """The printing in whose place the row is served from now on, where it differs by more than rounding."""
    before = newest(vintages)
    if row.value is None or before is None or newest([*vintages, row]) is not row:
        return None
    return None if before.agrees_with(row) else before


def _confirms(row: Row, held: Row, sources: Mapping[str, Source]) -> bool:
    """Whether another publisher prints a held figure within rounding."""
    if not {row.source, held.source} <= set(sources):
        return False
    return sources[row.source].publisher != sources[held.source].publisher and row.agrees_with(held)


def _guarded(known: Sequence[Row], fresh: Sequence[Row], sure: Collection[int]) -> tuple[Slip, ...]:
    """What is to be held: torn by itself, or contradicted by what came with it or is on record."""
    torn = tuple(_contradictions(fresh))
    apart = {id(slip.row) for slip in torn}
    places = [place for place, row in enumerate(fresh) if id(row) not in apart]
    confirmed = [at for at, place in enumerate(places) if place in sure]
    return (*torn, *slips(known, [fresh[place] for place in places], confirmed))


def _around(printed: Sequence[Row], fresh: Sequence[Row]) -> list[Row]:
    """The rows on record that speak of those that come in: of their lines, and of their months by partner."""
    ends = {row.period.end.ordinal for row in fresh}
    names = {row.series.commodity for row in fresh}
    own = {(row.series.commodity, row.series.partner) for row in fresh} | {(name, "") for name in names}
    first, last = min(ends, default=0) - REACH, max(ends, default=0) + REACH

    def speaks(row: Row) -> bool:
        line, end = (row.series.commodity, row.series.partner), row.period.end.ordinal
        return first <= end <= last if line in own else line[0] in names and end in ends

    return [row for row in printed if speaks(row)]


def _contradictions(rows: Sequence[Row]) -> Iterator[Slip]:
    """Rows that came together with different numbers of one source for one figure: none is served."""
    printings: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        if row.value is not None:
            printings[key_of(row), row.status, row.source, row.published].append(row)
    for same in printings.values():
        if len({row.value for row in same}) > 1:
            yield from (Slip(row, (TORN,)) for row in same)


def _by_key(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[key_of(row)].append(row)
    return found


def _content(row: Row) -> tuple[object, ...]:
    """What a row prints of its figure."""
    return row.value, row.step, row.yoy_pct, row.status


def _is_known(row: Row, vintages: Sequence[Row]) -> bool:
    """Whether it says nothing new: the same was printed, and nothing else since that it would take back."""
    if _adds_nothing(row, vintages):
        return True
    if _content(row) not in map(_content, vintages):
        return False
    today = in_order(vintages)[-1]
    taken_back = row.published and today.published and row.published > today.published
    return not (taken_back and _content(today) != _content(row))


def _adds_nothing(row: Row, vintages: Sequence[Row]) -> bool:
    """Whether it prints a change that is on record, and a coarser number that agrees with what is served."""
    if row.yoy_pct is not None and row.yoy_pct not in {each.yoy_pct for each in vintages}:
        return False
    today = newest(vintages)
    return row.value is None or (today is not None and row.is_coarser_than(today))


def _is_unusual(row: Row, shelf: Shelf) -> bool:
    """Whether the row's month, or the one that a running total makes, lies outside the months before it."""
    if (made := _month_of(row, shelf)) is None:
        return False
    months = (Period.month(row.period.end.plus(-back)) for back in range(1, UNUSUAL_MONTHS + 1))
    values = [each.value or 0.0 for month in months if (each := _newest(row, month, shelf))]
    return len(values) >= FEWEST_MONTHS and (made[1] < min(values) or made[0] > max(values))


def _month_of(row: Row, shelf: Shelf) -> tuple[float, float] | None:
    """From where to where the row's month lies; of a running total, by the one of the month before."""
    if row.value is None or row.period.kind == "month":
        return None if row.value is None else (row.value, row.value)
    before = _newest(row, Period.ytd(row.period.end.plus(-1)), shelf) if row.period.length > 1 else None
    if before is None:
        return None
    half, month = row.half_step + before.half_step, row.value - (before.value or 0.0)
    return month - half, month + half


def _newest(row: Row, period: Period, shelf: Shelf) -> Row | None:
    return newest(shelf.get((row.series, period, row.scope), ()))
