"""A process that is told to stop, with work in hand: nothing of what it accepted is lost or done twice."""

from pathlib import Path

import pytest

import bot.slack.bolt_app
from bot.dataset.dataset import Dataset
from tests.gear.slack import LocalSlack
from tests.slack.desk import at_once, environment, http_bot
from tests.slack.events import by_bot, change_database, rows

QUESTION = "alumina exports march 2024"


async def test_an_answer_that_takes_too_long_is_broken_off_and_left_to_the_next_process(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.slack.bolt_app, "SECONDS", 0.05)
    hold = slack.faults.hold("chat.postMessage", when="before")
    async with http_bot(slack, dataset, environment(slack, tmp_path)):
        ts = await slack.say(f"<@U0ALUMINA> {QUESTION}")
        await hold.reached.wait()
        monkeypatch.setattr(slack, "settle", at_once)
    hold.drop()
    assert rows(tmp_path) == [("C_ALUMINIUM", ts, "taken")]
    assert slack.ephemerals() == []
    monkeypatch.undo()
    await change_database(tmp_path, "UPDATE inbox SET lease_until = '2026-01-01'")  # as time would
    async with http_bot(slack, dataset, environment(slack, tmp_path)):
        await slack.wait_for(lambda: rows(tmp_path) == [("C_ALUMINIUM", ts, "answered")])
    assert len(by_bot(slack, "C_ALUMINIUM", ts)) == 1
