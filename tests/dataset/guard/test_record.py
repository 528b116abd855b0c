"""Nothing true is held: the shipped record as a whole, and taken in again page by page."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.companions import fitting
from bot.dataset.guard.slips import blamed, slips
from bot.dataset.model import Held, Row, Series
from tests.tables import looped

HELD_AT_MOST = 3
FIRST = Month(2019, 1)


def confirmed(rows, record):
    return [row for row in rows if fitting(row, record.sources, record.confirmed)]


def test_nothing_of_the_record_is_held(record):
    assert blamed(record.rows, confirmed(record.rows, record)) == ()


def replayed(record, by):
    """What is held where the pages come one after the other, by the day they were out or month by month."""
    pages: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    known = list[Row]()
    for row in record.rows:
        day = record.calendar.out_since(row)
        if row.period.end < FIRST and (by == "month" or day < date(2019, 1, 1)):
            known.append(row)
        else:
            pages[(row.period.end, day, row.source) if by == "month" else (day, row.source)].append(row)
    held = list[Held]()
    for key in sorted(pages, key=lambda key: tuple(map(str, key))):
        names = {row.series.commodity for row in pages[key]}
        around = [row for row in known if row.series.commodity in names]
        found = slips(around, pages[key], confirmed(pages[key], record))
        held += found
        wrong = {id(slip.row) for slip in found}
        known += [row for row in pages[key] if id(row) not in wrong]
    return held


@pytest.mark.parametrize("by", ["day", pytest.param("month", marks=pytest.mark.slow)])
def test_every_month_since_2019_comes_in_again_and_next_to_nothing_is_held(record, by):
    held = [(slip.row.series, slip.row.period.label, slip.why) for slip in replayed(record, by)]
    assert len(held) <= HELD_AT_MOST, held


BAUXITE, JUNE = Series("bauxite", "import"), Period.month(Month(2026, 6))


@looped("factor", [10, 0.1, 1_000])
def test_one_value_moved_is_the_one_that_is_named(record, factor):
    rows = list(record.rows)
    for at, row in enumerate(rows):
        if (row.series, row.period) == (BAUXITE, JUNE) and row.value:
            rows[at] = replace(row, value=row.value * factor)
    found = blamed(rows, confirmed(rows, record))
    assert [(slip.row.series, slip.row.period) for slip in found] == [(BAUXITE, JUNE)]
    assert "the months around it" in found[0].why


@pytest.mark.parametrize("lines", [(), (0,)])
def test_few_rows_say_nothing_of_each_other(record, lines):
    assert slips([], [record.rows[line] for line in lines]) == ()
