"""Text into a Condition, or what did not resolve."""

from dataclasses import dataclass

from bot.alerts.condition import Condition
from bot.dataset.dataset import Dataset
from bot.questions.question import Issue, Unresolved


@dataclass(frozen=True, slots=True)
class Reading:
    """The condition that a text holds, and a clause for each correction that has to be owned up to."""

    condition: Condition
    restated: tuple[str, ...] = ()


def read(text: str, dataset: Dataset) -> Reading | Unresolved:
    """The condition of a text in English or Chinese, or all that is wrong with it. Never raises."""
    del dataset
    return Unresolved("not_understood", (Issue(text[:40], "Alerts are not read yet."),))
