"""Failures that a test orders."""

import asyncio
import random
from collections import Counter

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import people
from tests.gear.faults import Chance, Fault, When
from tests.gear.slack import LocalSlack

ROOM = "C_ALUMINIUM"


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [(429, None, "ratelimited"), (500, None, "internal_error"), (None, "fatal_error", "fatal_error")],
)
async def test_a_refusal_comes_as_ordered_and_once(
    slack: LocalSlack, client: AsyncWebClient, status: int | None, error: str | None, said: str
) -> None:
    slack.fail("chat.postMessage", status=status, error=error)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=ROOM, text="lost")
    assert caught.value.response["error"] == said
    assert caught.value.response.status_code == (status or 200)
    await client.chat_postMessage(channel=ROOM, text="kept")
    assert [message.text for message in slack.messages(ROOM)] == ["kept"]


@pytest.mark.parametrize(("when", "left"), [("before", []), ("after", ["x"])])
async def test_a_connection_is_closed_without_an_answer(
    slack: LocalSlack, client: AsyncWebClient, when: str, left: list[str]
) -> None:
    slack.fail("chat.postMessage", when=when)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=ROOM, text="x")
    assert [message.text for message in slack.messages(ROOM)] == left


async def test_the_error_may_hide_that_the_call_took_effect(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    slack.fail("chat.postMessage", error="internal_error", when="after")
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=ROOM, text="x")
    assert len(slack.messages(ROOM)) == 1


async def test_several_failures_are_used_up_in_order(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.fail("auth.test", error="first", times=2)
    slack.fail("auth.test", error="second")
    errors = []
    for _ in range(3):
        with pytest.raises(SlackApiError) as caught:
            await client.auth_test()
        errors.append(caught.value.response["error"])
    assert errors == ["first", "first", "second"]
    assert (await client.auth_test())["ok"]


async def test_the_real_client_waits_as_long_as_it_is_told(slack: LocalSlack, client: AsyncWebClient) -> None:
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    slack.fail("chat.postMessage", status=429, retry_after=0)
    await client.chat_postMessage(channel=ROOM, text="x")
    assert [call.method for call in slack.calls] == ["chat.postMessage"] * 2
    assert len(slack.messages(ROOM)) == 1


@pytest.mark.parametrize(("when", "kept"), [("before", 0), ("after", 1)])
async def test_a_call_is_held_before_or_after_it_takes_effect(
    slack: LocalSlack, client: AsyncWebClient, when: When, kept: int
) -> None:
    hold = slack.faults.hold("chat.postMessage", when=when)
    call = asyncio.create_task(client.chat_postMessage(channel=ROOM, text="x"))
    await hold.reached.wait()
    assert len(slack.messages(ROOM)) == kept
    hold.let_go()
    assert (await call)["ok"]
    assert len(slack.messages(ROOM)) == 1


@pytest.mark.parametrize(("drop", "kept"), [(True, 0), (False, 1)])
async def test_a_held_call_may_still_take_effect_when_its_caller_is_gone(
    slack: LocalSlack, client: AsyncWebClient, drop: bool, kept: int
) -> None:
    hold = slack.faults.hold("chat.postMessage", when="before")
    call = asyncio.create_task(client.chat_postMessage(channel=ROOM, text="x"))
    await hold.reached.wait()
    call.cancel()
    await asyncio.wait([call])
    hold.drop() if drop else hold.let_go()
    await slack.settle()
    assert len(slack.messages(ROOM)) == kept


async def test_in_an_outage_nothing_is_answered(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.faults.down = True
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.auth_test()
    slack.faults.down = False
    assert (await client.auth_test())["ok"]


async def test_another_workspace_is_reached_by_its_own_token(
    slack: LocalSlack, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    other = people.new_workspace()
    slack.add_workspace(other, "xoxb-other")
    second = AsyncWebClient(token="xoxb-other", base_url=slack.api_url, session=http)
    await second.chat_postMessage(channel=ROOM, text="elsewhere")
    assert slack.messages(ROOM) == []
    assert [message.text for message in other.top_level(ROOM)] == ["elsewhere"]


async def test_one_call_in_so_many_fails_in_a_way_of_its_method(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    ways = {"auth.test": [Fault(error="first"), Fault(error="second")]}
    slack.faults.chance = Chance(0.3, lambda method: ways.get(method, ()), random.Random(1))
    errors: Counter[str] = Counter()
    for _ in range(200):
        try:
            await client.auth_test()
        except SlackApiError as refusal:
            errors[refusal.response["error"]] += 1
        await client.chat_postMessage(channel=ROOM, text="x")  # never fails: it has no way to
    assert set(errors) == {"first", "second"}
    assert 30 <= errors.total() <= 90  # 60 of 200, give or take more than four standard deviations
    assert len(slack.messages(ROOM)) == 200


async def test_the_same_call_fails_so_often_at_most_and_another_is_counted_by_itself(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    slack.faults.chance = Chance(1, lambda method: [Fault(error="always")], random.Random(1), most=2)
    for text in ("one", "other"):
        for _ in range(2):
            with pytest.raises(SlackApiError, match="always"):
                await client.chat_postMessage(channel=ROOM, text=text)
        await client.chat_postMessage(channel=ROOM, text=text)
    assert [message.text for message in slack.messages(ROOM)] == ["one", "other"]
