"""The app's own place: its home tab, the examples there, and what is suggested where messages are written."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.home import home_view, welcome
from bot.manifest import AGENT_SCOPES, prompts
from bot.slack.sending import send, show_home
from bot.words import say
from handlers.delivery import echo
from handlers.desk import Desk, Press, pressed_question, words_of
from handlers.presses import answer

WELCOME = "welcome"  # written down like a press, so that two openings at a time are greeted once


async def open_home(event: Mapping[str, Any], desk: Desk) -> None:
    """Somebody comes to the app: shows the home tab, or an agent's prompts, or says a first word."""
    user, channel = event["user"], event["channel"]
    if event.get("tab") == "home":
        await publish(user, channel, desk)
    elif AGENT_SCOPES.keys() <= (desk.identity.scopes or frozenset()):
        suggested = [{"title": title, "message": message} for title, message in prompts().items()]
        # With a thread's ts the prompts of an agent are dropped without a word.
        await desk.client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=suggested)
    elif await desk.is_first_press(channel, WELCOME) and await desk.threads.is_empty(channel):
        await send(desk.client, channel, welcome(desk.record))


async def publish(user: str, channel: str, desk: Desk, note: str = "") -> None:
    """Puts the home tab before a person. `channel`: where their messages with us are."""
    here, now = (desk.team, channel), desk.settings.now()
    listed = await desk.orders.of_person(here, user, desk.places.channels_of, now)
    waiting = [each for each in listed if each.order.state != "done"]
    await show_home(desk.client, user, home_view(desk.record, waiting, note, channel))


async def press_example(press: Press, desk: Desk) -> None:
    """An example of the home tab: answered in the person's conversation with us, and the tab says so."""
    if not await desk.is_first_press(press.user, f"{press.view['id']}/{press.action_id}"):
        return
    # Posting to a person's id opens that conversation; no scope is needed beyond chat:write.
    question = pressed_question(press.value, desk.record)
    await answer(question, replace(press, channel=press.user), desk)
    note = say("replies.answered_below", question=echo(words_of(question, desk)))
    await publish(press.user, press.view["private_metadata"], desk, note)
