"""The orders of a channel: their list and its buttons, the monthly post's modal, history, what comes next."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from cachetools import TTLCache
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.answers.respond import respond
from bot.messages import modal, slack_names
from bot.messages.blocks import Message, section
from bot.messages.render import render
from bot.posts.form import LANGUAGE, PLACE, Memo, form_view, memo_of, offered, read_form
from bot.posts.order import SHANGHAI, Order, monthly
from bot.posts.order_list import agenda, announced, listing, mending, pressed
from bot.posts.order_store import MOST
from bot.questions.question import Question
from bot.slack import sending, transcript
from bot.slack.trouble import NO_ENTRY, SlackTrouble, error_of
from bot.words import language, say
from bot.words import listed as joined
from handlers.access import spoken_in
from handlers.delivery import closed_told, tell
from handlers.desk import Asker, Body, Desk, Press

CHANGES: TTLCache[str, str, float] = TTLCache(2_000, 3_600.0)  # the newest in each modal


async def subscribe(asker: Asker, desk: Desk, *, moves: bool = False) -> Message | None:
    """/alumina subscribe: opens the monthly post's form, or says what to do first; `moves`: elsewhere."""
    channel = asker.channel
    if not moves and (why := await why_not_in(channel, desk)):
        return Message(why, (section(why), mending(desk.team, channel, ["new", "elsewhere"], channel)))
    if not asker.trigger_id:
        return Message(say("replies.opens_for_command"), ())
    known = await desk.orders.store.monthly(desk.team, channel)
    form = known or monthly(desk.team, channel, zone="", changed_at=desk.settings.now())
    if not known or spoken_in(asker.text):
        form = replace(form, language=language())
    await open_form(form, asker, desk, known=known is not None, moves=moves)
    return None


async def why_not_in(channel: str, desk: Desk, user: str = "") -> str:
    """Why nothing can be posted in a channel, and what to do; '' where it can. `user`: who wants it there."""
    if user and channel not in await desk.places.channels_of(user):
        return say("replies.not_there")
    allowed = desk.settings.alumina_channels
    if allowed and channel not in allowed and not transcript.is_direct(channel):
        return say("replies.not_here", channels=joined([f"<#{each}>" for each in allowed]))
    error = await desk.places.why_closed(channel)
    return closed_told(error, channel, desk.identity.name) if error else ""


async def open_form(order: Order, asker: Asker, desk: Desk, **more: Any) -> None:
    """Opens the modal of an order, with what it carries along; without a zone on the asker's own clock."""
    zone, groups = await desk.places.person(asker.user)
    order = replace(order, zone=order.zone or zone or SHANGHAI)
    memo = memo_of(order, own_zone=zone, **more)
    ahead = await desk.orders.ahead(order, desk.settings.now())
    view = form_view(order, memo, desk.record, ahead, groups)
    await sending.open_modal(desk.client, asker.trigger_id, view)


