"""Which firings are news: each by the day on which its month came on record, or was printed anew."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.alerts.firing import Firing, crossings, firings, months
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.questions.condition import Condition, Revision

# What came out longer ago is not caught up on, whatever has kept it from being told.
BACK = timedelta(days=92)
Watched = tuple[Condition, bool]  # and whether only its crossings are news


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


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Evaluates conditions by what is on record on the day that the bot lives on, and caches their news."""

    base: Dataset
    today: Callable[[], date]
    _cache: dict[tuple[date, int], dict[Watched, tuple[News, ...]]] = field(default_factory=dict)

    def of(self, condition: Condition, *, crossing: bool = False) -> tuple[News, ...]:
        """Its news, the oldest first."""
        dataset, watched = self.dataset, (condition, crossing)
        now = dataset.today, dataset.record.version
        for old in [each for each in list(self._cache) if each != now]:
            self._cache.pop(old, None)  # another thread may have
        known = self._cache.setdefault(now, {})
        if watched not in known:
            known[watched] = news(condition, dataset, dataset.today - BACK, crossing=crossing)
        return known[watched]

    def out(self, condition: Condition) -> tuple[str, ...]:
        """The editions that are out already; the end of what holds now is to come."""
        return editions_out(condition, self.dataset, self.since)

    def knows(self, condition: Condition | None) -> bool:
        """Whether there is one, of a series that the data has."""
        if condition is None:
            return False
        name, flow = condition.series.commodity, condition.series.flow
        return name in self.dataset.catalogue and flow in self.dataset.flows(name)

    @property
    def dataset(self) -> Dataset:
        """The dataset of that day."""
        return self.base.on(self.today())

    @property
    def since(self) -> date:
        """The day from which on news is told."""
        return self.today() - BACK
