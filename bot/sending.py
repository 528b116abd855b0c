"""The one door through which anything is said in Slack: messages, files, modals, home tabs.

Nothing else calls Slack's methods that show something, so that all of it is checked (`fallback`) before.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from slack_sdk.errors import SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.fallback import checked, in_bytes, in_taken_form, place_of
from bot.messages.message import Block, File, Message
from bot.messages.modal import View
from bot.refusals import ResponseRefusedError, is_refused
from bot.slack_errors import SlackTrouble, is_refused_as, reason
from bot.words import say

# What such a message can hold need not be what one for everybody can.
WHISPERED = "seen by one"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message stands. The channel is that of the conversation where a person's id was given."""

    channel: str
    ts: str


class Answered(Protocol):
    """What came back from a response_url."""

    status_code: int
    body: str


async def send(
    client: AsyncWebClient,
    channel: str,
    message: Message,
    *,
    thread_ts: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Sent:
    """Posts a message, but for its file (see `attach`), and says where it stands."""

    async def post(shaped: Message) -> Sent:
        answer = await client.chat_postMessage(
            channel=channel,
            text=shaped.text,
            blocks=_blocks(shaped),
            thread_ts=thread_ts,
            metadata=dict(metadata) if metadata else None,
            unfurl_links=False,
            unfurl_media=False,
        )
        return Sent(str(answer["channel"]), str(answer["ts"]))

    return await in_taken_form(message, place_of(client), post)


def _blocks(message: Message) -> list[Block] | None:
    return list(message.blocks) or None


async def revise(
    client: AsyncWebClient, channel: str, ts: str, message: Message, *, metadata: Mapping[str, Any]
) -> None:
    """Puts a new message in the place of one of ours."""

    async def update(shaped: Message) -> None:
        # Text without blocks would take the blocks away, and blocks without text the text.
        text = in_bytes(shaped.text)
        blocks = list(shaped.blocks)
        await client.chat_update(channel=channel, ts=ts, text=text, blocks=blocks, metadata=dict(metadata))

    await in_taken_form(message, place_of(client), update)


async def whisper(
    client: AsyncWebClient, channel: str, user: str, message: Message, *, thread_ts: str | None = None
) -> None:
    """Shows one person a message where others talk: for where Slack gives no response_url."""

    async def post(shaped: Message) -> None:
        await client.chat_postEphemeral(
            channel=channel,
            user=user,
            text=shaped.text,
            blocks=_blocks(shaped),
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
        )

    await in_taken_form(message, f"{place_of(client)} {WHISPERED}", post)


async def respond_alone(
    respond: Callable[..., Awaitable[Answered]],
    message: Message,
    place: str = "",
    *,
    thread_ts: str | None = None,
    instead: bool = False,
) -> None:
    """Shows the asker alone a message, through the response_url of what they typed or pressed.

    `instead`: in the place of the message that was pressed, which only they saw as well. `place` is that of
    the workspace, for a message that has more than text.
    """

    async def say(shaped: Message) -> None:
        answer = await respond(
            text=shaped.text,
            blocks=list(shaped.blocks) or None,
            response_type="ephemeral",
            replace_original=instead,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
        )
        if answer.status_code != 200 or is_refused(answer.body):
            raise ResponseRefusedError(answer.body, answer.status_code)

    await in_taken_form(message, f"{place} {WHISPERED}", say)


async def attach(client: AsyncWebClient, channel: str, thread_ts: str, file: File) -> None:
    """Uploads a file into a thread. Where that fails the thread is told, and what stands there stays."""
    try:
        await client.files_upload_v2(
            channel=channel, thread_ts=thread_ts, filename=file.name, title=file.title, content=file.content
        )
    except (*SlackTrouble, SlackRequestError) as trouble:
        log.warning("file_not_attached", exc_info=trouble)
        await _say_missing(client, channel, thread_ts, file, trouble)


async def _say_missing(
    client: AsyncWebClient, channel: str, thread_ts: str, file: File, trouble: Exception
) -> None:
    try:
        await send(client, channel, Message(missing(file, trouble), ()), thread_ts=thread_ts)
    except SlackTrouble as further:
        log.warning("missing_file_not_told", exc_info=further)


def missing(file: File, trouble: Exception) -> str:
    """The line that says which file is not there, and why."""
    if is_refused_as(trouble, "missing_scope"):
        why = say("replies.no_files_scope")
    else:
        why = reason(trouble) if isinstance(trouble, SlackTrouble) else say("replies.upload_refused")
    return say("replies.file_missing", name=file.name, why=why)


async def open_modal(client: AsyncWebClient, trigger_id: str, view: View) -> None:
    """Shows a modal to the person whose press or command gave the trigger."""
    await client.views_open(trigger_id=trigger_id, view=checked(view))


async def renew_modal(client: AsyncWebClient, shown: Mapping[str, Any], view: View) -> None:
    """Puts a view in the place of the open one, unless that has changed since."""
    await client.views_update(view_id=shown["id"], hash=shown["hash"], view=checked(view))


async def show_home(client: AsyncWebClient, user: str, view: View) -> None:
    """Puts the home tab before a person."""
    await client.views_publish(user_id=user, view=checked(view))
