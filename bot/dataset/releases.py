"""When China's customs publish a month: the calendar on record, and its rules beyond the last row."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from bot.dataset.calendar import Month
from bot.dataset.model import Row, Series, Status

Stage = Literal["flash", "bulletin", "query"]
AHEAD = timedelta(days=1)  # it is tomorrow in Beijing while others still have today
STAGES: tuple[Stage, ...] = ("flash", "bulletin", "query")

# Day of the following month by which a stage is out; January comes with February, in March. The flash takes
# longer after a quarter's end.
USUAL_DAY: dict[Stage, int] = {"flash": 9, "bulletin": 18, "query": 20}
FLASH_DAY_AFTER_QUARTER = 15

# The flash holds unwrought exports only; the query by HS code brings what has no line in the bulletin.
FIRST_STAGE: dict[tuple[str, str], Stage] = {
    ("unwrought_aluminium", "export"): "flash",
    ("unwrought_aluminium", "import"): "bulletin",
    ("alumina", "export"): "bulletin",
    ("bauxite", "import"): "bulletin",
}


@dataclass(frozen=True, slots=True)
class Release:
    """A date on the calendar: `expected` where it is planned or reckoned, not seen."""

    day: date
    expected: bool


@dataclass(frozen=True, slots=True)
class ReleaseCalendar:
    """Release dates by reference month and stage."""

    on_record: Mapping[tuple[Month, str], Release]

    def release(self, month: Month, stage: Stage) -> Release:
        """The date on record; beyond it the one that the rules give, called expected."""
        own = self.on_record.get((month, stage))
        if self.comes_with_next(month, stage):
            own = self.on_record.get((month.plus(1), stage))
        following = Month(month.year, 3) if month.number == 1 else month.plus(1)
        late = stage == "flash" and month.number % 3 == 0
        usual = date(following.year, following.number, FLASH_DAY_AFTER_QUARTER if late else USUAL_DAY[stage])
        return own or Release(usual, expected=True)

    def comes_with_next(self, month: Month, stage: Stage) -> bool:
        """Whether a month is published with the next one: January is, unless it has a day of its own."""
        return month.number == 1 and (month, stage) not in self.on_record

    def newest_due(self, stage: Stage, today: date) -> Month:
        """The newest month whose stage should be out by `today`."""
        month = Month.of_day(today)
        while self.release(month, stage).day > today:
            month = month.plus(-1)
        return month

    def out_since(self, row: Row) -> date:
        """The day from which a row is known: printed on it, else that of its arrival, else by its stage."""
        return row.known_since or self.out_with(row.status, row.period.end)

    def out_with(self, status: Status | None, month: Month) -> date:
        """The day of the stage that brings a month's figures of that status."""
        if status == "revised":  # the comparison column of the flash a year later
            return self.release(month.plus(12), "flash").day
        return self.release(month, "query" if status == "estimated" else status or "bulletin").day


UNPLANNED = ReleaseCalendar({})


def stage_of(series: Series) -> Stage:
    """The first stage that holds a series' quantity; only the query tells partners apart."""
    if series.partner:
        return "query"
    if series.flow == "net":  # made of both
        stages = (stage_of(replace(series, flow=flow)) for flow in ("export", "import"))
        return max(stages, key=STAGES.index)
    return FIRST_STAGE.get((series.commodity, series.flow), "query")
