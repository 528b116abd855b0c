"""The same deliveries through Socket Mode, to Slack's own client."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.gear.slack import LocalSlack
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
async def socket(slack: LocalSlack) -> AsyncIterator[SocketModeClient]:
    client = SocketModeClient(
        slack.app_token, web_client=AsyncWebClient(base_url=slack.api_url), ping_interval=60
    )
    await client.connect()  # type: ignore[no-untyped-call]
    yield client
    await client.close()  # type: ignore[no-untyped-call]


@pytest.fixture
def listener(socket: SocketModeClient) -> Listener:
    found = Listener()
    socket.socket_mode_request_listeners.append(found)
    return found


async def test_a_command_is_acknowledged_with_an_answer(slack: LocalSlack, listener: Listener) -> None:
    reply = await slack.command("march")
    (heard,) = listener.heard
    assert (reply.status, heard.type, heard.accepts_response_payload) == (200, "slash_commands", True)
    assert heard.payload["text"] == "march"
    assert [message.text for message in slack.ephemerals()] == ["at once"]


async def test_an_event_and_a_button_come_through(slack: LocalSlack, listener: Listener) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "x"}, "action_id": "more"}
    message = slack.workspace.post(
        "C_ALUMINIUM", "U0ALUMINA", "x", blocks=[{"type": "actions", "elements": [button]}]
    )
    await slack.say("hello")
    await slack.press("C_ALUMINIUM", message.ts, "more")
    await slack.settle()
    assert sorted(heard.type for heard in listener.heard) == ["events_api", "events_api", "interactive"]
    events = [heard.payload["event"] for heard in listener.heard if heard.type == "events_api"]
    assert {event["text"] for event in events} == {"x", "hello"}


async def test_an_event_not_acknowledged_comes_again(listener: Listener, slack: LocalSlack) -> None:
    listener.deaf = 1
    await slack.say("hello")
    await slack.wait_for(lambda: listener.heard)
    await slack.sockets.disconnect()
    await slack.wait_for(lambda: len(listener.heard) == 2)
    await slack.settle()
    first, second = listener.heard
    assert first.payload["event_id"] == second.payload["event_id"]
    assert (first.retry_attempt, second.retry_attempt) == (0, 1)


async def test_http_follows_sockets(slack: LocalSlack, socket: SocketModeClient, listener: Listener) -> None:
    async with connected(slack) as other:
        await slack.command("by socket")
        await slack.sockets.disconnect()
        await slack.command("by the next socket")
        assert [call.method for call in slack.calls].count("apps.connections.open") == 2
        await socket.close()  # type: ignore[no-untyped-call]
        await slack.wait_for(lambda: not slack.sockets.is_open)
        assert not (await slack.command("by http")).failure
    assert [heard.payload["text"] for heard in listener.heard] == ["by socket", "by the next socket"]
    assert [heard.form["text"] for heard in other.heard] == ["by http"]
