"""Reads a day, or the end of a month, quarter or year, at one place of the text: 20 April, 2026-04-20."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.dataset.calendar import Month
from bot.questions.lexicon import MONTHS, NUMBER_WORDS

Size = Literal["day", "month", "quarter", "year"]
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<m>{_NAME})(?![^\W\d_])"
_YEAR = r"(?P<y>(?:19[5-9]|20\d|21\d)\d)(?!\d)"
_IN = r"(?:(?: of| in)? )"
_DAY = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[^\W\d_])"
_COUNT = r"(?P<n>\d\d?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_CN = r"(?P<m>十[一二]?|[一二三四五六七八九]|1[0-2]|0?[1-9])月"
_CN_YEAR = r"(?:(?P<y>\d{4}|\d\d(?=年)|[今本去前](?=年)) ?年?的? ?)?"
_YEARS_AGO = {"今": 0, "本": 0, "去": 1, "前": 2}
_LAST_DAY_BEFORE_YEARS = 17  # a greater number after a month can be its year: apr-18
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was said: without year or month where none was. `size`: of what it is the last day.

    `other` is set where it can be read in another way as well: 03/04/2026.
    """

    number: int | None = None
    month: int | None = None
    year: int | None = None
    size: Size = "day"
    other: "Day | None" = None

    def in_year(self, year: int) -> date | None:
        """The day in its own year, else in that one; None where there is no such day."""
        month, year = self.month or 12, self.year or year
        number = monthrange(year, month)[1] if self.number is None else self.number
        try:
            return date(year, month, number)
        except ValueError:
            return None

    def begins(self, day: date) -> date:
        """The first day of what that one is the last of."""
        if self.size == "day":
            return day
        month = Month(day.year, day.month).plus(1 - _MONTHS_OF[self.size])
        return date(month.year, month.number, 1)

    @classmethod
    def of(cls, day: date) -> "Day":
        """That calendar day."""
        return cls(day.day, day.month, day.year)


def read_day(text: str, at: int, today: date) -> tuple[Day, int] | None:
    """The longest day that begins at that place, and where it ends; None where none does."""
    matches = [(match, read) for pattern, read in _FORMS if (match := pattern.match(text, at))]
    found = [(day, match.end()) for match, read in matches if (day := read(match, today))]
    return max(found, key=lambda pair: pair[1], default=None)


def _number(match: re.Match[str], group: str) -> int | None:
    said = match.groupdict().get(group)
    if not said:
        return None
    return MONTHS.get(said) or NUMBER_WORDS.get(said) or (int(said) if said.isdigit() else None)


def _year(match: re.Match[str], today: date) -> int | None:
    if (ago := _YEARS_AGO.get(match.groupdict().get("y") or "")) is not None:
        return today.year - ago
    year = _number(match, "y")
    return year + 2000 if year and year < 100 else year


def _plain(match: re.Match[str], today: date) -> Day | None:
    number, month = _number(match, "d"), _number(match, "m")
    return Day(number, month, _year(match, today)) if number and month and month <= 12 else None


def _month_and_number(match: re.Match[str], today: date) -> Day | None:
    """April 25 is a day of April to some and April 2025 to others; apr-25 is that alone."""
    number, month = int(match["d"]), _number(match, "m")
    whole = Day(None, month, 2000 + number, "month")
    if match["dash"] and number > _LAST_DAY_BEFORE_YEARS:
        return whole
    gone = _LAST_DAY_BEFORE_YEARS < number <= today.year - 2000
    return Day(number, month, other=whole if gone else None)


def _either(match: re.Match[str], today: date) -> Day | None:
    """03/04/2026 is the 3rd of April to some and the 4th of March to others."""
    first, second, year = int(match["a"]), int(match["b"]), _year(match, today)
    days = [Day(d, m, year) for d, m in ((first, second), (second, first)) if 1 <= m <= 12]
    if not days:
        return None
    other = days[1] if len(days) > 1 and first != second else None
    return Day(days[0].number, days[0].month, year, other=other)


def _end_of_month(match: re.Match[str], today: date) -> Day | None:
    month = _number(match, "m")
    return Day(None, month, _year(match, today), "month") if month and month <= 12 else None


def _end_of_quarter(match: re.Match[str], today: date) -> Day:
    return Day(None, int(match["q"]) * 3, _year(match, today), "quarter")


def _end_of_year(match: re.Match[str], today: date) -> Day:
    return Day(None, 12, _year(match, today), "year")


