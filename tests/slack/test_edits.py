"""When the asker edits a question, its answer is edited; when they delete it, the answer stays."""

import signal
from pathlib import Path

import pytest

from bot.playground.workspace import Message
from tests.commandline import finish, start
from tests.gear.slack import LocalSlack
from tests.slack.desk import StartBot, environment
from tests.slack.events import by_bot, change_database, deliver, rows
from tests.slack.pressing import action_ids
from tests.slack.test_serve_command import until_healthy

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published
APRIL, MAY = "Alumina exports, April 2024", "Alumina exports, May 2024"
MENTION = "<@U0ALUMINA> alumina exports march 2024"
EDITED = "(question edited)"
ALERT = "alert me when alumina exports exceed 280 kt"
ALERT_SAID = "Alumina exports above 280 kt"
PROPOSAL = {"alert_here", "alert_other", "alert_discard"}  # in a direct message


def answer(slack: LocalSlack, thread_ts: str | None, channel: str = "C_ALUMINIUM") -> Message:
    [message] = [message for message in slack.messages(channel, thread_ts) if message.bot_id]
    return message


async def edit(slack: LocalSlack, ts: str, text: str, channel: str = "C_ALUMINIUM") -> None:
    await slack.edit(channel, ts, text)
    await slack.settle()


async def asked(slack: LocalSlack, text: str = MENTION, channel: str = "C_ALUMINIUM") -> str:
    ts = await slack.say(text, channel=channel)
    await slack.settle()
    return ts


@pytest.mark.usefixtures("either_bot")
async def test_the_answer_to_a_mention_follows_in_text_and_blocks(slack: LocalSlack) -> None:
    ts = await asked(slack)
    before = answer(slack, ts)
    await edit(slack, ts, MENTION.replace("march", "april"))
    after = answer(slack, ts)
    assert after.ts == before.ts
    assert (MARCH in before.text, MARCH in after.text) == (True, False)
    assert APRIL in after.text
    assert APRIL in str(after.blocks)


@pytest.mark.usefixtures("bot")
async def test_the_answer_to_a_direct_message_follows(slack: LocalSlack) -> None:
    ts = await asked(slack, "alumina exports march 2024", "D_ANA")
    await edit(slack, ts, "alumina exports april 2024", "D_ANA")
    assert APRIL in answer(slack, None, "D_ANA").text


@pytest.mark.usefixtures("bot")
async def test_an_edited_follow_up_is_read_after_the_question_before_it(slack: LocalSlack) -> None:
    thread = await asked(slack)
    follow_up = await slack.say("and april?", thread_ts=thread)
    await slack.settle()
    await slack.say("bauxite imports july 2025", thread_ts=thread)
    await slack.settle()
    await edit(slack, follow_up, "and may?")
    assert MAY in by_bot(slack, "C_ALUMINIUM", thread)[1]


@pytest.mark.usefixtures("bot")
async def test_what_comes_next_follows_the_edited_question(slack: LocalSlack) -> None:
    thread = await asked(slack)
    await edit(slack, thread, MENTION.replace("march", "april"))
    await slack.say("and imports?", thread_ts=thread)
    await slack.settle()
    assert "Alumina imports, April 2024" in by_bot(slack, "C_ALUMINIUM", thread)[-1]


@pytest.mark.usefixtures("bot")
async def test_what_does_not_resolve_is_noted_once_under_the_old_answer(slack: LocalSlack) -> None:
    ts = await asked(slack)
    for text in ("<@U0ALUMINA> qwertyish zzzz", "<@U0ALUMINA> zzzz"):
        await edit(slack, ts, text)
        shown = answer(slack, ts)
        assert MARCH in shown.text
        assert shown.text.count(EDITED) == str(shown.blocks).count(EDITED) == 1
    await edit(slack, ts, MENTION.replace("march", "may"))
    assert MAY in answer(slack, ts).text
    assert EDITED not in answer(slack, ts).text


