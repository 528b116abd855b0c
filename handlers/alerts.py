"""/alumina alert, /alumina post … every month: what is understood of it, and the buttons that save it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.errors import StoredValueError
from bot.messages.caveats import mended
from bot.messages.message import Message
from bot.messages.modal import ALERT, alert_view, typed_in
from bot.posts.order import SHANGHAI, Order, alert, scheduled
from bot.posts.order_list import pressed
from bot.posts.order_store import MOST
from bot.posts.proposals import asked_back, is_schedulable, pressed_order, proposed
from bot.posts.wording import place_name
from bot.questions.commands import without_schedule
from bot.questions.condition_reading import read_condition
from bot.questions.question import Question
from bot.slack.sending import open_modal, send
from bot.words import say, speaking
from handlers.asker import Asker, Press
from handlers.delivery import tell
from handlers.desk import Desk
from handlers.notes import how_to_let_in
from handlers.orders import open_form, tell_channel


async def propose(asker: Asker, desk: Desk) -> Message:
    """/alumina alert TEXT: said back with buttons, to be saved; without a text, how to write one."""
    reading = read_condition(asker.text, desk.record, asker.last)
    with speaking(reading.language):
        if reading.condition is None:
            return asked_back(reading, desk.record.catalogue)
        order = alert(desk.team, asker.channel, reading.condition, language=reading.language)
        return await _proposed(order, asker, desk, mended(reading))


async def propose_schedule(asker: Asker, desk: Desk) -> Message:
    """/alumina post TEXT every month: said back with buttons; without a text the question of its thread."""
    text = without_schedule(asker.text)
    asked = (await desk.answer(text, asker.user)).question if text else asker.last
    return await propose_question(asked, asker, desk)


async def propose_question(asked: Question | None, asker: Asker, desk: Desk) -> Message:
    """What is posted of a question after each release, with buttons that save it."""
    if asked is None or not is_schedulable(asked):
        return Message(say("alert_desk.what_to_post"), ())
    zone = await desk.places.zone_of(asker.user) or SHANGHAI
    now = desk.settings.now()
    with speaking(asked.language):
        order = scheduled(desk.team, asker.channel, asked, zone=zone, created_by=asker.user, changed_at=now)
        return await _proposed(order, asker, desk)


async def _proposed(order: Order, asker: Asker, desk: Desk, restated: Iterable[str] = ()) -> Message:
    [listed] = await desk.orders.listed([order], desk.settings.now())
    return proposed(listed, desk.record, await _why_not_here(asker, desk), restated)


async def take_alert(ack: AsyncAck, body: Mapping[str, Any], view: Mapping[str, Any], desk: Desk) -> None:
    """The modal of the home tab was sent: what comes of it stands in the person's messages with us."""
    await ack()
    asker = Asker(desk.team, body["user"]["id"], view["private_metadata"], text=typed_in(view, ALERT))
    await tell(asker, await propose(asker, desk), desk)


async def press_alert(press: Press, desk: Desk) -> None:
    """A button of a proposal, which gives way to what came of it; or of the home tab."""
    match pressed(press.action_id):
        case "new":
            return await open_modal(desk.client, press.trigger_id, alert_view(press.value))
        case "options":
            return await open_form(_pressed(press, desk), press, desk, known=False)
        case "discard":
            told: Message | str = say("alert_desk.discarded")
        case verb:
            told = await _of_order(verb, press, desk)
    return await tell(press, told, desk, instead=True)


async def _of_order(verb: str, press: Press, desk: Desk) -> Message | str:
    """The pressed order, saved here or for the presser alone; else proposed."""
    order = _pressed(press, desk)
    with speaking(order.language):
        if verb == "own":
            return await _save(replace(order, channel=await _own_place(press, desk)), press, desk)
        if verb == "here" and not await _why_not_here(press, desk):
            return await _save(order, press, desk)
        return await _proposed(order, press, desk)


def _pressed(press: Press, desk: Desk) -> Order:
    """The order of a button, of the presser's, where they are."""
    order = pressed_order(press.value, (desk.team, press.channel), press.user, desk.settings.now())
    if order.kind == "monthly" or not desk.orders.knows(order):
        raise StoredValueError("There is no such series in the data.")
    return order


async def _own_place(press: Press, desk: Desk) -> str:
    """The presser's conversation with us, which only a message there opens."""
    if own := await desk.orders.own_channel(desk.team, press.user):
        return own
    return (await send(desk.client, press.user, Message(say("alert_desk.opened"), ()))).channel


async def _why_not_here(asker: Asker, desk: Desk) -> str:
    """Why an alert cannot be told where they are, and what to do about it; '' where it can."""
    if (found := await desk.places.standing(asker.channel)) in ("here", "unknown"):
        return ""
    let_in = how_to_let_in(asker.channel, desk.identity.name)
    why = say("alert_desk.archived") if found == "archived" else let_in
    return say("alert_desk.not_here", place=place_name(asker.channel), why=why)


async def _save(order: Order, press: Press, desk: Desk) -> str:
    if (saved := await desk.orders.save(order)) != "made":
        return say(f"alert_desk.unsaved_{saved}", most=MOST)
    if order.is_own:
        return say("alert_desk.saved_own")
    await tell_channel(saved, order, press.user, desk)
    return say("alert_desk.saved_here", place=place_name(order.channel))
