"""All that is said in Slack goes through one door: within limits, in a form that is taken, with its file."""

import ast
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookResponse

from bot.messages.blocks import MOST_TEXT, File, Message, section
from bot.slack.sending import attach, in_taken_form, respond_alone, revise, send, shapes, whisper
from bot.slack.transcript import question_metadata
from bot.words import speaking
from tests.slack.desk import POSTING, both_ways
from tests.slack.events import asked, calls, press, settled
from tests.slack.example import ASKED, MARCH

ROOT = Path(__file__).parent.parent.parent
DOOR, CLIENT = Path("bot/slack/sending.py"), Path("bot/slack/web_client.py")
# Methods of the SDK's client that put something before people, those of years to come among them.
FAMILIES = ("chat_", "views_", "files_", "dialog_", "canvases_", "conversations_canvases_", "bookmarks_")
SHOWS = {name for name in dir(AsyncWebClient) if name.startswith(FAMILIES)} - {"chat_delete"}
BY_NAME = {"api.test", "blocks.validate", "oauth.v2.access"}  # called by their names; they show nothing
OTHER_WAYS = set(
    "AsyncRespond AsyncSay AsyncSayStream AsyncSetStatus AsyncWebhookClient WebhookClient WebClient".split()
)
TOO_MANY = Message("140 kt", (section("x"),) * 51)
TEXT_ALONE = Message("140 kt", ())


