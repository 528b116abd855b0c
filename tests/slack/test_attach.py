"""A file in a message's thread; and where it does not come, the line that says so."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages.message import File
from bot.sending import attach
from tests.gear.slack import LocalSlack

CSV = File("alumina-exports.csv", "Alumina exports", b"\xef\xbb\xbfmonth,kt\r\n2024-03,140\r\n")


@pytest.fixture
def client(slack: LocalSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


def root(slack: LocalSlack) -> str:
    return slack.workspace.post("C_ALUMINIUM", "U0ALUMINA", "140 kt", bot_id="B0ALUMINA").ts


async def test_it_comes_into_the_thread_byte_for_byte(slack: LocalSlack, client: AsyncWebClient) -> None:
    ts = root(slack)
    await attach(client, "C_ALUMINIUM", ts, CSV)
    [message] = slack.messages("C_ALUMINIUM", ts)
    [shared] = message.files
    assert (shared["name"], shared["title"]) == (CSV.name, CSV.title)
    stored = slack.file(shared["id"])
    assert stored
    assert stored.content == CSV.content


@pytest.mark.parametrize(
    ("method", "how", "why"),
    [
        ("files.getUploadURLExternal", {"error": "storage_limit_reached"}, "storage_limit_reached"),
        ("files.completeUploadExternal", {"error": "internal_error"}, "internal_error"),
        ("upload", {"status": 500}, "the upload was refused"),
        ("upload", {}, ""),  # the connection ends without an answer
    ],
)
async def test_a_file_that_fails_is_named_below_the_numbers(
    slack: LocalSlack, client: AsyncWebClient, method: str, how: dict[str, object], why: str
) -> None:
    ts = root(slack)
    slack.fail(method, **how)
    await attach(client, "C_ALUMINIUM", ts, CSV)
    [line] = slack.messages("C_ALUMINIUM", ts)
    assert line.text.startswith(f"The file {CSV.name} could not be attached (")
    assert why in line.text
    assert slack.messages()[0].text == "140 kt"


async def test_without_the_scope_it_says_what_to_do(slack: LocalSlack, client: AsyncWebClient) -> None:
    ts = root(slack)
    slack.scopes.discard("files:write")
    await attach(client, "C_ALUMINIUM", ts, CSV)
    assert "files:write" in slack.messages("C_ALUMINIUM", ts)[0].text


async def test_where_even_the_line_fails_nothing_is_raised(slack: LocalSlack, client: AsyncWebClient) -> None:
    ts = root(slack)
    slack.faults.down = True
    await attach(client, "C_ALUMINIUM", ts, CSV)
    assert slack.messages("C_ALUMINIUM", ts) == []


EXPORT = "csv of alumina exports since january 2024"


@pytest.mark.usefixtures("either_bot")
async def test_an_export_comes_with_its_file_in_its_thread(slack: LocalSlack) -> None:
    await slack.command(EXPORT)
    await slack.settle()
    [command] = slack.messages()
    ts = await slack.say(f"<@U0ALUMINA> {EXPORT}")
    await slack.settle()
    [shared] = slack.messages("C_ALUMINIUM", command.ts)
    answer, beside = slack.messages("C_ALUMINIUM", ts)
    assert [file["name"] for file in beside.files] == [file["name"] for file in shared.files]
    assert answer.text.splitlines()[0] in command.text
    stored = slack.file(shared.files[0]["id"])
    assert stored
    assert stored.content
    assert stored.content.startswith(b"\xef\xbb\xbf")
    assert b"2024-03,month,alumina,export,,quantity,140000,t,135000,145000,no,169.6" in stored.content


@pytest.mark.usefixtures("bot")
async def test_the_numbers_stand_where_the_file_fails(slack: LocalSlack) -> None:
    slack.fail("files.getUploadURLExternal", error="missing_scope")
    await slack.command(EXPORT)
    await slack.settle()
    [answer] = slack.messages()
    assert "2024" in answer.text
    [line] = slack.messages("C_ALUMINIUM", answer.ts)
    assert "could not be attached" in line.text
    assert slack.ephemerals() == []


@pytest.mark.usefixtures("bot")
async def test_what_only_the_asker_sees_says_where_to_get_the_file(slack: LocalSlack) -> None:
    await slack.command(f"private {EXPORT}")
    await slack.settle()
    [answer] = slack.ephemerals()
    assert "ask in a channel, or in a direct message" in answer.text
    assert not [call for call in slack.calls if call.method.startswith("files.")]


@pytest.mark.usefixtures("bot")
async def test_an_edited_question_brings_the_file_of_its_new_answer(slack: LocalSlack) -> None:
    ts = await slack.say("<@U0ALUMINA> alumina exports march 2024")
    await slack.settle()
    await slack.edit("C_ALUMINIUM", ts, f"<@U0ALUMINA> {EXPORT}")
    await slack.settle()
    [_, shared] = slack.messages("C_ALUMINIUM", ts)
    assert shared.files
