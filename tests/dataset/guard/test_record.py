"""The slip guard on everything that ships: as it is, and with any one value moved by a power of ten."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Record
from bot.dataset.guard import slips
from bot.dataset.guard.judge import Judge
from bot.dataset.model import Row, Series

from .conftest import TAKEN_FOR_SLIPS

FACTORS = (10, 1 / 10, 100, 1 / 100, 10_000, 1 / 10_000)
HELD_AT_LEAST = 0.95
WELL_KNOWN = ("", "Guinea")  # of other partners a few months are on record, which say little of each other

# Russia took 9,949 of the 12,955 t of alumina of March 2022: where its share is off, the world may be too.
MARCH_2022 = Period.month(Month(2022, 3))
BLAMED_ANOTHER = {("Russia", MARCH_2022, 10, Series("alumina", "export"), MARCH_2022)}


def test_nothing_else_of_the_record_is_held(record: Record) -> None:
    held = [(slip.row.series, slip.row.period) for slip in slips(record.rows)]
    assert len(held) == len(TAKEN_FOR_SLIPS)
    assert set(held) == TAKEN_FOR_SLIPS


def test_of_some_values_moved_by_one_factor_none_but_these_are_held(sound: Sequence[Row]) -> None:
    _check_moved(sound, every=4 * len(FACTORS))


@pytest.mark.slow
def test_any_one_value_moved_is_held_and_never_another(sound: Sequence[Row]) -> None:
    _check_moved(sound, every=1)


def _check_moved(rows: Sequence[Row], every: int) -> None:
    moved = [found for rows_of_one in _by_commodity(rows) for found in _moved(rows_of_one, every)]
    assert len(moved) >= len(FACTORS) * sum(bool(row.value) for row in rows) // every
    others = {
        (row.series.partner, row.period, factor, other.series, other.period)
        for row, factor, held in moved
        for other in held
        if other is not row
    }
    assert others <= BLAMED_ANOTHER
    known = [held == [row] for row, _, held in moved if row.series.partner in WELL_KNOWN]
    assert sum(known) / len(known) >= HELD_AT_LEAST


def _by_commodity(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """No relation reaches from one commodity to another, so each can be weighed alone."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.series.commodity].append(row)
    yield from found.values()


def _moved(rows: Sequence[Row], every: int) -> Iterator[tuple[Row, float, list[Row]]]:
    """Each row with the factors that it is moved by, of `every` so many one, and what is held then."""
    judge, all_may_be = Judge(rows), np.ones(len(rows), dtype=bool)
    for place in np.flatnonzero(judge.printed).tolist():
        for factor in FACTORS[place % every :: every]:
            values = judge.printed.copy()
            values[place] *= factor
            yield rows[place], factor, [rows[blame.place] for blame in judge.blamed(values, all_may_be)]
