"""What should be in the ledger and is not: a pure function of what is known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from bot.alerts.news import News
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import ReleaseCalendar, Stage
from bot.posts.order import Alert, Subscription
from bot.posts.rows import MONTHLY, Due, Entry, Post
from bot.posts.schedule import Held, due_at, first_stages, newest, on_record, release_day
from bot.questions.condition import Condition

Fired = Mapping[Post, Entry]  # what alerts have fired, by the ledger

ONE_DAY = timedelta(days=1)
# What was sent so much later than it was due says so.
LATE = ONE_DAY
# A message of the flash grows with the stages that follow; of older ones nobody reads the thread.
GROWING = 2
SENT = ("due", "claimed", "posted")  # of an alert: told, or about to be


def late_by(due_at: datetime, sent_at: datetime) -> timedelta | None:
    """By how much a post is late; None where it is on time, a day's delay included."""
    return late if (late := sent_at - due_at) > LATE else None


def due(
    now: datetime, subscriptions: Iterable[Subscription], dataset: Dataset, ledger: AbstractSet[Post]
) -> list[Due]:
    """The newest month on record for every active subscription that lacks it, once its time has come, and the
    stages by which a posted flash has grown since; by workspace and channel.

    Older editions are never caught up on: after days of downtime a channel gets the newest one. An edition
    that is older than one in the ledger is not due, nor is anything that stands in it.
    """
    posted, calendar = _editions(ledger), dataset.calendar
    held_of = cache(lambda commodities: on_record(commodities, dataset))  # many channels want the same
    active = [each for each in subscriptions if each.state == "active"]
    found: list[Due] = []
    for each in sorted(active, key=lambda each: each.place):
        held, months = held_of(each.commodities), posted[each.place]
        found += _newest(each, held, months, calendar, now)
        found += [new for new in _growth(each, held, months, calendar, now) if new.post not in ledger]
    return found


def newest_now(now: datetime, subscription: Subscription, dataset: Dataset) -> list[Due]:
    """The newest month on record as if its time had come, with the stages that it says; [] without one."""
    held = on_record(subscription.commodities, dataset)
    month = newest(held, first_stages(subscription, held))
    return list(_monthly(subscription, held, month, now)) if month else []


def _newest(
    subscription: Subscription, held: Held, posted: Sequence[Month], calendar: ReleaseCalendar, now: datetime
) -> Iterator[Due]:
    stages = first_stages(subscription, held)
    month = newest(held, stages)
    if month and not (posted and posted[0] >= month):
        at = due_at(subscription, release_day(month, stages, calendar), now)
        if at and at <= now:
            yield from _monthly(subscription, held, month, at)


def _monthly(subscription: Subscription, held: Held, month: Month, at: datetime) -> Iterator[Due]:
    """The month's message, and the stages that it says already."""
    yield Due(subscription.post(month), at)
    for stage in _later(held, month):
        yield Due(subscription.post(month, stage), at, silent=True)


def _growth(
    subscription: Subscription, held: Held, posted: Sequence[Month], calendar: ReleaseCalendar, now: datetime
) -> Iterator[Due]:
    """By what a message of the flash has to grow, also where the channel has changed its mind since."""
    for month in posted[:GROWING]:
        for stage in _later(held, month):
            at = due_at(subscription, release_day(month, [stage], calendar), now)
            if at and at <= now:
                yield Due(subscription.post(month, stage), at)


def _later(held: Held, month: Month) -> list[Stage]:
    """The stages after the flash that are on record for a month."""
    return [stage for stage, months in held.items() if stage != "flash" and month in months]


def _editions(ledger: Iterable[Post]) -> Mapping[tuple[str, str], list[Month]]:
    """The months whose monthly post is in the ledger, by channel, the newest first."""
    found: dict[tuple[str, str], list[Month]] = defaultdict(list)
    for post in sorted(ledger, key=lambda each: each.edition, reverse=True):
        if post.kind == MONTHLY:
            found[post.place].append(Month.from_text(post.edition))
    return found


def alerts_due(
    now: datetime,
    alerts: Iterable[Alert],
    heard: Mapping[Condition, Sequence[News]],
    fired: Fired,
) -> Iterator[Due]:
    """The news that was not told yet or is parked, the oldest first; of what is told once the newest."""
    mine: dict[str, dict[str, Entry]] = defaultdict(dict)
    for post, entry in fired.items():
        mine[post.kind][post.edition] = entry
    for alert in alerts:
        known = mine[alert.id]
        if alert.once and any(entry.state in SENT for entry in known.values()):
            continue
        standing = {edition for edition, entry in known.items() if entry.state != "parked"}
        news = heard[alert.condition] if alert.condition else ()
        new = [each for each in news if each.firing.edition not in standing]
        for each in new[-1:] if alert.once else new:
            yield Due(alert.post(each.firing.edition), min(now, end_of(each.day)))


def told_once(alerts: Iterable[Alert], fired: Fired) -> list[Alert]:
    """Those that were to be told once, and stand in their channels."""
    posted = {post.kind for post, entry in fired.items() if entry.state == "posted"}
    return [each for each in alerts if each.once and each.id in posted]


def end_of(day: date) -> datetime:
    """The end of a day: figures come in its course, and nobody says at which hour."""
    return datetime.combine(day + ONE_DAY, time(), UTC)
