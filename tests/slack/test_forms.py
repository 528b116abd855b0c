"""The forms of a message: the fullest that a workspace takes is found, and remembered for an hour."""

import json
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.messages.blocks import section
from bot.messages.limits import TEXT
from bot.messages.message import Message
from bot.slack.errors import ResponseRefusedError
from bot.slack.fallback import in_bytes, in_taken_form, shapes
from tests.gear.slack import LocalSlack
from tests.slack.events import calls, settled

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
OLDER_KINDS = {"section", "table"}  # of NEWER, where its table goes in older blocks


def refusal(error: str, *messages: str) -> SlackApiError:
    told = {"ok": False, "error": error, "response_metadata": {"messages": list(messages)}}
    return SlackApiError(error, SimpleNamespace(data=told, status_code=200))


def kinds(message: Any) -> set[str]:
    return {block["type"] for block in message.blocks}


@pytest.mark.usefixtures("bot")
async def test_where_newer_blocks_are_refused_the_older_ones_say_the_same_from_then_on(
    slack: LocalSlack,
) -> None:
    slack.plain = True
    for posts in (2, 3):  # the second answer goes out in the older form at once
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
    await settled(slack, slack.command("alumina exports august 2025 to july 2026 trend"))
    [answer] = slack.messages()
    assert "520 kt in April" in answer.text  # as published
    assert ("table" in kinds(answer)) == bool(shown)
    assert "Not shown here: the chart “Alumina exports, by month”." in answer.text + str(answer.blocks)


async def taken(place: str, message: Message, refusals: Iterable[Exception] = ()) -> Message:
    """What is taken at last by a place that refuses the first attempts so."""
    refused = iter(refusals)

    async def attempt(shaped: Message) -> Message:
        for each in refused:
            raise each
        return shaped

    return await in_taken_form(message, place, attempt)


async def test_nothing_else_is_tried_again_and_a_text_that_is_refused_too_is_trouble() -> None:
    for error in ("not_in_channel", "internal_error", "ratelimited"):
        rest = iter([refusal(error), refusal("never raised")])
        with pytest.raises(SlackApiError, match=error):
            await taken(f"T {error}", NEWER, rest)
        assert len(list(rest)) == 1
    with pytest.raises(SlackApiError):
        await taken("T refuses all", NEWER, [refusal("invalid_blocks")] * 9)


async def test_a_message_that_was_too_long_or_badly_formed_says_nothing_of_its_workspace() -> None:
    for number, each in enumerate(
        (
            refusal("msg_blocks_too_long"),
            refusal("invalid_blocks"),
            refusal("invalid_blocks", "[ERROR] must be more than 1 row [json-pointer:/blocks/1/rows]"),
            refusal("invalid_blocks", "[ERROR] it needs a caption [json-pointer:/blocks/1/caption]"),
            refusal("invalid_blocks", "[ERROR] unsupported type: video [json-pointer:/blocks/0/type]"),
        )
    ):
        assert kinds(await taken(f"T bad {number}", NEWER, [each])) == OLDER_KINDS
        assert await taken(f"T bad {number}", NEWER) == NEWER


async def test_what_a_workspace_lacks_is_remembered_and_blocks_that_all_have_are_always_tried() -> None:
    lacking = json.dumps({"ok": False, "error": "invalid_blocks", "errors": [UNSUPPORTED]})
    for place, each in (
        ("T old", refusal("invalid_blocks", UNSUPPORTED)),
        ("T text", ResponseRefusedError("invalid_blocks: unsupported type: data_table", 404)),
        ("T json", ResponseRefusedError(lacking, 404)),
    ):
        assert kinds(await taken(place, NEWER, [each])) == OLDER_KINDS
        assert kinds(await taken(place, NEWER)) == OLDER_KINDS
        assert await taken(place, OLDER) == OLDER
    assert await taken("T new", NEWER) == NEWER
    # Where the older form is refused too none is remembered but what explains it.
    refusals = [refusal("invalid_blocks", UNSUPPORTED), refusal("invalid_blocks")]
    assert kinds(await taken("T twice", NEWER, refusals)) == set()
    assert await taken("T twice", NEWER) == NEWER


def test_a_text_that_is_too_long_loses_its_last_lines_and_no_form_is_tried_twice() -> None:
    [(_, full), (_, alone)] = shapes(Message("a line\n" * 1_000, (section("a line"),)), "full")
    assert full.text == alone.text
    assert len(full.text) <= TEXT
    assert [form for form, _ in shapes(OLDER, "full")] == ["full", "text"]
    assert [form for form, _ in shapes(NEWER, "full")] == ["full", "table", "text"]
    assert [form for form, _ in shapes(NEWER, "table")] == ["table", "text"]


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("one\ntwo", 7, "one\ntwo"),
        ("one\ntwo\nand three", 16, "one\n2 more lines."),  # 17 bytes in all
        ("one\ntwo\nand more than three", 23, "one\ntwo\n1 more line."),
        ("一\n二", 7, "一\n二"),  # three bytes each
        ("一\n二二二二二", 18, "一\n1 more line."),  # 19 bytes
        ("first line alone", 3, "first line alone"),
    ],
)
def test_in_an_edited_message_slack_counts_bytes_and_whole_lines_are_kept(
    text: str, most: int, kept: str
) -> None:
    assert in_bytes(text, most) == kept
