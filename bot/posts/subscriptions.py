"""The subscriptions as they are kept, and who changed what in them."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, RowMapping, and_, delete, exists, insert, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.posts.subscription import State, Subscription
from bot.settings import Settings
from bot.store.clock import in_utc, utc_now
from bot.store.engine import insert_into, writing
from bot.store.tables import Ours, alerts, every_workspace, subscription_changes, subscriptions

What = Literal["subscribed", "edited", "paused", "resumed", "parked", "deleted"]

USUAL_CRON = Settings.model_fields["alumina_post_cron"].default
CREATED = ("created_by", "created_at")


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed a subscription, and when; a blank `by` is the bot. `detail`: the form it then had."""

    what: What
    by: str
    at: dt.datetime
    detail: str = ""


class Subscriptions:
    """The table of subscriptions; every change goes into the table of changes in the same transaction.

    `ours` is which workspaces this process speaks for, by the column that names them.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        clock: Callable[[], dt.datetime] = utc_now,
        ours: Ours = every_workspace,
    ) -> None:
        self._engine, self._clock, self._ours = engine, clock, ours

    async def get(self, workspace: str, channel: str) -> Subscription | None:
        """The channel's subscription; None where it has none."""
        return next(iter(await self._read(_is(workspace, channel))), None)

    async def all(self, workspace: str) -> list[Subscription]:
        """Every subscription of a workspace, by channel."""
        return await self._read(subscriptions.c.workspace == workspace)

    async def active(self) -> list[Subscription]:
        """Every subscription that wants posts, of all workspaces that are ours."""
        ours = self._ours(subscriptions.c.workspace)
        return await self._read(and_(ours, subscriptions.c.state == "active"))

    async def save(self, subscription: Subscription) -> Subscription:
        """The subscription as it stands now: a new one, or the channel's own changed by `changed_by`.

        What was paused or parked wants posts again.
        """
        now = self._clock()
        new = replace(
            subscription, state="active", why="", created_by=subscription.changed_by,
            created_at=now, changed_at=now,
        )  # fmt: skip
        async with writing(self._engine) as connection:
            known = await connection.scalar(select(exists().where(_is(new.workspace, new.channel))))
            await connection.execute(self._upsert(new))
            what: What = "edited" if known else "subscribed"
            await self._log(connection, new, Change(what, new.changed_by, now, described(new)))
        return await self.get(new.workspace, new.channel) or new

    async def pause(self, workspace: str, channel: str, by: str) -> bool:
        """Nothing is posted until it is resumed; false where that was so already, or there is none."""
        return await self._turn(workspace, channel, "paused", ("active", "parked"), by)

    async def resume(self, workspace: str, channel: str, by: str) -> bool:
        """Posts are wanted again, from now on; false where that was so already, or there is none."""
        return await self._turn(workspace, channel, "active", ("paused", "parked"), by)

    async def park(self, workspace: str, channel: str, why: str) -> None:
        """Nothing is posted until a person looks after it, as `why` says; one that is paused stays so."""
        await self._turn(workspace, channel, "parked", ("active",), "", why)

    async def delete(self, workspace: str, channel: str, by: str) -> bool:
        """Takes it away, keeping its changes; false where there is none."""
        async with writing(self._engine) as connection:
            gone = await connection.execute(delete(subscriptions).where(_is(workspace, channel)))
            if gone.rowcount:
                place = Subscription(workspace, channel)
                await self._log(connection, place, Change("deleted", by, self._clock()))
        return gone.rowcount == 1

    async def changes(self, workspace: str, channel: str, most: int = 20) -> list[Change]:
        """The last changes of a channel's subscription, the newest first."""
        log = subscription_changes
        wanted = select(log).where(log.c.workspace == workspace, log.c.channel == channel)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(wanted.order_by(log.c.id.desc()).limit(most))).mappings().all()
        return [Change(row["what"], row["by"], in_utc(row["at"]), row["detail"]) for row in rows]

    async def follow(self, wanted: Subscription) -> None:
        """The environment's one subscription in its workspace is this one from now on.

        What a person has changed, or taken away, stays as that person left it. What was parked is tried anew.
        """
        other = and_(
            subscriptions.c.workspace == wanted.workspace,
            subscriptions.c.channel != wanted.channel,
            subscriptions.c.created_by == "",
            subscriptions.c.changed_by == "",
        )
        async with writing(self._engine) as connection:
            await connection.execute(delete(subscriptions).where(other))
            if not await connection.scalar(select(exists().where(_touched(wanted)))):
                await connection.execute(self._upsert(await _since(connection, wanted)))

    async def _turn(
        self, workspace: str, channel: str, state: State, before: tuple[State, ...], by: str, why: str = ""
    ) -> bool:
        now = self._clock()
        values: dict[str, Any] = {"state": state, "why": why} | ({"changed_by": by} if by else {})
        if state == "active":
            values["changed_at"] = now.astimezone(dt.UTC)
        where = and_(_is(workspace, channel), subscriptions.c.state.in_(before))
        what: What = "resumed" if state == "active" else "parked" if state == "parked" else "paused"
        async with writing(self._engine) as connection:
            turned = await connection.execute(update(subscriptions).where(where).values(**values))
            if turned.rowcount:
                await self._log(connection, Subscription(workspace, channel), Change(what, by, now, why))
        return turned.rowcount == 1

    async def _read(self, where: ColumnElement[bool]) -> list[Subscription]:
        async with self._engine.connect() as connection:
            return await _found(connection, where)

    async def _log(self, connection: AsyncConnection, place: Subscription, change: Change) -> None:
        values = {"what": change.what, "by": change.by, "at": change.at.astimezone(dt.UTC)}
        key = {"workspace": place.workspace, "channel": place.channel, "detail": change.detail}
        await connection.execute(insert(subscription_changes).values(**key, **values))

    def _upsert(self, subscription: Subscription) -> Any:
        """Inserts or changes, but for who created it and when."""
        row = _row(subscription)
        statement = insert_into(self._engine, subscriptions).values(**row)
        key = list(subscriptions.primary_key)
        names = {column.name for column in key}.union(CREATED)
        changed = {name: value for name, value in row.items() if name not in names}
        return statement.on_conflict_do_update(index_elements=key, set_=changed)


