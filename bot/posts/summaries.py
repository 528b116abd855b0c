"""What a monthly post says: the month as it stands, what is to come, what came, what has changed since."""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar, cast

from bot.alerts.firing import BACK, Firing, news
from bot.answers.answer import Answer
from bot.answers.monthly import monthly_summary
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import Stage
from bot.messages import buttons, conditions
from bot.messages.blocks import TEXT, Message, escape, fitting, noted
from bot.messages.render import render
from bot.posts.order import Monthly, Order
from bot.posts.rows import MONTHLY, Edition, Entries, Post
from bot.posts.schedule import Plan, months_on_record
from bot.questions.condition import Condition
from bot.words import language, say_count, speaking

NOTABLE = {"highest_since", "lowest_since", "turn", "net_turn", "share_turn"}  # any of them makes a month so
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Editions:
    """What orders have to tell on the day that the bot lives on; what many of them want is made once."""

    dataset: Dataset
    today: Callable[[], date]
    _made: dict[Hashable, dict[Hashable, Any]] = field(default_factory=dict)  # by version of the record

    @property
    def record(self) -> Dataset:
        """The dataset of that day."""
        return self.dataset.on(self.today())

    @property
    def since(self) -> date:
        """The day from which on news is told."""
        return self.today() - BACK

    def once(self, key: Hashable, make: Callable[[Dataset], T]) -> T:
        """Makes it of the record, once in each version; forgets what was made of another."""
        dataset = self.record
        version = dataset.today, dataset.record.version
        if version not in self._made:
            self._made.clear()
        made: dict[Hashable, T] = self._made.setdefault(version, {})
        if key not in made:
            made[key] = make(dataset)
        return made[key]

    def news(self, alert: Order) -> Sequence[Firing]:
        """What an alert has brought since that day, the oldest first; nothing of another order."""
        condition, crossing = alert.what, alert.often == "crossing"
        if not isinstance(condition, Condition):
            return ()
        wanted = condition, crossing
        return self.once(wanted, lambda data: news(condition, data, data.today - BACK, crossing=crossing))

    def has(self, post: Post, order: Order, told: Collection[str]) -> bool:
        """Whether all that the message is taken to say is on record; for a line, whether its stage is."""
        known = self.once(order.what, lambda dataset: months_on_record(order.what, dataset))
        stages = {post.kind} if post.is_line else {*Plan(order, known, self.record.calendar).stages, *told}
        month = Month.from_text(post.edition)
        return all(month in months for stage, months in known.items() if stage in stages)

    def edition(self, post: Post, order: Order, late: timedelta | None) -> Edition:
        """Renders the month as it stands today, and of a line what its stage brought, in its language."""
        late = None if post.is_line or not late else timedelta(late.days)
        wanted = (post.kind, post.edition, order.commodities, order.language, late)
        return self.once(wanted, partial(_edition, post, order, late))

    def with_changes(self, made: Edition, post: Post, order: Order, entries: Entries) -> Edition:
        """The monthly post with one line more where earlier months are new, revised or have turned since."""
        posted = [
            (Month.from_text(each.edition), entry.sent_at.astimezone(order.tz).date())
            for each, entry in entries.items()
            if each.kind == MONTHLY and each.edition < post.edition and entry.sent_at
        ]
        if not posted:
            return made
        last, day = max(posted)
        wanted = ("since", last, day, order.commodities, order.language)
        with speaking(order.language):
            line = self.once(wanted, partial(conditions.since, day, last, order.commodities))
        return replace(made, message=noted(made.message, escape(line))) if line else made


def _edition(post: Post, order: Order, late: timedelta | None, dataset: Dataset) -> Edition:
    month, line = Month.from_text(post.edition), None
    with speaking(order.language):
        answer, message = summary(dataset, month, order.commodities)
        if post.is_line:
            told = map(escape, conditions.brought(cast(Stage, post.kind), month, answer, dataset))
            line = Message("\n".join(fitting([*told], TEXT, "lines")), ())
        return as_edition(answer, message, line, late)


def as_edition(
    answer: Answer, message: Message, line: Message | None = None, late: timedelta | None = None
) -> Edition:
    """The message as it is posted, with how late it is, and the question that a reply follows up."""
    asked = answer.question.to_json() if answer.question else ""
    told = noted(message, say_count("summaries.late", late.days)) if late else message
    return Edition(buttons.with_controls(told, None), asked, line, is_notable=is_notable(answer))


def summary(dataset: Dataset, month: Month, commodities: Sequence[str] = ()) -> tuple[Answer, Message]:
    """The monthly summary, and how it is posted: with what is still to come where it is not complete."""
    answer = monthly_summary(dataset, month, commodities, language=language())
    known = months_on_record(Monthly(tuple(commodities)), dataset)
    coming = conditions.still_to_come([stage for stage in known if month not in known[stage]], month, dataset)
    return answer, noted(render(answer), coming) if coming else render(answer)


def is_notable(answer: Answer) -> bool:
    """Whether anything of its month stands out."""
    return any(each.rule in NOTABLE for each in answer.highlights)
