"""Why a question that was understood is asked back: a value that messages put into words."""

from dataclasses import dataclass
from typing import Literal

from bot.dataset.calendar import Period
from bot.dataset.model import Series

Rule = Literal[
    "not_both", "share_of_whom", "share_of_what", "share_not_ranked",
    "no_month_change", "highlights_of_month", "record_of_month", "one_month_average",
    "of_levels", "by_month", "not_printed", "too_long", "one_stretch",
    "total_of_series", "total_of_unit_values", "total_overlaps", "difference_of_one", "ratio_of_one",
    "ratio_of_net", "ratio_to_nothing", "world_and_partner", "net_beside_gross", "season_of_a_year",
    "criterion_missing", "claim_missing",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """The rule that a question breaks; `period` and `series` are those with which it does, if any."""

    rule: Rule
    period: Period | None = None
    series: tuple[Series, ...] = ()
