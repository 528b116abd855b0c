"""What alerts have to tell that is not in the ledger: pure, but for the looking up around it."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.alerts.news import News
from bot.posts.alerts.alert import Alert
from bot.posts.alerts.alert_store import AlertStore
from bot.posts.alerts.evaluation import Evaluator
from bot.posts.due import Due
from bot.posts.ledger import Ledger
from bot.posts.rows import Entry, Post
from bot.questions.condition import Condition
from bot.store.clock import utc_now

ONE_DAY = timedelta(days=1)
BROKEN = "broken"  # in the place of an edition
SENT = ("due", "claimed", "posted")  # told, or about to be

Entries = Mapping[Post, Entry]


@dataclass(frozen=True, slots=True)
class AlertAgenda:
    """What the alerts wait for and the figures bring."""

    evaluator: Evaluator
    alerts: AlertStore
    ledger: Ledger

    async def due(self, now: datetime, ledger: AbstractSet[Post]) -> list[Due]:
        """As the alerts and the record stand now. What was to be told once, and is, is done with first."""
        active = await self.alerts.active()
        if not active:
            return []
        lost = [each for each in active if not self.evaluator.knows(each.condition)]
        conditions = {each.condition for each in active if each.condition}
        heard = await asyncio.to_thread(self.evaluator.of, conditions)
        # With a day more: where it is another day than here.
        fired = await self.ledger.fired(end_of(self.evaluator.since) - 2 * ONE_DAY)
        for alert in told_once(active, fired):
            if await self.alerts.finish(alert):
                await self.ledger.set_aside(alert.id, "refused", "it was told once", utc_now())
        return [*due(now, active, heard, fired), *broken(now, lost)]


def due(
    now: datetime, alerts: Iterable[Alert], heard: Mapping[Condition, Sequence[News]], fired: Entries
) -> Iterator[Due]:
    """Every news of an alert that was not told yet, the oldest first; of one that is told once the newest.

    What is parked counts as not told: its alert is active again.
    """
    mine = _by_alert(fired)
    for alert in alerts:
        known = mine[alert.id]
        if alert.once and any(entry.state in SENT for entry in known.values()):
            continue
        standing = {edition for edition, entry in known.items() if entry.state != "parked"}
        news = heard[alert.condition] if alert.condition else ()
        new = [each for each in news if each.firing.edition not in standing]
        for each in new[-1:] if alert.once else new:
            post = Post(alert.workspace, alert.channel, alert.id, each.firing.edition)
            yield Due(post, min(now, end_of(each.day)))


def broken(now: datetime, alerts: Iterable[Alert]) -> Iterator[Due]:
    """A row for each whose condition cannot be watched: who claims it tells the maker and parks it."""
    for alert in alerts:
        yield Due(Post(alert.workspace, alert.channel, alert.id, BROKEN), now)


def told_once(alerts: Iterable[Alert], fired: Entries) -> list[Alert]:
    """Those that were to be told once, and stand in their channels."""
    posted = {post.kind for post, entry in fired.items() if entry.state == "posted"}
    return [each for each in alerts if each.once and each.id in posted]


def end_of(day: date) -> datetime:
    """The end of a day: figures come in its course, and nobody says at which hour."""
    return datetime.combine(day + ONE_DAY, time(), UTC)


def no_news(alert: Alert, editions: Iterable[str], today: date) -> list[Due]:
    """What is out already when an alert is made, or resumed: written down as told, so that it never is."""
    posts = (Post(alert.workspace, alert.channel, alert.id, edition) for edition in editions)
    return [Due(post, end_of(today), silent=True) for post in posts]


def _by_alert(fired: Entries) -> Mapping[str, dict[str, Entry]]:
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for post, entry in fired.items():
        found[post.kind][post.edition] = entry
    return found
