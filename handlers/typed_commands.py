"""/alumina TEXT, and what a text asks for that is no question: orders proposed, a workspace's own words."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.errors import StoredValueError
from bot.messages import caveats, slack_names
from bot.messages.blocks import WORD_FORGOTTEN, Message
from bot.messages.modal import ALERT, alert_view, typed_in
from bot.posts import order_list, order_messages, order_store
from bot.posts.order import SHANGHAI, Order, alert, from_button, new_id, scheduled
from bot.questions import commands
from bot.questions.condition_reading import read_condition
from bot.questions.normalise import normalise
from bot.questions.question import Question, is_schedulable
from bot.slack.sending import open_modal, send
from bot.words import say, speaking
from handlers import access, delivery, orders
from handlers.desk import Asker, Body, Desk, Press, asker_of


async def propose(asker: Asker, desk: Desk) -> Message:
    """/alumina alert TEXT: said back with buttons, to be saved; without a text, how to write one."""
    reading = read_condition(asker.text, desk.record, asker.last)
    with speaking(reading.language):
        if reading.condition is None:
            return order_messages.asked_back(reading)
        order = alert(desk.team, asker.channel, reading.condition, language=reading.language)
        return await _proposed(order, asker, desk, caveats.mended(reading))


async def propose_schedule(asker: Asker, desk: Desk) -> Message:
    """/alumina post TEXT every month, remind #channel of TEXT …; without a text of its thread's question."""
    text, channel, asked = commands.without_schedule(asker.text), commands.channel_in(asker.text), asker.last
    if text:
        stored = (await desk.answer(text, asker.user)).question
        asked = Question.from_json(stored) if stored else None
    if channel.startswith("#"):
        return Message(say("alert_desk.no_link", name=channel), ())
    if channel and channel != asker.channel and (why := await orders.why_not_in(channel, desk, asker.user)):
        return Message(why, ())
    return await propose_question(asked, asker, desk, channel)


async def propose_question(asked: Question | None, asker: Asker, desk: Desk, channel: str = "") -> Message:
    """What is posted of a question after each release, with buttons that save it."""
    if asked is None or not is_schedulable(asked):
        return Message(say("alert_desk.what_to_post"), ())
    zone, _ = await desk.places.person(asker.user)
    made = {"zone": zone or SHANGHAI, "created_by": asker.user, "changed_at": desk.settings.now()}
    with speaking(asked.language):
        order = scheduled(desk.team, channel or asker.channel, asked, **made)
        return await _proposed(order, asker, desk)


async def _proposed(order: Order, asker: Asker, desk: Desk, restated: Iterable[str] = ()) -> Message:
    listed = await desk.orders.ahead(order, desk.settings.now())
    why, place = await orders.why_not_in(order.channel, desk), slack_names.place_name(order.channel)
    note = say("alert_desk.not_here", place=place, why=why) if why else ""
    return order_messages.proposed(listed, desk.record, asker.channel, note, restated)


