"""What a courier works with, of the tests' own making."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.messages.message import Message
from bot.posts.due import Due
from bot.posts.editions import Edition
from bot.posts.ledger import Post
from bot.posts.subscription import Subscription


class Rendered:
    """Says which post it is; `missing` are those whose figures are not here."""

    def __init__(self) -> None:
        self.missing = set[Post]()

    def has(self, post: Post, subscription: Subscription, told: Collection[str]) -> bool:
        return post not in self.missing

    def edition(self, post: Post, subscription: Subscription | None, late: timedelta | None) -> Edition:
        said = f"{post.edition}{', late' if late else ''}"
        return Edition(Message(said, ()), said, Message(f"{post.kind} of {said}", ()))


class Book:
    """Subscriptions in memory."""

    def __init__(self, subscriptions: Iterable[Subscription]) -> None:
        self.all = {(each.workspace, each.channel): each for each in subscriptions}

    async def active(self) -> Sequence[Subscription]:
        return [each for each in self.all.values() if each.state == "active"]

    async def get(self, workspace: str, channel: str) -> Subscription | None:
        return self.all.get((workspace, channel))

    async def park(self, workspace: str, channel: str, why: str) -> None:
        self.change(channel, workspace, state="parked", why=why)

    def change(self, channel: str, workspace: str = "T0LOCAL", **values: object) -> None:
        self.all[workspace, channel] = replace(self.all[workspace, channel], **values)  # type: ignore[arg-type]


class Fixed:
    """Names the same posts every time, for who is subscribed."""

    def __init__(self, book: Book, posts: Iterable[Post], at: datetime) -> None:
        self._book, self._dues = book, [Due(post, at) for post in posts]

    async def due(self, now: datetime, ledger: Collection[Post]) -> list[Due]:
        active = {(each.workspace, each.channel) for each in await self._book.active()}
        return [
            each
            for each in self._dues
            if each.post not in ledger and (each.post.workspace, each.post.channel) in active
        ]