def _ago(match: re.Match[str], today: date) -> Day:
    said = match["n"]
    count = 1 if said in ("a", "an") else NUMBER_WORDS.get(said) or int(said)
    return Day.of(_before(today, count, match["u"]))


def _before(today: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return today - timedelta(days=count * (7 if unit == "week" else 1))
    month = Month(today.year, today.month).plus(-count * _MONTHS_OF[unit])
    return date(month.year, month.number, min(today.day, monthrange(month.year, month.number)[1]))


def _last(match: re.Match[str], today: date) -> Day:
    """The end of last month, quarter or year; a week before today."""
    unit = match["u"]
    if unit == "week":
        return Day.of(today - timedelta(days=7))
    months = _MONTHS_OF[unit]
    end = Month(today.year, (today.month - 1) // months * months + 1).plus(-1)
    return Day(None, end.number, end.year, unit)  # type: ignore[arg-type]


def _this(match: re.Match[str], today: date) -> Day:
    """The end of this month, quarter or year."""
    months = _MONTHS_OF[match["u"]]
    end = Month(today.year, (today.month - 1) // months * months + months)
    return Day(None, end.number, end.year, match["u"])  # type: ignore[arg-type]


def _cn_near(match: re.Match[str], today: date) -> Day:
    """The end of this or last month or year."""
    unit = "year" if "年" in match.group() else "month"
    months = _MONTHS_OF[unit]
    end = Month(today.year, (today.month - 1) // months * months + months)
    end = end.plus(-months * match.group().startswith(("去", "上")))
    return Day(None, end.number, end.year, unit)  # type: ignore[arg-type]


def _near(match: re.Match[str], today: date) -> Day:
    return Day.of(today - timedelta(days=match.group() in ("yesterday", "昨天", "昨日")))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Day | None]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"(?:the )?{_DAY}(?: ?-? ?| of ){_MONTH}(?:{_IN}?-?{_YEAR})?", _plain),
        (rf"(?P<d>[0-3]?\d) ?-?(?P<m>{_NAME}) ?-?(?P<y>\d\d)(?!\d)", _plain),
        (rf"{_MONTH} ?-?(?:the )?{_DAY} {_YEAR}", _plain),
        (rf"{_MONTH} ?(?P<dash>-?){_DAY}", _month_and_number),
        (rf"{_MONTH} the {_DAY}", _plain),
        (rf"{_YEAR}[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?!\d)", _plain),
        (rf"(?P<d>\d\d?)\.(?P<m>\d\d?)\.{_YEAR}", _plain),
        (rf"(?P<a>\d\d?)[/-](?P<b>\d\d?)[/-]{_YEAR}", _either),
        (r"(?P<a>\d\d?)[/.](?P<b>\d\d?)[/.](?P<y>\d\d)(?!\d)", _either),
        (rf"{_CN_YEAR}{_CN} ?(?P<d>\d\d?)[日号](?![前内])", _plain),
        (rf"(?:the )?(?:end[ -]of |end[ -])?{_MONTH}(?:{_IN}?-?{_YEAR})?(?: end)?", _end_of_month),
        (rf"{_YEAR}[-/.](?P<m>\d\d?)(?!\d|[-/.]\d)", _end_of_month),
        (rf"(?P<m>\d\d?)[/-]{_YEAR}", _end_of_month),
        (rf"{_CN_YEAR}{_CN}份?[底末]?(?! ?\d\d?[日号])", _end_of_month),
        (rf"(?:the )?(?:end of )?q ?(?P<q>[1-4])(?!\d)(?:{_IN}?{_YEAR})?", _end_of_quarter),
        (rf"(?:the )?(?:end[ -]of |end[ -])?{_YEAR}(?! ?[年月])(?: end)?", _end_of_year),
        (r"(?P<y>\d{4}) ?年[底末]?(?! ?\d\d? ?月)", _end_of_year),
        (rf"{_COUNT} (?P<u>day|week|month|year)s? ago(?![^\W\d_])", _ago),
        (r"(?:the )?(?:end of )?last (?P<u>week|month|quarter|year)(?![^\W\d_])", _last),
        (r"(?:so far )?this (?P<u>month|quarter|year)(?![^\W\d_])", _this),
        (r"(?:今|本|去)年年?[底末]|今年(?:以来)?|本年|去年|本月|这个月|上个?月", _cn_near),
        (r"(?:today|right now|now|yesterday)(?![^\W\d_])|今天|今日|现在|目前|昨天|昨日", _near),
    )
)
