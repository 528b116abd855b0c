"""Mentions, follow-ups and direct messages are answered where they stand; people's talk is left to them."""

import asyncio
from pathlib import Path

import pytest

import bot.slack.threads
from bot.slack.inbox import Inbox, Request, Take
from tests.gear.slack import LocalSlack
from tests.slack.desk import POSTING, StartBot, both_ways
from tests.slack.events import by_bot, calls, change_database, deliver, events, rows, settled
from tests.slack.example import AGAIN, APRIL, ASKED, CHANNEL, LEFT, MARCH, MENTION
from tests.slack.pressing import asked, press

US, IMPORTS = "<@U0ALUMINA>", "Alumina imports, April 2024"
# Not wholly in the bot's words, or said to others.
CHATTER = (
    "thanks all", "help", "<@U_BEN> see this", "and you?", "see the april report", "🎉", "april and zzzz",
    "alert me when you are done", "remind me tomorrow", "到时候通知我", "alerts", "subscribe",
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("bot")


async def say(
    slack: LocalSlack, *texts: str, thread: str | None = None, channel: str = CHANNEL, user: str = "U_ANA"
) -> str:
    """Says one after the other; the ts of the last."""
    for text in texts:
        ts = await settled(slack, slack.say(text, thread_ts=thread, channel=channel, user=user))
    return ts


@both_ways
async def test_a_mention_is_answered_once_in_its_thread(slack: LocalSlack) -> None:
    for text, said in ((MENTION, MARCH), ("<@U0ALUMINA>", ""), ("<@U0ALUMINA> qwertyish zzzz", "")):
        [answer] = by_bot(slack, CHANNEL, await say(slack, text))
        assert said in answer
    assert [message.user for message in slack.messages()] == ["U_ANA"] * 3


@both_ways
async def test_replies_are_follow_ups_that_build_on_each_other(slack: LocalSlack) -> None:
    thread = (await asked(slack, ASKED)).ts
    await settled(slack, slack.say("and april?", thread_ts=thread, user="U_BEN"))
    await say(slack, "<@U0ALUMINA> and imports?", thread=thread)
    april, imports = by_bot(slack, CHANNEL, thread)
    assert (APRIL in april, IMPORTS in imports) == (True, True)


@both_ways
async def test_in_a_direct_message_everything_is_a_question(slack: LocalSlack) -> None:
    await say(slack, ASKED, "and april?", "qwertyish zzzz", "and imports?", channel="D_ANA")
    march, april, lost, imports = by_bot(slack, "D_ANA")
    assert (MARCH in march, APRIL in april, IMPORTS in imports) == (True, True, True)
    assert "“help” shows how to ask" in lost
    await press(slack, slack.messages("D_ANA")[-1], "ask_0")  # what is pressed there goes on there
    await say(slack, "and exports?", channel="D_ANA")
    assert "exports" in by_bot(slack, "D_ANA")[-1].casefold()
    assert len(by_bot(slack, "D_ANA")) == 6


@pytest.mark.parametrize("below", ["question", "answer"])
async def test_a_thread_of_a_direct_message_is_answered_there(slack: LocalSlack, below: str) -> None:
    asked = await say(slack, ASKED, channel="D_ANA")
    thread = asked if below == "question" else slack.messages("D_ANA")[-1].ts
    await say(slack, "and april?", thread=thread, channel="D_ANA")
    assert APRIL in by_bot(slack, "D_ANA", thread)[-1]
    assert len(by_bot(slack, "D_ANA")) == 1


async def test_after_a_restart_offers_hold_and_a_conversation_even_without_the_database(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        offered = await say(slack, "<@U0ALUMINA> alumini exports march 2024")
        await say(slack, ASKED, channel="D_ANA")
    async with serve():
        await say(slack, "<@U0ALUMINA> alumina", thread=offered)
    (tmp_path / "bot.sqlite3").unlink()
    async with serve():
        await say(slack, "and april?", channel="D_ANA")
    assert MARCH in by_bot(slack, CHANNEL, offered)[-1]
    assert APRIL in by_bot(slack, "D_ANA")[-1]


async def test_trouble_is_told_to_whoever_spoke_to_us_and_to_nobody_else(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", error="invalid_arguments")
    await say(slack, "<@U0ALUMINA> march 2024")
    assert slack.ephemerals()[0].text.startswith("Sorry, ")
    slack.fail("conversations.replies", error="internal_error")
    strange = await say(slack, "good morning")
    await settled(slack, slack.say("morning", thread_ts=strange, user="U_BEN"))
    assert slack.ephemerals("U_BEN") == []


@pytest.mark.parametrize("error", ["restricted_action", "is_archived"])
async def test_in_a_closed_channel_a_mention_is_answered_alone(slack: LocalSlack, error: str) -> None:
    slack.fail("chat.postMessage", error=error)
    await say(slack, MENTION)
    [answer] = slack.ephemerals()
    assert (MARCH in answer.text, "Only you can see this" in answer.text) == (True, True)
    slack.fail("chat.postMessage", error=error)
    slack.fail("chat.postEphemeral", error=error)
    await say(slack, MENTION)
    assert MARCH in slack.messages("D_ANA")[-1].text


@pytest.mark.parametrize(
    "kept",
    ["alumina exports March 2024", '{"v":2}', '{"v":1,"view":"trend","pairs":[["copper","export",""]]}'],
)
async def test_what_a_thread_kept_and_cannot_be_read_any_more_is_said(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, kept: str
) -> None:
    async with serve():
        thread = (await asked(slack, ASKED)).ts
    await change_database(tmp_path, f"UPDATE contexts SET question = '{kept}'")
    async with serve():
        await say(slack, "<@U0ALUMINA> alumina exports april 2024", "and march?", thread=thread)
    april, march = by_bot(slack, CHANNEL, thread)
    assert (APRIL in april, MARCH in march) == (True, True)
    assert "from an older version and cannot be read any more" in april
    assert "older version" not in march


async def last_answer(slack: LocalSlack, thread: str, text: str, user: str = "U_ANA") -> str:
    """What the bot says to a text in the thread; '' where it stays silent."""
    before = len(by_bot(slack, CHANNEL, thread))
    await say(slack, text, thread=thread, user=user)
    answers = by_bot(slack, CHANNEL, thread)
    assert len(answers) - before in (0, 1)
    return answers[-1] if len(answers) > before else ""


@both_ways
async def test_what_names_no_series_is_a_question_only_after_the_bot(slack: LocalSlack) -> None:
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
    for text in ("alumina exports march 2024?", "march 2024", "and april?"):
        assert await last_answer(slack, thread, text) == ""
    assert len(calls(slack, "conversations.replies")) == 1  # that it is not ours stays known for a while
    assert await last_answer(slack, thread, MENTION)
    assert await last_answer(slack, thread, "lunch?", "U_BEN") == ""
    assert await last_answer(slack, thread, "and exports?") == ""
    assert await last_answer(slack, thread, f"{US} thanks all")
    for chatter in CHATTER:
        assert await last_answer(slack, thread, chatter) == ""
    assert slack.ephemerals() == []


async def test_what_was_cleared_is_cleared_after_a_restart_too(slack: LocalSlack, serve: StartBot) -> None:
    async with serve():
        thread = await say(slack, MENTION)
        await say(slack, f"{US} start over", thread=thread)
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


async def test_after_a_restart_a_thread_goes_on_and_none_is_read(slack: LocalSlack, serve: StartBot) -> None:
    slack.limit_reading()
    async with serve():
        thread = await say(slack, MENTION)
        await settled(slack, slack.command("bauxite imports july 2025"))
    asked_by_command = slack.messages()[-1].ts
    async with serve():
        await say(slack, "and imports?", thread=thread)
        await say(slack, "and june?", thread=asked_by_command)
        await say(slack, f"{US} alerts", thread=thread)  # answered to its writer alone
    async with serve():
        await say(slack, "and april?", thread=thread)
    march, imports, april = by_bot(slack, CHANNEL, thread)
    [june] = by_bot(slack, CHANNEL, asked_by_command)
    assert (MARCH in march, "Alumina imports, March 2024" in imports) == (True, True)
    assert ("Alumina imports, April 2024" in april, "Bauxite imports, June 2025" in june) == (True, True)
    assert reads(slack) == 0


async def test_a_reply_to_the_monthly_post_is_a_follow_up(slack: LocalSlack, serve: StartBot) -> None:
    slack.limit_reading()
    async with serve(ALUMINA_CHANNEL=CHANNEL, **POSTING):
        await settled(slack, slack.wait_for(slack.messages))
    [post], searches = slack.messages(), reads(slack)
    assert post.metadata["event_payload"]["edition"] == "2026-07"
    async with serve(ALUMINA_CHANNEL=CHANNEL, **POSTING):
        await say(slack, "alumina exports?", thread=post.ts)
    [answer] = by_bot(slack, CHANNEL, post.ts)
    assert "Alumina exports, July 2026" in answer
    assert reads(slack) == searches == 1


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


async def test_a_reply_heard_long_before_its_mention_is_answered_after_it(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        url, slack.bot_url = str(slack.bot_url), None
        thread = await slack.say(MENTION)
        reply = await slack.say("and april?", thread_ts=thread)
        await settled(slack, deliver(slack, [url], events(slack, reply)))  # nobody waits for it any more
        assert by_bot(slack, CHANNEL, thread) == []
        await settled(slack, deliver(slack, [url], events(slack, thread)))
        await slack.wait_for(lambda: {state for *_, state in rows(tmp_path)} == {"answered"})
    march, april = by_bot(slack, CHANNEL, thread)
    assert (MARCH in march, APRIL in april) == (True, True)
