"""The app's own place: the home tab of each person, its examples, and an agent's prompts."""

from typing import Any

import pytest

from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.manifest import prompts
from bot.questions.question import Question
from tests.asked import asked as understand
from tests.gear.slack import LocalSlack
from tests.offered import held
from tests.slack.alerting import set_alert
from tests.slack.desk import StartBot, both_ways
from tests.slack.events import calls, settled
from tests.slack.pressing import press
from tests.spaces import spaced

# Of July 2026, as published: aluminium exports 640 kt, +18.7 %; bauxite imports 19.04 Mt, -4.6 %; of alumina
# exports +33.0 % are printed, and 300 on 230 kt are +30.4 %: both are told.
EXPORTS = "*640 kt*\n▲ 18.7 %"
BAUXITE = "*19.04 Mt*\n▼ 4.6 %"
DISPUTED = "*300 kt*\n▲ 33.0 %"

pytestmark = pytest.mark.usefixtures("bot")


async def opened(slack: LocalSlack, user: str = "U_ANA") -> str:
    """The home tab as one text."""
    slack.home.open(user=user)
    await slack.settle()
    return shown(slack, user)


def shown(slack: LocalSlack, user: str = "U_ANA") -> str:
    return "\n".join(texts(slack.home.shown(user)))


def texts(view: Any) -> list[str]:
    found = []
    for block in view["blocks"]:
        parts = [block.get("text"), *(block.get("elements") or ())]
        found += [spaced(str(part["text"])) for part in parts if part]
        for row in block.get("rows") or ():
            found += texts({"blocks": [each for item in row["items"] for each in item["blocks"]]})
    return found


def buttons(slack: LocalSlack, user: str = "U_ANA") -> dict[str, str]:
    """The examples: value by action."""
    blocks = [block for block in slack.home.shown(user)["blocks"] if block["type"] == "actions"]  # type: ignore[index]
    elements = [each for block in blocks for each in block["elements"]]
    return {each["action_id"]: each["value"] for each in elements if each["action_id"] != "home_language"}


@both_ways
async def test_it_shows_the_newest_month_what_comes_and_how_far_the_record_reaches(slack: LocalSlack) -> None:
    told = await opened(slack)
    for line in (
        "July 2026, and its change on the year",
        EXPORTS,
        BAUXITE,
        DISPUTED,
        "9 December 2026, expected · November 2026, preliminary release",
        "None of your channels has it yet",
        # figures.csv: alumina imports of January 2018 to aluminium exports of August 2026
        "months from January 2018 to August 2026",
    ):
        assert line in told
    slack.workspace.lacks = {"layout"}  # a workspace without the newest block sees the older one
    await opened(slack)
    fields = [str(each) for each in slack.home.shown()["blocks"] if "fields" in each]  # type: ignore[index]
    assert ["640" in each for each in fields] == [True]


async def test_subscriptions_and_alerts_of_the_person_s_own_begin_there(slack: LocalSlack) -> None:
    await settled(slack, slack.command("subscribe", channel="C_DESK"))
    await settled(slack, slack.modals.submit())
    assert "<#C_DESK>" in await opened(slack)
    slack.workspace.set_member("C_DESK", "U_BEN", False)
    assert "C_DESK" not in await opened(slack, "U_BEN")  # of this person's channels alone
    await settled(slack, slack.home.press("order_new_0"))
    await settled(slack, slack.modals.submit())
    assert "*To you alone*: monthly post of everything" in await opened(slack)
    before = len(slack.messages("D_ANA"))
    await settled(slack, slack.home.press("alert_new"))
    await slack.modals.fill("alert", "alumina exports above 280kt")
    await slack.modals.submit()
    await settled(slack, slack.wait_for(lambda: len(slack.messages("D_ANA")) > before))
    await press(slack, slack.messages("D_ANA")[-1], "alert_here", user="U_ANA")
    for channel in ("C_ALUMINIUM", "C_DESK"):
        await set_alert(slack, "alumina exports above 290kt", channel=channel)
    told = await opened(slack)
    assert "• *To you alone*: Alumina exports above 280 kt, every time.\nNot fired yet.\n" in told
    assert "• *<#C_DESK>*: Alumina exports above 290 kt, every time. Set up by <@U_ANA>." in told


