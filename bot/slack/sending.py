"""The one door through which anything is said in Slack: messages, files, modals, home tabs.

Nothing else calls Slack's methods that show something, so that every message goes in a form that is taken.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.messages.blocks import noted_above_buttons
from bot.messages.forms import older
from bot.messages.message import Message
from bot.messages.modal import View
from bot.slack.errors import (
    ResponseRefusedError,
    SlackTrouble,
    form_error,
    is_refused,
    is_refused_as,
    lacks_a_block,
)
from bot.slack.fallback import in_bytes, in_taken_form, place_of
from bot.slack.transcript import thread_of
from bot.words import say

# What such a message can hold need not be what one for everybody can.
WHISPERED = "seen by one"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message stands. The channel is that of the conversation where a person's id was given."""

    channel: str
    ts: str


def _said(message: Message) -> dict[str, Any]:
    """The arguments that say it. No link is unfolded."""
    blocks = list(message.blocks) or None
    return {"text": message.text, "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


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
        given = dict(metadata) if metadata else None
        answer = await client.chat_postMessage(
            channel=channel, thread_ts=thread_ts, metadata=given, **_said(shaped)
        )
        return Sent(str(answer["channel"]), str(answer["ts"]))

    return await in_taken_form(message, place_of(client), post)


async def revise(
    client: AsyncWebClient, channel: str, ts: str, message: Message, *, metadata: Mapping[str, Any]
) -> None:
    """Puts a new message in the place of one of ours."""

    async def update(shaped: Message) -> None:
        # Text without blocks would take the blocks away, and blocks without text the text.
        text, blocks = in_bytes(shaped.text), list(shaped.blocks)
        await client.chat_update(channel=channel, ts=ts, text=text, blocks=blocks, metadata=dict(metadata))

    await in_taken_form(message, place_of(client), update)


async def whisper(
    client: AsyncWebClient, channel: str, user: str, message: Message, *, thread_ts: str | None = None
) -> None:
    """Shows one person a message where others talk: for where Slack gives no response_url."""

    async def post(shaped: Message) -> None:
        await client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread_ts, **_said(shaped))

    await in_taken_form(message, f"{place_of(client)} {WHISPERED}", post)


async def respond_alone(
    client: AsyncWebClient,
    response_url: str,
    message: Message,
    *,
    thread_ts: str | None = None,
    instead: bool = False,
) -> None:
    """Shows the asker alone a message by their response_url; `instead`: in the place of what they pressed."""
    # The library's own would send it a second time after a lost connection.
    webhook = AsyncWebhookClient(response_url, session=client.session, retry_handlers=[])
    how = {"response_type": "ephemeral", "replace_original": instead, "thread_ts": thread_ts}

    async def respond(shaped: Message) -> None:
        shown = {name: value for name, value in (_said(shaped) | how).items() if value is not None}
        answer = await webhook.send_dict(shown)
        if answer.status_code != 200 or is_refused(answer.body):
            raise ResponseRefusedError(answer.body, answer.status_code)

    await in_taken_form(message, f"{place_of(client)} {WHISPERED}", respond)


async def attach(
    client: AsyncWebClient,
    sent: Sent,
    message: Message,
    thread_ts: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> None:
    """Uploads the file of a message that was posted into its thread, in a direct message beside it, and then
    has the message say so.

    What stands there stays where that fails: the message never speaks of a file that is not there.
    """
    if not (file := message.file):
        return
    place = thread_of("", sent.channel, sent.ts, thread_ts).posted_in
    note = file.note
    try:
        await client.files_upload_v2(
            channel=sent.channel, thread_ts=place, filename=file.name, title=file.title, content=file.content
        )
    except (*SlackTrouble, SlackRequestError) as trouble:
        log.warning("file_not_attached", exc_info=trouble)
        lacks_scope = is_refused_as(trouble, "missing_scope")
        why = say("replies.no_files_scope" if lacks_scope else "replies.upload_refused")
        note = say("replies.file_missing", name=file.name, why=why)
    try:
        shown = noted_above_buttons(message, note)
        await revise(client, sent.channel, sent.ts, shown, metadata=metadata or {})
    except SlackTrouble as trouble:
        log.warning("file_not_told", exc_info=trouble)


async def open_modal(client: AsyncWebClient, trigger_id: str, view: View) -> None:
    """Shows a modal to the person whose press or command gave the trigger."""
    await client.views_open(trigger_id=trigger_id, view=view)


async def renew_modal(client: AsyncWebClient, shown: Mapping[str, Any], view: View) -> None:
    """Puts a view in the place of the open one, unless that has changed since."""
    await client.views_update(view_id=shown["id"], hash=shown["hash"], view=view)


async def show_home(client: AsyncWebClient, user: str, view: View) -> None:
    """Puts the home tab before a person; with older blocks alone where newer ones are refused."""
    try:
        await client.views_publish(user_id=user, view=view)
    except SlackApiError as refusal:
        if not (form_error(refusal) or lacks_a_block(refusal)):
            raise
        log.error("form_refused", extra={"form": "home"}, exc_info=refusal)
        await client.views_publish(user_id=user, view=view | {"blocks": list(older(view["blocks"]))})