async def every_channel(engine: AsyncEngine) -> list[tuple[str, str]]:
    """Workspace and channel of each subscription and alert, whatever its state."""
    asked = [select(table.c.workspace, table.c.channel) for table in (subscriptions, alerts)]
    async with engine.connect() as connection:
        rows = await connection.execute(union(*asked).order_by("workspace", "channel"))
        return [(row.workspace, row.channel) for row in rows]


async def _found(connection: AsyncConnection, where: ColumnElement[bool]) -> list[Subscription]:
    order = (subscriptions.c.workspace, subscriptions.c.channel)
    rows = await connection.execute(select(subscriptions).where(where).order_by(*order))
    return [_subscription(row) for row in rows.mappings()]


async def _since(connection: AsyncConnection, wanted: Subscription) -> Subscription:
    """What the environment wants, dated as it stands where it stands so already."""
    for known in await _found(connection, _is(wanted.workspace, wanted.channel)):
        dated = replace(wanted, created_at=known.created_at, changed_at=known.changed_at)
        if dated == known:
            return dated
    return wanted


def of_environment(settings: Settings, workspace: str) -> Subscription | None:
    """The subscription that ALUMINA_CHANNEL makes: everything, once a month is complete, in ALUMINA_TIMEZONE;
    at the times of ALUMINA_POST_CRON where that is set. None where there is no channel.
    """
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


def _is(workspace: str, channel: str) -> ColumnElement[bool]:
    return and_(subscriptions.c.workspace == workspace, subscriptions.c.channel == channel)


def _touched(subscription: Subscription) -> ColumnElement[bool]:
    """Whether a person has ever changed the channel's subscription."""
    log = subscription_changes
    return and_(
        log.c.workspace == subscription.workspace, log.c.channel == subscription.channel, log.c.by != ""
    )


def _row(subscription: Subscription) -> dict[str, Any]:
    return {
        "workspace": subscription.workspace,
        "channel": subscription.channel,
        "commodities": ",".join(subscription.commodities),
        "at": subscription.at,
        "cron": subscription.cron,
        "time": f"{subscription.time:%H:%M}",
        "zone": subscription.zone,
        "language": subscription.language,
        "state": subscription.state,
        "why": subscription.why,
        "created_by": subscription.created_by,
        "changed_by": subscription.changed_by,
        "created_at": subscription.created_at.astimezone(dt.UTC),
        "changed_at": subscription.changed_at.astimezone(dt.UTC),
    }


def _subscription(row: RowMapping | Mapping[str, Any]) -> Subscription:
    told = {
        name: row[name]
        for name in ("at", "cron", "zone", "language", "state", "why", "created_by", "changed_by")
    }
    return Subscription(
        row["workspace"],
        row["channel"],
        commodities=tuple(row["commodities"].split(",")) if row["commodities"] else (),
        time=dt.time.fromisoformat(row["time"]),
        created_at=in_utc(row["created_at"]),
        changed_at=in_utc(row["changed_at"]),
        **told,
    )
