"""/alumina alert and alerts, and the buttons of both."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.errors import StoredValueError
from bot.messages.message import Message
from bot.messages.modal import ALERT, alert_view, typed_in
from bot.messages.understanding import mended
from bot.posts.alerts.alert import Alert
from bot.posts.alerts.alert_buttons import from_button, pressed
from bot.posts.alerts.alert_listing import Listed, announced, listed_with, listing
from bot.posts.alerts.alert_service import AlertService
from bot.posts.alerts.alert_store import MOST
from bot.posts.alerts.proposal import Proposal, Where, asked_back, proposed
from bot.posts.rows import Entry, Post
from bot.posts.wording import place_name
from bot.questions.condition import Condition
from bot.questions.condition_reading import parse_condition, resolve
from bot.slack.once import retry
from bot.slack.sending import open_modal, send
from bot.words import language, say, speaking
from handlers.desk import Desk
from handlers.form import tell_channel
from handlers.notes import how_to_let_in
from handlers.places import standing
from handlers.visitors import Visitor

Serve = Callable[[str, Visitor, Desk], Awaitable[Message]]


async def propose(visitor: Visitor, desk: Desk) -> Message:
    """/alumina alert TEXT: said back with buttons, to be saved; without a text, how to write one."""
    dataset = desk.alerts.evaluator.dataset
    parsed = visitor.alert or parse_condition(visitor.text, dataset)
    reading = resolve(parsed, dataset, visitor.last)
    with speaking(reading.language):
        if reading.condition is None:
            return asked_back(reading, dataset.catalogue)
        return await _proposal(reading.condition, visitor, desk, mended(reading))


async def show_alerts(visitor: Visitor, desk: Desk) -> Message:
    """/alumina alerts: those of this channel, and the asker's own."""
    return await _list("0", visitor, desk)


async def press_alert(
    ack: AsyncAck, body: Mapping[str, Any], action: Mapping[str, Any], respond: AsyncRespond, desk: Desk
) -> None:
    """A button of a proposal, or of the list. What it was on is replaced by what came of it."""
    await ack()
    verb, value = pressed(action["action_id"]), str(action.get("value") or "")
    if verb == "new":
        return await open_modal(desk.client, body["trigger_id"], alert_view(value))
    visitor = Visitor(body["user"]["id"], body["channel"]["id"], body["channel"].get("name", ""))
    if verb == "silence":  # the post stays
        return await desk.whisper(respond, await _turned("pause", value, visitor, desk))
    return await desk.whisper(respond, await _came_of(verb, value, visitor, desk), instead=True)


async def take_alert(ack: AsyncAck, body: Mapping[str, Any], view: Mapping[str, Any], desk: Desk) -> None:
    """The modal of the home tab was sent: what comes of it stands in the person's messages with us."""
    await ack()
    visitor = Visitor(body["user"]["id"], view["private_metadata"], "", text=typed_in(view, ALERT))
    message = await propose(visitor, desk)
    await desk.inbox.unseen(desk.asked)
    await retry(partial(send, desk.client, visitor.user, message), unsure=False)


async def _came_of(verb: str, value: str, visitor: Visitor, desk: Desk) -> Message:
    if verb in TURNS:
        return await _turned(verb, value, visitor, desk)
    if verb in PRESSES:
        return await PRESSES[verb](value, visitor, desk)
    spoken, condition = from_button(value)
    if not desk.alerts.evaluator.knows(condition):
        raise StoredValueError(f"There is no series {condition.series} in the data.")
    with speaking(spoken):
        return await CHOICES[verb](condition, visitor, desk)


async def _proposal(
    condition: Condition, visitor: Visitor, desk: Desk, restated: tuple[str, ...] = ()
) -> Message:
    where, note = await _where(visitor, desk)
    return proposed(Proposal(condition, where, note, restated), desk.alerts.evaluator.dataset)


async def _where(visitor: Visitor, desk: Desk) -> tuple[Where, str]:
    """Whether it can be told here; where it cannot, why."""
    found = await standing(desk.client, visitor.channel)
    if found in ("here", "unknown"):
        return ("own" if visitor.channel.startswith("D") else "here"), ""
    why = how_to_let_in(visitor.channel_name, desk.identity.name)
    if found == "archived":
        why = say("alert_desk.archived")
    return "closed", say("alert_desk.not_here", place=place_name(visitor.channel), why=why)


async def _discard(_value: str, _visitor: Visitor, _desk: Desk) -> Message:
    return Message(say("alert_desk.discarded"), ())


async def _save_here(condition: Condition, visitor: Visitor, desk: Desk) -> Message:
    """Where it was asked for, if that is still open to us."""
    where, _ = await _where(visitor, desk)
    if where == "closed":
        return await _proposal(condition, visitor, desk)
    return await _save(condition, visitor.channel, visitor, desk)


async def _save_own(condition: Condition, visitor: Visitor, desk: Desk) -> Message:
    """In the person's conversation with us, which only a message to them opens."""
    own = await desk.alerts.store.own(desk.identity.team_id, visitor.user)
    if own:
        return await _save(condition, own[0].channel, visitor, desk)
    opened = await send(desk.client, visitor.user, Message(say("alert_desk.opened"), ()))
    return await _save(condition, opened.channel, visitor, desk)


async def _save(condition: Condition, channel: str, visitor: Visitor, desk: Desk) -> Message:
    now = desk.settings.now()
    alert = Alert(
        desk.identity.team_id, channel, condition, visitor.user,
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
        told = announced(verb, alert, visitor.user, desk.alerts.evaluator.dataset)
        await tell_channel(alert.channel, told, visitor.user, desk)


TURNS: Mapping[str, tuple[Callable[[AlertService, Alert, str], Awaitable[bool]], str]] = {
    "pause": (AlertService.pause, "paused"),
    "resume": (AlertService.resume, "resumed"),
    "delete": (AlertService.delete, "deleted"),
}


async def _turned(verb: str, value: str, visitor: Visitor, desk: Desk) -> Message:
    """The list as it is once an alert was paused, resumed or ended; its id came through Slack's client."""
    alert = await desk.alerts.store.get(value)
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
    here = await desk.alerts.store.of_channel(team, visitor.channel)
    own = await desk.alerts.store.own(team, visitor.user)
    found = list({each.id: each for each in (*here, *own)}.values())
    return listing(await with_last(found, desk), visitor.channel, first)


async def with_last(alerts: Sequence[Alert], desk: Desk) -> list[Listed]:
    """The alerts with what each told last."""
    entries: dict[Post, Entry] = {}
    for place in {(each.workspace, each.channel) for each in alerts}:
        entries |= await desk.ledger.of_channel(*place)
    return listed_with(alerts, entries, desk.alerts.evaluator.dataset)


PRESSES: Mapping[str, Serve] = {"discard": _discard, "more": _list}
# What is done with the condition of a button.
CHOICES: Mapping[str, Callable[[Condition, Visitor, Desk], Awaitable[Message]]] = {
    "here": _save_here,
    "own": _save_own,
    "other": _proposal,
    "read": _proposal,
}
