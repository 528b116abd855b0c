"""The app's own place: its home tab, the examples there, and what is suggested where messages are written."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.manifest import AGENT_SCOPES, prompts
from bot.posts.home import Home, home_view, welcome
from bot.posts.listing import Listed
from bot.slack.sending import send, show_home
from bot.words import LANGUAGES, say, speak
from handlers.alerts import with_last
from handlers.answering import pressed_question
from handlers.delivery import Asker, answer_asker, by_message
from handlers.desk import Desk
from handlers.form import ahead_of
from handlers.notes import echo
from handlers.places import channels_of
from handlers.presses import words_of

Json = Mapping[str, Any]

WELCOME = "welcome"  # written down like a press, so that two openings at a time are greeted once


async def open_home(event: Json, desk: Desk) -> None:
    """Somebody comes to the app: their home tab as it stands now; before messages the prompts of an agent, or
    a first word where none was said yet.
    """
    channel = str(event.get("channel") or "")
    if event.get("tab") == "home":
        await desk.people.used(desk.identity.team_id, event["user"])
        await publish(event["user"], desk, channel=channel)
    elif AGENT_SCOPES.keys() <= (desk.identity.scopes or frozenset()):
        suggested = [{"title": title, "message": message} for title, message in prompts().items()]
        # With a thread's ts the prompts of an agent are dropped without a word.
        await desk.client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=suggested)
    elif await desk.is_first_press(channel, WELCOME) and await desk.threads.is_empty(channel):
        await send(desk.client, channel, welcome(desk.record))


async def publish(user: str, desk: Desk, note: str = "", channel: str = "") -> None:
    """Puts the home tab before a person: with the subscriptions and alerts of their channels, and their own,
    alone. `channel`: where their messages with us are.
    """
    team = desk.identity.team_id
    kept, alerts = await desk.subscriptions.all(team), await desk.alerts.store.all(team)
    theirs = await channels_of(desk.client, user) if kept or alerts else frozenset()
    listed = [Listed(each, await ahead_of(each, desk)) for each in kept if each.channel in theirs]
    own = [each for each in alerts if each.is_own and each.created_by == user]
    shared = [each for each in alerts if not each.is_own and each.channel in theirs and each.state != "done"]
    home = Home(desk.record, listed, note, await with_last(own, desk), len(shared), channel)
    await show_home(desk.client, user, home_view(home))


async def press_example(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, desk: Desk
) -> None:
    """An example of the home tab: answered in the person's conversation with us, and the tab says so.

    Posting to a person's id opens that conversation; no scope is needed beyond chat:write.
    """
    await ack()
    team, user = desk.team_of(context), body["user"]["id"]
    if not await desk.is_first_press(user, f"{body['view']['id']}/{action['action_id']}"):
        return
    question = pressed_question(str(action.get("value") or ""), desk.record)
    asker = Asker(team, user, "directmessage", user, words_of(question, desk))
    reply = await desk.answer_question(question, user)
    await answer_asker(reply, asker, by_message(asker, desk), desk)
    await publish(user, desk, say("replies.answered_below", question=echo(asker.text)), _messages(body))


async def choose_language(ack: AsyncAck, body: Json, action: Json, desk: Desk) -> None:
    """The other language was pressed on the home tab: it is the person's own from now on."""
    await ack()
    user, chosen = body["user"]["id"], str(action.get("value") or "")
    if chosen in LANGUAGES:
        await desk.people.choose(desk.identity.team_id, user, chosen)
        speak(chosen)
        await publish(user, desk, say("home.language_chosen"), _messages(body))


def _messages(body: Json) -> str:
    """Where the person's messages with us are, as the pressed view carries it."""
    return str(body["view"].get("private_metadata") or "")
