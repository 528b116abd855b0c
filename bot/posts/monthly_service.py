"""What the channels' subscriptions ask for."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.posts.due import due
from bot.posts.ledger import Ledger
from bot.posts.order import Subscription
from bot.posts.rows import Due, Edition, Post, Unwanted
from bot.posts.subscriptions import Subscriptions
from bot.posts.summaries import Summaries
from bot.words import say


@dataclass(frozen=True, slots=True)
class MonthlyService:
    """The subscriptions, and the months that they are told."""

    store: Subscriptions
    summaries: Summaries
    ledger: Ledger

    async def due(self, now: datetime, ledger: AbstractSet[Post]) -> list[Due]:
        """What should be in the ledger and is not, as the subscriptions and the record stand now."""
        dataset = self.summaries.dataset.on(now.date())
        return due(now, await self.store.active(), dataset, ledger)

    async def order(self, post: Post, late: timedelta | None) -> Edition | Unwanted:
        """Returns the month while the channel is subscribed and its figures are here, in this process too."""
        subscription = await self.store.get(post.workspace, post.channel)
        if subscription is None or subscription.state != "active":
            state = subscription.state if subscription else "deleted"
            return Unwanted(say(f"troubles.subscription_{state}"))
        if not self.summaries.has(post, subscription, await self.ledger.stages_told(post)):
            return Unwanted(say("troubles.no_figures_here"), "waiting")
        return self.summaries.edition(post, subscription, late)

    async def owners(self, post: Post) -> Collection[str]:
        """Who changed the subscription last."""
        subscription = await self.store.get(post.workspace, post.channel)
        return {subscription.owner} if subscription else set()

    async def park(self, post: Post, why: str) -> None:
        """Parks the subscription of its channel."""
        await self.store.park(Subscription(post.workspace, post.channel), why)
