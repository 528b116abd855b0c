"""What threads are about, in a table: each process goes on where another has answered, and none has to read.

It says what the metadata of the answers says, so that a lost database costs nothing but the reading.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError

from bot.slack.transcript import Said, Thread, asked_in, question_of
from bot.store.clock import utc_now
from bot.store.engine import insert_into
from bot.store.group_commit import GroupCommit
from bot.store.tables import contexts, inbox

KEY = ("team", "channel", "thread_ts")
SETTLED_SECONDS = 1.0  # an answer waits no longer for a database that is away

_changed_at: dict[Any, Any] = {contexts.c.changed_at: bindparam("at")}


@dataclass(frozen=True, slots=True)
class Context:
    """A thread as of one of its messages; all but the question is the ts of a message, '' for none.

    `question`: the last one, as JSON, '' where there is none; None where it has to be read in the thread.
    `asked` asked it. `upto` is the last message that was taken up, `spoken` the last that was not for us.
    `newest`: the last one before it in the inbox; `in_hand`: one of these is being answered, or its answer
    edited, at this moment: the table is about to hold more.
    """

    before: str
    question: str | None = None
    asked: str = ""
    upto: str = ""
    spoken: str = ""
    newest: str = ""
    in_hand: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether the bot is known to have answered or posted in the thread before."""
        return bool(self.newest) or "" < self.upto < self.before

    @property
    def our_turn(self) -> bool:
        """Whether nobody has spoken to others in the thread since our last word there."""
        return max(self.upto, self.newest) >= self.spoken

    @property
    def last_question(self) -> str | None:
        """The last question when the message was written; None where the table cannot say."""
        is_known = self.newest <= self.upto and self.asked < self.before
        return self.question if is_known else None


class Contexts:
    """The table of contexts, one upsert an answer."""

    def __init__(self, writer: GroupCommit, clock: Callable[[], datetime] = utc_now) -> None:
        self._writer, self._clock = writer, clock
        self._statements = {name: writer.prepare(each) for name, each in _statements(writer).items()}

    def put(
        self, thread: Thread, question: str | None, asked: str, *, upto: str = "", spoken: str = ""
    ) -> None:
        """Keeps the question that a message asked, unless a later one is known; '' clears it."""
        question = "" if question is None and thread.ts == asked else question  # what begins a thread
        said = {"asked": "" if question is None else asked, "question": question}
        self._write("put", thread, **said, upto=upto or asked, spoken=spoken)

    def drop(self, thread: Thread) -> None:
        """The last question has to be read in the thread: its answer is gone, or is being edited."""
        self._write("drop", thread)

    def revised(self, thread: Thread, answer: Said) -> None:
        """Keeps that an answer now is to another question, as its metadata says."""
        question = question_of(answer)
        if question is None:
            self.drop(thread)
        else:
            self.put(thread, question, asked_in(answer))

    def heard(self, thread: Thread, ts: str) -> None:
        """Notes that somebody spoke in the thread, perhaps one of ours, and not to us."""
        self._writer.write(self._statements["heard"], **_named(thread), of_ts=ts)

    async def settled(self) -> None:
        """Returns once what was put is in the table, or the database has had its time."""
        with suppress(TimeoutError, DBAPIError):
            async with asyncio.timeout(SETTLED_SECONDS):
                await self._writer.settled()

    async def read(self, thread: Thread, before: str) -> Context:
        """The thread as of the message of that ts."""
        [row] = await self._writer.run(self._statements["read"], **_named(thread), before=before)
        question, asked, upto, spoken, newest, in_hand = row
        return Context(
            before, question, asked or "", upto or "", spoken or "", newest or "", in_hand is not None
        )

    def _write(self, name: str, thread: Thread, **values: Any) -> None:
        self._writer.write(self._statements[name], **_named(thread), at=self._clock(), **values)


def _statements(writer: GroupCommit) -> dict[str, Any]:
    """Everything that is done to a row, by name; so are its values."""
    row = and_(*(contexts.c[name] == bindparam(f"of_{name}") for name in KEY))
    spoken: BindParameter[str] = bindparam("of_ts")
    question, asked = contexts.c.question, contexts.c.asked
    return {
        "put": _upsert(writer),
        "drop": update(contexts).where(row).values(_changed_at | {question: null(), asked: literal("")}),
        "heard": update(contexts).where(row, contexts.c.spoken < spoken).values({contexts.c.spoken: spoken}),
        "read": _read(),
    }


def _upsert(writer: GroupCommit) -> Any:
    statement, old = insert_into(writer.dialect, contexts), contexts.c
    values: dict[Any, Any] = {old[name]: bindparam(f"of_{name}") for name in KEY}
    values |= {old[name]: bindparam(name) for name in ("question", "asked", "upto", "spoken")}
    statement, new = statement.values(values | _changed_at), statement.excluded
    asks = and_(new.asked != "", new.asked >= old.asked)
    changed: dict[str, ColumnElement[Any]]
    changed = {name: case((asks, new[name]), else_=old[name]) for name in ("question", "asked")}
    changed |= {name: _later(new[name], old[name]) for name in ("upto", "spoken")}
    return statement.on_conflict_do_update(
        index_elements=list(contexts.primary_key), set_=changed | {"changed_at": new.changed_at}
    )


def _read() -> Any:
    """One row, whether the thread is known or not."""
    is_open = or_(inbox.c.state == "taken", inbox.c.state == "unseen")
    requests = (
        select(
            func.max(inbox.c.key).label("newest"),
            func.max(inbox.c.key).filter(is_open).label("in_hand"),
        )
        .where(
            *(inbox.c[name] == bindparam(f"of_{name}") for name in KEY),
            inbox.c.key < bindparam("before"), inbox.c.state != "early",
        )
        .subquery()
    )  # fmt: skip
    row = and_(*(contexts.c[name] == bindparam(f"of_{name}") for name in KEY))
    known = [contexts.c[name] for name in ("question", "asked", "upto", "spoken")]
    return select(*known, requests.c.newest, requests.c.in_hand).select_from(
        requests.outerjoin(contexts, row)
    )


def _later(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one > other, one), else_=other)


def _named(thread: Thread) -> dict[str, str]:
    return {"of_team": thread.team, "of_channel": thread.channel, "of_thread_ts": thread.ts}
