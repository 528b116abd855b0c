"""The app's own place: the home tab of each person, its examples, and an agent's prompts."""

import pytest

from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.manifest import prompts
from bot.questions.question import Question
from tests.asked import asked as understand
from tests.gear.slack import LocalSlack
from tests.offered import held
from tests.slack.desk import StartBot
from tests.slack.dialogue import dialogues, texts
from tests.slack.events import calls, settled
from tests.slack.pressing import press

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/home.yaml")


async def test_a_workspace_without_the_newest_block_sees_the_older_one(slack: LocalSlack) -> None:
    slack.workspace.lacks = {"layout"}
    slack.home.open()
    await slack.settle()
    fields = [str(each) for each in slack.home.shown()["blocks"] if "fields" in each]  # type: ignore[index]
    assert ["640" in each for each in fields] == [True]  # aluminium exports of July 2026, as published


async def test_it_speaks_the_language_that_is_set(slack: LocalSlack, serve: StartBot) -> None:
    async with serve(ALUMINA_LANGUAGE="zh"):
        slack.home.open()
        await slack.settle()
    assert "铝土矿进口\n*1904万吨*\n下降4.6%" in "\n".join(texts(slack.home.shown()))


async def test_an_example_is_answered_once_in_direct_messages(slack: LocalSlack, dataset: Dataset) -> None:
    slack.home.open()
    await slack.settle()
    for words in prompts().values():
        assert isinstance(understand(words, record=dataset), Question), words
    blocks = [each for each in slack.home.shown()["blocks"] if each["type"] == "actions"]  # type: ignore[index]
    elements = {one["action_id"]: one["value"] for block in blocks for one in block["elements"]}
    assert len(elements) == 4
    for _ in range(2):
        await slack.home.press("home_0")
    await settled(slack, slack.wait_for(lambda: slack.messages("D_ANA")))
    [answer] = slack.messages("D_ANA")
    assert "Alumina imports tripled on the year" in answer.text
    told = "\n".join(texts(slack.home.shown()))
    assert f"Answered in your messages with me: {held(elements['home_0'])}" in told


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
