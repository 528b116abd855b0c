"""What a fired alert says, and whether it is still wanted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.posts.alerts.alert import Alert
from bot.posts.alerts.alert_store import AlertStore
from bot.posts.alerts.alert_wording import fired, on_hold
from bot.posts.alerts.evaluation import Evaluator
from bot.posts.editions import Edition
from bot.posts.ledger import Ledger
from bot.posts.orders import Unwanted
from bot.posts.rows import Post
from bot.words import say

DELETED = Unwanted("the alert was deleted", "refused")
ONCE = Unwanted("it was told once", "refused")
NO_MORE = Unwanted("the figures that it is about are not here, or say something else", "waiting")


@dataclass(frozen=True, slots=True)
class AlertOrders:
    """What alerts ask for."""

    evaluator: Evaluator
    alerts: AlertStore
    ledger: Ledger

    async def order(self, post: Post, late: timedelta | None) -> Edition | Unwanted:
        """What has happened, as long as somebody wants to be told of it and the figures say so."""
        alert = await self.alerts.get(post.kind)
        if alert is None:
            return DELETED
        if alert.state != "active":
            return Unwanted(f"the alert is {alert.state}", "parked" if alert.state == "parked" else "refused")
        if alert.condition is None or not self.evaluator.knows(alert.condition):
            why = say("troubles.alert_unread" if alert.condition is None else "troubles.no_series")
            return Unwanted(why, notice=on_hold(alert, why))
        if alert.once and await self._told(alert):
            return ONCE
        news = self.evaluator.of([alert.condition])[alert.condition]
        firing = next((each.firing for each in news if each.firing.edition == post.edition), None)
        return fired(alert, firing, self.evaluator.dataset, late) if firing else NO_MORE

    async def _told(self, alert: Alert) -> bool:
        entries = await self.ledger.of_channel(alert.workspace, alert.channel)
        return any(post.kind == alert.id and entry.state == "posted" for post, entry in entries.items())

    async def owners(self, post: Post) -> Collection[str]:
        """Whoever made what is parked."""
        if broken := await self._broken(post):
            return {broken.created_by}
        theirs = await self.alerts.of_channel(post.workspace, post.channel)
        return {each.changed_by or each.created_by for each in theirs if each.state == "active"}

    async def park(self, post: Post, why: str) -> None:
        """The alert alone that cannot be watched; else all of its channel."""
        if broken := await self._broken(post):
            await self.alerts.park(broken, why)
        else:
            await self.alerts.park_channel(post.workspace, post.channel, why)

    async def _broken(self, post: Post) -> Alert | None:
        alert = await self.alerts.get(post.kind)
        return None if alert is None or self.evaluator.knows(alert.condition) else alert
