"""The Web API as the real client meets it."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.gear.slack import LocalSlack
from tests.gear.workspaces import archive
from tests.tables import tables

CASES = tables("playground/cases.yaml")

ROOM = "C_ALUMINIUM"
META = {"event_type": "edition", "event_payload": {"month": "2024-03"}}


async def refused(call: Awaitable[Any], error: str) -> dict[str, Any]:
    """The answer that refuses the call by that name."""
    with pytest.raises(SlackApiError) as caught:
        await call
    answer: dict[str, Any] = caught.value.response.data
    assert answer["error"] == error
    return answer


async def test_the_token_names_the_bot_and_its_scopes(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U0ALUMINA", "B0ALUMINA", "T0LOCAL")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_what_slack_refuses(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    for method, arguments, error in CASES["refused"]:
        body = {"token": slack.bot_token} | arguments
        async with http.post(f"{slack.api_url}{method}", data=body) as response:
            assert (await response.json())["error"] == error, (method, arguments)
    assert slack.messages(ROOM) == []


async def test_arguments_come_as_query_form_or_json(slack: LocalSlack, http: aiohttp.ClientSession) -> None:
    url = f"{slack.api_url}chat.postMessage"
    query = {"token": slack.bot_token, "channel": ROOM, "text": "query"}
    bearer = {"Authorization": f"Bearer {slack.bot_token}"}
    ways: list[dict[str, Any]] = [
        {"params": query},
        {"data": query | {"text": "form"}},
        {"json": {"channel": ROOM, "text": "json"}, "headers": bearer},
    ]
    for way in ways:
        async with http.post(url, **way) as response:
            assert (await response.json())["ok"]
    assert [message.text for message in slack.messages(ROOM)] == ["query", "form", "json"]


async def test_a_message_is_posted_with_metadata_and_read_back(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=ROOM, text="hello", metadata=META)
    plain = await client.conversations_history(channel=ROOM)
    whole = await client.conversations_history(channel=ROOM, include_all_metadata=True)
    assert plain["messages"][0]["metadata"] == {"event_type": "edition", "event_payload": {}}
    assert whole["messages"][0]["metadata"] == META
    assert whole["messages"][0]["ts"] == posted["ts"]


async def test_history_is_newest_first_in_pages_without_replies_within_bounds(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel=ROOM, text=str(at)))["ts"] for at in range(5)]
    await client.chat_postMessage(channel=ROOM, text="reply", thread_ts=stamps[0])
    pages = [page["messages"] async for page in await client.conversations_history(channel=ROOM, limit=2)]
    assert [[message["text"] for message in page] for page in pages] == [["4", "3"], ["2", "1"], ["0"]]
    assert pages[2][0]["reply_count"] == 1
    bounds = {"oldest": stamps[1], "latest": stamps[3]}
    for inclusive, expected in ((False, ["2"]), (True, ["3", "2", "1"])):
        found = await client.conversations_history(channel=ROOM, **bounds, inclusive=inclusive)
        assert [message["text"] for message in found["messages"]] == expected


async def test_a_thread_begins_with_its_first_message(client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel=ROOM, text="root"))["ts"]
    await client.chat_postMessage(channel=ROOM, text="one", thread_ts=root)
    reply = await client.chat_postMessage(channel=ROOM, text="two", thread_ts=root)
    found = await client.conversations_replies(channel=ROOM, ts=root, oldest=reply["ts"], inclusive=True)
    assert [message["text"] for message in found["messages"]] == ["root", "two"]
    assert {message["thread_ts"] for message in found["messages"]} == {root}


async def test_membership_changes_while_running(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.workspace.invite("C_GENERAL")
    slack.workspace.kick("C_DESK")
    await client.chat_postMessage(channel="C_GENERAL", text="here")
    # A private channel the bot was taken out of does not exist for it.
    await refused(client.chat_postMessage(channel="C_DESK", text="x"), "channel_not_found")
    archive(slack.workspace, ROOM)
    await refused(client.chat_postMessage(channel=ROOM, text="x"), "is_archived")
    # A person's id stands for the direct conversation.
    await client.chat_postMessage(channel="U_BEN", text="psst")
    assert [message.text for message in slack.messages("D_BEN")] == ["psst"]


NEEDED: dict[str, Callable[[AsyncWebClient], Awaitable[Any]]] = {
    "chat:write": lambda client: client.chat_postMessage(channel=ROOM, text="x"),
    "channels:history": lambda client: client.conversations_history(channel=ROOM),
    "groups:history": lambda client: client.conversations_history(channel="C_DESK"),
    "channels:read": lambda client: client.conversations_info(channel=ROOM),
    "users:read": lambda client: client.users_info(user="U_ANA"),
}


async def test_a_scope_taken_away_is_missed(slack: LocalSlack, client: AsyncWebClient) -> None:
    for scope, call in NEEDED.items():
        await call(client)
        slack.scopes.remove(scope)
        assert (await refused(call(client), "missing_scope"))["needed"] == scope


async def test_too_long_blocks_are_refused_as_slack_does(client: AsyncWebClient) -> None:
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    answer = await refused(client.chat_postMessage(channel=ROOM, text="x", blocks=blocks), "invalid_blocks")
    reason = "must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    assert answer["errors"] == [reason]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {reason}"]


async def test_text_alone_takes_the_blocks_away(slack: LocalSlack, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(
        channel=ROOM, text="x", blocks=[{"type": "divider"}], metadata=META
    )
    await client.chat_update(channel=ROOM, ts=posted["ts"], text="y")
    (message,) = slack.messages(ROOM)
    assert (message.text, message.blocks, message.metadata) == ("y", (), META)
    assert message.edited is not None


async def test_only_own_messages_are_changed_or_deleted(slack: LocalSlack, client: AsyncWebClient) -> None:
    ts = await slack.say("mine", channel=ROOM)
    await refused(client.chat_update(channel=ROOM, ts=ts, text="x"), "cant_update_message")
    await refused(client.chat_delete(channel=ROOM, ts=ts), "cant_delete_message")
    posted = await client.chat_postMessage(channel=ROOM, text="x")
    await client.chat_delete(channel=ROOM, ts=posted["ts"])
    assert [message.ts for message in slack.messages(ROOM)] == [ts]


async def test_an_ephemeral_message_is_seen_by_one_member(slack: LocalSlack, client: AsyncWebClient) -> None:
    await client.chat_postEphemeral(channel=ROOM, user="U_BEN", text="only you")
    assert [message.text for message in slack.ephemerals("U_BEN")] == ["only you"]
    assert slack.messages(ROOM) == slack.ephemerals("U_ANA") == []


async def test_what_a_channel_is(client: AsyncWebClient) -> None:
    for channel, facts in CASES["channels"].items():
        found = (await client.conversations_info(channel=channel))["channel"]
        assert facts.items() <= found.items()


async def test_blocks_are_checked_without_posting(slack: LocalSlack, client: AsyncWebClient) -> None:
    assert (await client.blocks_validate(blocks=[{"type": "divider"}]))["ok"]
    answer = await refused(client.blocks_validate(blocks=[{"type": "video"}]), "invalid_blocks")
    assert answer["errors"][0]["pointer"] == "/blocks/0"
    assert slack.messages(ROOM) == []


async def test_calls_are_on_record_without_the_token(slack: LocalSlack, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel=ROOM, text="x", unfurl_links=False)
    assert slack.calls == [("chat.postMessage", {"channel": ROOM, "text": "x", "unfurl_links": False})]
