"""When a month is published, by the calendar on record or the folder's rules; which printing is newest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, NamedTuple, cast

from bot.dataset.calendar import Month
from bot.dataset.model import Row, Series
from bot.profile import profile

Stage = Literal["flash", "bulletin", "query"]
AHEAD = timedelta(days=1)  # it is tomorrow in the east while others still have today
STAGES: tuple[Stage, ...] = ("flash", "bulletin", "query")
# The order of stages where no date decides; a status that is not known ranks with the bulletin.
STAGE_ORDER = {"estimated": 0, "flash": 1, None: 2, "bulletin": 2, "query": 3, "revised": 4}
LAG = 3  # months; a series that ends earlier than that holds no other back


class Release(NamedTuple):
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


def leading() -> tuple[Series, ...]:
    """What "everything" needs before a month counts as the newest one: what comes before the query."""
    early = [line for line in profile().awaited if profile().stages.get(line, "query") != "query"]
    return tuple(Series(*line) for line in early or profile().awaited)


def awaited() -> tuple[Series, ...]:
    """What a monthly post waits for."""
    return tuple(Series(*line) for line in profile().awaited)


def in_order(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The vintages from oldest to newest; the last is what is true today.

    Rows with a date stand in its order; one without goes before the first that its stage says is newer. A
    later, coarser printing that agrees with a finer one confirms it, and goes before it.
    """
    if len(rows) < 2:
        return tuple(rows)
    dated = [row for row in rows if row.published]
    ordered = sorted(dated, key=lambda row: (row.published or date.min, _rank(row)))
    for row in sorted((row for row in rows if not row.published), key=_rank):
        newer = (place for place, other in enumerate(ordered) if _rank(other) > _rank(row))
        ordered.insert(next(newer, len(ordered)), row)
    found: list[Row] = []
    for row in ordered:
        firm = [] if row.status == "estimated" else [each for each in found if each.status != "estimated"]
        finer = next((each for each in firm if row.is_coarser_than(each)), None)
        found.insert(found.index(finer) if finer else len(found), row)
    return tuple(found)


def newest(rows: Sequence[Row]) -> Row | None:
    """The printing of a figure that is true today, if any has a value."""
    valued = [row for row in rows if row.value is not None]
    return in_order(valued)[-1] if valued else None


def _rank(row: Row) -> tuple[float, ...]:
    """Stage, then the finer step, then more confirmations, then the later row."""
    return (STAGE_ORDER[row.status], -(row.step or 0), row.confirmed_by, row.line)
