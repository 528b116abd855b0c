"""Which firings are news: each by the day on which its month came on record, or was printed anew."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.alerts.firing import Firing, crossings, firings, months
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.questions.condition import Condition, Revision

# What came out longer ago is not caught up on, whatever has kept it from being told.
BACK = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class News:
    """A firing, and the day from which on it could be told."""

    day: date
    firing: Firing


def news(condition: Condition, dataset: Dataset, since: date, *, crossing: bool = False) -> tuple[News, ...]:
    """What has fired since a day, the oldest first; no month that was known before and is printed anew.

    `crossing`: only where it did not hold before, and where it ends.
    """
    fired = crossings(condition, dataset) if crossing else firings(condition, dataset)
    found = [News(each.day or known_since(each.figure, dataset), each) for each in fired]
    new = [each for each in found if each.day >= since]
    return tuple(sorted(new, key=lambda each: (each.day, each.firing.edition)))


def editions_out(condition: Condition, dataset: Dataset, since: date) -> tuple[str, ...]:
    """The editions that have come since a day, whether the condition holds in them or not."""
    if isinstance(condition.test, Revision):
        return tuple(each.firing.edition for each in news(condition, dataset, since))
    periods = map(Period.month, months(condition, dataset))
    figures = (dataset.figure(condition.series, period, condition.scope) for period in periods)
    return tuple(str(each.end) for each in figures if each and known_since(each, dataset) >= since)


def known_since(figure: Figure, dataset: Dataset) -> date:
    """The day on which the month's first figure came, however often it was printed since; of one without
    rows of its own (net trade, a price per tonne) that on which both that it is made of were there.
    """
    if first := dataset.line(figure.series, figure.scope).first(figure.period):
        return first.day
    return min(dataset.calendar.out_since(row) for row in figure.vintages or figure.rows)
