"""The app's own place: the home tab of each person, its examples, and an agent's prompts."""

from pathlib import Path
from typing import Any

import pytest

from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.manifest import prompts
from bot.questions.question import Question
from tests.asked import asked as understand
from tests.gear.slack import LocalSlack
from tests.offered import held
from tests.slack.desk import StartBot
from tests.spaces import spaced

# Of July 2026, as published: aluminium exports 640 kt, +18.7 %; bauxite imports 19.04 Mt, -4.6 %; of alumina
# exports +33.0 % are printed, and 300 on 230 kt are +30.4 %: both are told.
EXPORTS = "640 kt, ▲ 18.7 % on the year"
BAUXITE = "19.04 Mt, ▼ 4.6 % on the year"
DISPUTED = "300 kt, ▲ 33.0 % on the year"


async def opened(slack: LocalSlack, user: str = "U_ANA") -> str:
    """The home tab as one text."""
    slack.home.open(user=user)
    await slack.settle()
    return "\n".join(texts(slack.home.shown(user)))


def texts(view: Any) -> list[str]:
    found = []
    for block in view["blocks"]:
        parts = [block.get("text"), *(block.get("elements") or ())]
        found += [spaced(str(part["text"])) for part in parts if part]
    return found


def buttons(slack: LocalSlack, user: str = "U_ANA") -> dict[str, str]:
    """The examples: value by action."""
    blocks = [block for block in slack.home.shown(user)["blocks"] if block["type"] == "actions"]  # type: ignore[index]
    elements = [each for block in blocks for each in block["elements"]]
    return {each["action_id"]: each["value"] for each in elements if each["action_id"] != "home_language"}


@pytest.mark.usefixtures("either_bot")
async def test_it_shows_the_newest_month_what_comes_and_what_there_is(slack: LocalSlack) -> None:
    shown = await opened(slack)
    assert "July 2026, the newest complete month" in shown
    assert EXPORTS in shown
    assert BAUXITE in shown
    assert DISPUTED in shown
    assert "9 December 2026, expected · November 2026, preliminary release" in shown
    assert "October due since 20 November" in shown
    assert "Bauxite imports: " in shown
    assert "No channel of yours has the monthly post" in shown


@pytest.mark.usefixtures("bot")
async def test_it_names_the_subscriptions_of_this_person_s_channels_alone(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    await slack.command("subscribe", channel="C_DESK")
    await slack.settle()
    await slack.modals.submit()
    await slack.settle()
    assert "<#C_DESK>" in await opened(slack)
    slack.workspace.set_member("C_DESK", "U_BEN", False)
    assert "C_DESK" not in await opened(slack, "U_BEN")


@pytest.mark.usefixtures("bot")
async def test_an_example_is_answered_in_the_person_s_messages_with_us(slack: LocalSlack) -> None:
    await opened(slack)
    action, question = next(iter(buttons(slack).items()))
    reply = await slack.home.press(action)
    assert (reply.status, reply.failure) == (200, "")
    await slack.wait_for(lambda: slack.messages("D_ANA"))
    await slack.settle()
    [answer] = slack.messages("D_ANA")
    assert "Alumina imports tripled on the year" in answer.text
    assert f"Answered in your messages with me: {held(question)}" in "\n".join(texts(slack.home.shown()))
    await slack.say("and june?", channel="D_ANA", thread_ts=answer.ts)
    await slack.settle()
    assert "June 2026" in slack.messages("D_ANA", answer.ts)[-1].text
    assert slack.messages() == []


@pytest.mark.usefixtures("bot")
async def test_every_example_and_prompt_is_a_question(slack: LocalSlack, dataset: Dataset) -> None:
    await opened(slack)
    for words in prompts().values():
        assert isinstance(understand(words, record=dataset), Question), words
    for value in buttons(slack).values():
        assert respond(Question.from_json(value), dataset).outcome == "answered"
    assert len(buttons(slack)) == 6


@pytest.mark.usefixtures("bot")
async def test_a_press_right_after_the_first_is_the_same_press(slack: LocalSlack) -> None:
    await opened(slack)
    for _ in range(2):
        await slack.home.press("home_0")
    await slack.wait_for(lambda: slack.messages("D_ANA"))
    await slack.settle()
    assert len(slack.messages("D_ANA")) == 1


@pytest.mark.usefixtures("bot")
async def test_trouble_with_an_example_is_told_in_the_person_s_messages(slack: LocalSlack) -> None:
    await opened(slack)
    slack.fail("chat.postMessage", error="invalid_arguments")
    await slack.home.press("home_0")
    await slack.wait_for(lambda: slack.messages("D_ANA"))
    assert slack.messages("D_ANA")[0].text.startswith("Sorry, ")


@pytest.mark.usefixtures("bot")
async def test_a_plain_bot_suggests_no_prompts(slack: LocalSlack) -> None:
    slack.home.open("messages")
    await slack.settle()
    methods = [call.method for call in slack.calls]
    assert "assistant.threads.setSuggestedPrompts" not in methods
    assert "views.publish" not in methods


async def test_an_agent_does_and_names_no_thread(slack: LocalSlack, serve: StartBot) -> None:
    slack.scopes |= {"assistant:write"}
    async with serve():
        slack.home.open("messages")
        await slack.settle()
    [call] = [call for call in slack.calls if call.method == "assistant.threads.setSuggestedPrompts"]
    assert "thread_ts" not in call.arguments
    assert [prompt["title"] for prompt in call.arguments["prompts"]] == list(prompts())
    assert call.arguments["channel_id"] == "D_ANA"


@pytest.mark.usefixtures("either_bot")
async def test_who_chooses_chinese_there_reads_chinese_there_and_nobody_else_does(slack: LocalSlack) -> None:
    await opened(slack)
    await slack.home.press("home_language")
    await slack.settle()
    shown = "\n".join(texts(slack.home.shown()))
    assert "这里今后使用中文。" in shown
    # customs' bulletin of July 2026: bauxite imports 19.04 Mt, -4.6 %
    assert "铝土矿进口：1904万吨，同比下降4.6%" in shown
    assert "July" not in await opened(slack)
    assert "July 2026" in await opened(slack, "U_BEN")
    await slack.command("subscribe")
    await slack.settle()
    assert slack.modals.shown("U_ANA").view["title"]["text"] == "订阅"  # type: ignore[union-attr]
    await slack.say("<@U0ALUMINA> subscribe")
    await slack.wait_for(lambda: slack.ephemerals())
    assert "`/alumina 订阅`" in slack.ephemerals()[-1].text
    await slack.home.press("home_language")
    await slack.settle()
    assert "July 2026, the newest complete month" in "\n".join(texts(slack.home.shown()))


@pytest.mark.usefixtures("bot")
async def test_an_example_in_chinese_is_answered_in_chinese(slack: LocalSlack) -> None:
    await opened(slack)
    await slack.home.press("home_language")
    await slack.settle()
    await slack.home.press("home_1")
    await slack.settle()
    assert slack.messages("D_ANA")[-1].text.startswith("<@U_ANA>问：2026年7月全部品种看点")
    assert "已在您与我的私信中回答：2026年7月全部品种看点" in "\n".join(texts(slack.home.shown()))
