"""/alumina subscribe, subscriptions and next, and the buttons of the list."""

from bot.answers.respond import respond
from bot.dataset.calendar import Month
from bot.messages.message import Message
from bot.messages.render import render
from bot.posts.due import newest_now
from bot.posts.order_list import pressed
from bot.posts.subscription_messages import Listed, agenda, history, listing, turned
from bot.posts.subscriptions import Subscriptions
from bot.posts.troubles import why_told
from bot.posts.wording import edition_name, for_reader
from bot.questions.question import Question
from bot.store.clock import utc_now
from bot.words import language, say, speaking
from handlers.asker import Asker, Press
from handlers.desk import Desk
from handlers.notes import how_to_let_in
from handlers.private_replies import tell
from handlers.subscription_form import ahead_of, open_form, tell_channel


async def subscribe(asker: Asker, desk: Desk) -> Message | None:
    """/alumina subscribe: the modal; where we could not post or show it, what to do first."""
    match await desk.places.standing(asker.channel):
        case "archived":
            return Message(say("replies.archived"), ())
        case "absent":
            return Message(how_to_let_in(asker.channel_name, desk.identity.name), ())
        case _ if not asker.trigger_id:
            return Message(say("replies.opens_for_command"), ())
    await open_form(asker, asker.channel, desk, language() if asker.spoken else None)
    return None


async def show_next(asker: Asker, desk: Desk) -> Message:
    """/alumina next: what is published when, and when this channel gets it."""
    releases = render(respond(Question(view="release", language=language()), desk.record))
    return agenda(releases, await _listed(asker.channel, desk), asker.channel, desk.record.catalogue)


async def show_list(asker: Asker, desk: Desk) -> Message:
    """/alumina subscriptions: those of the channels that the asker is in."""
    kept = await desk.subscriptions.all(desk.team)
    others = any(each.channel != asker.channel for each in kept)
    seen = {asker.channel} | (await desk.places.channels_of(asker.user) if others else set())
    listed = [Listed(each, await ahead_of(each, desk)) for each in kept if each.channel in seen]
    return listing(listed, asker.channel, desk.dataset.catalogue)


async def press_subscription(press: Press, desk: Desk) -> None:
    """A button of the list. Its channel came through Slack's client, so the presser has to be in it."""
    channel, verb = press.value, pressed(press.action_id)
    if channel != press.channel and channel not in await desk.places.channels_of(press.user):
        return await tell(press, say("replies.not_there"), desk) if press.channel else None
    match verb:
        case "edit" | "new":
            return await open_form(press, channel, desk)
        case "history":
            return await tell(press, await _history(channel, desk), desk)
        case "now":
            return await tell(press, await send_now(channel, desk), desk)
        case _:
            return await _turn(verb, channel, press, desk)


TURNS = {"pause": Subscriptions.pause, "resume": Subscriptions.resume, "delete": Subscriptions.delete}


async def _turn(verb: str, channel: str, press: Press, desk: Desk) -> None:
    """Pauses, resumes or deletes, says so in the channel, and shows the list as it is then."""
    own = await desk.subscriptions.get(desk.team, channel)
    if own and await TURNS[verb](desk.subscriptions, own, press.user):
        resumed = await _listed(channel, desk) if verb == "resume" else None
        with speaking(own.language):
            await tell_channel(channel, turned(verb, press.user, resumed), press.user, desk)
    await tell(press, await show_list(press, desk), desk, instead=True)


async def _listed(channel: str, desk: Desk) -> Listed | None:
    own = await desk.subscriptions.get(desk.team, channel)
    return Listed(own, await ahead_of(own, desk)) if own else None


async def _history(channel: str, desk: Desk) -> Message:
    own = await desk.subscriptions.get(desk.team, channel)
    entries = await desk.ledger.of_channel(desk.team, channel)
    changes = await desk.subscriptions.changes(desk.team, channel)
    return history(own, channel, entries, changes, await ahead_of(own, desk) if own else None)


async def send_now(channel: str, desk: Desk) -> str:
    """Puts the newest month into the queue, whatever the time; what came of it, in a sentence."""
    own = await desk.subscriptions.get(desk.team, channel)
    if own is None or own.state != "active":
        return say("replies.none_active")
    wanted = newest_now(desk.settings.now(), own, desk.record)
    if not wanted:
        return say("replies.nothing_to_send")
    post = wanted[0].post
    entry = (await desk.ledger.of_channel(post.workspace, channel)).get(post)
    name = edition_name(Month.from_text(post.edition))
    if entry:
        match entry.state:
            case "posted" if entry.sent_at:
                return say("replies.stands_since", month=name, moment=for_reader(entry.sent_at, own.zone))
            case "posted":
                return say("replies.stands_already", month=name)
            case "refused":
                return say("replies.cannot_be_posted", month=name, why=why_told(entry.why))
            case "due" if entry.why:
                return say("replies.waiting", month=name, why=why_told(entry.why))
    await desk.ledger.enqueue(wanted, utc_now())
    return say("replies.on_its_way", month=name)
