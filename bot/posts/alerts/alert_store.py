"""The alerts as they are kept."""

from typing import Literal

from sqlalchemy import and_, insert, select
from sqlalchemy.exc import IntegrityError

from bot.posts.order import Alert
from bot.posts.order_store import OrderStore, condition_of, stored
from bot.store.engine import writing
from bot.store.tables import alerts

MOST = 50  # in a channel

Saved = Literal["saved", "known", "full"]


class AlertStore(OrderStore[Alert]):
    """The table of alerts."""

    kind, table = Alert, alerts

    async def get(self, id_: str) -> Alert | None:
        """The alert of that id; None where it was deleted."""
        return next(iter(await self._read(alerts.c.id == id_)), None)

    async def own(self, workspace: str, user: str) -> list[Alert]:
        """Those that this person alone is told of."""
        theirs = and_(alerts.c.workspace == workspace, alerts.c.created_by == user)
        return await self._read(and_(theirs, alerts.c.channel.startswith("D")))

    async def save(self, alert: Alert) -> Saved:
        """'known' where the channel watches for the same already, 'full' where it has as many as it may."""
        theirs = and_(self._in_channel(alert.workspace, alert.channel), alerts.c.state != "done")
        try:
            async with writing(self._engine) as connection:
                kept = (await connection.scalars(select(alerts.c.condition).where(theirs))).all()
                watched = {each.normalised for each in map(condition_of, kept) if each}
                if alert.condition and alert.condition.normalised in watched:
                    return "known"
                if len(kept) >= MOST:
                    return "full"
                await connection.execute(insert(alerts).values(**stored(alert)))
        except IntegrityError:
            return "known"
        return "saved"

    async def finish(self, alert: Alert) -> bool:
        """It was told once, as it was to be."""
        return await self._turn(self._is(alert), "done", ("active",), "")

    async def park_channel(self, workspace: str, channel: str, why: str) -> None:
        """Parks all that is told there."""
        await self._turn(self._in_channel(workspace, channel), "parked", ("active",), "", why)