async def take_alert(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """The modal of the home tab was sent: what comes of it stands in the person's messages with us."""
    await ack()
    asker = Asker(desk.team, body["user"]["id"], view["private_metadata"], text=typed_in(view, ALERT))
    await delivery.tell(asker, await propose(asker, desk), desk)


async def press_alert(press: Press, desk: Desk) -> None:
    """A button of a proposal, which gives way to what came of it; or of the home tab."""
    match verb := order_list.pressed(press.action_id):
        case "new":
            return await open_modal(desk.client, press.trigger_id, alert_view(press.value))
        case "options" | "elsewhere":
            order, moves = await _pressed(press, desk), verb == "elsewhere"
            return await orders.open_form(order, press, desk, known=False, moves=moves)
    told = say("alert_desk.discarded") if verb == "discard" else await _of_order(verb, press, desk)
    return await delivery.tell(press, told, desk, instead=True)


async def _of_order(verb: str, press: Press, desk: Desk) -> Message | str:
    """The pressed order, saved here or for the presser alone; else proposed."""
    order = await _pressed(press, desk)
    with speaking(order.language):
        if verb == "own":
            kept = await desk.orders.store.all(desk.team)
            own = next((each.channel for each in kept if each.is_alone_for(press.user)), "")
            # Their conversation with us, which only a message there opens.
            own = own or (await send(desk.client, press.user, Message(say("alert_desk.opened"), ()))).channel
            order = replace(order, channel=own)
        elif verb != "here" or await orders.why_not_in(order.channel, desk):
            return await _proposed(order, press, desk)
        if (saved := await desk.orders.save(order)) != "made":
            return say(f"alert_desk.unsaved_{saved}", most=order_store.MOST)
        if order.is_own:
            return say("alert_desk.saved_own")
        await orders.tell_channel(saved, order, press.user, desk)
        return say("alert_desk.saved_here", place=slack_names.place_name(order.channel))


async def _pressed(press: Press, desk: Desk) -> Order:
    """The order of a button, of the presser's, where they are or in another channel of theirs."""
    read, now = from_button(press.value), desk.settings.now()
    # A new one of the presser's; whom it mentions only the form asks, which knows who asks.
    order = replace(read, id=new_id(read.kind), mentions=(), created_by=press.user, changed_at=now)
    order = replace(order, workspace=desk.team, channel=order.channel or press.channel)
    if order.kind == "monthly" or not desk.orders.knows(order):
        raise StoredValueError("There is no such series in the data.")
    if order.channel != press.channel and order.channel not in await desk.places.channels_of(press.user):
        raise StoredValueError("The presser is not in that channel.")
    return order


async def show_words(asker: Asker, desk: Desk) -> Message:
    """/alumina words: all of the workspace."""
    return slack_names.words_listed(await desk.words.all(desk.team), desk.settings.zone)


async def change_words(asker: Asker, desk: Desk) -> Message:
    """/alumina word AA alumina, or the same in a sentence; /alumina word remove AA."""
    lesson = commands.lesson_in(asker.text, desk.record) or commands.Lesson("teach", "")
    if lesson.verb == "forget":
        return Message(await _forget(lesson.word, desk), ())
    word, found = normalise(lesson.word), commands.obstacle(lesson, desk.record)
    if not (found or await desk.words.teach(desk.team, word, lesson.word, lesson.series, asker.user)):
        found = "full", ""
    return Message(slack_names.refused(lesson, *found), ()) if found else slack_names.taught(lesson, word)


async def _forget(word: str, desk: Desk) -> str:
    written = await desk.words.forget(desk.team, normalise(word))
    plain = commands.series_named(word, desk.record.with_words(()))
    return slack_names.forgotten(written, plain) if written else slack_names.forgotten(word, "", known=False)


async def press_word(press: Press, desk: Desk) -> None:
    """Undo below what was taught, or a button of the list, which then stands without it."""
    told: Message | str = await _forget(press.value, desk)
    told = told if press.action_id == WORD_FORGOTTEN else await show_words(press, desk)
    await delivery.tell(press, told, desk, instead=True)


SERVES: Mapping[commands.Command, Callable[[Asker, Desk], Awaitable[Message | None]]] = {
    "subscribe": orders.subscribe,
    "subscriptions": orders.show_list,
    "alerts": orders.show_list,
    "next": orders.show_next,
    "alert": propose,
    "schedule": propose_schedule,
    "words": show_words,
    "word": change_words,
}


async def answer_command(command: Mapping[str, str], context: AsyncBoltContext, desk: Desk) -> None:
    """/alumina TEXT: answered in the channel under the asker's name, so that it can carry a thread."""
    private, text = access.split_private(command.get("text", ""))
    await answer_typed(replace(asker_of(command, desk.team_of(context)), text=text), desk, private=private)


async def answer_typed(asker: Asker, desk: Desk, *, private: bool = False) -> None:
    """Serves what a text asks for, or answers it as a question."""
    if asks := asked_for(asker, desk):
        return await delivery.tell(asker, await SERVES[asks](asker, desk), desk)
    reply = await desk.answer(asker.text, asker.user)
    private = private or (reply.outcome == "outside" and not asker.addressed)  # nobody has said it to us
    return await delivery.answer_asker(reply, asker, desk, private=private)


def asked_for(asker: Asker, desk: Desk) -> commands.Command | None:
    """What a text asks for that is no question; a word is taught only to us."""
    if command := commands.command_in(asker.text):
        return command if asker.addressed or command != "word" else None
    return "word" if asker.addressed and commands.lesson_in(asker.text, desk.record) else None
