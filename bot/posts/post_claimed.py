"""One claimed row of the ledger into its channel: looked for first, by its metadata, then sent and marked."""

import asyncio
import logging
from asyncio import sleep
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.dataset.calendar import Month
from bot.dataset.releases import STAGES
from bot.messages.blocks import Message
from bot.posts.ledger import Ledger
from bot.posts.rows import MONTHLY, Claim, Delivery, Edition, Post
from bot.slack.sending import revise, send
from bot.slack.threads import Contexts
from bot.slack.transcript import thread_of
from bot.slack.trouble import SlackTrouble, fate, reason, retry_after
from bot.store.clock import Clock

POST_EVENT = "alumina_post"
PAGE = 200
USUAL_WAIT = timedelta(seconds=30)  # where Slack is asked too often and does not say how long to wait

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Way:
    """What a delivery goes by: a `client` that repeats nothing, `contexts` told what replies follow up."""

    client: AsyncWebClient
    ledger: Ledger
    clock: Clock
    timeout_seconds: float
    contexts: Contexts | None = None


class _OvertakenError(Exception):
    """Another has taken the row over."""


async def deliver(claim: Claim, edition: Edition, way: Way, *, again: bool = False) -> Delivery:
    """Posts it unless it stands there (`again`: it does not look); what was not posted the caller settles."""
    post, thread_ts = claim.post, None
    try:
        # Without a message of the month it is queued, or will be where the ledger was lost.
        if post.is_line and (thread_ts := await _thread_of(claim, way)) is None:
            return Delivery("waiting", "no_message_yet")
        found = None if again else await _find(post, claim, way, edition.oldest, thread_ts)
        if found is None and thread_ts:
            # The month's message as it stands now; twice is as good as once. This stage is not among those
            # that it told at first: were the ledger lost now, its line is looked for.
            metadata = post_metadata(replace(post, kind=MONTHLY), edition.question, edition.stages)
            async with asyncio.timeout(way.timeout_seconds):
                await revise(way.client, post.channel, thread_ts, edition.message, metadata=metadata)
    except _OvertakenError:
        return Delivery("in_hand")
    except SlackTrouble as trouble:
        return _not_posted(trouble)
    if found is None:
        return await _send(claim, edition, thread_ts, way)
    if post.kind == MONTHLY:  # what the message does not say, a lost ledger had only taken for said
        unsaid = [replace(post, kind=stage) for stage in STAGES if stage not in stages_of(found)]
        await way.ledger.recall(unsaid, way.clock())
    await _mark(claim, str(found["ts"]), edition, way)
    return Delivery("already")


async def _thread_of(claim: Claim, way: Way) -> str | None:
    monthly = replace(claim.post, kind=MONTHLY)
    entry = (await way.ledger.of_channel(*monthly.place)).get(monthly)
    if entry and entry.ts:
        return entry.ts
    found = await _find(monthly, claim, way)
    return str(found["ts"]) if found else None


async def _find(
    post: Post, claim: Claim, way: Way, oldest: datetime | None = None, thread_ts: str | None = None
) -> Mapping[str, Any] | None:
    """The message in the channel's history since `oldest`, or in a thread of it, that is this post.

    The claim's row is held meanwhile. A busy channel has more pages than Slack hands out in a minute: later
    ones are waited for, since whoever began anew would never come to the end.
    """
    asked: dict[str, Any] = {"channel": post.channel, "limit": PAGE, "include_all_metadata": True}
    if thread_ts:
        ask = partial(way.client.conversations_replies, ts=thread_ts, **asked)
    else:
        if oldest is None:  # a month's own message comes after its end
            after = Month.from_text(post.edition).plus(1)
            oldest = datetime(after.year, after.number, 1, tzinfo=UTC)
        start = oldest - timedelta(days=1)
        begun = str(start.timestamp()) if start < way.clock() else "0"  # all where the clock is wrong
        ask = partial(way.client.conversations_history, oldest=begun, **asked)
    own, next_page = (post.kind, post.edition), dict[str, Any]()
    while True:
        try:
            page = await ask(**next_page)
        except SlackApiError as trouble:
            if not next_page or fate(trouble) != "wait":
                raise
            await _pause(claim, way, retry_after(trouble) or USUAL_WAIT)
            continue
        if (messages := page.get("messages")) is None:  # which is not the same as a channel without any
            raise SlackApiError("The answer holds no messages.", page)  # type: ignore[no-untyped-call]
        for each in messages:
            if ((payload := _payload(each)).get("kind"), payload.get("edition")) == own:
                return dict(each)
        if not (cursor := (page.get("response_metadata") or {}).get("next_cursor")):
            return None
        next_page = {"cursor": cursor}
        await _pause(claim, way, timedelta())


async def _pause(claim: Claim, way: Way, wait: timedelta) -> None:
    while await way.ledger.renew(claim, way.clock()):
        step = min(wait, way.ledger.lease / 2)
        await sleep(step.total_seconds())
        if not (wait := wait - step):
            return
    raise _OvertakenError


async def _mark(claim: Claim, ts: str, edition: Edition, way: Way) -> None:
    post = claim.post
    await way.ledger.mark(claim, ts, way.clock())
    if way.contexts and not post.is_line:
        way.contexts.put(thread_of(post.workspace, post.channel, ts), edition.question, ts)


async def _send(claim: Claim, edition: Edition, thread_ts: str | None, way: Way) -> Delivery:
    post = claim.post
    message = edition.message if thread_ts is None else (edition.line or Message(edition.message.text, ()))
    metadata = post_metadata(post, edition.question, edition.stages if post.kind == MONTHLY else ())
    begun, whole = way.clock(), timedelta(seconds=way.timeout_seconds)
    # The lease begins anew, and a whole request has to end before it does.
    if not await way.ledger.renew(claim, begun) or way.clock() + whole >= begun + way.ledger.lease:
        return Delivery("in_hand")
    try:
        async with asyncio.timeout(way.timeout_seconds):
            sent = await send(way.client, post.channel, message, thread_ts=thread_ts, metadata=metadata)
    except SlackTrouble as trouble:
        return Delivery("unknown", reason(trouble)) if fate(trouble) == "unsure" else _not_posted(trouble)
    await _mark(claim, sent.ts, edition, way)
    log.info("posted", extra={"channel": post.channel, "edition": post.edition, "ts": sent.ts})
    return Delivery("posted")


def _not_posted(trouble: Exception) -> Delivery:
    why, comes_to = reason(trouble), fate(trouble)
    if comes_to == "park":
        return Delivery("parked", why, on_hold=True)
    return Delivery("refused", why) if comes_to == "gone" else Delivery("waiting", why, retry_after(trouble))


def post_metadata(post: Post, question: str, stages: Sequence[str] = ()) -> dict[str, Any]:
    """Marks a message as this post, for replies too; `stages` are those that it told from the first."""
    payload = {"kind": post.kind, "edition": post.edition, "question": question}
    payload |= {"stages": ",".join(stages)} if stages else {}  # Slack keeps flat values alone
    return {"event_type": POST_EVENT, "event_payload": payload}


def stages_of(message: Mapping[str, Any]) -> frozenset[str]:
    """The later stages of its month that a posted message told from the first."""
    return frozenset(str(_payload(message).get("stages") or "").split(",")) - {""}


def _payload(message: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = message.get("metadata") or {}
    return (metadata.get("event_type") == POST_EVENT and metadata.get("event_payload")) or {}
