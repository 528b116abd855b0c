"""Months and periods: the time that figures speak of. No clock, no time zone."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from bot.errors import UsageError

Kind = Literal["month", "ytd", "quarter", "half", "year", "range"]

LENGTHS: Final[dict[Kind, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}  # in months
MONTH_NAMES = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month; `str()` gives 2024-03, `name` gives March 2024."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 2200 and 1 <= self.number <= 12):
            raise UsageError(f"{self.year}-{self.number} is not a month; write 2024-03.")

    @classmethod
    def from_text(cls, text: str) -> "Month":
        """Reads 2024-03; anything else is a UsageError."""
        match = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if not match:
            raise UsageError(f"{text!r} is not a month; write 2024-03.")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, ordinal: int) -> "Month":
        """The month with that `ordinal`."""
        return cls(ordinal // 12, ordinal % 12 + 1)

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
        return Month.of(self.ordinal + months)

    def until(self, other: "Month") -> int:
        """How many months later `other` is."""
        return other.ordinal - self.ordinal


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A stretch of whole months of a kind; `ytd` runs from January to `end`."""

    kind: Kind
    start: Month
    end: Month

    def __post_init__(self) -> None:
        if not self._fits():
            raise UsageError(f"{self.start} to {self.end} is not a {self.kind}.")

    def __hash__(self) -> int:
        """Of its parts at once: every look-up of a figure takes it."""
        return hash((self.kind, self.start.year, self.start.number, self.end.year, self.end.number))

    def _fits(self) -> bool:
        first, length = self.start.number, self.length
        if length < 1:
            return False
        match self.kind:
            case "month":
                return length == 1
            case "ytd":
                return first == 1 and length <= 12
            case "quarter":
                return first % 3 == 1 and length == 3
            case "half":
                return first % 6 == 1 and length == 6
            case "year":
                return first == 1 and length == 12
            case _:
                return self.kind == "range"

    @classmethod
    def month(cls, month: Month) -> "Period":
        """One calendar month."""
        return cls("month", month, month)

    @classmethod
    def ytd(cls, end: Month) -> "Period":
        """January to `end`."""
        return cls("ytd", Month(end.year, 1), end)

    @classmethod
    def quarter(cls, year: int, number: int) -> "Period":
        """Quarter 1 to 4 of a year."""
        return cls("quarter", Month(year, 3 * number - 2), Month(year, 3 * number))

    @classmethod
    def half(cls, year: int, number: int) -> "Period":
        """Half 1 or 2 of a year."""
        return cls("half", Month(year, 6 * number - 5), Month(year, 6 * number))

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

    @property
    def length(self) -> int:
        """Number of months."""
        return self.start.until(self.end) + 1

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month of it, in order."""
        return _months(self.start, self.length)

    @property
    def days(self) -> int:
        """Number of calendar days."""
        year, number = self.end.year, self.end.number
        last = date(year, number, monthrange(year, number)[1])
        return (last - date(self.start.year, self.start.number, 1)).days + 1

    @property
    def years(self) -> "tuple[Period, ...]":
        """The same stretch cut at every turn of the year."""
        years = range(self.start.year, self.end.year + 1)
        edges = ((max(self.start, Month(year, 1)), min(self.end, Month(year, 12))) for year in years)
        return tuple(Period.span(*edge) for edge in edges)

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
        year, last = self.end.year, self.end.number
        match self.kind:
            case "quarter":
                return f"{year}-Q{last // 3}"
            case "half":
                return f"{year}-H{last // 6}"
            case "year":
                return f"{year}"
            case "range":
                return f"{self.start}..{self.end}"
            case _:
                return str(self.end)

    @property
    def name(self) -> str:
        """March 2024, January-March 2024, Q2 2024, H1 2024, 2024, January 2023 to June 2024."""
        end = self.end
        match self.kind:
            case "month":
                return end.name
            case "ytd":
                return ytd_name(end)
            case "quarter":
                return f"Q{end.number // 3} {end.year}"
            case "half":
                return f"H{end.number // 6} {end.year}"
            case "year":
                return f"{end.year}"
            case _:
                return f"{self.start.name} to {end.name}"


@lru_cache(maxsize=1_024)
def _months(start: Month, count: int) -> tuple[Month, ...]:
    """So many months from the first on: each series of an answer looks at the same ones."""
    return tuple(start.plus(step) for step in range(count))


def ytd_name(end: Month) -> str:
    """January-March 2024; January 2024 for January alone."""
    return end.name if end.number == 1 else f"January-{end.name}"


@lru_cache(maxsize=4_096)
def period_of(kind: str, month: str) -> Period:
    """The month 2024-03, or with the kind ytd January to it."""
    end = Month.from_text(month)
    return Period.ytd(end) if kind == "ytd" else Period.month(end)
