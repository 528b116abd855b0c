"""The home tab, alerts, subscriptions and own words: what a person sets, lists and changes."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from bot.dataset.model import Series
from bot.manifest import prompts
from bot.playground.limits import problems
from bot.playground.views import TRIGGER_SECONDS
from bot.posts.order import alert, button_value
from bot.questions.amounts import Amount
from bot.questions.condition import Condition, NewRecord, Threshold
from bot.questions.question import Question
from bot.taught_words import MOST
from handlers.places import SECONDS
from tests.asked import asked as understand
from tests.slack.dialogue import dialogues
from tests.slack.events import calls, element, forge, in_database, press, settled, told

KEPT = "SELECT what FROM orders"
ABOVE = Condition(Series("alumina", "export"), Threshold("above", Amount(Decimal(280), "kt"))).to_json()
PRESSED = button_value(alert("", "", Condition.from_json(ABOVE), id=""))
EXCEEDS = "alumina exports above 280kt"

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/alerts.yaml")
test_schedules = dialogues("slack/schedule.yaml")


async def test_a_button_of_another_version_says_so(slack, tmp_path):
    gold = Condition(Series("gold", "export"), NewRecord("either")).to_json()
    newer = PRESSED.replace('"v":1', '"v":2')
    words = ("", "en", "en <!channel> *x*", "en alumina exports above 280 kt, every time")
    message = await told(slack, f"alert {EXCEEDS}")
    for verb in ("here", "own", "other", "read_0"):
        for value in (*words, f"fr{PRESSED[2:]}", newer, PRESSED.replace(ABOVE, gold)):
            await forge(slack, message, f"alert_{verb}", user="U_ANA", value=value)
            assert slack.ephemerals()[-1].text == "This button is from an older version; ask again."
    assert in_database(tmp_path, KEPT) == []


def options(shown, name):
    """What can be chosen in a field."""
    found: list[dict[str, Any]] = shown.input(f"subscription_{name}")["element"]["options"]
    return found


async def test_everybody_is_notified_by_an_admin_alone(slack, tmp_path):
    """Ana is one and Ben is not: he keeps what she chose, and is offered the user groups alone."""
    await press(slack, await told(slack, "post alumina exports every month", "U_BEN"), "alert_options")
    shown = slack.modals.shown("U_BEN")
    assert shown
    assert [each["value"] for each in options(shown, "groups")] == ["!subteam^S_DESK"]
    await settled(slack, slack.modals.fill("subscription_groups", ["!subteam^S_DESK"], user="U_BEN"))
    await settled(slack, slack.modals.submit(user="U_BEN"))
    assert "S_DESK" in str(in_database(tmp_path, KEPT))
    offer = await told(slack, "post bauxite imports every month", "U_BEN")
    forged = element(offer, "alert_here")["value"].replace('"mentions":[]', '"mentions":["!channel"]')
    await forge(slack, offer, "alert_here", value=forged)
    assert len(in_database(tmp_path, KEPT)) == 2
    assert "!channel" not in str(in_database(tmp_path, KEPT))
    slack.scopes -= {"usergroups:read", "users:read"}
    await press(slack, await told(slack, "alerts", "U_BEN"), "order_edit_1")
    shown = slack.modals.shown("U_BEN")
    assert shown
    assert [each["text"]["text"] for each in options(shown, "groups")] == ["As it is set"]


async def test_a_long_list_goes_on_and_its_last_is_changed_too(slack, tmp_path):
    for number in range(21):
        offer = await told(slack, f"alert alumina exports above {280 + number}kt")
        await press(slack, offer, "alert_here", user="U_ANA")
    first = await told(slack, "alerts")
    assert first.text.endswith("1 more")
    await press(slack, first, "order_more", user="U_ANA")
    rest = next(each for each in slack.ephemerals() if each.ts == first.ts)
    assert ("above 300 kt" in rest.text, "above 299 kt" in rest.text) == (True, False)
    await press(slack, rest, "order_pause_1", user="U_ANA")
    assert in_database(tmp_path, "SELECT what FROM orders WHERE state = 'paused'")[0][0].count('"300"') == 1


test_subscriptions = dialogues("slack/subscribe.yaml")


async def test_of_quick_choices_the_last_stays(slack, caplog):
    await settled(slack, slack.command("subscribe"))
    await settled(slack, slack.modals.fill("subscription_zone", "America/New_York"))
    await asyncio.gather(*(slack.modals.fill("subscription_time", f"1{at}:00") for at in range(6)))
    await slack.settle()
    assert "15:00 (New York)" in str(slack.modals.shown().view)  # whichever is drawn first
    await settled(slack, slack.modals.fill("subscription_time", "11:00"))
    assert "11:00 (New York)" in str(slack.modals.shown().view)
    assert "handler_failed" not in caplog.messages
    slack.modals.close()


async def test_an_unknown_clock_is_shanghai_s(slack, monkeypatch):
    assert 2 * SECONDS < TRIGGER_SECONDS  # it is asked for the channel, and then for the person
    monkeypatch.setattr("handlers.places.SECONDS", 0.01)
    slow = [slack.faults.hold(method, when="before") for method in ("conversations.info", "users.info")]
    await slack.command("subscribe")
    await slack.wait_for(lambda: slack.modals.shown())
    held = slack.modals.shown().values["subscription_zone"]["subscription_zone"]
    assert held["selected_option"]["value"] == "Asia/Shanghai"
    for each in slow:
        each.let_go()


test_home = dialogues("slack/home.yaml")


def test_every_prompt_is_understood(dataset):
    for words in prompts().values():
        assert isinstance(understand(words, record=dataset), Question), words


async def test_an_agent_does_not_and_names_no_thread(slack, serve):
    slack.scopes |= {"assistant:write"}
    async with serve():
        slack.home.open("messages")
        await slack.settle()
    [call] = calls(slack, "assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in call.arguments
    assert [prompt["title"] for prompt in call.arguments["prompts"]] == list(prompts())
    assert call.arguments["channel_id"] == "D_ANA"
    assert slack.messages("D_ANA") == []


test_own_words = dialogues("slack/words.yaml")
TAUGHT = "SELECT word FROM taught_words"


@pytest.mark.usefixtures("bot")
async def test_there_is_an_end_to_them(slack, tmp_path):
    for number in range(MOST):
        word = f"rx{'qz'[number % 2]}{'bcdfghjklmnpqrstvwxz'[number // 2]}"
        assert "now means" in (await told(slack, f"word {word} alumina")).text
    assert (await told(slack, "word zzq alumina")).text.startswith(f"This workspace has {MOST} words already")
    shown = await told(slack, "words")
    assert problems(shown.text, shown.blocks) == []
    assert len(in_database(tmp_path, TAUGHT)) == MOST
