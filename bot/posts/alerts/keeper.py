"""What is done with an alert: the table and the ledger are changed together."""

from dataclasses import dataclass

from bot.alerts.condition import Condition, same_words
from bot.alerts.reading import Reading, read
from bot.posts.alerts.alert import Alert
from bot.posts.alerts.alerts import Alerts, Saved
from bot.posts.alerts.due import no_news
from bot.posts.alerts.newscast import Newscast
from bot.posts.ledger import Ledger
from bot.store.clock import utc_now


@dataclass(frozen=True, slots=True)
class Keeper:
    """The alerts, and what was told of them."""

    kept: Alerts
    ledger: Ledger
    newscast: Newscast

    async def save(self, alert: Alert) -> Saved:
        """From now on it waits for news; what is out already is none."""
        await self._hush(alert)
        condition = self._condition(alert)
        return await self.kept.save(alert, same_words(condition) if condition else ())

    async def pause(self, alert: Alert, by: str) -> bool:
        """Nothing is told until it is resumed, nor later what was about to be."""
        paused = await self.kept.pause(alert, by)
        await self.ledger.set_aside(alert.id, "told", "the alert was paused", utc_now())
        return paused

    async def resume(self, alert: Alert, by: str) -> bool:
        """News is told again. What came while a person had it paused is none; what the bot could not tell
        is told now.
        """
        if alert.state == "paused":
            await self._hush(alert)
        return await self.kept.resume(alert, by)

    async def delete(self, alert: Alert, by: str) -> bool:
        """It is told no more."""
        del by
        deleted = await self.kept.delete(alert)
        await self.ledger.set_aside(alert.id, "refused", "the alert was deleted", utc_now())
        return deleted

    async def _hush(self, alert: Alert) -> None:
        if condition := self._condition(alert):
            out = self.newscast.out(condition)
            await self.ledger.enqueue(no_news(alert, out, self.newscast.today()), utc_now())

    def _condition(self, alert: Alert) -> Condition | None:
        """What it watches for, as the record is now; None where that has no such series any more."""
        reading = read(alert.condition, self.newscast.record)
        return reading.condition if isinstance(reading, Reading) else None
