"""The subscriptions as they are kept, and who changed what in them."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import and_, delete, exists, insert, select, union
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.posts.order import Subscription
from bot.posts.order_store import OrderStore, loaded, stored
from bot.settings import Settings
from bot.store.clock import in_utc
from bot.store.engine import insert_into, writing
from bot.store.tables import alerts, subscription_changes, subscriptions

What = Literal["subscribed", "edited", "paused", "resumed", "parked", "deleted"]

USUAL_CRON = Settings.model_fields["alumina_post_cron"].default
KEPT = {"workspace", "channel", "created_by", "created_at"}  # of a row that is there already


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed a subscription, and when; a blank `by` is the bot. `detail`: the form it then had."""

    what: What
    by: str
    at: dt.datetime
    detail: str = ""


class Subscriptions(OrderStore[Subscription]):
    """The table of subscriptions; every change goes into the table of changes in the same transaction."""

    kind, table = Subscription, subscriptions

    async def get(self, workspace: str, channel: str) -> Subscription | None:
        """The channel's subscription; None where it has none."""
        return next(iter(await self.of_channel(workspace, channel)), None)

    async def save(self, subscription: Subscription) -> Subscription:
        """Saves it, new or as changed by `changed_by`, and wakes it; returns it as it stands."""
        now, by = self._now(), subscription.changed_by
        new = replace(subscription, state="active", why="", created_by=by, created_at=now, changed_at=now)
        async with writing(self._engine) as connection:
            what = "edited" if await self._found(connection, self._is(new)) else "subscribed"
            saving = self._upsert(new).returning(subscriptions)
            row = (await connection.execute(saving)).mappings().one()
            place = {"workspace": new.workspace, "channel": new.channel}
            await self._log(connection, **place, what=what, by=by, at=now, detail=described(new))
        return Subscription(**loaded(row))

    async def changes(self, workspace: str, channel: str, most: int = 20) -> list[Change]:
        """The last changes of a channel's subscription, the newest first."""
        log = subscription_changes.c
        wanted = select(log.what, log.by, log.at, log.detail).order_by(log.id.desc()).limit(most)
        async with self._engine.connect() as connection:
            rows = await connection.execute(wanted.where(log.workspace == workspace, log.channel == channel))
            return [Change(what, by, in_utc(at), detail) for what, by, at, detail in rows]

    async def follow(self, wanted: Subscription) -> None:
        """Makes this the environment's one subscription in its workspace; what people changed stays so."""
        own, log = subscriptions.c, subscription_changes.c
        other = and_(own.workspace == wanted.workspace, own.channel != wanted.channel)
        by_person = and_(log.workspace == wanted.workspace, log.channel == wanted.channel, log.by != "")
        async with writing(self._engine) as connection:
            nobodys = (own.created_by == "", own.changed_by == "")
            await connection.execute(delete(subscriptions).where(other, *nobodys))
            if await connection.scalar(select(exists().where(by_person))):
                return
            for known in await self._found(connection, self._is(wanted)):
                dated = replace(wanted, created_at=known.created_at, changed_at=known.changed_at)
                if dated == known:
                    return
            await connection.execute(self._upsert(wanted))

    async def _log(self, connection: AsyncConnection, **change: Any) -> None:
        await connection.execute(insert(subscription_changes).values(**change))

    def _upsert(self, subscription: Subscription) -> postgresql.Insert | sqlite.Insert:
        """Inserts or changes, but for who created it and when."""
        row = stored(subscription)
        changed = {name: value for name, value in row.items() if name not in KEPT}
        statement = insert_into(self._engine, subscriptions).values(**row)
        return statement.on_conflict_do_update(index_elements=["workspace", "channel"], set_=changed)


async def every_channel(engine: AsyncEngine) -> list[tuple[str, str]]:
    """Workspace and channel of each subscription and alert, whatever its state."""
    asked = [select(table.c.workspace, table.c.channel) for table in (subscriptions, alerts)]
    async with engine.connect() as connection:
        rows = await connection.execute(union(*asked).order_by("workspace", "channel"))
        return [(row.workspace, row.channel) for row in rows]


def of_environment(settings: Settings, workspace: str) -> Subscription | None:
    """The subscription that ALUMINA_CHANNEL makes, by ALUMINA_POST_CRON where that is set; else None."""
    if not settings.alumina_channel:
        return None
    own = settings.alumina_post_cron != USUAL_CRON
    return Subscription(
        workspace,
        settings.alumina_channel,
        at="cron" if own else "complete",
        cron=settings.alumina_post_cron if own else "",
        zone=settings.alumina_timezone,
        language=settings.alumina_language,
        created_at=settings.now(),
        changed_at=settings.now(),
    )


def described(subscription: Subscription) -> str:
    """Its form in a line of the log: which series, at which news, when."""
    series = ",".join(subscription.commodities) or "everything"
    when = subscription.cron if subscription.at == "cron" else f"{subscription.time:%H:%M}"
    language = "" if subscription.language == "en" else f"; {subscription.language}"
    return f"{series}; {subscription.at}; {when}; {subscription.zone}{language}"
