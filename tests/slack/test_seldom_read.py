"""Outside Slack's Marketplace an app may read fifteen messages a minute: the bot does with that."""

from pathlib import Path

from tests.gear.slack import LocalSlack
from tests.slack.desk import POSTING, StartBot
from tests.slack.events import by_bot, calls, change_database, deliver, events, rows, settled
from tests.slack.killing import killed
from tests.slack.test_once import AGAIN, MARCH, MENTION

CHANNEL = "C_ALUMINIUM"
APRIL = "Alumina exports, April 2024"


def reads(slack: LocalSlack) -> int:
    return len(calls(slack, "conversations.history", "conversations.replies"))


async def say(slack: LocalSlack, text: str, thread_ts: str | None = None) -> str:
    return await settled(slack, slack.say(text, thread_ts=thread_ts))


async def test_after_a_restart_a_thread_goes_on_from_the_table_and_nothing_is_read(
    slack: LocalSlack, serve: StartBot
) -> None:
    slack.limit_reading()
    async with serve():
        thread = await say(slack, MENTION)
        await settled(slack, slack.command("bauxite imports july 2025"))
    asked_by_command = slack.messages()[-1].ts
    async with serve():
        await say(slack, "and imports?", thread)
        await say(slack, "and june?", asked_by_command)
    async with serve():
        await say(slack, "and april?", thread)
    march, imports, april = by_bot(slack, CHANNEL, thread)
    [june] = by_bot(slack, CHANNEL, asked_by_command)
    assert (MARCH in march, "Alumina imports, March 2024" in imports) == (True, True)
    assert ("Alumina imports, April 2024" in april, "Bauxite imports, June 2025" in june) == (True, True)
    assert reads(slack) == 0


async def test_a_reply_to_the_monthly_post_is_a_follow_up_and_the_post_is_not_read_for_it(
    slack: LocalSlack, serve: StartBot
) -> None:
    slack.limit_reading()
    async with serve(ALUMINA_CHANNEL=CHANNEL, **POSTING):
        await settled(slack, slack.wait_for(slack.messages))
    [post], searches = slack.messages(), reads(slack)
    async with serve(ALUMINA_CHANNEL=CHANNEL, **POSTING):
        await say(slack, "alumina exports?", post.ts)
    [answer] = by_bot(slack, CHANNEL, post.ts)
    assert "Alumina exports, July 2026" in answer
    assert reads(slack) == searches == 1


async def test_what_a_killed_process_left_amid_a_long_thread_is_answered_once(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, free_port: int
) -> None:
    """The answer stands there, with three pages behind it."""
    thread = await slack.say("look at this")
    slack.fail("chat.postMessage", status=429, retry_after=60, when="after")
    async with killed(slack, tmp_path, free_port, amid="chat.postMessage"):
        ts = await slack.say(MENTION, thread_ts=thread)
    for number in range(40):
        await slack.say(f"word {number}", thread_ts=thread)
    await change_database(tmp_path, "UPDATE inbox SET lease_until = '2026-01-01'")  # as time would
    slack.limit_reading(every_seconds=1)
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "answered")])
        await settled(slack, deliver(slack, [str(slack.bot_url)], events(slack, ts), AGAIN))
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
        await slack.wait_for(lambda: APRIL in by_bot(slack, CHANNEL, thread)[-1])
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
        await say(slack, MENTION, thread)
        await say(slack, "and april?", thread)
    march, april = by_bot(slack, CHANNEL, thread)
    assert (MARCH in march, APRIL in april) == (True, True)
