"""What a claimed row of the ledger asks for: what is posted, or why nothing is any more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

from bot.messages.message import Message
from bot.posts.editions import Edition, Editions, Subscribers
from bot.posts.ledger import Ledger
from bot.posts.rows import Post
from bot.words import say


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Why a row is not posted now, and what becomes of it: parked until what asked for it is resumed, refused
    for good, or looked at again in a while. With a `notice` to its owners what asked for it is parked too.
    """

    why: str
    fate: Literal["parked", "refused", "waiting"] = "parked"
    notice: Message | None = None


class Orders(Protocol):
    """Knows who wants a post, and what it says."""

    async def order(self, post: Post, late: timedelta | None) -> Edition | Unwanted:
        """What is posted; `late` is by how much it comes after its time, None where it is on time."""

    async def owners(self, post: Post) -> Collection[str]:
        """The people who are told that nothing can be posted there."""

    async def park(self, post: Post, why: str) -> None:
        """Nothing more of its kind there until somebody resumes it; `why` is one sentence."""


@dataclass(frozen=True, slots=True)
class Monthly:
    """What the channels' subscriptions ask for."""

    subscribers: Subscribers
    editions: Editions
    ledger: Ledger

    async def order(self, post: Post, late: timedelta | None) -> Edition | Unwanted:
        """The month, as long as the channel is subscribed; once its figures are here, since the process that
        queued it may have had them first.
        """
        subscription = await self.subscribers.get(post.workspace, post.channel)
        if subscription is None or subscription.state != "active":
            state = subscription.state if subscription else "deleted"
            return Unwanted(say(f"troubles.subscription_{state}"))
        if not self.editions.has(post, subscription, await self.ledger.stages_told(post)):
            return Unwanted(say("troubles.no_figures_here"), "waiting")
        return self.editions.edition(post, subscription, late)

    async def owners(self, post: Post) -> Collection[str]:
        """Who changed the subscription last."""
        subscription = await self.subscribers.get(post.workspace, post.channel)
        return {subscription.changed_by or subscription.created_by} if subscription else set()

    async def park(self, post: Post, why: str) -> None:
        """The subscription of its channel."""
        await self.subscribers.park(post.workspace, post.channel, why)


@dataclass(frozen=True, slots=True)
class ByKind:
    """The orders of months, and those of alerts."""

    monthly: Orders
    alerts: Orders

    async def order(self, post: Post, late: timedelta | None) -> Edition | Unwanted:
        """What its own kind asks for."""
        return await self._of(post).order(post, late)

    async def owners(self, post: Post) -> Collection[str]:
        """Those of its own kind."""
        return await self._of(post).owners(post)

    async def park(self, post: Post, why: str) -> None:
        """Its own kind."""
        await self._of(post).park(post, why)

    def _of(self, post: Post) -> Orders:
        return self.alerts if post.is_alert else self.monthly
