"""Threads, and edits of what was asked in them."""

import asyncio

import pytest

import bot.slack.threads
from bot.slack.inbox import Inbox
from tests.slack.dialogue import dialogues
from tests.slack.events import action_ids, by_bot, calls, change_database, deliver, events, rows, settled
from tests.slack.example import AGAIN, APRIL, ASKED, CHANNEL, LEFT, MARCH, MENTION

pytestmark = pytest.mark.usefixtures("bot")
test_dialogues = dialogues("slack/threads.yaml")


async def say(slack, *texts, thread=None, channel=CHANNEL, user="U_ANA"):
    """Says one after the other; the ts of the last."""
    for text in texts:
        ts = await settled(slack, slack.say(text, thread_ts=thread, channel=channel, user=user))
    return ts


async def test_after_a_restart_a_conversation_holds_even_without_the_database(slack, serve, tmp_path):
    async with serve():
        await say(slack, ASKED, channel="D_ANA")
    (tmp_path / "bot.sqlite3").unlink()
    async with serve():
        await say(slack, "and april?", channel="D_ANA")
    assert APRIL in by_bot(slack, "D_ANA")[-1]


async def test_of_two_quick_questions_the_second_builds_on_the_first(slack):
    thread = await say(slack, MENTION)
    slack.fail("chat.postMessage", status=429, retry_after=1)  # the first answer is late
    await slack.say("bauxite imports july 2025", thread_ts=thread)
    await slack.wait_for(lambda: len(calls(slack, "chat.postMessage")) > 1)
    await slack.say("and june?", thread_ts=thread)
    await slack.wait_for(lambda: len(by_bot(slack, CHANNEL, thread)) == 3)
    assert any("Bauxite imports, June 2025" in answer for answer in by_bot(slack, CHANNEL, thread))


async def test_a_question_that_waits_to_be_written_down_is_the_one_that_the_next_builds_on(
    slack, serve, monkeypatch
):
    monkeypatch.setattr(bot.slack.threads, "LOOKS", 10_000)  # for as long as it takes
    take, writers = Inbox.take, asyncio.Lock()
    come: asyncio.Queue[str] = asyncio.Queue()

    async def in_turn(inbox, request, *, early=False):
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


async def test_what_was_left_is_found_far_up(slack, serve, tmp_path):
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
    assert len(calls(slack, "conversations.history", "conversations.replies")) > 3


async def test_a_thread_that_cannot_be_read_waits_for_a_mention(slack, serve):
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


MAY = "Alumina exports, May 2024"
IN_APRIL = MENTION.replace("march", "april")
EDITED = "(question edited)"
ALERT = "alert me when alumina exports exceed 280 kt"
ALERT_SAID = "Alumina exports above 280 kt"
PROPOSAL = {"alert_here", "alert_options", "alert_discard"}  # in a direct message

test_edits = dialogues("slack/edits.yaml")


def answer(slack, thread_ts, channel=CHANNEL):
    [message] = [message for message in slack.messages(channel, thread_ts) if message.bot_id]
    return message


async def edit(slack, ts, text, channel=CHANNEL):
    await settled(slack, slack.edit(channel, ts, text))


async def asked(slack, text=MENTION, channel=CHANNEL, thread=None):
    return await settled(slack, slack.say(text, channel=channel, thread_ts=thread))


async def test_a_question_edited_while_it_was_being_answered(slack, serve):
    slack.fail("chat.postMessage", status=429, retry_after=1)
    async with serve():
        ts = await slack.say(MENTION)
        await slack.wait_for(lambda: calls(slack, "chat.postMessage"))
        await slack.edit(CHANNEL, ts, IN_APRIL)
        await settled(slack, slack.wait_for(lambda: calls(slack, "chat.update")))
    assert APRIL in answer(slack, ts).text


