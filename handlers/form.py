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
from bot.posts.listing import announced
from bot.posts.rows import MONTHLY
from bot.posts.schedule import Outlook, outlook
from bot.posts.subscription import Subscription
from bot.slack.errors import SlackTrouble, error_of
from bot.slack.sending import open_modal, renew_modal, send
from bot.words import Language, language, say
from handlers.desk import Desk
from handlers.notes import NO_ENTRY
from handlers.places import zone_of


async def open_form(
    trigger_id: str, channel: str, user: str, desk: Desk, wanted: Language | None = None
) -> None:
    """Opens the modal with the channel's subscription, or with a new one on the reader's own clock and in
    their language; `wanted` is the language that was asked for by name.
    """
    own_zone = await zone_of(desk.client, user)
    known = await desk.subscriptions.get(desk.identity.team_id, channel)
    new = Subscription(desk.identity.team_id, channel, language=language())
    form = known or (replace(new, zone=own_zone) if own_zone else new)
    form = replace(form, language=wanted) if wanted else form
    resumes = known is not None and known.state != "active"
    memo = Memo(channel, known=known is not None, own_zone=own_zone, resumes=resumes)
    ahead = await ahead_of(_as_of_now(form, desk), desk)
    await open_modal(desk.client, trigger_id, form_view(form, memo, desk.dataset.catalogue, ahead))


async def change_form(ack: AsyncAck, body: Mapping[str, Any], desk: Desk) -> None:
    """Something was chosen in the modal: its fields and next dates follow."""
    await ack()
    view = body["view"]
    draft = draft_of(view, body["user"]["id"], desk)
    ahead = next(iter(draft.problems.values()), None) or await ahead_of(draft.subscription, desk)
    new = form_view(draft.subscription, Memo.of(view), desk.dataset.catalogue, ahead)
    try:
        await renew_modal(desk.client, view, new)
    except SlackApiError as refusal:
        if error_of(refusal) not in ("hash_conflict", "not_found"):  # overtaken by the next choice; closed
            raise


async def take_form(ack: AsyncAck, body: Mapping[str, Any], view: Mapping[str, Any], desk: Desk) -> None:
    """The modal was sent: saved and told to the channel, or what to mend stands beside its field."""
    draft = draft_of(view, body["user"]["id"], desk)
    if draft.problems:
        await ack(response_action="errors", errors=errors_of(draft, view))
        return
    edited = Memo.of(view).known
    saved = await desk.subscriptions.save(draft.subscription)
    await ack()
    told = announced(saved, await ahead_of(saved, desk), desk.dataset.catalogue, edited=edited)
    await tell_channel(saved.channel, told, saved.changed_by, desk)


def draft_of(view: Mapping[str, Any], user: str, desk: Desk) -> Draft:
    """What stands in the modal now."""
    return read_form(view, desk.identity.team_id, user, desk.dataset, desk.settings.now())


async def ahead_of(subscription: Subscription, desk: Desk) -> Outlook:
    """What comes next of a subscription, after what its channel has."""
    entries = await desk.ledger.of_channel(subscription.workspace, subscription.channel)
    posted = max((Month.from_text(post.edition) for post in entries if post.kind == MONTHLY), default=None)
    dataset = desk.dataset.on(desk.settings.today())
    return outlook(subscription, desk.settings.now(), dataset.calendar, dataset, posted)


async def tell_channel(channel: str, message: Message, user: str, desk: Desk) -> None:
    """Says openly what was done; to the one who did it where the channel is closed to us."""
    try:
        await send(desk.client, channel, message)
    except SlackApiError as refusal:
        error = error_of(refusal)
        if error not in NO_ENTRY:
            raise
        note = say("replies.unsaid", channel=channel, name=desk.identity.name)
        with suppress(*SlackTrouble):
            await send(desk.client, user, Message(note, ()))


def _as_of_now(form: Subscription, desk: Desk) -> Subscription:
    """A new one would count from now; a known one counts from its last change."""
    return form if form.changed_by or form.created_by else replace(form, changed_at=desk.settings.now())
