"""The ledger: one row for each edition in each channel. It is the queue, and it decides who may post.

A row goes due → claimed → posted. A claim lasts for a lease, so that no process that died holds it for ever;
whoever takes such a row over looks in the channel first. parked: the channel or the token does not let us
post. refused: what it belongs to is gone. told: the month's own message says it, so that nothing is sent.
"""

from collections.abc import Iterable
from dataclasses import asdict, astuple
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Update, and_, func, select, tuple_, union, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.dataset.calendar import Month
from bot.posts import rows
from bot.posts.rows import KEY, PACE, Claim, Delivery, Due, Entries, Entry, Post, State, Taken, is_of_month
from bot.store.engine import autocommitting, changing, insert_into, writing
from bot.store.tables import Ours, every_workspace, inbox, posts

BATCH = 500
LONGEST_WAIT = timedelta(hours=1)
YEAR = 50  # rows of a channel's months, and more
NEWEST_FIRST = select(posts).order_by(
    posts.c.edition.desc(), posts.c.workspace, posts.c.channel, posts.c.kind
)


class Ledger:
    """The table of posts in our workspaces; a lease must be longer than a request to Slack may take."""

    def __init__(self, engine: AsyncEngine, lease: timedelta, ours: Ours = every_workspace) -> None:
        self._engine, self._single = engine, autocommitting(engine)
        self.lease, self._claim = lease, rows.claim_some(ours(posts.c.workspace))

    async def entries(self, since: str = "") -> Entries:
        """Every post of the editions from `since` on ("2026-07"), of all unless it is given."""
        return await self._read(posts.c.edition >= since)

    async def newest(self) -> Month | None:
        """The newest month of all channels."""
        async with self._single.connect() as connection:
            edition = await connection.scalar(select(func.max(posts.c.edition)).where(is_of_month()))
        return Month.from_text(edition) if edition else None

    async def told(self, since: datetime) -> Entries:
        """What orders other than the monthly ones have told, of all channels, that was due since then."""
        return await self._read(~is_of_month(), posts.c.due_at >= since)

    async def of_channel(self, workspace: str, channel: str) -> Entries:
        """Every post of one channel, the newest edition first."""
        return await self._read(posts.c.workspace == workspace, posts.c.channel == channel)

    async def of_month(self, post: Post) -> Entries:
        """The channel's monthly posts up to that month and their lines, the newest edition first."""
        here = posts.c.workspace == post.workspace, posts.c.channel == post.channel
        return await self._read(*here, is_of_month(), posts.c.edition <= post.edition, most=YEAR)

    async def enqueue(self, wanted: Iterable[Due], now: datetime) -> int:
        """Puts posts in the queue, silent ones as told; how many are new there or were parked.

        In a channel of which the database has known nothing for a lease the first try waits for one: perhaps
        it was lost a moment ago, and a request of its time may still be on its way.
        """
        added, coming, later = 0, iter(wanted), now + self.lease
        while batch := list(islice(coming, BATCH)):
            async with writing(self._engine) as connection:
                known = await _known_channels(connection, batch, now - self.lease)
                first_try = dict.fromkeys(known, now)
                values = [rows.queued(each, first_try.get(each.post.place, later), now) for each in batch]
                upserted = await connection.execute(self._upsert().returning(posts.c.channel), values)
                added += len(upserted.all())
        return added

    async def claim(self, now: datetime, most: int) -> list[Claim]:
        """Up to so many rows that may be sent now, the longest due first; never two of one channel."""
        values = self._claimed(now) | {"now": now, "since": now - PACE, "most": most}
        try:
            async with changing(self._single) as connection:
                found = (await connection.execute(self._claim, values)).mappings().all()
        except IntegrityError:  # another process took a row of the same channel at this moment
            return []
        return [rows.claim_of(row) for row in found]

    async def take(self, post: Post, now: datetime, *, again: bool = False) -> Claim | Taken:
        """Claims a row, queued or not, `again` a posted one too; else says that it is in hand or posted."""
        open_states = ["due", "parked", "refused", *(["posted"] if again else [])]
        claim = rows.CLAIM.where(_row(post), posts.c.state.in_(open_states) | rows.IS_LEFT)
        values = self._claimed(now) | {"now": now}
        try:
            async with writing(self._engine) as connection:
                await connection.execute(self._upsert(), rows.queued(Due(post, now), now, now))
                row = (await connection.execute(claim, values)).mappings().one_or_none()
        except IntegrityError:
            return "in_hand"
        if row:
            return rows.claim_of(row)
        return "posted" if (await self._read(_row(post)))[post].state == "posted" else "in_hand"

    async def renew(self, claim: Claim, now: datetime) -> bool:
        """A fresh lease on a claim; false where another has taken the row over meanwhile."""
        return await self._update(claim, lease_until=now + self.lease, changed_at=now)

    async def mark(self, claim: Claim, ts: str, now: datetime) -> bool:
        """The message stands in the channel, since the time that its ts tells."""
        sent_at = datetime.fromtimestamp(float(ts), UTC)
        return await self._settle(claim, "posted", now, ts=ts, sent_at=sent_at, why="")

    async def settle(self, claim: Claim, done: Delivery, now: datetime) -> bool:
        """Takes a row that was not posted out of the queue; or puts it back for the wait that Slack asked
        for, which is no try, else for a lease, twice that and so on, at most an hour.
        """
        if done.outcome in ("parked", "refused"):
            return await self._settle(claim, done.outcome, now, why=done.why)
        if done.outcome != "waiting":
            return False
        longer = min(self.lease * (1 << min(claim.tries - 1, 12)), LONGEST_WAIT)
        until, tries = now + (done.wait or longer), claim.tries if done.wait is None else claim.tries - 1
        return await self._settle(claim, "due", now, not_before=until, why=done.why, tries=tries)

    async def recall(self, wanted: Iterable[Post], now: datetime) -> None:
        """Puts what was put down as told into the queue after all."""
        told = and_(tuple_(*KEY).in_([astuple(each) for each in wanted]), posts.c.state == "told")
        await self._write(update(posts).where(told).values(state="due", not_before=now))

    async def set_aside(self, kind: str, state: State, why: str, now: datetime) -> None:
        """What waits of this kind, or is parked, is not sent any more."""
        waiting = and_(posts.c.kind == kind, posts.c.state.in_(("due", "parked")))
        await self._write(update(posts).where(waiting).values(state=state, why=why, changed_at=now))

    def _claimed(self, now: datetime) -> dict[str, Any]:
        holder, lease_until = uuid4().hex, now + self.lease
        return {"holder": holder, "lease_until": lease_until, "changed_at": now}

    def _upsert(self) -> Any:
        statement = insert_into(self._engine, posts)
        columns = ("state", "not_before", "changed_at", "why")
        return statement.on_conflict_do_update(
            index_elements=list(posts.primary_key),
            set_={name: statement.excluded[name] for name in columns},
            where=posts.c.state == "parked",
        )

    async def _settle(self, claim: Claim, state: State, now: datetime, **values: Any) -> bool:
        free = {"state": state, "holder": "", "lease_until": None, "changed_at": now}
        return await self._update(claim, **free | values)

    async def _update(self, claim: Claim, **values: Any) -> bool:
        own = _row(claim.post), posts.c.holder == claim.holder, posts.c.state == "claimed"
        return await self._write(update(posts).where(*own).values(values)) == 1

    async def _write(self, statement: Update) -> int:
        async with changing(self._single) as connection:
            return (await connection.execute(statement)).rowcount

    async def _read(self, *where: ColumnElement[bool], most: int | None = None) -> Entries:
        wanted = NEWEST_FIRST.where(*where).limit(most)
        async with self._single.connect() as connection:
            found = (await connection.execute(wanted)).mappings()
            return {rows.part(Post, row): rows.part(Entry, row) for row in found}


async def _known_channels(
    connection: AsyncConnection, wanted: Iterable[Due], since: datetime
) -> set[tuple[str, str]]:
    """Those that the database has known since then; what is newer may have been written after a loss."""
    places = list({due.post.place for due in wanted})
    place, asked_in = (posts.c.workspace, posts.c.channel), (inbox.c.team, inbox.c.channel)
    posted = select(*place).where(tuple_(*place).in_(places), posts.c.changed_at <= since)
    asked = select(*asked_in).where(tuple_(*asked_in).in_(places), inbox.c.taken_at <= since)
    return {(workspace, channel) for workspace, channel in await connection.execute(union(posted, asked))}


def _row(post: Post) -> ColumnElement[bool]:
    return and_(*(posts.c[name] == value for name, value in asdict(post).items()))
