"""What somebody wants to be told in a channel: a standing order, for the monthly post or for an alert."""

import datetime as dt
from dataclasses import KW_ONLY, dataclass, field
from secrets import token_hex
from typing import Literal
from zoneinfo import ZoneInfo

from bot.dataset.calendar import Month
from bot.posts.rows import ALERT, MONTHLY, Post
from bot.questions.condition import Condition
from bot.store.clock import utc_now
from bot.words import Language

At = Literal["flash", "complete", "cron"]
State = Literal["active", "paused", "parked", "done"]

SHANGHAI = "Asia/Shanghai"
# In the place of a person who is not to be named any more; blank would be the environment.
FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be told in a channel until somebody ends it, in which language, and who wants that.

    paused: by a person; parked: by the bot, `why` says it; done: told once, as it was to be. A blank
    `created_by` is the environment's ALUMINA_CHANNEL, FORGOTTEN a person who is no longer named.
    """

    workspace: str
    channel: str
    _: KW_ONLY
    language: Language = "en"
    state: State = "active"
    why: str = ""
    created_by: str = ""
    changed_by: str = ""
    created_at: dt.datetime = field(default_factory=utc_now)
    changed_at: dt.datetime = field(default_factory=utc_now)

    @property
    def place(self) -> tuple[str, str]:
        """Workspace and channel."""
        return self.workspace, self.channel

    @property
    def owner(self) -> str:
        """Who is told of its troubles: whoever changed it last."""
        return self.changed_by or self.created_by


@dataclass(frozen=True, slots=True)
class Subscription(Order):
    """A channel's monthly post, of which it has one.

    `commodities` are ids of the catalogue, none of them means everything. `at` is the news that is waited
    for: the flash, the complete month, or the next of a crontab's times (`cron`, five fields) once the month
    is complete; without a cron nothing is posted before `time` in `zone`.
    """

    commodities: tuple[str, ...] = ()
    at: At = "complete"
    cron: str = ""
    time: dt.time = dt.time(9)
    zone: str = SHANGHAI

    @property
    def tz(self) -> ZoneInfo:
        """The zone as datetime takes it."""
        return ZoneInfo(self.zone)

    def post(self, month: Month, kind: str = MONTHLY) -> Post:
        """The month's message, or the line of a stage in its thread."""
        return Post(self.workspace, self.channel, kind, str(month))


@dataclass(frozen=True, slots=True)
class Alert(Order):
    """A condition, told in a channel; None where the stored one cannot be read.

    The channel is that in which it was asked for, or its maker's conversation with the bot, which is theirs
    alone. The id, which no other alert has, is the kind of its posts.
    """

    condition: Condition | None
    id: str = field(default_factory=lambda: f"{ALERT}{token_hex(8)}")

    @property
    def once(self) -> bool:
        """Whether it ends with its first message."""
        return self.condition is not None and self.condition.once

    @property
    def is_own(self) -> bool:
        """Whether its maker alone is told."""
        return self.channel.startswith("D")

    def post(self, edition: str) -> Post:
        """What it tells at this edition."""
        return Post(self.workspace, self.channel, self.id, edition)
