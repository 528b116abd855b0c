"""Mentions, follow-ups and direct messages: each answered once, where it stands."""

from pathlib import Path

import pytest

from tests.gear.slack import LocalSlack
from tests.slack.desk import StartBot, both_ways
from tests.slack.events import by_bot, calls, change_database, settled
from tests.slack.pressing import press

ASKED = "alumina exports march 2024"
MENTION = f"<@U0ALUMINA> {ASKED}"
MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published
APRIL, IMPORTS = "Alumina exports, April 2024", "Alumina imports, April 2024"
CHANNEL = "C_ALUMINIUM"

pytestmark = pytest.mark.usefixtures("bot")


async def ask(slack: LocalSlack, text: str = ASKED) -> str:
    """Asks by command; the ts of the answer, where its thread hangs."""
    await settled(slack, slack.command(text))
    return slack.messages()[-1].ts


async def say(slack: LocalSlack, *texts: str, thread: str | None = None, channel: str = CHANNEL) -> str:
    """Says one after the other; the ts of the last."""
    for text in texts:
        ts = await settled(slack, slack.say(text, thread_ts=thread, channel=channel))
    return ts


@both_ways
async def test_a_mention_is_answered_once_in_its_thread_though_it_comes_as_two_events(
    slack: LocalSlack,
) -> None:
    for text, said in ((MENTION, MARCH), ("<@U0ALUMINA>", ""), ("<@U0ALUMINA> qwertyish zzzz", "")):
        [answer] = by_bot(slack, CHANNEL, await say(slack, text))
        assert said in answer
    assert [message.user for message in slack.messages()] == ["U_ANA"] * 3


@both_ways
async def test_a_reply_is_a_follow_up_without_a_mention_and_they_build_on_each_other(
    slack: LocalSlack,
) -> None:
    thread = await ask(slack)
    await settled(slack, slack.say("and april?", thread_ts=thread, user="U_BEN"))
    await say(slack, "<@U0ALUMINA> and imports?", thread=thread)
    april, imports = by_bot(slack, CHANNEL, thread)
    assert (APRIL in april, IMPORTS in imports) == (True, True)
    asked = await say(slack, MENTION, channel="C_DESK")
    await say(slack, "and april?", thread=asked, channel="C_DESK")
    assert APRIL in by_bot(slack, "C_DESK", asked)[-1]


async def test_people_can_talk_to_each_other_in_our_thread(slack: LocalSlack) -> None:
    thread = await ask(slack)
    await say(slack, "thanks, that is what I feared", "lunch?", "help", "<@U_BEN> see this", thread=thread)
    assert by_bot(slack, CHANNEL, thread) == []


async def test_a_message_outside_our_threads_is_left_alone_until_we_are_mentioned_there(
    slack: LocalSlack,
) -> None:
    strange = await say(slack, ASKED)
    await say(slack, "march 2024", "and april?", thread=strange)
    assert not [message for message in slack.messages() if message.bot_id]
    assert by_bot(slack, CHANNEL, strange) == []
    assert len(calls(slack, "conversations.replies")) == 1  # that it is not ours stays known for a while
    await say(slack, MENTION, "and april?", thread=strange)
    answers = by_bot(slack, CHANNEL, strange)
    assert [MARCH in answers[0], APRIL in answers[1]] == [True, True]


@both_ways
async def test_a_direct_message_is_a_conversation_in_which_everything_is_a_question(
    slack: LocalSlack,
) -> None:
    await say(slack, ASKED, "and april?", "qwertyish zzzz", "and imports?", channel="D_ANA")
    march, april, lost, imports = by_bot(slack, "D_ANA")
    assert (MARCH in march, APRIL in april, IMPORTS in imports) == (True, True, True)
    assert "“help” shows how to ask" in lost
    await press(slack, slack.messages("D_ANA")[-1], "ask_0")  # what is pressed there goes on there
    await say(slack, "and exports?", channel="D_ANA")
    assert "exports" in by_bot(slack, "D_ANA")[-1].casefold()
    assert len(by_bot(slack, "D_ANA")) == 6


@pytest.mark.parametrize("below", ["question", "answer"])
async def test_who_writes_in_a_thread_of_a_direct_message_is_answered_there(
    slack: LocalSlack, below: str
) -> None:
    asked = await say(slack, ASKED, channel="D_ANA")
    thread = asked if below == "question" else slack.messages("D_ANA")[-1].ts
    await say(slack, "and april?", thread=thread, channel="D_ANA")
    assert APRIL in by_bot(slack, "D_ANA", thread)[-1]
    assert len(by_bot(slack, "D_ANA")) == 1


async def test_after_a_restart_a_thread_goes_on_and_a_conversation_even_without_the_database(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        thread = await ask(slack)
        await say(slack, "and april?", thread=thread)
        offered = await say(slack, "<@U0ALUMINA> alumini exports march 2024")
        await say(slack, ASKED, channel="D_ANA")
    async with serve():
        await say(slack, "and imports?", thread=thread)
        await say(slack, "<@U0ALUMINA> alumina", thread=offered)
    (tmp_path / "bot.sqlite3").unlink()
    async with serve():
        await say(slack, "and april?", channel="D_ANA")
    assert IMPORTS in by_bot(slack, CHANNEL, thread)[-1]
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
async def test_where_a_channel_is_closed_a_mention_is_answered_to_its_writer_alone(
    slack: LocalSlack, error: str
) -> None:
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
        thread = await ask(slack)
    await change_database(tmp_path, f"UPDATE contexts SET question = '{kept}'")
    async with serve():
        await say(slack, "<@U0ALUMINA> alumina exports april 2024", "and march?", thread=thread)
    april, march = by_bot(slack, CHANNEL, thread)
    assert (APRIL in april, MARCH in march) == (True, True)
    assert "from an older version and cannot be read any more" in april
    assert "older version" not in march
