"""A file in a message's thread; and where it does not come, the line that says so."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages.blocks import section
from bot.messages.message import File, Message
from bot.slack.sending import attach, send
from bot.slack.transcript import question_metadata
from tests.gear.slack import LocalSlack
from tests.slack.desk import both_ways
from tests.slack.events import settled

CSV = File(
    "alumina.csv", "Alumina", b"\xef\xbb\xbfmonth,kt\r\n2024-03,140\r\n", "All 1 is in the file alumina.csv."
)
ANSWER = Message("140 kt", (section("140 kt"), {"type": "divider"}), CSV)
METADATA = question_metadata("{}", "1.0")
EXPORT = "csv of alumina exports since january 2024"
NOT_TAKEN = f"The file {CSV.name} could not be attached (Slack did not take it; ask once more in a while)."


@pytest.fixture
def client(slack: LocalSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


async def posted(client: AsyncWebClient) -> str:
    """An answer with its file, or what stands in the place of that."""
    sent = await send(client, "C_ALUMINIUM", ANSWER, metadata=METADATA)
    await attach(client, sent, ANSWER, metadata=METADATA)
    return sent.ts


async def test_it_comes_into_the_thread_and_then_the_message_says_so(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    ts = await posted(client)
    [message] = slack.messages("C_ALUMINIUM", ts)
    [shared] = message.files
    stored = slack.file(shared["id"])
    assert stored
    assert (shared["name"], shared["title"], stored.content) == (CSV.name, CSV.title, CSV.content)
    called = [call.method for call in slack.calls]
    assert called.index("files.completeUploadExternal") < called.index("chat.update")
    [answer] = slack.messages()
    assert (answer.text, answer.metadata) == (f"140 kt\n{CSV.note}", METADATA)


@pytest.mark.parametrize(
    ("method", "how", "missing"),
    [
        ("files.getUploadURLExternal", {"error": "storage_limit_reached"}, NOT_TAKEN),
        ("files.completeUploadExternal", {"error": "internal_error"}, NOT_TAKEN),
        ("upload", {"status": 500}, NOT_TAKEN),
        ("upload", {}, NOT_TAKEN),  # the connection ends without an answer
        ("files.getUploadURLExternal", {"error": "missing_scope"}, "files:write"),
    ],
)
async def test_a_file_that_fails_is_named_below_the_numbers_in_words(
    slack: LocalSlack, client: AsyncWebClient, method: str, how: dict[str, object], missing: str
) -> None:
    slack.fail(method, **how)
    ts = await posted(client)
    assert slack.messages("C_ALUMINIUM", ts) == []
    [answer] = slack.messages()
    assert answer.text.startswith("140 kt\n")
    assert (missing in answer.text, CSV.note in str(answer)) == (True, False)


async def test_where_even_the_line_fails_nothing_is_raised(slack: LocalSlack, client: AsyncWebClient) -> None:
    sent = await send(client, "C_ALUMINIUM", ANSWER)
    slack.faults.down = True
    await attach(client, sent, ANSWER)
    assert [each.text for each in slack.messages()] == ["140 kt"]


@pytest.mark.usefixtures("bot")
@both_ways
async def test_an_export_comes_with_its_file_in_its_thread(slack: LocalSlack) -> None:
    await settled(slack, slack.command(EXPORT))
    [command] = slack.messages()
    ts = await settled(slack, slack.say("<@U0ALUMINA> alumina exports march 2024"))
    await settled(slack, slack.edit("C_ALUMINIUM", ts, f"<@U0ALUMINA> {EXPORT}"))
    [shared] = slack.messages("C_ALUMINIUM", command.ts)
    answer, beside = slack.messages("C_ALUMINIUM", ts)
    assert [file["name"] for file in beside.files] == [file["name"] for file in shared.files]
    assert answer.text.splitlines()[0] in command.text
    assert ("figures in " in answer.text, "figures in " in command.text) == (True, True)
    stored = slack.file(shared.files[0]["id"])
    assert stored
    assert stored.content
    assert stored.content.startswith(b"\xef\xbb\xbf")
    assert b"2024-03,month,alumina,export,,quantity,140000,t,135000,145000,no,169.6" in stored.content


@pytest.mark.usefixtures("bot")
async def test_the_numbers_stand_where_no_file_can_be(slack: LocalSlack) -> None:
    slack.fail("files.getUploadURLExternal", error="missing_scope")
    await settled(slack, slack.command(EXPORT))
    [answer] = slack.messages()
    assert ("2024" in answer.text, "could not be attached" in answer.text) == (True, True)
    assert "figures in " not in answer.text
    uploads = len(slack.calls)
    await settled(slack, slack.command(f"private {EXPORT}"))
    [alone] = slack.ephemerals()
    assert "ask in a channel, or in a direct message" in alone.text
    assert not [call for call in slack.calls[uploads:] if call.method.startswith("files.")]
