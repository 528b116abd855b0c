"""Rows as the bot writes them, of a moment of the test's choosing; and what stands in a database."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import (
    contexts,
    feedback,
    inbox,
    metadata,
    order_changes,
    orders,
    people_languages,
    posts,
    taught_words,
)


def message(at: datetime, ts: str = "1.0", channel: str = "C1", team: str = "T1") -> dict[str, Any]:
    place = {"team": team, "channel": channel, "key": ts, "thread_ts": ts}
    return place | {"state": "answered", "taken_at": at, "payload": ""}


def thread(at: datetime, ts: str = "1.0", channel: str = "C1", team: str = "T1") -> dict[str, Any]:
    said = {"question": "alumina exports March 2024", "asked": ts, "spoken": ""}
    return {"team": team, "channel": channel, "thread_ts": ts, "changed_at": at} | said


def verdict(
    at: datetime, user: str = "U_ANA", reason: str = "", ts: str = "1.0", team: str = "T1"
) -> dict[str, Any]:
    place = {"team": team, "channel": "C1", "ts": ts, "user_id": user}
    return place | {"verdict": "down", "question": "", "reason": reason, "given_at": at}


def choice(at: datetime, user: str = "U_ANA", team: str = "T1") -> dict[str, Any]:
    return {"workspace": team, "user_id": user, "language": "zh", "used_at": at}


def change(at: datetime, by: str = "U_ANA", channel: str = "C1", detail: str = "") -> dict[str, Any]:
    place = {"order_id": "monthly-1", "workspace": "T1", "channel": channel}
    return place | {"what": "edited", "by": by, "at": at, "detail": detail}


def order(at: datetime, state: str = "done", by: str = "U_ANA", channel: str = "C1") -> dict[str, Any]:
    id_ = f"alert-{by}-{channel}-{state}"
    told = {
        "kind": "alert",
        "subject": id_,
        "what": "alumina exports above 200 kt",
        "state": state,
        "why": "",
    }
    people = {"language": "en", "created_by": by, "changed_by": by, "created_at": at, "changed_at": at}
    return {"id": id_, "workspace": "T1", "channel": channel} | told | people


def taught(at: datetime, by: str = "U_ANA", word: str = "rx", team: str = "T1") -> dict[str, Any]:
    said = {"workspace": team, "word": word, "written": word.upper(), "series": "alumina"}
    return said | {"taught_by": by, "taught_at": at}


def posted(at: datetime) -> dict[str, Any]:
    key = {"workspace": "T1", "channel": "C1", "kind": "monthly", "edition": "2020-01"}
    moments = {"changed_at": at, "due_at": at, "not_before": at, "sent_at": at}
    return key | moments | {"state": "posted", "holder": ""}


KEPT: dict[Table, Any] = {
    inbox: message,
    contexts: thread,
    feedback: verdict,
    people_languages: choice,
    order_changes: change,
    orders: order,
    posts: posted,
    taught_words: taught,
}


async def put(engine: AsyncEngine, table: Table, *rows: dict[str, Any]) -> None:
    async with engine.begin() as connection:
        await connection.execute(insert(table), list(rows))


async def rows_of(engine: AsyncEngine, table: Table) -> list[dict[str, Any]]:
    async with engine.connect() as connection:
        found = await connection.execute(select(table).order_by(*table.primary_key))
        return [dict(row) for row in found.mappings()]


async def everything(engine: AsyncEngine) -> str:
    """All that every table says, as one text."""
    return "\n".join([str(await rows_of(engine, table)) for table in metadata.sorted_tables])
