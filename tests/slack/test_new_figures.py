"""Figures that come in while the bot is answering: no request is dropped, and none sees half of them."""

import asyncio
from pathlib import Path

from bot.dataset.folder import data_folder
from bot.dataset.load import load_dataset
from bot.settings import Settings
from bot.store.engine import store
from bot.store.figures import Figures
from bot.supply.parcel import parcel_of_file
from bot.supply.take import Depot
from tests.gear.slack import LocalSlack
from tests.slack.desk import environment, http_bot
from tests.supply.rows import ALUMINA, NOW, SLIP, TODAY, csv_of

QUESTION = "alumina exports august 2026"


def to_owner(slack: LocalSlack) -> list[str]:
    """What the owner was told."""
    calls = (call.arguments for call in slack.calls if call.method == "chat.postMessage")
    return [str(each["text"]) for each in calls if each["channel"] == "U_ANA"]


async def test_questions_before_and_after_are_answered_and_the_owner_is_told(
    slack: LocalSlack, tmp_path: Path
) -> None:
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
