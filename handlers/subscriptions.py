"""/alumina subscribe, subscriptions and next, and the buttons of the list; and which words ask for what."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.answers.respond import respond as answered
from bot.dataset.calendar import Month
from bot.messages.message import Message
from bot.messages.render import render
from bot.posts.due import newest_now
from bot.posts.history import history
from bot.posts.listing import Listed, agenda, listing, pressed, turned
from bot.posts.subscriptions import Subscriptions
from bot.posts.troubles import why_told
from bot.posts.wording import edition_name, for_reader
from bot.questions.commands import Command, command_in
from bot.questions.question import Question
from bot.store.clock import utc_now
from bot.words import language, say, speaking
from handlers.alerts import propose, show_alerts
from handlers.desk import Desk
from handlers.form import ahead_of, open_form, tell_channel
from handlers.notes import how_to_let_in
from handlers.places import channels_of, standing
from handlers.visitors import Visitor


async def subscribe(visitor: Visitor, desk: Desk) -> Message | None:
    """/alumina subscribe: the modal; where we could not post or show it, what to do first."""
    where = await standing(desk.client, visitor.channel)
    if where == "archived":
        return Message(say("replies.archived"), ())
    if where == "absent":
        return Message(how_to_let_in(visitor.channel_name, desk.identity.name), ())
    if not visitor.trigger_id:
        return Message(say("replies.opens_for_command"), ())
    wanted = language() if visitor.spoken else None
    await open_form(visitor.trigger_id, visitor.channel, visitor.user, desk, wanted)
    return None


async def show_next(visitor: Visitor, desk: Desk) -> Message:
    """/alumina next: what is published when, and when this channel gets it."""
    dataset = desk.dataset.on(desk.settings.today())
    releases = render(answered(Question(view="release", language=language()), dataset))
    listed = await _listed(visitor.channel, desk)
    return agenda(releases, listed, visitor.channel, dataset.catalogue)


async def show_list(visitor: Visitor, desk: Desk) -> Message:
    """/alumina subscriptions: those of the channels that the asker is in."""
    kept = await desk.subscriptions.all(desk.identity.team_id)
    others = any(each.channel != visitor.channel for each in kept)
    seen = {visitor.channel} | (await channels_of(desk.client, visitor.user) if others else set())
    listed = [Listed(each, await ahead_of(each, desk)) for each in kept if each.channel in seen]
    return listing(listed, visitor.channel, desk.dataset.catalogue)


# What only the asker sees of it, if anything.
Serve = Callable[[Visitor, Desk], Awaitable[Message | None]]
SERVES: Mapping[Command, Serve] = {
    "subscribe": subscribe,
    "subscriptions": show_list,
    "alerts": show_alerts,
    "next": show_next,
    "alert": propose,
}


def served(text: str) -> Serve | None:
    """Who serves what a text asks for; None for a question."""
    command = command_in(text)
    return SERVES[command] if command else None


async def press_subscription(
    ack: AsyncAck, body: Mapping[str, Any], action: Mapping[str, Any], respond: AsyncRespond, desk: Desk
) -> None:
    """A button of the list. Its channel came through Slack's client, so the presser has to be in it."""
    await ack()
    channel, verb = str(action.get("value", "")), pressed(action["action_id"])
    here = (body.get("channel") or {}).get("id", "")  # none on the home tab
    visitor = Visitor(body["user"]["id"], here, "", body["trigger_id"])
    if channel != visitor.channel and channel not in await channels_of(desk.client, visitor.user):
        return await desk.whisper(respond, Message(say("replies.not_there"), ())) if here else None
    if verb in ("edit", "new"):
        return await open_form(visitor.trigger_id, channel, visitor.user, desk)
    if verb == "history":
        return await desk.whisper(respond, await _history(channel, desk))
    if verb == "now":
        return await desk.whisper(respond, Message(await send_now(channel, desk), ()))
    return await _turn(verb, channel, visitor, respond, desk)


TURNS = {"pause": Subscriptions.pause, "resume": Subscriptions.resume, "delete": Subscriptions.delete}


async def _turn(verb: str, channel: str, visitor: Visitor, respond: AsyncRespond, desk: Desk) -> None:
    """Pauses, resumes or deletes, says so in the channel, and shows the list as it is then."""
    before = await _listed(channel, desk)
    if await TURNS[verb](desk.subscriptions, desk.identity.team_id, channel, visitor.user):
        resumed = await _listed(channel, desk) if verb == "resume" else None
        with speaking(before.subscription.language if before else language()):
            await tell_channel(channel, turned(verb, visitor.user, resumed), visitor.user, desk)
    await desk.whisper(respond, await show_list(visitor, desk), instead=True)


async def _listed(channel: str, desk: Desk) -> Listed | None:
    own = await desk.subscriptions.get(desk.identity.team_id, channel)
    return Listed(own, await ahead_of(own, desk)) if own else None


async def _history(channel: str, desk: Desk) -> Message:
    own = await desk.subscriptions.get(desk.identity.team_id, channel)
    entries = await desk.ledger.of_channel(desk.identity.team_id, channel)
    changes = await desk.subscriptions.changes(desk.identity.team_id, channel)
    return history(own, channel, entries, changes, await ahead_of(own, desk) if own else None)


async def send_now(channel: str, desk: Desk) -> str:
    """Puts the newest month into the queue, whatever the time; what came of it, in a sentence."""
    own = await desk.subscriptions.get(desk.identity.team_id, channel)
    if own is None or own.state != "active":
        return say("replies.none_active")
    dataset = desk.dataset.on(desk.settings.today())
    wanted = newest_now(desk.settings.now(), own, dataset.calendar, dataset)
    if not wanted:
        return say("replies.nothing_to_send")
    post = wanted[0].post
    entry = (await desk.ledger.of_channel(post.workspace, channel)).get(post)
    name = edition_name(Month.from_text(post.edition))
    if entry and entry.state == "posted":
        if entry.sent_at is None:
            return say("replies.stands_already", month=name)
        return say("replies.stands_since", month=name, moment=for_reader(entry.sent_at, own.zone))
    if entry and entry.state == "refused":
        return say("replies.cannot_be_posted", month=name, why=why_told(entry.why))
    if entry and entry.state == "due" and entry.why:
        return say("replies.waiting", month=name, why=why_told(entry.why))
    await desk.ledger.enqueue(wanted, utc_now())
    return say("replies.on_its_way", month=name)
