"""Mentions, follow-ups and direct messages: each answered once, where it stands."""

from pathlib import Path

import pytest

from tests.gear.slack import LocalSlack
from tests.slack.desk import StartBot
from tests.slack.events import by_bot, change_database
from tests.slack.pressing import press

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published


async def ask(slack: LocalSlack, text: str = "alumina exports march 2024") -> str:
    """Asks by command; the ts of the answer, where its thread hangs."""
    await slack.command(text)
    await slack.settle()
    return slack.messages()[-1].ts


@pytest.mark.usefixtures("either_bot")
async def test_a_mention_is_answered_once_in_its_thread_though_it_comes_as_two_events(
    slack: LocalSlack,
) -> None:
    ts = await slack.say("<@U0ALUMINA> alumina exports march 2024")
    await slack.settle()
    [answer] = by_bot(slack, "C_ALUMINIUM", ts)
    assert MARCH in answer
    assert len(slack.messages()) == 1


@pytest.mark.usefixtures("bot")
async def test_an_empty_mention_is_answered_with_help(slack: LocalSlack) -> None:
    ts = await slack.say("<@U0ALUMINA>")
    await slack.settle()
    assert len(by_bot(slack, "C_ALUMINIUM", ts)) == 1


@pytest.mark.usefixtures("bot")
async def test_a_mention_that_is_not_understood_is_answered_all_the_same(slack: LocalSlack) -> None:
    ts = await slack.say("<@U0ALUMINA> qwertyish zzzz")
    await slack.settle()
    assert len(by_bot(slack, "C_ALUMINIUM", ts)) == 1


@pytest.mark.usefixtures("either_bot")
async def test_a_reply_in_the_thread_of_an_answer_is_a_follow_up_without_a_mention(slack: LocalSlack) -> None:
    thread = await ask(slack)
    await slack.say("and april?", thread_ts=thread, user="U_BEN")
    await slack.settle()
    [answer] = by_bot(slack, "C_ALUMINIUM", thread)
    assert "Alumina exports, April 2024" in answer


@pytest.mark.usefixtures("bot")
async def test_follow_ups_build_on_each_other(slack: LocalSlack) -> None:
    thread = await ask(slack)
    for text in ("and april?", "and imports?"):
        await slack.say(text, thread_ts=thread)
        await slack.settle()
    assert "Alumina imports, April 2024" in by_bot(slack, "C_ALUMINIUM", thread)[-1]


@pytest.mark.usefixtures("bot")
async def test_a_follow_up_works_in_the_thread_of_a_mention(slack: LocalSlack) -> None:
    ts = await slack.say("<@U0ALUMINA> alumina exports march 2024", channel="C_DESK")
    await slack.settle()
    await slack.say("and april?", channel="C_DESK", thread_ts=ts)
    await slack.settle()
    assert "Alumina exports, April 2024" in by_bot(slack, "C_DESK", ts)[-1]


@pytest.mark.usefixtures("bot")
async def test_a_mention_in_our_thread_is_a_follow_up_answered_once(slack: LocalSlack) -> None:
    thread = await ask(slack)
    await slack.say("<@U0ALUMINA> and april?", thread_ts=thread)
    await slack.settle()
    [answer] = by_bot(slack, "C_ALUMINIUM", thread)
    assert "Alumina exports, April 2024" in answer


@pytest.mark.parametrize("chatter", ["thanks, that is what I feared", "lunch?", "help", "<@U_BEN> see this"])
@pytest.mark.usefixtures("bot")
async def test_people_can_talk_to_each_other_in_our_thread(slack: LocalSlack, chatter: str) -> None:
    thread = await ask(slack)
    await slack.say(chatter, thread_ts=thread)
    await slack.settle()
    assert by_bot(slack, "C_ALUMINIUM", thread) == []


@pytest.mark.usefixtures("bot")
async def test_a_message_outside_our_threads_is_left_alone(slack: LocalSlack) -> None:
    strange = await slack.say("alumina exports march 2024")
    for text in ("march 2024", "and april?"):
        await slack.say(text, thread_ts=strange, user="U_BEN")
        await slack.settle()
    assert not [message for message in slack.messages() if message.bot_id]
    assert by_bot(slack, "C_ALUMINIUM", strange) == []
    reads = [call for call in slack.calls if call.method == "conversations.replies"]
    assert len(reads) == 1  # that a thread is not ours stays known for a while


@pytest.mark.usefixtures("bot")
async def test_a_thread_becomes_ours_when_the_bot_is_mentioned_in_it(slack: LocalSlack) -> None:
    thread = await slack.say("what a month")
    for text in ("march 2024", "<@U0ALUMINA> alumina exports march 2024", "and april?"):
        await slack.say(text, thread_ts=thread)
        await slack.settle()
    answers = by_bot(slack, "C_ALUMINIUM", thread)
    assert [MARCH in answers[0], "April 2024" in answers[1]] == [True, True]


@pytest.mark.usefixtures("bot")
async def test_an_edited_or_deleted_message_is_not_answered_again(slack: LocalSlack) -> None:
    thread = await ask(slack)
    ts = await slack.say("and april?", thread_ts=thread)
    await slack.settle()
    await slack.edit("C_ALUMINIUM", ts, "and may?")
    await slack.settle()
    await slack.remove("C_ALUMINIUM", ts)
    await slack.settle()
    assert len(by_bot(slack, "C_ALUMINIUM", thread)) == 1


