"""Two connections of Socket Mode: one of them ends, and nothing is lost and nothing is answered twice."""

import asyncio

import pytest
from aiohttp import ClientWebSocketResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.sockets import CONNECTIONS, connected
from tests.slack.desk import by_socket
from tests.slack.events import by_bot, settled
from tests.slack.example import CHANNEL, MARCH, MENTION


async def asked(slack, number):
    return [await slack.say(MENTION) for _ in range(number)]


async def all_answered_once(slack, questions):
    await settled(slack, slack.wait_for(lambda: all(by_bot(slack, CHANNEL, ts) for ts in questions)))
    for ts in questions:
        [answer] = by_bot(slack, CHANNEL, ts)
        assert MARCH in answer


@by_socket
@pytest.mark.usefixtures("bot")
async def test_what_comes_while_slack_has_a_connection_made_anew_is_answered_once(slack):
    assert slack.sockets.connections == CONNECTIONS == 2
    for number in (0, 1, None, 0, 0):
        questions = await asked(slack, 3)
        await slack.sockets.disconnect(number)
        questions += await asked(slack, 3)
        await slack.wait_for(lambda: slack.sockets.connections == 2)
        await all_answered_once(slack, questions + await asked(slack, 2))


@by_socket
@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("number", [0, 1])
async def test_what_was_on_a_broken_connection_comes_by_the_other(slack, number):
    questions = await asked(slack, 6)
    await asyncio.sleep(0)  # they are on their way
    slack.sockets.drop(number)
    await all_answered_once(slack, questions + await asked(slack, 6))


@pytest.fixture
def often_pinged(monkeypatch):
    """A broken connection is found out by a ping."""
    monkeypatch.setattr("bot.slack.sockets.PING_SECONDS", 0.5)


@by_socket
@pytest.mark.usefixtures("often_pinged", "bot")
async def test_connections_break_off_and_come_back_through_many_reconnects(slack):
    questions = await asked(slack, 3)
    slack.sockets.drop()  # both
    await slack.wait_for(lambda: slack.sockets.connections, within=60)
    for step in range(8):
        questions += await asked(slack, 4)
        if step % 2:
            await slack.sockets.disconnect(0)
        elif slack.sockets.connections == 2:
            slack.sockets.drop(1)
        await slack.wait_for(lambda: slack.sockets.connections)
    await all_answered_once(slack, questions)


def bare_app(slack):
    return AsyncApp(client=AsyncWebClient(slack.bot_token, base_url=slack.api_url), signing_secret="")


@pytest.mark.parametrize("number", [0, 1])
async def test_a_command_in_hand_is_acknowledged_before_closing(slack, number):
    begun, go_on, app = asyncio.Semaphore(0), asyncio.Event(), bare_app(slack)

    async def slow(ack):
        begun.release()
        await go_on.wait()
        await ack("at last")

    app.command("/alumina")(slow)
    async with connected(app, slack.app_token):
        commands = [asyncio.create_task(slack.command("march")) for _ in range(2)]
        for _ in commands:
            await begun.acquire()
        await slack.sockets.disconnect(number)
        asyncio.get_running_loop().call_later(0.5, go_on.set)
        replies = await asyncio.gather(*commands)
    assert {(reply.status, reply.failure) for reply in replies} == {(200, "")}
    assert [message.text for message in slack.ephemerals()] == ["at last", "at last"]


async def test_a_silent_connection_is_left_anyway(slack, monkeypatch):
    monkeypatch.setattr("bot.slack.sockets.GOODBYE_SECONDS", 0.05)
    left: list[ClientWebSocketResponse] = []

    async def unanswered(self, **_):
        if self not in left:
            left.append(self)
            try:
                await asyncio.Event().wait()
            finally:
                self._response.close()
        return False

    async with asyncio.timeout(60), connected(bare_app(slack), slack.app_token):
        monkeypatch.setattr(ClientWebSocketResponse, "close", unanswered)
    assert len(left) == CONNECTIONS
    await slack.wait_for(lambda: not slack.sockets.connections)
