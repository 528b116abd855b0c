"""What a courier works with, and a small record of the series that a monthly post waits for."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache

from slack_sdk.web.async_client import AsyncWebClient

from bot.dataset.companions import load_catalogue
from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.messages.blocks import Message
from bot.posts.courier import Office
from bot.posts.order_messages import Editions
from bot.posts.order_service import OrderService
from bot.posts.rows import Due, Edition, Post
from bot.slack.web_client import Identity, OneWorkspace, Seat
from tests.dataset.rows import row, small_dataset, total

FLASH = (Series("unwrought_aluminium", "export"),)
BULLETIN = (Series("unwrought_aluminium", "import"), Series("alumina", "export"), Series("bauxite", "import"))
QUERY = (Series("alumina", "import"),)
EVERYTHING = (*FLASH, *BULLETIN, *QUERY)
FAR = dt.date(2030, 1, 1)


@cache
def record(complete="", flash="", bulletin=""):
    """A record with everything of the months `complete`, and of the others what the stages hold by then.

    `bulletin` months have the flash too. A month with a + is a running total alone: 2027-02+.
    """
    held = [(month, EVERYTHING) for month in complete.split()]
    held += [(month, (*FLASH, *BULLETIN)) for month in bulletin.split()]
    held += [(month, FLASH) for month in flash.split()]
    return small_dataset([_row(month, series) for month, those in held for series in those], FAR)


def released(dataset, calendar):
    """The same by another calendar."""
    return replace(dataset, record=replace(dataset.record, calendar=calendar))


def _row(month, series):
    scope = load_catalogue(data_folder() / "commodities.toml")[series.commodity].scopes[0]
    build = total if month.endswith("+") else row
    return build(month.removesuffix("+"), 100_000, series=series, scope=scope)


@dataclass(frozen=True)
class Rendered(Editions):
    """Says which post it is, on a record without figures; `missing` are those whose figures are not here."""

    dataset: Dataset = field(default_factory=record)
    today: Callable[[], date] = lambda: FAR
    missing: set[Post] = field(default_factory=set)

    def has(self, post, subscription, told):
        return post not in self.missing

    def edition(self, post, subscription, late):
        said = f"{post.edition}{', late' if late else ''}"
        return Edition(Message(said, ()), said, Message(f"{post.kind} of {said}", ()))


class Book:
    """Monthly posts that channels have, in memory."""

    def __init__(self, orders):
        self.all = {each.place: each for each in orders}

    async def active(self):
        return [each for each in self.all.values() if each.state == "active"]

    async def monthly(self, workspace, channel):
        return self.all.get((workspace, channel))

    async def of_channel(self, workspace, channel):
        return [each for each in self.all.values() if each.place == (workspace, channel)]

    async def park_channel(self, workspace, channel, why):
        self.change(channel, workspace, state="parked", why=why)

    def change(self, channel, workspace="T0LOCAL", **values):
        self.all[workspace, channel] = replace(self.all[workspace, channel], **values)  # type: ignore[arg-type]


class Fixed:
    """Names the same posts every time, for who wants them."""

    def __init__(self, book, posts, at):
        self._book, self._dues = book, [Due(post, at) for post in posts]

    async def due(self, now, ledger):
        active = {each.place for each in await self._book.active()}
        return [each for each in self._dues if each.post not in ledger and each.post.place in active]


def orders_of(book, ledger, editions):
    """The service of these orders."""
    return OrderService(book, ledger, editions)  # type: ignore[arg-type]


def office_of(ledger, orders, client=None, clock=lambda: datetime.now(UTC), **fields):
    """An office in one workspace."""
    given = {"orders": orders, "timeout_seconds": 10} | fields
    seat = Seat(client or AsyncWebClient(), Identity("T0LOCAL", "", "U0ALUMINA", "alumina", frozenset()))
    return Office(ledger=ledger, clients=OneWorkspace(seat), clock=clock, **given)
