"""The monthly summary as it is posted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.answers.respond import monthly_summary
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.messages.blocks import render
from bot.messages.message import Message
from bot.posts.editions import Edition
from bot.posts.ledger import Post
from bot.posts.subscription import Subscription
from bot.questions import words


@dataclass(frozen=True, slots=True)
class Summaries:
    """Every channel gets the same summary of everything, rendered once a day."""

    dataset: Dataset
    today: Callable[[], date]
    _made: dict[tuple[date, str], Edition] = field(default_factory=dict)

    def edition(self, post: Post, subscription: Subscription | None, late: timedelta | None) -> Edition:
        """The month as it stands on this day, and the line that says which stage came."""
        key = self.today(), post.edition
        if key not in self._made:
            self._made.clear()
            self._made[key] = edition_of(self.dataset.on(key[0]), Month.from_text(post.edition))
        made = self._made[key]
        return Edition(made.message, made.question, _line(post))


def edition_of(dataset: Dataset, month: Month) -> Edition:
    """The monthly summary as it is posted."""
    answer = monthly_summary(dataset, month)
    return Edition(render(answer), words(answer.question) if answer.question else month.name)


def _line(post: Post) -> Message:
    return Message(f"The {post.kind} of {Month.from_text(post.edition).name} is out: see above.", ())
