"""Queues what is due, every minute; claims a few rows at a time, each delivered in a task of its own."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from bot import logs, metrics
from bot.dataset.calendar import Month
from bot.messages.blocks import Message
from bot.posts.ledger import Ledger
from bot.posts.order_service import OrderService
from bot.posts.post_claimed import Way, deliver
from bot.posts.rows import Claim, Delivery, Edition, Post, late_by
from bot.slack.installs.workspaces import Clients
from bot.slack.sending import send
from bot.slack.threads import Contexts
from bot.slack.trouble import SlackTrouble
from bot.store.clock import Clock, utc_now
from bot.store.tables import FORGOTTEN
from bot.ticking import ticking

MONTHS_BACK = 6  # older editions are not looked at: only the newest is ever caught up on
AT_ONCE = 16
LOOK_SECONDS = 1.0
TRIES = 6  # within half an hour: whether the figures of a post have come to this process
LAST_SECONDS = 7.0  # platforms kill a process some ten seconds after they asked it to end

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Person:
    """A person by their id, which is theirs in one workspace alone."""

    workspace: str
    user: str


@dataclass(frozen=True, slots=True)
class Office:
    """What the courier works with; `orders` know who wants a post, and what it says."""

    ledger: Ledger
    clients: Clients
    orders: OrderService
    clock: Clock  # the time that leases are counted in
    timeout_seconds: float
    owner: Person | None = None  # told too of what was parked in their own workspace
    now: Clock = utc_now  # of the day that the bot lives on
    contexts: Contexts | None = None

    async def deliver(self, claim: Claim) -> Delivery:
        """Delivers one row; where its channel or token does not let us, what asked for it is parked first."""
        post, late = claim.post, late_by(claim.due_at, self.now())
        try:
            made = await self.orders.edition(post, late)
        except Exception:  # so that its channel does not wait for what cannot be made
            await self.ledger.settle(claim, Delivery("waiting", "not_made"), self.clock())
            raise
        done = await self._post(claim, made)
        if done.outcome == "posted" and late:
            metrics.LATE(post.label).inc()
        if done.on_hold:
            await self.orders.park(post, done.why, partial(self._tell, post.workspace))
        await self.ledger.settle(claim, done, self.clock())
        return done

    async def _post(self, claim: Claim, made: Edition | Delivery) -> Delivery:
        if isinstance(made, Delivery):
            # An edition is not given up: whichever process has its figures queues it anew.
            given_up = Delivery("refused" if claim.post.label == "alert" else "parked", made.why)
            return given_up if made.outcome == "waiting" and claim.tries >= TRIES else made
        try:
            client = await self.clients.client_of(claim.post.workspace)
        except LookupError as missing:
            return Delivery("parked", str(missing))
        way = Way(client, self.ledger, self.clock, self.timeout_seconds, self.contexts)
        return await deliver(claim, made, way)

    async def _tell(self, workspace: str, people: Collection[str], message: Message) -> None:
        told = {Person(workspace, each) for each in {*people} - {"", FORGOTTEN}}
        if self.owner and self.owner.workspace == workspace:
            told.add(self.owner)
        for each in told:
            await tell(each, message, self.clients)


class Courier:
    """Delivers until it is closed; `woken` is set where there may be something to deliver."""

    def __init__(self, office: Office, look_seconds: float = LOOK_SECONDS) -> None:
        self._office, self.look_seconds = office, look_seconds
        self._tasks: dict[asyncio.Task[Delivery], Post] = {}
        self.woken = asyncio.Event()
        self._closing = False

    async def close(self, within_seconds: float = LAST_SECONDS) -> None:
        """Nothing new is claimed; what is on its way ends, or is broken off and left to the lease."""
        self._closing = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def look(self) -> None:
        """Claims what is due, as far as there is room, and begins to deliver it."""
        # As deliveries end, new ones are claimed once half of the places are free, and not one by one.
        free = AT_ONCE - len(self._tasks)
        if free < 1 or self._closing:
            return
        for claim in await self._office.ledger.claim(self._office.clock(), free):
            # Left to its lease, after which it is looked for: what was claimed as the end came, and a row of
            # our own whose lease is over on a clock that jumped, while its message is still on the wire.
            if self._closing or claim.post in self._tasks.values():
                log.warning("left_to_its_lease", extra={"channel": claim.post.channel})
                continue
            with logs.as_request():
                task = asyncio.create_task(self._office.deliver(claim))
                task.add_done_callback(self._ended)
            self._tasks[task] = claim.post

    def _ended(self, task: asyncio.Task[Delivery]) -> None:
        post = self._tasks.pop(task)
        if len(self._tasks) <= AT_ONCE // 2:
            self.woken.set()
        if task.cancelled():
            return
        if trouble := task.exception():  # the row stays claimed, and is taken over once its lease is over
            metrics.post_tried("broken off", post.label)
            log.error("delivery_broke_off", exc_info=trouble)
            return
        delivery = task.result()
        metrics.post_tried(delivery.outcome, post.label)
        if delivery.why:
            log.warning(delivery.outcome, extra={"channel": post.channel, "why": delivery.why})


async def tick(office: Office) -> int:
    """Queues what is due and not in the ledger, or parked there while it is wanted; says how many."""
    now, ledger = office.now(), office.ledger
    # From the ledger's newest where that is older, so that nothing is new because figures stopped coming.
    today = Month(now.year, now.month)
    entries = await ledger.entries(str(min(today, await ledger.newest() or today).plus(-MONTHS_BACK)))
    standing = {post for post, entry in entries.items() if entry.state != "parked"}
    if added := await ledger.enqueue(await office.orders.due(now, standing), office.clock()):
        log.info("queued", extra={"posts": added})
    return added


@asynccontextmanager
async def delivering(courier: Courier) -> AsyncIterator[None]:
    """The courier at work, and at the end closed."""
    async with ticking(courier.look, courier.look_seconds, woken=courier.woken):
        try:
            yield
        finally:
            await courier.close()


@asynccontextmanager
async def posting(office: Office, every_seconds: float, look_seconds: float) -> AsyncIterator[None]:
    """The clockwork and the courier at work."""
    courier = Courier(office, look_seconds)

    async def job() -> None:
        await tick(office)
        courier.woken.set()

    async with delivering(courier), ticking(job, every_seconds):
        yield


async def tell(person: Person, message: Message, clients: Clients) -> None:
    """Sends a person a message; logs a trouble of Slack's, or that their workspace has no bot any more."""
    try:
        await send(await clients.client_of(person.workspace), person.user, message)
    except (*SlackTrouble, LookupError):
        log.warning("owner_not_told", extra={"user": person.user}, exc_info=True)
