"""What is pressed at a message, "Ask Alumina about this", and the app's own place with its examples."""

import json
from dataclasses import asdict, replace
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot import home, manifest
from bot.feedback import Place
from bot.messages import buttons, modal
from bot.messages.blocks import DELETE, DOWN, HELD, HOW, MENU, UNITS, UP, Message, section
from bot.posts.courier import Person
from bot.questions.question import WEIGHTS, Question, is_schedulable
from bot.reply import Reply, asks_after, explained
from bot.slack.retry import retry
from bot.slack.sending import open_modal, revise, send, show_home
from bot.slack.transcript import Said, asked_in, is_answer, question_of, thread_of, with_question
from bot.slack.trouble import SlackTrouble, error_of
from bot.words import say, speak
from handlers import orders, typed_commands
from handlers.delivery import alone, answer_asker, asked_line, echo, tell, tell_person, under_line
from handlers.desk import Asker, Body, Desk, Press, asker_of, pressed_question, value_in

WELCOME = "welcome"  # written down like a press, so that two openings at a time are greeted once


async def answer_press(press: Press, desk: Desk) -> None:
    """Answers the question of a pressed button."""
    if await desk.is_first_press(press.channel, f"{press.ts}/{press.action_id}"):
        question = pressed_question(press.value, desk.record)
        await answer(question, press, desk, private=buttons.is_private(press.action_id))


async def answer(question: Question, asker: Asker, desk: Desk, *, private: bool = False) -> None:
    """Answers a question under its words."""
    asker = replace(asker, text=desk.words_of(question))
    reply = await desk.answer_question(question, asker.user)
    await answer_asker(reply, asker, desk, private=private)


async def choose_in_menu(press: Press, desk: Desk) -> None:
    """An entry of the menu was chosen: another unit, a file, a post after each release, what else to ask."""
    if answer_id := press.action_id.removeprefix(MENU).removeprefix("_"):
        stored = await desk.contexts.private_question(press.team, answer_id)
    else:
        stored = question_of(await press.standing(desk) or {}) or ""
    if not stored:
        return await tell(press, say("replies.stale"), desk)
    question = pressed_question(stored, desk.record)
    match press.value:
        case buttons.UNITS if buttons.offers_units(question):
            memo = _memo(replace(press, shown={}), stored=stored)
            return await open_modal(desk.client, press.trigger_id, modal.units_view(question.unit, memo))
        case buttons.CSV:
            table = replace(question.plain, view="export", against=None)
            below = replace(press, thread_ts=press.thread.posted_in)
            return await answer(table, below, desk, private=press.alone)
        case buttons.POST if is_schedulable(question):
            return await tell(press, await typed_commands.propose_question(question, press, desk), desk)
        case buttons.POST:
            return await tell(press, await orders.subscribe(press, desk), desk)
        case buttons.MORE:  # all next questions, in full, for the presser alone
            speak(question.language)
            head, asks = say("buttons.more"), await desk.worked_out(partial(asks_after, question), press.user)
            return await tell(press, Message(head, (section(head), *asks)), desk)
        case _:
            return await tell(press, say("replies.stale"), desk)


async def change_unit(ack: AsyncAck, view: Body, desk: Desk) -> None:
    """A unit was chosen: the answer in that unit takes the message's place."""
    await ack()
    stored, press = modal.carried(view, lambda stored, **memo: (stored, Press(**memo)))
    asked = pressed_question(stored, desk.record)
    unit = next((each for each in WEIGHTS if each == modal.value_of(view["state"]["values"], UNITS)), None)
    if unit is None:
        return await tell(press, say("replies.stale"), desk)
    question = replace(asked, unit=unit)
    said, reply = await press.standing(desk), await desk.answer_question(question, press.user)
    if said is None:
        return await tell(press, await alone(reply, press, desk, private=True), desk, instead=True)
    if is_answer(said):
        return await _replace(said, reply, press, desk)
    # A monthly post is found again by what it is and grows with its stages: it stays as it is.
    return await answer(question, replace(press, thread_ts=press.thread.posted_in), desk)


async def _replace(said: Said, reply: Reply, press: Press, desk: Desk) -> None:
    new = buttons.with_controls(under_line(reply.message, asked_line(said)), value_in(said, DELETE) or None)
    metadata = with_question(said, reply.kept)
    try:
        await retry(partial(revise, desk.client, press.channel, press.ts, new, metadata=metadata))
    except SlackTrouble:  # it may stand in the new form though Slack's word of that is lost
        await desk.contexts.drop(press.thread)
        raise
    desk.contexts.put(press.thread, question_of({"metadata": metadata}), asked_in(said))


async def show_how(press: Press, desk: Desk) -> None:
    """How this was computed: a modal with formula, inputs, sources, rounding and all printings."""
    question = pressed_question(press.value, desk.record)
    if view := await desk.worked_out(partial(explained, question), press.user):
        return await open_modal(desk.client, press.trigger_id, view)
    return await tell(press, say("replies.stale"), desk)


async def delete_answer(press: Press, desk: Desk) -> None:
    """The asker takes an answer of ours away. Who asked is read from the message and not from the press."""
    asker = value_in(await press.standing(desk) or {}, DELETE)
    if not asker:
        return await tell(press, say("replies.gone"), desk)
    if press.user != asker or press.value != asker:
        return await tell(press, say("replies.alone_can_delete", asker=asker), desk)
    await desk.contexts.drop(press.thread)  # it may be gone though Slack's word of that is lost
    try:
        await retry(partial(desk.client.chat_delete, channel=press.channel, ts=press.ts))
    except SlackApiError as refusal:
        if error_of(refusal) != "message_not_found":  # pressed twice
            raise


