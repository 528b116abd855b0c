"""What should be in the ledger and is not: a pure function of what is known."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from bot.alerts.firing import Firing
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import ReleaseCalendar, Stage
from bot.posts.order import Monthly, Order
from bot.posts.rows import BROKEN, Due, Entries, Entry, Post
from bot.posts.schedule import Held, due_at, edition, first_stages, newest, on_record, release_day
from bot.questions.question import Question

ONE_DAY = timedelta(days=1)
# What was sent so much later than it was due says so.
LATE = ONE_DAY
# A message of the flash grows with the stages that follow; of older ones nobody reads the thread.
GROWING = 2
SENT = ("due", "claimed", "posted")  # told, or about to be


def late_by(due_at: datetime, sent_at: datetime) -> timedelta | None:
    """By how much a post is late; None where it is on time, a day's delay included."""
    return late if (late := sent_at - due_at) > LATE else None


def due(now: datetime, orders: Iterable[Order], dataset: Dataset, ledger: AbstractSet[Post]) -> list[Due]:
    """The newest edition on record for every active order that lacks it, once its time has come, and the
    stages by which a posted flash has grown since; by workspace and channel. Alerts have no editions.

    Older editions are never caught up on: after days of downtime a channel gets the newest one. An edition
    that is older than one in the ledger is not due, nor is anything that stands in it.
    """
    posted, calendar = _editions(ledger), dataset.calendar
    held_of = cache(lambda what: on_record(what, dataset))  # many channels want the same
    told = (each for each in orders if each.state == "active" and isinstance(each.what, Monthly | Question))
    found: list[Due] = []
    for each in sorted(told, key=lambda each: each.place):
        known = posted[each.place, each.post_kind]
        wanted = _due(each, held_of(each.what), known, calendar, now)
        found += [new for new in wanted if new.post not in ledger]
    return found


def newest_now(now: datetime, order: Order, dataset: Dataset) -> list[Due]:
    """The newest edition on record as if its time had come, with the stages that it says; [] without one."""
    held = on_record(order.what, dataset)
    month = newest(held, first_stages(order, held))
    return list(_posts(order, held, month, now)) if month else []


def _due(
    order: Order, held: Held, posted: Sequence[Month], calendar: ReleaseCalendar, now: datetime
) -> Iterator[Due]:
    """The newest edition; by what a flash has to grow, also where the channel has changed its mind since."""
    stages = first_stages(order, held)
    month = newest(held, stages)
    if month and not (posted and posted[0] >= edition(order, month)):
        at = due_at(order, release_day(month, stages, calendar), now)
        if at and at <= now:
            yield from _posts(order, held, month, at)
    for month in posted[:GROWING] if order.kind == "monthly" else ():
        for stage in _later(held, month):
            at = due_at(order, release_day(month, [stage], calendar), now)
            if at and at <= now:
                yield Due(order.post(month, stage), at)


def _posts(order: Order, held: Held, month: Month, at: datetime) -> Iterator[Due]:
    """The message of a month, and of a monthly post the stages that it says already."""
    yield Due(order.post(edition(order, month)), at)
    for stage in _later(held, month) if order.kind == "monthly" else ():
        yield Due(order.post(month, stage), at, silent=True)


def _later(held: Held, month: Month) -> list[Stage]:
    """The stages after the flash that are on record for a month."""
    return [stage for stage, months in held.items() if stage != "flash" and month in months]


def _editions(ledger: Iterable[Post]) -> Mapping[tuple[tuple[str, str], str], list[Month]]:
    """The months of what is in the ledger, by channel and kind of post, the newest first."""
    found: dict[tuple[tuple[str, str], str], list[Month]] = defaultdict(list)
    for post in sorted(ledger, key=lambda each: each.edition, reverse=True):
        if post.label in ("month", "question") and post.edition != BROKEN:
            found[post.place, post.kind].append(Month.from_text(post.edition))
    return found


def alerts_due(
    now: datetime, alerts: Iterable[Order], heard: Callable[[Order], Sequence[Firing]], told: Entries
) -> Iterator[Due]:
    """The news that was not told yet or is parked, the oldest first; of what is told once the newest."""
    mine: dict[str, dict[str, Entry]] = defaultdict(dict)
    for post, entry in told.items():
        mine[post.kind][post.edition] = entry
    for alert in alerts:
        known, once = mine[alert.id], alert.often == "once"
        if once and any(entry.state in SENT for entry in known.values()):
            continue
        standing = {edition for edition, entry in known.items() if entry.state != "parked"}
        new = [each for each in heard(alert) if each.edition not in standing]
        for each in new[-1:] if once else new:
            yield Due(alert.post(each.edition), min(now, max(end_of(each.day), alert.changed_at)))


def told_once(orders: Iterable[Order], told: Entries) -> list[Order]:
    """Those that were to be told once, and stand in their channels."""
    posted = {post.kind for post, entry in told.items() if entry.state == "posted"}
    return [each for each in orders if each.often == "once" and each.id in posted]


def end_of(day: date) -> datetime:
    """The end of a day: figures come in its course, and nobody says at which hour."""
    return datetime.combine(day + ONE_DAY, time(), UTC)
