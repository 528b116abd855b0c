"""/alumina alert and alerts, and the buttons of both."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from slack_bolt.async_app import AsyncRespond

from bot.alerts.condition import words
from bot.alerts.reading import read
from bot.alerts.spoken import names_nothing
from bot.messages.message import Message
from bot.posts.alerts.alert import Alert
from bot.posts.alerts.alerts import MOST
from bot.posts.alerts.buttons import pressed, unheld
from bot.posts.alerts.keeper import Keeper
from bot.posts.alerts.listing import Listed, announced, listed_with, listing
from bot.posts.alerts.proposal import Proposal, Where, asked_back, proposed
from bot.posts.rows import Entry, Post
from bot.posts.wording import place_name
from bot.questions.question import Unresolved
from bot.sending import send
from bot.words import Language, language, say, speaking
from handlers.ask import Desk
from handlers.form import tell_channel
from handlers.notes import how_to_let_in
from handlers.places import standing
from handlers.visitors import Visitor

Serve = Callable[[str, Visitor, Desk], Awaitable[Message]]


async def propose(visitor: Visitor, desk: Desk) -> Message:
    """/alumina alert TEXT: said back with buttons, to be saved; without a text, how to write one."""
    if names_nothing(visitor.text):
        return Message(say("alert_desk.how"), ())
    return await _proposal(visitor.text, visitor, desk)


async def show_alerts(visitor: Visitor, desk: Desk) -> Message:
    """/alumina alerts: those of this channel, and the asker's own."""
    return await _list("0", visitor, desk)


async def press_alert(
    body: Mapping[str, Any], action: Mapping[str, Any], respond: AsyncRespond, desk: Desk
) -> None:
    """A button of a proposal, or of the list. What it was on is replaced by what came of it."""
    visitor = Visitor(body["user"]["id"], body["channel"]["id"], body["channel"].get("name", ""))
    verb, value = pressed(action["action_id"]), str(action.get("value") or "")
    if verb in TURNS:
        return await desk.whisper(respond, await _turned(verb, value, visitor, desk), instead=True)
    return await desk.whisper(respond, await PRESSES[verb](value, visitor, desk), instead=True)


async def _proposal(text: str, visitor: Visitor, desk: Desk, spoken: Language | None = None) -> Message:
    dataset = desk.alerts.newscast.record
    reading = read(text, dataset, visitor.last)
    if isinstance(reading, Unresolved):
        return asked_back(reading)
    with speaking(spoken or reading.language):
        where, note = await _where(visitor, desk)
        return proposed(Proposal(reading, where, note), dataset)


async def _where(visitor: Visitor, desk: Desk) -> tuple[Where, str]:
    """Whether it can be told here; where it cannot, why."""
    found = await standing(desk.client, visitor.channel)
    if found in ("here", "unknown"):
        return ("own" if visitor.channel.startswith("D") else "here"), ""
    why = how_to_let_in(visitor.channel_name, desk.identity.name)
    if found == "archived":
        why = say("alert_desk.archived")
    return "closed", say("alert_desk.not_here", place=place_name(visitor.channel), why=why)


async def _propose_again(value: str, visitor: Visitor, desk: Desk) -> Message:
    """Once in the place of every time; or a condition that may have been meant."""
    spoken, text = unheld(value)
    return await _proposal(text, visitor, desk, spoken)


async def _discard(_value: str, _visitor: Visitor, _desk: Desk) -> Message:
    return Message(say("alert_desk.discarded"), ())


async def _save_here(value: str, visitor: Visitor, desk: Desk) -> Message:
    """Where it was asked for, if that is still open to us."""
    spoken, _ = unheld(value)
    with speaking(spoken):
        where, _ = await _where(visitor, desk)
        if where == "closed":
            return await _propose_again(value, visitor, desk)
        return await _save(value, visitor.channel, visitor, desk)


async def _save_own(value: str, visitor: Visitor, desk: Desk) -> Message:
    """In the person's conversation with us, which only a message to them opens."""
    spoken, _ = unheld(value)
    with speaking(spoken):
        own = await desk.alerts.kept.own(desk.identity.team_id, visitor.user)
        if own:
            return await _save(value, own[0].channel, visitor, desk)
        opened = await send(desk.client, visitor.user, Message(say("alert_desk.opened"), ()))
        return await _save(value, opened.channel, visitor, desk)


async def _save(value: str, channel: str, visitor: Visitor, desk: Desk) -> Message:
    reading = read(unheld(value)[1], desk.alerts.newscast.record)
    if isinstance(reading, Unresolved):
        return Message(say("replies.stale"), ())
    condition, now = reading.condition, desk.settings.now()
    alert = Alert(
        desk.identity.team_id, channel, words(condition), condition.once, visitor.user,
        language=language(), created_at=now, changed_at=now,
    )  # fmt: skip
    match await desk.alerts.save(alert):
        case "known":
            return Message(say("alert_desk.known"), ())
        case "full":
            return Message(say("alert_desk.full", most=MOST), ())
    await _announce("set", alert, visitor, desk)
    if alert.is_own:
        return Message(say("alert_desk.saved_own"), ())
    return Message(say("alert_desk.saved_here", place=place_name(channel)), ())


async def _announce(verb: str, alert: Alert, visitor: Visitor, desk: Desk) -> None:
    """Openly, where others are told too."""
    if not alert.is_own:
        told = announced(verb, alert, visitor.user, desk.alerts.newscast.record)
        await tell_channel(alert.channel, told, visitor.user, desk)


TURNS: Mapping[str, tuple[Callable[[Keeper, Alert, str], Awaitable[bool]], str]] = {
    "pause": (Keeper.pause, "paused"),
    "resume": (Keeper.resume, "resumed"),
    "delete": (Keeper.delete, "deleted"),
}


async def _turned(verb: str, value: str, visitor: Visitor, desk: Desk) -> Message:
    """The list as it is once an alert was paused, resumed or ended; its id came through Slack's client."""
    alert = await desk.alerts.kept.get(value)
    if alert is None or not _may_change(alert, visitor, desk):
        return Message(say("alert_desk.gone"), ())
    turn, done = TURNS[verb]
    if await turn(desk.alerts, alert, visitor.user):
        await _announce(done, alert, visitor, desk)
    return await _list("0", visitor, desk)


def _may_change(alert: Alert, visitor: Visitor, desk: Desk) -> bool:
    """Whoever is where it is told; their own a person anywhere."""
    own = alert.is_own and alert.created_by == visitor.user
    return alert.workspace == desk.identity.team_id and (own or alert.channel == visitor.channel)


async def _list(value: str, visitor: Visitor, desk: Desk) -> Message:
    """From the number on that the value says."""
    team, first = desk.identity.team_id, int(value) if value.isdecimal() else 0
    here = await desk.alerts.kept.of_channel(team, visitor.channel)
    own = await desk.alerts.kept.own(team, visitor.user)
    found = list({each.id: each for each in (*here, *own)}.values())
    return listing(await with_last(found, desk), visitor.channel, first)


async def with_last(alerts: Sequence[Alert], desk: Desk) -> list[Listed]:
    """The alerts with what each told last."""
    entries: dict[Post, Entry] = {}
    for place in {(each.workspace, each.channel) for each in alerts}:
        entries |= await desk.ledger.of_channel(*place)
    return listed_with(alerts, entries, desk.alerts.newscast.record)


PRESSES: Mapping[str, Serve] = {
    "here": _save_here,
    "own": _save_own,
    "other": _propose_again,
    "read": _propose_again,
    "discard": _discard,
    "more": _list,
}
