"""The forms of a message: the fullest that a workspace takes is found, and remembered for an hour."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.cache import Cache
from bot.messages.blocks import section
from bot.messages.limits import TEXT
from bot.messages.message import Message
from bot.slack.fallback import AN_HOUR, WORKSPACES, in_taken_form, shapes
from bot.slack.refusals import ResponseRefusedError
from tests.gear.slack import LocalSlack

MARCH = "140 kt, +169.6 %"  # alumina exports in March 2024, as published
ASKED = "alumina exports march 2024"
TABLE = {
    "type": "data_table",
    "caption": "Alumina exports",
    "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in (("Month", "kt"), ("1", "140"))],
}
UNSUPPORTED = "[ERROR] unsupported type: data_table [json-pointer:/blocks/1/type]"
NEWER = Message("alumina 140 kt", (section("alumina"), TABLE))
OLDER = Message("aluminium 1 kt", (section("aluminium"),))


def refusal(error: str, *messages: str) -> SlackApiError:
    told = {"ok": False, "error": error, "response_metadata": {"messages": list(messages)}}
    return SlackApiError(error, SimpleNamespace(data=told, status_code=200))


def kinds(message: Any) -> set[str]:
    return {block["type"] for block in message.blocks}


def tried(slack: LocalSlack, method: str = "chat.postMessage") -> int:
    return [call.method for call in slack.calls].count(method)


@pytest.mark.usefixtures("bot")
async def test_where_newer_blocks_are_refused_the_older_ones_say_the_same(slack: LocalSlack) -> None:
    slack.plain = True
    await slack.command(ASKED)
    await slack.settle()
    [answer] = slack.messages()
    assert MARCH in answer.text
    assert kinds(answer)
    assert "context_actions" not in kinds(answer)
    assert tried(slack) == 2


@pytest.mark.parametrize(
    ("lacks", "shown"),
    [
        ({"data_visualization"}, "table"),
        ({"context_actions"}, "table"),
        ({"data_visualization", "table"}, ""),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_whatever_is_lacking_the_numbers_stand_and_the_chart_is_named(
    slack: LocalSlack, lacks: set[str], shown: str
) -> None:
    slack.workspace.lacks = lacks
    await slack.command("alumina exports august 2025 to july 2026 trend")
    await slack.settle()
    [answer] = slack.messages()
    assert "520 kt in April" in answer.text  # as published
    assert ("table" in kinds(answer)) == bool(shown)
    assert "Not shown here: the chart “Alumina exports, by month”." in answer.text + str(answer.blocks)


@pytest.mark.usefixtures("bot")
async def test_what_was_taken_is_remembered(slack: LocalSlack) -> None:
    slack.plain = True
    for _ in range(2):
        await slack.command(ASKED)
        await slack.settle()
    assert len(slack.messages()) == 2
    assert tried(slack) == 3  # the second answer goes out in the older form at once


@pytest.mark.usefixtures("bot")
async def test_an_edited_answer_and_one_for_the_asker_alone_go_the_same_way(slack: LocalSlack) -> None:
    slack.plain = True
    await slack.command(f"private {ASKED}")
    ts = await slack.say(f"<@U0ALUMINA> {ASKED}")
    await slack.settle()
    await slack.edit("C_ALUMINIUM", ts, "<@U0ALUMINA> alumina exports april 2024")
    await slack.settle()
    assert MARCH in slack.ephemerals()[-1].text
    [answer] = slack.messages("C_ALUMINIUM", ts)
    assert "Alumina exports, April 2024" in answer.text
    assert tried(slack, "response_url") == 2
    assert kinds(answer)


@pytest.mark.parametrize("error", ["not_in_channel", "internal_error", "ratelimited"])
async def test_nothing_else_is_tried_again(error: str) -> None:
    attempts: list[Message] = []

    async def attempt(shaped: Message) -> None:
        attempts.append(shaped)
        raise refusal(error)

    with pytest.raises(SlackApiError):
        await in_taken_form(NEWER, f"T {error}", attempt)
    assert attempts == [NEWER]


async def test_a_text_that_is_refused_too_is_trouble() -> None:
    async def attempt(shaped: Message) -> None:
        raise refusal("invalid_blocks")

    with pytest.raises(SlackApiError):
        await in_taken_form(NEWER, "T refuses all", attempt)


async def refusing(place: str, error: str, message: Message, *told: str) -> Message:
    """What is taken at last by a place that refuses the first attempt."""
    attempts: list[Message] = []

    async def attempt(shaped: Message) -> Message:
        attempts.append(shaped)
        if len(attempts) == 1:
            raise refusal(error, *told)
        return shaped

    return await in_taken_form(message, place, attempt)


async def taken(place: str, message: Message) -> Message:
    async def attempt(shaped: Message) -> Message:
        return shaped

    return await in_taken_form(message, place, attempt)


async def test_a_message_that_was_too_long_says_nothing_of_its_workspace() -> None:
    assert kinds(await refusing("T long", "msg_blocks_too_long", NEWER)) == {"section", "table"}
    assert await taken("T long", NEWER) == NEWER


@pytest.mark.parametrize(
    "told",
    [
        (),
        ("[ERROR] must be more than 1 row [json-pointer:/blocks/1/rows]",),
        ("[ERROR] a data_table needs a caption [json-pointer:/blocks/1/caption]",),
        ("[ERROR] unsupported type: video [json-pointer:/blocks/0/type]",),
    ],
)
async def test_a_badly_formed_message_says_nothing_of_its_workspace(told: tuple[str, ...]) -> None:
    place = f"T {told}"
    assert kinds(await refusing(place, "invalid_blocks", NEWER, *told)) == {"section", "table"}
    assert await taken(place, NEWER) == NEWER


@pytest.mark.parametrize("body", ["invalid_blocks: unsupported type: data_table", None])
async def test_a_response_url_says_in_its_body_what_is_lacking(body: str | None) -> None:
    attempts: list[Message] = []
    body = body or json.dumps({"ok": False, "error": "invalid_blocks", "errors": [UNSUPPORTED]})

    async def attempt(shaped: Message) -> Message:
        attempts.append(shaped)
        if len(attempts) == 1:
            raise ResponseRefusedError(body, 404)
        return shaped

    await in_taken_form(NEWER, f"T {body}", attempt)
    assert kinds(await taken(f"T {body}", NEWER)) == {"section", "table"}


async def test_where_the_older_form_is_refused_too_none_is_remembered_but_what_explains_it() -> None:
    attempts: list[Message] = []

    async def attempt(shaped: Message) -> Message:
        attempts.append(shaped)
        if len(attempts) < 3:
            raise refusal("invalid_blocks", *([UNSUPPORTED] if len(attempts) == 1 else []))
        return shaped

    assert kinds(await in_taken_form(NEWER, "T twice", attempt)) == set()
    assert await taken("T twice", NEWER) == NEWER


async def test_blocks_that_every_workspace_has_are_always_tried() -> None:
    assert kinds(await refusing("T old", "invalid_blocks", NEWER, UNSUPPORTED)) == {"section", "table"}
    assert kinds(await taken("T old", NEWER)) == {"section", "table"}
    assert await taken("T old", OLDER) == OLDER
    assert await taken("T new", NEWER) == NEWER


def test_it_is_forgotten_after_an_hour() -> None:
    now = 0.0
    memory: Cache[str, str] = Cache(WORKSPACES, AN_HOUR, clock=lambda: now)
    memory.put("T", "table")
    now = AN_HOUR + 1
    assert memory.get("T") is None


def test_a_text_that_is_too_long_loses_its_last_lines() -> None:
    [(_, full), (_, alone)] = shapes(Message("a line\n" * 1_000, (section("a line"),)), "full")
    assert full.text == alone.text
    assert len(full.text) <= TEXT


def test_no_form_is_tried_twice() -> None:
    assert [form for form, _ in shapes(OLDER, "full")] == ["full", "text"]
    assert [form for form, _ in shapes(NEWER, "full")] == ["full", "table", "text"]
    assert [form for form, _ in shapes(NEWER, "table")] == ["table", "text"]
