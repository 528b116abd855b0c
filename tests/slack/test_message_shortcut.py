"""The message shortcut: what somebody wrote is taken as a question, in its thread."""

import pytest

from bot.playground.views import OpenView
from bot.words import say
from tests.gear.slack import LocalSlack
from tests.offered import held
from tests.slack.desk import both_ways
from tests.slack.events import by_bot, settled
from tests.slack.pressing import asked, element

ASKED = "alumina exports march 2024"
MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published
CHANNEL = "C_ALUMINIUM"

pytestmark = pytest.mark.usefixtures("bot")


async def about(slack: LocalSlack, text: str, channel: str = CHANNEL, user: str = "U_ANA") -> str:
    """Ana wrote something, and somebody chooses the shortcut; the ts of what she wrote."""
    ts = await settled(slack, slack.say(text, channel=channel))
    await choose(slack, ts, channel, user)
    return ts


async def choose(slack: LocalSlack, ts: str, channel: str = CHANNEL, user: str = "U_ANA") -> None:
    reply = await settled(slack, slack.shortcut(channel, ts, user=user))
    assert (reply.status, reply.failure) == (200, "")


def shown(slack: LocalSlack, user: str = "U_ANA") -> OpenView:
    view = slack.modals.shown(user)
    assert view
    return view


def prefilled(slack: LocalSlack, user: str = "U_ANA") -> str:
    """What stands in the field of the modal."""
    return str(shown(slack, user).input("question")["element"].get("initial_value", ""))


async def correct(slack: LocalSlack, text: str, user: str = "U_ANA") -> None:
    await slack.modals.fill("question", text, user=user)
    await settled(slack, slack.modals.submit(user=user))


@both_ways
async def test_a_question_is_answered_in_the_message_s_thread(slack: LocalSlack) -> None:
    ts = await about(slack, ASKED, user="U_BEN")
    [answer] = by_bot(slack, CHANNEL, ts)
    assert answer.startswith(f"<@U_BEN> asked: {ASKED}\n")
    assert MARCH in answer
    assert slack.modals.shown("U_BEN") is None
    root = await slack.say("morning all")
    reply = await slack.say(ASKED, thread_ts=root)
    await choose(slack, reply)
    await settled(slack, slack.say("and april?", thread_ts=root))
    march, april = by_bot(slack, CHANNEL, root)
    assert (MARCH in march, "Alumina exports, April 2024" in april) == (True, True)


async def test_what_is_no_question_is_shown_as_it_was_understood(slack: LocalSlack) -> None:
    ts = await about(slack, "alumina exports via manzhouli in march 2024?")
    assert by_bot(slack, CHANNEL, ts) == []
    assert prefilled(slack) == "alumina exports March 2024"
    await settled(slack, slack.modals.submit())
    assert slack.modals.shown() is None
    assert MARCH in by_bot(slack, CHANNEL, ts)[0]
    await about(slack, "alumini exports march 2024")  # of a slip it holds what may be meant
    assert prefilled(slack) == "unwrought aluminium exports March 2024"
    assert ASKED in str(shown(slack).view["blocks"])
    for text in ("lunch?", "<!channel>", "", ":tada:", "x" * 12_000):  # where nothing is understood
        slack.modals.close()
        await about(slack, text)
        assert prefilled(slack) == ""


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("alert me when alumina exports exceed 200 kt", "“/alumina alert alumina exports above 200kt”"),
        ("氧化铝出口超过20万吨时提醒我", "“/alumina 提醒 氧化铝出口超过20万吨”"),
        ("subscribe", "“/alumina subscribe”"),
        ("cancel my alerts", "“/alumina alerts”"),
    ],
)
async def test_of_a_command_it_says_where_in_slack_it_is_served(
    slack: LocalSlack, text: str, where: str
) -> None:
    await about(slack, text)
    above = str(shown(slack).view["blocks"])
    await correct(slack, text)
    for told in (above, str(shown(slack).errors)):
        assert [each in told for each in (where, "terminal", "终端", "alumina ask")] == [True, *[False] * 3]


async def test_what_is_sent_and_still_no_question_says_why_beside_the_field(slack: LocalSlack) -> None:
    ts = await about(slack, "lunch?")
    await correct(slack, "alumina pizza <!channel>")
    why = shown(slack).errors["question"]
    assert why
    assert "<!channel>" not in why
    await correct(slack, ASKED)
    assert slack.modals.shown() is None
    assert MARCH in by_bot(slack, CHANNEL, ts)[0]


async def test_of_an_answer_of_ours_its_question_is_offered(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    await choose(slack, answer.ts, user="U_BEN")
    assert prefilled(slack, "U_BEN") == held(element(answer, "how")["value"]) == "alumina exports March 2024"
    await correct(slack, "alumina exports april 2024", user="U_BEN")
    assert "Alumina exports, April 2024" in by_bot(slack, CHANNEL, answer.ts)[0]


async def test_where_others_may_not_read_it_only_the_asker_is_told(slack: LocalSlack) -> None:
    for channel, why in (("C_GENERAL", "/invite"), ("C_PARTNERS", "shared with another company")):
        ts = await about(slack, ASKED, channel=channel)
        assert by_bot(slack, channel, ts) == []
        told = slack.ephemerals()[-1].text
        assert (MARCH in told, why in told) == (True, True)
    ts = await about(slack, "lunch?", channel="C_GENERAL")
    await correct(slack, ASKED)
    assert by_bot(slack, "C_GENERAL", ts) == []
    assert MARCH in slack.messages("D_ANA")[-1].text


async def test_a_window_that_is_asked_for_too_late_is_told(slack: LocalSlack) -> None:
    slack.fail("views.open", error="expired_trigger_id")
    await about(slack, "lunch?")
    assert slack.ephemerals()[-1].text == say("replies.press_again")
