"""What the slash command does, asked for in a mention, in a thread and in a direct message."""

from pathlib import Path

import pytest

from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.playground.people import GUEST
from bot.playground.workspace import Message
from bot.questions.condition import Condition, NewRecord
from bot.questions.condition_reading import ParsedCondition, parse_condition
from bot.words import say
from tests.gear.slack import LocalSlack
from tests.slack.alerting import KEPT, exports_above, listed, set_alert
from tests.slack.desk import both_ways
from tests.slack.events import by_bot, in_database, rows, settled
from tests.slack.pressing import action_ids, mentioned, press

ABOVE = exports_above("280", "kt")
RECORD = Condition(Series("bauxite", "import"), NewRecord("either")).to_json()
OFFERED = {"alert_here", "alert_own", "alert_other", "alert_discard"}
MENTION = "<@U0ALUMINA>"
ASKED = "alumina exports march 2024"
CHANNEL = "C_ALUMINIUM"

pytestmark = pytest.mark.usefixtures("bot")


async def whispered(slack: LocalSlack, text: str, user: str = "U_ANA", **where: str) -> Message:
    """What only the writer of a message sees of what became of it."""
    before = len(slack.ephemerals(user))
    await slack.say(text, user=user, **where)
    await settled(slack, slack.wait_for(lambda: len(slack.ephemerals(user)) > before))
    return slack.ephemerals(user)[-1]


@both_ways
async def test_a_mention_is_said_back_to_its_writer_alone_and_saved(
    slack: LocalSlack, tmp_path: Path
) -> None:
    message = await whispered(slack, f"{MENTION} please alert me when alumina exports exceed 280 kt")
    assert message.text.startswith("Alumina exports above 280 kt, every time: in every month")
    assert action_ids(message) == OFFERED
    assert [each.user for each in slack.messages()] == ["U_ANA"]
    assert slack.ephemerals("U_BEN") == []
    assert [state for *_, state in rows(tmp_path)] == ["answered"]
    await press(slack, message, "alert_here", user="U_ANA")
    assert slack.messages()[-1].text.startswith("<@U_ANA> set an alert in <#C_ALUMINIUM>: Alumina exports")
    message = await whispered(slack, f"{MENTION} 氧化铝出口超过28万吨时提醒我")
    assert message.text.startswith("氧化铝出口高于28万吨")
    await press(slack, message, "alert_own", user="U_ANA")
    here, own = in_database(tmp_path, KEPT)
    assert here == (CHANNEL, ABOVE, "en", "active", "U_ANA")
    assert own[:3] == ("D_ANA", exports_above("28", "万吨"), "zh")


async def test_in_a_direct_message_it_is_answered_as_a_question_is(slack: LocalSlack, tmp_path: Path) -> None:
    await slack.say("alert alumina exports above 280kt", channel="D_ANA")
    await settled(slack, slack.wait_for(lambda: by_bot(slack, "D_ANA")))
    [message] = [each for each in slack.messages("D_ANA") if each.bot_id]
    assert action_ids(message) == {"alert_here", "alert_other", "alert_discard"}
    await press(slack, message, "alert_here", user="U_ANA")
    assert in_database(tmp_path, KEPT) == [("D_ANA", ABOVE, "en", "active", "U_ANA")]
    [saved] = by_bot(slack, "D_ANA")
    assert saved == "Saved: it is told to you alone, in your messages with me. " + (
        "`/alumina alerts` pauses or deletes it."
    )


@pytest.mark.parametrize("mention", [f"{MENTION} ", ""], ids=["mention", "reply"])
async def test_in_a_thread_the_series_is_that_of_its_question_which_stays_as_it_was(
    slack: LocalSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mention: str
) -> None:
    typed: list[str] = []

    def counted(text: str, record: Dataset) -> ParsedCondition:
        typed.append(text)
        return parse_condition(text, record)

    for place in ("bot.questions.overheard", "handlers.alerts"):
        monkeypatch.setattr(f"{place}.parse_condition", counted)
    answer = await mentioned(slack, ASKED)
    thread = str(answer.thread_ts)
    wanted = ("alert me when it exceeds 280kt", "alert us when bauxite imports hit a record")
    for text in wanted:
        message = await whispered(slack, f"{mention}{text}", thread_ts=thread)
        assert message.thread_ts == thread
        await press(slack, message, "alert_here", user="U_ANA")
    assert [row[1] for row in in_database(tmp_path, KEPT)] == [ABOVE, RECORD]
    assert typed == list(wanted)  # each is read once
    await slack.say(f"{MENTION} and april?", thread_ts=thread)
    await slack.wait_for(lambda: len(by_bot(slack, CHANNEL, thread)) == 2)
    assert "Alumina exports, April 2024" in by_bot(slack, CHANNEL, thread)[-1]


async def test_what_people_say_to_each_other_in_a_thread_is_left_to_them(slack: LocalSlack) -> None:
    answer = await mentioned(slack, ASKED)
    for text in ("alert me when you are done", "remind me tomorrow", "到时候通知我", "alerts", "subscribe"):
        await slack.say(text, thread_ts=str(answer.thread_ts))
    await slack.settle()
    assert slack.ephemerals() == []
    assert len(by_bot(slack, CHANNEL, str(answer.thread_ts))) == 1


async def test_what_is_mended_by_an_edit_is_said_back_anew(slack: LocalSlack) -> None:
    ts = await slack.say(f"{MENTION} alert me when alumina exports exceed 280")
    await settled(slack, slack.wait_for(lambda: slack.ephemerals()))
    assert slack.ephemerals()[-1].text.startswith("“280” in which unit?")
    await slack.edit(CHANNEL, ts, f"{MENTION} alert me when alumina exports exceed 280 kt")
    await slack.wait_for(lambda: len(slack.ephemerals()) == 2)
    assert slack.ephemerals()[-1].text.startswith("Alumina exports above 280 kt")


async def test_the_other_commands_are_served_in_a_mention_too(slack: LocalSlack) -> None:
    await set_alert(slack, "alumina exports above 280kt")
    by_command, by_mention = await listed(slack), await whispered(slack, f"{MENTION} show my alerts")
    assert "Alumina exports above 280" in by_mention.text
    assert (by_mention.text, action_ids(by_mention)) == (by_command.text, action_ids(by_command))
    assert (await whispered(slack, f"{MENTION} subscribe")).text == say("replies.opens_for_command")
    assert "<#C_ALUMINIUM>" in (await whispered(slack, f"{MENTION} subscriptions")).text
    assert "release" in (await whispered(slack, f"{MENTION} next")).text
    assert [each for each in slack.messages() if each.bot_id and "set an alert" not in each.text] == []


async def test_people_of_another_company_set_none_by_an_edit_either(
    slack: LocalSlack, tmp_path: Path
) -> None:
    text, place = f"{MENTION} alert me when alumina exports exceed 280 kt", "C_PARTNERS"
    assert (await whispered(slack, text, GUEST, channel=place)).text == say("replies.guest_changes")
    assert rows(tmp_path) == []
    ts = await slack.say(f"{MENTION} {ASKED}", channel=place, user=GUEST)
    await settled(slack, slack.wait_for(lambda: by_bot(slack, place, ts)))
    answered = by_bot(slack, place, ts)
    await slack.edit(place, ts, text)
    await settled(slack, slack.wait_for(lambda: len(slack.ephemerals(GUEST)) == 2))
    assert {each.text for each in slack.ephemerals(GUEST)} == {say("replies.guest_changes")}
    assert by_bot(slack, place, ts) == answered
