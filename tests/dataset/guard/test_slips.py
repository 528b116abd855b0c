"""Slips that publishers really made (data/disagreements.csv), and those of a reader of tables."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.dataset.calendar import Month, Period
from bot.dataset.guard import Slip, slips
from bot.dataset.model import Row, Series
from tests.looped import looped

BAUXITE = Series("bauxite", "import")
UNWROUGHT = Series("unwrought_aluminium", "export")


def month(text: str) -> Period:
    return Period.month(Month.from_text(text))


def ytd(text: str) -> Period:
    return Period.ytd(Month.from_text(text))


def changed(
    sound: Sequence[Row], series: Series, period: Period, change: Callable[[Row], Row]
) -> tuple[list[Row], list[Row]]:
    """The record with every printing of one figure changed, and the changed rows."""
    rows = [
        change(row) if row.series == series and row.period == period and row.value else row for row in sound
    ]
    return rows, [row for row, before in zip(rows, sound, strict=True) if row is not before]


@looped(
    ("period", "printed", "wrong"),
    [
        (month("2025-01"), 1_620_000, "10 times too little"),  # Reuters; 16.21 Mt on record
        (month("2025-03"), 1_640_000, "10 times too little"),  # Reuters; 16,465,721 t on record
        (ytd("2025-03"), 4_700_000, "10 times too little"),  # Reuters; 47.09 Mt on record
    ],
)
def test_misprints_on_file_are_held(sound: Sequence[Row], period: Period, printed: float, wrong: str) -> None:
    rows, moved = changed(sound, BAUXITE, period, lambda row: replace(row, value=printed))
    found = slips(rows)
    assert [slip.row for slip in found] == moved
    assert {slip.wrong for slip in found} == {wrong}
    assert "the months around it" in found[0].reason


def test_an_incoming_row_is_to_blame_and_not_what_is_on_record(sound: Sequence[Row]) -> None:
    # Another printing of June 2026 in units of 10,000 t instead of 1 t: nothing but this one row is new.
    printed = (row for row in sound if row.value and row.series == UNWROUGHT)
    true = next(row for row in printed if row.period == month("2026-06"))
    again = replace(true, value=(true.value or 0) / 10_000, source="another-page")
    assert [slip.row for slip in slips([*sound, again], {len(sound)})] == [again]
    assert slips([*sound, true], {len(sound)}) == ()


def test_the_number_of_the_column_beside_it_is_held(sound: Sequence[Row]) -> None:
    total = next(row for row in sound if row.series == BAUXITE and row.period == ytd("2026-07"))
    rows, moved = changed(sound, BAUXITE, month("2026-07"), lambda row: replace(row, value=total.value))
    assert [(slip.row, slip.wrong) for slip in slips(rows)] == [
        (moved[0], "the number of the column beside it")
    ]


def test_a_change_with_the_wrong_sign_is_held(sound: Sequence[Row]) -> None:
    # September 2019: 34,345 t after 165,839 t a year before, and -79.3 % printed with it.
    series, period = Series("alumina", "export"), month("2019-09")
    rows, moved = changed(sound, series, period, lambda row: replace(row, yoy_pct=79.3))
    assert slips(rows) == (Slip(moved[0], "its printed change has the wrong sign", ("the year before",)),)


def test_a_lone_row_and_a_zero_are_served(sound: Sequence[Row]) -> None:
    lone = next(row for row in sound if row.value)
    assert slips([lone]) == ()
    assert slips([replace(lone, value=0.0), lone]) == ()
    assert slips([]) == ()


@looped("factor", [10, 1 / 10, 1_000])
def test_a_whole_page_in_another_unit_is_held_row_by_row(sound: Sequence[Row], factor: float) -> None:
    """Tonnes and US$ of customs' page of July 2026: every relation within the page still holds."""
    page = [row for row in sound if row.source == "china-customs-f86339" and row.value]
    before = [row for row in sound if row not in page]
    fresh = [replace(row, value=(row.value or 0) * factor) for row in page]
    assert len(fresh) > 5
    suspects = range(len(before), len(before) + len(fresh))
    assert [slip.row for slip in slips([*before, *fresh], suspects)] == fresh
    assert slips([*before, *page], suspects) == ()


def test_rows_without_any_relation_are_served(sound: Sequence[Row]) -> None:
    lone = next(row for row in sound if row.value)
    other = replace(lone, period=month("2010-01"), value=1.0, yoy_pct=None)
    assert slips([lone, other], {1}) == ()


def test_many_slips_in_one_file_are_held_and_nothing_beside_them(sound: Sequence[Row]) -> None:
    """Tonnes and US$ by partner, even but for the slips: some a month apart, some of two partners at once."""
    like = next(row for row in sound if row.series == BAUXITE and row.period == month("2026-06"))
    slipped = {("Guinea", 3), ("Guinea", 4), ("Guinea", 40), ("Australia", 40), ("Australia", 59)}
    fresh, wrong = list[Row](), list[Row]()
    for partner, tonnes in (("Guinea", 9_000_000.0), ("Australia", 3_000_000.0), ("Brazil", 40_000.0)):
        for place in range(60):
            period = Period.month(Month(2010, 1).plus(place))
            value = tonnes * (1 + place % 5 / 20)
            factor = 1_000 if (partner, place) in slipped else 1
            row = replace(like, series=replace(BAUXITE, partner=partner), period=period, yoy_pct=None)
            fresh.append(replace(row, value=value * factor))
            wrong += [fresh[-1]] if factor > 1 else []
            fresh.append(replace(row, series=replace(row.series, measure="value"), value=value * 60))
    found = slips([*sound, *fresh], range(len(sound), len(sound) + len(fresh)))
    assert [slip.row for slip in found] == wrong
    assert {slip.wrong for slip in found} == {"1,000 times too much"}
