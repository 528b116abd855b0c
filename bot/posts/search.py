"""Reading back: whether a post stands in its channel already, told by its message's metadata."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.dataset.calendar import Month
from bot.posts.ledger import Post

POST_EVENT = "alumina_post"
PAGE = 200


def post_metadata(post: Post, question: str, stages: Sequence[str] = ()) -> dict[str, Any]:
    """What marks a message as this post, and lets a reply in its thread be a follow-up.

    `stages` are the later stages of the month that the message says already.
    """
    payload: dict[str, Any] = {"kind": post.kind, "edition": post.edition, "question": question}
    if stages:
        payload["stages"] = list(stages)
    return {"event_type": POST_EVENT, "event_payload": payload}


def is_post(message: Mapping[str, Any], post: Post) -> bool:
    """Whether a message's metadata says that it is this post."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return (metadata.get("event_type"), payload.get("kind"), payload.get("edition")) == (
        POST_EVENT,
        post.kind,
        post.edition,
    )


def stages_of(message: Mapping[str, Any]) -> frozenset[str]:
    """The later stages of its month that a posted message says already."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return frozenset(payload.get("stages") or ())


async def find(
    post: Post, client: AsyncWebClient, now: datetime, thread_ts: str | None = None
) -> Mapping[str, Any] | None:
    """The message in the channel's history, or in a thread of it, that is this post; None for none."""
    asked: dict[str, Any] = {"channel": post.channel, "limit": PAGE, "include_all_metadata": True}
    if thread_ts:
        pages = await client.conversations_replies(ts=thread_ts, **asked)
    else:
        pages = await client.conversations_history(oldest=_oldest(post.edition, now), **asked)
    async for page in pages:
        for message in page.get("messages") or ():
            if is_post(message, post):
                found: Mapping[str, Any] = message
                return found
    return None


def _oldest(edition: str, now: datetime) -> str:
    """No post on a month is older than the month; a clock that is wrong about that searches everything."""
    month = Month.from_text(edition)
    start = datetime(month.year, month.number, 1, tzinfo=UTC)
    return str(start.timestamp()) if start < now else "0"
