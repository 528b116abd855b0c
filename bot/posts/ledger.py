"""The ledger: one row for each edition in each channel. Who holds the row may post, and nobody else.

A row goes claimed → posted. A claim has a holder and a lease, so that a process that died does not hold it
for ever; whoever takes such a row over looks in the channel first, since the message may stand there already.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import ColumnElement, RowMapping, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import posts

# Renewed right before the message is sent, so it need only outlast one request and its waits.
LEASE = timedelta(minutes=3)

State = Literal["claimed", "posted"]
Claim = Literal["ours", "held", "posted"]


@dataclass(frozen=True, order=True, slots=True)
class Post:
    """What is posted once: this edition of this kind of post in this channel of this workspace."""

    workspace: str
    channel: str
    kind: str
    edition: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of a post."""

    state: State
    lease_until: datetime | None

    def open_at(self, now: datetime) -> bool:
        """Whether the post was left half-way and may be taken over."""
        return self.state == "claimed" and (self.lease_until is None or self.lease_until <= now)


class Ledger:
    """The table of posts; each Ledger is a holder of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine, self._holder = engine, uuid4().hex

    async def entries(self) -> Mapping[Post, Entry]:
        """Everything in the ledger."""
        async with self._engine.connect() as connection:
            rows = (await connection.execute(select(posts))).mappings().all()
        return {_post(row): Entry(row["state"], _utc(row["lease_until"])) for row in rows}

    async def claim(self, post: Post, now: datetime, *, again: bool = False) -> Claim:
        """'ours' for the one who may post now; else whether it is posted, or held by another.

        With `again` a posted row is opened once more; a row that another holds stays theirs.
        """
        free = and_(posts.c.state == "claimed", posts.c.lease_until <= _utc(now))
        if await self._update(
            post, self._claimed(now), free | (posts.c.state == "posted") if again else free
        ):
            return "ours"
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(posts).values(**_key(post), **self._claimed(now)))
        except IntegrityError:
            entry = (await self.entries()).get(post)
            return "posted" if entry and entry.state == "posted" else "held"
        return "ours"

    async def renew(self, post: Post, now: datetime) -> bool:
        """A fresh lease on a claim of ours; false where another has taken it over meanwhile."""
        return await self._update(post, self._claimed(now), self._ours)

    async def mark(self, post: Post, ts: str, now: datetime) -> None:
        """The message stands in the channel."""
        values = {"state": "posted", "ts": ts, "lease_until": None, "changed_at": _utc(now)}
        await self._update(post, values, self._ours)

    async def release(self, post: Post) -> None:
        """Gives a claim back: it is certain that nothing was posted."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(posts).where(_is(post), self._ours))

    @property
    def _ours(self) -> ColumnElement[bool]:
        return and_(posts.c.state == "claimed", posts.c.holder == self._holder)

    def _claimed(self, now: datetime) -> dict[str, Any]:
        lease = _utc(now + LEASE)
        return {"state": "claimed", "holder": self._holder, "lease_until": lease, "changed_at": _utc(now)}

    async def _update(self, post: Post, values: Mapping[str, Any], where: ColumnElement[bool]) -> bool:
        async with self._engine.begin() as connection:
            result = await connection.execute(update(posts).where(_is(post), where).values(**values))
        return result.rowcount == 1


def _key(post: Post) -> dict[str, str]:
    return {
        "workspace": post.workspace,
        "channel": post.channel,
        "kind": post.kind,
        "edition": post.edition,
    }


def _is(post: Post) -> ColumnElement[bool]:
    return and_(*(posts.c[name] == value for name, value in _key(post).items()))


def _post(row: RowMapping) -> Post:
    return Post(row["workspace"], row["channel"], row["kind"], row["edition"])


def _utc(moment: datetime | None) -> datetime | None:
    """In UTC, which SQLite keeps without saying so."""
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
