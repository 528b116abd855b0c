"""What a courier works with, of the tests' own making."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.messages.message import Message
from bot.posts.courier import Office
from bot.posts.ledger import Ledger
from bot.posts.monthly_service import MonthlyService
from bot.posts.order import Subscription
from bot.posts.rows import Due, Edition, Post
from bot.slack.client import Identity, OneWorkspace, Seat


class Rendered:
    """Says which post it is; `missing` are those whose figures are not here."""

    def __init__(self) -> None:
        self.missing = set[Post]()

    def has(self, post: Post, subscription: Subscription, told: Collection[str]) -> bool:
        return post not in self.missing

    def edition(self, post: Post, subscription: Subscription, late: timedelta | None) -> Edition:
        said = f"{post.edition}{', late' if late else ''}"
        return Edition(Message(said, ()), said, Message(f"{post.kind} of {said}", ()))


class Book:
    """Subscriptions in memory."""

    def __init__(self, subscriptions: Iterable[Subscription]) -> None:
        self.all = {each.place: each for each in subscriptions}

    async def active(self) -> Sequence[Subscription]:
        return [each for each in self.all.values() if each.state == "active"]

    async def get(self, workspace: str, channel: str) -> Subscription | None:
        return self.all.get((workspace, channel))

    async def park(self, subscription: Subscription, why: str) -> None:
        self.change(subscription.channel, subscription.workspace, state="parked", why=why)

    def change(self, channel: str, workspace: str = "T0LOCAL", **values: object) -> None:
        self.all[workspace, channel] = replace(self.all[workspace, channel], **values)  # type: ignore[arg-type]


class Fixed:
    """Names the same posts every time, for who is subscribed."""

    def __init__(self, book: Book, posts: Iterable[Post], at: datetime) -> None:
        self._book, self._dues = book, [Due(post, at) for post in posts]

    async def due(self, now: datetime, ledger: Collection[Post]) -> list[Due]:
        active = {each.place for each in await self._book.active()}
        return [each for each in self._dues if each.post not in ledger and each.post.place in active]


class NoAlerts:
    """Nobody has set an alert."""

    async def due(self, now: datetime) -> list[Due]:
        return []


def office_of(
    ledger: Ledger,
    monthly: MonthlyService | Fixed,
    client: AsyncWebClient | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    **fields: Any,
) -> Office:
    """An office without alerts, in one workspace."""
    given = {"monthly": monthly, "alerts": NoAlerts(), "timeout_seconds": 10} | fields
    seat = Seat(client or AsyncWebClient(), Identity("T0LOCAL", "", "U0ALUMINA", "alumina", frozenset()))
    return Office(ledger=ledger, clients=OneWorkspace(seat), clock=clock, **given)  # type: ignore[arg-type]
