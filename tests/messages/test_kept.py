"""Blocks that are kept: the JSON that goes to Slack is the same as if each were written anew."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.messages.blocks import context, section
from bot.messages.kept import Kept, Written, in_json, written
from bot.messages.limits import kept, problems
from bot.messages.message import Message, kept_ready
from bot.sending import send
from bot.settings import Settings
from bot.slack import slack_client

ODD = section('中国 "quoted" \\ \u2028 😀 , }] <@U1>')


def test_blocks_are_written_the_same_whether_kept_or_not() -> None:
    blocks = [ODD, context("who asked"), {"type": "divider"}]
    assert json.loads(written(blocks)) == blocks
    assert json.loads(written([Kept(ODD), *blocks[1:]])) == blocks
    assert json.loads(written([])) == []


@pytest.mark.parametrize("around", [{}, {"text": "a", "metadata": {"b": [1]}}, {"é": None}])
def test_what_is_written_goes_in_as_it_stands(around: Mapping[str, Any]) -> None:
    told = in_json({**around, "blocks": written([ODD])})
    assert json.loads(told) == {**around, "blocks": [ODD]}
    assert json.loads(in_json(around)) == around


def test_other_values_are_written_as_ever() -> None:
    assert in_json(["a", 1]) == '["a", 1]'
    assert in_json({"blocks": "[1]"}) == '{"blocks": "[1]"}'
    assert in_json({"a": Written("[1]"), "b": Written("{}")}) == '{"a": [1], "b": {}}'


def test_a_block_in_which_something_is_wrong_is_not_kept() -> None:
    broken = section("x" * 3_001)
    assert kept(broken) is broken
    assert [each.pointer for each in problems("x", (kept(ODD), kept(broken)))] == ["/blocks/1/text/text"]


async def test_slack_gets_a_list_of_blocks() -> None:
    """Not one in a string: of a JSON body that is nowhere promised to be taken."""
    got: list[Any] = []

    async def take(request: web.Request) -> web.Response:
        got.append(await request.json())
        return web.json_response({"ok": True, "channel": "C1", "ts": "1.2"})

    app = web.Application()
    app.router.add_post("/api/chat.postMessage", take)
    async with TestServer(app) as server:
        env = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": str(server.make_url("/api/"))}
        async with slack_client(Settings.from_env(env)) as client:
            message = kept_ready(Message("140 kt", (ODD,)))
            await send(client, "C1", message, thread_ts="1.1", metadata={"event_type": "x"})
            await send(client, "C1", Message("text alone", ()))
    assert got[0]["blocks"] == [ODD]
    assert (got[0]["text"], got[0]["thread_ts"]) == ("140 kt", "1.1")
    assert "blocks" not in got[1]
