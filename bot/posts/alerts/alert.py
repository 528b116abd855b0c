"""What somebody wants to be told of, and where."""

import datetime as dt
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Literal

from bot.posts.rows import ALERT
from bot.questions.condition import Condition
from bot.store.clock import utc_now
from bot.words import Language

State = Literal["active", "paused", "parked", "done"]


def new_id() -> str:
    """An id that no other alert has: the kind of its posts."""
    return f"{ALERT}{token_hex(8)}"


@dataclass(frozen=True, slots=True)
class Alert:
    """A condition, told in a channel; None where the stored one cannot be read.

    paused: by a person; parked: by the bot, `why` says it; done: told once, as it was to be. The channel is
    that in which it was asked for, or its maker's conversation with the bot, which is theirs alone.
    """

    workspace: str
    channel: str
    condition: Condition | None
    created_by: str
    id: str = field(default_factory=new_id)
    language: Language = "en"
    state: State = "active"
    why: str = ""
    changed_by: str = ""
    created_at: dt.datetime = field(default_factory=utc_now)
    changed_at: dt.datetime = field(default_factory=utc_now)

    @property
    def once(self) -> bool:
        """Whether it ends with its first message."""
        return self.condition is not None and self.condition.once

    @property
    def is_own(self) -> bool:
        """Whether its maker alone is told."""
        return self.channel.startswith("D")
