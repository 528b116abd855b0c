"""The modal in which a channel is subscribed: opened, kept up to date while it is filled in, and taken."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.dataset.calendar import Month
from bot.messages.message import Message
from bot.posts.form import Draft, Memo, errors_of, form_view, read_form
from bot.posts.order import Subscription
from bot.posts.rows import MONTHLY
from bot.posts.schedule import Outlook, outlook
from bot.posts.subscription_messages import announced
from bot.slack.errors import SlackTrouble, error_of
from bot.slack.sending import open_modal, renew_modal, send
from bot.words import Language, language, say
from handlers.asker import Asker
from handlers.desk import Desk
from handlers.notes import NO_ENTRY


async def open_form(asker: Asker, channel: str, desk: Desk, wanted: Language | None = None) -> None:
    """Opens the modal with the channel's subscription, or a new one; `wanted` was asked for by name."""
    own_zone = await desk.places.zone_of(asker.user)
    known = await desk.subscriptions.get(desk.team, channel)
    new = Subscription(desk.team, channel, language=language())
    form = known or (replace(new, zone=own_zone) if own_zone else new)
    form = replace(form, language=wanted) if wanted else form
    resumes = known is not None and known.state != "active"
    memo = Memo(channel, known=known is not None, own_zone=own_zone, resumes=resumes)
    # A new one would count from now; a known one counts from its last change.
    dated = form if form.changed_by else replace(form, changed_at=desk.settings.now())
    view = form_view(form, memo, desk.dataset.catalogue, await ahead_of(dated, desk))
    await open_modal(desk.client, asker.trigger_id, view)


async def change_form(ack: AsyncAck, body: Mapping[str, Any], desk: Desk) -> None:
    """Something was chosen in the modal: its fields and next dates follow."""
    await ack()
    draft = _draft(body, desk)
    ahead = next(iter(draft.problems.values()), None) or await ahead_of(draft.subscription, desk)
    new = form_view(draft.subscription, Memo.of(body["view"]), desk.dataset.catalogue, ahead)
    try:
        await renew_modal(desk.client, body["view"], new)
    except SlackApiError as refusal:
        if error_of(refusal) not in ("hash_conflict", "not_found"):  # overtaken by the next choice; closed
            raise


async def take_form(ack: AsyncAck, body: Mapping[str, Any], view: Mapping[str, Any], desk: Desk) -> None:
    """The modal was sent: saved and told to the channel, or what to mend stands beside its field."""
    draft = _draft(body, desk)
    if draft.problems:
        await ack(response_action="errors", errors=errors_of(draft, view))
        return
    saved = await desk.subscriptions.save(draft.subscription)
    await ack()
    ahead, edited = await ahead_of(saved, desk), Memo.of(view).known
    told = announced(saved, ahead, desk.dataset.catalogue, edited=edited)
    await tell_channel(saved.channel, told, saved.changed_by, desk)


def _draft(body: Mapping[str, Any], desk: Desk) -> Draft:
    return read_form(body["view"], desk.team, body["user"]["id"], desk.dataset, desk.settings.now())


async def ahead_of(subscription: Subscription, desk: Desk) -> Outlook:
    """What comes next of a subscription, after what its channel has."""
    entries = await desk.ledger.of_channel(subscription.workspace, subscription.channel)
    posted = max((Month.from_text(post.edition) for post in entries if post.kind == MONTHLY), default=None)
    return outlook(subscription, desk.settings.now(), desk.record, posted)


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
