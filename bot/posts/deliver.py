"""One post into one channel, exactly once: the ledger decides who, the channel's history whether."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.dataset.calendar import Month
from bot.messages.message import Message
from bot.posts.ledger import Ledger, Post
from bot.slack import SlackTrouble, details, error_of, reason, send

POST_EVENT = "alumina_post"
PAGE = 200
# With these Slack says that it may have done what it was asked for all the same.
UNSURE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}

Outcome = Literal["posted", "already", "held", "unable", "unknown"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Edition:
    """What is posted: the message, and the question in words that a reply in its thread follows up."""

    month: Month
    message: Message
    question: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it went. unable: surely not posted, `why` says it. unknown: perhaps posted, the next try looks."""

    post: Post
    outcome: Outcome
    why: str = ""


async def deliver(
    post: Post,
    edition: Edition,
    *,
    client: AsyncWebClient,
    ledger: Ledger,
    clock: Callable[[], datetime],
    again: bool = False,
) -> Delivery:
    """Posts the edition unless it stands in the channel; running it twice changes nothing."""
    claim = await ledger.claim(post, clock(), again=again)
    if claim != "ours":
        return Delivery(post, "held" if claim == "held" else "already")
    try:
        found = None if again else await find(post, edition.month, client, clock())
    except SlackTrouble as trouble:
        await ledger.release(post)
        return Delivery(post, "unable", f"the history of {post.channel} cannot be read ({reason(trouble)})")
    if found:
        await ledger.mark(post, found, clock())
        return Delivery(post, "already")
    return await _send(post, edition, client, ledger, clock)


async def _send(
    post: Post, edition: Edition, client: AsyncWebClient, ledger: Ledger, clock: Callable[[], datetime]
) -> Delivery:
    if not await ledger.renew(post, clock()):
        return Delivery(post, "held")
    try:
        ts = await send(client, post.channel, edition.message, metadata=post_metadata(post, edition.question))
    except SlackTrouble as trouble:
        return await _failed(post, trouble, ledger)
    await ledger.mark(post, ts, clock())
    log.info("posted", extra={"channel": post.channel, "edition": post.edition, "ts": ts})
    return Delivery(post, "posted")


async def _failed(post: Post, trouble: Exception, ledger: Ledger) -> Delivery:
    """A refusal in Slack's own words means that nothing was posted; anything else leaves it open."""
    if isinstance(trouble, SlackApiError) and details(trouble) and error_of(trouble) not in UNSURE:
        await ledger.release(post)
        return Delivery(post, "unable", f"Slack refuses a message to {post.channel} ({reason(trouble)})")
    return Delivery(
        post, "unknown", f"Slack did not confirm the message to {post.channel} ({reason(trouble)})"
    )


async def find(post: Post, month: Month, client: AsyncWebClient, now: datetime) -> str | None:
    """The ts of the message in the channel's history that is this post; None where there is none."""
    history = await client.conversations_history(
        channel=post.channel, limit=PAGE, oldest=_oldest(month, now), include_all_metadata=True
    )
    async for page in history:
        for message in page.get("messages") or ():
            if is_post(message, post):
                return str(message["ts"])
    return None


def is_post(message: Mapping[str, Any], post: Post) -> bool:
    """Whether a message's metadata says that it is this post."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return (metadata.get("event_type"), payload.get("kind"), payload.get("edition")) == (
        POST_EVENT,
        post.kind,
        post.edition,
    )


def post_metadata(post: Post, question: str) -> dict[str, Any]:
    """What marks the message as this post, and lets a reply in its thread be a follow-up."""
    payload = {"kind": post.kind, "edition": post.edition, "question": question}
    return {"event_type": POST_EVENT, "event_payload": payload}


def _oldest(month: Month, now: datetime) -> str:
    """No post on a month is older than the month; a clock that is wrong about that searches everything."""
    start = datetime(month.year, month.number, 1, tzinfo=now.tzinfo)
    return str(start.timestamp()) if start < now else "0"