async def change_form(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Something was put into the modal: its fields, next dates and preview follow, by the newest change."""
    await ack()
    old, change, now = body["view"], body["actions"][0]["action_ts"], desk.settings.now()
    CHANGES[old["id"]] = change
    order, problems = read_form(body, desk.team, desk.record, now)
    ahead = next(iter(problems.values()), None) or await desk.orders.ahead(order, now)
    if CHANGES.get(old["id"]) != change:
        return
    new = form_view(order, modal.carried(old, Memo), desk.record, ahead, offered(old))
    try:
        await sending.renew_modal(desk.client, old["id"], new)
    except SlackApiError as refusal:
        if error_of(refusal) != "not_found":  # closed
            raise


async def take_form(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """The modal was sent: saved and told to the channel, or what to mend stands beside its field."""
    order, problems = read_form(body, desk.team, desk.record, desk.settings.now())
    shown, memo = {block.get("block_id") for block in view["blocks"]}, modal.carried(view, Memo)
    # Slack takes no error of a block that the view does not show.
    wrong = {name if name in shown else LANGUAGE: told for name, told in problems.items()}
    if memo.moves and not wrong and (why := await why_not_in(order.channel, desk, order.changed_by)):
        wrong = modal.error_beside(PLACE, why)
    saved = "" if wrong else await desk.orders.save(order)
    if saved in ("known", "full"):
        wrong = {PLACE if memo.moves else LANGUAGE: say(f"alert_desk.unsaved_{saved}", most=MOST)}
    if wrong:
        await ack(response_action="errors", errors=wrong)
        return
    await ack()
    await tell_channel(saved, order, order.changed_by, desk)


async def show_next(asker: Asker, desk: Desk) -> Message:
    """/alumina next: what is published when, and when this channel gets it."""
    releases = render(respond(Question(view="release", language=language()), desk.record))
    kept = await desk.orders.store.of_channel(desk.team, asker.channel)
    listed = await desk.orders.listed(kept, desk.settings.now())
    return agenda(releases, listed, asker.channel, desk.record.catalogue)


async def show_list(asker: Asker, desk: Desk, first: int = 0) -> Message:
    """/alumina subscriptions: the orders of the channels that the asker is in, from the `first` on."""
    here, now = (desk.team, asker.channel), desk.settings.now()
    listed = await desk.orders.of_person(here, asker.user, desk.places.channels_of, now)
    return listing(listed, asker.channel, desk.record.catalogue, first)


async def press_order(press: Press, desk: Desk) -> None:
    """A button of the list, or below a post: whoever sends its value has to be where the order is told."""
    match verb := pressed(press.action_id):
        case "more":
            first = int(press.value) if press.value.isdecimal() else 0
            return await tell(press, await show_list(press, desk, first), desk, instead=True)
        case "new" | "elsewhere":
            if await _is_in(press.value, press, desk):
                told = await subscribe(replace(press, channel=press.value), desk, moves=verb == "elsewhere")
                await tell(press, told, desk)
            return None
    order = await desk.orders.store.get(press.value)
    if order is None or order.workspace != desk.team:
        return await tell(press, say("replies.order_gone"), desk)
    if not (order.is_alone_for(press.user) or await _is_in(order.channel, press, desk)):
        return None
    now = desk.settings.now()
    match verb:
        case "edit" | "move":
            return await open_form(order, press, desk, known=True, moves=verb == "move")
        case "history":
            return await tell(press, await desk.orders.history(order), desk)
        case "now":
            return await tell(press, await desk.orders.send_now(order, now), desk)
    verb = "pause" if verb == "silence" else verb
    turn = {"pause": desk.orders.pause, "resume": desk.orders.resume, "delete": desk.orders.delete}[verb]
    if await turn(order, press.user) and not order.is_own:
        # What comes next counts from now on.
        await tell_channel(verb, replace(order, changed_at=now), press.user, desk)
    return await tell(press, await show_list(press, desk), desk, instead=pressed(press.action_id) == verb)


async def _is_in(channel: str, press: Press, desk: Desk) -> bool:
    if channel == press.channel or channel in await desk.places.channels_of(press.user):
        return True
    if press.channel:
        await tell(press, say("replies.not_there"), desk)
    return False


async def tell_channel(verb: str, order: Order, user: str, desk: Desk) -> None:
    """Says openly what was done; where the channel is closed to us, why, to whoever wants posts there."""
    ahead = await desk.orders.ahead(order, desk.settings.now())
    message = announced(verb, ahead, user, desk.record.catalogue)
    try:
        await sending.send(desk.client, order.channel, message)
    except SlackApiError as refusal:
        if (error := error_of(refusal)) not in NO_ENTRY:
            raise
        if verb not in ("made", "edited", "resume"):
            return
        note = say("replies.unsaid", channel=order.channel, why=slack_names.why_told(error))
        with suppress(*SlackTrouble):
            mend = mending(*order.place, ["move"], order.id)
            await sending.send(desk.client, user, Message(note, (section(note), mend)))
