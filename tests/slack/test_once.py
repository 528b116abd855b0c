"""A message is answered once: though Slack tells of it again, two processes hear it, or one of them dies."""

from pathlib import Path

import pytest

from bot.dataset.dataset import Dataset
from bot.manifest import SCOPES
from bot.playground.deliver import Retry
from bot.playground.payloads import envelope
from tests.gear.slack import LocalSlack
from tests.slack.desk import StartBot, environment, http_bot, socket_bot
from tests.slack.events import by_bot, change_database, deliver, events, rows, settled
from tests.slack.killing import killed

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published
MENTION = "<@U0ALUMINA> alumina exports march 2024"
AGAIN = Retry(1, "http_timeout")
CHANNEL = "C_ALUMINIUM"
INBOX = "INSERT INTO inbox (team, channel, key, thread_ts, state, lease_until, taken_at, payload) VALUES"


def the_answer(slack: LocalSlack, ts: str, channel: str = CHANNEL) -> str:
    """What the bot has said once to a message."""
    [answer] = by_bot(slack, channel, None if channel == "D_ANA" else ts)
    return answer


async def test_an_event_that_slack_sends_again_is_answered_once_after_a_restart_too(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve():
        ts = await settled(slack, slack.say(MENTION))
        said = events(slack, ts)
        replies = await settled(slack, deliver(slack, [str(slack.bot_url)], said, AGAIN))
    async with serve():
        replies += await settled(slack, deliver(slack, [str(slack.bot_url)], said, AGAIN))
    assert {reply.status for reply in replies} == {200}
    assert MARCH in the_answer(slack, ts)


async def test_by_socket_mode_too(slack: LocalSlack, dataset: Dataset, tmp_path: Path) -> None:
    for _ in range(2):  # the second time it is another process, connected anew
        async with socket_bot(slack, dataset, environment(slack, tmp_path)):
            ts = slack.messages()[0].ts if slack.messages() else await slack.say(MENTION)
            await slack.settle()
            for event in events(slack, ts):
                told = envelope(slack.workspace, event)
                reply = await slack._outgoing.door().send("events_api", told, AGAIN)
                assert (reply.status, reply.failure) == (200, "")
            await slack.settle()
    assert MARCH in the_answer(slack, ts)


async def test_a_database_that_refuses_the_write_leaves_the_event_unacknowledged_in_socket_mode(
    dataset: Dataset, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
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
    dataset: Dataset, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
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


async def test_two_processes_on_one_database_give_one_answer_and_know_of_each_other_s(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve():
        one = str(slack.bot_url)
        async with serve():
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


async def test_what_was_edited_before_slack_sent_it_again_is_answered_as_it_stands(
    slack: LocalSlack, serve: StartBot
) -> None:
    ts = await slack.say(MENTION)  # nobody hears it
    first = events(slack, ts)
    await slack.edit(CHANNEL, ts, MENTION.replace("march", "april"))
    async with serve():
        await settled(slack, deliver(slack, [str(slack.bot_url)], first, AGAIN))
    assert "Alumina exports, April 2024" in the_answer(slack, ts)


@pytest.mark.usefixtures("bot")
async def test_only_what_leads_to_an_answer_is_written_down(slack: LocalSlack, tmp_path: Path) -> None:
    mention = await settled(slack, slack.say(MENTION))
    for chatter in ("thanks!", "lunch in march?"):
        await slack.say(chatter, thread_ts=mention)
    await settled(slack, slack.say("alumina exports march 2024"))
    reply = await slack.say("and april?", thread_ts=mention)
    direct = await settled(slack, slack.say("march 2024", channel="D_ANA"))
    written = [(CHANNEL, mention), (CHANNEL, reply), ("D_ANA", direct)]
    assert sorted(rows(tmp_path)) == sorted((*each, "answered") for each in written)


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_process_that_dies_between_row_and_answer_leaves_the_answer_to_the_next(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, free_port: int, when: str
) -> None:
    """before: the message was not posted; after: it stands, and only the row says otherwise."""
    slack.fail("chat.postMessage", status=429, retry_after=60, when=when)
    async with killed(slack, tmp_path, free_port, amid="chat.postMessage"):
        ts = await slack.say(MENTION)
    assert rows(tmp_path) == [(CHANNEL, ts, "taken")]
    assert len(by_bot(slack, CHANNEL, ts)) == (when == "after")
    await change_database(tmp_path, "UPDATE inbox SET lease_until = '2026-01-01'")  # as time would
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "answered")])
        await settled(slack, deliver(slack, [str(slack.bot_url)], events(slack, ts), AGAIN))
    assert MARCH in the_answer(slack, ts)


async def test_what_was_left_is_answered_in_the_context_it_was_asked_in(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        thread = await settled(slack, slack.say(MENTION))
        left = await settled(slack, slack.say("and imports?", thread_ts=thread))
        await slack.say("bauxite imports july 2025", thread_ts=thread)
    [answer] = [each for each in slack.messages(CHANNEL, thread) if "imports, March" in each.text]
    slack.workspace.delete(answer)
    taken = f"UPDATE inbox SET state='taken', lease_until='2026-01-01' WHERE key='{left}'"
    await change_database(tmp_path, taken)
    async with serve():
        await slack.wait_for(lambda: "taken" not in str(rows(tmp_path)))
    assert "Alumina imports, March 2024" in by_bot(slack, CHANNEL, thread)[-1]


async def test_what_was_deleted_meanwhile_is_left_alone_and_old_rows_are_deleted(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
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
    await change_database(tmp_path, "UPDATE inbox SET lease_until = '2026-01-01'")
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "answered")])
        await slack.settle()
    assert slack.messages() == []