async def take_verdict(press: Press, desk: Desk) -> None:
    """Helpful or not, one verdict a person and message; where not, a modal asks why."""
    # What only one person sees comes without its text; nobody else's message has such a button.
    is_ours = press.alone or press.shown.get("user") == desk.identity.user_id
    if press.value not in (UP, DOWN) or not is_ours:
        return await tell(press, say("replies.stale"), desk)
    place = Place(press.team, press.channel, press.ts, press.user)
    await desk.feedback.give(place, press.value, value_in(press.shown, HOW))
    if press.value == UP:
        return await tell(press, say("replies.thanks"), desk)
    return await open_modal(desk.client, press.trigger_id, modal.reason_view(_memo(place)))


async def take_reason(ack: AsyncAck, view: Body, desk: Desk) -> None:
    """Why an answer did not help: kept with the verdict, if that still stands."""
    place = modal.carried(view, Place)
    if await desk.feedback.explain(place, DOWN, modal.typed_in(view, modal.REASON)):
        await ack()
    else:
        wrong = modal.error_beside(modal.REASON, say("replies.verdict_gone"))
        await ack(response_action="errors", errors=wrong)


async def ask_about(shortcut: Body, context: AsyncBoltContext, desk: Desk) -> None:
    """Answers what was written in its thread; at an answer of ours its question anew, and no words."""
    message, asker = shortcut["message"], asker_of(shortcut, desk.team_of(context))
    place = thread_of(asker.team, asker.channel, message["ts"], message.get("thread_ts")).posted_in
    text = desk.without_mention(str(message.get("text") or ""))
    asker = replace(asker, text=text, thread_ts=place, strange=True, addressed=False)
    if message.get("user") != desk.identity.user_id:
        return await typed_commands.answer_typed(asker, desk)
    if value := value_in(message, HOW):
        return await answer(pressed_question(value, desk.record), asker, desk)
    return await tell(asker, say("replies.no_question"), desk)


def _memo(of: Press | Place, **more: str) -> str:
    return json.dumps({name: value for name, value in asdict(of).items() if value} | more)


async def press_held(press: Press, desk: Desk) -> None:
    """A button beside a held figure: a modal asks whoever runs the bot why they decide so."""
    verb, number = HELD.match(press.action_id), press.value
    if not verb or desk.owner != Person(desk.team, press.user):
        return await tell(press, say("supply.owner_decides"), desk)
    memo = json.dumps({"state": verb[1], "number": number, "channel": press.channel})
    view = modal.decision_view(verb[1], say("supply.decision_asked", number=number), memo)
    return await open_modal(desk.client, press.trigger_id, view)


async def take_decision(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """The modal was sent: what came of it stands in the owner's messages with us."""
    state, number, channel = modal.carried(view, lambda state, number, channel="": (state, number, channel))
    reason = modal.typed_in(view, modal.DECISION)
    if not reason:
        wrong = modal.error_beside(modal.DECISION, say("supply.reason"))
        await ack(response_action="errors", errors=wrong)
        return
    await ack()
    user = body["user"]["id"]
    decided = number.isdecimal() and desk.owner == Person(desk.team, user)
    decided = decided and await desk.figures.decide(int(number), state, reason, desk.settings.now())
    told = say(f"supply.decided_{state}" if decided else "supply.decided_before", number=number)
    await tell(Asker(desk.team, user, channel), told, desk)


async def press_unknown(ack: AsyncAck, body: Body, action: Body, desk: Desk) -> None:
    """A link, which Slack follows by itself; or a button of another version."""
    await ack()
    if "url" not in action and body.get("response_url"):
        await tell_person(say("replies.older_version"), body, desk)


async def open_home(event: Body, desk: Desk) -> None:
    """Somebody comes to the app: shows the home tab, or an agent's prompts, or says a first word."""
    user, channel = event["user"], event["channel"]
    if event.get("tab") == "home":
        await publish(user, channel, desk)
    elif manifest.AGENT_SCOPES.keys() <= (desk.identity.scopes or frozenset()):
        suggested = [{"title": title, "message": message} for title, message in manifest.prompts().items()]
        # With a thread's ts the prompts of an agent are dropped without a word.
        await desk.client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=suggested)
    elif await desk.is_first_press(channel, WELCOME) and await desk.threads.is_empty(channel):
        await send(desk.client, channel, home.welcome(desk.record))


async def publish(user: str, channel: str, desk: Desk, note: str = "") -> None:
    """Puts the home tab before a person. `channel`: where their messages with us are."""
    here, now = (desk.team, channel), desk.settings.now()
    listed = await desk.orders.of_person(here, user, desk.places.channels_of, now)
    waiting = [each for each in listed if each.order.state != "done"]
    await show_home(desk.client, user, home.home_view(desk.record, waiting, note, channel))


async def press_example(press: Press, desk: Desk) -> None:
    """An example of the home tab: answered in the person's conversation with us, and the tab says so."""
    if not await desk.is_first_press(press.user, f"{press.view['id']}/{press.action_id}"):
        return
    # Posting to a person's id opens that conversation; no scope is needed beyond chat:write.
    question = pressed_question(press.value, desk.record)
    await answer(question, replace(press, channel=press.user), desk)
    note = say("replies.answered_below", question=echo(desk.words_of(question)))
    await publish(press.user, press.view["private_metadata"], desk, note)
