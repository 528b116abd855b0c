"""Outside Slack's Marketplace an app may read fifteen messages a minute: the bot does with that."""

import signal
from pathlib import Path

import pytest

from bot.dataset.dataset import Dataset
from tests.commandline import finish, start
from tests.gear.slack import LocalSlack
from tests.slack.desk import POSTING, StartBot, environment, http_bot
from tests.slack.events import by_bot, change_database, deliver, events, rows
from tests.slack.test_once import AGAIN, MARCH, MENTION
from tests.slack.test_serve_command import until_healthy

CHANNEL = "C_ALUMINIUM"
READ = ("conversations.history", "conversations.replies")


def reads(slack: LocalSlack) -> int:
    return len([call for call in slack.calls if call.method in READ])


async def say(slack: LocalSlack, text: str, thread_ts: str | None = None) -> str:
    ts = await slack.say(text, thread_ts=thread_ts)
    await slack.settle()
    return ts


async def test_after_a_restart_a_thread_goes_on_from_the_table_and_nothing_is_read(
    slack: LocalSlack, serve: StartBot
) -> None:
    slack.limit_reading()
    async with serve():
        thread = await say(slack, MENTION)
        await slack.command("bauxite imports july 2025")
        await slack.settle()
    asked_by_command = slack.messages()[-1].ts
    async with serve():
        await say(slack, "and imports?", thread)
        await say(slack, "and june?", asked_by_command)
    async with serve():
        await say(slack, "and april?", thread)
    march, imports, april = by_bot(slack, CHANNEL, thread)
    [june] = by_bot(slack, CHANNEL, asked_by_command)
    assert MARCH in march
    assert "Alumina imports, March 2024" in imports
    assert "Alumina imports, April 2024" in april
    assert "Bauxite imports, June 2025" in june
    assert reads(slack) == 0


async def test_a_reply_to_the_monthly_post_is_a_follow_up_and_the_post_is_not_read_for_it(
    slack: LocalSlack, dataset: Dataset, tmp_path: Path
) -> None:
    slack.limit_reading()
    env = environment(slack, tmp_path, ALUMINA_CHANNEL=CHANNEL, **POSTING)
    async with http_bot(slack, dataset, env):
        await slack.wait_for(slack.messages)
        await slack.settle()
    [post], searches = slack.messages(), reads(slack)
    async with http_bot(slack, dataset, env):
        await say(slack, "alumina exports?", post.ts)
    [answer] = by_bot(slack, CHANNEL, post.ts)
    assert "Alumina exports, July 2026" in answer
    assert reads(slack) == searches == 1


@pytest.mark.parametrize("when", ["before", "after"])
async def test_what_a_killed_process_left_amid_a_long_thread_is_answered_once(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, free_port: int, when: str
) -> None:
    """before: the message was not posted; after: it stands there, with three pages behind it."""
    thread = await slack.say("look at this")
    process = await start(
        "serve", "--port", str(free_port), env=environment(slack, tmp_path), folder=tmp_path
    )
    await until_healthy(free_port)
    slack.bot_url = f"http://127.0.0.1:{free_port}/slack/events"
    slack.fail("chat.postMessage", status=429, retry_after=60, when=when)
    ts = await slack.say(MENTION, thread_ts=thread)
    await slack.wait_for(lambda: any(call.method == "chat.postMessage" for call in slack.calls))
    process.send_signal(signal.SIGKILL)
    await finish(process)
    slack.bot_url = None
    for number in range(40):
        await slack.say(f"word {number}", thread_ts=thread)
    await change_database(tmp_path, "UPDATE inbox SET lease_until = '2026-01-01'")  # as time would
    slack.limit_reading(every_seconds=1)
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "answered")])
        await deliver(slack, [str(slack.bot_url)], events(slack, ts), AGAIN)
        await slack.settle()
    [answer] = by_bot(slack, CHANNEL, thread)
    assert MARCH in answer
    assert reads(slack) > 3


async def test_an_edited_question_in_a_long_thread_is_followed(slack: LocalSlack, serve: StartBot) -> None:
    async with serve():
        thread = await say(slack, MENTION)
        for number in range(20):
            await slack.say(f"word {number}", thread_ts=thread)
        asked = await say(slack, "<@U0ALUMINA> and imports?", thread)
        slack.limit_reading(every_seconds=1)
        await slack.edit(CHANNEL, asked, "<@U0ALUMINA> and april?")
        await slack.wait_for(lambda: "Alumina exports, April 2024" in by_bot(slack, CHANNEL, thread)[-1])
    assert len(by_bot(slack, CHANNEL, thread)) == 2


async def test_a_thread_that_may_not_be_read_is_left_to_those_who_speak_there_until_we_are_mentioned(
    slack: LocalSlack, serve: StartBot
) -> None:
    slack.limit_reading()
    async with serve():
        for thread in [await say(slack, "look at this") for _ in range(2)]:
            ts = await say(slack, "alumina exports march 2024", thread)
            replies = await deliver(slack, [str(slack.bot_url)], events(slack, ts), AGAIN)
            assert {reply.status for reply in replies} == {200}
            assert by_bot(slack, CHANNEL, thread) == []
        await say(slack, "<@U0ALUMINA> alumina exports march 2024", thread)
        await say(slack, "and april?", thread)
    march, april = by_bot(slack, CHANNEL, thread)
    assert MARCH in march
    assert "Alumina exports, April 2024" in april
