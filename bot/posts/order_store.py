"""Standing orders as they are kept, and what people and the bot do to them; every change is written down."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, RowMapping, UpdateBase, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StoredValueError
from bot.posts.order import Order, State
from bot.slack.trouble import TOKEN_ERRORS
from bot.store.clock import Clock, utc_now
from bot.store.engine import autocommitting, insert_into, writing
from bot.store.tables import Ours, every_workspace, order_changes, orders

MOST = 50  # in a channel
CHANGES = 8  # of a channel that are told

Saved = Literal["made", "edited", "known", "full"]
What = Literal["made", "edited", "paused", "resumed", "parked", "done", "deleted"]
OWN = orders.c
SHOWN = [column for column in OWN if column.name not in ("what", "subject")]
# The states that each is turned from; what a person has paused is not parked.
BEFORE: Mapping[State, tuple[State, ...]] = {
    "active": ("paused", "parked"),
    "paused": ("active", "parked"),
    "parked": ("active",),
    "done": ("active",),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed an order, and when; a blank `by` is the bot. With the order that was saved, or with why."""

    what: What
    by: str
    at: dt.datetime
    order: Order | None = None
    why: str = ""


class OrderStore:
    """The table of orders. `ours`: which workspaces this process speaks for."""

    def __init__(self, engine: AsyncEngine, clock: Clock = utc_now, ours: Ours = every_workspace) -> None:
        self._engine, self._single = engine, autocommitting(engine)
        self._clock, self._ours = clock, ours

    async def all(self, workspace: str) -> list[Order]:
        """Every order of a workspace, by channel."""
        return await self._read(OWN.workspace == workspace)

    async def of_channel(self, workspace: str, channel: str) -> list[Order]:
        """Those that are told in this channel, the oldest first."""
        return await self._read(_in_channel(workspace, channel))

    async def active(self) -> list[Order]:
        """Every order that waits for news, of all workspaces that are ours."""
        return await self._read(self._ours(OWN.workspace), OWN.state == "active")

    async def get(self, id_: str) -> Order | None:
        """The order of that id; None where it was deleted."""
        return next(iter(await self._read(OWN.id == id_)), None)

    async def monthly(self, workspace: str, channel: str) -> Order | None:
        """The order for the channel's monthly post; None where it has none."""
        return next(iter(await self._read(_in_channel(workspace, channel), OWN.kind == "monthly")), None)

    async def save(self, order: Order) -> Saved:
        """Saves it, new or changed, and wakes it. 'known': another is about the same; 'full': too many."""
        try:
            async with writing(self._engine) as connection:
                return await self._saved(order, self._clock(), connection)
        except IntegrityError:  # another process saved the same at this moment
            return "known"

    async def _saved(self, order: Order, now: dt.datetime, connection: AsyncConnection) -> Saved:
        mine = _in_channel(*order.place) | (OWN.id == order.id)
        there = await self._found(connection, mine, OWN.state != "done")
        same = [each for each in there if each.id == order.id or each.kind == order.kind == "monthly"]
        old = max(same, key=lambda each: each.id == order.id, default=None)
        if any(each.subject == order.subject for each in there if each is not old):
            return "known"
        if old is None and len(there) >= MOST:
            return "full"
        maker = order.created_by or order.changed_by
        new = replace(order, state="active", why="", created_by=maker, created_at=now, changed_at=now)
        if old:
            new = replace(new, id=old.id, created_by=old.created_by, created_at=old.created_at)
        put = insert_into(self._engine, orders).values(stored(new))
        put = put.on_conflict_do_update(index_elements=[OWN.id], set_=stored(new))
        saved: Literal["made", "edited"] = "edited" if old else "made"
        await _logged(connection, put, saved, new.changed_by or new.created_by, now, new.to_json())
        return saved

    async def follow(self, wanted: Order) -> None:
        """Makes this its channel's order, by the environment; what people changed stays so."""
        log, here = order_changes.c, _in_channel(*wanted.place)
        there = and_(log.workspace == wanted.workspace, log.channel == wanted.channel)
        by_person = select(log.id).where(there, log.order_id.startswith("monthly-"), log.by != "").limit(1)
        async with writing(self._engine) as connection:
            if await connection.scalar(by_person):
                return
            known = next(iter(await self._found(connection, here, OWN.kind == "monthly")), None)
            if known is None:  # unless another process has just done so
                new = insert_into(self._engine, orders).values(stored(wanted))
                await connection.execute(new.on_conflict_do_nothing())
                return
            dated = replace(wanted, id=known.id, created_at=known.created_at, changed_at=known.changed_at)
            await connection.execute(update(orders).where(OWN.id == known.id).values(stored(dated)))

    async def changes(self, workspace: str, channel: str) -> list[Change]:
        """The last changes of a channel's orders, the newest first."""
        log = order_changes.c
        there = and_(log.workspace == workspace, log.channel == channel)
        wanted = select(order_changes).where(there).order_by(log.id.desc()).limit(CHANGES)
        async with self._single.connect() as connection:
            return [_change_of(row) for row in (await connection.execute(wanted)).mappings()]

    async def turn(self, order: Order, state: State, by: str = "", why: str = "") -> bool:
        """Resumes, pauses, parks or ends it; false where that was so already, cannot be, or it is gone."""
        return await self._turn(OWN.id == order.id, state, by, why)

    async def delete(self, order: Order, by: str) -> bool:
        """Takes it away; false where it is gone already."""
        async with writing(self._engine) as connection:
            gone = delete(orders).where(OWN.id == order.id)
            return await _logged(connection, gone, "deleted", by, self._clock())

    async def park_channel(self, workspace: str, channel: str, why: str) -> None:
        """Parks all that is told there."""
        await self._turn(_in_channel(workspace, channel), "parked", why=why)

    async def wake(self, workspace: str) -> None:
        """Resumes what was parked since the token did not hold; not what people paused."""
        await self._turn(and_(OWN.workspace == workspace, OWN.why.in_(TOKEN_ERRORS)), "active")

    async def _turn(self, which: ColumnElement[bool], state: State, by: str = "", why: str = "") -> bool:
        now = self._clock()
        values: dict[str, Any] = {"state": state, "why": why} | ({"changed_by": by} if by else {})
        if state in ("active", "done"):  # from when news counts, and how long it is kept
            values["changed_at"] = now
        turned = update(orders).where(which, OWN.state.in_(BEFORE[state])).values(values)
        async with writing(self._engine) as connection:
            return await _logged(connection, turned, "resumed" if state == "active" else state, by, now, why)

    async def _read(self, *where: ColumnElement[bool]) -> list[Order]:
        async with self._single.connect() as connection:
            return await self._found(connection, *where)

    async def _found(self, connection: AsyncConnection, *where: ColumnElement[bool]) -> list[Order]:
        by_place = (OWN.workspace, OWN.channel, OWN.created_at, OWN.id)
        rows = await connection.execute(select(*SHOWN, OWN.what).where(*where).order_by(*by_place))
        return [_read_into(Order(**{**row, "what": None}), row["what"]) for row in rows.mappings()]


