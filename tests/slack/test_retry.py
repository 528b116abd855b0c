"""A bad moment of Slack's or of the database's costs no answer, and makes none stand twice."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

import handlers.ask
import handlers.retry
from bot.threads.contexts import Contexts
from tests.gear.slack import LocalSlack
from tests.postgres import Postgres
from tests.slack.desk import StartBot
from tests.slack.events import by_bot, rows

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published
QUESTION = "alumina exports march 2024"
MENTION = f"<@U0ALUMINA> {QUESTION}"
TRIES = RESPONSE_URL_USES = 5
FAULTS: list[dict[str, Any]] = [
    {"error": "internal_error"},
    {"error": "fatal_error", "when": "after"},
    {"status": 500},
    {"status": 503, "text": "<html>", "when": "after"},
    {"when": "before"},  # the connection ends without an answer
    {"when": "after"},
]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same waits, a hundred times as fast."""
    waits = tuple(seconds / 100 for seconds in handlers.retry.WAITS_SECONDS)
    monkeypatch.setattr(handlers.retry.retry, "__defaults__", (waits,))
    whisper_waits = tuple(seconds / 100 for seconds in handlers.retry.WHISPER_WAITS_SECONDS)
    monkeypatch.setattr(handlers.ask, "WHISPER_WAITS_SECONDS", whisper_waits)
    assert (len(waits) + 1, len(whisper_waits) + 2) == (TRIES, RESPONSE_URL_USES)


def posts(slack: LocalSlack) -> int:
    """How often the bot tried to post."""
    return len([call for call in slack.calls if call.method == "chat.postMessage"])


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.usefixtures("bot")
async def test_a_mention_is_answered_once_though_slack_fails(
    slack: LocalSlack, tmp_path: Path, fault: dict[str, Any]
) -> None:
    slack.fail("chat.postMessage", **fault)
    ts = await slack.say(MENTION)
    await slack.wait_for(lambda: rows(tmp_path) == [("C_ALUMINIUM", ts, "answered")])
    await slack.settle()
    [answer] = by_bot(slack, "C_ALUMINIUM", ts)
    assert MARCH in answer
    assert posts(slack) == (1 if fault.get("when") == "after" else 2)
    assert slack.ephemerals() == []


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.usefixtures("bot")
async def test_a_command_is_answered_once_though_slack_fails(
    slack: LocalSlack, fault: dict[str, Any]
) -> None:
    slack.fail("chat.postMessage", **fault)
    await slack.command(QUESTION)
    looked = {"conversations.history"} if fault.get("when") == "after" else {"chat.postMessage"}
    await slack.wait_for(lambda: slack.calls[-1].method in looked and slack.messages() and slack.calls[1:])
    await slack.settle()
    [answer] = slack.messages()
    assert MARCH in answer.text
    assert posts(slack) == (1 if fault.get("when") == "after" else 2)
    assert slack.ephemerals() == []


@pytest.mark.usefixtures("bot")
async def test_nothing_is_sent_again_before_it_could_be_looked_for(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", when="after")
    slack.fail("conversations.history", status=500, times=2)
    await slack.command(QUESTION)
    await slack.wait_for(lambda: len([c for c in slack.calls if c.method == "conversations.history"]) == 3)
    await slack.settle()
    assert (len(slack.messages()), posts(slack)) == (1, 1)


@pytest.mark.usefixtures("bot")
async def test_in_a_thread_too(slack: LocalSlack) -> None:
    asked = await slack.say(QUESTION)
    slack.fail("chat.postMessage", when="after")
    await slack.shortcut("C_ALUMINIUM", asked)
    await slack.wait_for(lambda: slack.calls[-1].method == "conversations.replies")
    await slack.settle()
    assert len(by_bot(slack, "C_ALUMINIUM", asked)) == 1


@pytest.mark.usefixtures("bot")
async def test_a_file_follows_an_answer_that_was_found(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", when="after")
    ts = await slack.say("<@U0ALUMINA> csv of alumina exports since january 2024")
    await slack.wait_for(lambda: len(slack.messages("C_ALUMINIUM", ts)) == 2)
    answer, file = slack.messages("C_ALUMINIUM", ts)
    assert answer.blocks
    assert file.files


@pytest.mark.usefixtures("bot")
async def test_slack_away_for_longer_leaves_the_question_to_a_later_round(
    slack: LocalSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fail("chat.postMessage", status=500, times=TRIES)
    ts = await slack.say(MENTION)
    await slack.wait_for(lambda: any(record.message == "left_for_later" for record in caplog.records))
    assert rows(tmp_path) == [("C_ALUMINIUM", ts, "taken")]
    assert slack.ephemerals() == []


@pytest.mark.usefixtures("bot")
async def test_a_command_that_finds_slack_away_for_longer_is_told_so(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", status=500, times=TRIES)
    await slack.command(QUESTION)
    await slack.wait_for(slack.ephemerals)
    await slack.settle()
    assert slack.messages() == []
    assert [message.text.split(",")[0] for message in slack.ephemerals()] == ["Sorry"]


@pytest.mark.parametrize(
    "fault", [{"status": 500}, {"status": 429}, {"error": "internal_error"}, {"when": "before"}]
)
@pytest.mark.usefixtures("bot")
async def test_what_only_the_asker_sees_is_sent_again(slack: LocalSlack, fault: dict[str, Any]) -> None:
    slack.fail("response_url", times=3, **fault)
    await slack.command(f"private {QUESTION}")
    await slack.wait_for(slack.ephemerals)
    await slack.settle()
    [answer] = slack.ephemerals()
    assert MARCH in answer.text


async def test_a_database_started_anew_under_a_question_costs_no_answer(
    slack: LocalSlack, serve: StartBot, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connections are cut, as by a restart, once the event was accepted."""
    with postgres.database() as url:
        async with serve(DATABASE_URL=url):
            thread = await slack.say(MENTION)
            await slack.settle()
            cut: list[bool] = []
            read = Contexts.read

            async def cut_first(self: Contexts, *where: Any) -> Any:
                if not cut:
                    cut.append(True)
                    raise OperationalError("SELECT", {}, psycopg.OperationalError("terminating connection"))
                return await read(self, *where)

            monkeypatch.setattr(Contexts, "read", cut_first)
            await slack.say("<@U0ALUMINA> and april?", thread_ts=thread)
            await slack.wait_for(lambda: len(by_bot(slack, "C_ALUMINIUM", thread)) == 2)
            await slack.settle()
    assert "Alumina exports, April 2024" in by_bot(slack, "C_ALUMINIUM", thread)[-1]
    assert slack.ephemerals() == []
