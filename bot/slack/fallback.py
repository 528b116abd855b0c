"""A message in forms to try, the fullest first: one of them its workspace takes."""

import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cache import Cache
from bot.errors import InternalError
from bot.messages.blocks import fitting
from bot.messages.forms import FORMS, Form, in_form
from bot.messages.limits import TEXT
from bot.messages.message import Message
from bot.metrics import stage
from bot.slack.errors import ResponseRefusedError, form_error, lacks_a_block

UPDATE_BYTES = 4_000
# Blocks that every workspace takes: a message of these alone is tried whole, whatever else was refused.
EVERYWHERE = {"actions", "context", "divider", "header", "rich_text", "section"}
WORKSPACES, AN_HOUR = 1_000, 3_600.0

T = TypeVar("T")

log = logging.getLogger(__name__)
_taken: Cache[str, Form] = Cache(WORKSPACES, AN_HOUR)


def place_of(client: AsyncWebClient) -> str:
    """What the form that was taken is remembered by: a token belongs to one workspace."""
    return f"{client.base_url} {client.token}"


async def in_taken_form(message: Message, place: str, attempt: Callable[[Message], Awaitable[T]]) -> T:
    """What the attempt returns for the fullest form that Slack takes.

    Where the form before was refused for a block that the workspace lacks, this one is remembered for an
    hour. Where even the text is refused, the refusal is raised; so is any other trouble, at once.
    """
    lacking = False
    for form, shaped in shapes(message, _taken.get(place) or "full"):
        try:
            with stage("send"):
                done = await attempt(shaped)
        except (SlackApiError, ResponseRefusedError) as refusal:
            if form == "text" or not form_error(refusal):
                raise
            lacking = lacks_a_block(refusal)
            log.error("form_refused", extra={"form": form}, exc_info=refusal)
        else:
            if lacking:
                _taken.put(place, form)
            return done
    raise InternalError("A message has no form that could be sent.")


def shapes(message: Message, first: Form) -> Iterator[tuple[Form, Message]]:
    """Yields the message in the forms to try, from the first one on, none twice; the text comes last."""
    text = message.text
    if len(text) > TEXT:
        message = replace(message, text="\n".join(fitting(text.split("\n"), TEXT, "lines")))
    tried: list[Message] = []
    is_plain = all(block["type"] in EVERYWHERE for block in message.blocks)
    for form in FORMS[0 if is_plain else FORMS.index(first) :]:
        if (shaped := in_form(message, form)) not in tried:
            tried.append(shaped)
            yield form, shaped


def in_bytes(text: str, most: int = UPDATE_BYTES) -> str:
    """The lines that fit, and how many more there are: an update counts bytes, not characters."""
    lines, shown, more = text.split("\n"), text, 0
    while len(shown.encode()) > most and more + 1 < len(lines):
        more += 1
        shown = "\n".join([*lines[:-more], f"{more} more line{'s' if more > 1 else ''}."])
    return shown
