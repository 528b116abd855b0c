"""In a thread people also talk to each other: when the bot speaks there without a mention, and on what."""

import asyncio
from pathlib import Path

import pytest

import bot.slack.threads
from bot.slack.inbox import Inbox, Request, Take
from tests.gear.slack import LocalSlack
from tests.slack.desk import StartBot, both_ways
from tests.slack.events import by_bot, calls, change_database, deliver, events, settled

US = "<@U0ALUMINA>"
MENTION = f"{US} alumina exports march 2024"
CHANNEL = "C_ALUMINIUM"

pytestmark = pytest.mark.usefixtures("bot")


async def say(slack: LocalSlack, text: str, thread_ts: str | None = None, user: str = "U_ANA") -> str:
    return await settled(slack, slack.say(text, thread_ts=thread_ts, user=user))


async def last_answer(slack: LocalSlack, thread: str, text: str, user: str = "U_ANA") -> str:
    """What the bot says to a text in the thread; '' where it stays silent."""
    before = len(by_bot(slack, CHANNEL, thread))
    await say(slack, text, thread, user)
    answers = by_bot(slack, CHANNEL, thread)
    assert len(answers) - before in (0, 1)
    return answers[-1] if len(answers) > before else ""


@both_ways
async def test_what_names_no_series_and_no_period_is_a_question_only_right_after_the_bot(
    slack: LocalSlack,
) -> None:
    thread = await say(slack, MENTION)
    for user, text, said in (
        ("U_ANA", "and imports?", "Alumina imports, March 2024"),
        ("U_BEN", "lunch?", ""),
        ("U_ANA", "and exports?", ""),
        ("U_ANA", "in kt", ""),
        ("U_BEN", "and april?", "Alumina imports, April 2024"),
        ("U_ANA", "and exports?", "Alumina exports, April 2024"),
        ("U_ANA", "what about copper?", "copper"),  # known words that cannot be answered are told so
        ("U_BEN", "lunch?", ""),
        ("U_ANA", f"{US} and imports?", "Alumina imports, April 2024"),  # with a mention it always replies
        ("U_ANA", f"{US} qwertyish zzzz", "help"),
        ("U_ANA", "start over", "Started over"),
    ):
        answer = await last_answer(slack, thread, text, user)
        assert said in answer
        assert bool(said) == bool(answer)
    assert "Alumina exports, April" not in await last_answer(slack, thread, f"{US} april 2024")


async def test_in_a_thread_of_others_that_it_is_called_into_too(slack: LocalSlack) -> None:
    thread = await say(slack, "what a month")
    assert await last_answer(slack, thread, "alumina exports march 2024?") == ""
    assert await last_answer(slack, thread, MENTION)
    assert await last_answer(slack, thread, "lunch?", "U_BEN") == ""
    assert await last_answer(slack, thread, "and exports?") == ""
    assert await last_answer(slack, thread, f"{US} thanks all")
    for chatter in ("thanks all", "same here", "and you?", "see the april report", "🎉", "april and zzzz"):
        assert await last_answer(slack, thread, chatter) == ""  # what is not wholly in its words


async def test_what_was_cleared_is_cleared_after_a_restart_too(slack: LocalSlack, serve: StartBot) -> None:
    async with serve():
        thread = await say(slack, MENTION)
        await say(slack, f"{US} start over", thread)
    async with serve():
        answer = await last_answer(slack, thread, "april 2024")
    assert answer
    assert "Alumina exports, April" not in answer


async def test_each_thread_and_channel_has_its_own_question(slack: LocalSlack) -> None:
    one = await say(slack, MENTION)
    two = await say(slack, f"{US} bauxite imports july 2025")
    metal = f"{US} primary metal imports june 2025"
    desk = await settled(slack, slack.say(metal, channel="C_DESK"))
    assert "Alumina exports, April 2024" in await last_answer(slack, one, "and april?")
    assert "Bauxite imports, April 2025" in await last_answer(slack, two, "and april?")
    await settled(slack, slack.say("and april?", channel="C_DESK", thread_ts=desk))
    answer = by_bot(slack, "C_DESK", desk)[-1]
    assert ("imports, April 2025" in answer, "Bauxite" in answer) == (True, False)


async def test_a_process_knows_what_another_has_answered_meanwhile(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve():
        one = slack.bot_url
        thread = await say(slack, MENTION)
        async with serve():
            await say(slack, "and imports?", thread)
            # It may wait for what the other is just writing down.
            await slack.wait_for(lambda: len(by_bot(slack, CHANNEL, thread)) == 2)
            assert "imports, March 2024" in by_bot(slack, CHANNEL, thread)[1]
        slack.bot_url = one
        assert "Alumina imports, April 2024" in await last_answer(slack, thread, "and april?")


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


async def test_what_is_asked_while_the_thread_is_read_is_the_question_before(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    """The first of two comes late, while Slack has been asked for the thread on behalf of the second."""
    async with serve():
        thread = await say(slack, MENTION)
    await change_database(tmp_path, "UPDATE contexts SET question = NULL, asked = ''")
    async with serve():
        url, slack.bot_url = str(slack.bot_url), None
        first = await slack.say("bauxite imports july 2025", thread_ts=thread)
        second = await slack.say("and june?", thread_ts=thread)
        held = slack.faults.hold("conversations.replies", when="after")
        await deliver(slack, [url], events(slack, second))
        await held.reached.wait()
        await deliver(slack, [url], events(slack, first))
        await slack.wait_for(lambda: len(by_bot(slack, CHANNEL, thread)) == 2)
        held.let_go()
        await slack.wait_for(lambda: len(by_bot(slack, CHANNEL, thread)) == 3)
    assert "Bauxite imports, June 2025" in by_bot(slack, CHANNEL, thread)[-1]
