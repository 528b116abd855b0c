"""The limits of an app that is distributed outside Slack's Marketplace, on request."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.arguments import Arguments
from tests.gear.read_limit import MESSAGES, SECONDS, ReadLimit
from tests.gear.slack import LocalSlack

ROOM = "C_ALUMINIUM"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_limited_unless_that_is_asked_for() -> None:
    reading = ReadLimit()
    assert [reading.wait_seconds("xoxb", "conversations.history") for _ in range(3)] == [0, 0, 0]
    assert reading.cut("conversations.history", Arguments({"limit": "200"})).text("limit") == "200"


def test_each_method_reads_each_workspace_once_a_minute() -> None:
    clock = Clock()
    reading = ReadLimit(clock)
    reading.limit()
    asked = (
        ("one", "conversations.history"),
        ("one", "conversations.replies"),
        ("two", "conversations.history"),
    )
    assert [reading.wait_seconds(*each) for each in asked] == [0, 0, 0]
    clock.now += 0.5
    assert [reading.wait_seconds(*each) for each in asked] == [60, 60, 60]
    clock.now += SECONDS - 0.5
    assert reading.wait_seconds(*asked[0]) == 0
    assert reading.wait_seconds(*asked[0]) == 60
    assert reading.wait_seconds("one", "chat.postMessage") == 0


async def said(slack: LocalSlack, number: int, thread_ts: str | None = None) -> list[str]:
    return [await slack.say(f"word {each}", thread_ts=thread_ts) for each in range(number)]


async def refused(client: AsyncWebClient, method: str, **arguments: Any) -> SlackApiError:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, params={"channel": ROOM, **arguments})
    return caught.value


@pytest.mark.parametrize("limit", [200, None])
async def test_a_page_has_fifteen_messages_however_many_are_asked_for(
    slack: LocalSlack, client: AsyncWebClient, limit: int | None
) -> None:
    thread = (await said(slack, 20))[-1]
    await said(slack, 20, thread)
    slack.limit_reading()
    page = await client.conversations_history(channel=ROOM, limit=limit)
    replies = await client.conversations_replies(channel=ROOM, ts=thread, limit=limit)
    assert (len(page["messages"]), page["has_more"]) == (MESSAGES, True)
    assert (len(replies["messages"]), replies["has_more"]) == (MESSAGES, True)


async def test_the_next_page_is_refused_with_the_time_to_wait(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    thread = (await said(slack, 1))[0]
    slack.limit_reading()
    for method, where in (("conversations.history", {}), ("conversations.replies", {"ts": thread})):
        await client.api_call(method, params={"channel": ROOM, **where})
        refusal = await refused(client, method, **where)
        assert (refusal.response.status_code, refusal.response["error"]) == (429, "ratelimited")
        assert 0 < int(refusal.response.headers["Retry-After"]) <= SECONDS
