"""The monthly post of a channel: its modal, the list and its buttons, its history, and what comes next."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.answers.respond import respond
from bot.messages.message import Message
from bot.messages.render import render
from bot.posts.form import Memo, errors_of, form_view, read_form
from bot.posts.monthly_service import send_now
from bot.posts.order import SHANGHAI, Subscription
from bot.posts.order_list import pressed
from bot.posts.schedule import outlook
from bot.posts.subscription_messages import Listed, agenda, announced, history, listing, turned
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
    await open_form(asker, asker.channel, desk)
    return None


async def open_form(asker: Asker, channel: str, desk: Desk) -> None:
    """Opens the modal with the channel's subscription, or a new one, which counts from now."""
    zone = await desk.places.zone_of(asker.user)
    known = await desk.subscriptions.get(desk.team, channel)
    form = known or Subscription(desk.team, channel, zone=zone or SHANGHAI, changed_at=desk.settings.now())
    if not known or spoken_in(asker.text):
        form = replace(form, language=language())
    memo = Memo(channel, known=known is not None, own_zone=zone, resumes=form.state != "active")
    view = form_view(form, memo, desk.record.catalogue, (await with_outlook(form, desk)).ahead)
    await open_modal(desk.client, asker.trigger_id, view)


async def change_form(ack: AsyncAck, body: Mapping[str, Any], desk: Desk) -> None:
    """Something was chosen in the modal: its fields and next dates follow."""
    await ack()
    draft = read_form(body, desk.team, desk.record, desk.settings.now())
    ahead = next(iter(draft.problems.values()), None) or (await with_outlook(draft.subscription, desk)).ahead
    new = form_view(draft.subscription, Memo.of(body["view"]), desk.record.catalogue, ahead)
    try:
        await renew_modal(desk.client, body["view"], new)
    except SlackApiError as refusal:
        if error_of(refusal) not in ("hash_conflict", "not_found"):  # overtaken by the next choice; closed
            raise


async def take_form(ack: AsyncAck, body: Mapping[str, Any], view: Mapping[str, Any], desk: Desk) -> None:
    """The modal was sent: saved and told to the channel, or what to mend stands beside its field."""
    draft = read_form(body, desk.team, desk.record, desk.settings.now())
    if draft.problems:
        await ack(response_action="errors", errors=errors_of(draft, view))
        return
    saved = await desk.subscriptions.save(draft.subscription)
    await ack()
    told = announced(await with_outlook(saved, desk), desk.record.catalogue, edited=Memo.of(view).known)
    await tell_channel(saved.channel, told, saved.changed_by, desk)


async def show_next(asker: Asker, desk: Desk) -> Message:
    """/alumina next: what is published when, and when this channel gets it."""
    releases = render(respond(Question(view="release", language=language()), desk.record))
    return agenda(releases, await _listed(asker.channel, desk), asker.channel, desk.record.catalogue)


async def show_list(asker: Asker, desk: Desk) -> Message:
    """/alumina subscriptions: those of the channels that the asker is in."""
    kept = await desk.subscriptions.all(desk.team)
    others = any(each.channel != asker.channel for each in kept)
    seen = {asker.channel} | (await desk.places.channels_of(asker.user) if others else set())
    listed = [await with_outlook(each, desk) for each in kept if each.channel in seen]
    return listing(listed, asker.channel, desk.record.catalogue)


async def press_subscription(press: Press, desk: Desk) -> None:
    """A button of the list. Its channel came through Slack's client, so the presser has to be in it."""
    channel, verb = press.value, pressed(press.action_id)
    if channel != press.channel and channel not in await desk.places.channels_of(press.user):
        return await tell(press, say("replies.not_there"), desk) if press.channel else None
    match verb:
        case "edit" | "new":
            return await open_form(press, channel, desk)
        case "history":
            entries = await desk.ledger.of_channel(desk.team, channel)
            changes = await desk.subscriptions.changes(desk.team, channel)
            told = history(await _listed(channel, desk), channel, entries, changes)
            return await tell(press, told, desk)
        case "now":
            own, now = await desk.subscriptions.get(desk.team, channel), desk.settings.now()
            return await tell(press, await send_now(own, desk.ledger, desk.record, now), desk)
    await _turn(verb, channel, press, desk)
    return await tell(press, await show_list(press, desk), desk, instead=True)


async def _turn(verb: str, channel: str, press: Press, desk: Desk) -> None:
    own, kept = await desk.subscriptions.get(desk.team, channel), desk.subscriptions
    turn = {"pause": kept.pause, "resume": kept.resume, "delete": kept.delete}[verb]
    if own and await turn(own, press.user):
        # What comes next counts from now on.
        listed = await with_outlook(replace(own, changed_at=desk.settings.now()), desk)
        await tell_channel(channel, turned(verb, listed, press.user), press.user, desk)


async def tell_channel(channel: str, message: Message, user: str, desk: Desk) -> None:
    """Says openly what was done; to the one who did it where the channel is closed to us."""
    try:
        await send(desk.client, channel, message)
    except SlackApiError as refusal:
        if error_of(refusal) not in NO_ENTRY:
            raise
        note = say("replies.unsaid", channel=channel, name=desk.identity.name)
        with suppress(*SlackTrouble):
            await send(desk.client, user, Message(note, ()))


async def with_outlook(subscription: Subscription, desk: Desk) -> Listed:
    """The subscription and what comes next of it, after what its channel has."""
    posted = await desk.ledger.newest(subscription.place)
    return Listed(subscription, outlook(subscription, desk.settings.now(), desk.record, posted))


async def _listed(channel: str, desk: Desk) -> Listed | None:
    own = await desk.subscriptions.get(desk.team, channel)
    return await with_outlook(own, desk) if own else None
