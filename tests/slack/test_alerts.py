"""Alerts, from the command to the message that tells of a new figure, through the local Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.dataset.dataset import Dataset
from bot.messages.limits import problems
from bot.playground.slack import LocalSlack
from bot.playground.workspace import Message
from tests.slack.desk import environment, http_bot
from tests.slack.events import in_database
from tests.slack.pressing import action_ids, press

KEPT = "SELECT channel, condition, once, language, state, created_by FROM alerts ORDER BY created_at"
# Alumina exports of June came out on 18 or 22 July 2026 (270 kt), of July on 18 August 2026 (300 kt).
ABOVE = "alumina exports above 280 kt, every time"
BEFORE, AFTER = "2026-08-17", "2026-08-19"


@asynccontextmanager
async def on(day: str, slack: LocalSlack, dataset: Dataset, folder: Path, **more: str) -> AsyncIterator[None]:
    """The bot at work on a day, posts too."""
    short = {"ALUMINA_TICK_SECONDS": "0.2", "ALUMINA_TIMEOUT_SECONDS": "0.4", "ALUMINA_LEASE_SECONDS": "0.5"}
    env = environment(slack, folder, ALUMINA_TODAY=day, ALUMINA_SCHEDULER="on", **short, **more)
    async with http_bot(slack, dataset, env):
        yield


async def told(slack: LocalSlack, text: str, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> Message:
    """What only the asker sees after a command."""
    before = len(slack.ephemerals(user))
    reply = await slack.command(text, channel=channel, user=user)
    assert (reply.status, reply.body, reply.failure) == (200, "", "")
    await slack.wait_for(lambda: len(slack.ephemerals(user)) > before)
    await slack.settle()
    message = slack.ephemerals(user)[-1]
    assert problems(message.text, message.blocks) == []
    return message


async def set_alert(
    slack: LocalSlack, text: str, where: str = "here", channel: str = "C_ALUMINIUM", user: str = "U_ANA"
) -> Message:
    """Asks for an alert and saves it; what then stands in the place of the proposal."""
    message = await told(slack, f"alert {text}", channel, user)
    await press(slack, message, f"alert_{where}", user=user)
    return slack.ephemerals(user)[-1]


@pytest.mark.usefixtures("bot")
async def test_it_is_said_back_and_saved_where_it_was_asked_for(slack: LocalSlack, tmp_path: Path) -> None:
    message = await told(slack, "alert alumina exports above 280kt")
    assert "Alumina exports above 280 kt, every time: in every month" in message.text
    assert action_ids(message) == {"alert_here", "alert_own", "alert_other", "alert_discard"}
    assert in_database(tmp_path, KEPT) == []
    await press(slack, message, "alert_here", user="U_ANA")
    assert in_database(tmp_path, KEPT) == [("C_ALUMINIUM", ABOVE, 0, "en", "active", "U_ANA")]
    [saved] = slack.ephemerals()
    assert saved.ts == message.ts
    assert saved.text == "Saved: it is told in <#C_ALUMINIUM>. `/alumina alerts` pauses or ends it."
    assert slack.messages()[-1].text == (
        "<@U_ANA> set an alert in <#C_ALUMINIUM>: Alumina exports above 280 kt, every time."
        " `/alumina alerts` pauses or ends it."
    )


async def test_a_new_figure_is_told_once_with_its_thread(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    async with on(BEFORE, slack, dataset, tmp_path):
        await set_alert(slack, "alumina exports above 280kt")
    said = len(slack.messages())
    async with on(AFTER, slack, dataset, tmp_path):
        await slack.wait_for(lambda: len(slack.messages()) > said)
        await slack.settle()
        [post] = slack.messages()[said:]
        assert problems(post.text, post.blocks) == []
        assert post.text.startswith("Alumina exports above 280 kt: 300 kt, July 2026; bulletin.")
        assert "July 2026" in post.text
        assert "300 kt" in post.text
        await slack.say("and june?", thread_ts=post.ts)
        await slack.wait_for(lambda: len(slack.messages("C_ALUMINIUM", post.ts)) > 1)
        assert "270 kt" in slack.messages("C_ALUMINIUM", post.ts)[-1].text
    async with on("2026-09-30", slack, dataset, tmp_path):
        await slack.settle()
        assert [each.ts for each in slack.messages()[said:]] == [post.ts]
