"""The message shortcut: what somebody wrote is taken as a question, in its thread."""

import pytest

from bot.words import say
from tests.gear.slack import LocalSlack
from tests.offered import held
from tests.slack.events import by_bot
from tests.slack.pressing import asked, element

ASKED = "alumina exports march 2024"
MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published


async def about(slack: LocalSlack, text: str, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> str:
    """Ana wrote something, and somebody chooses the shortcut; the ts of what she wrote."""
    ts = await slack.say(text, channel=channel)
    await slack.settle()
    await choose(slack, ts, channel, user)
    return ts


async def choose(slack: LocalSlack, ts: str, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> None:
    reply = await slack.shortcut(channel, ts, user=user)
    assert (reply.status, reply.failure) == (200, "")
    await slack.settle()


def prefilled(slack: LocalSlack, user: str = "U_ANA") -> str:
    """What stands in the field of the modal."""
    shown = slack.modals.shown(user)
    assert shown
    return str(shown.input("question")["element"].get("initial_value", ""))


async def correct(slack: LocalSlack, text: str, user: str = "U_ANA") -> None:
    await slack.modals.fill("question", text, user=user)
    await slack.modals.submit(user=user)
    await slack.settle()


@pytest.mark.usefixtures("either_bot")
async def test_a_question_is_answered_in_the_message_s_thread(slack: LocalSlack) -> None:
    ts = await about(slack, ASKED, user="U_BEN")
    [answer] = by_bot(slack, "C_ALUMINIUM", ts)
    assert answer.startswith(f"<@U_BEN> asked: {ASKED}\n")
    assert MARCH in answer
    assert slack.modals.shown("U_BEN") is None


@pytest.mark.usefixtures("bot")
async def test_of_a_reply_in_the_thread_it_stands_in_and_that_goes_on(slack: LocalSlack) -> None:
    root = await slack.say("morning all")
    reply = await slack.say(ASKED, thread_ts=root)
    await choose(slack, reply)
    assert MARCH in by_bot(slack, "C_ALUMINIUM", root)[0]
    await slack.say("and april?", thread_ts=root)
    await slack.settle()
    assert "Alumina exports, April 2024" in by_bot(slack, "C_ALUMINIUM", root)[1]


@pytest.mark.usefixtures("bot")
async def test_what_is_no_question_is_shown_as_it_was_understood(slack: LocalSlack) -> None:
    ts = await about(slack, "alumina exports via manzhouli in march 2024?")
    assert by_bot(slack, "C_ALUMINIUM", ts) == []
    assert prefilled(slack) == "alumina exports March 2024"
    await slack.modals.submit()
    await slack.settle()
    assert slack.modals.shown() is None
    assert MARCH in by_bot(slack, "C_ALUMINIUM", ts)[0]


@pytest.mark.usefixtures("bot")
async def test_of_a_slip_it_holds_what_may_be_meant(slack: LocalSlack) -> None:
    await about(slack, "alumini exports march 2024")
    assert prefilled(slack) == "unwrought aluminium exports March 2024"
    assert ASKED in str(slack.modals.shown().view["blocks"])  # type: ignore[union-attr]


@pytest.mark.usefixtures("bot")
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
    shown = str(slack.modals.shown().view["blocks"])  # type: ignore[union-attr]
    assert where in shown
    assert ("terminal" in shown, "终端" in shown, "alumina ask" in shown) == (False, False, False)
    await correct(slack, text)
    beside = str(slack.modals.shown().errors)  # type: ignore[union-attr]
    assert where in beside
    assert ("terminal" in beside, "终端" in beside) == (False, False)


@pytest.mark.parametrize("text", ["lunch?", "<!channel>", "", ":tada:", "x" * 12_000])
@pytest.mark.usefixtures("bot")
async def test_where_nothing_is_understood_the_field_is_empty(slack: LocalSlack, text: str) -> None:
    await about(slack, text)
    assert prefilled(slack) == ""


@pytest.mark.usefixtures("bot")
async def test_what_is_sent_and_still_no_question_says_why_beside_the_field(slack: LocalSlack) -> None:
    ts = await about(slack, "lunch?")
    await correct(slack, "alumina pizza <!channel>")
    shown = slack.modals.shown()
    assert shown
    assert shown.errors["question"]
    assert "<!channel>" not in shown.errors["question"]
    await correct(slack, ASKED)
    assert slack.modals.shown() is None
    assert MARCH in by_bot(slack, "C_ALUMINIUM", ts)[0]


@pytest.mark.usefixtures("bot")
async def test_of_an_answer_of_ours_its_question_is_offered(slack: LocalSlack) -> None:
    answer = await asked(slack, ASKED)
    await choose(slack, answer.ts, user="U_BEN")
    assert prefilled(slack, "U_BEN") == held(element(answer, "how")["value"]) == "alumina exports March 2024"
    await correct(slack, "alumina exports april 2024", user="U_BEN")
    assert "Alumina exports, April 2024" in by_bot(slack, "C_ALUMINIUM", answer.ts)[0]


@pytest.mark.usefixtures("bot")
async def test_where_we_are_not_only_the_asker_is_told(slack: LocalSlack) -> None:
    await about(slack, ASKED, channel="C_GENERAL")
    assert MARCH in slack.ephemerals()[-1].text
    assert "/invite" in slack.ephemerals()[-1].text
    ts = await about(slack, "lunch?", channel="C_GENERAL")
    await correct(slack, ASKED)
    assert by_bot(slack, "C_GENERAL", ts) == []
    assert MARCH in slack.messages("D_ANA")[-1].text


@pytest.mark.usefixtures("bot")
async def test_in_a_channel_shared_with_another_company_too(slack: LocalSlack) -> None:
    ts = await about(slack, ASKED, channel="C_PARTNERS")
    assert by_bot(slack, "C_PARTNERS", ts) == []
    assert "shared with another company" in slack.ephemerals()[-1].text


@pytest.mark.usefixtures("bot")
async def test_a_window_that_is_asked_for_too_late_is_told(slack: LocalSlack) -> None:
    slack.fail("views.open", error="expired_trigger_id")
    await about(slack, "lunch?")
    assert slack.ephemerals()[-1].text == say("replies.press_again")
