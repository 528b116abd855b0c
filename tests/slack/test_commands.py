"""What /alumina does, through real signed requests and the Web API."""

import pytest

from tests.gear.slack import LocalSlack
from tests.gear.workspaces import archive

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published


@pytest.mark.usefixtures("either_bot")
async def test_a_command_is_answered_in_the_channel_under_the_askers_name(slack: LocalSlack) -> None:
    reply = await slack.command("alumina exports march 2024")
    await slack.settle()
    assert (reply.status, reply.body, reply.failure) == (200, "", "")
    [message] = slack.messages()
    assert message.text.startswith("<@U_ANA> asked: alumina exports march 2024\n")
    assert MARCH in message.text
    assert message.blocks[0]["elements"][0]["text"] == "<@U_ANA> asked: alumina exports march 2024"
    assert slack.ephemerals() == []


@pytest.mark.usefixtures("bot")
async def test_an_answer_carries_its_question_and_unfurls_nothing(slack: LocalSlack) -> None:
    await slack.command("alumina exports march 2024")
    await slack.settle()
    [call] = [call for call in slack.calls if call.method == "chat.postMessage"]
    metadata = slack.messages()[0].metadata
    assert metadata is not None
    assert metadata["event_type"] == "alumina_question"
    assert "alumina" in metadata["event_payload"]["question"]
    assert str(call.arguments["unfurl_links"]).lower() in ("0", "false")
    assert str(call.arguments["unfurl_media"]).lower() in ("0", "false")


@pytest.mark.usefixtures("either_bot")
async def test_a_private_command_answers_only_the_asker(slack: LocalSlack) -> None:
    await slack.command("private alumina exports march 2024")
    await slack.settle()
    assert slack.messages() == []
    [message] = slack.ephemerals()
    assert MARCH in message.text
    assert slack.ephemerals("U_BEN") == []


@pytest.mark.usefixtures("bot")
async def test_where_the_bot_is_not_in_the_channel_the_asker_gets_all_and_how_to_invite(
    slack: LocalSlack,
) -> None:
    await slack.command("alumina exports march 2024", channel="C_GENERAL")
    await slack.settle()
    assert slack.messages("C_GENERAL") == []
    [message] = slack.ephemerals()
    assert MARCH in message.text
    assert message.text.endswith("Type `/invite @alumina` here to let everyone read the answers.")


@pytest.mark.usefixtures("bot")
async def test_an_invitation_counts_at_once(slack: LocalSlack) -> None:
    await slack.command("alumina exports march 2024", channel="C_GENERAL")
    await slack.settle()
    slack.workspace.invite("C_GENERAL")
    await slack.command("alumina exports march 2024", channel="C_GENERAL")
    await slack.settle()
    assert [MARCH in message.text for message in slack.messages("C_GENERAL") if message.bot_id] == [True]


@pytest.mark.usefixtures("bot")
async def test_a_private_channel_without_the_bot_is_like_one_it_is_not_in(slack: LocalSlack) -> None:
    slack.workspace.kick("C_DESK")
    await slack.command("alumina exports march 2024", channel="C_DESK")
    await slack.settle()
    [message] = slack.ephemerals()
    assert MARCH in message.text
    assert "/invite" in message.text


@pytest.mark.usefixtures("bot")
async def test_an_archived_channel_is_named_as_such(slack: LocalSlack) -> None:
    archive(slack.workspace, "C_ALUMINIUM")
    await slack.command("alumina exports march 2024")
    await slack.settle()
    assert slack.ephemerals()[0].text.endswith("the channel is archived.")


@pytest.mark.usefixtures("bot")
async def test_in_a_channel_shared_with_another_company_only_the_asker_is_answered(slack: LocalSlack) -> None:
    for _ in range(2):
        await slack.command("alumina exports march 2024", channel="C_PARTNERS")
        await slack.settle()
    assert slack.messages("C_PARTNERS") == []
    assert [MARCH in message.text for message in slack.ephemerals()] == [True, True]
    asked = [call for call in slack.calls if call.method == "conversations.info"]
    assert len(asked) == 1  # what a channel is stays known for a while


@pytest.mark.usefixtures("bot")
async def test_where_slack_does_not_say_whether_a_channel_is_shared_it_counts_as_shared(
    slack: LocalSlack,
) -> None:
    slack.fail("conversations.info", error="no_permission")
    await slack.command("alumina exports march 2024")
    await slack.settle()
    assert slack.messages() == []
    assert "did not tell me" in slack.ephemerals()[0].text


@pytest.mark.parametrize("text", ["", "help", "  "])
@pytest.mark.usefixtures("bot")
async def test_help_is_for_the_asker_alone(slack: LocalSlack, text: str) -> None:
    await slack.command(text)
    await slack.settle()
    assert slack.messages() == []
    assert "alumina" in slack.ephemerals()[0].text.lower()


@pytest.mark.usefixtures("bot")
async def test_what_is_not_understood_is_told_to_the_asker_alone(slack: LocalSlack) -> None:
    await slack.command("qwertyish zzzz")
    await slack.settle()
    assert slack.messages() == []
    assert len(slack.ephemerals()) == 1


@pytest.mark.usefixtures("bot")
async def test_a_month_that_is_not_on_record_is_answered_in_the_channel(slack: LocalSlack) -> None:
    await slack.command("alumina exports march 1999")
    await slack.settle()
    [message] = slack.messages()
    assert "140" not in message.text
    assert slack.ephemerals() == []


@pytest.mark.usefixtures("bot")
async def test_a_command_in_a_direct_message_is_answered_there(slack: LocalSlack) -> None:
    await slack.command("alumina exports march 2024", channel="D_ANA")
    await slack.settle()
    assert MARCH in slack.messages("D_ANA")[0].text


@pytest.mark.usefixtures("bot")
async def test_a_command_that_fails_at_once_is_acknowledged_all_the_same(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", error="msg_too_long")
    reply = await slack.command("alumina exports march 2024")
    await slack.settle()
    assert (reply.status, reply.failure) == (200, "")
    assert [message.text.split(",")[0] for message in slack.ephemerals()] == ["Sorry"]


@pytest.mark.usefixtures("bot")
async def test_a_rate_limit_is_waited_out(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=0)
    await slack.command("alumina exports march 2024")
    await slack.wait_for(slack.messages)
    assert MARCH in slack.messages()[0].text


@pytest.mark.usefixtures("bot")
async def test_blocks_that_slack_refuses_leave_the_text(slack: LocalSlack) -> None:
    slack.fail("chat.postMessage", error="invalid_blocks", times=2)  # as they are, and without newer ones
    await slack.command("alumina exports march 2024")
    await slack.settle()
    [message] = slack.messages()
    assert MARCH in message.text
    assert message.blocks == ()
