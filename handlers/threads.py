"""Mentions and replies: each answered once, in its thread.

A mention in a channel arrives twice, as app_mention and as message. The mention answers; the message handler
leaves every text with a mention of the bot alone, and so never takes the pair's entry in the inbox.
"""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.threads.context import Thread
from handlers.ask import Desk, is_help, understood

# A reply that is also shown in the channel, or carries a file, is a reply all the same.
SPOKEN = (None, "thread_broadcast", "file_share")


async def answer_mention(event: Mapping[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """@alumina TEXT: always answered, with help where there is no text."""
    if event.get("bot_id") or not await _taken(event, context, desk):
        return
    thread = thread_of(event, context)
    last = (await desk.threads.standing(thread)).question if event.get("thread_ts") else ""
    await desk.reply(desk.answer(without_mention(event, desk), last), thread)


async def answer_message(event: Mapping[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """A message without a mention: a question in a direct message, else perhaps a follow-up in our thread."""
    if event.get("bot_id") or event.get("subtype") not in SPOKEN or not event.get("user"):
        return
    if event.get("channel_type") == "im":
        await answer_mention(event, context, desk)
    elif event.get("thread_ts") and desk.identity.mention not in event.get("text", ""):
        await _follow_up(event, context, desk)


async def _follow_up(event: Mapping[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """Answers what it understands, and keeps out of what people say to each other."""
    thread = thread_of(event, context)
    standing = await desk.threads.standing(thread)
    if not standing.ours and event.get("parent_user_id") != desk.identity.user_id:
        return
    answer = desk.answer(event.get("text", ""), standing.question)
    if understood(answer) and not is_help(answer) and await _taken(event, context, desk):
        await desk.reply(answer, thread)


async def _taken(event: Mapping[str, Any], context: AsyncBoltContext, desk: Desk) -> bool:
    return await desk.inbox.take(context.team_id or "", event["channel"], event["ts"])


def thread_of(event: Mapping[str, Any], context: AsyncBoltContext) -> Thread:
    """The thread of a message: the one it stands in, or the one it begins."""
    return Thread(context.team_id or "", event["channel"], event.get("thread_ts") or event["ts"])


def without_mention(event: Mapping[str, Any], desk: Desk) -> str:
    """The text without the bot's name in it."""
    return str(event.get("text", "")).replace(desk.identity.mention, " ").strip()
