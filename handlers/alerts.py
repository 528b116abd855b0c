"""/alumina alert and alerts, and the buttons of both."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.errors import StoredValueError
from bot.messages.message import Message
from bot.messages.modal import ALERT, alert_view, typed_in
from bot.messages.understanding import mended
from bot.posts.alerts.alert_messages import (
    Listed,
    Proposal,
    Where,
    announced,
    asked_back,
    from_button,
    listed_with,
    listing,
    proposed,
)
from bot.posts.alerts.alert_service import AlertService
from bot.posts.alerts.alert_store import MOST
from bot.posts.order import Alert
from bot.posts.order_list import pressed
from bot.posts.rows import Entry, Post
from bot.posts.wording import place_name
from bot.questions.condition import Condition
from bot.questions.condition_reading import parse_condition, resolve
from bot.slack.sending import open_modal, send
from bot.words import language, say, speaking
from handlers.asker import Asker, Press
from handlers.desk import Desk
from handlers.notes import how_to_let_in
from handlers.private_replies import tell
from handlers.subscription_form import tell_channel


async def propose(asker: Asker, desk: Desk) -> Message:
    """/alumina alert TEXT: said back with buttons, to be saved; without a text, how to write one."""
    dataset = desk.alerts.evaluator.dataset
    reading = resolve(asker.alert or parse_condition(asker.text, dataset), dataset, asker.last)
    with speaking(reading.language):
        if reading.condition is None:
            return asked_back(reading, dataset.catalogue)
        return await _proposal(reading.condition, asker, desk, mended(reading))


async def show_alerts(asker: Asker, desk: Desk, first: int = 0) -> Message:
    """/alumina alerts: those of this channel, and the asker's own, from the `first` on."""
    here = await desk.alerts.store.of_channel(desk.team, asker.channel)
    own = await desk.alerts.store.own(desk.team, asker.user)
    found = list({each.id: each for each in (*here, *own)}.values())
    return listing(await with_last(found, desk), asker.channel, first)


async def with_last(alerts: Sequence[Alert], desk: Desk) -> list[Listed]:
    """The alerts with what each told last."""
    entries: dict[Post, Entry] = {}
    for place in {(each.workspace, each.channel) for each in alerts}:
        entries |= await desk.ledger.of_channel(*place)
    return listed_with(alerts, entries, desk.alerts.evaluator.dataset)


async def press_alert(press: Press, desk: Desk) -> None:
    """A button of a proposal, of the list, or below a post. What it was on is replaced by what came of it."""
    match pressed(press.action_id):
        case "new":
            await open_modal(desk.client, press.trigger_id, alert_view(press.value))
        case "silence":  # the post stays
            await tell(press, await _turned("pause", press, desk), desk)
        case verb:
            await tell(press, await _came_of(verb, press, desk), desk, instead=True)


async def take_alert(ack: AsyncAck, body: Mapping[str, Any], view: Mapping[str, Any], desk: Desk) -> None:
    """The modal of the home tab was sent: what comes of it stands in the person's messages with us."""
    await ack()
    asker = Asker(desk.team, body["user"]["id"], view["private_metadata"], text=typed_in(view, ALERT))
    await tell(asker, await propose(asker, desk), desk)


async def _came_of(verb: str, press: Press, desk: Desk) -> Message:
    match verb:
        case "pause" | "resume" | "delete":
            return await _turned(verb, press, desk)
        case "more":
            return await show_alerts(press, desk, int(press.value) if press.value.isdecimal() else 0)
        case "discard":
            return Message(say("alert_desk.discarded"), ())
    spoken, condition = from_button(press.value)
    if not desk.alerts.evaluator.knows(condition):
        raise StoredValueError(f"There is no series {condition.series} in the data.")
    with speaking(spoken):
        match verb:
            case "here":
                where, _ = await _where(press, desk)
                if where != "closed":
                    return await _save(condition, press.channel, press, desk)
            case "own":
                return await _save(condition, await _own_channel(press, desk), press, desk)
        return await _proposal(condition, press, desk)


async def _proposal(
    condition: Condition, asker: Asker, desk: Desk, restated: tuple[str, ...] = ()
) -> Message:
    where, note = await _where(asker, desk)
    return proposed(Proposal(condition, where, note, restated), desk.alerts.evaluator.dataset)


async def _where(asker: Asker, desk: Desk) -> tuple[Where, str]:
    """Whether it can be told here; where it cannot, why."""
    found = await desk.places.standing(asker.channel)
    if found in ("here", "unknown"):
        return ("own" if asker.channel.startswith("D") else "here"), ""
    why = how_to_let_in(asker.channel_name, desk.identity.name)
    if found == "archived":
        why = say("alert_desk.archived")
    return "closed", say("alert_desk.not_here", place=place_name(asker.channel), why=why)


async def _own_channel(press: Press, desk: Desk) -> str:
    """The person's conversation with us, which only a message to them opens."""
    if own := await desk.alerts.store.own(desk.team, press.user):
        return own[0].channel
    return (await send(desk.client, press.user, Message(say("alert_desk.opened"), ()))).channel


async def _save(condition: Condition, channel: str, press: Press, desk: Desk) -> Message:
    now, spoken = desk.settings.now(), language()
    alert = Alert(
        desk.team, channel, condition,
        language=spoken, created_by=press.user, created_at=now, changed_at=now,
    )  # fmt: skip
    match await desk.alerts.save(alert):
        case "known":
            return Message(say("alert_desk.known"), ())
        case "full":
            return Message(say("alert_desk.full", most=MOST), ())
    await _announce("set", alert, press, desk)
    if alert.is_own:
        return Message(say("alert_desk.saved_own"), ())
    return Message(say("alert_desk.saved_here", place=place_name(channel)), ())


async def _announce(verb: str, alert: Alert, press: Press, desk: Desk) -> None:
    """Openly, where others are told too."""
    if not alert.is_own:
        told = announced(verb, alert, press.user, desk.alerts.evaluator.dataset)
        await tell_channel(alert.channel, told, press.user, desk)


TURNS: Mapping[str, tuple[Callable[[AlertService, Alert, str], Awaitable[bool]], str]] = {
    "pause": (AlertService.pause, "paused"),
    "resume": (AlertService.resume, "resumed"),
    "delete": (AlertService.delete, "deleted"),
}


async def _turned(verb: str, press: Press, desk: Desk) -> Message:
    """The list as it is once an alert was paused, resumed or ended; its id came through Slack's client."""
    alert = await desk.alerts.store.get(press.value)
    # Whoever is where it is told may change it; their own a person anywhere.
    own = alert and alert.is_own and alert.created_by == press.user
    if not alert or alert.workspace != desk.team or not (own or alert.channel == press.channel):
        return Message(say("alert_desk.gone"), ())
    turn, done = TURNS[verb]
    if await turn(desk.alerts, alert, press.user):
        await _announce(done, alert, press, desk)
    return await show_alerts(press, desk)
