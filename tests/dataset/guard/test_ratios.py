"""Which ratios one is compared with: the nearest of its series, and none where they are few or far."""

from bot.dataset.guard.ratios import FEWEST, NEAREST, PACE, REACH, Ratio, neighbours


def monthly(*middles: float) -> list[Ratio]:
    return [Ratio(place, None, 1, middle, PACE) for place, middle in enumerate(middles)]


def compared(*middles: float) -> list[set[int]]:
    return [{int(place) for place in line if place >= 0} for line in neighbours(monthly(*middles))]


def test_each_is_compared_with_the_twelve_nearest() -> None:
    assert (NEAREST, FEWEST, REACH) == (12, 6, 36)
    found = compared(*range(30))
    assert found[15] == {*range(9, 15), *range(16, 22)}
    assert found[0] == set(range(1, 13))
    assert found[29] == set(range(17, 29))


def test_with_six_or_fewer_nothing_is_compared() -> None:
    assert compared(*range(6)) == [set()] * 6
    assert compared(*range(7))[3] == {0, 1, 2, 4, 5, 6}


def test_what_lies_more_than_three_years_away_is_not_compared() -> None:
    near = list(range(7))
    assert compared(*near, 6 + REACH)[-1] == set()  # only one lies within its reach
    reached = compared(*near, REACH)
    assert reached[-1] == set(near)
    assert reached[0] == {1, 2, 3, 4, 5, 6, 7}
