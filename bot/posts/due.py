"""Which editions are due to which channels: a pure function of what is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.dataset.calendar import Month
from bot.posts.ledger import Entry, Post

MONTHLY = "monthly"


@dataclass(frozen=True, order=True, slots=True)
class Destination:
    """A channel that wants the monthly summary."""

    workspace: str
    channel: str


def due(
    now: datetime, channels: Iterable[Destination], newest: Month | None, ledger: Mapping[Post, Entry]
) -> list[Post]:
    """The newest complete month for every channel that does not have it, in a fixed order.

    A row left half-way is due again once its lease is over. Older editions are never caught up on: a channel
    that subscribes today gets the newest month, not the past.
    """
    if newest is None:
        return []
    wanted = [Post(place.workspace, place.channel, MONTHLY, str(newest)) for place in sorted(set(channels))]
    return [post for post in wanted if post not in ledger or ledger[post].open_at(now)]
