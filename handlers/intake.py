"""Before Slack is told that we have an event: what leads to an answer, and is ours, is written down.

This runs as a middleware of the listeners for mentions and messages. What it raises, a database that does not
write for one, is Slack's 500, after which the event comes again.

A mention in a channel arrives twice, as app_mention and as message. The mention is answered; a message with a
mention of the bot in it is left alone here, and so never takes the pair's row.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.threads.inbox import Asked
from handlers.ask import Desk
from handlers.entrance import set_aside, too_fast

# A reply that is also shown in the channel, or carries a file, is a reply all the same.
AGAIN = "x-slack-retry-num"
SPOKEN = (None, "thread_broadcast", "file_share")

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """A message to be answered. `left`: it was taken up before, and perhaps answered or edited."""

    asked: Asked
    user: str
    text: str
    left: bool = False


async def take_in(
    event: Event,
    context: AsyncBoltContext,
    request: AsyncBoltRequest,
    next_: Callable[[], Awaitable[None]],
    desk: Desk,
) -> BoltResponse | None:
    """Lets an event pass to its listener, with its `work`, if it is to be answered and nobody else does.

    What Slack sends again may have been edited meanwhile: then the text is read in the thread, as for what
    was left.
    """
    team = desk.team_of(context)
    work = await work_of(event, team, desk)
    if work is None and event.get("thread_ts"):
        desk.threads.heard(asked_of(event, event["channel"], team).thread, event["ts"])
    took = await desk.inbox.take(work.asked) if work else "not ours"
    if work is None or took == "not ours":
        return BoltResponse(status=200)
    again = took == "left" or AGAIN in request.headers
    if not again and (note := too_fast(work.user, event["channel"], desk)) is not None:
        await set_aside(work.asked, work.user, note, desk)
        return BoltResponse(status=200)
    context["work"] = replace(work, left=again)
    await next_()
    return None


async def work_of(event: Event, team: str, desk: Desk) -> Work | None:
    """What there is to answer: a mention, a direct message, or a follow-up in a thread of ours."""
    if event.get("bot_id") or event.get("subtype") not in SPOKEN or not event.get("user"):
        return None
    asked, text = asked_of(event, event["channel"], team), str(event.get("text", ""))
    if event["type"] == "app_mention" or event.get("channel_type") == "im":
        return Work(asked, event["user"], without_mention(text, desk))
    if not event.get("thread_ts") or desk.identity.mention in text:
        return None
    return await _follow_up(event, asked, text, desk)


async def _follow_up(event: Event, asked: Asked, text: str, desk: Desk) -> Work | None:
    """People talk to each other in our threads too. What names a series or a period, in words that we know,
    is a question; "and imports?" is one only right after something that we have said.
    """
    heard = desk.overheard(text)
    if not (heard.known and heard.asks):
        return None
    known = await desk.threads.known(asked.thread, asked.ts)
    ours = known.is_ours or event.get("parent_user_id") == desk.identity.user_id
    if not ours or not (heard.subject or known.our_turn):
        return None
    return Work(asked, event["user"], text)


def asked_of(message: Event, channel: str, team: str) -> Asked:
    """Where a message stands; what begins no thread yet is answered in the one that it begins."""
    return Asked(team, channel, message["ts"], message.get("thread_ts") or message["ts"])


def without_mention(text: str, desk: Desk) -> str:
    """The text without the bot's name in it."""
    return text.replace(desk.identity.mention, " ").strip()
