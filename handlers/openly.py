"""An answer where everybody in the channel can read it, under the asker's name; else to the asker alone."""

from dataclasses import dataclass

from slack_bolt.async_app import AsyncRespond
from slack_sdk.errors import SlackApiError

from bot.messages.blocks import noted
from bot.messages.buttons import kept_private
from bot.messages.message import Message
from bot.slack import error_of, send
from bot.threads.context import Thread, question_metadata
from handlers.ask import Desk, whisper
from handlers.notes import NO_ENTRY, asked_by, why_private, why_refused
from handlers.told import Told


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked, where, and in which words. `thread_ts`: the thread that the answer goes into, if any."""

    team: str
    channel: str
    channel_name: str
    user: str
    text: str
    thread_ts: str | None = None


async def answer_asker(told: Told, asker: Asker, respond: AsyncRespond, desk: Desk, *, private: bool) -> None:
    """To the asker alone where that was asked for, or where there is nothing that others would read."""
    if private:
        return await whisper(respond, kept_private(told.message))
    if not told.understood or told.is_help:
        return await whisper(respond, told.message)
    return await _answer_openly(told, asker, respond, desk)


async def _answer_openly(told: Told, asker: Asker, respond: AsyncRespond, desk: Desk) -> None:
    """Posts the answer. Where the channel is shared with another company, or closed to us, only the asker
    gets it, with the reason; a thread is open as it is, since the bot has spoken there.
    """
    shown = told.message
    if not asker.thread_ts and (note := why_private(await desk.sharing.reach(asker.channel))):
        return await whisper(respond, noted(shown, note))
    try:
        return await _post(shown, told.question, asker, desk)
    except SlackApiError as refusal:
        error = error_of(refusal)
        if error not in NO_ENTRY:
            raise
        note = why_refused(error, asker.channel_name, desk.identity.name)
        return await whisper(respond, noted(shown, note))


async def _post(shown: Message, question: str | None, asker: Asker, desk: Desk) -> None:
    message = asked_by(shown, asker.user, asker.text)
    metadata = question_metadata(question) if question else None
    ts = await send(desk.client, asker.channel, message, thread_ts=asker.thread_ts, metadata=metadata)
    desk.threads.remember(Thread(asker.team, asker.channel, asker.thread_ts or ts), question, ts)
