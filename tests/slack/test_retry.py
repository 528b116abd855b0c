"""A bad moment of Slack's or of the database's costs no answer, and makes none stand twice."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot.slack.contexts import Contexts
from bot.words import say
from tests.gear.slack import LocalSlack
from tests.postgres import Postgres
from tests.slack.desk import StartBot, at_once
from tests.slack.events import by_bot, in_database, rows

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published
QUESTION = "alumina exports march 2024"
MENTION = f"<@U0ALUMINA> {QUESTION}"
LEASE = timedelta(seconds=60)
FAULTS: list[dict[str, Any]] = [
    {"error": "internal_error"},
    {"error": "fatal_error", "when": "after"},
    {"status": 500},
    {"status": 503, "text": "<html>", "when": "after"},
    {"when": "before"},  # the connection ends without an answer
    {"when": "after"},
]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The same pauses, a hundred times as fast, in the order in which they were made."""
    pauses: list[float] = []

    async def short(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(seconds / 100)

    monkeypatch.setattr("bot.slack.once.sleep", short)
    return pauses


def states(folder: Path) -> set[str]:
    return {state for (state,) in in_database(folder, "SELECT state FROM inbox")}


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


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.usefixtures("bot")
async def test_what_may_stand_already_is_looked_for_no_sooner_than_a_lease_later(
    slack: LocalSlack, soon: list[float], fault: dict[str, Any]
) -> None:
    slack.fail("chat.postMessage", **fault)
    await slack.command(QUESTION)
    await slack.wait_for(slack.messages)
    await slack.settle()
    assert soon == [LEASE.total_seconds()]


@pytest.mark.usefixtures("bot")
async def test_what_surely_does_not_stand_is_sent_again_as_soon_as_slack_lets_us(
    slack: LocalSlack, soon: list[float]
) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=1, times=4)  # the client waits for three
    await slack.command(QUESTION)
    await slack.wait_for(slack.messages)
    assert soon == [1]


async def test_slack_away_for_longer_than_a_process_lives_leaves_it_to_the_next(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.app.SECONDS", 0.05)
    monkeypatch.setattr(slack, "settle", at_once)
    async with serve():
        slack.faults.down = True
        ts = await slack.say(MENTION)
        await slack.wait_for(lambda: rows(tmp_path) == [("C_ALUMINIUM", ts, "taken")])
        reply = await slack.command(QUESTION)
        assert reply.status == 200
    slack.faults.down = False
    slack.clock.forward(LEASE)
    async with serve():
        await slack.wait_for(lambda: len(slack.messages()) == 2 and by_bot(slack, "C_ALUMINIUM", ts))
        await slack.wait_for(lambda: states(tmp_path) == {"answered"})
    assert [MARCH in each.text for each in slack.messages()] == [False, True]
    assert len(by_bot(slack, "C_ALUMINIUM", ts)) == 1


async def test_a_fault_of_ours_amid_a_message_that_was_left_closes_it(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would fail in every later round too."""

    async def fails(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("bot.slack.app.SECONDS", 0.05)
    monkeypatch.setattr(slack, "settle", at_once)
    async with serve():
        slack.faults.down = True
        ts = await slack.say(MENTION)
        await slack.wait_for(lambda: rows(tmp_path) == [("C_ALUMINIUM", ts, "taken")])
    slack.faults.down = False
    slack.clock.forward(LEASE)
    monkeypatch.setattr("handlers.left.take_up", fails)
    async with serve():
        await slack.wait_for(lambda: states(tmp_path) == {"answered"})
    assert by_bot(slack, "C_ALUMINIUM", ts) == []


async def test_a_command_that_was_left_for_half_an_hour_is_answered_no_more_but_its_asker_is_told(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.app.SECONDS", 0.05)
    monkeypatch.setattr(slack, "settle", at_once)
    monkeypatch.setattr("handlers.requests.ANSWERABLE", timedelta())
    async with serve():
        slack.faults.down = True
        await slack.command(QUESTION)
    slack.faults.down = False
    slack.clock.forward(LEASE)
    async with serve():
        await slack.wait_for(lambda: slack.messages("D_ANA") and states(tmp_path) == {"answered"})
    assert [each.text for each in slack.messages("D_ANA")] == [say("replies.if_no_answer")]
    assert slack.messages() == []


async def test_what_one_person_alone_may_have_seen_is_not_shown_again(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.app.SECONDS", 0.05)
    monkeypatch.setattr(slack, "settle", at_once)
    async with serve():
        held = slack.faults.hold("response_url", when="after")
        await slack.command(f"private {QUESTION}")
        await held.reached.wait()
    held.let_go()
    slack.clock.forward(LEASE)
    async with serve():
        await slack.wait_for(lambda: len(slack.ephemerals()) == 2 and states(tmp_path) == {"answered"})
    answer, line = slack.ephemerals()
    assert MARCH in answer.text
    assert line.text == say("replies.if_no_answer")


@pytest.mark.usefixtures("bot")
async def test_whoever_may_have_got_no_answer_is_told_to_ask_again(slack: LocalSlack) -> None:
    slack.fail("response_url", when="before")  # the connection ends without an answer
    await slack.command(f"private {QUESTION}")
    await slack.wait_for(slack.ephemerals)
    await slack.settle()
    assert [each.text for each in slack.ephemerals()] == [say("replies.if_no_answer")]


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 429}, {"error": "internal_error"}])
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
