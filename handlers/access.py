"""Before any listener: whether the workspace still has us, whether this person is served there, and whether
they ask more than people type.

Nobody is left without a word: who spoke to the bot is told why, once where it is about too many questions.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from bot.messages.blocks import FORGETS_WORD
from bot.posts.form import FORM, Memo
from bot.posts.order_list import pressed
from bot.privacy import forget_workspace
from bot.questions.commands import command_in
from bot.questions.normalise import unmarked
from bot.questions.teaching import lesson_in
from bot.settings import Settings
from bot.slack.bolt_app import App
from bot.slack.installs.workspaces import Clients, Workspaces
from bot.slack.transcript import is_direct
from bot.store.group_commit import GroupCommit
from bot.words import listed, say
from handlers.delivery import tell_person
from handlers.desk import Desk, DeskOf, Next
from handlers.spoken_language import hear, split_private, typed_in

Body = Mapping[str, Any]

# The events that are a person's; what ends an installation is heard wherever it comes from.
SERVED = {"app_mention", "message", "app_home_opened"}
# What a person does anew each time; a modal that comes back was opened by one of these.
COUNTED = {"block_actions", "message_action"}
READS = {"", "more", "history"}  # a press of the list of orders that changes none; '' is of something else

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Endings:
    """A workspace takes the bot away, or its token back; both events come when the app is removed, in no
    promised order, and perhaps late: what was told before the bot was taken in again ends nothing.

    Slack is told that it was heard once all is done, else it tells again: a database that does not write, or
    Slack itself not saying whether a token holds, is a 500.
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
        place = Memo.of(body["view"]).opened(desk.team).channel if is_of_form else channel
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
    """Whether it makes or changes an order, or a word of the workspace."""
    typed = typed_in(body)
    text = split_private(typed)[1] if "command" in body else unmarked(typed)
    names = [str(action.get("action_id")) for action in body.get("actions") or ()]
    is_pressed = any(pressed(name) not in READS or FORGETS_WORD.match(name) for name in names)
    is_sent = is_of_form and body.get("type") == "view_submission"
    changes = command_in(text) in ("subscribe", "alert", "schedule", "word")
    return changes or bool(lesson_in(text, desk.record)) or is_pressed or is_sent
