"""Several workspaces in one local Slack, and installing the app in them."""

from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.gear.slack import LocalSlack
from tests.gear.workspaces import another_workspace
from tests.playground.bots import connected


async def code_of(slack: LocalSlack, **asked: str) -> str:
    """What Slack sends a person back to the app with."""
    asked = {"client_id": slack.oauth.client_id, "scope": "commands,chat:write", "state": "s1"} | asked
    address = f"{slack.url}/oauth/v2/authorize"
    async with (
        aiohttp.ClientSession() as http,
        http.get(address, params=asked, allow_redirects=False) as answer,
    ):
        back = urlsplit(answer.headers["location"])
    assert (answer.status, back.hostname) == (302, "app.example.com")
    told = parse_qs(back.query)
    assert told["state"] == ["s1"]
    return told.get("code", told.get("error", [""]))[0]


async def installed(slack: LocalSlack, code: str, *, secret: str | None = None) -> dict[str, object]:
    client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    secret = slack.oauth.client_secret if secret is None else secret
    asked = {"client_id": slack.oauth.client_id, "client_secret": secret, "code": code}
    answer = await client.api_call("oauth.v2.access", data=asked)
    found: dict[str, object] = dict(answer.data)  # type: ignore[arg-type]
    return found


async def test_each_workspace_has_a_token_and_messages_of_its_own(slack: LocalSlack) -> None:
    slack.oauth.redirect_url = "https://app.example.com/back"
    other = await slack.open_workspace(another_workspace("T0OTHER", "Other Desk"))
    told = await installed(slack, await code_of(slack, team="T0OTHER"))
    assert (told["team"], told["scope"]) == ({"id": "T0OTHER", "name": "Other Desk"}, "chat:write,commands")
    client = AsyncWebClient(str(told["access_token"]), base_url=slack.api_url, retry_handlers=[])
    who = await client.auth_test()
    assert (who["team_id"], who["user_id"]) == ("T0OTHER", "U0OTHERBOT")
    await client.chat_postMessage(channel="C_ALUMINIUM", text="hello")
    assert ([each.text for each in other.messages()], slack.messages()) == (["hello"], [])


async def test_the_bot_hears_of_both_and_whose_each_is(slack: LocalSlack) -> None:
    async with connected(slack) as bot:
        other = await slack.open_workspace(another_workspace("T0OTHER", "Other Desk"))
        await slack.command("march")
        await other.command("march")
        assert [heard.form["team_id"] for heard in bot.heard] == ["T0LOCAL", "T0OTHER"]
        async with aiohttp.ClientSession() as http:
            url = bot.heard[1].form["response_url"]
            await http.post(url, json={"text": "for one", "response_type": "ephemeral"})
    assert ([each.text for each in other.ephemerals()], slack.ephemerals()) == (["for one"], [])


@pytest.mark.parametrize("how", ["used", "unknown", "secret"])
async def test_a_code_is_good_once_and_for_the_app_alone(slack: LocalSlack, how: str) -> None:
    slack.oauth.redirect_url = "https://app.example.com/back"
    code = await code_of(slack)
    if how == "used":
        await installed(slack, code)
    with pytest.raises(SlackApiError, match="bad_client_secret" if how == "secret" else "invalid_code"):
        await installed(
            slack, "none" if how == "unknown" else code, secret="other" if how == "secret" else None
        )


async def test_who_says_no_comes_back_without_a_code(slack: LocalSlack) -> None:
    slack.oauth.redirect_url, slack.oauth.denied = "https://app.example.com/back", True
    assert await code_of(slack) == "access_denied"


async def test_once_it_is_taken_away_the_token_holds_no_more_and_two_events_say_so(slack: LocalSlack) -> None:
    slack.oauth.redirect_url = "https://app.example.com/back"
    first = await installed(slack, await code_of(slack))
    assert (await installed(slack, await code_of(slack)))["access_token"] == first["access_token"]
    async with connected(slack) as bot:
        slack.oauth.uninstall(slack)
        await slack.settle()
        assert sorted(event["type"] for event in bot.events) == ["app_uninstalled", "tokens_revoked"]
    client = AsyncWebClient(str(first["access_token"]), base_url=slack.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()
    assert (await installed(slack, await code_of(slack)))["access_token"] != first["access_token"]
