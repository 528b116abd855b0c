"""What a fired alert says, and whether it is still wanted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.posts.alerts.alert import Alert
from bot.posts.alerts.alerts import Alerts
from bot.posts.alerts.newscast import Newscast
from bot.posts.alerts.wording import fired
from bot.posts.editions import Edition
from bot.posts.ledger import Ledger
from bot.posts.orders import Unwanted
from bot.posts.rows import Post

DELETED = Unwanted("the alert was deleted", "refused")
ONCE = Unwanted("it was told once", "refused")
NO_MORE = Unwanted("the figures that it is about are not here, or say something else", "waiting")


@dataclass(frozen=True, slots=True)
class OfAlerts:
    """What alerts ask for."""

    newscast: Newscast
    alerts: Alerts
    ledger: Ledger

    async def order(self, post: Post, late: timedelta | None) -> Edition | Unwanted:
        """What has happened, as long as somebody wants to be told of it and the figures say so."""
        alert = await self.alerts.get(post.kind)
        if alert is None:
            return DELETED
        if alert.state != "active":
            return Unwanted(f"the alert is {alert.state}", "parked" if alert.state == "parked" else "refused")
        if alert.once and await self._told(alert):
            return ONCE
        news = self.newscast.of([alert.condition])[alert.condition]
        firing = next((each.firing for each in news if each.firing.edition == post.edition), None)
        return fired(alert, firing, self.newscast.record, late) if firing else NO_MORE

    async def _told(self, alert: Alert) -> bool:
        entries = await self.ledger.of_channel(alert.workspace, alert.channel)
        return any(post.kind == alert.id and entry.state == "posted" for post, entry in entries.items())

    async def owners(self, post: Post) -> Collection[str]:
        """Whoever made an alert of that channel, since all of them are parked."""
        theirs = await self.alerts.of_channel(post.workspace, post.channel)
        return {each.changed_by or each.created_by for each in theirs if each.state == "active"}

    async def park(self, post: Post, why: str) -> None:
        """All alerts of its channel."""
        await self.alerts.park(post.workspace, post.channel, why)
