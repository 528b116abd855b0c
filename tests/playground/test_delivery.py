"""What the bot is sent over HTTP: signed, in Slack's fields, and again where it was not taken."""

import json
import time
from collections.abc import Callable
from typing import Any

import aiohttp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, Response

from tests.gear.slack import LocalSlack
from tests.playground.bots import Heard, RecordingBot, connected

ROOM, BOT = "C_ALUMINIUM", "<@U0ALUMINA>"


async def test_every_delivery_is_signed(slack: LocalSlack, bot: RecordingBot) -> None:
    verifier = SignatureVerifier(slack.signing_secret)
    await slack.command("march")
    await slack.say("hello")
    await slack.settle()
    assert [verifier.is_valid_request(heard.body, dict(heard.headers)) for heard in bot.heard] == [True, True]
    assert not SignatureVerifier("another secret").is_valid_request(
        bot.heard[0].body, dict(bot.heard[0].headers)
    )


async def test_a_command_comes_in_slacks_fields(slack: LocalSlack, bot: RecordingBot) -> None:
    reply = await slack.command("march 2024", channel="C_DESK", user="U_BEN")
    form = bot.heard[0].form
    assert reply.status == 200
    assert set(form) == {
        "token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command",
        "text", "api_app_id", "is_enterprise_install", "response_url", "trigger_id",
    }  # fmt: skip
    assert (form["command"], form["text"], form["user_id"]) == ("/alumina", "march 2024", "U_BEN")
    assert (form["channel_id"], form["channel_name"]) == ("C_DESK", "privategroup")


LOUD = {"text": "loud", "response_type": "in_channel"}
SHOWN = {
    "": Response(),
    "plain": Response("plain"),
    "quiet": JSONResponse({"text": "quiet"}),
    '/alumina failed with the error "http_service_error"': Response(status_code=500),
    '/alumina failed with the error "msg_too_long"': JSONResponse({"text": "x" * 4_001}),
}


async def test_the_acknowledgement_is_shown(slack: LocalSlack, bot: RecordingBot) -> None:
    for answer in SHOWN.values():
        bot.answer = lambda heard, answer=answer: answer
        await slack.command("march")
    assert [message.text for message in slack.ephemerals("U_ANA")] == list(SHOWN)[1:]
    assert slack.messages(ROOM) == []
    bot.answer = lambda heard: JSONResponse(LOUD)
    await slack.command("march")
    assert [message.text for message in slack.messages(ROOM)] == ["loud"]


async def test_a_slow_command_times_out_and_is_not_sent_again() -> None:
    async with LocalSlack(ack_timeout=1) as slack, connected(slack) as bot:
        bot.slowness = 2
        reply = await slack.command("march")
        await slack.settle()
        assert (reply.failure, len(bot.heard)) == ("http_timeout", 1)
        assert [message.text for message in slack.ephemerals()] == [
            '/alumina failed with the error "operation_timeout"'
        ]


HEARD = {
    "C_ALUMINIUM": ("channel", False),
    "C_DESK": ("group", False),
    "D_ANA": ("im", False),
    "C_PARTNERS": ("channel", True),
}


async def test_a_message_is_heard_where_the_bot_is(slack: LocalSlack, bot: RecordingBot) -> None:
    for channel, (kind, shared) in HEARD.items():
        ts = await slack.say("hello", channel=channel)
        await slack.settle()
        heard = bot.heard[-1]
        expected = {"type": "message", "text": "hello", "user": "U_ANA", "ts": ts, "channel": channel}
        assert (expected | {"channel_type": kind}).items() <= heard.event.items()
        assert "thread_ts" not in heard.event
        assert heard.envelope["is_ext_shared_channel"] is shared
        assert heard.envelope["type"] == "event_callback"
    assert len(bot.heard) == len(HEARD)


async def test_a_message_elsewhere_or_without_the_scope_is_not_heard(
    slack: LocalSlack, bot: RecordingBot
) -> None:
    slack.scopes.remove("groups:history")
    await slack.say("hello", channel="C_GENERAL")
    await slack.say("hello", channel="C_DESK")
    await slack.settle()
    assert bot.heard == []


async def test_a_reply_names_its_thread_and_whose_it_is(
    slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient
) -> None:
    root = (await client.chat_postMessage(channel=ROOM, text="root"))["ts"]
    await slack.say("and february?", thread_ts=root)
    await slack.settle()
    reply = bot.events[-1]
    assert (reply["thread_ts"], reply["parent_user_id"]) == (root, "U0ALUMINA")
    assert [message.text for message in slack.messages(ROOM, root)] == ["and february?"]


async def test_a_mention_comes_twice_with_two_ids(slack: LocalSlack, bot: RecordingBot) -> None:
    await slack.say(f"{BOT} march")
    await slack.settle()
    assert sorted(event["type"] for event in bot.events) == ["app_mention", "message"]
    assert len({heard.envelope["event_id"] for heard in bot.heard}) == 2
    assert len({event["ts"] for event in bot.events}) == 1
    await slack.say(f"{BOT} march", channel="D_ANA")
    await slack.settle()
    assert [event["type"] for event in bot.events[2:]] == ["message"]


