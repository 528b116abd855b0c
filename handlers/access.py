"""Before any listener: whether the workspace still has us, whether this person is served there, and whether
they ask more than people type; and in which language they are spoken to. Who spoke to the bot is told why.
"""

import logging
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from bot.messages import blocks, modal
from bot.posts.form import FORM, Memo
from bot.posts.order_list import pressed
from bot.privacy import forget_workspace
from bot.questions import commands, language, normalise
from bot.settings import Settings
from bot.slack.bolt_app import App
from bot.slack.installs.workspaces import Clients, Workspaces
from bot.slack.transcript import is_direct
from bot.store.group_commit import GroupCommit
from bot.words import Language, listed, say, speak
from handlers.delivery import tell_person
from handlers.desk import Body, Desk, DeskOf, Next

SERVED = {"app_mention", "message", "app_home_opened"}  # the events that are a person's
COUNTED = {"block_actions", "message_action"}  # by one of these a modal was opened that comes back
READS = {"", "more", "history"}  # a press of the list of orders that changes none; '' is of something else
MENTION = re.compile(r"<[^>]*>")
PRIVATE = re.compile(r"(?i)^(?:private(?!\S)|私下)\s*")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Endings:
    """A workspace takes the bot away, or its token back; both events come when the app is removed, in no
    promised order, and perhaps late. Slack is told that it was heard once all is done, else it tells again.
    """

    workspaces: Workspaces
    writer: GroupCommit

    async def hear(self, body: Body, context: AsyncBoltContext, next: Next) -> BoltResponse | None:
        """Before all others: there is nobody left there to answer."""
        team, event = context.team_id, body.get("event") or {}
        removed = event.get("type") == "app_uninstalled"
        if not removed and event.get("type") != "tokens_revoked":
            return await next()
        ends = removed or (event.get("tokens") or {}).get("bot")
        if team and ends:
            await self._end(team, datetime.fromtimestamp(int(body["event_time"]), UTC), removed=removed)
        return BoltResponse(status=200)

    async def _end(self, team: str, at: datetime, *, removed: bool) -> None:
        if await self.workspaces.is_back(team, at):
            return log.info("installed_again", extra={"team": team})
        await self.workspaces.take_away(team)
        if removed:
            await self.writer.settled()  # what would be written later would stay
            await forget_workspace(self.workspaces.engine, team)
        return log.info("taken_away" if removed else "token_revoked", extra={"team": team})


@dataclass
class Reception(AsyncMiddleware):
    """Before any listener: which desk a request is for, in which language, and whether it is served."""

    app: App
    clients: Clients
    desk_of: DeskOf

    async def async_process(self, *, req: AsyncBoltRequest, next: Next, **_: Any) -> BoltResponse | None:
        """Lets a request pass to its listener, with its desk, or tells why not."""
        # Bolt asks for no authorization of what tells that one has ended.
        seat = req.context.get("seat") or await self.clients.seat_of(req.context.team_id or "")
        desk = self.desk_of(seat)
        taught = await desk.words.of(desk.team)
        desk = req.context["desk"] = replace(desk, taught=taught) if taught else desk
        req.context["app"] = self.app
        hear(req.body, desk)
        is_persons = (req.body.get("event") or {"type": "message"}).get("type") in SERVED
        # What is taken up again was admitted when it first came.
        is_new = is_persons and "request" not in req.context
        note = await _why_not(req.body, req.context, desk) if is_new else None
        if note is None:
            return await next()
        if "command" in req.body:  # the acknowledgement itself says so
            return BoltResponse(status=200, body=note)
        if note:
            self.app.beside(tell_person(note, req.body, desk, once=True))
        return BoltResponse(status=200)


async def _why_not(body: Body, context: AsyncBoltContext, desk: Desk) -> str | None:
    """None where the request passes; a sentence, or nothing that is to be said, where it does not."""
    channel, is_of_form = context.channel_id or "", (body.get("view") or {}).get("callback_id") == FORM
    ours = {desk.team, context.enterprise_id or ""}
    if (home := home_of(body, ours)) and "event" not in body:
        place = modal.carried(body["view"], Memo).opened(desk.team).channel if is_of_form else channel
        if await desk.places.reach(place) == "own":
            home = ""  # another workspace of the same company
    if note := turned_away(channel, home, ours, desk.settings):
        return note
    if home and _changes_what_is_kept(body, is_of_form, desk):
        return say("replies.guest_changes")
    if "command" in body or (body.get("type") in COUNTED and not is_of_form):
        return desk.rate_limit.refusal(desk.team, context.user_id or "", channel)
    return None


def home_of(body: Body, ours: set[str]) -> str:
    """The workspace of the person, as far as Slack says it; blank where it is the bot's or its company's."""
    if (event := body.get("event")) is None:
        found = (body.get("user") or body).get("team_id")
    else:
        said = event.get("message") or event  # of an edit only the message says who wrote it
        found = (said.get("user_team") or said.get("team")) if body.get("is_ext_shared_channel") else None
    return "" if found in ours else str(found or "")


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


def _changes_what_is_kept(body: Body, is_of_form: bool, desk: Desk) -> bool:
    typed = typed_in(body)
    text = split_private(typed)[1] if "command" in body else normalise.unmarked(typed)
    names = [str(action.get("action_id")) for action in body.get("actions") or ()]
    is_pressed = any(pressed(name) not in READS or blocks.FORGETS_WORD.match(name) for name in names)
    is_sent = is_of_form and body.get("type") == "view_submission"
    changes = commands.command_in(text) in ("subscribe", "alert", "schedule", "word")
    return changes or bool(commands.lesson_in(text, desk.record)) or is_pressed or is_sent


def hear(body: Body, desk: Desk) -> None:
    """Before anything is said to a request: in its language from here on, errors included."""
    speak(told_in(body) or desk.settings.alumina_language)


def spoken_in(text: str) -> Language | None:
    """The language of what is typed; None where nothing tells it, as the commands' own words do not."""
    if wanted := language.asked_for(text)[0]:
        return wanted
    spoken = language.language_of(text)
    return None if spoken == "en" and len(text.split()) == 1 and commands.command_in(text) else spoken


def split_private(text: str) -> tuple[bool, str]:
    """Whether the text begins with the word private, or that in Chinese, and the rest of it."""
    rest = PRIVATE.sub("", text.strip())
    return rest != text.strip(), rest


def typed_in(body: Body) -> str:
    """What a person has typed, or chosen the shortcut at; blank for a press."""
    event = body.get("event") or (body if body.get("type") == "message_action" else {})
    return str((event.get("message") or event or body).get("text") or "")


def told_in(body: Body) -> Language | None:
    """The language of a request; None where it could be any."""
    pressed = [each.get("selected_option") or each for each in body.get("actions") or ()]
    titles = [(body.get("view") or {}).get("title"), *(each.get("text") for each in pressed)]
    shown = [(each or {}).get("text") for each in (*titles, body.get("message"))]
    texts = [split_private(MENTION.sub(" ", typed_in(body)))[1], *(str(text or "") for text in shown)]
    return next((found for text in texts if (found := spoken_in(text))), None)