@pytest.mark.usefixtures("bot")
async def test_a_question_that_was_not_understood_can_be_put_right(slack: LocalSlack) -> None:
    ts = await asked(slack, "<@U0ALUMINA> alumina exprts qwertyish march 2024")
    await edit(slack, ts, MENTION)
    assert MARCH in answer(slack, ts).text


async def test_an_edit_is_followed_after_a_restart(slack: LocalSlack, serve: StartBot) -> None:
    async with serve():
        ts = await asked(slack)
    async with serve():
        await edit(slack, ts, MENTION.replace("march", "april"))
    assert APRIL in answer(slack, ts).text


async def test_a_question_edited_while_it_was_being_answered(slack: LocalSlack, serve: StartBot) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=1)
    async with serve():
        ts = await slack.say(MENTION)
        await slack.wait_for(lambda: any(call.method == "chat.postMessage" for call in slack.calls))
        await slack.edit("C_ALUMINIUM", ts, MENTION.replace("march", "april"))
        await slack.wait_for(lambda: any(call.method == "chat.update" for call in slack.calls))
        await slack.settle()
    assert APRIL in answer(slack, ts).text


@pytest.mark.parametrize("when", ["before", "after"])
async def test_an_edit_that_a_process_died_over_is_followed_by_the_next(
    slack: LocalSlack, serve: StartBot, tmp_path: Path, free_port: int, when: str
) -> None:
    """before: the answer was not edited; after: it was, and only the row says otherwise."""
    process = await start(
        "serve", "--port", str(free_port), env=environment(slack, tmp_path), folder=tmp_path
    )
    await until_healthy(free_port)
    slack.bot_url = f"http://127.0.0.1:{free_port}/slack/events"
    ts = await asked(slack)
    slack.fail("chat.update", status=429, retry_after=60, when=when)
    await slack.edit("C_ALUMINIUM", ts, MENTION.replace("march", "april"))
    await slack.wait_for(lambda: any(call.method == "chat.update" for call in slack.calls))
    process.send_signal(signal.SIGKILL)
    await finish(process)
    slack.bot_url = None
    assert rows(tmp_path) == [("C_ALUMINIUM", ts, "taken")]
    await change_database(tmp_path, "UPDATE inbox SET lease_until = '2026-01-01'")  # as time would
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [("C_ALUMINIUM", ts, "answered")])
    assert APRIL in answer(slack, ts).text
    assert sum(call.method == "chat.update" for call in slack.calls) == (2 if when == "before" else 1)


@pytest.mark.usefixtures("bot")
async def test_a_deleted_question_keeps_its_answer(slack: LocalSlack) -> None:
    thread = await asked(slack)
    follow_up = await slack.say("and april?", thread_ts=thread)
    await slack.settle()
    for ts in (follow_up, thread):
        await slack.remove("C_ALUMINIUM", ts)
        await slack.settle()
    assert [
        MARCH in by_bot(slack, "C_ALUMINIUM", thread)[0],
        APRIL in by_bot(slack, "C_ALUMINIUM", thread)[1],
    ] == [
        True,
        True,
    ]


@pytest.mark.usefixtures("bot")
async def test_the_first_message_of_a_thread_is_a_tombstone_when_deleted_and_its_answer_stays(
    slack: LocalSlack,
) -> None:
    ts = await asked(slack)
    message = slack.workspace.find("C_ALUMINIUM", ts)
    assert message
    gone = message.as_json() | {
        "subtype": "tombstone",
        "text": "This message was deleted.",
        "user": "USLACKBOT",
    }
    event = {"type": "message", "subtype": "message_changed", "channel": "C_ALUMINIUM", "hidden": True}
    event |= {"message": gone, "previous_message": message.as_json(), "ts": "9.0", "event_ts": "9.0"}
    await deliver(slack, [str(slack.bot_url)], [event])
    await slack.settle()
    assert MARCH in answer(slack, ts).text
    assert EDITED not in answer(slack, ts).text


