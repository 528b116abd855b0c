"""What /alumina does, through real signed requests and the Web API."""

from typing import Any

import pytest

from tests.gear.slack import LocalSlack
from tests.gear.workspaces import archive
from tests.slack.desk import both_ways
from tests.slack.events import calls, settled

ASKED = "alumina exports march 2024"
MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published

pytestmark = pytest.mark.usefixtures("bot")


@both_ways
async def test_a_command_is_answered_in_the_channel_under_the_askers_name(slack: LocalSlack) -> None:
    reply = await settled(slack, slack.command(ASKED))
    assert (reply.status, reply.body, reply.failure) == (200, "", "")
    [message] = slack.messages()
    assert message.text.startswith(f"<@U_ANA> asked: {ASKED}\n")
    assert MARCH in message.text
    assert message.blocks[0]["elements"][0]["text"] == f"<@U_ANA> asked: {ASKED}"
    assert slack.ephemerals() == []
    assert message.metadata is not None
    assert message.metadata["event_type"] == "alumina_question"
    assert "alumina" in message.metadata["event_payload"]["question"]


@both_ways
async def test_a_private_command_answers_only_the_asker(slack: LocalSlack) -> None:
    await settled(slack, slack.command(f"private {ASKED}"))
    assert slack.messages() == slack.ephemerals("U_BEN") == []
    [message] = slack.ephemerals()
    assert MARCH in message.text


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        ("C_GENERAL", "Type `/invite @alumina` here to let everyone read the answers."),  # not in it
        ("C_DESK", "/invite"),  # private, and thrown out of it
        ("C_ALUMINIUM", "the channel is archived."),
        ("C_PARTNERS", "shared with another company"),
    ],
)
async def test_where_others_may_not_read_it_the_asker_gets_it_all_and_why(
    slack: LocalSlack, channel: str, told: str
) -> None:
    slack.workspace.kick("C_DESK")
    archive(slack.workspace, "C_ALUMINIUM")
    for _ in range(2):
        await settled(slack, slack.command(ASKED, channel=channel))
    assert slack.messages(channel) == []
    for message in slack.ephemerals():
        assert (MARCH in message.text, told in message.text) == (True, True)
    if channel == "C_PARTNERS":  # what a channel is stays known for a while
        assert len(calls(slack, "conversations.info")) == 1
    if channel == "C_GENERAL":  # an invitation counts at once
        slack.workspace.invite(channel)
        await settled(slack, slack.command(ASKED, channel=channel))
        assert [MARCH in each.text for each in slack.messages(channel) if each.bot_id] == [True]


async def test_where_slack_does_not_say_whether_a_channel_is_shared_it_counts_as_shared(
    slack: LocalSlack,
) -> None:
    slack.fail("conversations.info", error="no_permission")
    await settled(slack, slack.command(ASKED))
    assert slack.messages() == []
    assert "did not tell me" in slack.ephemerals()[0].text


async def test_help_and_what_is_not_understood_are_for_the_asker_alone(slack: LocalSlack) -> None:
    for number, text in enumerate(("", "help", "  ", "qwertyish zzzz"), start=1):
        await settled(slack, slack.command(text))
        assert len(slack.ephemerals()) == number
    assert slack.messages() == []
    assert all("alumina" in each.text.lower() for each in slack.ephemerals()[:3])


async def test_a_month_that_is_not_on_record_and_a_direct_message_are_answered_openly(
    slack: LocalSlack,
) -> None:
    await settled(slack, slack.command("alumina exports march 1999"))
    await settled(slack, slack.command(ASKED, channel="D_ANA"))
    [message] = slack.messages()
    assert "140" not in message.text
    assert MARCH in slack.messages("D_ANA")[0].text
    assert slack.ephemerals() == []


@pytest.mark.parametrize(
    ("fault", "blocks"),
    [
        ({"status": 429, "retry_after": 0}, True),
        ({"error": "invalid_blocks", "times": 2}, False),  # as they are, and without newer ones
        ({"error": "msg_too_long"}, None),
    ],
)
async def test_what_slack_refuses_is_said_in_another_form_or_else_the_asker_is_told(
    slack: LocalSlack, fault: dict[str, Any], blocks: bool | None
) -> None:
    slack.fail("chat.postMessage", **fault)
    reply = await slack.command(ASKED)
    assert (reply.status, reply.failure) == (200, "")
    await settled(slack, slack.wait_for(lambda: slack.messages() or slack.ephemerals()))
    if blocks is None:
        assert [message.text.split(",")[0] for message in slack.ephemerals()] == ["Sorry"]
    else:
        [message] = slack.messages()
        assert (MARCH in message.text, bool(message.blocks)) == (True, blocks)
