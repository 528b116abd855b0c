"""What rows that come in are to what is on record: new, a change, known, a slip, or a known error."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.dataset.calendar import Period
from bot.dataset.corrections import Correction, left_out
from bot.dataset.dataset import Dataset
from bot.dataset.guard import Slip, slips
from bot.dataset.model import Row, Series, Source
from bot.dataset.row_columns import Rows
from bot.dataset.unusual import Usual
from bot.dataset.vintage_order import in_order

TORN = "its source prints another number too"
TURNED = "smaller than its rounding step"

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
    """Every row that came in, each in one of the four."""

    arrivals: tuple[Arrival, ...] = ()
    held: tuple[Slip, ...] = ()
    errors: tuple[tuple[Row, Correction], ...] = ()
    known: tuple[Row, ...] = ()

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
    """Sorts the rows; those `aside` were held or rejected before, and no second reading brings them back."""
    record = dataset.record
    shelf = _bykey_of(record.alike(rows))
    seen = {(key_of(row), _content(row)) for row in aside}
    fresh: list[Row] = []
    known: list[Row] = []
    errors: list[tuple[Row, Correction]] = []
    for row in rows:
        if error := left_out(row, sources, record.corrections):
            errors.append((row, error))
        elif (key_of(row), _content(row)) in seen or _is_known(row, shelf.get(key_of(row), [])):
            known.append(row)
        else:
            seen.add((key_of(row), _content(row)))
            fresh.append(row)
    held = _held(record.printed, fresh)
    wrong = {id(slip.row) for slip in held}
    usual = Usual(dataset.lines)
    arrivals = (_arrival(row, shelf.get(key_of(row), []), usual) for row in fresh if id(row) not in wrong)
    return Intake(tuple(arrivals), held, tuple(errors), tuple(known))


def _held(on_record: Rows, fresh: Sequence[Row]) -> tuple[Slip, ...]:
    """What cannot be what was meant: by itself, by what came with it, or by what is on record."""
    torn = tuple(_contradictions(fresh))
    apart = {id(slip.row) for slip in torn}
    rest = [row for row in fresh if id(row) not in apart]
    off = _slips_among(on_record, rest)
    apart |= {id(slip.row) for slip in off}
    turned = (Slip(row, TURNED, ("itself",)) for row in rest if _is_turned(row) and id(row) not in apart)
    return (*torn, *off, *turned)


def _contradictions(rows: Sequence[Row]) -> Iterator[Slip]:
    """Rows that came together with different numbers of one source for one figure: none is served."""
    printings: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        if row.value is not None:
            printings[key_of(row), row.status, row.source, row.published].append(row)
    for same in printings.values():
        if len({row.value for row in same}) > 1:
            yield from (Slip(row, TORN, ("what came with it",)) for row in same)


def _is_turned(row: Row) -> bool:
    """Whether value and step have changed places: rounded, a number is zero or no smaller than its step."""
    if row.estimated:  # its step is how far off it can be
        return False
    return bool(row.value) and row.step is not None and (row.value or 0) < row.step


def _slips_among(on_record: Rows, fresh: Sequence[Row]) -> tuple[Slip, ...]:
    """What is on record was looked at before: where two contradict each other, the new one is to blame."""
    concerned = {row.series.commodity for row in fresh}
    rows = on_record.among(lambda series, _: series.commodity in concerned)
    return slips([*rows, *fresh], range(len(rows), len(rows) + len(fresh)))


def _bykey_of(rows: Sequence[Row]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[key_of(row)].append(row)
    return found


def key_of(row: Row) -> Key:
    """What all printings of one figure have in common."""
    return row.series, row.period, row.scope


def _content(row: Row) -> Content:
    return row.value, row.step, row.yoy_pct, row.status


def _is_known(row: Row, vintages: Sequence[Row]) -> bool:
    """Whether it says nothing new: the same was printed, and nothing else since that it would take back."""
    same = [each for each in vintages if _content(each) == _content(row)]
    if not same:
        return False
    today = in_order(vintages)[-1]
    taken_back = row.published and today.published and row.published > today.published
    return not (taken_back and _content(today) != _content(row))


def _arrival(row: Row, vintages: Sequence[Row], usual: Usual) -> Arrival:
    return Arrival(row, replaced(row, vintages), usual.lacks(row))


def replaced(row: Row, vintages: Sequence[Row]) -> Row | None:
    """The printing in whose place the row is served from now on, where it differs by more than rounding."""
    valued = [each for each in vintages if each.value is not None]
    if row.value is None or not valued or in_order([*valued, row])[-1] is not row:
        return None
    before = in_order(valued)[-1]
    return before if _moved(before, row) else None


def _moved(before: Row, row: Row) -> bool:
    return abs((row.value or 0) - (before.value or 0)) > row.half_step + before.half_step
