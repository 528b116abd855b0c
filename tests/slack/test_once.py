"""A message is answered once: though Slack tells of it again or fails, two processes hear it, or one dies."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.manifest import SCOPES
from bot.playground.deliver import Retry
from bot.words import say
from tests.gear.slack import LocalSlack
from tests.slack.desk import at_once, environment, http_bot, socket_bot
from tests.slack.events import by_bot, calls, change_database, deliver, events, in_database, rows, settled
from tests.slack.example import AGAIN, ASKED, CHANNEL, LEFT, MARCH, MENTION

INBOX = "INSERT INTO inbox (team, channel, key, thread_ts, state, lease_until, taken_at, payload) VALUES"


def the_answer(slack, ts, channel=CHANNEL):
    """What the bot has said once to a message."""
    [answer] = by_bot(slack, channel, None if channel == "D_ANA" else ts)
    return answer


async def test_a_database_that_refuses_the_write_leaves_the_event_unacknowledged_in_socket_mode(
    dataset, tmp_path, caplog
):
    async with LocalSlack(scopes=SCOPES, ack_timeout=1, retry_waits=[0] * 100) as slack:
        async with socket_bot(slack, dataset, environment(slack, tmp_path)):
            await change_database(tmp_path, "ALTER TABLE inbox RENAME TO away")
            ts = await slack.say(MENTION)  # the local Slack waits a second, and sends it again
            await slack.wait_for(lambda: "handler_failed" in caplog.messages)
            await change_database(tmp_path, "ALTER TABLE away RENAME TO inbox")
            await settled(slack, slack.wait_for(lambda: by_bot(slack, CHANNEL, ts)))
        assert MARCH in the_answer(slack, ts)
        assert slack.ephemerals() == []


async def test_a_database_that_refuses_the_write_is_a_500_and_the_next_delivery_is_answered(
    dataset, tmp_path, caplog
):
    async with LocalSlack(scopes=SCOPES, retry_waits=()) as slack:
        async with http_bot(slack, dataset, environment(slack, tmp_path)):
            url, slack.bot_url = str(slack.bot_url), None
            ts = await slack.say(MENTION)
            await change_database(tmp_path, "ALTER TABLE inbox RENAME TO away")
            refused = await deliver(slack, [url], events(slack, ts)[:1])
            await change_database(tmp_path, "ALTER TABLE away RENAME TO inbox")
            again = Retry(1, "http_error")
            taken = await settled(slack, deliver(slack, [url], events(slack, ts)[:1], again))
        assert [reply.status for reply in refused + taken] == [500, 200]
        assert MARCH in the_answer(slack, ts)
        assert slack.ephemerals() == []  # nobody is told to ask again
        assert "handler_failed" in caplog.messages


async def test_two_processes_on_one_database_answer_once_and_know_of_each_other_s(slack, serve, any_database):
    async with serve(DATABASE_URL=any_database):
        one = str(slack.bot_url)
        async with serve(DATABASE_URL=any_database):
            two, slack.bot_url = str(slack.bot_url), None
            for channel in (CHANNEL, "D_ANA"):
                ts = await slack.say(MENTION, channel=channel)
                replies = await settled(slack, deliver(slack, [one, two], events(slack, ts, channel)))
                assert {reply.status for reply in replies} == {200}
                assert MARCH in the_answer(slack, ts, channel)
            thread = await slack.say("look at this")  # into which the other one is called
            for text, url in (("alumina exports", one), (MENTION, two), ("and april?", one)):
                ts = await slack.say(text, thread_ts=thread)
                await settled(slack, deliver(slack, [url], events(slack, ts)))
    march, april = by_bot(slack, CHANNEL, thread)
    assert (MARCH in march, "Alumina exports, April 2024" in april) == (True, True)


@pytest.mark.usefixtures("bot")
async def test_only_what_leads_to_an_answer_is_written_down(slack, tmp_path):
    mention = await settled(slack, slack.say(MENTION))
    for chatter in ("thanks!", "lunch in march?"):
        await slack.say(chatter, thread_ts=mention)
    await settled(slack, slack.say("alumina exports march 2024"))
    reply = await slack.say("and april?", thread_ts=mention)
    direct = await settled(slack, slack.say("march 2024", channel="D_ANA"))
    written = [(CHANNEL, mention), (CHANNEL, reply), ("D_ANA", direct)]
    assert sorted(rows(tmp_path)) == sorted((*each, "answered") for each in written)


@pytest.mark.parametrize("stands", [False, True])
async def test_what_a_dead_process_left_is_answered_once_in_its_context(slack, serve, tmp_path, stands):
    """Its answer may stand already, and only the row says otherwise."""
    async with serve():
        thread = await settled(slack, slack.say(MENTION))
        left = await settled(slack, slack.say("and imports?", thread_ts=thread))
        await slack.say("bauxite imports july 2025", thread_ts=thread)
    [answer] = [each for each in slack.messages(CHANNEL, thread) if "imports, March" in each.text]
    if not stands:
        slack.workspace.delete(answer)
    await change_database(tmp_path, f"{LEFT} WHERE key = '{left}'")
    async with serve():
        await slack.wait_for(lambda: "taken" not in str(rows(tmp_path)))
        await settled(slack, deliver(slack, [str(slack.bot_url)], events(slack, left), AGAIN))
    answers = by_bot(slack, CHANNEL, thread)
    assert sum("Alumina imports, March 2024" in each for each in answers) == 1


async def test_what_was_deleted_meanwhile_is_left_alone_and_old_rows_are_deleted(
    slack, serve, tmp_path, caplog
):
    async with serve():
        pass
    ts = await slack.say(MENTION)
    values = f"('T0LOCAL','{CHANNEL}','{ts}','{ts}','taken','2026-01-01',datetime('now'),'')"
    old = f"('T0LOCAL','{CHANNEL}','1.0','1.0','answered',NULL,'2020-01-01','')"
    await change_database(tmp_path, f"{INBOX} {values}, {old}")
    slack.fail("conversations.replies", error="not_in_channel")
    async with serve():  # trouble of Slack's at the start leaves the question for later
        await slack.wait_for(lambda: "left_for_later" in caplog.messages)
        await slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "taken")])
    await slack.remove(CHANNEL, ts)
    await change_database(tmp_path, LEFT)
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "answered")])
        await slack.settle()
    assert slack.messages() == []


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
def soon(monkeypatch):
    """The same pauses, a hundred times as fast, in the order in which they were made."""
    pauses: list[float] = []

    async def short(seconds):
        pauses.append(seconds)
        await asyncio.sleep(seconds / 100)

    monkeypatch.setattr("bot.slack.retry.sleep", short)
    return pauses


def states(folder):
    return {state for (state,) in in_database(folder, "SELECT state FROM inbox")}


def texts(slack):
    return [each.text for each in slack.ephemerals()]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.usefixtures("bot")
async def test_a_mention_and_a_command_are_answered_once_though_slack_fails(slack, tmp_path, soon, fault):
    posts = 1 if fault.get("when") == "after" else 2
    slack.fail("chat.postMessage", **fault)
    ts = await slack.say(MENTION)
    await settled(slack, slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "answered")]))
    [answer] = by_bot(slack, CHANNEL, ts)
    assert MARCH in answer
    assert len(calls(slack, "chat.postMessage")) == posts
    slack.fail("chat.postMessage", **fault)
    await slack.command(ASKED)
    await settled(slack, slack.wait_for(lambda: len(in_database(tmp_path, "SELECT * FROM inbox")) == 2))
    await slack.wait_for(lambda: states(tmp_path) == {"answered"})
    [_, answered] = slack.messages()
    assert MARCH in answered.text
    assert len(calls(slack, "chat.postMessage")) == 2 * posts
    # What may stand already is looked for no sooner than a lease later.
    assert soon == [LEASE.total_seconds()] * 2
    assert slack.ephemerals() == []


@pytest.mark.usefixtures("bot")
async def test_nothing_is_sent_again_before_it_could_be_looked_for(slack):
    slack.fail("chat.postMessage", when="after")
    slack.fail("conversations.history", status=500, times=2)
    await slack.command(ASKED)
    await settled(slack, slack.wait_for(lambda: len(calls(slack, "conversations.history")) == 3))
    assert (len(slack.messages()), len(calls(slack, "chat.postMessage"))) == (1, 1)
    asked = await slack.say(ASKED)
    slack.fail("chat.postMessage", when="after")
    await slack.shortcut(CHANNEL, asked)
    await settled(slack, slack.wait_for(lambda: slack.calls[-1].method == "conversations.replies"))
    assert len(by_bot(slack, CHANNEL, asked)) == 1


@pytest.mark.usefixtures("bot")
async def test_a_file_follows_an_answer_that_was_found(slack):
    slack.fail("chat.postMessage", when="after")
    ts = await slack.say("<@U0ALUMINA> csv of alumina exports since january 2024")
    await slack.wait_for(lambda: len(slack.messages(CHANNEL, ts)) == 2)
    answer, file = slack.messages(CHANNEL, ts)
    assert answer.blocks
    assert file.files


@pytest.mark.usefixtures("bot")
async def test_a_refused_answer_is_sent_when_slack_allows(slack, soon):
    slack.fail("chat.postMessage", status=429, retry_after=1, times=4)  # the client waits for three
    await slack.command(ASKED)
    await slack.wait_for(slack.messages)
    assert soon == [1]


@pytest.fixture
def hasty(slack, monkeypatch):
    """A process that is told to stop waits for nothing."""
    monkeypatch.setattr("bot.slack.bolt_app.SECONDS", 0.05)
    monkeypatch.setattr(slack, "settle", at_once)


def back(slack):
    """Slack takes answers again, and whatever was left is out of its lease."""
    slack.faults.down = False
    slack.clock.forward(LEASE)


async def left_after_sending(slack, serve):
    """Slack has a private answer, its process is gone, and it is out of its lease."""
    async with serve():
        held = slack.faults.hold("response_url", when="after")
        await slack.command(f"private {ASKED}")
        await held.reached.wait()
    held.let_go()
    slack.clock.forward(LEASE)


@pytest.mark.usefixtures("hasty")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # connections are cut
async def test_a_fault_of_ours_amid_a_message_that_was_left_closes_it(slack, serve, tmp_path, monkeypatch):
    """It would fail in every later round too."""

    async def fails(*_):
        raise RuntimeError("a fault")

    async with serve():
        slack.faults.down = True
        ts = await slack.say(MENTION)
        await slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "taken")])
    back(slack)
    monkeypatch.setattr("handlers.messages.take_up", fails)
    async with serve():
        await slack.wait_for(lambda: states(tmp_path) == {"answered"})
    assert by_bot(slack, CHANNEL, ts) == []


@pytest.mark.usefixtures("hasty")
async def test_a_command_that_was_left_for_half_an_hour_is_answered_no_more_but_its_asker_is_told(
    slack, serve, tmp_path, monkeypatch
):
    monkeypatch.setattr("handlers.requests.ANSWERABLE", timedelta())
    async with serve():
        slack.faults.down = True
        await slack.command(ASKED)
    back(slack)
    async with serve():
        await slack.wait_for(lambda: slack.messages("D_ANA") and states(tmp_path) == {"answered"})
    assert [each.text for each in slack.messages("D_ANA")] == [say("replies.if_no_answer")]
    assert slack.messages() == []


@pytest.mark.usefixtures("hasty")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a connection is cut
async def test_a_private_answer_is_not_repeated(slack, serve, tmp_path):
    await left_after_sending(slack, serve)
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
async def test_what_only_the_asker_sees_is_sent_again_or_they_are_told_to_ask_again(slack, fault, told):
    slack.fail("response_url", **fault)
    await slack.command(f"private {ASKED}")
    await settled(slack, slack.wait_for(slack.ephemerals))
    [text] = texts(slack)
    assert told in text


@pytest.mark.usefixtures("hasty")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a connection is cut
async def test_who_is_to_ask_again_is_told_so_once_however_long_slack_takes_it(
    slack, serve, tmp_path, monkeypatch
):
    monkeypatch.setattr("handlers.requests.MOST_SECONDS", 0.05)
    await left_after_sending(slack, serve)
    held = slack.faults.hold("response_url", when="after")
    async with serve():
        await held.reached.wait()
        for _ in range(3):
            slack.clock.forward(LEASE)
            await asyncio.sleep(0.2)
        held.let_go()
        await slack.wait_for(lambda: states(tmp_path) == {"answered"})
    assert texts(slack).count(say("replies.if_no_answer")) == 1


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "Something that .* I have given it up: [A-Z][a-z]+day [^:]*{at} \\(Madrid\\)\\. The log"),
        ("en", 3, "3 things that .* The first: [A-Z][a-z]+day [^:]*{at} \\(Madrid\\)\\. The log"),
        ("zh", 3, "发给我的3条消息几个小时都没能回答，我已放弃。最早一条的时间：20[^:]*{at}（马德里）。"),
    ],
)
async def test_the_owner_is_told_once_of_all_that_was_lost(slack, serve, tmp_path, language, count, said):
    async with serve():
        pass
    first = datetime.now(UTC) - timedelta(hours=8)
    for number in range(count):
        at = (first + timedelta(hours=number)).replace(tzinfo=None)
        values = f"('T0LOCAL','{CHANNEL}','{number}.0','1.0','taken','2026-01-01','{at}','')"
        await change_database(tmp_path, f"{INBOX} {values}")
    async with serve(ALUMINA_OWNER="U_ANA", ALUMINA_LANGUAGE=language, ALUMINA_TIMEZONE="Europe/Madrid"):
        await slack.wait_for(lambda: slack.messages("D_ANA"))
    [told] = slack.messages("D_ANA")
    assert re.match(said.format(at=f"{first.astimezone(ZoneInfo('Europe/Madrid')):%H:%M}"), told.text)
    assert states(tmp_path) == {"given up"}


@pytest.mark.usefixtures("bot")
async def test_who_asked_is_told_of_trouble_though_slack_hiccups(slack):
    slack.fail("chat.postMessage", error="msg_too_long")
    slack.fail("response_url", status=500)
    await settled(slack, slack.command(ASKED))
    assert texts(slack) == [say("replies.sorry")]
