"""What orders ask for, and what is done with one: the table and the ledger are changed together."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.alerts.firing import editions_out
from bot.dataset.calendar import Month
from bot.dataset.model import Series
from bot.messages.blocks import Message
from bot.messages.names import edition_name, moment_told
from bot.messages.slack_names import why_told
from bot.posts import order_list, schedule
from bot.posts.ledger import Ledger
from bot.posts.order import Monthly, Order
from bot.posts.order_messages import Editions, answered, fired, with_own_line
from bot.posts.order_store import OrderStore, Saved
from bot.posts.rows import BROKEN, Delivery, Due, Edition, Post
from bot.posts.schedule import Outlook
from bot.questions.condition import Condition
from bot.questions.question import Question
from bot.store.clock import utc_now
from bot.words import say

ChannelsOf = Callable[[str], Awaitable[Collection[str]]]  # the channels that a person is in
TellPeople = Callable[[Collection[str], Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class OrderService:
    """The orders, what the figures bring of them, and what was told."""

    store: OrderStore
    ledger: Ledger
    editions: Editions

    async def save(self, order: Order) -> Saved:
        """Waits for news from now on; what is out already is none, but for a monthly post."""
        if order.kind != "monthly":
            await self._hush(order)
        return await self.store.save(order)

    async def pause(self, order: Order, by: str) -> bool:
        """Tells nothing until it is resumed, nor later what was about to be told."""
        paused = await self.store.turn(order, "paused", by)
        await self.ledger.set_aside(order.id, "told", "order_paused", utc_now())
        return paused

    async def resume(self, order: Order, by: str) -> bool:
        """Tells news again, what the bot could not tell but of alerts not what came in a person's pause."""
        if order.state == "paused" and order.kind == "alert":
            await self._hush(order)
        return await self.store.turn(order, "active", by)

    async def delete(self, order: Order, by: str) -> bool:
        """Tells no more."""
        deleted = await self.store.delete(order, by)
        await self.ledger.set_aside(order.id, "refused", "order_deleted", utc_now())
        return deleted

    async def _hush(self, order: Order) -> None:
        """Writes down what is out already as told, so that it never is."""
        at, out = schedule.end_of(self.editions.today()), list[str]()
        match order.what:
            case Condition() as condition if self.knows(order):
                out = [*editions_out(condition, self.editions.record, self.editions.since)]
                # The end of what holds now is to come.
                out += [f"{edition}/back" for edition in out] if order.often == "crossing" else []
            case Question():
                month = schedule.plan(order, self.editions.record).newest
                out = [str(schedule.month_told(order, month))] if month else []
        await self.ledger.enqueue([Due(order.post(each), at, silent=True) for each in out], utc_now())

    def knows(self, order: Order) -> bool:
        """Whether it can be read, and the data has its series."""
        match order.what:
            case Condition(Series(name, flow)):
                return name in self.editions.record.catalogue and flow in self.editions.record.flows(name)
            case Question() | Monthly() as what:
                return {*what.commodities} <= self.editions.record.catalogue.keys()
        return False

    async def of_person(
        self, place: tuple[str, str], user: str, channels_of: ChannelsOf, now: datetime
    ) -> list[Outlook]:
        """The orders of the place and of the person's channels, and those that they alone are told."""
        workspace, here = place
        kept = await self.store.all(workspace)
        channels = await channels_of(user) if any(each.channel != here for each in kept) else ()
        theirs = [each for each in kept if each.channel in (here, *channels) or each.is_alone_for(user)]
        return await self.listed(theirs, now)

    async def ahead(self, order: Order, now: datetime) -> Outlook:
        """What comes next of it, after what its channel has."""
        return (await self.listed([order], now))[0]

    async def history(self, order: Order) -> Message:
        """What was posted in its channel, and who changed what."""
        orders, changes = await self.store.of_channel(*order.place), await self.store.changes(*order.place)
        entries = await self.ledger.of_channel(*order.place)
        return order_list.history(orders, order.channel, entries, changes, self.editions.record.catalogue)

    async def listed(self, orders: Sequence[Order], now: datetime) -> list[Outlook]:
        """The orders with what comes next of each, and with what it told last."""
        told: dict[tuple[tuple[str, str], str], list[tuple[Month, datetime | None]]] = defaultdict(list)
        for place in {each.place for each in orders}:
            for post, entry in (await self.ledger.of_channel(*place)).items():  # the newest edition first
                if entry.state in ("posted", "told") and post.edition != BROKEN:
                    told[place, post.kind].append((Month.from_text(post.edition[:7]), entry.sent_at))
        return [self._listed(each, told[each.place, each.post_kind], now) for each in orders]

    def _listed(self, order: Order, told: Sequence[tuple[Month, datetime | None]], now: datetime) -> Outlook:
        last = next(((month, at) for month, at in told if at), None)
        if not self.knows(order):
            return Outlook(order, last=last)
        newest = told[0][0] if told else None  # what was out before the order was has no moment
        return replace(schedule.plan(order, self.editions.record).outlook(now, newest), last=last)

    async def due(self, now: datetime, standing: Collection[Post]) -> list[Due]:
        """Returns what is to be told and not in the ledger; ends what was to be told once and is."""
        active = await self.store.active()
        # With a day more: where it is another day than here.
        told = await self.ledger.told(schedule.end_of(self.editions.since) - timedelta(days=2))
        for order in schedule.told_once(active, told):
            if await self.store.turn(order, "done"):
                await self.ledger.set_aside(order.id, "refused", "order_done", utc_now())
        known = [each for each in active if self.knows(each)]
        lost = [Due(Post(*each.place, each.id, BROKEN), now) for each in active if not self.knows(each)]
        alerts, news = [each for each in known if each.kind == "alert"], self.editions.news
        if alerts:
            await asyncio.to_thread(lambda: [*map(news, alerts)])
        posts = schedule.due(now, known, self.editions.dataset.on(now.date()), standing)
        return [*posts, *schedule.alerts_due(now, alerts, news, told), *lost]

    async def edition(self, post: Post, late: timedelta | None) -> Edition | Delivery:
        """What is posted, as long as somebody wants it and its figures are here, in this process too."""
        order = await self.of(post)
        if order is None or order.state != "active":
            state = order.state if order else "deleted"
            waits = state == "parked" or post.is_of_month  # a month is due again once it is wanted
            return Delivery("parked" if waits else "refused", f"order_{state}")
        if not self.knows(order):
            return Delivery("parked", "no_series" if order.what else "order_unread", on_hold=True)
        if order.often == "once" and schedule.told_once([order], await self.ledger.of_channel(*order.place)):
            return Delivery("refused", "order_done")
        made = await self._made(order, post, late)
        return with_own_line(made, order) if isinstance(made, Edition) else made

    async def _made(self, order: Order, post: Post, late: timedelta | None) -> Edition | Delivery:
        match order.what:
            case Condition():
                news = (each for each in self.editions.news(order) if each.edition == post.edition)
                made = next((fired(order, each, self.editions.record, late) for each in news), None)
                return made or Delivery("waiting", "no_more")
            case Question():
                found = answered(order, Month.from_text(post.edition), self.editions.record, late)
                return found or Delivery("waiting", "no_figures_here")
        entries = await self.ledger.of_month(post)
        month = [(each, entry) for each, entry in entries.items() if each.edition == post.edition]
        stages = tuple(sorted(each.kind for each, entry in month if entry.state == "told"))
        if not self.editions.has(post, order, stages):
            return Delivery("waiting", "no_figures_here")
        summary = replace(self.editions.edition(post, order, late), stages=stages)
        if order.only_notable and not summary.is_notable:
            return Delivery("refused", "nothing_notable")
        return self.editions.with_changes(summary, post, order, entries)

    async def of(self, post: Post) -> Order | None:
        """The order that asks for a post; None where it was deleted."""
        if post.is_of_month:
            return await self.store.monthly(*post.place)
        return await self.store.get(post.kind)

    async def park(self, post: Post, why: str, tell: TellPeople) -> None:
        """Tells who asked for it, then parks the order that cannot be told, else all of its channel."""
        order = await self.of(post)
        if order and not self.knows(order):  # told first: a crash in between tells twice, and not never
            await tell({order.created_by}, order_list.on_hold(order, why))
            await self.store.turn(order, "parked", why=why)
        else:
            theirs = await self.store.of_channel(*post.place)
            owners = {each.changed_by or each.created_by for each in theirs if each.state == "active"}
            await tell(owners, order_list.on_hold_here(post, order, why))
            await self.store.park_channel(*post.place, why)

    async def send_now(self, order: Order, now: datetime) -> str:
        """Puts the newest edition into the queue, whatever the time; what came of it, in a sentence."""
        plan = schedule.plan(order, self.editions.record)
        if order.state != "active" or plan.newest is None:
            return say("replies.nothing_to_send" if order.state == "active" else "replies.none_active")
        wanted = [*plan.posts(plan.newest, now)]
        post = wanted[0].post
        entry = (await self.ledger.of_channel(*order.place)).get(post)
        name = edition_name(Month.from_text(post.edition))
        if entry and entry.state == "posted" and entry.sent_at:
            return say("replies.stands_since", month=name, moment=moment_told(entry.sent_at, order.zone))
        if entry and entry.state in ("refused", "due") and entry.why:
            return say(f"replies.unsent_{entry.state}", month=name, why=why_told(entry.why))
        await self.ledger.enqueue(wanted, utc_now())
        await self.ledger.recall([post], utc_now())
        return say("replies.on_its_way", month=name)
