"""A message is answered once: though Slack tells of it again, two processes hear it, or one of them dies."""

import signal
from pathlib import Path

import pytest

from bot.dataset.dataset import Dataset
from bot.manifest import SCOPES
from bot.playground.deliver import Retry
from bot.playground.payloads import envelope
from tests.commandline import finish, start
from tests.gear.slack import LocalSlack
from tests.slack.desk import StartBot, environment, http_bot, socket_bot
from tests.slack.events import by_bot, change_database, deliver, events, rows
from tests.slack.test_serve_command import until_healthy

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published
MENTION = "<@U0ALUMINA> alumina exports march 2024"
AGAIN = Retry(1, "http_timeout")
INBOX = "(team, channel, key, thread_ts, state, lease_until, taken_at, payload)"


@pytest.mark.usefixtures("bot")
async def test_an_event_that_slack_sends_again_is_answered_once(slack: LocalSlack) -> None:
    ts = await slack.say(MENTION)
    await slack.settle()
    replies = await deliver(slack, [str(slack.bot_url)], events(slack, ts), AGAIN)
    await slack.settle()
    assert {reply.status for reply in replies} == {200}
    assert len(by_bot(slack, "C_ALUMINIUM", ts)) == 1


async def test_by_socket_mode_too(slack: LocalSlack, dataset: Dataset, tmp_path: Path) -> None:
    env = environment(slack, tmp_path)
    for _ in range(2):  # the second time it is another process, connected anew
        async with socket_bot(slack, dataset, env):
            ts = slack.messages()[0].ts if slack.messages() else await slack.say(MENTION)
            await slack.settle()
            for event in events(slack, ts):
                reply = await slack._outgoing._door().send(
                    "events_api", envelope(slack.workspace, event), AGAIN
                )
                assert (reply.status, reply.failure) == (200, "")
            await slack.settle()
    assert len(by_bot(slack, "C_ALUMINIUM", ts)) == 1