@cache
def sources():
    """The nodes of every module of the bot; the playground is Slack's side."""
    files = [file for folder in ("bot", "handlers") for file in (ROOT / folder).rglob("*.py")]
    named = [(file.relative_to(ROOT), file) for file in files]
    ours = [(name, file) for name, file in named if name.parts[:2] != ("bot", "playground")]
    return {name: tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8")))) for name, file in ours}


def naming(kind, names):
    """The modules in which one of the names stands so."""
    field = "attr" if kind is ast.Attribute else "name"
    every = ((path, node) for path, nodes in sources().items() for node in nodes if isinstance(node, kind))
    return {path for path, node in every if getattr(node, field) in names}


def calls_of(*, but=None):
    every = (node for path, nodes in sources().items() if path != but for node in nodes)
    return [node for node in every if isinstance(node, ast.Call)]


def test_nothing_else_calls_what_shows_something():
    assert naming(ast.Attribute, SHOWS) == {DOOR}
    by_name = [node for node in calls_of(but=CLIENT) if getattr(node.func, "attr", "") == "api_call"]
    assert {ast.literal_eval(node.args[0]) for node in by_name} == BY_NAME  # which stands there in full
    assert naming(ast.alias, OTHER_WAYS) == {DOOR}


def test_an_acknowledgement_says_nothing_but_what_is_wrong_in_a_modal():
    acknowledged = [call for call in calls_of() if getattr(call.func, "id", "") == "ack"]
    assert len(acknowledged) > 5
    for call in acknowledged:
        assert not call.args
        assert {each.arg for each in call.keywords} in (set(), {"response_action", "errors"})


@pytest.mark.breaks_limits
async def test_what_breaks_a_limit_is_sent_as_text(slack, client):
    sent = await send(client, "C_ALUMINIUM", TOO_MANY)
    await revise(client, sent.channel, sent.ts, TOO_MANY, metadata={"event_type": "x", "event_payload": {}})
    await whisper(client, "C_ALUMINIUM", "U_ANA", TOO_MANY)
    _, secret = slack.responses.permit("C_ALUMINIUM", "U_ANA")
    await respond_alone(client, f"{slack.url}/response/{secret}", TOO_MANY)
    said = [call.arguments for call in slack.calls]
    assert [bool(told.get("blocks")) for told in said] == [True, False] * 4  # refused, and then taken
    assert {told["text"] for told in said} == {TEXT_ALONE.text}


SAYING = {"chat.postMessage", "chat.postEphemeral", "response_url"}


@pytest.mark.usefixtures("bot")
async def test_links_stay_folded_everywhere(slack):
    answer = await asked(slack, "alumina exports march 2024")
    await slack.command("private alumina exports march 2024")
    await slack.command("subscriptions")
    await press(slack, answer, "feedback", "up")
    slack.home.open()
    await slack.settle()
    await slack.home.press("home_0")
    await settled(slack, slack.wait_for(lambda: slack.messages("D_ANA")))
    slack.fail("chat.postMessage", error="msg_too_long", times=2)
    await slack.say("<@U0ALUMINA> alumina exports march 2024")
    await settled(slack, slack.command("alumina exports march 2024"))
    said = [call for call in slack.calls if call.method in SAYING]
    assert {call.method for call in said} == SAYING
    for call in said:
        assert str(call.arguments["unfurl_links"]).lower() in ("false", "0"), call
        assert str(call.arguments["unfurl_media"]).lower() in ("false", "0"), call


TABLE = {
    "type": "data_table",
    "caption": "Alumina exports",
    "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in (("Month", "kt"), ("1", "140"))],
}
UNSUPPORTED = "[ERROR] unsupported type: data_table [json-pointer:/blocks/1/type]"
NEWER = Message("alumina 140 kt", (section("alumina"), TABLE))
OLDER = Message("aluminium 1 kt", (section("aluminium"),))
OLDER_KINDS = {"section", "table"}  # of NEWER, where its table goes in older blocks


def refusal(error, *messages):
    told = {"ok": False, "error": error, "response_metadata": {"messages": list(messages)}}
    return SlackApiError(error, SimpleNamespace(data=told, status_code=200))


def refused_response(body):
    return SlackApiError(body, WebhookResponse(url="", status_code=404, body=body, headers={}))


def kinds(message):
    return {block["type"] for block in message.blocks}


@pytest.mark.usefixtures("bot")
async def test_where_newer_blocks_are_refused_older_ones_say_the_same(slack):
    slack.plain = True
    for posts in (2, 4):  # each is refused, and taken in older blocks
        await settled(slack, slack.command(ASKED))
        answer = slack.messages()[-1]
        assert MARCH in answer.text
        assert kinds(answer)
        assert "context_actions" not in kinds(answer)
        assert len(calls(slack, "chat.postMessage")) == posts
    await slack.command(f"private {ASKED}")
    ts = await settled(slack, slack.say(f"<@U0ALUMINA> {ASKED}"))
    await settled(slack, slack.edit("C_ALUMINIUM", ts, "<@U0ALUMINA> alumina exports april 2024"))
    assert MARCH in slack.ephemerals()[-1].text
    [answer] = slack.messages("C_ALUMINIUM", ts)
    assert "Alumina exports, April 2024" in answer.text
    assert len(calls(slack, "response_url")) == 2
    assert kinds(answer)


async def test_the_monthly_post_comes_once_in_older_blocks(slack, serve):
    slack.plain = True
    async with serve(ALUMINA_CHANNEL="C_ALUMINIUM", **POSTING):
        await settled(slack, slack.wait_for(slack.messages))
    [post] = slack.messages()
    assert "Alumina imports rose" in post.text  # in July 2026, as published
    assert "context_actions" not in kinds(post)
    assert len(calls(slack, "chat.postMessage")) == 2  # the refused one posted nothing


@pytest.mark.parametrize(
    ("lacks", "shown"),
    [
        ({"data_visualization"}, "table"),
        ({"context_actions"}, "table"),
        ({"data_visualization", "table"}, ""),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_whatever_is_lacking_the_numbers_stand(slack, lacks, shown):
    slack.workspace.lacks = lacks
    await settled(slack, slack.command("alumina exports august 2025 to july 2026 trend"))
    [answer] = slack.messages()
    assert "520 kt in April" in answer.text  # as published
    assert ("table" in kinds(answer)) == bool(shown)
    assert "Not shown here: the chart “Alumina exports, by month”." in answer.text + str(answer.blocks)


async def taken(message, refusals=()):
    """What is taken at last where the first attempts are refused so."""
    refused = iter(refusals)

    async def show(text, blocks):
        for each in refused:
            raise each
        return Message(text, tuple(blocks or ()))

    return await in_taken_form(message, show)


async def test_nothing_else_is_tried_again_and_a_text_that_is_refused_too_is_trouble():
    for error in ("not_in_channel", "internal_error", "ratelimited"):
        rest = iter([refusal(error), refusal("never raised")])
        with pytest.raises(SlackApiError, match=error):
            await taken(NEWER, rest)
        assert len(list(rest)) == 1
    with pytest.raises(SlackApiError):
        await taken(NEWER, [refusal("invalid_blocks")] * 9)


@pytest.mark.parametrize(
    "refused",
    [
        refusal("msg_blocks_too_long"),
        refusal("invalid_blocks", UNSUPPORTED),
        refused_response("invalid_blocks: unsupported type: data_table"),
        refused_response(json.dumps({"ok": False, "error": "invalid_blocks", "errors": [UNSUPPORTED]})),
    ],
)
async def test_what_is_refused_is_said_in_older_blocks(refused):
    assert await taken(NEWER) == NEWER
    assert kinds(await taken(NEWER, [refused])) == OLDER_KINDS
    assert kinds(await taken(NEWER, [refused, refusal("invalid_blocks")])) == set()


def test_a_text_that_is_too_long_loses_its_last_lines_and_no_form_is_tried_twice():
    [(_, full), (_, alone)] = shapes(Message("a line\n" * 1_000, (section("a line"),)))
    assert full.text == alone.text
    assert len(full.text) <= MOST_TEXT
    assert [form for form, _ in shapes(OLDER)] == ["full", "text"]
    assert [form for form, _ in shapes(NEWER)] == ["full", "table", "text"]


async def test_in_a_post_characters_count_all_forms_fit(slack, client):
    text = "\n".join(["氧" * 399] * 9)  # some 11,000 bytes in 3,600 characters
    await send(client, "C_ALUMINIUM", Message(text, ()))
    assert slack.messages()[-1].text == text
    more = tuple(["氧" * 99] * 9)
    full = replace(NEWER, text="\n".join(["氧" * 399] * 10), more=more)
    assert [len(shaped.text) <= MOST_TEXT for _, shaped in shapes(full)] == [True] * 3
    sent = await send(client, "C_ALUMINIUM", TEXT_ALONE)
    slack.fail("chat.update", error="invalid_blocks", times=2)
    await revise(client, sent.channel, sent.ts, replace(full, text="氧" * 399), metadata=METADATA)
    [*_, message] = slack.messages()
    assert (message.blocks, len(message.text.encode()) <= MOST_TEXT) == ((), True)
    assert len(message.text.splitlines()) > 5  # the rows that fit


async def test_in_an_edit_bytes_count_and_whole_lines_stay(slack, client):
    line = "氧" * 399  # with its end some 1,200 bytes, of the 4,000 that an update can have
    sent = await send(client, "C_ALUMINIUM", TEXT_ALONE)
    for language, more in (("en", "1 more line."), ("zh", "另有1行。")):
        with speaking(language):
            long = Message("\n".join([line] * 4), (section("x"),))
            await revise(client, sent.channel, sent.ts, long, metadata=METADATA)
        [message] = slack.messages()
        assert message.text == "\n".join([line] * 3 + [more])
    await revise(client, sent.channel, sent.ts, Message("\n".join([line] * 3), ()), metadata=METADATA)
    [message] = slack.messages()
    assert (message.text, message.blocks) == ("\n".join([line] * 3), ())


CSV = File("alumina.csv", "Alumina", b"\xef\xbb\xbfmonth,kt\r\n2024-03,140\r\n")
ANSWER = Message("140 kt", (section("140 kt"), {"type": "divider"}), CSV)
METADATA = question_metadata("{}", asked="1.0")
EXPORT = "csv of alumina exports since january 2024"
NOT_TAKEN = f"The file {CSV.name} could not be attached."


async def posted(client):
    """An answer with its file, or what stands in the place of that."""
    sent = await send(client, "C_ALUMINIUM", ANSWER, metadata=METADATA)
    await attach(client, sent, ANSWER, metadata=METADATA)
    return sent.ts


async def test_it_comes_into_the_thread(slack, client):
    ts = await posted(client)
    [message] = slack.messages("C_ALUMINIUM", ts)
    [shared] = message.files
    stored = slack.file(shared["id"])
    assert (shared["name"], shared["title"], stored.content) == (CSV.name, CSV.title, CSV.content)
    [answer] = slack.messages()
    assert (answer.text, answer.metadata) == ("140 kt", METADATA)


@pytest.mark.parametrize(
    ("method", "how"),
    [
        ("files.getUploadURLExternal", {"error": "missing_scope"}),
        ("files.completeUploadExternal", {"error": "internal_error"}),
        ("upload", {"status": 500}),
        ("upload", {}),  # the connection ends without an answer
    ],
)
async def test_a_file_that_fails_is_named_below_the_numbers_in_words(slack, client, method, how):
    slack.fail(method, **how)
    ts = await posted(client)
    assert slack.messages("C_ALUMINIUM", ts) == []
    [answer] = slack.messages()
    assert answer.text.startswith("140 kt\n")
    assert NOT_TAKEN in answer.text


async def test_where_even_the_line_fails_nothing_is_raised(slack, client):
    sent = await send(client, "C_ALUMINIUM", ANSWER)
    slack.faults.down = True
    await attach(client, sent, ANSWER)
    assert [each.text for each in slack.messages()] == ["140 kt"]


@pytest.mark.usefixtures("bot")
@both_ways
async def test_an_export_comes_with_its_file_in_its_thread(slack):
    await settled(slack, slack.command(EXPORT))
    [command] = slack.messages()
    ts = await settled(slack, slack.say("<@U0ALUMINA> alumina exports march 2024"))
    await settled(slack, slack.edit("C_ALUMINIUM", ts, f"<@U0ALUMINA> {EXPORT}"))
    [shared] = slack.messages("C_ALUMINIUM", command.ts)
    answer, beside = slack.messages("C_ALUMINIUM", ts)
    assert [file["name"] for file in beside.files] == [file["name"] for file in shared.files]
    assert answer.text.splitlines()[0] in command.text
    stored = slack.file(shared.files[0]["id"])
    assert stored.content.startswith(b"\xef\xbb\xbf")
    assert b"2024-03,month,alumina,export,,quantity,140000,t,135000,145000,no,169.6" in stored.content
    uploads = len(slack.calls)
    await settled(slack, slack.command(f"private {EXPORT}"))
    [alone] = slack.ephemerals()
    assert "ask in a channel, or in a direct message" in alone.text
    assert not [call for call in slack.calls[uploads:] if call.method.startswith("files.")]
