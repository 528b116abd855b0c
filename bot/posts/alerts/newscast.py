"""The news of every condition on a day, worked out once for all alerts that share it."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.alerts.condition import Condition
from bot.alerts.news import News, editions_out, news
from bot.alerts.reading import read
from bot.dataset.dataset import Dataset
from bot.questions.question import Unresolved

# What came out longer ago is not caught up on, whatever has kept it from being told.
BACK = timedelta(days=92)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Newscast:
    """The record of the day that the bot lives on, and what is new in it by the words of a condition."""

    dataset: Dataset
    today: Callable[[], date]
    _known: dict[tuple[date, int, str], tuple[News, ...]] = field(default_factory=dict)

    def of(self, conditions: Iterable[str]) -> Mapping[str, tuple[News, ...]]:
        """The news of each, the oldest first."""
        dataset = self.record
        now = dataset.today, dataset.record.version
        for key in list(self._known):
            if key[:2] != now:
                self._known.pop(key, None)  # another thread may have
        return {words: self._of_one(words, dataset, now) for words in set(conditions)}

    def _of_one(self, words: str, dataset: Dataset, now: tuple[date, int]) -> tuple[News, ...]:
        known = self._known.get((*now, words))
        if known is None:
            known = self._known[*now, words] = _news(words, dataset)
        return known

    def out(self, condition: Condition) -> tuple[str, ...]:
        """The editions that are out already."""
        return editions_out(condition, self.record, self.since)

    @property
    def record(self) -> Dataset:
        """The record of that day."""
        return self.dataset.on(self.today())

    @property
    def since(self) -> date:
        """The day from which on news is told."""
        return self.today() - BACK


def _news(words: str, dataset: Dataset) -> tuple[News, ...]:
    reading = read(words, dataset)
    if isinstance(reading, Unresolved):  # the words of an earlier version, or a series that is gone
        log.error("alert_not_understood", extra={"condition": words})
        return ()
    return news(reading.condition, dataset, dataset.today - BACK)
