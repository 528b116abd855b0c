"""What stands around an answer, and in which language a person is spoken to."""

import re
from typing import Any

import pytest

from bot.messages.blocks import noted
from bot.messages.message import Message
from bot.words import say, speaking
from handlers.delivery import ECHO, asked_by, echo
from handlers.language import split_private, told_in
from handlers.places import is_shared
from tests.gear.slack import LocalSlack
from tests.slack.desk import both_ways
from tests.slack.events import settled
from tests.slack.pressing import action_ids, asked, element, forge, mentioned, press
from tests.tables import tables

CASES = tables("slack/notes.yaml")

ANSWER = Message("140 kt", ({"type": "divider"},))


@pytest.mark.parametrize(("typed", "shown"), CASES["echoes"])
def test_what_was_typed_is_repeated_on_one_line_and_can_notify_nobody(typed: str, shown: str) -> None:
    assert echo(typed) == shown


def test_a_long_question_is_shortened() -> None:
    assert echo("a" * (ECHO + 1)) == "a" * (ECHO - 1) + "…"
    assert echo("a" * ECHO) == "a" * ECHO
    # An escaped sign is five characters, and is kept whole: 29 of them and the dots are 146, 30 would be 151.
    assert echo("&" * 40_000) == "&amp;" * 29 + "…"


def test_the_asker_stands_above_the_answer_and_a_note_below_it_in_its_text_too() -> None:
    message = noted(asked_by(ANSWER, "U1", "march"), "Only you can see this.")
    assert message.text == "<@U1> asked: march\n140 kt\nOnly you can see this."
    assert [block["type"] for block in message.blocks] == ["context", "divider", "context"]


@pytest.mark.parametrize(("typed", "private", "rest"), CASES["private"])
def test_private_is_the_first_word(typed: str, private: bool, rest: str) -> None:
    assert split_private(typed) == (private, rest)


@pytest.mark.parametrize(("channel", "shared"), CASES["shared"])
def test_which_channels_are_shared_with_another_company(channel: dict[str, bool], shared: bool) -> None:
    assert is_shared(channel) is shared


CHINESE, ENGLISH = "2024年3月氧化铝出口", "alumina exports march 2024"
HAN = re.compile("[\u4e00-\u9fff]")


def message(text: str) -> dict[str, Any]:
    return {"event": {"type": "message", "text": text}}


def pressed(label: str, text: str = "") -> dict[str, Any]:
    return {"actions": [{"value": "U1", "text": {"text": label}}], "message": {"text": text}}


def test_where_the_language_is_told() -> None:
    for body, spoken in (
        ({"command": "/alumina", "text": CHINESE}, "zh"),
        ({"command": "/alumina", "text": ENGLISH}, "en"),
        ({"command": "/alumina", "text": "subscribe"}, None),
        ({"command": "/alumina", "text": "private subscriptions"}, None),
        ({"command": "/alumina", "text": "subscribe in Chinese"}, "zh"),
        ({"command": "/alumina", "text": "订阅"}, "zh"),
        ({"command": "/alumina", "text": ""}, None),
        (message(f"<@U0ALUMINA> {CHINESE}"), "zh"),
        (message("<@U0ALUMINA> ytd?"), None),
        (message("how many 万吨 is that"), "en"),
        ({"event": {"type": "message", "message": {"text": CHINESE}}}, "zh"),
        (pressed("有帮助"), "zh"),
        (pressed("Helpful", CHINESE), "en"),
        (pressed("万吨", CHINESE), "zh"),
        ({"actions": [{"selected_option": {"text": {"text": "lb, pounds"}}}]}, "en"),
        ({"view": {"title": {"text": "订阅"}}, "actions": [{"text": {"text": "English"}}]}, "zh"),
        ({"event": {"type": "app_home_opened"}}, None),
    ):
        assert told_in(body) == spoken, body


@pytest.mark.usefixtures("bot")
@both_ways
async def test_what_stands_around_an_answer_and_comes_of_it_is_in_its_language(slack: LocalSlack) -> None:
    for text, helpful in ((CHINESE, "有帮助"), (ENGLISH, "Helpful"), (CHINESE, "有帮助")):
        answer = await asked(slack, text)  # both languages in one channel at a time
        assert element(answer, "feedback")["positive_button"]["text"]["text"] == helpful
    assert (await mentioned(slack, CHINESE)).blocks
    assert answer.text.startswith("<@U_ANA>问：")
    assert element(answer, "how")["text"]["text"] == "详情"
    await press(slack, answer, "feedback", "up")
    with speaking("zh"):
        assert slack.ephemerals("U_BEN")[-1].text == say("replies.thanks")
    await forge(slack, answer, "delete", value="U_ANA")
    assert HAN.search(slack.ephemerals("U_BEN")[-1].text)
    await press(slack, answer, "feedback", "down")
    shown = slack.modals.shown("U_BEN")
    assert shown.view["title"]["text"] == "没帮助"
    slack.modals.close(user="U_BEN")
    await press(slack, answer, "menu", "units")
    await slack.modals.fill("units", "kt", user="U_BEN")
    await settled(slack, slack.modals.submit(user="U_BEN"))
    [changed] = [each for each in slack.messages() if each.ts == answer.ts]
    assert "delete" in action_ids(changed)
    assert changed.text.startswith("<@U_ANA>问：")
    assert "140千吨" in changed.text
