"""What a row's value has to be by the record's own equations: a sum of other rows' values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Row, Series

Key = tuple[Series, str, Period]
Places = Mapping[Key, Sequence[int]]
Term = tuple[int, float]  # a row's place and what its value is multiplied with

CORRECTIONS = 0.02  # of a running total: corrections of earlier months that customs folds into it
FALL_TO_NOTHING_PCT = -99.5  # from here on a printed fall says too little of the level


@dataclass(frozen=True, slots=True)
class Equation:
    """The value at `row` is the sum of `terms`, give or take `slack` of the largest of them."""

    row: int
    says: str
    terms: tuple[Term, ...]
    slack: float = 0.0


def places_of(rows: Sequence[Row]) -> Places:
    """Where each figure stands that has a value to speak of: every printing of it."""
    found: dict[Key, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.value:
            found[row.series, row.scope, row.period].append(place)
    return found


def equations(rows: Sequence[Row], places: Places) -> list[Equation]:
    """Every equation that holds between these rows, solved for each row in it."""
    return [*_printings(places), *_growths(rows, places), *_sums(places)]


def _printings(places: Places) -> Iterator[Equation]:
    for printings in places.values():
        for row in printings:
            for other in printings:
                if other != row:
                    yield Equation(row, "another printing of it", ((other, 1.0),), CORRECTIONS)


def _growths(rows: Sequence[Row], places: Places) -> Iterator[Equation]:
    for place, row in enumerate(rows):
        if not row.value or row.yoy_pct is None or row.yoy_pct <= FALL_TO_NOTHING_PCT:
            continue
        factor = 1 + row.yoy_pct / 100
        for base in places.get((row.series, row.scope, row.period.year_before), ()):
            yield Equation(place, "the change printed with it", ((base, factor),), CORRECTIONS)
            yield Equation(base, "the change printed a year later", ((place, 1 / factor),), CORRECTIONS)


def _sums(places: Places) -> Iterator[Equation]:
    """A running total is the one before it and the months since; each of them follows from the others."""
    for series, scope, period in places:
        if period.kind != "ytd":
            continue
        parts = _parts(places, (series, scope, period))
        for total in places[series, scope, period] if parts else ():
            yield Equation(total, "its parts", tuple((part, 1.0) for part in parts), CORRECTIONS)
            for part in parts:
                others = tuple((other, -1.0) for other in parts if other != part)
                yield Equation(part, "the running total", ((total, 1.0), *others), CORRECTIONS)


def _parts(places: Places, key: Key) -> tuple[int, ...]:
    """The nearest earlier running total and the months since; nothing where one is not on record."""
    series, scope, period = key
    months: list[int] = []
    for number in range(period.end.number, 0, -1):
        month = Month(period.end.year, number)
        before = places.get((series, scope, Period.ytd(month)))
        if before and month != period.end:
            return (before[-1], *months)
        single = places.get((series, scope, Period.month(month)))
        if not single:
            return ()
        months.append(single[-1])
    return tuple(months)
