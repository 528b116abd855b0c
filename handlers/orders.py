"""The orders of a channel: their list and its buttons, the monthly post's modal, history, what comes next."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.answers.respond import respond
from bot.messages.message import Message
from bot.messages.render import render
from bot.posts.form import LANGUAGE, Memo, errors_of, form_view, memo_of, read_form
from bot.posts.order import SHANGHAI, Order, monthly
from bot.posts.order_list import agenda, listing, pressed
from bot.posts.order_store import MOST
from bot.questions.question import Question
from bot.slack.errors import SlackTrouble, error_of
from bot.slack.sending import open_modal, renew_modal, send
from bot.words import language, say
from handlers.asker import Asker, Press
from handlers.delivery import tell
from handlers.desk import Desk
from handlers.language import spoken_in
from handlers.notes import NO_ENTRY, how_to_let_in


async def subscribe(asker: Asker, desk: Desk) -> Message | None:
    """/alumina subscribe: the modal; where we could not post or show it, what to do first."""
    match await desk.places.standing(asker.channel):
        case "archived":
            return Message(say("replies.archived"), ())
        case "absent":
            return Message(how_to_let_in(asker.channel, desk.identity.name), ())
        case _ if not asker.trigger_id:
            return Message(say("replies.opens_for_command"), ())
    await open_monthly(asker, asker.channel, desk)
    return None


async def open_monthly(asker: Asker, channel: str, desk: Desk) -> None:
    """Opens the modal with the channel's monthly post, or a new one, which counts from now."""
    zone = await desk.places.zone_of(asker.user)
    known = await desk.orders.store.monthly(desk.team, channel)
    form = known or monthly(desk.team, channel, zone=zone or SHANGHAI, changed_at=desk.settings.now())
    if not known or spoken_in(asker.text):
        form = replace(form, language=language())
    await open_form(form, asker, desk, known=known is not None, zone=zone)


async def open_form(order: Order, asker: Asker, desk: Desk, *, known: bool, zone: str = "") -> None:
    """Opens the modal of an order, kept or new, on a clock of the asker's own where that is known."""
    memo = memo_of(order, known=known, own_zone=zone)
    view = form_view(order, memo, desk.record, await desk.orders.ahead(order, desk.settings.now()))
    await open_modal(desk.client, asker.trigger_id, view)


async def change_form(ack: AsyncAck, body: Mapping[str, Any], desk: Desk) -> None:
    """Something was chosen in the modal: its fields and next dates follow."""
    await ack()
    now = desk.settings.now()
    draft = read_form(body, desk.team, desk.record, now)
    ahead = next(iter(draft.problems.values()), None) or await desk.orders.ahead(draft.order, now)
    new = form_view(draft.order, Memo.of(body["view"]), desk.record, ahead)
    try:
        await renew_modal(desk.client, body["view"], new)
    except SlackApiError as refusal:
        if error_of(refusal) not in ("hash_conflict", "not_found"):  # overtaken by the next choice; closed
            raise


async def take_form(ack: AsyncAck, body: Mapping[str, Any], view: Mapping[str, Any], desk: Desk) -> None:
    """The modal was sent: saved and told to the channel, or what to mend stands beside its field."""
    draft = read_form(body, desk.team, desk.record, desk.settings.now())
    wrong = errors_of(draft, view)
    saved = None if wrong else await desk.orders.save(draft.order)
    if saved in ("known", "full"):
        wrong = {LANGUAGE: say(f"alert_desk.unsaved_{saved}", most=MOST)}
    if wrong or saved is None:
        await ack(response_action="errors", errors=wrong)
        return
    await ack()
    await tell_channel(saved, draft.order, draft.order.changed_by, desk)


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
    """A button of the list, or below a post. Its value came through Slack's client, so the presser has to be
    where the order is told.
    """
    match verb := pressed(press.action_id):
        case "more":
            first = int(press.value) if press.value.isdecimal() else 0
            return await tell(press, await show_list(press, desk, first), desk, instead=True)
        case "new":
            if await _is_in(press.value, press, desk):
                await open_monthly(press, press.value, desk)
            return None
    order = await desk.orders.store.get(press.value)
    if order is None or order.workspace != desk.team:
        return await tell(press, say("replies.order_gone"), desk)
    if order.is_alone_for(press.user) or await _is_in(order.channel, press, desk):
        return await _press(verb, order, press, desk)
    return None


async def _is_in(channel: str, press: Press, desk: Desk) -> bool:
    """Whether the presser is in the channel; says so where not."""
    if channel == press.channel or channel in await desk.places.channels_of(press.user):
        return True
    if press.channel:
        await tell(press, say("replies.not_there"), desk)
    return False


async def _press(verb: str, order: Order, press: Press, desk: Desk) -> None:
    now = desk.settings.now()
    match verb:
        case "edit":
            return await open_form(order, press, desk, known=True)
        case "history":
            return await tell(press, await desk.orders.history(order, now), desk)
        case "now":
            return await tell(press, await desk.orders.send_now(order, now), desk)
    verb = "pause" if verb == "silence" else verb
    turn = {"pause": desk.orders.pause, "resume": desk.orders.resume, "delete": desk.orders.delete}[verb]
    if await turn(order, press.user) and not order.is_own:
        # What comes next counts from now on.
        await tell_channel(verb, replace(order, changed_at=now), press.user, desk)
    instead = pressed(press.action_id) != "silence"
    return await tell(press, await show_list(press, desk), desk, instead=instead)


async def tell_channel(verb: str, order: Order, user: str, desk: Desk) -> None:
    """Says openly what was done; to the one who did it where the channel is closed to us."""
    message = await desk.orders.announced(verb, order, user, desk.settings.now())
    try:
        await send(desk.client, order.channel, message)
    except SlackApiError as refusal:
        if error_of(refusal) not in NO_ENTRY:
            raise
        note = say("replies.unsaid", channel=order.channel, name=desk.identity.name)
        with suppress(*SlackTrouble):
            await send(desk.client, user, Message(note, ()))
