"""The alerts as they are kept."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, Literal

from sqlalchemy import ColumnElement, RowMapping, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import InternalError, StoredValueError
from bot.posts.alerts.alert import Alert, State
from bot.questions.condition import Condition
from bot.store.clock import in_utc, utc_now
from bot.store.engine import writing
from bot.store.tables import Ours, alerts, every_workspace

MOST = 50  # in a channel

Saved = Literal["saved", "known", "full"]


class AlertStore:
    """The table. `ours` is which workspaces this process speaks for, by the column that names them."""

    def __init__(
        self,
        engine: AsyncEngine,
        clock: Callable[[], dt.datetime] = utc_now,
        ours: Ours = every_workspace,
    ) -> None:
        self._engine, self._clock, self._ours = engine, clock, ours

    async def get(self, id_: str) -> Alert | None:
        """The alert of that id; None where it was deleted."""
        return next(iter(await self._read(alerts.c.id == id_)), None)

    async def all(self, workspace: str) -> list[Alert]:
        """Every alert of a workspace."""
        return await self._read(alerts.c.workspace == workspace)

    async def of_channel(self, workspace: str, channel: str) -> list[Alert]:
        """Those that are told in this channel, the oldest first."""
        return await self._read(and_(alerts.c.workspace == workspace, alerts.c.channel == channel))

    async def own(self, workspace: str, user: str) -> list[Alert]:
        """Those that this person alone is told of."""
        theirs = and_(alerts.c.workspace == workspace, alerts.c.created_by == user)
        return await self._read(and_(theirs, alerts.c.channel.startswith("D")))

    async def active(self) -> list[Alert]:
        """Every alert that waits for news, of all workspaces that are ours."""
        return await self._read(and_(self._ours(alerts.c.workspace), alerts.c.state == "active"))

    async def save(self, alert: Alert) -> Saved:
        """'known' where the channel watches for the same already, 'full' where it has as many as it may."""
        theirs = and_(alerts.c.workspace == alert.workspace, alerts.c.channel == alert.channel)
        open_ones = and_(theirs, alerts.c.state != "done")
        try:
            async with writing(self._engine) as connection:
                stored = (await connection.scalars(select(alerts.c.condition).where(open_ones))).all()
                if _is_among(alert.condition, stored):
                    return "known"
                if len(stored) >= MOST:
                    return "full"
                await connection.execute(insert(alerts).values(**_row(alert)))
        except IntegrityError:
            return "known"
        return "saved"

    async def pause(self, alert: Alert, by: str) -> bool:
        """Nothing is told until it is resumed; false where that was so already, or it is gone."""
        return await self._turn(alerts.c.id == alert.id, "paused", ("active", "parked"), by)

    async def resume(self, alert: Alert, by: str) -> bool:
        """News is told again; false where that was so already, or it is gone."""
        return await self._turn(alerts.c.id == alert.id, "active", ("paused", "parked"), by)

    async def finish(self, alert: Alert) -> bool:
        """It was told once, as it was to be."""
        return await self._turn(alerts.c.id == alert.id, "done", ("active",), "")

    async def park(self, alert: Alert, why: str) -> bool:
        """Nothing of it is told until a person looks after it, as `why` says; what is paused stays so."""
        return await self._turn(alerts.c.id == alert.id, "parked", ("active",), "", why)

    async def park_channel(self, workspace: str, channel: str, why: str) -> None:
        """Parks all that is told there."""
        theirs = and_(alerts.c.workspace == workspace, alerts.c.channel == channel)
        await self._turn(theirs, "parked", ("active",), "", why)

    async def delete(self, alert: Alert) -> bool:
        """Takes it away; false where it is gone already."""
        async with writing(self._engine) as connection:
            gone = await connection.execute(delete(alerts).where(alerts.c.id == alert.id))
        return gone.rowcount == 1

    async def _turn(
        self, which: ColumnElement[bool], state: State, before: tuple[State, ...], by: str, why: str = ""
    ) -> bool:
        values: dict[str, Any] = {"state": state, "why": why, "changed_at": self._clock().astimezone(dt.UTC)}
        values |= {"changed_by": by} if by else {}
        async with writing(self._engine) as connection:
            turned = await connection.execute(
                update(alerts).where(which, alerts.c.state.in_(before)).values(**values)
            )
        return turned.rowcount > 0

    async def _read(self, where: ColumnElement[bool]) -> list[Alert]:
        order = (alerts.c.workspace, alerts.c.channel, alerts.c.created_at, alerts.c.id)
        async with self._engine.connect() as connection:
            rows = await connection.execute(select(alerts).where(where).order_by(*order))
            return [_alert(row) for row in rows.mappings()]


def _is_among(condition: Condition | None, stored: Iterable[str]) -> bool:
    """Whether one of the stored conditions watches for the same."""
    known = {each.normalised for each in map(_condition, stored) if each}
    return condition is not None and condition.normalised in known


def _condition(stored: str) -> Condition | None:
    try:
        return Condition.from_json(stored)
    except StoredValueError:
        return None


def _row(alert: Alert) -> dict[str, Any]:
    if alert.condition is None:
        raise InternalError(f"{alert.id} has no condition that could be stored")
    moments = {"created_at": alert.created_at, "changed_at": alert.changed_at}
    values = {each.name: getattr(alert, each.name) for each in fields(alert)}
    utc = {name: moment.astimezone(dt.UTC) for name, moment in moments.items()}
    return values | utc | {"condition": alert.condition.to_json()}


def _alert(row: RowMapping | Mapping[str, Any]) -> Alert:
    moments = {name: in_utc(row[name]) for name in ("created_at", "changed_at")}
    return Alert(**{**row, **moments, "condition": _condition(row["condition"])})
