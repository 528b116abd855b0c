"""The slash command: answered in the channel, under the asker's name, so that it can carry a thread."""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.messages.blocks import kept_private
from handlers.ask import Desk, whisper
from handlers.openly import Asker, answer_openly

PRIVATE = "private"


async def answer_command(
    ack: AsyncAck, command: Mapping[str, str], respond: AsyncRespond, desk: Desk
) -> None:
    """/alumina TEXT."""
    await ack()
    private, text = split_private(command.get("text", ""))
    told = desk.answer(text)
    if private:
        return await whisper(respond, kept_private(told.message))
    if not told.understood or told.is_help:
        return await whisper(respond, told.message)
    return await answer_openly(told, _asker(command, text), respond, desk)


def _asker(command: Mapping[str, str], text: str) -> Asker:
    return Asker(
        team=command["team_id"],
        channel=command["channel_id"],
        channel_name=command.get("channel_name", ""),
        user=command["user_id"],
        text=text,
    )


def split_private(text: str) -> tuple[bool, str]:
    """Whether the text begins with the word private, and the rest of it."""
    first, _, rest = text.strip().partition(" ")
    return (True, rest.strip()) if first.casefold() == PRIVATE else (False, text.strip())
