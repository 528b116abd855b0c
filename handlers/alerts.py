"""/alumina alert and alerts, and the buttons of both."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.errors import StoredValueError
from bot.messages.caveats import mended
from bot.messages.message import Message
from bot.messages.modal import ALERT, alert_view, typed_in
from bot.posts.alerts.alert_messages import announced, asked_back, from_button, listing, proposed
from bot.posts.alerts.alert_store import MOST
from bot.posts.order import Alert
from bot.posts.order_list import pressed
from bot.posts.wording import place_name
from bot.questions.condition import Condition
from bot.questions.condition_reading import read_condition
from bot.slack.sending import open_modal, send
from bot.words import language, say, speaking
from handlers.asker import Asker, Press
from handlers.delivery import tell
from handlers.desk import Desk
from handlers.notes import how_to_let_in
from handlers.subscriptions import tell_channel


async def propose(asker: Asker, desk: Desk) -> Message:
    """/alumina alert TEXT: said back with buttons, to be saved; without a text, how to write one."""
    reading = read_condition(asker.text, desk.record, asker.last)
    with speaking(reading.language):
        if reading.condition is None:
            return asked_back(reading, desk.record.catalogue)
        note = await _why_not_here(asker, desk)
        return proposed(reading.condition, desk.record, asker.channel, note, mended(reading))


async def show_alerts(asker: Asker, desk: Desk, first: int = 0) -> Message:
    """/alumina alerts: those of this channel, and the asker's own, from the `first` on."""
    here = await desk.alerts.store.of_channel(desk.team, asker.channel)
    own = await desk.alerts.store.own(desk.team, asker.user)
    found = list({each.id: each for each in (*here, *own)}.values())
    return listing(await desk.alerts.listed(found), asker.channel, first)


async def take_alert(ack: AsyncAck, body: Mapping[str, Any], view: Mapping[str, Any], desk: Desk) -> None:
    """The modal of the home tab was sent: what comes of it stands in the person's messages with us."""
    await ack()
    asker = Asker(desk.team, body["user"]["id"], view["private_metadata"], text=typed_in(view, ALERT))
    await tell(asker, await propose(asker, desk), desk)


async def press_alert(press: Press, desk: Desk) -> None:
    """A button of a proposal, of the list, or below a post. All but that gives way to what came of it."""
    match pressed(press.action_id):
        case "new":
            return await open_modal(desk.client, press.trigger_id, alert_view(press.value))
        case "silence":
            return await tell(press, await _turned("pause", press, desk), desk)
        case "pause" | "resume" | "delete" as verb:
            told: Message | str = await _turned(verb, press, desk)
        case "more":
            told = await show_alerts(press, desk, int(press.value) if press.value.isdecimal() else 0)
        case "discard":
            told = say("alert_desk.discarded")
        case verb:
            told = await _of_condition(verb, press, desk)
    return await tell(press, told, desk, instead=True)


async def _of_condition(verb: str, press: Press, desk: Desk) -> Message | str:
    """The pressed condition, saved here or for the presser alone; else proposed."""
    spoken, condition = from_button(press.value)
    if not desk.alerts.evaluator.knows(condition):
        raise StoredValueError(f"There is no series {condition.series} in the data.")
    with speaking(spoken):
        if verb == "own":
            opening = Message(say("alert_desk.opened"), ())  # only that opens the person's messages with us
            kept = await desk.alerts.store.own(desk.team, press.user)
            place = kept[0] if kept else await send(desk.client, press.user, opening)
            return await _save(condition, place.channel, press, desk)
        note = await _why_not_here(press, desk)
        if verb == "here" and not note:
            return await _save(condition, press.channel, press, desk)
        return proposed(condition, desk.record, press.channel, note)


async def _why_not_here(asker: Asker, desk: Desk) -> str:
    """Why an alert cannot be told where they are, and what to do about it; '' where it can."""
    if (found := await desk.places.standing(asker.channel)) in ("here", "unknown"):
        return ""
    let_in = how_to_let_in(asker.channel, desk.identity.name)
    why = say("alert_desk.archived") if found == "archived" else let_in
    return say("alert_desk.not_here", place=place_name(asker.channel), why=why)


async def _save(condition: Condition, channel: str, press: Press, desk: Desk) -> str:
    now = desk.settings.now()
    alert = Alert(
        desk.team, channel, condition,
        language=language(), created_by=press.user, created_at=now, changed_at=now,
    )  # fmt: skip
    if (saved := await desk.alerts.save(alert)) != "saved":
        return say(f"alert_desk.unsaved_{saved}", most=MOST)
    if alert.is_own:
        return say("alert_desk.saved_own")
    await tell_channel(channel, announced("set", alert, press.user, desk.record), press.user, desk)
    return say("alert_desk.saved_here", place=place_name(channel))


async def _turned(verb: str, press: Press, desk: Desk) -> Message:
    """The list as it is once an alert was paused, resumed or ended; its id came through Slack's client."""
    alert = await desk.alerts.store.get(press.value)
    # Whoever is where it is told may change it; their own a person anywhere.
    own = alert and alert.is_own and alert.created_by == press.user
    if not alert or alert.workspace != desk.team or not (own or alert.channel == press.channel):
        return Message(say("alert_desk.gone"), ())
    turns = {"pause": desk.alerts.pause, "resume": desk.alerts.resume, "delete": desk.alerts.delete}
    if await turns[verb](alert, press.user) and not alert.is_own:
        await tell_channel(alert.channel, announced(verb, alert, press.user, desk.record), press.user, desk)
    return await show_alerts(press, desk)
