"""The home tab: opened by a person, published by the bot, its buttons told without a channel."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.gear.slack import LocalSlack
from tests.playground.bots import RecordingBot

BUTTON = {"type": "button", "action_id": "ask_0", "text": {"type": "plain_text", "text": "March"}}
VIEW: dict[str, Any] = {
    "type": "home",
    "blocks": [{"type": "actions", "elements": [BUTTON | {"value": "march"}]}],
}


async def test_who_comes_finds_its_page(slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient) -> None:
    slack.home.open()
    await slack.settle()
    first = bot.events[-1]
    assert (first["type"], first["user"], first["channel"]) == ("app_home_opened", "U_ANA", "D_ANA")
    assert (first["tab"], "view" in first) == ("home", False)
    await client.views_publish(user_id="U_ANA", view=VIEW)
    assert [block["type"] for block in (slack.home.shown() or {})["blocks"]] == ["actions"]
    assert slack.home.shown("U_BEN") is None
    slack.home.open()
    await slack.settle()
    assert bot.events[-1]["view"]["type"] == "home"
    slack.home.open("messages")
    await slack.settle()
    assert (bot.events[-1]["tab"], "view" in bot.events[-1]) == ("messages", False)


async def test_a_button_there_has_a_trigger_and_no_channel(
    slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    await client.views_publish(user_id="U_ANA", view=VIEW)
    async with http.post(f"{slack.url}/page/pressed", json={"action_id": "ask_0"}) as response:
        assert (await response.json())["ok"]
    told = json.loads(bot.heard[-1].form["payload"])
    assert (told["actions"][0]["value"], told["container"]["type"]) == ("march", "view")
    assert told["view"]["type"] == "home"
    assert {"channel", "message", "response_url"}.isdisjoint(told)


async def test_what_is_not_published(client: AsyncWebClient) -> None:
    await client.views_publish(user_id="U_ANA", view=VIEW)
    for changed, error in (
        ({"user_id": "U_NOBODY"}, "user_not_found"),
        ({"hash": "old"}, "hash_conflict"),
        ({"view": VIEW | {"type": "modal"}}, "invalid_arguments"),
        ({"view": VIEW | {"blocks": [{"type": "video"}]}}, "invalid_arguments"),
    ):
        with pytest.raises(SlackApiError, match=error):
            await client.views_publish(**{"user_id": "U_ANA", "view": VIEW} | changed)
