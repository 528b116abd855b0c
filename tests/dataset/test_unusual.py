"""Which figures lie outside the 36 months before them: the first and the last of those count."""

from bot.dataset.calendar import Month
from bot.dataset.model import Row
from bot.dataset.unusual import Usual
from tests.dataset.rows import row, small_dataset

END = Month(2024, 1)


def on_record(**extremes: float) -> Usual:
    """Fourteen months of 100 kt, ending before END, with those that are told otherwise."""
    months = {END.plus(-back): 100_000.0 for back in range(1, 15)}
    months |= {END.plus(-int(name[1:])): value for name, value in extremes.items()}
    return Usual(small_dataset([row(str(month), value) for month, value in months.items()]).lines)


def now(value: float) -> Row:
    return row(str(END), value)


def test_what_no_month_before_reached_is_unusual() -> None:
    usual = on_record()
    assert [usual.lacks(now(value)) for value in (99_000, 100_000, 101_000)] == [True, False, True]


def test_the_first_and_the_last_of_the_36_months_count() -> None:
    for back in ("_1", "_36"):
        assert not on_record(**{back: 300_000}).lacks(now(250_000))
    assert on_record(_37=300_000).lacks(now(250_000))


def test_with_fewer_than_twelve_months_nothing_is_unusual() -> None:
    eleven, twelve = (
        Usual(small_dataset([row(str(END.plus(-back)), 100_000) for back in range(1, count + 1)]).lines)
        for count in (11, 12)
    )
    assert [each.lacks(now(900_000)) for each in (eleven, twelve)] == [False, True]
