"""A row of the ledger: what it asks for, how it is written, read, and claimed within one statement."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

import sqlalchemy as sa
from sqlalchemy.sql.dml import ReturningUpdate

from bot.dataset.releases import STAGES
from bot.messages.blocks import Message
from bot.store.tables import posts

MONTHLY = "monthly"
BROKEN = "broken"  # in the place of an edition: of an order that cannot be read
OF_MONTH = (MONTHLY, *STAGES)  # the kinds of a month; every other is the id of an order

PACE = timedelta(seconds=1)  # Slack takes about one message a second in a channel
KEY = tuple(posts.primary_key)
NOW, SINCE = (sa.bindparam(name, type_=posts.c.changed_at.type) for name in ("now", "since"))
CLAIM = sa.update(posts).values(state="claimed", tries=posts.c.tries + 1).returning(posts)

Where = sa.ColumnElement[bool]
Taken = Literal["in_hand", "posted"]
Outcome = Literal["posted", "already", "in_hand", "waiting", "parked", "refused", "unknown"]
State = Literal["due", "claimed", "posted", "parked", "refused", "told"]


@dataclass(frozen=True, order=True, slots=True)
class Post:
    """What is posted once: this edition of this kind of post in this channel of this workspace."""

    workspace: str
    channel: str
    kind: str  # `monthly`, a later stage of a month, which goes into its thread, or the id of another order
    edition: str  # the month, of an alert what it fires at

    @property
    def place(self) -> tuple[str, str]:
        """Workspace and channel."""
        return self.workspace, self.channel

    @property
    def is_of_month(self) -> bool:
        """Whether it is a monthly post or a line below one."""
        return self.kind in OF_MONTH

    @property
    def label(self) -> str:
        """What it is counted as: month, with its lines, question or alert."""
        return "month" if self.is_of_month else self.kind.partition("-")[0]

    @property
    def is_line(self) -> bool:
        """Whether it goes into the thread of its month's message."""
        return self.is_of_month and self.kind != MONTHLY


@dataclass(frozen=True, slots=True)
class Due:
    """A post that belongs into the ledger, since when; `silent`: said already, and put down as told."""

    post: Post
    due_at: datetime
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of a post."""

    state: State
    due_at: datetime
    lease_until: datetime | None = None
    sent_at: datetime | None = None
    ts: str | None = None
    tries: int = 0
    why: str = ""  # what its last try came to where that was not a message


Entries = Mapping[Post, Entry]
T = TypeVar("T", Post, Entry)


def late_by(due_at: datetime, sent_at: datetime) -> timedelta | None:
    """By how much a post is late; None where it is on time, a day's delay included."""
    return late if (late := sent_at - due_at) > timedelta(days=1) else None


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that is ours until its lease is over; `holder` is this claim's own, no two claims share one."""

    post: Post
    holder: str
    due_at: datetime
    tries: int


def queued(due: Due, not_before: datetime, now: datetime) -> dict[str, Any]:
    """A row of the queue as it is written."""
    times = {"due_at": due.due_at, "not_before": not_before, "changed_at": now}
    return asdict(due.post) | {"state": "told" if due.silent else "due", "holder": "", "why": ""} | times


def is_of_month(row: sa.FromClause = posts) -> Where:
    """Every row of a monthly post, its lines among them."""
    return row.c.kind.in_(OF_MONTH)


def claim_of(row: sa.RowMapping) -> Claim:
    """A claimed row as its holder knows it."""
    return Claim(part(Post, row), row["holder"], row["due_at"], row["tries"])


def part(made: type[T], row: sa.RowMapping) -> T:
    """The part of a row that is of this type."""
    return made(*(row[name] for name in made.__match_args__))


@dataclass(frozen=True, slots=True)
class Edition:
    """The month's message as it stands now, and for a post in its thread the `line` posted there."""

    message: Message
    question: str  # that a reply in the thread follows up, as JSON
    line: Message | None = None
    oldest: datetime | None = None  # there is no such post from before then; else before its month's end
    stages: tuple[str, ...] = ()  # the later ones that the month's message tells from the first
    is_notable: bool = False  # something stands out in it


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it went with a row, and why where it was not posted.

    waiting: surely not posted, tried again later. parked: until what asked for it is resumed. refused: for
    good. unknown: perhaps posted; once the lease is over, whoever takes it up looks.
    """

    outcome: Outcome
    why: str = ""
    wait: timedelta | None = None  # where Slack said how long
    on_hold: bool = False  # what asked for it is parked too, and its owners told


def _state(row: sa.FromClause, state: str) -> Where:
    # Written out in the statement, without which the indexes of one state alone could not be used.
    return row.c.state == sa.literal_column(f"'{state}'")


IS_LEFT = sa.and_(_state(posts, "claimed"), posts.c.lease_until <= NOW)  # half-way: its lease is over


def claim_some(ours: Where) -> ReturningUpdate[Any]:
    """Claims so many (`most`) of our rows, the longest due; PostgreSQL skips one that another is claiming."""
    is_free = IS_LEFT | sa.and_(_state(posts, "due"), posts.c.not_before <= NOW)
    # Sorted first: what else is in a row's channel is looked up until there are enough, and not for them all.
    free = sa.select(posts).where(ours, is_free).order_by(posts.c.due_at).offset(0).subquery()
    chosen = (
        sa.select(*(free.c[column.name] for column in KEY))
        .where(~_busy(free), ~_behind(free), ~_early(free))
        .limit(sa.bindparam("most", type_=sa.Integer))
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    return CLAIM.where(sa.tuple_(*KEY).in_(sa.select(chosen)))


def _busy(row: sa.FromClause) -> Where:
    """Another row of the channel is on its way, or was left half-way and goes first, or was just sent."""
    other = posts.alias()
    on_the_way = sa.and_(_state(other, "claimed"), sa.tuple_(*_own(other)) != sa.tuple_(*_own(row)))
    just_sent = sa.and_(_state(other, "posted"), other.c.changed_at > SINCE)
    return _beside(row, other, on_the_way | just_sent)


def _behind(row: sa.FromClause) -> Where:
    """It waits in the queue, and another row of its channel that may be sent now comes before it."""
    other = posts.alias()
    is_before = sa.tuple_(other.c.due_at, *_own(other)) < sa.tuple_(row.c.due_at, *_own(row))
    may_go = sa.and_(_state(other, "due"), other.c.not_before <= NOW, is_before, ~_early(other))
    return _beside(row, other, _state(row, "due"), may_go)


def _early(row: sa.FromClause) -> Where:
    """It waits to go under its month's message, which itself waits, perhaps until Slack lets us go on."""
    month = posts.alias()
    is_line = sa.and_(row.c.kind != MONTHLY, is_of_month(row))
    its = sa.and_(month.c.kind == MONTHLY, month.c.edition == row.c.edition, month.c.ts.is_(None))
    return _beside(row, month, _state(row, "due"), is_line, its, _state(month, "due"))


def _beside(row: sa.FromClause, other: sa.FromClause, *where: Where) -> Where:
    """The channel has another row of which all this holds."""
    same_channel = other.c.workspace == row.c.workspace, other.c.channel == row.c.channel
    # Without the offset PostgreSQL joins the table with itself, slowly while it has no statistics of it.
    return sa.exists(sa.select(sa.literal_column("1")).where(*same_channel, *where).offset(0))


def _own(row: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    return row.c.edition, row.c.kind  # which tell the rows of one channel apart
