"""The news of every condition on a day, worked out once for all alerts that share it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.alerts.news import News, editions_out, news
from bot.dataset.dataset import Dataset
from bot.questions.condition import Condition

# What came out longer ago is not caught up on, whatever has kept it from being told.
BACK = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Evaluates conditions by what is on record on the day that the bot lives on, and caches their news."""

    base: Dataset
    today: Callable[[], date]
    _cache: dict[tuple[date, int, Condition], tuple[News, ...]] = field(default_factory=dict)

    def of(self, conditions: Iterable[Condition]) -> Mapping[Condition, tuple[News, ...]]:
        """The news of each, the oldest first."""
        dataset = self.dataset
        now = dataset.today, dataset.record.version
        for key in list(self._cache):
            if key[:2] != now:
                self._cache.pop(key, None)  # another thread may have
        return {each: self._of_one(each, dataset, now) for each in set(conditions)}

    def _of_one(self, condition: Condition, dataset: Dataset, now: tuple[date, int]) -> tuple[News, ...]:
        known = self._cache.get((*now, condition))
        if known is None:
            known = self._cache[*now, condition] = news(condition, dataset, dataset.today - BACK)
        return known

    def out(self, condition: Condition) -> tuple[str, ...]:
        """The editions that are out already."""
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
