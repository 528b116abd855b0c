"""What /alumina does, through real signed requests and the Web API, also while figures come in."""

import asyncio
from pathlib import Path

import pytest

from bot.dataset.data_files import data_folder
from bot.dataset.load import load_dataset
from bot.settings import Settings
from bot.store.engine import store
from bot.store.figures import Figures
from bot.supply.parcel import parcel_of_file
from bot.supply.take import Depot
from tests.gear.slack import LocalSlack
from tests.gear.workspaces import archive
from tests.slack.desk import both_ways, environment, http_bot
from tests.slack.events import calls, settled
from tests.slack.example import ASKED, MARCH
from tests.supply.rows import ALUMINA, NOW, SLIP, TODAY, csv_of

pytestmark = pytest.mark.usefixtures("bot")


@both_ways
async def test_a_command_is_answered_in_the_channel_under_the_askers_name(slack: LocalSlack) -> None:
    reply = await settled(slack, slack.command(ASKED))
    assert (reply.status, reply.body, reply.failure) == (200, "", "")
    [message] = slack.messages()
    assert message.text.startswith(f"<@U_ANA> asked: {ASKED}\n")
    assert MARCH in message.text
    assert message.blocks[0]["elements"][0]["text"] == f"<@U_ANA> asked: {ASKED}"
    assert slack.ephemerals() == []
    assert message.metadata["event_type"] == "alumina_question"
    assert "alumina" in message.metadata["event_payload"]["question"]


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        ("C_GENERAL", "Type `/invite @alumina` here to let everyone read the answers."),  # not in it
        ("C_DESK", "/invite"),  # private, and thrown out of it
        ("C_ALUMINIUM", "the channel is archived."),
        ("C_PARTNERS", "shared with another company"),
    ],
)
async def test_where_it_cannot_post_the_asker_is_told_why(slack: LocalSlack, channel: str, told: str) -> None:
    slack.workspace.kick("C_DESK")
    archive(slack.workspace, "C_ALUMINIUM")
    for _ in range(2):
        await settled(slack, slack.command(ASKED, channel=channel))
    assert slack.messages(channel) == []
    for message in slack.ephemerals():
        assert (MARCH in message.text, told in message.text) == (True, True)
    if channel == "C_PARTNERS":  # what a channel is stays known for a while
        assert len(calls(slack, "conversations.info")) == 1
    if channel == "C_GENERAL":  # an invitation counts at once
        slack.workspace.invite(channel)
        await settled(slack, slack.command(ASKED, channel=channel))
        assert [MARCH in each.text for each in slack.messages(channel) if each.bot_id] == [True]


async def test_a_channel_that_slack_says_nothing_of_counts_as_shared(slack: LocalSlack) -> None:
    slack.fail("conversations.info", error="no_permission")
    await settled(slack, slack.command(ASKED))
    assert slack.messages() == []
    assert "did not tell me" in slack.ephemerals()[0].text


async def test_help_and_what_is_not_understood_are_for_the_asker_alone(slack: LocalSlack) -> None:
    for number, text in enumerate(("", "help", "  ", "qwertyish zzzz"), start=1):
        await settled(slack, slack.command(text))
        assert len(slack.ephemerals()) == number
    assert slack.messages() == []
    assert all("alumina" in each.text.lower() for each in slack.ephemerals()[:3])


async def test_a_month_off_the_record_and_direct_messages_are_answered(slack: LocalSlack) -> None:
    await settled(slack, slack.command("alumina exports march 1999"))
    await settled(slack, slack.command(ASKED, channel="D_ANA"))
    [message] = slack.messages()
    assert "140" not in message.text
    assert MARCH in slack.messages("D_ANA")[0].text
    assert slack.ephemerals() == []


async def test_what_slack_refuses_in_every_form_is_told_to_the_asker(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", error="msg_too_long")
    await settled(slack, slack.command(ASKED))
    assert [message.text.split(",")[0] for message in slack.ephemerals()] == ["Sorry"]
    assert slack.messages() == []


QUESTION = "alumina exports august 2026"


def to_owner(slack: LocalSlack) -> list[str]:
    """What the owner was told."""
    calls = (call.arguments for call in slack.calls if call.method == "chat.postMessage")
    return [str(each["text"]) for each in calls if each["channel"] == "U_ANA"]


@pytest.mark.usefixtures("serve")  # no other bot
async def test_new_figures_cost_no_answer(slack: LocalSlack, tmp_path: Path) -> None:
    dataset = load_dataset(data_folder(), TODAY)
    env = environment(slack, tmp_path, ALUMINA_TICK_SECONDS="0.05", ALUMINA_OWNER="U_ANA")
    async with http_bot(slack, dataset, env):
        asked = 1
        await slack.command(QUESTION)
        async with store(Settings.from_env(env)) as engine:
            depot = Depot(dataset.record, Figures(engine), TODAY)
            await depot.take(parcel_of_file(csv_of(tmp_path, ALUMINA, SLIP), dataset), NOW)
        while not any("210 kt" in message.text for message in slack.messages()):
            reply = await slack.command(QUESTION)
            assert (reply.status, reply.failure) == (200, "")
            asked += 1
            await slack.settle()
            await asyncio.sleep(0.02)
        await slack.wait_for(lambda: to_owner(slack))
    texts = [message.text for message in slack.messages()]
    assert len(texts) == asked
    assert all("not on record" in text or "210 kt" in text for text in texts)
    [told] = to_owner(slack)
    assert "Bauxite imports, August 2026: 1.76 Mt (bulletin): 10 times too little" in told
