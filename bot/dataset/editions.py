"""The months of a series that come out by themselves, since when one is known, and which are overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset, awaited
from bot.dataset.model import Figure, Series
from bot.dataset.releases import STAGES, Stage, stage_of

FEBRUARY = 2


def editions(series: Series, dataset: Dataset) -> frozenset[Month]:
    """The months on record that are posted by themselves. January and February are one, February's, unless
    January has a day of its own; it is there as soon as the running total of February is.
    """
    stage = stage_of(series)
    totals = {end for end in dataset.ends(series, "ytd") if end.number == FEBRUARY}
    months = dataset.months(series) | totals
    return frozenset(month for month in months if not dataset.calendar.comes_with_next(month, stage))


def known_since(figure: Figure, dataset: Dataset) -> date:
    """The day on which the month's first figure came, however often it was printed since; of one without
    rows of its own (net trade, a price per tonne) that on which both that it is made of were there.
    """
    if first := dataset.line(figure.series, figure.scope).first(figure.period):
        return first.day
    return min(dataset.calendar.out_since(row) for row in figure.vintages or figure.rows)


@dataclass(frozen=True, slots=True)
class Overdue:
    """A series that lacks the month that is out; `newest` is the newest one on record."""

    series: Series
    stage: Stage
    due: Month
    newest: Month | None


def overdue(dataset: Dataset) -> list[Overdue]:
    """What a monthly post waits for and should have since yesterday; on the day itself it may still come."""
    late, yesterday = [], dataset.today - timedelta(days=1)
    for series in sorted(awaited(), key=lambda each: STAGES.index(stage_of(each))):
        due, known = dataset.calendar.newest_due(stage_of(series), yesterday), editions(series, dataset)
        if due not in known:
            late.append(Overdue(series, stage_of(series), due, max(known, default=None)))
    return late


def days_overdue(late: Iterable[Overdue], dataset: Dataset) -> int:
    """For how many days the month that is missing longest has been due; 0 where none is."""
    missing = ((min(each.newest.plus(1), each.due) if each.newest else each.due, each.stage) for each in late)
    days = (dataset.today - dataset.calendar.release(month, stage).day for month, stage in missing)
    return max((each.days for each in days), default=0)
