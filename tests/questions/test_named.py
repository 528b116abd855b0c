"""Names of months, periods, days, countries: in English the calendar's own, in Chinese those of customs."""

from datetime import date

from bot.dataset.calendar import Month, Period
from bot.questions.named import day_name, named, period_name
from bot.words import speaking
from bot.words.countries import country
from bot.words.joints import both
from tests.looped import looped


@looped(
    ("period", "name"),
    [
        (Period.month(Month(2024, 3)), "March 2024"),
        (Period.ytd(Month(2024, 3)), "January-March 2024"),
        (Period.ytd(Month(2024, 1)), "January 2024"),
        (Period.around(Month(2024, 6), "quarter"), "Q2 2024"),
        (Period.around(Month(2024, 12), "half"), "H2 2024"),
        (Period.whole_year(2024), "2024"),
        (Period.span(Month(2023, 12), Month(2024, 1)), "December 2023 to January 2024"),
    ],
)
def test_english_names_are_those_of_the_calendar(period: Period, name: str) -> None:
    assert period_name(period) == name
    assert named(period.end) == period.end.name


@looped(
    ("period", "name"),
    [
        (Period.month(Month(2024, 3)), "2024年3月"),
        (Period.ytd(Month(2024, 1)), "2024年1月"),
        (Period.ytd(Month(2026, 7)), "2026年1-7月"),
        (Period.around(Month(2024, 3), "quarter"), "2024年一季度"),
        (Period.around(Month(2024, 12), "quarter"), "2024年四季度"),
        (Period.around(Month(2024, 6), "half"), "2024年上半年"),
        (Period.around(Month(2024, 12), "half"), "2024年下半年"),
        (Period.whole_year(2024), "2024年"),
        (Period.span(Month(2023, 11), Month(2024, 2)), "2023年11月至2024年2月"),
        (Period.span(Month(2024, 3), Month(2024, 5)), "2024年3月至5月"),
    ],
)
def test_chinese_names_are_those_of_customs(period: Period, name: str) -> None:
    with speaking("zh"):
        assert period_name(period) == name


def test_days_countries_and_lists() -> None:
    day = date(2024, 4, 18)
    assert (day_name(day), country("Guinea"), country("Oz")) == ("18 April 2024", "Guinea", "Oz")
    assert [both("ABC"[:count]) for count in (1, 2, 3)] == ["A", "A and B", "A and B and C"]
    with speaking("zh"):
        assert (day_name(day), country("Russia"), country("Oz")) == ("2024年4月18日", "俄罗斯", "Oz")
        assert [both("甲乙丙"[:count]) for count in (1, 2, 3)] == ["甲", "甲和乙", "甲、乙和丙"]
