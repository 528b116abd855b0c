"""A person is spoken to in the language of what they typed, pressed or have before them."""

import re
from typing import Any

import pytest

from bot.words import say, speaking
from handlers.language import told_in
from tests.gear.slack import LocalSlack
from tests.slack.desk import both_ways
from tests.slack.events import settled
from tests.slack.pressing import action_ids, asked, element, forge, mentioned, press

CHINESE, ENGLISH = "2024年3月氧化铝出口", "alumina exports march 2024"
HAN = re.compile("[\u4e00-\u9fff]")


def chinese(name: str, **values: object) -> str:
    with speaking("zh"):
        return say(name, **values)


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
    assert slack.ephemerals("U_BEN")[-1].text == chinese("replies.thanks")
    await forge(slack, answer, "delete", value="U_ANA")
    assert HAN.search(slack.ephemerals("U_BEN")[-1].text)
    await press(slack, answer, "feedback", "down")
    shown = slack.modals.shown("U_BEN")
    assert shown is not None
    assert shown.view["title"]["text"] == "没帮助"
    slack.modals.close(user="U_BEN")
    await press(slack, answer, "menu", "units")
    await slack.modals.fill("units", "kt", user="U_BEN")
    await settled(slack, slack.modals.submit(user="U_BEN"))
    [changed] = [each for each in slack.messages() if each.ts == answer.ts]
    assert "delete" in action_ids(changed)
    assert changed.text.startswith("<@U_ANA>问：")
    assert "140千吨" in changed.text
