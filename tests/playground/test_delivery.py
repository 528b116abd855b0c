"""What the bot is sent over HTTP: signed, in Slack's fields, and again where it was not taken."""

import json
from typing import Any

import aiohttp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, Response

from tests.gear.slack import LocalSlack
from tests.playground.bots import RecordingBot, connected
from tests.tables import tables

ROOM, BOT = "C_ALUMINIUM", "<@U0ALUMINA>"


async def test_a_command_comes_in_slacks_fields_all_signed(slack: LocalSlack, bot: RecordingBot) -> None:
    reply = await slack.command("march 2024", channel="C_DESK", user="U_BEN")
    form = bot.heard[0].form
    assert reply.status == 200
    assert set(form) == {
        "token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command",
        "text", "api_app_id", "is_enterprise_install", "response_url", "trigger_id",
    }  # fmt: skip
    assert (form["command"], form["text"], form["user_id"]) == ("/alumina", "march 2024", "U_BEN")
    assert (form["channel_id"], form["channel_name"]) == ("C_DESK", "privategroup")
    await slack.say("hello")
    await slack.settle()
    for secret, valid in ((slack.signing_secret, True), ("another secret", False)):
        verifier = SignatureVerifier(secret)
        found = [verifier.is_valid_request(heard.body, dict(heard.headers)) for heard in bot.heard]
        assert found == [valid, valid]


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


async def test_a_late_acknowledgement_counts_as_none_and_only_an_event_is_sent_again() -> None:
    async with LocalSlack(ack_timeout=1, retry_waits=(0,)) as slack, connected(slack) as bot:
        bot.slowness = 2
        reply = await slack.command("march")
        await slack.settle()
        assert (reply.failure, len(bot.heard)) == ("http_timeout", 1)
        told = '/alumina failed with the error "operation_timeout"'
        assert [message.text for message in slack.ephemerals()] == [told]
        await slack.say("hello")
        await slack.settle()
        assert [heard.headers.get("x-slack-retry-reason") for heard in bot.heard[1:]] == [
            None,
            "http_timeout",
        ]


async def test_a_message_is_heard_where_the_bot_has_the_scope(slack: LocalSlack, bot: RecordingBot) -> None:
    places = tables("playground/cases.yaml")["heard"]
    for channel, kind, shared in places:
        ts = await slack.say("hello", channel=channel)
        await slack.settle()
        heard = bot.heard[-1]
        expected = {"type": "message", "text": "hello", "user": "U_ANA", "ts": ts, "channel": channel}
        assert (expected | {"channel_type": kind}).items() <= heard.event.items()
        assert "thread_ts" not in heard.event
        assert heard.envelope["is_ext_shared_channel"] is shared
        assert heard.envelope["type"] == "event_callback"
    slack.scopes.remove("groups:history")
    await slack.say("hello", channel="C_GENERAL")
    await slack.say("hello", channel="C_DESK")
    await slack.settle()
    assert len(bot.heard) == len(places)


async def test_a_reply_names_its_thread(slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient) -> None:
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
    metadata = {"event_type": "e", "event_payload": {"a": 1}}
    await client.chat_postMessage(channel=ROOM, text="mine", metadata=metadata)
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


async def test_an_event_not_taken_comes_again_until_given_up(slack: LocalSlack, bot: RecordingBot) -> None:
    bot.answer = lambda heard: Response(status_code=500)
    await slack.say("hello")
    await slack.settle()
    assert len({heard.envelope["event_id"] for heard in bot.heard}) == 1
    retries = [
        (heard.headers.get("x-slack-retry-num"), heard.headers.get("x-slack-retry-reason"))
        for heard in bot.heard
    ]
    assert retries == [(None, None), *((str(number), "http_error") for number in (1, 2, 3))]
    bot.answer = lambda heard: Response(status_code=500, headers={"x-slack-no-retry": "1"})
    await slack.say("hello")
    await slack.settle()
    assert len(bot.heard) == 5


async def test_an_absent_bot_is_tried_again_until_it_is_there() -> None:
    async with LocalSlack(bot_url="http://127.0.0.1:9/", retry_waits=()) as slack:
        reply = await slack.command("march")
        assert reply.failure == "connection_failed"
        assert slack.ephemerals()[0].text == '/alumina failed with the error "dispatch_failed"'


BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "More"}, "action_id": "more", "value": "7"}


async def test_a_press_has_its_message(slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient) -> None:
    blocks = [{"type": "actions", "block_id": "row", "elements": [BUTTON]}]
    posted = await client.chat_postMessage(channel=ROOM, text="x", blocks=blocks)
    await slack.press(ROOM, posted["ts"], "more", user="U_BEN")
    payload = json.loads(bot.heard[-1].form["payload"])
    assert (payload["type"], payload["user"]["id"]) == ("block_actions", "U_BEN")
    assert payload["channel"]["id"] == ROOM
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
    said = {"channel": ROOM, "text": "x", "blocks": [{"type": "actions", "elements": [BUTTON]}]}
    await client.chat_postEphemeral(user="U_ANA", **said)
    await client.chat_postMessage(**said)
    await slack.settle()
    for shown, is_whole in ((slack.ephemerals, False), (lambda: slack.messages(ROOM), True)):
        await slack.press(ROOM, shown()[0].ts, "more")
        payload = json.loads(bot.heard[-1].form["payload"])
        assert ("message" in payload) == is_whole
        await respond(http, payload["response_url"], {"text": "new", "replace_original": True})
        assert [message.text for message in shown()] == ["new"]
        await respond(http, payload["response_url"], {"delete_original": True})
        assert shown() == []
        await slack.settle()
