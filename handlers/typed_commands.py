"""Serves a command that is typed as a message, as after the slash; its writer alone sees what comes."""

from functools import partial

from bot.messages.message import Message
from bot.sending import whisper
from bot.threads.context import UNREAD, Transcript
from bot.threads.inbox import Asked
from bot.words import speak
from handlers.ask import Desk
from handlers.commands import spoken_in
from handlers.retry import retry
from handlers.subscriptions import served
from handlers.visitors import Visitor


async def answer_or_serve(
    asked: Asked, user: str, text: str, last: str, desk: Desk, thread: Transcript = UNREAD
) -> None:
    """A text is a question, or asks for something to be done; `thread`: as it was read, where it was."""
    if not await _served(asked, user, text, last, desk, thread):
        await desk.reply(asked, user, text, last, thread)


async def _served(asked: Asked, user: str, text: str, last: str, desk: Desk, thread: Transcript) -> bool:
    """Whether the text asks for something to be done; then it is, or what can be done about it is shown."""
    serve, spoken = served(text), spoken_in(text)
    if serve is None:
        return False
    speak(spoken or await desk.people.language(asked.team, user))
    before, _ = desk.recalled(last)
    visitor = Visitor(user, asked.channel, "", text=text, last=before.question, spoken=spoken is not None)
    if message := await serve(visitor, desk):
        await _tell(message, asked, user, desk, thread)
    await desk.inbox.answered(asked)
    return True


async def _tell(message: Message, asked: Asked, user: str, desk: Desk, thread: Transcript) -> None:
    """In their conversation with us nobody else reads; there it stays, and is found again."""
    if asked.channel.startswith("D"):
        return await desk.put(asked, message, None, thread)
    # A thread that nobody has answered in shows nothing of what one person alone sees.
    thread_ts = None if asked.begins else asked.thread_ts
    beside = partial(whisper, desk.client, asked.channel, user, message, thread_ts=thread_ts)
    await retry(beside)
    return await desk.keep(asked, thread)
