"""The monthly post comes by itself, once, and its thread takes follow-ups."""

from pathlib import Path

import pytest

from bot.dataset.dataset import Dataset
from bot.settings import Settings
from tests.databases import sqlite_at
from tests.gear.slack import LocalSlack
from tests.slack.desk import POSTING, environment, http_bot
from tests.slack.events import calls, settled


@pytest.fixture
def env(slack: LocalSlack, tmp_path: Path) -> dict[str, str]:
    return environment(slack, tmp_path, ALUMINA_CHANNEL="C_ALUMINIUM", **POSTING)


def searched(slack: LocalSlack) -> int:
    return len(calls(slack, "conversations.history"))


async def test_it_is_posted_at_the_start_and_not_again_after_a_restart(
    slack: LocalSlack, dataset: Dataset, env: dict[str, str], tmp_path: Path
) -> None:
    for number in range(3):
        # The last start has lost the first's database.
        env["DATABASE_URL"] = sqlite_at(tmp_path / f"{number // 2}.sqlite3")
        searches = [1, 1, 2][number]
        async with http_bot(slack, dataset, env):
            await slack.wait_for(slack.messages)
            await slack.wait_for(lambda: searched(slack) >= searches)  # noqa: B023 - waited for at once
            await slack.settle()
    [post] = slack.messages()
    assert post.metadata is not None
    assert post.metadata["event_payload"]["edition"] == "2026-07"


async def test_a_workspace_without_the_newer_blocks_gets_it_once_in_older_ones(
    slack: LocalSlack, dataset: Dataset, env: dict[str, str]
) -> None:
    slack.plain = True
    async with http_bot(slack, dataset, env):
        await settled(slack, slack.wait_for(slack.messages))
    [post] = slack.messages()
    assert "Alumina imports rose" in post.text  # aluminium exports in July 2026, as published
    assert post.metadata
    assert "context_actions" not in {block["type"] for block in post.blocks}
    assert [call.method for call in slack.calls].count(
        "chat.postMessage"
    ) == 2  # the refused one posted nothing


async def test_a_lost_answer_is_not_tried_in_another_form(
    slack: LocalSlack, dataset: Dataset, env: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    slack.fail("chat.postMessage", when="after")
    async with http_bot(slack, dataset, env):
        await slack.wait_for(lambda: "unknown" in caplog.messages)
        slack.clock.forward(Settings.from_env(env).lease)
        await settled(slack, slack.wait_for(lambda: searched(slack) == 2))
    assert len(slack.messages()) == 1
    assert len(calls(slack, "chat.postMessage")) == 1


async def test_without_a_channel_nothing_is_posted(
    slack: LocalSlack, dataset: Dataset, env: dict[str, str]
) -> None:
    del env["ALUMINA_CHANNEL"]
    async with http_bot(slack, dataset, env):
        await slack.silence(0.5)  # for some ticks
    assert slack.messages() == []
