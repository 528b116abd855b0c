"""All that is said in Slack goes through one door, and nothing that breaks a limit passes it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages.blocks import section
from bot.messages.message import Message
from bot.slack.sending import respond_alone, revise, send, whisper
from tests.gear.slack import LocalSlack
from tests.slack.events import settled
from tests.slack.pressing import asked, press

ROOT = Path(__file__).parent.parent.parent
DOOR, CLIENT = Path("bot/slack/sending.py"), Path("bot/slack/client.py")
# Methods of the SDK's client that put something before people, those of years to come among them.
FAMILIES = ("chat_", "views_", "files_", "dialog_", "canvases_", "conversations_canvases_", "bookmarks_")
SHOWS = {name for name in dir(AsyncWebClient) if name.startswith(FAMILIES)} - {"chat_delete"}
BY_NAME = {"api.test", "blocks.validate", "oauth.v2.access"}  # called by their names; they show nothing
OTHER_WAYS = {
    "AsyncRespond",
    "AsyncSay",
    "AsyncSayStream",
    "AsyncSetStatus",
    "AsyncWebhookClient",
    "WebhookClient",
    "WebClient",
}
TOO_MANY = Message("140 kt", (section("x"),) * 51)
ALONE = Message("140 kt", ())


@cache
def sources() -> tuple[tuple[Path, ast.AST], ...]:
    """Every module of the bot; the playground is Slack's side."""
    files = [file for folder in ("bot", "handlers") for file in (ROOT / folder).rglob("*.py")]
    named = [(file.relative_to(ROOT), file) for file in files]
    ours = [(name, file) for name, file in named if name.parts[:2] != ("bot", "playground")]
    return tuple((name, ast.parse(file.read_text(encoding="utf-8"))) for name, file in ours)


def names(tree: ast.AST, kind: type[ast.Attribute] | type[ast.alias]) -> set[str]:
    field = "attr" if kind is ast.Attribute else "name"
    return {getattr(node, field) for node in ast.walk(tree) if isinstance(node, kind)}


def by_name(tree: ast.AST) -> Iterator[str]:
    """The methods that are called by a name, which has to stand there in full."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "api_call"
        ):
            yield ast.literal_eval(node.args[0])


def test_nothing_else_calls_what_shows_something() -> None:
    calling = {name for name, tree in sources() if names(tree, ast.Attribute) & SHOWS}
    assert calling == {DOOR}
    assert {name for path, tree in sources() if path != CLIENT for name in by_name(tree)} == BY_NAME
    assert {name for name, tree in sources() if names(tree, ast.alias) & OTHER_WAYS} == {DOOR}


def test_an_acknowledgement_says_nothing_but_what_is_wrong_in_a_modal() -> None:
    acknowledged = 0
    for _, tree in sources():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if ast.unparse(call.func) == "ack":
                acknowledged += 1
                assert not call.args
                assert {each.arg for each in call.keywords} in (set(), {"response_action", "errors"})
    assert acknowledged > 5


@pytest.fixture
def client(slack: LocalSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.mark.breaks_limits
async def test_of_a_message_that_breaks_a_limit_only_the_text_goes_out(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    sent = await send(client, "C_ALUMINIUM", TOO_MANY)
    await revise(client, sent.channel, sent.ts, TOO_MANY, metadata={"event_type": "x", "event_payload": {}})
    await whisper(client, "C_ALUMINIUM", "U_ANA", TOO_MANY)
    _, secret = slack.responses.permit("C_ALUMINIUM", "U_ANA")
    await respond_alone(client, f"{slack.url}/response/{secret}", TOO_MANY)
    said = [call.arguments for call in slack.calls]
    assert [bool(told.get("blocks")) for told in said] == [True, False] * 4  # refused, and then taken
    assert {told["text"] for told in said} == {ALONE.text}


SAYING = {"chat.postMessage", "chat.postEphemeral", "response_url"}


@pytest.mark.usefixtures("bot")
async def test_links_stay_folded_everywhere(slack: LocalSlack) -> None:
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