@pytest.mark.parametrize("followed", [False, True])
async def test_an_edit_that_a_process_died_over_is_followed_once(slack, serve, tmp_path, followed):
    """Its answer may be edited already, and only the row says otherwise."""
    async with serve():
        ts = await asked(slack)
        if followed:
            await edit(slack, ts, IN_APRIL)
    if not followed:
        await slack.edit(CHANNEL, ts, IN_APRIL)  # nobody hears it
    await change_database(tmp_path, LEFT)
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [(CHANNEL, ts, "answered")])
    assert APRIL in answer(slack, ts).text
    assert len(calls(slack, "chat.update")) == 1


@pytest.mark.parametrize("first", [False, True])
async def test_an_edited_answer_is_followed_up_by_every_process(slack, serve, any_database, first):
    """Both have answered in the thread before, so that each has had its question in hand."""

    async def heard(url, text, thread=None):
        before, slack.bot_url = len(by_bot(slack, CHANNEL, thread)) if thread else 0, url
        ts = await slack.say(text, thread_ts=thread)
        await slack.wait_for(lambda: len(by_bot(slack, CHANNEL, thread or ts)) > before)
        return ts

    async with serve(DATABASE_URL=any_database):
        one = str(slack.bot_url)
        async with serve(DATABASE_URL=any_database):
            other = str(slack.bot_url)
            thread = await heard(one, MENTION)
            april = await heard(other, "and april?", thread)
            slack.bot_url = one if first else other
            await slack.edit(CHANNEL, april, "and may?")
            # Its context is written once the edit was answered.
            await settled(slack, slack.wait_for(lambda: "May 2024" in by_bot(slack, CHANNEL, thread)[1]))
            await heard(other, "and imports?", thread)
            await heard(one, "and exports?", thread)
    heads = [MAY, "Alumina imports, May 2024", MAY]
    assert [each in text for each, text in zip(heads, by_bot(slack, CHANNEL, thread)[1:], strict=True)] == [
        True
    ] * 3


async def test_a_deleted_question_keeps_its_answer(slack):
    thread = await asked(slack)
    follow_up = await asked(slack, "and april?", thread=thread)
    message = slack.workspace.find(CHANNEL, thread)
    assert message
    # The first message of a thread becomes a tombstone.
    gone = {"subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT"}
    event = {"type": "message", "subtype": "message_changed", "channel": CHANNEL, "hidden": True}
    event |= {"message": message.as_json() | gone, "previous_message": message.as_json()}
    await deliver(slack, [str(slack.bot_url)], [event | {"ts": "9.0", "event_ts": "9.0"}])
    for ts in (follow_up, thread):
        await settled(slack, slack.remove(CHANNEL, ts))
    march, april = by_bot(slack, CHANNEL, thread)
    assert (MARCH in march, APRIL in april, EDITED in march) == (True, True, False)


@pytest.mark.parametrize("before", [ALERT.replace("280", "270"), "alumina exports march 2024"])
async def test_in_a_direct_message_what_is_asked_now_takes_the_place_of_what_stood(
    slack, serve, tmp_path, before
):
    async with serve():
        ts = await asked(slack, before, "D_ANA")
        stood = answer(slack, None, "D_ANA")
        await edit(slack, ts, ALERT, "D_ANA")
    shown = answer(slack, None, "D_ANA")
    assert (shown.ts, shown.text[: len(ALERT_SAID)], action_ids(shown)) == (stood.ts, ALERT_SAID, PROPOSAL)
    await change_database(tmp_path, LEFT)
    async with serve():  # the next process does not serve it again
        await slack.wait_for(lambda: rows(tmp_path) == [("D_ANA", ts, "answered")])
        assert answer(slack, None, "D_ANA") == shown
        await edit(slack, ts, "alumina exports april 2024", "D_ANA")
    assert APRIL in answer(slack, None, "D_ANA").text
    assert not PROPOSAL & action_ids(answer(slack, None, "D_ANA"))