async def _logged(
    connection: AsyncConnection, statement: UpdateBase, what: What, by: str, at: dt.datetime, detail: str = ""
) -> bool:
    """Executes it, and writes down which orders it has changed, how, when and by whom; false for none."""
    told = {"what": what, "by": by, "at": at, "detail": detail}
    changed = await connection.execute(statement.returning(OWN.id, OWN.workspace, OWN.channel))
    log = [{"order_id": id_, "workspace": team, "channel": place} | told for id_, team, place in changed]
    if log:
        await connection.execute(insert(order_changes), log)
    return bool(log)


def _in_channel(workspace: str, channel: str) -> ColumnElement[bool]:
    return and_(OWN.workspace == workspace, OWN.channel == channel)


def stored(order: Order) -> dict[str, Any]:
    """The row of an order, by column."""
    return {each.name: getattr(order, each.name) for each in OWN} | {"what": order.to_json()}


def _read_into(order: Order, text: str) -> Order:
    try:
        return order.with_json(text)
    except StoredValueError:
        return order


def _change_of(row: RowMapping) -> Change:
    what, by, at, detail = row["what"], row["by"], row["at"], row["detail"]
    if what not in ("made", "edited"):
        return Change(what, by, at, why=detail)
    order = _read_into(Order(row["workspace"], row["channel"], None, id=row["order_id"]), detail)
    return Change(what, by, at, order if order.what else None)


async def every_channel(engine: AsyncEngine) -> list[tuple[str, str]]:
    """Workspace and channel of each order, whatever its state."""
    places = select(OWN.workspace, OWN.channel).distinct().order_by(OWN.workspace, OWN.channel)
    async with engine.connect() as connection:
        return [(workspace, channel) for workspace, channel in await connection.execute(places)]
