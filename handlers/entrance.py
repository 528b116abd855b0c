"""Before any listener: whether this person is served there, and whether they ask more than people type.

Nobody is left without a word: who spoke to the bot is told why, once where it is about too many questions.
"""

import logging
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.messages.blocks import section
from bot.messages.message import Message
from bot.posts.alerts.alert_buttons import BUTTON as ALERT_BUTTON
from bot.posts.form import FORM, Memo
from bot.posts.listing import BUTTON as SUBSCRIPTION_BUTTON
from bot.questions.commands import command_in
from bot.questions.normalise import unmarked
from bot.slack.errors import SlackTrouble
from bot.slack.inbox import Request
from bot.slack.refusals import ResponseRefusedError
from bot.slack.sending import respond_alone, send, show_home, whisper
from bot.words import say
from handlers.desk import Desk, Next
from handlers.language import split_private
from handlers.visits import Visit, turned_away, visit_of

Body = Mapping[str, Any]

# What a person does anew each time; a modal that comes back was opened by one of these.
COUNTED = {"block_actions", "message_action"}

log = logging.getLogger(__name__)


async def admit(body: Body, context: AsyncBoltContext, next: Next, desk: Desk) -> BoltResponse | None:
    """Lets a request pass to its listener, or tells why not."""
    visit = visit_of(body, context, desk.identity.team_id)
    again = "request" in context  # it was admitted when it first came
    note = None if visit is None or again else await _why_not(visit, body, desk)
    if visit is None or note is None:
        await next()
        return None
    if "command" in body:  # the acknowledgement itself says so
        return BoltResponse(status=200, body=note)
    await _tell(note, visit, body, desk)
    return BoltResponse(status=200)


async def _why_not(visit: Visit, body: Body, desk: Desk) -> str | None:
    """None where the request passes; a sentence, or nothing that is to be said, where it does not."""
    if visit.home and not visit.is_event and await desk.sharing.reach(_place(visit, body)) == "own":
        visit = replace(visit, home="")  # another workspace of the same company
    if note := turned_away(visit, desk.settings):
        log.debug("turned_away", extra={"team": visit.team, "channel": visit.channel})
        return note
    if visit.home and _changes_posts(body):
        return say("replies.guest_changes")
    if "command" in body or (body.get("type") in COUNTED and not _is_of_form(body)):
        return too_fast(visit.user, visit.channel, desk)
    return None


def too_fast(user: str, channel: str, desk: Desk) -> str | None:
    """None where one more question is allowed; '' where that it is not was said already."""
    verdict, limit = desk.pace.allows(desk.identity.team_id, user, channel)
    if verdict == "yes":
        return None
    if verdict == "no":
        return ""
    log.warning("asked_too_often", extra={"channel": channel})
    own = limit is desk.pace.people
    return say("replies.slower" if own else "replies.busy", limit=limit.a_minute)


async def set_aside(asked: Request, user: str, note: str, desk: Desk) -> None:
    """Closes a message that will not be answered, because its writer asks too often."""
    await desk.inbox.answered(asked)
    await tell_beside(asked, user, note, desk)


async def tell_beside(asked: Request, user: str, note: str, desk: Desk) -> None:
    """Tells a message's writer alone something beside it, where there is something to say."""
    if note:
        await _whisper(note, asked.channel, user, asked.shown_in, desk)


def _is_of_form(body: Body) -> bool:
    """Whether it comes from the modal in which a channel is subscribed."""
    return bool((body.get("view") or {}).get("callback_id") == FORM)


def _place(visit: Visit, body: Body) -> str:
    """The channel that it is about, which of a modal only its memo says."""
    return Memo.of(body["view"]).channel if _is_of_form(body) else visit.channel


def _changes_posts(body: Body) -> bool:
    if (typed := _typed(body)) is not None:
        return command_in(typed) in ("subscribe", "alert")
    if body.get("type") == "view_submission":
        return _is_of_form(body)
    actions = body.get("actions") or ()
    named = [str(action.get("action_id")) for action in actions]
    return any(SUBSCRIPTION_BUTTON.match(name) or ALERT_BUTTON.match(name) for name in named)


def _typed(body: Body) -> str | None:
    """What was typed as a command, or in a message; None where something was pressed."""
    if "command" in body:
        return split_private(str(body.get("text") or ""))[1]
    if event := body.get("event"):
        return unmarked(str((event.get("message") or event).get("text") or ""))
    return None


async def _tell(note: str, visit: Visit, body: Body, desk: Desk) -> None:
    """To the person alone; in a channel where others talk only where they spoke to the bot."""
    event = body.get("event") or {}
    if not note:
        return
    if url := body.get("response_url"):
        await _try(respond_alone(desk.client, url, Message(note, ())))
    elif event.get("tab") == "home":
        view = {"type": "home", "blocks": [section(note)]}
        await _try(show_home(desk.client, visit.user, view))
    elif body.get("view"):  # a modal or the home tab: only their conversation with us is left
        await _try(send(desk.client, visit.user, Message(note, ())))
    elif _is_to_us(event, desk.identity.mention):
        thread_ts = (event.get("message") or event).get("thread_ts")
        await _whisper(note, visit.channel, visit.user, thread_ts, desk)


def _is_to_us(event: Body, mention: str) -> bool:
    """A mention, a direct message, or that one of these was edited."""
    said, before = event.get("message") or event, event.get("previous_message") or {}
    spoken = said.get("user") and not said.get("bot_id") and not said.get("subtype")
    edited = before and said.get("text") != before.get("text")
    mentioned = event["type"] == "app_mention" or (edited and mention in said["text"])
    return bool(spoken and (mentioned or event.get("channel_type") == "im"))


async def _whisper(note: str, channel: str, user: str, thread_ts: str | None, desk: Desk) -> None:
    await _try(whisper(desk.client, channel, user, Message(note, ()), thread_ts=thread_ts))


async def _try(saying: Awaitable[Any]) -> None:
    try:
        await saying
    except (*SlackTrouble, ResponseRefusedError) as trouble:
        log.warning("not_told", exc_info=trouble)
