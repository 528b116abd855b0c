"""Each request of Slack's is answered once, however often it comes, whoever hears it, whatever crashes.

A row is written before Slack is told that we have the request, and goes taken → answered. What nobody can
look up afterwards, as a message that one person alone sees, is marked before it is sent (unseen). A row has a
lease, so that a process that died does not hold it for ever; whoever takes it over looks first, since the
answer may stand already. Each time the lease is twice as long, and after some times it is given up.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, literal, null, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NotInTimeError

from bot.slack.transcript import Thread
from bot.store.clock import in_utc, utc_now
from bot.store.engine import insert_into
from bot.store.group_commit import GroupCommit
from bot.store.tables import Ours, inbox

# After 1, 2, 4 … leases, the last time four hours after the request; then it is given up.
MOST_TRIES = 8
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

KEY = ("team", "channel", "key")
COLUMNS = [inbox.c[name] for name in (*KEY, "thread_ts", "payload", "taken_at", "state")]


@dataclass(frozen=True, slots=True)
class Request:
    """A request that leads to an answer. `key`: the ts of a message, the trigger_id of a command or press.

    `thread_ts` of a message: see Thread. `payload`: what Slack has sent, as JSON,
    of a command or press. `left`: it was taken up before, perhaps answered. `unseen`: perhaps by what nobody
    can look up.
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
    def begins(self) -> bool:
        """Whether a message begins that thread, and nothing was asked before it there."""
        return self.key == self.thread_ts

    @property
    def shown_in(self) -> str | None:
        """The thread where its writer alone can be shown something: none where nobody has answered yet."""
        return None if self.begins else self.thread.posted_in

    @property
    def mark(self) -> str:
        """What the answer to a command or press carries in its metadata."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:16]


class Inbox:
    """The table of requests, by workspace, channel and key.

    The key of a message is its own and not the delivery's: a mention in a channel arrives as two events with
    two ids, and a redelivery of either must find the same row.
    """

    def __init__(
        self, writer: GroupCommit, lease: timedelta, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._writer, self.lease, self._clock = writer, lease, clock
        self._statements = {name: writer.prepare(each) for name, each in _statements(writer).items()}
        self._held: set[Request] = set()

    async def take(self, request: Request, *, early: bool = False) -> Take:
        """new: nobody had it; left: whoever had it left it unanswered; not ours: answered, or in hand.

        `early`: it is only written down, to be claimed once its thread is known to be ours.
        """
        row = {"thread": request.thread_ts, "payload": request.payload, "at": self._clock()}
        state, until = ("early", None) if early else ("taken", self._until())
        try:
            async with asyncio.timeout(TAKE_SECONDS):
                if await self._run("insert", request, **row, state=state, until=until):
                    return "new"
        except TimeoutError:
            raise NotInTimeError("The request was not written down in time.") from None
        if early:
            return "not ours"
        return "left" if await self._take_over(request) else "not ours"

    async def claim(self, request: Request) -> bool:
        """Takes what came early."""
        return bool(await self._run("claim", request, until=self._until()))

    async def early_after(self, thread: Thread, ts: str, waited: timedelta) -> list[Request]:
        """Takes what came early in a thread, so long ago, and was written after the message of that ts."""
        rows = await self._writer.run(
            self._statements["claim_thread"],
            of_team=thread.team, of_channel=thread.channel, of_thread_ts=thread.ts, of_ts=ts,
            until=self._until(), since=self._clock() - EARLY, before=self._clock() - waited,
        )  # fmt: skip
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
        return bool(await self._run("reopen", request, until=self._until()))

    async def state(self, request: Request) -> str:
        """Returns unknown, taken, unseen, early, answered or given up."""
        rows = await self._run("state", request)
        return str(rows[0][0]) if rows else "unknown"

    def hold(self, request: Request) -> None:
        """Keeps it ours, however long Slack makes us wait: its lease is renewed with the others'."""
        self._held.add(request)

    def let_go(self, request: Request) -> None:
        """Leaves it to its lease."""
        self._held.discard(request)

    def renew(self) -> None:
        """Renews the leases of all that is held."""
        for request in self._held:
            self._writer.write(self._statements["renew"], **_named(request), until=self._until())

    async def left(self, ours: Ours) -> AsyncIterator[Request]:
        """Takes over the requests in our workspaces that were left without an answer, the oldest first.

        Each is ours from the moment that it comes: of many the last would else be held beyond its lease.
        """
        rows = select(*COLUMNS).where(ours(inbox.c.team), _is_left(), inbox.c.tries < MOST_TRIES)
        wanted = self._writer.prepare(rows.order_by(inbox.c.taken_at))
        for row in await self._writer.run(wanted, now=self._clock()):
            request = _request(row, left=True)
            if request not in self._held and await self._take_over(request):
                yield request

    async def give_up(self, ours: Ours) -> list[Request]:
        """Closes what nobody could answer, and returns it: each request to one process, once."""
        closing = update(inbox).where(ours(inbox.c.team), _is_left(), inbox.c.tries >= MOST_TRIES)
        wanted = closing.values(state="given up", lease_until=None, payload="").returning(*COLUMNS)
        rows = await self._writer.run(self._writer.prepare(wanted), now=self._clock())
        return [_request(row) for row in rows]

    async def is_first_press(self, team: str, channel: str, button: str) -> bool:
        """True for a press of a button, false for one that comes right after it."""
        press, now = Request(team, channel, button), self._clock()
        row = {"thread": "", "payload": "", "at": now, "state": "answered", "until": None}
        if await self._run("insert", press, **row):
            return True
        return bool(await self._run("press", press, at=now, before=now - ONE_PRESS))

    async def _take_over(self, request: Request) -> bool:
        """Gives a row that was left a lease twice as long as its last one: the wait for its next try."""
        now = self._clock()
        tries = [row[0] for row in await self._run("tries", request, now=now)]
        if not tries or tries[0] >= MOST_TRIES:
            return False
        until = now + self.lease * (1 if tries[0] + 1 == MOST_TRIES else 2 << tries[0])
        return bool(await self._run("take_over", request, now=now, tries=tries[0], until=until))

    def _until(self) -> datetime:
        return self._clock() + self.lease

    async def _run(self, name: str, request: Request, **values: Any) -> list[tuple[Any, ...]]:
        return await self._writer.run(self._statements[name], **_named(request), **values)


