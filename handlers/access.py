"""Before any listener: whether this person is served there, and whether they ask more than people type.

Nobody is left without a word: who spoke to the bot is told why, once where it is about too many questions.
"""

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.posts.form import FORM, Memo
from bot.posts.order_list import ALERT_BUTTON, SUBSCRIPTION_BUTTON
from bot.questions.commands import command_in
from bot.questions.normalise import unmarked
from bot.settings import Settings
from bot.slack.transcript import is_direct
from bot.words import say
from bot.words.joints import listed
from handlers.desk import Desk, Next
from handlers.language import split_private
from handlers.private_replies import tell_person

Body = Mapping[str, Any]

# The events that are a person's; what ends an installation is heard wherever it comes from.
SERVED = {"app_mention", "message", "app_home_opened"}
# What a person does anew each time; a modal that comes back was opened by one of these.
COUNTED = {"block_actions", "message_action"}

log = logging.getLogger(__name__)


async def admit(body: Body, context: AsyncBoltContext, next: Next, desk: Desk) -> BoltResponse | None:
    """Lets a request pass to its listener, or tells why not."""
    is_persons = (body.get("event") or {"type": "message"}).get("type") in SERVED
    if not is_persons or "request" in context:  # which was admitted when it first came
        return await next()
    note = await _why_not(body, context, desk)
    if note is None:
        return await next()
    if "command" in body:  # the acknowledgement itself says so
        return BoltResponse(status=200, body=note)
    if note:
        await tell_person(note, body, desk.client, desk)
    return BoltResponse(status=200)


async def _why_not(body: Body, context: AsyncBoltContext, desk: Desk) -> str | None:
    """None where the request passes; a sentence, or nothing that is to be said, where it does not."""
    channel, is_of_form = context.channel_id or "", (body.get("view") or {}).get("callback_id") == FORM
    home = home_of(body, desk.team, context.enterprise_id or "")
    if home and "event" not in body:
        place = Memo.of(body["view"]).channel if is_of_form else channel
        if await desk.places.reach(place) == "own":
            home = ""  # another workspace of the same company
    if note := turned_away(channel, home, {desk.team, context.enterprise_id or ""}, desk.settings):
        log.debug("turned_away", extra={"team": desk.team, "channel": channel})
        return note
    if home and _changes_posts(body, is_of_form):
        return say("replies.guest_changes")
    if "command" in body or (body.get("type") in COUNTED and not is_of_form):
        return desk.rate_limit.refusal(desk.team, context.user_id or "", channel)
    return None


def home_of(body: Body, team: str, enterprise: str) -> str:
    """The workspace of the person, as far as Slack says it; blank where it is the bot's own."""
    event = body.get("event")
    if event is None:
        user = body.get("user")
        found = (user if isinstance(user, Mapping) else body).get("team_id")
    else:
        said = event.get("message") or event  # of an edit only the message says who wrote it
        found = (said.get("user_team") or said.get("team")) if body.get("is_ext_shared_channel") else None
    return "" if found in (team, enterprise) else str(found or "")


def turned_away(channel: str, home: str, ours: set[str], settings: Settings) -> str | None:
    """Why a person is not served there; None where they are. `ours`: the bot's workspace and organisation."""
    if settings.alumina_teams and ours.isdisjoint(settings.alumina_teams):
        return say("replies.not_this_workspace")
    is_between_two = not channel or is_direct(channel)  # blank on the home tab and in a modal
    if settings.alumina_channels and not is_between_two and channel not in settings.alumina_channels:
        return say("replies.not_here", channels=listed([f"<#{each}>" for each in settings.alumina_channels]))
    if settings.alumina_guests == "off" and home and home not in settings.alumina_teams:
        return say("replies.guests_not")
    return None


def _changes_posts(body: Body, is_of_form: bool) -> bool:
    typed: str | None = None
    if "command" in body:
        typed = split_private(str(body.get("text") or ""))[1]
    elif event := body.get("event"):
        typed = unmarked(str((event.get("message") or event).get("text") or ""))
    if typed is not None:
        return command_in(typed) in ("subscribe", "alert")
    if body.get("type") == "view_submission":
        return is_of_form
    named = [str(action.get("action_id")) for action in body.get("actions") or ()]
    return any(SUBSCRIPTION_BUTTON.match(name) or ALERT_BUTTON.match(name) for name in named)
