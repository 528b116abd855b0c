"""What a stretch of the text means: the pieces that a question is put together from."""

from dataclasses import dataclass
from typing import Final, Literal

from bot.dataset.calendar import Kind, Month
from bot.questions.days import Day

Sense = Literal[
    "series", "wider", "group", "scope", "part", "partner", "country", "world", "flow", "measure",
    "unit", "time", "latest", "ytd", "compare", "year_before", "before", "year_after", "after",
    "join", "and", "between",
    "out_of", "into", "to_china", "from_china", "same", "help", "reset", "growth", "view", "order",
    "total", "sum", "together", "those", "few", "months", "annual", "which", "when", "why", "since",
    "onwards", "leading", "degree", "mend", "stage", "not", "next", "asks_what",
    "meaning", "with", "gap", "by", "outside", "unmet", "known",
    "noise", "wrong", "unknown",
]  # fmt: skip
SERIES: Final[frozenset[Sense]] = frozenset({"series", "wider", "part", "scope"})
SUBJECT: Final[frozenset[Sense]] = SERIES | {"group"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of time as said: what was left open is None. For a range `first` holds where it begins.

    A range with `back` months or quarters (`unit`) is counted back from its end; one without number or `back`
    is open: it ends, as the counted one does unless a month was said, at the newest month on record.

    number: the month for month and ytd (its last), 1-4 for quarter, 1-2 for half. `bare_year` marks a plain
    "2024", which can also be the year of another moment. `so_far`: the running total of that year is meant.
    `step` is -1 for what was said from today ("last month"), +1 for the next, 0 for what was named.
    `ago`: so many steps back were counted ("two years ago"), from the period asked about where there is one;
    with `unit` "year" the year of a month, quarter or half was ("march two years ago").
    """

    kind: Kind
    year: int | None = None
    number: int | None = None
    first: "Moment | None" = None
    so_far: bool = False
    step: int = 0
    back: int = 0
    unit: Kind = "month"
    ago: bool = False

    @property
    def rolling(self) -> bool:
        """Whether it ends where the record ends: "since 2021", "past 12 months"."""
        return self.kind == "range" and self.number is None

    @property
    def bare_year(self) -> bool:
        """Whether only a year was said."""
        plain = self.kind == "year" and self.year is not None and self.number is None
        return plain and not (self.so_far or self.ago)

    @property
    def last_month(self) -> int | None:
        """The number of the month in which it ends, where that is known."""
        if self.number is None:
            return 12 if self.kind == "year" else None
        return self.number * {"quarter": 3, "half": 6}.get(self.kind, 1)

    @classmethod
    def of(cls, month: Month) -> "Moment":
        """That calendar month."""
        return cls("month", month.year, month.number)


@dataclass(frozen=True, slots=True)
class Item:
    """One piece: what kind of thing it is, which one, the words it was said in, and its time if it is one.

    `count` is the number in "top 5" and "12 months to"; `day` that of what was known ("as of 20 April").
    """

    sense: Sense
    value: str
    text: str
    moment: Moment | None = None
    count: int = 0
    day: Day | None = None
