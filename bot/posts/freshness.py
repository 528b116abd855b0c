"""Which figures should be on record by the release calendar and are not. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.dataset.releases import Stage
from bot.posts.schedule import on_record, waited_for


@dataclass(frozen=True, slots=True)
class Overdue:
    """A series that lacks the month that is out; `newest` is the newest one on record."""

    series: Series
    stage: Stage
    due: Month
    newest: Month | None


def overdue(dataset: Dataset) -> list[Overdue]:
    """What a monthly post waits for and should have since yesterday; on the day itself it may still come."""
    found = []
    for stage, held in waited_for((), dataset).items():
        due = dataset.calendar.newest_due(stage, dataset.today - timedelta(days=1))
        for series in held:
            months = on_record({stage: (series,)}, dataset, dataset.calendar)
            if due not in months:
                found.append(Overdue(series, stage, due, max(months, default=None)))
    return found


def days_overdue(late: Iterable[Overdue], dataset: Dataset) -> int:
    """For how many days the month that is missing longest has been due; 0 where none is."""
    releases = (dataset.calendar.release(_missing_first(each), each.stage).day for each in late)
    return max(((dataset.today - day).days for day in releases), default=0)


def _missing_first(late: Overdue) -> Month:
    return min(late.newest.plus(1), late.due) if late.newest else late.due