def _statements(writer: GroupCommit) -> dict[str, Any]:
    """Everything that is done to a row, by name; so are its values."""
    row = and_(*(inbox.c[name] == bindparam(f"of_{name}") for name in KEY))
    until: BindParameter[Any] = bindparam("until")
    at: BindParameter[Any] = bindparam("at")
    state = inbox.c.state
    is_open = or_(state == "taken", state == "unseen")
    insert = insert_into(writer.dialect, inbox).values(
        {inbox.c[name]: bindparam(f"of_{name}") for name in KEY}
        | {inbox.c.thread_ts: bindparam("thread"), inbox.c.state: bindparam("state")}
        | {inbox.c.payload: bindparam("payload"), inbox.c.lease_until: until, inbox.c.taken_at: at}
    )
    in_thread = and_(
        *(inbox.c[name] == bindparam(f"of_{name}") for name in ("team", "channel", "thread_ts")),
        inbox.c.key > bindparam("of_ts"), inbox.c.taken_at > bindparam("since"),
        inbox.c.taken_at <= bindparam("before"),
    )  # fmt: skip

    def change(*conditions: ColumnElement[bool], **values: Any) -> Any:
        return update(inbox).where(row, *conditions).values(**values).returning(inbox.c.key)

    return {
        "insert": insert.on_conflict_do_nothing().returning(inbox.c.key),
        "claim": change(state == "early", state="taken", lease_until=until),
        "claim_thread": update(inbox)
        .where(in_thread, state == "early")
        .values(state="taken", lease_until=until)
        .returning(*COLUMNS),
        "unseen": change(is_open, state="unseen"),
        "answered": change(is_open, state="answered", lease_until=null(), payload=""),
        "reopen": change(
            or_(state == "answered", state == "given up"), state="taken", lease_until=until, tries=literal(0)
        ),
        "state": select(state).where(row),
        "renew": change(is_open, inbox.c.lease_until < until, lease_until=until),
        "tries": select(inbox.c.tries).where(row, _is_left()),
        "take_over": change(
            _is_left(), inbox.c.tries == bindparam("tries"), lease_until=until, tries=inbox.c.tries + 1
        ),
        "press": change(inbox.c.taken_at <= bindparam("before"), taken_at=at),
    }


def _is_left() -> ColumnElement[bool]:
    is_open = or_(inbox.c.state == "taken", inbox.c.state == "unseen")
    return and_(is_open, inbox.c.lease_until <= bindparam("now"))


def _named(request: Request) -> dict[str, str]:
    return {f"of_{name}": getattr(request, name) for name in KEY}


def _request(row: Sequence[Any], *, left: bool = False) -> Request:
    team, channel, key, thread_ts, payload, taken_at, state = row
    at = datetime.fromisoformat(taken_at) if isinstance(taken_at, str) else taken_at
    return Request(team, channel, key, thread_ts, payload, in_utc(at), left, state == "unseen")
