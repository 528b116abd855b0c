"""What the questions' room needs to know of the figures: names, and how far the record reaches."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.dataset.calendar import Kind, Month
from bot.dataset.commodities import Commodity
from bot.dataset.model import Flow, Measure, Series


class Record(Protocol):
    """The members of the dataset that turning words into a Question rests on."""

    @property
    def catalogue(self) -> Mapping[str, Commodity]:
        """The series by id, in their order."""

    @property
    def partners(self) -> tuple[str, ...]:
        """The partner countries that have rows of their own."""

    @property
    def terms(self) -> Mapping[str, tuple[str, ...]]:
        """The words for each entry of the glossary, by its id."""

    @property
    def today(self) -> date:
        """The day on which the question is asked."""

    @property
    def begins(self) -> date:
        """The day on which the first figure was on record."""

    def as_of(self, day: date) -> "Record":
        """What was on record on a day gone by, with that day as today."""

    def counts(self, scope: str) -> bool:
        """Whether anything at all is on record in that scope."""

    def flows(self, commodity: str) -> tuple[Flow, ...]:
        """The flows that can be asked of a commodity, net trade where it has both."""

    def months(self, series: Series, scope: str | None = None) -> frozenset[Month]:
        """The months of a series that have a value on record."""

    def newest(
        self,
        commodities: Sequence[str],
        flows: Sequence[Flow],
        *,
        partner: str = "",
        measure: Measure = "quantity",
        kind: Kind = "month",
        number: int | None = None,
    ) -> Month | None:
        """The newest month in which such a period ends that has figures; of that number if one is given."""
