"""Mentions, follow-ups and direct messages are answered where they stand; people's talk is left to them."""

import asyncio
from pathlib import Path

import pytest

import bot.slack.threads
from bot.slack.inbox import Inbox, Request, Take
from tests.gear.slack import LocalSlack
from tests.slack.desk import StartBot
from tests.slack.dialogue import dialogues
from tests.slack.events import (
    AGAIN,
    APRIL,
    ASKED,
    CHANNEL,
    LEFT,
    MARCH,
    MENTION,
    by_bot,
    calls,
    change_database,
    deliver,
    events,
    rows,
    settled,
)

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/threads.yaml")


async def say(
    slack: LocalSlack, *texts: str, thread: str | None = None, channel: str = CHANNEL, user: str = "U_ANA"
) -> str:
    """Says one after the other; the ts of the last."""
    for text in texts:
        ts = await settled(slack, slack.say(text, thread_ts=thread, channel=channel, user=user))
    return ts


async def test_after_a_restart_a_conversation_holds_even_without_the_database(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        await say(slack, ASKED, channel="D_ANA")
    (tmp_path / "bot.sqlite3").unlink()
    async with serve():
        await say(slack, "and april?", channel="D_ANA")
    assert APRIL in by_bot(slack, "D_ANA")[-1]


async def test_of_two_quick_questions_the_second_builds_on_the_first(slack: LocalSlack) -> None:
    thread = await say(slack, MENTION)
    slack.fail("chat.postMessage", status=429, retry_after=1)  # the first answer is late
    await slack.say("bauxite imports july 2025", thread_ts=thread)
    await slack.wait_for(lambda: len(calls(slack, "chat.postMessage")) > 1)
    await slack.say("and june?", thread_ts=thread)
    await slack.wait_for(lambda: len(by_bot(slack, CHANNEL, thread)) == 3)
    assert any("Bauxite imports, June 2025" in answer for answer in by_bot(slack, CHANNEL, thread))


async def test_a_question_that_waits_to_be_written_down_is_the_one_that_the_next_builds_on(
    slack: LocalSlack, serve: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.slack.threads, "LOOKS", 10_000)  # for as long as it takes
    take, writers = Inbox.take, asyncio.Lock()
    come: asyncio.Queue[str] = asyncio.Queue()

    async def in_turn(inbox: Inbox, request: Request, *, early: bool = False) -> Take:
        come.put_nowait(request.ts)
        async with writers:
            return await take(inbox, request, early=early)

    async with serve():
        thread = await say(slack, MENTION)
        monkeypatch.setattr(Inbox, "take", in_turn)
        async with writers:
            for text in ("bauxite imports july 2025", "and june?"):
                ts = await slack.say(text, thread_ts=thread)
                while await come.get() != ts:
                    pass
        await slack.wait_for(lambda: len(by_bot(slack, CHANNEL, thread)) == 3)
    assert "Bauxite imports, June 2025" in by_bot(slack, CHANNEL, thread)[-1]


def reads(slack: LocalSlack) -> int:
    return len(calls(slack, "conversations.history", "conversations.replies"))


async def test_what_was_left_is_found_far_up(slack: LocalSlack, serve: StartBot, tmp_path: Path) -> None:
    """The answer stands there, with three pages behind it."""
    async with serve():
        thread = await slack.say("look at this")
        ts = await say(slack, MENTION, thread=thread)
    for number in range(40):
        await slack.say(f"word {number}", thread_ts=thread)
    await change_database(tmp_path, LEFT)
    slack.limit_reading(every_seconds=1)
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "answered")])
        await settled(slack, deliver(slack, [str(slack.bot_url)], events(slack, ts), AGAIN))
    [answer] = by_bot(slack, CHANNEL, thread)
    assert MARCH in answer
    assert reads(slack) > 3


async def test_a_thread_that_cannot_be_read_waits_for_a_mention(slack: LocalSlack, serve: StartBot) -> None:
    slack.limit_reading()
    async with serve():
        for thread in [await say(slack, "look at this") for _ in range(2)]:
            ts = await say(slack, "alumina exports march 2024", thread=thread)
            replies = await deliver(slack, [str(slack.bot_url)], events(slack, ts), AGAIN)
            assert {reply.status for reply in replies} == {200}
            assert by_bot(slack, CHANNEL, thread) == []
        await say(slack, MENTION, thread=thread)
        await say(slack, "and april?", thread=thread)
    march, april = by_bot(slack, CHANNEL, thread)
    assert (MARCH in march, APRIL in april) == (True, True)
