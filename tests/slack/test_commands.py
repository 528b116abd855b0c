"""What /alumina does, also while figures come in; and what whoever runs the bot does with a held figure."""

from contextlib import asynccontextmanager

import pytest

from bot.dataset.data_files import data_folder
from bot.dataset.load import load_dataset
from bot.messages.modal import DECISION
from bot.playground.limits import problems
from bot.settings import Settings
from bot.store.engine import store
from bot.store.figures import Figures
from bot.supply.take import Depot, parcel_of_file
from tests.slack.desk import both_ways, environment, http_bot
from tests.slack.dialogue import dialogues
from tests.slack.events import action_ids, in_database, press, settled
from tests.slack.example import ASKED, MARCH
from tests.supply.conftest import ALUMINA, NOW, SLIP, TODAY, csv_of

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/commands.yaml")


@both_ways
async def test_a_command_is_answered_in_the_channel_under_the_askers_name(slack):
    reply = await settled(slack, slack.command(ASKED))
    assert (reply.status, reply.body, reply.failure) == (200, "", "")
    [message] = slack.messages()
    assert message.text.startswith(f"<@U_ANA> asked: {ASKED}\n")
    assert MARCH in message.text
    assert message.blocks[0]["elements"][0]["text"] == f"<@U_ANA> asked: {ASKED}"
    assert slack.ephemerals() == []
    assert message.metadata["event_type"] == "alumina_question"
    assert "alumina" in message.metadata["event_payload"]["question"]


@asynccontextmanager
async def owner_told(slack, folder):
    """What the owner reads of a figure that is a tenth of what it should be, and of one that is new."""
    dataset = load_dataset(data_folder(), TODAY)
    env = environment(slack, folder, ALUMINA_TICK_SECONDS="0.05", ALUMINA_OWNER="U_ANA")
    async with store(Settings.from_env(env)) as engine:
        depot = Depot(dataset.record, Figures(engine), TODAY)
        await depot.take(parcel_of_file(csv_of(folder, ALUMINA, SLIP), dataset), NOW)
    async with http_bot(slack, dataset, env):
        await slack.wait_for(lambda: slack.workspace.everything("D_ANA"))
        [message] = slack.workspace.everything("D_ANA")
        yield message


async def send(slack, reason):
    await slack.modals.fill(DECISION, reason)
    await settled(slack, slack.modals.submit())


def decided(folder):
    """The state and the reason of the row that was held."""
    return in_database(folder, "SELECT state, decision FROM figures WHERE why != ''")


@pytest.mark.usefixtures("serve")
async def test_a_figure_is_accepted_with_a_reason(slack, tmp_path):
    async with owner_told(slack, tmp_path) as message:
        assert "Bauxite imports, August 2026: 1.76 Mt (bulletin): it does not fit" in message.text
        assert action_ids(message) == {"held_accepted", "held_rejected"}
        assert list(problems(message.text, message.blocks)) == []
        await press(slack, message, "held_accepted", user="U_ANA")
        await send(slack, " ")
        assert decided(tmp_path) == [("held", "")]
        await send(slack, "the mine was closed")
        assert decided(tmp_path) == [("accepted", "the mine was closed")]
        await press(slack, message, "held_rejected", user="U_ANA")
        await send(slack, "too late")
        assert decided(tmp_path) == [("accepted", "the mine was closed")]
        told = [each.text for each in slack.workspace.everything("D_ANA")][1:]
    assert [text.split(":")[0].split(" and ")[0] for text in told] == [
        "Figure 2 is accepted",
        "Figure 2 is no longer waiting",
    ]


@pytest.mark.usefixtures("serve")
async def test_nobody_else_decides(slack, tmp_path):
    async with owner_told(slack, tmp_path) as message:
        await press(slack, message, "held_accepted", user="U_BEN")
    assert decided(tmp_path) == [("held", "")]
    assert slack.workspace.ephemerals[-1].text.startswith("Only the one who runs Alumina")
