"""What the channels' subscriptions ask for."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.posts.due import due, newest_now
from bot.posts.ledger import Ledger
from bot.posts.order import Subscription
from bot.posts.rows import Due, Edition, Post, Unwanted
from bot.posts.subscriptions import Subscriptions
from bot.posts.summaries import Summaries
from bot.posts.troubles import why_told
from bot.posts.wording import edition_name, for_reader
from bot.store.clock import utc_now
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


async def send_now(own: Subscription | None, ledger: Ledger, dataset: Dataset, now: datetime) -> str:
    """Puts the newest month into the queue, whatever the time; what came of it, in a sentence."""
    if own is None or own.state != "active":
        return say("replies.none_active")
    wanted = newest_now(now, own, dataset)
    if not wanted:
        return say("replies.nothing_to_send")
    post = wanted[0].post
    entry = (await ledger.of_channel(*own.place)).get(post)
    name = edition_name(Month.from_text(post.edition))
    if entry and entry.state == "posted" and entry.sent_at:
        return say("replies.stands_since", month=name, moment=for_reader(entry.sent_at, own.zone))
    if entry and entry.state in ("refused", "due") and entry.why:
        return say(f"replies.unsent_{entry.state}", month=name, why=why_told(entry.why))
    await ledger.enqueue(wanted, utc_now())
    return say("replies.on_its_way", month=name)
