"""Rows as the bot writes them, of a moment of the test's choosing; and what stands in a database."""

from typing import Any

from sqlalchemy import insert, select

from bot.store import tables

Row = dict[str, Any]


def rows(moments, **usual):
    """Makes rows that have this moment in those columns, and what is usual where nothing else is told."""

    def row(at, **told):
        return dict.fromkeys(moments.split(), at) | usual | told

    return row


message = rows("taken_at", team="T1", channel="C1", key="1.0", thread_ts="1.0", state="answered", payload="")
thread = rows(
    "changed_at", team="T1", channel="C1", thread_ts="1.0", question="alumina exports", asked="1.0", spoken=""
)
verdict = rows(
    "given_at", team="T1", channel="C1", ts="1.0", user_id="U_ANA", verdict="down", question="", reason=""
)
change = rows("at", order_id="monthly-1", workspace="T1", channel="C1", what="edited", by="U_ANA", detail="")
taught = rows("taught_at", workspace="T1", word="rx", written="RX", series="alumina", taught_by="U_ANA")
posted = rows(
    "changed_at due_at not_before sent_at",
    workspace="T1", channel="C1", kind="monthly", edition="2020-01", state="posted", holder="",
)  # fmt: skip
_order = rows(
    "created_at changed_at",
    workspace="T1", kind="alert", what="alumina exports above 200 kt", why="", language="en",
)  # fmt: skip


def order(at, state="done", by="U_ANA", channel="C1"):
    name = f"alert-{by}-{channel}-{state}"
    people = {"created_by": by, "changed_by": by}
    return _order(at, id=name, subject=name, state=state, channel=channel, **people)


async def put(engine, table, *rows):
    async with engine.begin() as connection:
        await connection.execute(insert(table), list(rows))


async def rows_of(engine, table):
    async with engine.connect() as connection:
        found = await connection.execute(select(table).order_by(*table.primary_key))
        return [dict(row) for row in found.mappings()]


async def everything(engine):
    """All that every table says, as one text."""
    return "\n".join([str(await rows_of(engine, table)) for table in tables.metadata.sorted_tables])
