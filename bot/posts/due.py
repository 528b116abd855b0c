"""What should be in the ledger and is not: a pure function of what is known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import ReleaseCalendar, Stage
from bot.posts.rows import MONTHLY, Post
from bot.posts.schedule import By, due_at, first_stages, on_record, release_day, waited_for
from bot.posts.subscription import Subscription

# What was sent so much later than it was due says so.
LATE = timedelta(days=1)
# A message of the flash grows with the stages that follow; of older ones nobody reads the thread.
GROWING = 2


@dataclass(frozen=True, slots=True)
class Due:
    """A post that belongs into the ledger, and since when it is due, in UTC.

    `silent`: the monthly post that is due with it says it already; it is written down as told, not sent.
    """

    post: Post
    due_at: datetime
    silent: bool = False


def late_by(due_at: datetime, sent_at: datetime) -> timedelta | None:
    """By how much a post is late; None where it is on time, a day's delay included."""
    return late if (late := sent_at - due_at) > LATE else None


def due(
    now: datetime,
    subscriptions: Iterable[Subscription],
    releases: ReleaseCalendar,
    dataset: Dataset,
    ledger: AbstractSet[Post],
) -> list[Due]:
    """The newest month on record for every active subscription that lacks it, once its time has come, and the
    stages by which a posted flash has grown since; by workspace and channel.

    Older editions are never caught up on: after days of downtime a channel gets the newest one. An edition
    that is older than one in the ledger is not due, nor is anything that stands in it.
    """
    desk = _Desk(now, releases, dataset, _editions(ledger), ledger)
    active = {(each.workspace, each.channel): each for each in subscriptions if each.state == "active"}
    return [found for _, each in sorted(active.items(), key=lambda item: item[0]) for found in desk.of(each)]


def newest_now(
    now: datetime, subscription: Subscription, releases: ReleaseCalendar, dataset: Dataset
) -> list[Due]:
    """The newest month on record as if its time had come now: the monthly post and what it says already.

    Empty where no month has all that the subscription waits for.
    """
    return list(_Desk(now, releases, dataset, {}, frozenset()).newest(subscription))


class _Desk:
    """What is known now; what channels share is worked out once."""

    def __init__(
        self,
        now: datetime,
        releases: ReleaseCalendar,
        dataset: Dataset,
        editions: dict[tuple[str, str], list[Month]],
        ledger: AbstractSet[Post],
    ) -> None:
        self._now, self._releases, self._dataset = now, releases, dataset
        self._editions, self._ledger = editions, ledger
        self._waited: dict[tuple[str, ...], By] = {}
        self._known: dict[tuple[str, ...], frozenset[Month]] = {}

    def of(self, subscription: Subscription) -> Iterator[Due]:
        """The monthly post, else what a posted one has to grow by."""
        by = self._by(subscription)
        posted = self._editions.get((subscription.workspace, subscription.channel), [])
        newest = self._newest(subscription, by)
        if newest and not (posted and posted[0] >= newest):
            first = first_stages(subscription, by)
            at = due_at(subscription, release_day(newest, first, self._releases), self._now)
            if at and at <= self._now:
                yield from self._monthly(subscription, newest, by, at)
        # Whatever is wanted now: a message of the flash grows, also where the channel has changed its mind.
        for month in posted[:GROWING]:
            yield from self._growth(subscription, month, by)

    def newest(self, subscription: Subscription) -> Iterator[Due]:
        """The newest month on record, due now."""
        by = self._by(subscription)
        if newest := self._newest(subscription, by):
            yield from self._monthly(subscription, newest, by, self._now)

    def _newest(self, subscription: Subscription, by: By) -> Month | None:
        return max(self._on_record(subscription, first_stages(subscription, by)), default=None)

    def _monthly(self, subscription: Subscription, month: Month, by: By, at: datetime) -> Iterator[Due]:
        yield Due(_post(subscription, MONTHLY, month), at)
        for stage in self._further(subscription, month, by):
            yield Due(_post(subscription, stage, month), at, silent=True)

    def _growth(self, subscription: Subscription, month: Month, by: By) -> Iterator[Due]:
        for stage in self._further(subscription, month, by):
            at = due_at(subscription, release_day(month, {stage: by[stage]}, self._releases), self._now)
            post = _post(subscription, stage, month)
            if at and at <= self._now and post not in self._ledger:
                yield Due(post, at)

    def _further(self, subscription: Subscription, month: Month, by: By) -> list[Stage]:
        """The stages after the flash that are on record for a month."""
        return [
            stage
            for stage, held in by.items()
            if stage != "flash" and month in self._on_record(subscription, {stage: held})
        ]

    def _by(self, subscription: Subscription) -> By:
        key = subscription.commodities
        if key not in self._waited:
            self._waited[key] = waited_for(key, self._dataset)
        return self._waited[key]

    def _on_record(self, subscription: Subscription, by: By) -> frozenset[Month]:
        key = (*subscription.commodities, "|", *by)
        if key not in self._known:
            self._known[key] = on_record(by, self._dataset, self._releases)
        return self._known[key]


def _editions(ledger: Iterable[Post]) -> dict[tuple[str, str], list[Month]]:
    """The months whose monthly post is in the ledger, by channel, the newest first."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for post in ledger:
        if post.kind == MONTHLY:
            found[post.workspace, post.channel].add(post.edition)
    return {
        channel: [Month.from_text(each) for each in sorted(editions, reverse=True)]
        for channel, editions in found.items()
    }


def _post(subscription: Subscription, kind: str, month: Month) -> Post:
    return Post(subscription.workspace, subscription.channel, kind, str(month))
