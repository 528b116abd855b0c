"""The app's own place: the home tab of each person, its examples, and an agent's prompts."""

import pytest

from bot.dataset.dataset import Dataset
from bot.manifest import prompts
from bot.questions.question import Question
from tests.asked import asked as understand
from tests.gear.slack import LocalSlack
from tests.slack.desk import StartBot
from tests.slack.dialogue import dialogues
from tests.slack.events import calls

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/home.yaml")


def test_every_prompt_is_understood(dataset: Dataset) -> None:
    for words in prompts().values():
        assert isinstance(understand(words, record=dataset), Question), words


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