@pytest.mark.usefixtures("either_bot")
async def test_a_direct_message_is_a_conversation_in_which_everything_is_a_question(
    slack: LocalSlack,
) -> None:
    for said in ("alumina exports march 2024", "and april?", "qwertyish zzzz", "and imports?"):
        await slack.say(said, channel="D_ANA")
        await slack.settle()
    march, april, lost, imports = by_bot(slack, "D_ANA")
    assert (MARCH in march, "Alumina exports, April 2024" in april) == (True, True)
    assert "“help” shows how to ask" in lost
    assert "Alumina imports, April 2024" in imports


async def test_a_conversation_goes_on_after_the_database_is_lost(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        await slack.say("alumina exports march 2024", channel="D_ANA")
        await slack.settle()
    (tmp_path / "bot.sqlite3").unlink()
    async with serve():
        await slack.say("and april?", channel="D_ANA")
        await slack.settle()
    assert "Alumina exports, April 2024" in by_bot(slack, "D_ANA")[-1]


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("below", ["question", "answer"])
async def test_who_writes_in_a_thread_of_a_direct_message_is_answered_there(
    slack: LocalSlack, below: str
) -> None:
    asked = await slack.say("alumina exports march 2024", channel="D_ANA")
    await slack.settle()
    answer = slack.messages("D_ANA")[-1].ts
    thread = asked if below == "question" else answer
    await slack.say("and april?", channel="D_ANA", thread_ts=thread)
    await slack.settle()
    [reply] = by_bot(slack, "D_ANA", thread)[-1:]
    assert "Alumina exports, April 2024" in reply
    assert len(by_bot(slack, "D_ANA")) == 1


@pytest.mark.usefixtures("bot")
async def test_what_is_pressed_in_a_conversation_goes_on_there(slack: LocalSlack) -> None:
    await slack.say("alumina exports march 2024", channel="D_ANA")
    await slack.settle()
    await press(slack, slack.messages("D_ANA")[-1], "ask_0")
    await slack.say("and imports?", channel="D_ANA")
    await slack.settle()
    assert "imports" in by_bot(slack, "D_ANA")[-1].casefold()
    assert len(by_bot(slack, "D_ANA")) == 3


async def test_a_follow_up_after_a_restart_reads_the_question_from_the_thread(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve():
        thread = await ask(slack)
        await slack.say("and april?", thread_ts=thread)
    async with serve():
        await slack.say("and imports?", thread_ts=thread)
        await slack.settle()
    assert "Alumina imports, April 2024" in by_bot(slack, "C_ALUMINIUM", thread)[-1]


async def test_what_was_offered_is_answered_in_words_after_a_restart_too(
    slack: LocalSlack, serve: StartBot
) -> None:
    async with serve():
        thread = await slack.say("<@U0ALUMINA> alumini exports march 2024")
        await slack.settle()
    async with serve():
        await slack.say("<@U0ALUMINA> alumina", thread_ts=thread)
        await slack.settle()
    assert MARCH in by_bot(slack, "C_ALUMINIUM", thread)[-1]


@pytest.mark.usefixtures("bot")
async def test_trouble_with_a_mention_is_told_to_the_asker(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", error="invalid_arguments")
    await slack.say("<@U0ALUMINA> march 2024")
    await slack.settle()
    assert slack.ephemerals()[0].text.startswith("Sorry, ")


@pytest.mark.parametrize("error", ["restricted_action", "is_archived"])
@pytest.mark.usefixtures("bot")
async def test_where_a_channel_is_closed_a_mention_is_answered_to_its_writer_alone(
    slack: LocalSlack, error: str
) -> None:
    slack.fail("chat.postMessage", error=error)
    await slack.say("<@U0ALUMINA> alumina exports march 2024")
    await slack.settle()
    [answer] = slack.ephemerals()
    assert MARCH in answer.text
    assert "Only you can see this" in answer.text


@pytest.mark.usefixtures("bot")
async def test_where_nothing_can_be_shown_there_it_comes_in_their_messages(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", error="is_archived")
    slack.fail("chat.postEphemeral", error="is_archived")
    await slack.say("<@U0ALUMINA> alumina exports march 2024")
    await slack.settle()
    [answer] = slack.messages("D_ANA")
    assert MARCH in answer.text


@pytest.mark.usefixtures("bot")
async def test_trouble_with_what_was_not_said_to_us_is_told_to_nobody(slack: LocalSlack) -> None:
    slack.fail("conversations.replies", error="internal_error")
    strange = await slack.say("good morning")
    await slack.say("morning", thread_ts=strange, user="U_BEN")
    await slack.settle()
    assert slack.ephemerals("U_BEN") == []


@pytest.mark.parametrize(
    "kept",
    ["alumina exports March 2024", '{"v":2}', '{"v":1,"view":"trend","pairs":[["copper","export",""]]}'],
)
async def test_what_a_thread_kept_and_cannot_be_read_any_more_is_said(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, kept: str
) -> None:
    async with serve():
        thread = await ask(slack)
    await change_database(tmp_path, f"UPDATE contexts SET question = '{kept}'")
    async with serve():
        await slack.say("<@U0ALUMINA> alumina exports april 2024", thread_ts=thread)
        await slack.settle()
        answer = by_bot(slack, "C_ALUMINIUM", thread)[-1]
        assert "Alumina exports, April 2024" in answer
        assert "from an older version and cannot be read any more" in answer
        await slack.say("and march?", thread_ts=thread)
        await slack.settle()
        assert MARCH in by_bot(slack, "C_ALUMINIUM", thread)[-1]
        assert "older version" not in by_bot(slack, "C_ALUMINIUM", thread)[-1]
