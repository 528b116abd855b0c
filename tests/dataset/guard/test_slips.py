"""Slips on laid-out pages: none is served but what agrees with all else within what the series has done."""

import pytest

from tests.dataset.guard.drawn import SLIPS, Outcome, outcomes, strands

SEED, COUNT = 20_261, 200
# What the guard leaves room for below and above the months on record: a slip within it breaks no relation.
UNDETECTED_AT_MOST = 0.05


@pytest.fixture(scope="module")
def drawn() -> tuple[Outcome, ...]:
    return tuple(outcomes(SEED, COUNT))


def test_every_series_with_24_months_on_record_is_drawn_from() -> None:
    names = {
        (each.series.commodity, each.series.flow, each.series.partner, each.series.measure)
        for each in strands()
    }
    assert len(names) >= 11
    assert ("bauxite", "import", "Guinea", "quantity") in names


def test_no_false_figure_is_served_that_anything_contradicts(drawn: tuple[Outcome, ...]) -> None:
    found = [each for each in drawn if (each.taken or each.false) and not each.within]
    assert [(each.name, each.strand.series, each.month, each.false) for each in found] == []


def test_what_cannot_be_found_is_little(drawn: tuple[Outcome, ...]) -> None:
    undetected = [each for each in drawn if each.taken or each.false]
    assert len(undetected) <= UNDETECTED_AT_MOST * COUNT, [
        (each.name, each.strand.series, str(each.month), each.false) for each in undetected
    ]


def test_each_kind_of_slip_was_drawn(drawn: tuple[Outcome, ...]) -> None:
    assert len({each.name for each in drawn}) >= len(SLIPS) - 4