@pytest.mark.usefixtures("bot")
async def test_nothing_happens_where_the_text_stays_or_nothing_was_answered(slack: LocalSlack) -> None:
    ts = await asked(slack)
    strange = await slack.say("good morning", user="U_BEN")
    await slack.edit("C_ALUMINIUM", strange, "alumina exports march 2024")
    await slack.edit("C_ALUMINIUM", ts, MENTION)  # as an unfurled link changes a message
    await slack.settle()
    methods = [call.method for call in slack.calls]
    assert methods.count("chat.update") == 0
    assert methods.count("conversations.replies") == 0
    assert by_bot(slack, "C_ALUMINIUM", strange) == []


@pytest.mark.usefixtures("bot")
async def test_blocks_that_slack_refuses_leave_the_text(slack: LocalSlack) -> None:
    ts = await asked(slack)
    slack.fail("chat.update", error="invalid_blocks", times=2)  # as they are, and without newer ones
    await edit(slack, ts, MENTION.replace("march", "april"))
    shown = answer(slack, ts)
    assert APRIL in shown.text
    assert shown.blocks == ()


@pytest.mark.usefixtures("either_bot")
async def test_a_command_that_becomes_a_question_is_answered_and_then_followed(slack: LocalSlack) -> None:
    """What its writer alone saw stands nowhere that it could be edited."""
    ts = await asked(slack, f"<@U0ALUMINA> {ALERT}")
    assert [each.text[: len(ALERT_SAID)] for each in slack.ephemerals()] == [ALERT_SAID]
    assert by_bot(slack, "C_ALUMINIUM", ts) == []
    await edit(slack, ts, MENTION)
    assert MARCH in answer(slack, ts).text
    await edit(slack, ts, MENTION.replace("march", "april"))
    assert APRIL in answer(slack, ts).text
    assert len(slack.ephemerals()) == 1


@pytest.mark.usefixtures("bot")
async def test_a_command_that_becomes_a_word_to_others_is_left_to_them(slack: LocalSlack) -> None:
    ts = await asked(slack, "<@U0ALUMINA> alerts")
    await edit(slack, ts, "never mind, thanks all")
    assert by_bot(slack, "C_ALUMINIUM", ts) == []
    assert len(slack.ephemerals()) == 1


@pytest.mark.usefixtures("bot")
async def test_a_question_that_becomes_a_command_leaves_its_answer_with_a_note(slack: LocalSlack) -> None:
    ts = await asked(slack)
    await edit(slack, ts, f"<@U0ALUMINA> {ALERT}")
    assert [each.text[: len(ALERT_SAID)] for each in slack.ephemerals()] == [ALERT_SAID]
    shown = answer(slack, ts)
    assert (MARCH in shown.text, EDITED in shown.text, EDITED in str(shown.blocks)) == (True, True, True)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("before", [ALERT.replace("280", "270"), "alumina exports march 2024"])
async def test_in_a_direct_message_what_is_asked_now_takes_the_place_of_what_stood(
    slack: LocalSlack, before: str
) -> None:
    ts = await asked(slack, before, "D_ANA")
    stood = answer(slack, None, "D_ANA")
    await edit(slack, ts, ALERT, "D_ANA")
    shown = answer(slack, None, "D_ANA")
    assert (shown.ts, shown.text[: len(ALERT_SAID)]) == (stood.ts, ALERT_SAID)
    assert action_ids(shown) == PROPOSAL
    await edit(slack, ts, "alumina exports april 2024", "D_ANA")
    assert APRIL in answer(slack, None, "D_ANA").text
    assert not PROPOSAL & action_ids(answer(slack, None, "D_ANA"))


async def test_an_edited_command_in_a_direct_message_is_not_served_again_by_the_next_process(
    slack: LocalSlack, serve: StartBot, tmp_path: Path
) -> None:
    async with serve():
        ts = await asked(slack, ALERT.replace("280", "270"), "D_ANA")
        await edit(slack, ts, ALERT, "D_ANA")
    shown = answer(slack, None, "D_ANA")
    left = "UPDATE inbox SET state = 'taken', lease_until = '2026-01-01'"  # it died before it wrote that down
    await change_database(tmp_path, left)
    async with serve():
        await slack.wait_for(lambda: rows(tmp_path) == [("D_ANA", ts, "answered")])
    assert answer(slack, None, "D_ANA") == shown
