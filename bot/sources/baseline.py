"""What is on record of a series, for weighing a page's numbers against it: sizes, levels and their ranges."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series

NEAR_MONTHS = 36
NEAREST_MONTHS = 3  # a price moves less in them than the yuan is worth


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Look-ups in the dataset; each gives None where nothing is on record."""

    known: Dataset | None

    def figure(self, series: Series, scope: str, period: Period) -> Figure | None:
        """The figure of that scope alone, where it has a value."""
        found = self.known.figure(series, period, scope) if self.known else None
        return found if found and found.value is not None else None

    def usual(self, series: Series, scope: str, period: Period, within: int = NEAR_MONTHS) -> float | None:
        """The median of the months around a period, times its months; of all where none is near."""
        if not self.known or not (months := self.known.periods(series, "month", scope)):
            return None
        near = [month for month in months if abs(month.end.until(period.end)) <= within]
        sizes = self._values(series, scope, near) or self._values(series, scope, months)
        times = 1 if series.measure == "unit_value" else period.length
        return median(sizes) * times if sizes else None

    def usual_price(self, series: Series, scope: str, period: Period) -> float | None:
        """The median unit value of the nearest months, in US$/t."""
        return self.usual(replace(series, measure="unit_value"), scope, period, within=NEAREST_MONTHS)

    def _values(self, series: Series, scope: str, months: Sequence[Period]) -> list[float]:
        found = (self.figure(series, scope, month) for month in months)
        return [figure.value for figure in found if figure and figure.value]