async def test_an_example_is_answered_once_in_direct_messages(slack: LocalSlack, dataset: Dataset) -> None:
    await opened(slack)
    for words in prompts().values():
        assert isinstance(understand(words, record=dataset), Question), words
    assert len(buttons(slack)) == 4
    action, question = next(iter(buttons(slack).items()))
    for _ in range(2):
        reply = await slack.home.press(action)
        assert (reply.status, reply.failure) == (200, "")
    await settled(slack, slack.wait_for(lambda: slack.messages("D_ANA")))
    [answer] = slack.messages("D_ANA")
    assert "Alumina imports tripled on the year" in answer.text
    assert f"Answered in your messages with me: {held(question)}" in shown(slack)
    await settled(slack, slack.say("and june?", channel="D_ANA", thread_ts=answer.ts))
    assert "June 2026" in slack.messages("D_ANA", answer.ts)[-1].text
    assert slack.messages() == []
    slack.fail("chat.postMessage", error="invalid_arguments")
    await slack.home.press("home_1")
    await slack.wait_for(lambda: len(slack.messages("D_ANA")) == 2)
    assert slack.messages("D_ANA")[-1].text.startswith("Sorry, ")


async def test_a_plain_bot_greets_with_four_questions_once(slack: LocalSlack, dataset: Dataset) -> None:
    for _ in range(2):
        slack.home.open("messages")
        await slack.settle()
    [greeting] = slack.messages("D_ANA")
    asked = [each["value"] for each in greeting.blocks[-1]["elements"]]
    assert [respond(Question.from_json(each), dataset).outcome for each in asked] == ["answered"] * 4
    await press(slack, greeting, "ask_0", user="U_ANA")
    assert "China's aluminium trade, July 2026" in slack.messages("D_ANA")[-1].text
    assert calls(slack, "assistant.threads.setSuggestedPrompts", "views.publish") == []
    await settled(slack, slack.say("alumina exports march 2024", channel="D_BEN", user="U_BEN"))
    slack.home.open("messages", user="U_BEN")  # whoever has talked to it is not greeted
    await slack.settle()
    assert len(slack.messages("D_BEN")) == 2


async def test_an_agent_does_not_and_names_no_thread(slack: LocalSlack, serve: StartBot) -> None:
    slack.scopes |= {"assistant:write"}
    async with serve():
        slack.home.open("messages")
        await slack.settle()
    [call] = calls(slack, "assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in call.arguments
    assert [prompt["title"] for prompt in call.arguments["prompts"]] == list(prompts())
    assert call.arguments["channel_id"] == "D_ANA"
    assert slack.messages("D_ANA") == []


@both_ways
async def test_who_chooses_chinese_there_reads_chinese_there_and_nobody_else_does(slack: LocalSlack) -> None:
    await opened(slack)
    await settled(slack, slack.home.press("home_language"))
    assert "这里今后使用中文。" in shown(slack)
    # customs' bulletin of July 2026: bauxite imports 19.04 Mt, -4.6 %
    assert "铝土矿进口\n*1904万吨*\n下降4.6%" in shown(slack)
    assert "July" not in await opened(slack)
    assert "July 2026" in await opened(slack, "U_BEN")
    await settled(slack, slack.home.press("home_0"))
    assert slack.messages("D_ANA")[-1].text.startswith("<@U_ANA>问：2026年7月全部品种")
    assert "已在您与我的私信中回答：2026年7月全部品种" in shown(slack)
    await settled(slack, slack.command("subscribe"))
    assert slack.modals.shown("U_ANA").view["title"]["text"] == "月度简报"  # type: ignore[union-attr]
    await slack.say("<@U0ALUMINA> subscribe")
    await slack.wait_for(lambda: slack.ephemerals())
    assert "`/alumina 订阅`" in slack.ephemerals()[-1].text
    await settled(slack, slack.home.press("home_language"))
    assert "July 2026, and its change on the year" in shown(slack)
