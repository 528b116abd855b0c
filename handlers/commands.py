"""The slash command: answered in the channel, under the asker's name, so that it can carry a thread."""

import re
from collections.abc import Mapping

from slack_bolt.async_app import AsyncBoltRequest, AsyncRespond
from slack_bolt.response import BoltResponse

from bot.questions.language import asked_for, language_of
from bot.words import Language
from handlers.ask import Desk
from handlers.before import Next
from handlers.delivery import Asker, answer_asker, by_response
from handlers.subscriptions import served
from handlers.visitors import Visitor

COMMAND = "/alumina"
PRIVATE = re.compile(r"(?i)^(?:private(?!\S)|私下)\s*")


async def take_command(request: AsyncBoltRequest, next_: Next) -> BoltResponse | None:
    """A command is answered where it comes by: for a listener Bolt would make its many arguments, twice."""
    body, context = request.body, request.context
    if body.get("command") != COMMAND:
        await next_()
        return None
    assert context.respond  # as Bolt makes one for every request
    await answer_command(body, context.respond, context["desk"])
    return BoltResponse(status=200)


async def answer_command(command: Mapping[str, str], respond: AsyncRespond, desk: Desk) -> None:
    """/alumina TEXT."""
    private, text = split_private(command.get("text", ""))
    if serve := served(text):
        message = await serve(_visitor(command, text), desk)
        return await desk.whisper(respond, message) if message else None
    asker = _asker(command, text)
    tell = by_response(respond, asker, desk)
    return await answer_asker(await desk.answer(text), asker, tell, desk, private=private)


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


def spoken_in(text: str) -> Language | None:
    """The language of what is typed; None where nothing tells it, as the commands' own words do not."""
    if wanted := asked_for(text):
        return wanted
    spoken = language_of(text)
    return None if spoken == "en" and len(text.split()) == 1 and served(text) else spoken


def split_private(text: str) -> tuple[bool, str]:
    """Whether the text begins with the word private, or that in Chinese, and the rest of it."""
    rest = PRIVATE.sub("", text.strip())
    return rest != text.strip(), rest
