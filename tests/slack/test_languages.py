"""A person is spoken to in the language of what they typed, pressed or have before them."""

import re
from typing import Any

import pytest

from bot.words import say, speaking
from handlers.language import told_in
from tests.gear.slack import LocalSlack
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


@pytest.mark.parametrize(
    ("body", "spoken"),
    [
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
    ],
)
def test_where_the_language_is_told(body: dict[str, Any], spoken: str | None) -> None:
    assert told_in(body) == spoken


@pytest.mark.usefixtures("either_bot")
async def test_what_stands_around_an_answer_is_in_its_language(slack: LocalSlack) -> None:
    answer = await asked(slack, CHINESE)
    assert answer.text.startswith("<@U_ANA>问：")
    assert element(answer, "feedback")["positive_button"]["text"]["text"] == "有帮助"
    assert element(answer, "how")["text"]["text"] == "详情"
    await press(slack, answer, "feedback", "up")
    assert slack.ephemerals("U_BEN")[-1].text == chinese("replies.thanks")
    await press(slack, answer, "feedback", "down")
    shown = slack.modals.shown("U_BEN")
    assert shown is not None
    assert shown.view["title"]["text"] == "没帮助"


@pytest.mark.usefixtures("bot")
async def test_both_languages_in_one_channel_at_a_time(slack: LocalSlack) -> None:
    for text, helpful in ((CHINESE, "有帮助"), (ENGLISH, "Helpful"), (CHINESE, "有帮助")):
        answer = await asked(slack, text)
        assert element(answer, "feedback")["positive_button"]["text"]["text"] == helpful
    assert (await mentioned(slack, CHINESE)).blocks


@pytest.mark.usefixtures("bot")
async def test_another_unit_keeps_the_language(slack: LocalSlack) -> None:
    answer = await asked(slack, CHINESE)
    await press(slack, answer, "menu", "units")
    await slack.modals.fill("units", "kt", user="U_BEN")
    await slack.modals.submit(user="U_BEN")
    await slack.settle()
    changed = slack.messages()[-1]
    assert changed.ts == answer.ts
    assert "delete" in action_ids(changed)
    assert changed.text.startswith("<@U_ANA>问：")
    assert "140千吨" in changed.text


@pytest.mark.usefixtures("bot")
async def test_who_may_not_delete_is_told_in_the_answer_s_language(slack: LocalSlack) -> None:
    answer = await asked(slack, CHINESE)
    await forge(slack, answer, "delete", value="U_ANA")
    assert HAN.search(slack.ephemerals("U_BEN")[-1].text)
