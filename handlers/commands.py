"""The slash command: answered in the channel, under the asker's name, so that it can carry a thread."""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncAck, AsyncRespond

from handlers.delivery import Asker, answer_asker, by_response
from handlers.desk import Desk
from handlers.language import split_private, spoken_in
from handlers.subscriptions import served
from handlers.visitors import Visitor


async def answer_command(
    ack: AsyncAck, command: Mapping[str, str], respond: AsyncRespond, desk: Desk
) -> None:
    """/alumina TEXT."""
    await ack()
    private, text = split_private(command.get("text", ""))
    if serve := served(text):
        message = await serve(_visitor(command, text), desk)
        return await desk.whisper(respond, message) if message else None
    asker = _asker(command, text)
    tell, reply = by_response(respond, asker, desk), await desk.answer(text, asker.user)
    return await answer_asker(reply, asker, tell, desk, private=private)


def _visitor(command: Mapping[str, str], text: str) -> Visitor:
    return Visitor(
        user=command["user_id"],
        channel=command["channel_id"],
        channel_name=command.get("channel_name", ""),
        trigger_id=command["trigger_id"],
        text=text,
        spoken=spoken_in(text) is not None,
    )


def _asker(command: Mapping[str, str], text: str) -> Asker:
    return Asker(
        team=command["team_id"],
        channel=command["channel_id"],
        channel_name=command.get("channel_name", ""),
        user=command["user_id"],
        text=text,
    )
