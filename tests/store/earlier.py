"""A database as it stood at an earlier migration, with a row in each of its tables."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Connection, Date, DateTime, Float, Integer, MetaData, Table, insert, select

from bot.store.engine import _config

NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
Rows = Mapping[str, Mapping[str, Any]]

# What has a meaning to the code that reads it; every other column gets something of its type.
MEANT: Rows = {
    "posts": {
        "workspace": "T1",
        "channel": "C1",
        "kind": "monthly",
        "edition": "2026-07",
        "state": "posted",
        "ts": "1795600000.000100",
        "lease_until": None,
    },
    "inbox": {"team": "T1", "channel": "C1", "ts": "1.0", "thread_ts": "1.0", "state": "answered"},
    "contexts": {
        "team": "T1",
        "channel": "C1",
        "thread_ts": "1.0",
        "asked": "1.0",
        "upto": "1.0",
        "spoken": "",
    },
    "subscriptions": {
        "workspace": "T1",
        "channel": "C1",
        "commodities": "alumina,bauxite",
        "at": "flash",
        "time": "08:30",
        "zone": "Europe/Madrid",
        "state": "paused",
    },
    "subscription_changes": {"workspace": "T1", "channel": "C1", "what": "paused"},
    "people_languages": {"workspace": "T1", "user_id": "U1", "language": "zh"},
    "feedback": {"team": "T1", "channel": "C1", "ts": "1.0", "verdict": "down"},
    "figures": {
        "version": 1,
        "period": "2026-10",
        "flow": "export",
        "commodity": "alumina",
        "partner": "",
        "kind": "month",
        "measure": "quantity",
        "scope": "HS 28182000",
        "status": "bulletin",
        "state": "served",
    },
}


def revisions() -> list[str]:
    """Every migration, the first one first."""
    script = ScriptDirectory.from_config(_config())
    return [each.revision for each in script.walk_revisions()][::-1]


def tables(connection: Connection) -> dict[str, Table]:
    """Those that there are, as they are."""
    found = MetaData()
    found.reflect(connection)
    return {name: table for name, table in found.tables.items() if name != "alembic_version"}


def fill(connection: Connection) -> Rows:
    """Puts a row into each table, and returns them."""
    rows = {name: _row(name, table) for name, table in tables(connection).items()}
    for name, table in tables(connection).items():
        connection.execute(insert(table).values(**rows[name]))
    return rows


def kept(connection: Connection, rows: Rows) -> Rows:
    """The same columns of the same rows as they stand now."""
    now = tables(connection)
    return {name: _found(connection, now[name], row) for name, row in rows.items()}


def _found(connection: Connection, table: Table, row: Mapping[str, Any]) -> Mapping[str, Any]:
    same = [column == row[column.name] for column in table.primary_key.columns]
    found = connection.execute(select(table).where(*same)).mappings().one()
    return {name: _in_utc(found[name]) for name in row}


def _row(name: str, table: Table) -> dict[str, Any]:
    return {c.name: MEANT.get(name, {}).get(c.name, _any(c.name, c.type)) for c in table.columns}


def _any(name: str, kind: Any) -> Any:
    """Something of the type; a text is the column's name, so that two that were mixed up would show."""
    for types, value in (
        (Boolean, True),
        (DateTime, NOON if getattr(kind, "timezone", True) else NOON.replace(tzinfo=None)),
        (Date, NOON.date()),
        (Integer, 1),
        (Float, 1.5),
    ):
        if isinstance(kind, types):
            return value
    return name[: kind.length] if getattr(kind, "length", None) else name


def _in_utc(value: Any) -> Any:
    return value.replace(tzinfo=value.tzinfo or dt.UTC) if isinstance(value, dt.datetime) else value
