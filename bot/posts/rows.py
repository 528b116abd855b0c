"""A row of the ledger: what it is about, what it asks for, and how it is written and read. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, RowMapping

from bot.dataset.releases import STAGES
from bot.messages.message import Message
from bot.store.tables import posts

MONTHLY = "monthly"
BROKEN = "broken"  # in the place of an edition: of an order that cannot be read
OF_MONTH = (MONTHLY, *STAGES)  # the kinds of a month; every other is the id of an order

Taken = Literal["held", "posted"]
Outcome = Literal["posted", "already", "held", "waiting", "parked", "refused", "unknown"]
State = Literal["due", "claimed", "posted", "parked", "refused", "told"]


@dataclass(frozen=True, order=True, slots=True)
class Post:
    """What is posted once: this edition of this kind of post in this channel of this workspace.

    The kind is `monthly`, a later stage of a month, which goes into its thread, or the id of another order;
    the edition is the month, of an alert what it fires at.
    """

    workspace: str
    channel: str
    kind: str
    edition: str

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
    """What the ledger says of a post; `why` is what its last try came to where that was not a message."""

    state: State
    due_at: datetime
    lease_until: datetime | None = None
    sent_at: datetime | None = None
    ts: str | None = None
    tries: int = 0
    why: str = ""


Entries = Mapping[Post, Entry]


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


def is_of_month(row: FromClause = posts) -> ColumnElement[bool]:
    """Every row of a monthly post, its lines among them."""
    return row.c.kind.in_(OF_MONTH)


def entries_of(rows: Iterable[RowMapping]) -> Entries:
    """What rows say, by the posts that they are."""
    return {_post(row): Entry(**{each.name: row[each.name] for each in fields(Entry)}) for row in rows}


def claim_of(row: RowMapping) -> Claim:
    """A claimed row as its holder knows it."""
    return Claim(_post(row), row["holder"], row["due_at"], row["tries"])


def _post(row: RowMapping) -> Post:
    return Post(row["workspace"], row["channel"], row["kind"], row["edition"])


@dataclass(frozen=True, slots=True)
class Edition:
    """The month's message as it stands now, and for a post in its thread the one line that is posted there.

    `question` is the question, as JSON, that a reply in the thread follows up. `oldest`: there is no such
    post from before then; where it is not given, from before the end of its month. `stages`: the later ones
    that the month's message tells from the first. `is_notable`: something stands out in it.
    """

    message: Message
    question: str
    line: Message | None = None
    oldest: datetime | None = None
    stages: tuple[str, ...] = ()
    is_notable: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it went with a row, and why where it was not posted.

    waiting: surely not posted, tried again later, after `wait` where Slack said how long. parked: until what
    asked for it is resumed; `on_hold`: that is parked too, and its owners told. refused: for good. unknown:
    perhaps posted; once the lease is over, whoever takes it up looks.
    """

    outcome: Outcome
    why: str = ""
    wait: timedelta | None = None
    on_hold: bool = False
