"""What is done with an alert: the table and the ledger are changed together."""

from dataclasses import dataclass

from bot.posts.alerts.alert import Alert
from bot.posts.alerts.alert_due import no_news
from bot.posts.alerts.alert_store import AlertStore, Saved
from bot.posts.alerts.evaluation import Evaluator
from bot.posts.ledger import Ledger
from bot.store.clock import utc_now


@dataclass(frozen=True, slots=True)
class AlertService:
    """The alerts, and what was told of them."""

    store: AlertStore
    ledger: Ledger
    evaluator: Evaluator

    async def save(self, alert: Alert) -> Saved:
        """From now on it waits for news; what is out already is none."""
        await self._hush(alert)
        return await self.store.save(alert)

    async def pause(self, alert: Alert, by: str) -> bool:
        """Nothing is told until it is resumed, nor later what was about to be."""
        paused = await self.store.pause(alert, by)
        await self.ledger.set_aside(alert.id, "told", "the alert was paused", utc_now())
        return paused

    async def resume(self, alert: Alert, by: str) -> bool:
        """News is told again. What came while a person had it paused is none; what the bot could not tell
        is told now.
        """
        if alert.state == "paused":
            await self._hush(alert)
        return await self.store.resume(alert, by)

    async def delete(self, alert: Alert, by: str) -> bool:
        """It is told no more."""
        del by
        deleted = await self.store.delete(alert)
        await self.ledger.set_aside(alert.id, "refused", "the alert was deleted", utc_now())
        return deleted

    async def _hush(self, alert: Alert) -> None:
        if alert.condition:
            out = self.evaluator.out(alert.condition)
            await self.ledger.enqueue(no_news(alert, out, self.evaluator.today()), utc_now())
