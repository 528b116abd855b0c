"""Reading back: whether a post stands in its channel already, told by its message's metadata."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.dataset.calendar import Month
from bot.posts.rows import Post
from bot.slack.errors import fate, retry_after

POST_EVENT = "alumina_post"
PAGE = 200
NO_TIME, A_DAY = timedelta(), timedelta(days=1)
USUAL_WAIT = timedelta(seconds=30)  # where Slack is asked too often and does not say how long to wait

# Called between two pages with the time to wait there; what it raises ends the search.
Pause = Callable[[timedelta], Awaitable[None]]


def post_metadata(post: Post, question: str, stages: Sequence[str] = ()) -> dict[str, Any]:
    """Marks a message as this post, for replies too; `stages` are those that it told from the first."""
    payload: dict[str, Any] = {"kind": post.kind, "edition": post.edition, "question": question}
    if stages:
        payload["stages"] = ",".join(stages)  # Slack keeps flat values alone
    return {"event_type": POST_EVENT, "event_payload": payload}


def is_post(message: Mapping[str, Any], post: Post) -> bool:
    """Whether a message's metadata says that it is this post."""
    payload = _payload(message)
    return (payload.get("kind"), payload.get("edition")) == (post.kind, post.edition)


def stages_of(message: Mapping[str, Any]) -> frozenset[str]:
    """The later stages of its month that a posted message told from the first."""
    return frozenset(str(_payload(message).get("stages") or "").split(",")) - {""}


def _payload(message: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = message.get("metadata") or {}
    return (metadata.get("event_type") == POST_EVENT and metadata.get("event_payload")) or {}


async def find(
    post: Post, client: AsyncWebClient, oldest: str, pause: Pause, thread_ts: str | None = None
) -> Mapping[str, Any] | None:
    """The message in the channel's history since `oldest`, or in a thread of it, that is this post; None for
    none.

    A busy channel has more pages than Slack hands out in a minute: later ones are waited for, since whoever
    began anew would never come to the end.
    """
    asked: dict[str, Any] = {"channel": post.channel, "limit": PAGE, "include_all_metadata": True}
    if thread_ts:
        ask = partial(client.conversations_replies, ts=thread_ts, **asked)
    else:
        ask = partial(client.conversations_history, oldest=oldest, **asked)
    next_page: dict[str, Any] = {}
    while True:
        try:
            page = await ask(**next_page)
        except SlackApiError as trouble:
            if not next_page or fate(trouble) != "wait":
                raise
            await pause(retry_after(trouble) or USUAL_WAIT)
            continue
        messages: list[dict[str, Any]] | None = page.get("messages")
        if messages is None:  # which is not the same as a channel without any
            raise SlackApiError("The answer holds no messages.", page)  # type: ignore[no-untyped-call]
        if found := next((each for each in messages if is_post(each, post)), None):
            return found
        if not (cursor := (page.get("response_metadata") or {}).get("next_cursor")):
            return None
        next_page = {"cursor": cursor}
        await pause(NO_TIME)


def since(oldest: datetime | None, edition: str, now: datetime) -> str:
    """The ts from which on is searched: a day before, wherever that day comes first, or before the end of its
    month, which no post on it precedes; a clock that is wrong about that searches everything.
    """
    if oldest is None:
        after = Month.from_text(edition).plus(1)
        oldest = datetime(after.year, after.number, 1, tzinfo=UTC)
    start = oldest - A_DAY
    return str(start.timestamp()) if start < now else "0"
