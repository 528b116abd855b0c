"""What rows that come in are to what is on record: new, a change, known, held, or a known error."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from bot.dataset.calendar import Period
from bot.dataset.companions import Correction, fitting
from bot.dataset.dataset import Dataset
from bot.dataset.guard import tolerances
from bot.dataset.guard.neighbours import Key, grouped, key_of
from bot.dataset.guard.slips import not_fitting, slips
from bot.dataset.model import Held, Row, Sources
from bot.dataset.releases import in_order, newest

TORN = "the other number that its source prints"
UNUSUAL_MONTHS = 36
FEWEST_MONTHS = 12  # with fewer on record nothing is unusual
Shelf = Mapping[Key, Sequence[Row]]  # what is on record
REACH = tolerances.PACE_REACH + 12  # months


class Arrival(NamedTuple):
    """A row that is served from now on, and what was till now where that differs by more than rounding."""

    row: Row
    before: Row | None = None


class Intake(NamedTuple):
    """Every row that came in, each in one of the first four; `confirmed` were held and came again."""

    arrivals: tuple[Arrival, ...] = ()
    held: tuple[Held, ...] = ()
    errors: tuple[tuple[Row, Correction], ...] = ()
    known: tuple[Row, ...] = ()
    confirmed: tuple[Row, ...] = ()

    @property
    def changes(self) -> tuple[Arrival, ...]:
        """The arrivals that change what was served."""
        return tuple(each for each in self.arrivals if each.before)


def take_in(dataset: Dataset, rows: Sequence[Row], sources: Sources, aside: Collection[Row] = ()) -> Intake:
    """Sorts the rows; nothing brings back those put `aside`, but another publisher confirms what is held."""
    record = dataset.record
    around = _around(record.rows, rows)
    shelf = grouped(around, key_of)
    errors = [(row, error) for row in rows if (error := fitting(row, sources, record.corrections))]
    known, fresh = _told_apart(_without(rows, [row for row, _ in errors]), shelf, aside)
    waiting = grouped((each.row for each in record.held), key_of)
    same = [_confirmed(row, waiting.get(key_of(row), ()), sources) for row in fresh]
    confirmed_ids = {id(row) for row, held in zip(fresh, same, strict=True) if held}
    sure = [row for row in fresh if id(row) in confirmed_ids or fitting(row, sources, record.confirmed)]
    held = _held(around, fresh, sure)
    arrivals = tuple(_arrival(row, shelf) for row in _without(fresh, [each.row for each in held]))
    return Intake(arrivals, held, tuple(errors), tuple(known), tuple(chain.from_iterable(same)))


def _without(rows: Iterable[Row], others: Iterable[Row]) -> list[Row]:
    apart = set(map(id, others))
    return [row for row in rows if id(row) not in apart]


def _told_apart(rows: Iterable[Row], shelf: Shelf, aside: Collection[Row]) -> tuple[list[Row], list[Row]]:
    seen = {(key_of(row), _content(row)) for row in aside}
    known, fresh = list[Row](), list[Row]()
    for row in rows:
        printed = key_of(row), _content(row)
        if printed in seen or _is_known(row, shelf.get(printed[0], [])):
            known.append(row)
        else:
            fresh.append(row)
            seen.add(printed)
    return known, fresh


def _confirmed(row: Row, held: Iterable[Row], sources: Sources) -> list[Row]:
    publisher = sources[row.source].publisher
    return [each for each in held if sources[each.source].publisher != publisher and row.agrees_with(each)]


def _arrival(row: Row, shelf: Shelf) -> Arrival:
    return Arrival(replace(row, unusual=_is_unusual(row, shelf)), replaced(row, shelf.get(key_of(row), [])))


def replaced(row: Row, vintages: Sequence[Row]) -> Row | None:
    """The printing in whose place the row is served from now on, where it differs by more than rounding."""
    before = newest(vintages)
    is_newest = row.value is not None and newest([*vintages, row]) is row
    return before if before and is_newest and not before.agrees_with(row) else None


def _held(known: Sequence[Row], fresh: Sequence[Row], sure: Sequence[Row]) -> tuple[Held, ...]:
    """What is contradicted, and every number where one source prints several for a figure: not weighed."""
    valued = [row for row in fresh if row.value is not None]
    same = grouped(valued, lambda row: (key_of(row), row.status, row.source, row.published))
    torn = [row for rows in same.values() if len({row.value for row in rows}) > 1 for row in rows]
    return (*(Held(row, not_fitting(TORN)) for row in torn), *slips(known, _without(fresh, torn), sure))


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


def _content(row: Row) -> tuple[object, ...]:
    return row.value, row.step, row.yoy_pct, row.status


def _is_known(row: Row, vintages: Sequence[Row]) -> bool:
    """Whether it says nothing new: a coarser number that agrees, no other change; or what stood last."""
    today, changes = newest(vintages), {None, *(each.yoy_pct for each in vintages)}
    if row.yoy_pct in changes and (row.value is None or (today and row.is_coarser_than(today))):
        return True
    if _content(row) not in map(_content, vintages):
        return False
    last = in_order(vintages)[-1]
    is_later = row.published and last.published and row.published > last.published
    return not is_later or _content(last) == _content(row)


def _is_unusual(row: Row, shelf: Shelf) -> bool:
    """Whether the row's month, or the one that a running total makes, lies outside the months before it."""

    def printed(period: Period) -> Row | None:
        return newest(shelf.get((row.series, period, row.scope), ()))

    end, less, slack = row.period.end, 0.0, 0.0
    if row.period.kind == "ytd":
        before = printed(Period.ytd(end.plus(-1))) if row.period.length > 1 else None
        if before is None:
            return False
        less, slack = before.value or 0.0, row.half_step + before.half_step
    months = (Period.month(end.plus(-back)) for back in range(1, UNUSUAL_MONTHS + 1))
    values = [each.value or 0.0 for month in months if (each := printed(month))]
    if row.value is None or len(values) < FEWEST_MONTHS:
        return False
    return row.value - less + slack < min(values) or row.value - less - slack > max(values)
