"""What alerts ask for, and what is done with one: the table and the ledger are changed together."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts.news import Evaluator
from bot.posts.alerts.alert_messages import Listed, alert_name, fired, on_hold
from bot.posts.alerts.alert_store import AlertStore, Saved
from bot.posts.due import ONE_DAY, alerts_due, end_of, told_once
from bot.posts.ledger import Ledger
from bot.posts.order import Alert
from bot.posts.rows import Due, Edition, Post, Unwanted
from bot.store.clock import utc_now
from bot.words import say

BROKEN = "broken"  # in the place of an edition
DELETED = Unwanted("the alert was deleted", "refused")
ONCE = Unwanted("it was told once", "refused")
NO_MORE = Unwanted("the figures that it is about are not here, or say something else", "waiting")


@dataclass(frozen=True, slots=True)
class AlertService:
    """The alerts, what the figures bring of them, and what was told."""

    store: AlertStore
    ledger: Ledger
    evaluator: Evaluator

    async def save(self, alert: Alert) -> Saved:
        """Waits for news from now on; what is out already is none."""
        await self._hush(alert)
        return await self.store.save(alert)

    async def pause(self, alert: Alert, by: str) -> bool:
        """Tells nothing until it is resumed, nor later what was about to be told."""
        paused = await self.store.pause(alert, by)
        await self.ledger.set_aside(alert.id, "told", "the alert was paused", utc_now())
        return paused

    async def resume(self, alert: Alert, by: str) -> bool:
        """Tells news again, what the bot could not tell but not what came while a person had it paused."""
        if alert.state == "paused":
            await self._hush(alert)
        return await self.store.resume(alert, by)

    async def delete(self, alert: Alert, by: str) -> bool:
        """Tells no more."""
        deleted = await self.store.delete(alert, by)
        await self.ledger.set_aside(alert.id, "refused", DELETED.why, utc_now())
        return deleted

    async def _hush(self, alert: Alert) -> None:
        """Writes down what is out already as told, so that it never is."""
        if alert.condition:
            out, at = self.evaluator.out(alert.condition), end_of(self.evaluator.today())
            silent = [Due(alert.post(edition), at, silent=True) for edition in out]
            await self.ledger.enqueue(silent, utc_now())

    async def listed(self, alerts: Sequence[Alert]) -> list[Listed]:
        """The alerts with their names, and with what each told last."""
        told: dict[str, tuple[str, datetime]] = {}
        for place in {each.place for each in alerts}:
            entries = await self.ledger.of_channel(*place)  # the newest edition first
            for post, entry in entries.items():
                if entry.state == "posted" and entry.sent_at:
                    told.setdefault(post.kind, (post.edition, entry.sent_at))
        return [Listed(each, alert_name(each, self.evaluator.dataset), told.get(each.id)) for each in alerts]

    async def due(self, now: datetime) -> list[Due]:
        """Returns what is to be told and not in the ledger; ends what was to be told once and is."""
        active = await self.store.active()
        if not active:
            return []
        conditions = {each.condition for each in active if each.condition}
        heard = await asyncio.to_thread(self.evaluator.of, conditions)
        # With a day more: where it is another day than here.
        told = await self.ledger.fired(end_of(self.evaluator.since) - 2 * ONE_DAY)
        for alert in told_once(active, told):
            if await self.store.finish(alert):
                await self.ledger.set_aside(alert.id, "refused", ONCE.why, utc_now())
        lost = [each for each in active if not self.evaluator.knows(each.condition)]
        return [*alerts_due(now, active, heard, told), *(Due(each.post(BROKEN), now) for each in lost)]

    async def order(self, post: Post, late: timedelta | None) -> Edition | Unwanted:
        """What has happened, as long as somebody wants to be told of it and the figures say so."""
        alert = await self.store.get(post.kind)
        if alert is None:
            return DELETED
        if alert.state != "active":
            return Unwanted(f"the alert is {alert.state}", "parked" if alert.state == "parked" else "refused")
        if alert.condition is None or not self.evaluator.knows(alert.condition):
            why = say("troubles.alert_unread" if alert.condition is None else "troubles.no_series")
            return Unwanted(why, notice=on_hold(alert, why))
        told = await self.ledger.of_channel(*alert.place) if alert.once else {}
        if any(each.kind == alert.id and entry.state == "posted" for each, entry in told.items()):
            return ONCE
        news = self.evaluator.of([alert.condition])[alert.condition]
        firing = next((each.firing for each in news if each.firing.edition == post.edition), None)
        return fired(alert, firing, self.evaluator.dataset, late) if firing else NO_MORE

    async def owners(self, post: Post) -> Collection[str]:
        """Whoever made what is parked."""
        if broken := await self._broken(post):
            return {broken.created_by}
        theirs = await self.store.of_channel(post.workspace, post.channel)
        return {each.owner for each in theirs if each.state == "active"}

    async def park(self, post: Post, why: str) -> None:
        """Parks the alert alone that cannot be watched; else all of its channel."""
        if broken := await self._broken(post):
            await self.store.park(broken, why)
        else:
            await self.store.park_channel(post.workspace, post.channel, why)

    async def _broken(self, post: Post) -> Alert | None:
        alert = await self.store.get(post.kind)
        return None if alert is None or self.evaluator.knows(alert.condition) else alert
