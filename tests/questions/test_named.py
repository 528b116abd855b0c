"""Names of months, periods, days, countries: in English the calendar's own, in Chinese those of customs."""

from datetime import date

from bot.dataset.calendar import Period
from bot.questions.named import day_name, named, period_name
from bot.words import speaking
from bot.words.countries import country
from bot.words.joints import both
from tests.looped import looped
from tests.tables import tables


@looped(("label", "english", "chinese"), tables("questions/cases.yaml")["names"])
def test_a_period_has_its_name_in_both_languages(label: str, english: str, chinese: str) -> None:
    period = Period.from_text(label)
    assert (period_name(period), named(period.end)) == (english, period.end.name)
    with speaking("zh"):
        assert period_name(period) == chinese


def test_days_countries_and_lists() -> None:
    day = date(2024, 4, 18)
    assert (day_name(day), country("Guinea"), country("Oz")) == ("18 April 2024", "Guinea", "Oz")
    assert [both("ABC"[:count]) for count in (1, 2, 3)] == ["A", "A and B", "A and B and C"]
    with speaking("zh"):
        assert (day_name(day), country("Russia"), country("Oz")) == ("2024年4月18日", "俄罗斯", "Oz")
        assert [both("甲乙丙"[:count]) for count in (1, 2, 3)] == ["甲", "甲和乙", "甲、乙和丙"]