async def test_the_bot_hears_itself(slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient) -> None:
    await client.chat_postMessage(
        channel=ROOM, text="mine", metadata={"event_type": "e", "event_payload": {"a": 1}}
    )
    await slack.settle()
    (event,) = bot.events
    assert (event["bot_id"], event["user"]) == ("B0ALUMINA", "U0ALUMINA")
    assert event["metadata"]["event_payload"] == {}


async def test_edits_and_deletions_are_heard(slack: LocalSlack, bot: RecordingBot) -> None:
    ts = await slack.say("one")
    await slack.edit(ROOM, ts, "two")
    await slack.remove(ROOM, ts)
    await slack.settle()
    by_subtype = {event.get("subtype"): event for event in bot.events}
    changed, deleted = by_subtype["message_changed"], by_subtype["message_deleted"]
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("one", "two")
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (ts, "two")


def failing_first(times: int, **headers: str) -> Callable[[Heard], Response]:
    left = iter(range(times))
    return lambda heard: (
        Response() if next(left, None) is None else Response(status_code=500, headers=headers)
    )


async def test_an_event_not_taken_comes_again_with_the_same_id(slack: LocalSlack, bot: RecordingBot) -> None:
    bot.answer = failing_first(2)
    await slack.say("hello")
    await slack.settle()
    assert len({heard.envelope["event_id"] for heard in bot.heard}) == 1
    retries = [
        (heard.headers.get("x-slack-retry-num"), heard.headers.get("x-slack-retry-reason"))
        for heard in bot.heard
    ]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error")]


async def test_an_event_is_given_up_after_three_repetitions_or_at_once_where_the_bot_asks_for_that(
    slack: LocalSlack, bot: RecordingBot
) -> None:
    bot.answer = failing_first(99)
    await slack.say("hello")
    await slack.settle()
    assert len(bot.heard) == 4
    bot.answer = failing_first(99, **{"x-slack-no-retry": "1"})
    await slack.say("hello")
    await slack.settle()
    assert len(bot.heard) == 5


async def test_a_late_acknowledgement_counts_as_none() -> None:
    async with LocalSlack(ack_timeout=1, retry_waits=(0,)) as slack, connected(slack) as bot:
        bot.slowness = 2
        await slack.say("hello")
        await slack.settle()
        assert [heard.headers.get("x-slack-retry-reason") for heard in bot.heard] == [None, "http_timeout"]


async def test_an_absent_bot_is_tried_again_until_it_is_there() -> None:
    async with LocalSlack(bot_url="http://127.0.0.1:9/", retry_waits=()) as slack:
        reply = await slack.command("march")
        assert reply.failure == "connection_failed"
        assert slack.ephemerals()[0].text == '/alumina failed with the error "dispatch_failed"'


BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "More"}, "action_id": "more", "value": "7"}


async def test_a_pressed_button_is_sent_with_its_message(
    slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient
) -> None:
    blocks = [{"type": "actions", "block_id": "row", "elements": [BUTTON]}]
    posted = await client.chat_postMessage(channel=ROOM, text="x", blocks=blocks)
    await slack.press(ROOM, posted["ts"], "more", user="U_BEN")
    payload = json.loads(bot.heard[-1].form["payload"])
    assert (payload["type"], payload["user"]["id"], payload["channel"]["id"]) == (
        "block_actions",
        "U_BEN",
        ROOM,
    )
    assert payload["message"]["ts"] == payload["container"]["message_ts"] == posted["ts"]
    (action,) = payload["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("more", "row", "7")


async def respond(http: aiohttp.ClientSession, url: str, answer: dict[str, Any]) -> tuple[int, str]:
    async with http.post(url, json=answer) as response:
        return response.status, await response.text()


async def test_the_response_url_answers_five_times(
    slack: LocalSlack, bot: RecordingBot, http: aiohttp.ClientSession
) -> None:
    await slack.command("march")
    url = bot.heard[0].form["response_url"]
    answers = [{"text": "0"}, {"text": "1"}, {"text": "2"}, {"text": "3"}]
    assert [await respond(http, url, answer) for answer in [*answers, LOUD]] == [(200, "ok")] * 5
    status, refusal = await respond(http, url, {"text": "too many"})
    assert (status, json.loads(refusal)["error"]) == (404, "used_url")
    assert [message.text for message in slack.ephemerals()] == ["0", "1", "2", "3"]
    assert [message.text for message in slack.messages(ROOM)] == ["loud"]


async def test_a_buttons_response_url_replaces_or_deletes_its_message(
    slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    await client.chat_postEphemeral(channel=ROOM, user="U_ANA", text="x", blocks=blocks)
    (shown,) = slack.ephemerals()
    await slack.press(ROOM, shown.ts, "more")
    payload = json.loads(bot.heard[-1].form["payload"])
    assert "message" not in payload
    await respond(http, payload["response_url"], {"text": "new", "replace_original": True})
    assert [message.text for message in slack.ephemerals()] == ["new"]
    await respond(http, payload["response_url"], {"delete_original": True})
    assert slack.ephemerals() == []


async def test_timestamps_are_of_now_and_rise(slack: LocalSlack) -> None:
    stamps = [await slack.say(str(at)) for at in range(3)]
    assert stamps == sorted(set(stamps))
    assert abs(float(stamps[0]) - time.time()) < 60
