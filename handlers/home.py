"""The app's own place: its home tab, the examples there, and what is suggested where messages are written."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.manifest import AGENT_SCOPES, prompts
from bot.posts.home import Home, home_view, welcome
from bot.posts.subscription_messages import Listed
from bot.slack.sending import send, show_home
from bot.words import LANGUAGES, say, speak
from handlers.alerts import with_last
from handlers.answering import pressed_question
from handlers.asker import Press, words_of
from handlers.delivery import answer_asker
from handlers.desk import Desk
from handlers.notes import echo
from handlers.subscription_form import ahead_of

WELCOME = "welcome"  # written down like a press, so that two openings at a time are greeted once


async def open_home(event: Mapping[str, Any], desk: Desk) -> None:
    """Somebody comes to the app: shows the home tab, or an agent's prompts, or says a first word."""
    channel = str(event.get("channel") or "")
    if event.get("tab") == "home":
        await desk.people.used(desk.team, event["user"])
        await publish(event["user"], desk, channel=channel)
    elif AGENT_SCOPES.keys() <= (desk.identity.scopes or frozenset()):
        suggested = [{"title": title, "message": message} for title, message in prompts().items()]
        # With a thread's ts the prompts of an agent are dropped without a word.
        await desk.client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=suggested)
    elif await desk.is_first_press(channel, WELCOME) and await desk.threads.is_empty(channel):
        await send(desk.client, channel, welcome(desk.record))


async def publish(user: str, desk: Desk, note: str = "", channel: str = "") -> None:
    """Puts the home tab before a person. `channel`: where their messages with us are."""
    kept, alerts = await desk.subscriptions.all(desk.team), await desk.alerts.store.all(desk.team)
    theirs = await desk.places.channels_of(user) if kept or alerts else frozenset()
    listed = [Listed(each, await ahead_of(each, desk)) for each in kept if each.channel in theirs]
    own = [each for each in alerts if each.is_own and each.created_by == user]
    shared = [each for each in alerts if not each.is_own and each.channel in theirs and each.state != "done"]
    home = Home(desk.record, listed, note, await with_last(own, desk), len(shared), channel)
    await show_home(desk.client, user, home_view(home))


async def press_example(press: Press, desk: Desk) -> None:
    """An example of the home tab: answered in the person's conversation with us, and the tab says so."""
    if not await desk.is_first_press(press.user, f"{press.view['id']}/{press.action_id}"):
        return
    question = pressed_question(press.value, desk.record)
    text = words_of(question, desk)
    # Posting to a person's id opens that conversation; no scope is needed beyond chat:write.
    asker = replace(press, channel=press.user, channel_name="directmessage", text=text)
    await answer_asker(await desk.answer_question(question, press.user), asker, desk)
    note = say("replies.answered_below", question=echo(text))
    await publish(press.user, desk, note, str(press.view.get("private_metadata") or ""))


async def choose_language(press: Press, desk: Desk) -> None:
    """The other language was pressed on the home tab: it is the person's own from now on."""
    if press.value in LANGUAGES:
        await desk.people.choose(desk.team, press.user, press.value)
        speak(press.value)
        channel = str(press.view.get("private_metadata") or "")
        await publish(press.user, desk, say("home.language_chosen"), channel)
