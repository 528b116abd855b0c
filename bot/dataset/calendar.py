"""Months and periods: the time that figures speak of. No clock, no time zone."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from bot.errors import UsageError

Kind = Literal["month", "ytd", "quarter", "half", "year", "range"]

LENGTHS: Final[dict[Kind, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}  # in months
# What `Period.from_text` reads.
WRITTEN = re.compile(
    r"(?P<first>[0-9]{4}-[0-9]{2})(?:\.\.(?P<last>[0-9]{4}-[0-9]{2})| (?P<ytd>ytd))?"
    r"|(?P<year>[0-9]{4})(?:-(?P<part>[QH])(?P<number>[1-4]))?"
)
MONTH_NAMES = "January February March April May June July August September October November December".split()


class Month(NamedTuple("_Month", [("year", int), ("number", int)])):
    """A calendar month; `str()` gives 2024-03, `name` gives March 2024."""

    __slots__ = ()

    def __new__(cls, year: int, number: int) -> "Month":
        """UsageError where there is no such month."""
        if not (1900 <= year <= 2200 and 1 <= number <= 12):
            raise UsageError(f"{year}-{number} is not a month; write 2024-03.")
        return tuple.__new__(cls, (year, number))

    @classmethod
    def from_text(cls, text: str) -> "Month":
        """Reads 2024-03; anything else is a UsageError."""
        if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
            return cls(int(match[1]), int(match[2]))
        raise UsageError(f"{text!r} is not a month; write 2024-03.")

    @classmethod
    def of_day(cls, day: date) -> "Month":
        """The month in which a day lies."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def name(self) -> str:
        """March 2024."""
        return f"{MONTH_NAMES[self.number - 1]} {self.year}"

    @property
    def ordinal(self) -> int:
        """Which month it is, counted on from January of the year 0."""
        return self.year * 12 + self.number - 1

    def plus(self, months: int) -> "Month":
        """The month that many months later (earlier where negative)."""
        year, place = divmod(self.ordinal + months, 12)
        return Month(year, place + 1)

    def until(self, other: "Month") -> int:
        """How many months later `other` is."""
        return (other.year - self.year) * 12 + other.number - self.number


class Period(NamedTuple("_Period", [("kind", Kind), ("start", Month), ("end", Month)])):
    """A stretch of whole months of a kind; `ytd` runs from January to `end`."""

    __slots__ = ()

    def __new__(cls, kind: Kind, start: Month, end: Month) -> "Period":
        """UsageError where that kind has no such months."""
        first, length = start.number, start.until(end) + 1
        whole = length == LENGTHS.get(kind) and (first - 1) % length == 0
        total = kind == "ytd" and first == 1 and 1 <= length <= 12
        if not (whole or total or (kind == "range" and length >= 1)):
            raise UsageError(f"{start} to {end} is not a {kind}.")
        return tuple.__new__(cls, (kind, start, end))

    @classmethod
    def month(cls, month: Month) -> "Period":
        """One calendar month."""
        return tuple.__new__(cls, ("month", month, month))  # which needs no check, as the next

    @classmethod
    def ytd(cls, end: Month) -> "Period":
        """January to `end`."""
        return tuple.__new__(cls, ("ytd", Month(end.year, 1), end))

    @classmethod
    def whole_year(cls, year: int) -> "Period":
        """A calendar year."""
        return cls("year", Month(year, 1), Month(year, 12))

    @classmethod
    def around(cls, month: Month, kind: Kind) -> "Period":
        """The month, quarter, half or year in which that month lies."""
        start = month.plus(-((month.number - 1) % LENGTHS[kind]))
        return cls(kind, start, start.plus(LENGTHS[kind] - 1))

    @classmethod
    def span(cls, start: Month, end: Month) -> "Period":
        """Any stretch of months, both ends included."""
        return cls("range", start, end)

    @classmethod
    def from_text(cls, text: str) -> "Period":
        """Reads 2024-03, 2024-03 ytd, 2024-Q2, 2024-H1, 2024, 2024-01..2024-06; else a UsageError."""
        if not (match := WRITTEN.fullmatch(text)):
            raise UsageError(f"{text!r} is not a period; write 2024-03.")
        first, last, ytd, year, part, number = match.groups()
        if last:
            return cls.span(Month.from_text(first), Month.from_text(last))
        if first:
            return period_of("ytd" if ytd else "month", first)
        if not part:
            return cls.whole_year(int(year))
        kind: Kind = "quarter" if part == "Q" else "half"
        return cls.around(Month(int(year), int(number) * LENGTHS[kind]), kind)

    @property
    def length(self) -> int:
        """Number of months."""
        return self.start.until(self.end) + 1

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month of it, in order."""
        return tuple(Month(at // 12, at % 12 + 1) for at in range(self.start.ordinal, self.end.ordinal + 1))

    @property
    def days(self) -> int:
        """Number of calendar days."""
        after = self.end.plus(1)
        return (date(*after, 1) - date(*self.start, 1)).days

    @property
    def years(self) -> "tuple[Period, ...]":
        """The same stretch cut at every turn of the year."""
        return tuple(
            Period.span(max(self.start, Month(year, 1)), min(self.end, Month(year, 12)))
            for year in range(self.start.year, self.end.year + 1)
        )

    def plus(self, months: int) -> "Period":
        """The same stretch that many months later; a running total moves by whole years only."""
        return Period(self.kind, self.start.plus(months), self.end.plus(months))

    @property
    def year_before(self) -> "Period":
        """The same period one year earlier."""
        return self.plus(-12)

    @property
    def label(self) -> str:
        """2024-03, 2024-03 (ytd), 2024-Q2, 2024-H1, 2024, 2024-01..2024-06."""
        year, part = self.end.year, self.end.number // self.length
        span = f"{self.start}..{self.end}"
        labels = {"quarter": f"{year}-Q{part}", "half": f"{year}-H{part}", "year": f"{year}", "range": span}
        return labels.get(self.kind, str(self.end))


def range_or_month(start: Month, end: Month) -> Period:
    """The stretch from one month to another; a month where they are the same."""
    return Period.month(end) if start == end else Period.span(start, end)


def natural_period(first: Month, last: Month) -> Period:
    """Months from one to another, as the kind of period that they make."""
    length = first.until(last) + 1
    for kind, months in LENGTHS.items():
        if months == length and (first.number - 1) % length == 0:
            return Period.around(last, kind)
    if first.number == 1 and first.year == last.year:
        return Period.ytd(last)
    return Period.span(first, last)


def follow_on(periods: Sequence[Period]) -> bool:
    """Whether each begins where the one before ends."""
    return all(a.end.plus(1) == b.start for a, b in pairwise(periods))


def joined(periods: Sequence[Period]) -> Period | None:
    """The one stretch that periods make, where each follows on the one before."""
    ordered = sorted(periods, key=lambda each: each.start)
    return natural_period(ordered[0].start, ordered[-1].end) if follow_on(ordered) else None


@lru_cache(maxsize=4_096)
def period_of(kind: str, month: str) -> Period:
    """The month 2024-03, or with the kind ytd January to it."""
    end = Month.from_text(month)
    return Period.ytd(end) if kind == "ytd" else Period.month(end)


@lru_cache(maxsize=256)
def periods_of(year: int) -> Sequence[Period]:
    """Every month, running total, quarter and half of a year, and the year, in order."""
    months = Period.whole_year(year).months
    around = (Period.around(month, kind) for month in months for kind in LENGTHS)
    return sorted({*map(Period.ytd, months), *around})
