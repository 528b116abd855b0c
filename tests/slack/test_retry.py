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
from tests.slack.events import by_bot, calls, in_database, rows, settled

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published
QUESTION = "alumina exports march 2024"
MENTION = f"<@U0ALUMINA> {QUESTION}"
LEASE = timedelta(seconds=60)
CHANNEL = "C_ALUMINIUM"
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


def texts(slack: LocalSlack) -> list[str]:
    return [each.text for each in slack.ephemerals()]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.usefixtures("bot")
async def test_a_mention_and_a_command_are_answered_once_though_slack_fails(
    slack: LocalSlack, tmp_path: Path, soon: list[float], fault: dict[str, Any]
) -> None:
    posts = 1 if fault.get("when") == "after" else 2
    slack.fail("chat.postMessage", **fault)
    ts = await slack.say(MENTION)
    await settled(slack, slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "answered")]))
    [answer] = by_bot(slack, CHANNEL, ts)
    assert MARCH in answer
    assert len(calls(slack, "chat.postMessage")) == posts
    slack.fail("chat.postMessage", **fault)
    await slack.command(QUESTION)
    await settled(slack, slack.wait_for(lambda: len(in_database(tmp_path, "SELECT * FROM inbox")) == 2))
    await slack.wait_for(lambda: states(tmp_path) == {"answered"})
    [_, answered] = slack.messages()
    assert MARCH in answered.text
    assert len(calls(slack, "chat.postMessage")) == 2 * posts
    # What may stand already is looked for no sooner than a lease later.
    assert soon == [LEASE.total_seconds()] * 2
    assert slack.ephemerals() == []


@pytest.mark.usefixtures("bot")
async def test_nothing_is_sent_again_before_it_could_be_looked_for(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", when="after")
    slack.fail("conversations.history", status=500, times=2)
    await slack.command(QUESTION)
    await settled(slack, slack.wait_for(lambda: len(calls(slack, "conversations.history")) == 3))
    assert (len(slack.messages()), len(calls(slack, "chat.postMessage"))) == (1, 1)
    asked = await slack.say(QUESTION)
    slack.fail("chat.postMessage", when="after")
    await slack.shortcut(CHANNEL, asked)
    await settled(slack, slack.wait_for(lambda: slack.calls[-1].method == "conversations.replies"))
    assert len(by_bot(slack, CHANNEL, asked)) == 1


@pytest.mark.usefixtures("bot")
async def test_a_file_follows_an_answer_that_was_found(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", when="after")
    ts = await slack.say("<@U0ALUMINA> csv of alumina exports since january 2024")
    await slack.wait_for(lambda: len(slack.messages(CHANNEL, ts)) == 2)
    answer, file = slack.messages(CHANNEL, ts)
    assert answer.blocks
    assert file.files


@pytest.mark.usefixtures("bot")
async def test_what_surely_does_not_stand_is_sent_again_as_soon_as_slack_lets_us(
    slack: LocalSlack, soon: list[float]
) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=1, times=4)  # the client waits for three
    await slack.command(QUESTION)
    await slack.wait_for(slack.messages)
    assert soon == [1]


@pytest.fixture
def hasty(slack: LocalSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is told to stop waits for nothing."""
    monkeypatch.setattr("bot.slack.app.SECONDS", 0.05)
    monkeypatch.setattr(slack, "settle", at_once)


def back(slack: LocalSlack) -> None:
    """Slack takes answers again, and whatever was left is out of its lease."""
    slack.faults.down = False
    slack.clock.forward(LEASE)


@pytest.mark.usefixtures("hasty")
async def test_slack_away_for_longer_than_a_process_lives_leaves_it_to_the_next(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        slack.faults.down = True
        ts = await slack.say(MENTION)
        await slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "taken")])
        assert (await slack.command(QUESTION)).status == 200
    back(slack)
    async with serve():
        await slack.wait_for(lambda: len(slack.messages()) == 2 and by_bot(slack, CHANNEL, ts))
        await slack.wait_for(lambda: states(tmp_path) == {"answered"})
    assert [MARCH in each.text for each in slack.messages()] == [False, True]
    assert len(by_bot(slack, CHANNEL, ts)) == 1


@pytest.mark.usefixtures("hasty")
async def test_a_fault_of_ours_amid_a_message_that_was_left_closes_it(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would fail in every later round too."""

    async def fails(*_: object) -> None:
        raise RuntimeError("a fault")

    async with serve():
        slack.faults.down = True
        ts = await slack.say(MENTION)
        await slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "taken")])
    back(slack)
    monkeypatch.setattr("handlers.unanswered.take_up", fails)
    async with serve():
        await slack.wait_for(lambda: states(tmp_path) == {"answered"})
    assert by_bot(slack, CHANNEL, ts) == []


@pytest.mark.usefixtures("hasty")
async def test_a_command_that_was_left_for_half_an_hour_is_answered_no_more_but_its_asker_is_told(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.unanswered.ANSWERABLE", timedelta())
    async with serve():
        slack.faults.down = True
        await slack.command(QUESTION)
    back(slack)
    async with serve():
        await slack.wait_for(lambda: slack.messages("D_ANA") and states(tmp_path) == {"answered"})
    assert [each.text for each in slack.messages("D_ANA")] == [say("replies.if_no_answer")]
    assert slack.messages() == []


@pytest.mark.usefixtures("hasty")
async def test_what_one_person_alone_may_have_seen_is_not_shown_again(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        held = slack.faults.hold("response_url", when="after")
        await slack.command(f"private {QUESTION}")
        await held.reached.wait()
    held.let_go()
    slack.clock.forward(LEASE)
    async with serve():
        await slack.wait_for(lambda: len(slack.ephemerals()) == 2 and states(tmp_path) == {"answered"})
    answer, line = texts(slack)
    assert (MARCH in answer, line) == (True, say("replies.if_no_answer"))


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"when": "before"}, say("replies.if_no_answer")),  # the connection ends without an answer
        ({"status": 500, "times": 3}, MARCH),
        ({"status": 429, "times": 3}, MARCH),
        ({"error": "internal_error", "times": 3}, MARCH),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_what_only_the_asker_sees_is_sent_again_or_they_are_told_to_ask_again(
    slack: LocalSlack, fault: dict[str, Any], told: str
) -> None:
    slack.fail("response_url", **fault)
    await slack.command(f"private {QUESTION}")
    await settled(slack, slack.wait_for(slack.ephemerals))
    [text] = texts(slack)
    assert told in text


async def test_a_database_started_anew_under_a_question_costs_no_answer(
    slack: LocalSlack, serve: StartBot, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connections are cut, as by a restart, once the event was accepted."""
    with postgres.database() as url:
        async with serve(DATABASE_URL=url):
            thread = await settled(slack, slack.say(MENTION))
            cuts, read = (
                iter([OperationalError("SELECT", {}, psycopg.OperationalError("cut"))]),
                Contexts.read,
            )

            async def cut_first(self: Contexts, *where: Any) -> Any:
                for each in cuts:
                    raise each
                return await read(self, *where)

            monkeypatch.setattr(Contexts, "read", cut_first)
            await slack.say("<@U0ALUMINA> and april?", thread_ts=thread)
            await settled(slack, slack.wait_for(lambda: len(by_bot(slack, CHANNEL, thread)) == 2))
    assert "Alumina exports, April 2024" in by_bot(slack, CHANNEL, thread)[-1]
    assert slack.ephemerals() == []
