"""The same deliveries through Socket Mode, to Slack's own client."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack import LocalSlack
from tests.playground.bots import connected


class Listener:
    """Acknowledges what comes, but for the first `deaf` requests."""

    def __init__(self) -> None:
        self.heard: list[SocketModeRequest] = []
        self.deaf = 0

    async def __call__(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        if len(self.heard) > self.deaf:
            payload = {"text": "at once"} if request.type == "slash_commands" else None
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))


@pytest.fixture
async def quick() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(ack_timeout=2) as slack:
        yield slack


@pytest.fixture
async def socket(quick: LocalSlack) -> AsyncIterator[SocketModeClient]:
    client = SocketModeClient(
        quick.app_token, web_client=AsyncWebClient(base_url=quick.api_url), ping_interval=0.2
    )
    await client.connect()  # type: ignore[no-untyped-call]
    yield client
    await client.close()  # type: ignore[no-untyped-call]


@pytest.fixture
def listener(socket: SocketModeClient) -> Listener:
    found = Listener()
    socket.socket_mode_request_listeners.append(found)
    return found


async def test_a_wrong_app_token_opens_nothing(slack: LocalSlack, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.apps_connections_open(app_token="xapp-wrong")


async def test_a_command_is_acknowledged_with_an_answer(quick: LocalSlack, listener: Listener) -> None:
    reply = await quick.command("march")
    (heard,) = listener.heard
    assert (reply.status, heard.type, heard.accepts_response_payload) == (200, "slash_commands", True)
    assert heard.payload["text"] == "march"
    assert [message.text for message in quick.ephemerals()] == ["at once"]


async def test_an_event_and_a_button_come_through(quick: LocalSlack, listener: Listener) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "x"}, "action_id": "more"}
    message = quick.workspace.post(
        "C_ALUMINIUM", "U0ALUMINA", "x", blocks=[{"type": "actions", "elements": [button]}]
    )
    await quick.say("hello")
    await quick.press("C_ALUMINIUM", message.ts, "more")
    await quick.settle()
    assert sorted(heard.type for heard in listener.heard) == ["events_api", "events_api", "interactive"]
    assert {heard.payload["event"]["text"] for heard in listener.heard if heard.type == "events_api"} == {
        "x",
        "hello",
    }


async def test_an_event_not_acknowledged_comes_again(listener: Listener, quick: LocalSlack) -> None:
    listener.deaf = 1
    await quick.say("hello")
    await quick.wait_for(lambda: listener.heard)
    await quick.sockets.disconnect()
    await quick.wait_for(lambda: len(listener.heard) == 2)
    await quick.settle()
    first, second = listener.heard
    assert first.payload["event_id"] == second.payload["event_id"]
    assert (first.retry_attempt, second.retry_attempt) == (0, 1)


async def test_the_client_comes_back_after_a_disconnect(quick: LocalSlack, listener: Listener) -> None:
    await quick.sockets.disconnect()
    assert (await quick.command("march")).status == 200
    assert [call.method for call in quick.calls].count("apps.connections.open") == 2


async def test_once_the_sockets_are_closed_http_is_the_way_again(
    quick: LocalSlack, socket: SocketModeClient, listener: Listener
) -> None:
    async with connected(quick) as other:
        await quick.command("by socket")
        await quick.sockets.disconnect()
        await quick.command("by the next socket")
        await socket.close()  # type: ignore[no-untyped-call]
        await quick.wait_for(lambda: not quick.sockets.is_open)
        assert not (await quick.command("by http")).failure
    assert [heard.payload["text"] for heard in listener.heard] == ["by socket", "by the next socket"]
    assert [heard.form["text"] for heard in other.heard] == ["by http"]
