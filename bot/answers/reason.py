"""Why a question that was understood is asked back: a value that messages put into words."""

from dataclasses import dataclass
from typing import Literal

from bot.dataset.calendar import Period

Rule = Literal[
    "not_both", "share_of_whom", "share_of_what", "share_not_ranked",
    "no_month_change", "highlights_of_month", "record_of_month", "one_month_average",
    "of_levels", "by_month", "not_printed", "too_long",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """The rule that a question breaks; `period` is the one with which it does, where a rule is about that."""

    rule: Rule
    period: Period | None = None
