"""A row of the ledger: what it is about, what it says, and how it is written and read. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, RowMapping, and_

from bot.store.clock import in_utc
from bot.store.tables import posts

MONTHLY = "monthly"
ALERT = "alert-"  # how the kinds of alerts begin, which are their ids

Taken = Literal["held", "posted"]
State = Literal["due", "claimed", "posted", "parked", "refused", "told"]


@dataclass(frozen=True, order=True, slots=True)
class Post:
    """What is posted once: this edition of this kind of post in this channel of this workspace.

    The kind is `monthly`, a later stage of a month, which goes into its thread, or the id of an alert; the
    edition is the month, of an alert what it fires at.
    """

    workspace: str
    channel: str
    kind: str
    edition: str

    @property
    def is_alert(self) -> bool:
        """Whether it is what an alert fires."""
        return self.kind.startswith(ALERT)

    @property
    def label(self) -> str:
        """What it is counted as: month, with its lines, or alert."""
        return "alert" if self.is_alert else "month"

    @property
    def is_line(self) -> bool:
        """Whether it goes into the thread of its month's message."""
        return not self.is_alert and self.kind != MONTHLY


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of a post; `why` is what its last try came to where that was not a message."""

    state: State
    due_at: datetime
    lease_until: datetime | None = None
    sent_at: datetime | None = None
    ts: str | None = None
    tries: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that is ours until its lease is over; `holder` is this claim's own, no two claims share one."""

    post: Post
    holder: str
    due_at: datetime
    tries: int


def queued(post: Post, due_at: datetime, not_before: datetime, now: datetime) -> dict[str, Any]:
    """A row of the queue as it is written."""
    times = {"due_at": utc(due_at), "not_before": utc(not_before), "changed_at": utc(now)}
    return key(post) | {"state": "due", "holder": "", "why": ""} | times


def place(post: Post) -> tuple[str, str]:
    """Workspace and channel."""
    return post.workspace, post.channel


def key(post: Post) -> dict[str, str]:
    """The primary key by column."""
    return {
        "workspace": post.workspace,
        "channel": post.channel,
        "kind": post.kind,
        "edition": post.edition,
    }


def is_row(post: Post) -> ColumnElement[bool]:
    """The one row of a post."""
    return and_(*(posts.c[name] == value for name, value in key(post).items()))


def is_of_alert(row: FromClause = posts) -> ColumnElement[bool]:
    """Every row that an alert has fired."""
    return row.c.kind.startswith(ALERT)


def same_month(post: Post) -> ColumnElement[bool]:
    """Every row of its channel that is about its month, with the stages; what alerts fire is not."""
    return and_(
        posts.c.workspace == post.workspace,
        posts.c.channel == post.channel,
        posts.c.edition == post.edition,
        ~is_of_alert(),
    )


def post_of(row: RowMapping) -> Post:
    """Which post a row is."""
    return Post(row["workspace"], row["channel"], row["kind"], row["edition"])


def entry_of(row: RowMapping) -> Entry:
    """What a row says."""
    return Entry(
        state=row["state"],
        due_at=in_utc(row["due_at"]),
        lease_until=_from_utc(row["lease_until"]),
        sent_at=_from_utc(row["sent_at"]),
        ts=row["ts"],
        tries=row["tries"],
        why=row["why"],
    )


def claim_of(row: RowMapping) -> Claim:
    """A claimed row as its holder knows it."""
    return Claim(post_of(row), row["holder"], in_utc(row["due_at"]), row["tries"])


def utc(moment: datetime) -> datetime:
    """The moment in UTC, as it is kept."""
    return moment.astimezone(UTC)


def _from_utc(moment: datetime | None) -> datetime | None:
    return moment and in_utc(moment)
