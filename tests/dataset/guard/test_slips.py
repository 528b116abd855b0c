"""Slips on laid-out pages: none is served but what agrees with all else within what the series has done."""

import pytest

from tests.dataset.guard.drawn import SLIPS, Outcome, outcomes, strands

SEED, FEW, COUNT = 20_261, 40, 200
# What the guard leaves room for below and above the months on record: a slip within it breaks no relation.
UNDETECTED_AT_MOST = 0.05


def test_every_series_with_24_months_on_record_is_drawn_from() -> None:
    names = {
        (each.series.commodity, each.series.flow, each.series.partner, each.series.measure)
        for each in strands()
    }
    assert len(names) >= 11
    assert ("bauxite", "import", "Guinea", "quantity") in names


def test_a_few() -> None:
    assert contradicted(tuple(outcomes(SEED, FEW))) == []


@pytest.mark.slow
def test_two_hundred_of_every_kind() -> None:
    drawn = tuple(outcomes(SEED, COUNT))
    undetected = [each for each in drawn if each.taken or each.false]
    assert contradicted(drawn) == []
    assert len(undetected) <= UNDETECTED_AT_MOST * COUNT, undetected
    assert len({each.name for each in drawn}) >= len(SLIPS) - 4


def contradicted(drawn: tuple[Outcome, ...]) -> list[Outcome]:
    """The slips that were served though something speaks against them."""
    return [each for each in drawn if (each.taken or each.false) and not each.within]
