"""When a month is published: the calendar on record, and the folder's rules beyond the last row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, cast

from bot.dataset.calendar import Month
from bot.dataset.model import Row, Series
from bot.profile import profile

Stage = Literal["flash", "bulletin", "query"]
AHEAD = timedelta(days=1)  # it is tomorrow in the east while others still have today
STAGES: tuple[Stage, ...] = ("flash", "bulletin", "query")
LAG = 3  # months; a series that ends earlier than that holds no other back


@dataclass(frozen=True, slots=True)
class Release:
    """A date on the calendar: `expected` where it is planned or reckoned, not seen."""

    day: date
    expected: bool


@dataclass(frozen=True, slots=True)
class ReleaseCalendar:
    """Release dates by reference month and stage."""

    on_record: Mapping[tuple[Month, str], Release] = field(default_factory=dict)

    def release(self, month: Month, stage: Stage) -> Release:
        """The date on record; beyond it the one that the rules give, called expected."""
        told = month.plus(1) if self.comes_with_next(month, stage) else month
        if own := self.on_record.get((told, stage)):
            return own
        days, following = profile().days, told.plus(1)
        late = days.get(f"{stage}_day_after_quarter") if told.number % 3 == 0 else None
        day = late or days[stage]
        return Release(date(following.year, following.number, day), expected=True)

    def comes_with_next(self, month: Month, stage: Stage) -> bool:
        """Whether a month is published with the next one: January may be, unless it has a day of its own."""
        return profile().january_with_february and month.number == 1 and (month, stage) not in self.on_record

    def newest_due(self, stage: Stage, today: date) -> Month:
        """The newest month whose stage should be out by `today`."""
        month = Month.of_day(today)
        while self.release(month, stage).day > today:
            month = month.plus(-1)
        return month

    def out_since(self, row: Row) -> date:
        """The day from which a row is known: printed on it, else that of its arrival, else of its stage."""
        if row.known_since:
            return row.known_since
        if row.status == "revised":  # the comparison column of the flash a year later
            return self.release(row.period.end.plus(12), "flash").day
        stage = "query" if row.status == "estimated" else row.status or "bulletin"
        return self.release(row.period.end, stage).day


def stage_of(series: Series) -> Stage:
    """The first stage that holds a series' quantity; only the query tells partners apart."""
    if series.partner:
        return "query"
    if series.flow == "net":  # made of both
        stages = (stage_of(series._replace(flow=flow)) for flow in ("export", "import"))
        return max(stages, key=STAGES.index)
    return cast(Stage, profile().stages.get((series.commodity, series.flow), "query"))


def stages_in_use() -> tuple[Stage, ...]:
    """The stages that first hold any series, in their order."""
    held = {profile().stages.get(line, "query") for line in profile().lines}
    return tuple(stage for stage in STAGES if stage in held)
