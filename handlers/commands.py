"""The slash command: answered in the channel, under the asker's name, so that it can carry a thread."""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.errors import SlackApiError

from bot.answers.answer import Answer
from bot.messages.blocks import render
from bot.slack import error_of
from bot.threads.context import Thread
from handlers.ask import Desk, is_help, question_words, understood, whisper
from handlers.notes import NO_ENTRY, asked_by, noted, why_private, why_refused

PRIVATE = "private"


async def answer_command(
    ack: AsyncAck, command: Mapping[str, str], respond: AsyncRespond, desk: Desk
) -> None:
    """/alumina TEXT."""
    await ack()
    private, text = split_private(command.get("text", ""))
    answer = desk.answer(text)
    if private or not understood(answer) or is_help(answer):
        return await whisper(respond, render(answer))
    if note := why_private(await desk.sharing.reach(command["channel_id"])):
        return await whisper(respond, noted(render(answer), note))
    return await _answer_openly(answer, text, command, respond, desk)


async def _answer_openly(
    answer: Answer, text: str, command: Mapping[str, str], respond: AsyncRespond, desk: Desk
) -> None:
    channel, message = command["channel_id"], render(answer)
    try:
        ts = await desk.post(answer, asked_by(message, command["user_id"], text), channel)
    except SlackApiError as refusal:
        error = error_of(refusal)
        if error not in NO_ENTRY:
            raise
        note = why_refused(error, command.get("channel_name", ""), desk.identity.name)
        return await whisper(respond, noted(message, note))
    return desk.threads.remember(Thread(command["team_id"], channel, ts), question_words(answer))


def split_private(text: str) -> tuple[bool, str]:
    """Whether the text begins with the word private, and the rest of it."""
    first, _, rest = text.strip().partition(" ")
    return (True, rest.strip()) if first.casefold() == PRIVATE else (False, text.strip())
