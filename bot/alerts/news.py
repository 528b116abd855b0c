"""Which firings are news: each by the day on which its month came on record, or was printed anew."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.alerts.firing import Firing, firings, months
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.questions.condition import Condition, Revision


@dataclass(frozen=True, slots=True)
class News:
    """A firing, and the day from which on it could be told."""

    day: date
    firing: Firing


def news(condition: Condition, dataset: Dataset, since: date) -> tuple[News, ...]:
    """What has fired since a day, the oldest first.

    A month that was on record before is none, though it be printed anew: that is for who asks for revisions.
    """
    found = [News(_day(each, dataset), each) for each in firings(condition, dataset)]
    return tuple(sorted((each for each in found if each.day >= since), key=_order))


def _order(each: News) -> tuple[date, str]:
    return each.day, each.firing.edition


def _day(firing: Firing, dataset: Dataset) -> date:
    return firing.day or known_since(firing.figure, dataset)


def editions_out(condition: Condition, dataset: Dataset, since: date) -> tuple[str, ...]:
    """The editions that have come since a day, whether the condition holds in them or not: no news to whoever
    asks for the alert now.
    """
    if isinstance(condition.test, Revision):
        return tuple(each.firing.edition for each in news(condition, dataset, since))
    return tuple(str(month) for month in _months_since(condition, dataset, since))


def _months_since(condition: Condition, dataset: Dataset, since: date) -> Iterator[Month]:
    for month in months(condition, dataset):
        figure = dataset.figure(condition.series, Period.month(month), condition.scope)
        if figure and known_since(figure, dataset) >= since:
            yield month


def known_since(figure: Figure, dataset: Dataset) -> date:
    """The day on which the month's first figure came, however often it was printed since."""
    if steps := dataset.history(figure.series, figure.period, figure.scope):
        return steps[0].day
    if parts := [each for each in _parts(figure, dataset) if each]:
        return max(known_since(each, dataset) for each in parts)
    return min(dataset.calendar.out_since(row) for row in figure.vintages or figure.rows)


def _parts(figure: Figure, dataset: Dataset) -> list[Figure | None]:
    """The figures that one is made of which has no rows of its own: net trade, a price per tonne."""
    series = figure.series
    made_of: list[Series] = []
    if series.measure == "unit_value":
        made_of = [replace(series, measure="value"), replace(series, measure="quantity")]
    elif series.flow == "net":
        made_of = [replace(series, flow="export"), replace(series, flow="import")]
    return [dataset.figure(each, figure.period, figure.scope) for each in made_of]
