"""The one door through which anything is said in Slack, each message in a form that Slack takes."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import Any

from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.messages.blocks import FORMS, MOST_TEXT, Block, Form, Message, fitting, in_form, noted, older
from bot.messages.modal import View
from bot.metrics import STAGES
from bot.slack.transcript import thread_of
from bot.slack.trouble import FORM_ERROR, SlackTrouble, details, error_of
from bot.words import say

Ts = str | None  # of a thread
Meta = Mapping[str, Any] | None
Show = Callable[..., Awaitable[Any]]
# No link is unfolded.
FOLDED: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message stands. The channel is that of the conversation where a person's id was given."""

    channel: str
    ts: str


async def send(
    client: AsyncWebClient, channel: str, message: Message, *, thread_ts: Ts = None, metadata: Meta = None
) -> Sent:
    """Posts a message, but for its file (see `attach`), and says where it stands."""
    given = dict(metadata) if metadata else None
    post = partial(client.chat_postMessage, channel=channel, thread_ts=thread_ts, metadata=given, **FOLDED)
    answer = await in_taken_form(message, post)
    return Sent(str(answer["channel"]), str(answer["ts"]))


async def revise(
    client: AsyncWebClient, channel: str, ts: str, message: Message, *, metadata: Mapping[str, Any]
) -> None:
    """Puts a new message in the place of one of ours."""
    update = partial(client.chat_update, channel=channel, ts=ts, metadata=dict(metadata))

    async def show(text: str, blocks: list[Block] | None) -> None:
        # Text without blocks would take the blocks away, and blocks without text the text.
        await update(text=_cut(text, lambda line: len(line.encode())), blocks=blocks or [])

    await in_taken_form(message, show)


async def whisper(
    client: AsyncWebClient, channel: str, user: str, message: Message, *, thread_ts: Ts = None
) -> None:
    """Shows one person a message where others talk: for where Slack gives no response_url."""
    post = partial(client.chat_postEphemeral, channel=channel, user=user, thread_ts=thread_ts, **FOLDED)
    await in_taken_form(message, post)


async def respond_alone(
    client: AsyncWebClient, url: str, message: Message, *, thread_ts: Ts = None, instead: bool = False
) -> None:
    """Shows the asker alone a message by their response_url; `instead`: in the place of what they pressed."""
    # The library's own would send it a second time after a lost connection.
    webhook = AsyncWebhookClient(url, session=client.session, retry_handlers=[])
    how = {"response_type": "ephemeral", "replace_original": instead, "thread_ts": thread_ts, **FOLDED}

    async def respond(**shown: Any) -> None:
        answer = await webhook.send_dict(shown | how)
        if answer.status_code != HTTPStatus.OK or details(answer).get("ok") is False:
            told = f"The response_url refuses: {answer.status_code} {answer.body}"
            raise SlackApiError(told, answer)  # type: ignore[no-untyped-call]

    await in_taken_form(message, respond)


async def attach(
    client: AsyncWebClient, sent: Sent, message: Message, thread_ts: Ts = None, metadata: Meta = None
) -> None:
    """Uploads the file of a posted message into its thread; where that fails the message says so."""
    if not (file := message.file):
        return
    place = thread_of("", sent.channel, sent.ts, thread_ts).posted_in
    try:
        await client.files_upload_v2(
            channel=sent.channel, thread_ts=place, filename=file.name, title=file.title, content=file.content
        )
    except (*SlackTrouble, SlackRequestError) as trouble:
        log.warning("file_not_attached", exc_info=trouble)
        shown = noted(message, say("replies.file_missing", name=file.name))
        with suppress(*SlackTrouble):
            await revise(client, sent.channel, sent.ts, shown, metadata=metadata or {})


async def open_modal(client: AsyncWebClient, trigger_id: str, view: View) -> None:
    """Shows a modal to the person whose press or command gave the trigger."""
    await client.views_open(trigger_id=trigger_id, view=view)


async def renew_modal(client: AsyncWebClient, view_id: str, view: View) -> None:
    """Puts a view in the place of the open one."""
    await client.views_update(view_id=view_id, view=view)


async def show_home(client: AsyncWebClient, user: str, view: View) -> None:
    """Puts the home tab before a person; with older blocks alone where newer ones are refused."""
    try:
        await client.views_publish(user_id=user, view=view)
    except SlackApiError as refusal:
        if not FORM_ERROR.search(error_of(refusal)) and error_of(refusal) != "invalid_arguments":
            raise
        log.error("form_refused", extra={"form": "home"}, exc_info=refusal)
        await client.views_publish(user_id=user, view=view | {"blocks": list(older(view["blocks"]))})


async def in_taken_form(message: Message, show: Show) -> Any:
    """Shows the fullest form that Slack takes; raises other trouble, and a refusal of the text."""
    forms = shapes(message)
    while True:
        form, shaped = next(forms)
        try:
            with STAGES("send").time():
                return await show(text=shaped.text, blocks=list(shaped.blocks) or None)
        except SlackApiError as refusal:
            if form == "text" or not FORM_ERROR.search(error_of(refusal)):
                raise
            log.error("form_refused", extra={"form": form}, exc_info=refusal)


def shapes(message: Message) -> Iterator[tuple[Form, Message]]:
    """Yields the message in the forms to try, none twice; the text comes last."""
    tried = list[Message]()
    for form in FORMS:
        shaped = in_form(message, form)
        shaped = replace(shaped, text=_cut(shaped.text))
        if shaped not in tried:
            tried.append(shaped)
            yield form, shaped


def _cut(text: str, size: Callable[[str], int] = len) -> str:
    """The text, or the first of its lines: as many characters as Slack takes, of an edit as many bytes."""
    if size(text) <= MOST_TEXT:
        return text
    return "\n".join(fitting(text.split("\n"), MOST_TEXT, "lines", size))
