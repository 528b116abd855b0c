"""The slip guard on everything that ships: as it is, and with any one value moved by a power of ten."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from bot.dataset.dataset import Record
from bot.dataset.guard import slips
from bot.dataset.guard.judge import Judge
from bot.dataset.model import Row

FACTORS = (10, 1 / 10, 100, 1 / 100, 10_000, 1 / 10_000)
HELD_AT_LEAST = 0.95


def test_nothing_of_the_record_is_held(record: Record) -> None:
    assert slips(record.rows) == ()


def test_any_one_value_moved_is_held_and_never_another(record: Record) -> None:
    moved = [place_and_held for rows in _by_commodity(record.rows) for place_and_held in _moved(rows)]
    assert len(moved) == len(FACTORS) * sum(bool(row.value) for row in record.rows)
    assert [(place, held) for place, held in moved if set(held) - {place}] == []
    assert sum(held == [place] for place, held in moved) / len(moved) >= HELD_AT_LEAST


def _by_commodity(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """No relation reaches from one commodity to another, so each can be weighed alone."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.series.commodity].append(row)
    yield from found.values()


def _moved(rows: Sequence[Row]) -> Iterator[tuple[int, list[int]]]:
    judge, all_may_be = Judge(rows), np.ones(len(rows), dtype=bool)
    for place in np.flatnonzero(judge.printed):
        for factor in FACTORS:
            values = judge.printed.copy()
            values[place] *= factor
            yield int(place), [blame.place for blame in judge.blamed(values, all_may_be)]
