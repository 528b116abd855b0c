"""Each request of Slack's is answered once, however often it comes, whoever hears it, whatever crashes.

A row is written before Slack is told that we have the request, and goes taken → answered, or given up; a
reply whose thread is not known to be ours yet waits before that (early). What nobody can look up afterwards,
as a message that one person alone sees, is marked before it is sent (unseen). A taken row has a lease, so
that a process that died does not hold it for ever; whoever takes it over looks first, since the answer may
stand already. Each time the lease is as long as it has waited by then.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, Table, and_, bindparam, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NotInTimeError

from bot.slack.transcript import Thread
from bot.store.clock import Clock, in_utc, utc_now
from bot.store.engine import insert_into
from bot.store.group_commit import GroupCommit
from bot.store.tables import Ours, inbox

# So long after a request it is given up.
GIVEN_UP = timedelta(hours=4)
# Slack waits three seconds for its answer.
TAKE_SECONDS = 2.0
# Slack sends an event again for a day at most; an edit is followed as long as the row is there.
KEEP = timedelta(days=5)
# A reply may come so long before the mention that makes its thread ours.
EARLY = timedelta(minutes=10)
# Within that time a second press of a button is the same press.
ONE_PRESS = timedelta(seconds=10)

log = logging.getLogger(__name__)

Take = Literal["new", "left", "not ours"]

KEY, THREAD = ("team", "channel", "key"), ("team", "channel", "thread_ts")
COLUMNS = [inbox.c[name] for name in (*KEY, "thread_ts", "payload", "taken_at", "state")]
IS_OPEN = or_(inbox.c.state == "taken", inbox.c.state == "unseen")
IS_CLOSED = or_(inbox.c.state == "answered", inbox.c.state == "given up")


@dataclass(frozen=True, slots=True)
class Request:
    """A request that leads to an answer. `key`: the ts of a message, the trigger_id of a command or press.

    `thread_ts` of a message: see Thread. `payload` of a command or press: what Slack has sent, as JSON.
    `left`: it was taken up before, perhaps answered. `unseen`: perhaps by what nobody can look up.
    """

    team: str
    channel: str
    key: str
    thread_ts: str = ""
    payload: str = field(default="", compare=False)
    taken_at: datetime | None = field(default=None, compare=False)
    left: bool = field(default=False, compare=False)
    unseen: bool = field(default=False, compare=False)

    @property
    def ts(self) -> str:
        """The ts of a message."""
        return self.key

    @property
    def thread(self) -> Thread:
        """The thread that the answer to a message goes into."""
        return Thread(self.team, self.channel, self.thread_ts)

    @property
    def known_by(self) -> dict[str, str]:
        """What its answer carries in its metadata: the ts of a message, a mark for a command or press."""
        if self.thread_ts:
            return {"asked": self.key}
        return {"mark": hashlib.sha256(self.key.encode()).hexdigest()[:16]}


class Inbox:
    """The table of requests, by workspace, channel and key.

    The key of a message is its own and not the delivery's: a mention in a channel arrives as two events with
    two ids, and a redelivery of either must find the same row.

    What is `in_hand` stays ours, however long Slack makes us wait: its lease is renewed.
    """

    def __init__(self, writer: GroupCommit, lease: timedelta, clock: Clock = utc_now) -> None:
        self._writer, self.lease, self._clock = writer, lease, clock
        self._statements = {name: writer.prepare(each) for name, each in _statements(writer).items()}
        self.in_hand: set[Request] = set()

    async def take(self, request: Request, *, early: bool = False) -> Take:
        """new: nobody had it; left: whoever had it left it unanswered; not ours: answered, or in hand.

        `early`: it is only written down, to be claimed once its thread is known to be ours.
        """
        row = self._row(request, "early" if early else "taken")
        try:
            async with asyncio.timeout(TAKE_SECONDS):
                if await self._writer.run(self._statements["insert"], **row):
                    return "new"
        except TimeoutError:
            raise NotInTimeError("The request was not written down in time.") from None
        return "left" if not early and await self._take_over(request, self._clock()) else "not ours"

    async def claim(self, request: Request) -> bool:
        """Takes what came early."""
        return bool(await self._run("claim", request, until=self._until()))

    async def early_after(self, thread: Thread, ts: str, waited: timedelta) -> list[Request]:
        """Leaves to the next look what came early in a thread, so long ago, and was written after that ts."""
        now, place = self._clock(), {"team": thread.team, "channel": thread.channel, "thread_ts": thread.ts}
        when = {"ts": ts, "until": now, "since": now - EARLY, "before": now - waited}
        rows = await self._writer.run(self._statements["claim_thread"], **place, **when)
        return [_request(row, left=True) for row in rows]

    async def unseen(self, request: Request) -> None:
        """Marks that something is about to be sent for it that nobody can look up."""
        await self._run("unseen", request)

    async def answered(self, request: Request) -> None:
        """Closes it: the answer stands. Where that cannot be written yet, it is tried again."""
        try:
            await self._run("answered", request)
        except SQLAlchemyError as problem:
            log.error("answer_not_written_down", exc_info=problem)
            self._writer.write(self._statements["answered"], **_named(request))

    async def reopen(self, request: Request) -> bool:
        """Takes an answered message again: its text was edited. False where it is in hand, or unknown."""
        return bool(await self._run("reopen", request, until=self._until(), now=self._clock()))

    async def state(self, request: Request) -> str:
        """Returns unknown, taken, unseen, early, answered or given up."""
        rows = await self._run("state", request)
        return str(rows[0][0]) if rows else "unknown"

    def renew(self) -> None:
        """Renews the leases of all that is in hand."""
        for request in self.in_hand:
            self._writer.write(self._statements["renew"], **_named(request), until=self._until())

    async def left(self, ours: Ours) -> AsyncIterator[Request]:
        """Takes over the requests in our workspaces that were left without an answer, the oldest first.

        Each is ours from the moment that it comes: of many the last would else be held beyond its lease.
        """
        now = self._clock()
        which = ours(inbox.c.team), _is_left(now, now - GIVEN_UP)
        rows = select(*COLUMNS).where(*which).order_by(inbox.c.taken_at)
        for row in await self._writer.run(self._writer.prepare(rows)):
            request = _request(row, left=True)
            if request not in self.in_hand and await self._take_over(request, request.taken_at or now):
                yield request

    async def give_up(self, ours: Ours) -> list[Request]:
        """Closes what nobody could answer, and returns it: each request to one process, once."""
        now = self._clock()
        which = ours(inbox.c.team), IS_OPEN, inbox.c.lease_until <= now, inbox.c.taken_at <= now - GIVEN_UP
        closing = _change(*which, state="given up", payload="", lease_until=None).returning(*COLUMNS)
        return [_request(row) for row in await self._writer.run(self._writer.prepare(closing))]

    async def is_first_press(self, team: str, channel: str, button: str) -> bool:
        """True for a press of a button, false for one that comes right after it."""
        row = self._row(Request(team, channel, button), "answered")
        before = row["taken_at"] - ONE_PRESS
        return bool(await self._writer.run(self._statements["press"], **row, before=before))

    async def _take_over(self, request: Request, since: datetime) -> bool:
        """Gives a row that has waited since then a new lease: the wait for its next try."""
        now = self._clock()
        lease = max(self.lease, min(now - since, since + GIVEN_UP - now))
        when = {"now": now, "since": now - GIVEN_UP, "until": now + lease}
        return bool(await self._run("take_over", request, **when))

    def _row(self, request: Request, state: str) -> dict[str, Any]:
        said = {"thread_ts": request.thread_ts, "payload": request.payload, "state": state}
        return _named(request) | said | {"taken_at": self._clock(), "lease_until": self._until()}

    def _until(self) -> datetime:
        return self._clock() + self.lease

    async def _run(self, name: str, request: Request, **values: Any) -> list[tuple[Any, ...]]:
        return await self._writer.run(self._statements[name], **_named(request), **values)


def _statements(writer: GroupCommit) -> dict[str, Any]:
    insert, key = insert_into(writer.dialect, inbox), list(inbox.primary_key)
    row, state, taken_at = same(inbox, *KEY), inbox.c.state, inbox.c.taken_at
    until: BindParameter[Any] = bindparam("until")
    again, is_over = {"taken_at": insert.excluded.taken_at}, taken_at <= bindparam("before")
    pressing = insert.on_conflict_do_update(index_elements=key, set_=again, where=is_over)
    left = _is_left(bindparam("now"), bindparam("since"))
    early = and_(
        same(inbox, *THREAD), inbox.c.key > bindparam("ts"), state == "early",
        taken_at > bindparam("since"), taken_at <= bindparam("before"),
    )  # fmt: skip
    return {
        "insert": insert.on_conflict_do_nothing().returning(state),
        "press": pressing.returning(state),
        "take_over": _change(row, left, lease_until=until).returning(state),
        "claim": _change(row, state == "early", state="taken", lease_until=until).returning(state),
        "claim_thread": _change(early, state="taken", lease_until=until).returning(*COLUMNS),
        "unseen": _change(row, IS_OPEN, state="unseen"),
        "answered": _change(row, IS_OPEN, state="answered", payload="", lease_until=None),
        "reopen": _change(
            row, IS_CLOSED, state="taken", lease_until=until, taken_at=bindparam("now")
        ).returning(state),
        "renew": _change(row, IS_OPEN, inbox.c.lease_until < until, lease_until=until),
        "state": select(state).where(row),
    }


def _change(*which: ColumnElement[bool], **values: Any) -> Any:
    return update(inbox).where(*which).values(**values)


def same(table: Table, *names: str) -> ColumnElement[bool]:
    """Rows that have in these columns the values of their names."""
    return and_(*(table.c[name] == bindparam(name) for name in names))


def _is_left(now: Any, since: Any) -> ColumnElement[bool]:
    return and_(IS_OPEN, inbox.c.lease_until <= now, inbox.c.taken_at > since)


def _named(request: Request) -> dict[str, str]:
    return {name: getattr(request, name) for name in KEY}


def _request(row: Sequence[Any], *, left: bool = False) -> Request:
    team, channel, key, thread_ts, payload, taken_at, state = row
    at = datetime.fromisoformat(taken_at) if isinstance(taken_at, str) else taken_at
    return Request(team, channel, key, thread_ts, payload, in_utc(at), left, state == "unseen")
