"""Standing orders as they are kept: one table a kind, and what people and the bot do to a row of it."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import ColumnElement, Delete, RowMapping, Table, Update, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StoredValueError
from bot.posts.order import Order, State
from bot.questions.condition import Condition
from bot.store.clock import in_utc, utc_now
from bot.store.engine import writing
from bot.store.tables import Ours, every_workspace

O = TypeVar("O", bound=Order)  # noqa: E741
TURNED: Mapping[State, str] = {"active": "resumed", "paused": "paused", "parked": "parked", "done": "done"}


class OrderStore(Generic[O]):
    """The table of one kind of order. `ours`: which workspaces this process speaks for."""

    kind: type[O]
    table: ClassVar[Table]

    def __init__(
        self,
        engine: AsyncEngine,
        clock: Callable[[], dt.datetime] = utc_now,
        ours: Ours = every_workspace,
    ) -> None:
        self._engine, self._clock, self._ours = engine, clock, ours

    async def all(self, workspace: str) -> list[O]:
        """Every order of a workspace, by channel."""
        return await self._read(self.table.c.workspace == workspace)

    async def of_channel(self, workspace: str, channel: str) -> list[O]:
        """Those that are told in this channel, the oldest first."""
        return await self._read(self._in_channel(workspace, channel))

    async def active(self) -> list[O]:
        """Every order that waits for news, of all workspaces that are ours."""
        return await self._read(and_(self._ours(self.table.c.workspace), self.table.c.state == "active"))

    async def pause(self, order: O, by: str) -> bool:
        """Tells nothing until it is resumed; false where that was so already, or it is gone."""
        return await self._turn(self._is(order), "paused", ("active", "parked"), by)

    async def resume(self, order: O, by: str) -> bool:
        """Tells news again, from now on; false where that was so already, or it is gone."""
        return await self._turn(self._is(order), "active", ("paused", "parked"), by)

    async def park(self, order: O, why: str) -> None:
        """Tells nothing until a person looks after it, as `why` says; what is paused stays so."""
        await self._turn(self._is(order), "parked", ("active",), "", why)

    async def park_all(self, workspace: str, why: str) -> None:
        """Parks every active order of a workspace."""
        await self._turn(self.table.c.workspace == workspace, "parked", ("active",), "", why)

    async def resume_all(self, workspace: str, reasons: Collection[str]) -> None:
        """Resumes every order of a workspace that was parked for one of these reasons."""
        theirs = and_(self.table.c.workspace == workspace, self.table.c.why.in_(reasons))
        await self._turn(theirs, "active", ("parked",), "")

    async def delete(self, order: O, by: str) -> bool:
        """Takes it away; false where it is gone already."""
        gone = delete(self.table).where(self._is(order))
        return await self._change(gone, "deleted", by, self._now())

    def _now(self) -> dt.datetime:
        return in_utc(self._clock())

    async def _turn(
        self, which: ColumnElement[bool], state: State, before: tuple[State, ...], by: str, why: str = ""
    ) -> bool:
        now = self._now()
        values: dict[str, Any] = {"state": state, "why": why} | ({"changed_by": by} if by else {})
        if state in ("active", "done"):  # from when news counts, and how long it is kept
            values["changed_at"] = now
        turned = update(self.table).where(which, self.table.c.state.in_(before)).values(values)
        return await self._change(turned, TURNED[state], by, now, why)

    async def _change(
        self, statement: Update | Delete, what: str, by: str, now: dt.datetime, detail: str = ""
    ) -> bool:
        async with writing(self._engine) as connection:
            places = (await connection.execute(statement.returning(*self._place))).mappings().all()
            for place in places:
                await self._log(connection, **place, what=what, by=by, at=now, detail=detail)
        return bool(places)

    async def _log(self, connection: AsyncConnection, **change: Any) -> None:
        """Writes down who has done what, in the same transaction, where that is kept."""

    async def _read(self, where: ColumnElement[bool]) -> list[O]:
        async with self._engine.connect() as connection:
            return await self._found(connection, where)

    async def _found(self, connection: AsyncConnection, where: ColumnElement[bool]) -> list[O]:
        order = (*self._place, self.table.c.created_at, *self.table.primary_key)
        rows = await connection.execute(select(self.table).where(where).order_by(*order))
        return [self.kind(**loaded(row)) for row in rows.mappings()]

    @property
    def _place(self) -> tuple[ColumnElement[str], ...]:
        return self.table.c.workspace, self.table.c.channel

    def _in_channel(self, workspace: str, channel: str) -> ColumnElement[bool]:
        return and_(self.table.c.workspace == workspace, self.table.c.channel == channel)

    def _is(self, order: O) -> ColumnElement[bool]:
        return and_(*(column == getattr(order, column.name) for column in self.table.primary_key))


def stored(order: Order) -> dict[str, Any]:
    """The row of an order, by column."""
    return {each.name: _stored(getattr(order, each.name)) for each in fields(order)}


def _stored(value: object) -> object:
    match value:
        case tuple():
            return ",".join(value)
        case dt.datetime():
            return in_utc(value)
        case dt.time():
            return f"{value:%H:%M}"
        case Condition():
            return value.to_json()
    return value


def loaded(row: RowMapping) -> dict[str, Any]:
    """The values of an order, by field."""
    return {name: LOADS[name](value) if name in LOADS else value for name, value in row.items()}


def condition_of(kept: str) -> Condition | None:
    """The condition; None where it cannot be read."""
    try:
        return Condition.from_json(kept)
    except StoredValueError:
        return None


LOADS: Mapping[str, Callable[[Any], object]] = {
    "commodities": lambda kept: tuple(kept.split(",")) if kept else (),
    "time": dt.time.fromisoformat,
    "condition": condition_of,
    "created_at": in_utc,
    "changed_at": in_utc,
}