async def test_a_database_that_refuses_the_write_leaves_the_event_unacknowledged_in_socket_mode(
    dataset: Dataset, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with LocalSlack(scopes=SCOPES, ack_timeout=1, retry_waits=[0] * 100) as slack:
        async with socket_bot(slack, dataset, environment(slack, tmp_path)):
            await change_database(tmp_path, "ALTER TABLE inbox RENAME TO away")
            ts = await slack.say(MENTION)  # the local Slack waits a second, and sends it again
            await slack.wait_for(lambda: any(record.message == "handler_failed" for record in caplog.records))
            await change_database(tmp_path, "ALTER TABLE away RENAME TO inbox")
            await slack.wait_for(lambda: by_bot(slack, "C_ALUMINIUM", ts))
            await slack.settle()
        assert len(by_bot(slack, "C_ALUMINIUM", ts)) == 1
        assert slack.ephemerals() == []


async def test_an_event_that_slack_sends_again_after_a_restart_is_answered_once(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve():
        ts = await slack.say(MENTION)
        await slack.settle()
    async with serve():
        replies = await deliver(slack, [str(slack.bot_url)], events(slack, ts), AGAIN)
        await slack.settle()
    assert {reply.status for reply in replies} == {200}
    assert len(by_bot(slack, "C_ALUMINIUM", ts)) == 1


@pytest.mark.parametrize("channel", ["C_ALUMINIUM", "D_ANA"])
async def test_two_processes_on_one_database_give_one_answer(
    slack: LocalSlack, serve: StartBot, channel: str
) -> None:
    async with serve():
        one = str(slack.bot_url)
        async with serve():
            two, slack.bot_url = str(slack.bot_url), None
            ts = await slack.say(MENTION, channel=channel)
            replies = await deliver(slack, [one, two], events(slack, ts, channel))
            await slack.settle()
    assert {reply.status for reply in replies} == {200}
    [answer] = by_bot(slack, channel, None if channel == "D_ANA" else ts)
    assert MARCH in answer


async def test_a_thread_that_another_process_was_called_into_is_ours_too(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve():
        one = str(slack.bot_url)
        async with serve():
            two, slack.bot_url = str(slack.bot_url), None
            thread = await slack.say("look at this")
            for text, url in (("alumina exports", one), (MENTION, two), ("and april?", one)):
                ts = await slack.say(text, thread_ts=thread)
                await deliver(slack, [url], events(slack, ts))
                await slack.settle()
    march, april = by_bot(slack, "C_ALUMINIUM", thread)
    assert MARCH in march
    assert "Alumina exports, April 2024" in april


async def test_what_was_edited_before_slack_sent_it_again_is_answered_as_it_stands(
    slack: LocalSlack, serve: StartBot
) -> None:
    ts = await slack.say(MENTION)  # nobody hears it
    first = events(slack, ts)
    await slack.edit("C_ALUMINIUM", ts, MENTION.replace("march", "april"))
    async with serve():
        await deliver(slack, [str(slack.bot_url)], first, AGAIN)
        await slack.settle()
    [answer] = by_bot(slack, "C_ALUMINIUM", ts)
    assert "Alumina exports, April 2024" in answer


@pytest.mark.usefixtures("bot")
async def test_only_what_leads_to_an_answer_is_written_down(slack: LocalSlack, tmp_path: Path) -> None:
    mention = await slack.say(MENTION)
    await slack.settle()
    for chatter in ("thanks!", "lunch in march?"):
        await slack.say(chatter, thread_ts=mention)
    await slack.say("alumina exports march 2024")
    await slack.settle()
    reply = await slack.say("and april?", thread_ts=mention)
    direct = await slack.say("march 2024", channel="D_ANA")
    await slack.settle()
    assert sorted(rows(tmp_path)) == sorted(
        [
            ("C_ALUMINIUM", mention, "answered"),
            ("C_ALUMINIUM", reply, "answered"),
            ("D_ANA", direct, "answered"),
        ]
    )


async def test_a_database_that_refuses_the_write_is_a_500_and_the_next_delivery_is_answered(
    dataset: Dataset, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with LocalSlack(scopes=SCOPES, retry_waits=()) as slack:
        async with http_bot(slack, dataset, environment(slack, tmp_path)):
            url, slack.bot_url = str(slack.bot_url), None
            ts = await slack.say(MENTION)
            await change_database(tmp_path, "ALTER TABLE inbox RENAME TO away")
            refused = await deliver(slack, [url], events(slack, ts)[:1])
            await change_database(tmp_path, "ALTER TABLE away RENAME TO inbox")
            taken = await deliver(slack, [url], events(slack, ts)[:1], Retry(1, "http_error"))
            await slack.settle()
        [answer] = by_bot(slack, "C_ALUMINIUM", ts)
        assert [reply.status for reply in refused + taken] == [500, 200]
        assert MARCH in answer
        assert slack.ephemerals() == []  # nobody is told to ask again
        assert any(record.message == "handler_failed" for record in caplog.records)


async def killed(slack: LocalSlack, folder: Path, port: int) -> str:
    """A process that took a question, and died while it waited for Slack; the question's ts."""
    process = await start("serve", "--port", str(port), env=environment(slack, folder), folder=folder)
    await until_healthy(port)
    slack.bot_url = f"http://127.0.0.1:{port}/slack/events"
    ts = await slack.say(MENTION)
    await slack.wait_for(lambda: any(call.method == "chat.postMessage" for call in slack.calls))
    process.send_signal(signal.SIGKILL)
    await finish(process)
    slack.bot_url = None
    return ts


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_process_that_dies_between_row_and_answer_leaves_the_answer_to_the_next(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, free_port: int, when: str
) -> None:
    """before: the message was not posted; after: it stands, and only the row says otherwise."""
    slack.fail("chat.postMessage", status=429, retry_after=60, when=when)
    ts = await killed(slack, tmp_path, free_port)
    assert rows(tmp_path) == [("C_ALUMINIUM", ts, "taken")]
    assert len(by_bot(slack, "C_ALUMINIUM", ts)) == (when == "after")
    await change_database(tmp_path, "UPDATE inbox SET lease_until = '2026-01-01'")  # as time would
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [("C_ALUMINIUM", ts, "answered")])
        await deliver(slack, [str(slack.bot_url)], events(slack, ts), AGAIN)
        await slack.settle()
    [answer] = by_bot(slack, "C_ALUMINIUM", ts)
    assert MARCH in answer


async def test_what_was_left_is_answered_in_the_context_it_was_asked_in(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        thread = await slack.say(MENTION)
        await slack.settle()
        left = await slack.say("and imports?", thread_ts=thread)
        await slack.settle()
        await slack.say("bauxite imports july 2025", thread_ts=thread)
    answer = next(
        message for message in slack.messages("C_ALUMINIUM", thread) if "imports, March" in message.text
    )
    slack.workspace.delete(answer)
    await change_database(
        tmp_path, f"UPDATE inbox SET state='taken', lease_until='2026-01-01' WHERE key='{left}'"
    )
    async with serve():
        await slack.wait_for(lambda: "taken" not in str(rows(tmp_path)))
    assert "Alumina imports, March 2024" in by_bot(slack, "C_ALUMINIUM", thread)[-1]


async def test_what_was_deleted_meanwhile_is_left_alone(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        pass
    ts = await slack.say(MENTION)
    values = f"('T0LOCAL','C_ALUMINIUM','{ts}','{ts}','taken','2026-01-01',datetime('now'),'')"
    await slack.remove("C_ALUMINIUM", ts)
    await change_database(tmp_path, f"INSERT INTO inbox {INBOX} VALUES {values}")
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [("C_ALUMINIUM", ts, "answered")])
        await slack.settle()
    assert slack.messages() == []


async def test_slack_in_trouble_at_the_start_leaves_the_question_for_later(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with serve():
        pass
    ts = await slack.say(MENTION)
    values = f"('T0LOCAL','C_ALUMINIUM','{ts}','{ts}','taken','2026-01-01',datetime('now'),'')"
    await change_database(tmp_path, f"INSERT INTO inbox {INBOX} VALUES {values}")
    slack.fail("conversations.replies", error="not_in_channel")
    async with serve():
        await slack.wait_for(lambda: any(record.message == "left_for_later" for record in caplog.records))
    assert rows(tmp_path) == [("C_ALUMINIUM", ts, "taken")]


async def test_rows_older_than_some_days_are_deleted(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        pass
    old = "('T0LOCAL','C_ALUMINIUM','1.0','1.0','answered',NULL,'2020-01-01','')"
    await change_database(tmp_path, f"INSERT INTO inbox {INBOX} VALUES {old}")
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [])
