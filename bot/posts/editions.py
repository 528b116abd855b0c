"""What a delivery asks others for: what the message says, and who wants it. Both are given by the wiring."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.messages.message import Message
from bot.posts.rows import Post
from bot.posts.subscription import Subscription
from bot.words import Language


@dataclass(frozen=True, slots=True)
class Edition:
    """The month's message as it stands now, and for a post in its thread the one line that is posted there.

    `question` is the question, as JSON, that a reply in the thread follows up. `oldest`: there is
    no such post from before then; where it is not given, from before the end of its month.
    """

    message: Message
    question: str
    line: Message | None = None
    oldest: datetime | None = None
    language: Language = "en"


class Editions(Protocol):
    """Renders posts."""

    def has(self, post: Post, subscription: Subscription, told: Collection[str]) -> bool:
        """Whether what the post is about is here; `told` are the later stages that it is taken to say."""

    def edition(self, post: Post, subscription: Subscription | None, late: timedelta | None) -> Edition:
        """What is posted; `late` is by how much it comes after its time, None where it is on time."""


class Subscribers(Protocol):
    """Who wants posts."""

    async def active(self) -> Sequence[Subscription]:
        """All that are neither paused nor parked."""

    async def get(self, workspace: str, channel: str) -> Subscription | None:
        """The channel's subscription."""

    async def park(self, workspace: str, channel: str, why: str) -> None:
        """No more posts there until somebody resumes it; `why` is one sentence."""
