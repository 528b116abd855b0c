"""The local Slack refuses what Slack refuses, signs what it sends, and takes what the page sends."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages.modal import choice, line, modal, option, several
from bot.playground.arguments import ApiError
from bot.playground.people import new_workspace
from bot.playground.views import Views
from tests.tables import tables

CASES = tables("playground/cases.yaml")
ROOM = "C_ALUMINIUM"
TWO = [option("a", "A"), option("b", "B")]
FIELDS = [
    choice("one", "One", TWO, "a"),
    several("some", "Some", TWO, ["a", "b"], "at least one"),
    line("text", "Text", "", hint="any", most=10),
]
FORM = modal("form", "Title", FIELDS, submit="Save", memo="C1")
BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "More"}, "action_id": "more", "value": "7"}


async def refusal(call):
    """The answer that refuses the call."""
    with pytest.raises(SlackApiError) as caught:
        await call
    answer: dict[str, Any] = caught.value.response.data
    return answer


async def test_what_slack_refuses(slack, http):
    for method, arguments, error in CASES["refused"]:
        body = {"token": slack.bot_token} | arguments
        async with http.post(f"{slack.api_url}{method}", data=body) as response:
            assert (await response.json())["error"] == error, (method, arguments)
    assert slack.messages(ROOM) == []


NEEDED: dict[str, Callable[[AsyncWebClient], Awaitable[Any]]] = {
    "chat:write": lambda client: client.chat_postMessage(channel=ROOM, text="x"),
    "channels:history": lambda client: client.conversations_history(channel=ROOM),
    "groups:history": lambda client: client.conversations_history(channel="C_DESK"),
    "channels:read": lambda client: client.conversations_info(channel=ROOM),
    "users:read": lambda client: client.users_info(user="U_ANA"),
}


async def test_a_scope_taken_away_is_missed(slack, client):
    for scope, call in NEEDED.items():
        await call(client)
        slack.scopes.remove(scope)
        answer = await refusal(call(client))
        assert (answer["error"], answer["needed"]) == ("missing_scope", scope)


async def test_only_own_messages_are_changed_or_deleted(slack, client):
    ts = await slack.say("mine", channel=ROOM)
    for call, error in (
        (client.chat_update(channel=ROOM, ts=ts, text="x"), "cant_update_message"),
        (client.chat_delete(channel=ROOM, ts=ts), "cant_delete_message"),
    ):
        assert (await refusal(call))["error"] == error


async def test_a_command_comes_in_slacks_fields_all_signed(slack, bot):
    await slack.command("march 2024", channel="C_DESK", user="U_BEN")
    form = bot[0].form
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
        assert [verifier.is_valid_request(each.body, each.headers) for each in bot] == [valid, valid]


async def respond(http, url, answer):
    async with http.post(url, json=answer) as response:
        return response.status, await response.text()


async def test_a_response_url_works_five_times(slack, bot, http):
    await slack.command("march")
    url = bot[0].form["response_url"]
    loud = {"text": "loud", "response_type": "in_channel"}
    answers = [{"text": "0"}, {"text": "1"}, {"text": "2"}, {"text": "3"}, loud]
    assert [await respond(http, url, answer) for answer in answers] == [(200, "ok")] * 5
    status, told = await respond(http, url, {"text": "too many"})
    assert (status, json.loads(told)["error"]) == (404, "used_url")
    assert [message.text for message in slack.ephemerals()] == ["0", "1", "2", "3"]
    assert [message.text for message in slack.messages(ROOM)] == ["loud"]


async def test_a_buttons_response_url_replaces_or_deletes_its_message(slack, bot, client, http):
    said = {"channel": ROOM, "text": "x", "blocks": [{"type": "actions", "elements": [BUTTON]}]}
    await client.chat_postEphemeral(user="U_ANA", **said)
    await client.chat_postMessage(**said)
    await slack.settle()
    for shown, is_whole in ((slack.ephemerals, False), (lambda: slack.messages(ROOM), True)):
        await slack.press(ROOM, shown()[0].ts, "more")
        payload = json.loads(bot[-1].form["payload"])
        assert ("message" in payload) == is_whole
        await respond(http, payload["response_url"], {"text": "new", "replace_original": True})
        assert [message.text for message in shown()] == ["new"]
        await respond(http, payload["response_url"], {"delete_original": True})
        assert shown() == []
        await slack.settle()


def test_a_trigger_is_good_for_three_seconds(monkeypatch):
    monkeypatch.setattr("bot.playground.views.TRIGGER_SECONDS", 3.0)
    now = [100.0]
    views = Views(new_workspace(), clock=lambda: now[0])
    views.grant("t1", "U_ANA")
    now[0] += 3.1
    with pytest.raises(ApiError, match="expired_trigger_id"):
        views.open("t1", FORM)


async def opened(slack, bot, client):
    await slack.command("subscribe")
    await client.views_open(trigger_id=bot[-1].form["trigger_id"], view=FORM)
    view = slack.modals.shown()
    assert view is not None
    return view


async def test_a_trigger_is_used_once_and_an_update_wants_the_newest_hash(slack, bot, client):
    first = await opened(slack, bot, client)
    used = client.views_open(trigger_id=bot[-1].form["trigger_id"], view=FORM)
    assert (await refusal(used))["error"] == "invalid_trigger_id"
    await client.views_update(view_id=first.id, hash=first.hash, view=FORM)
    stale = client.views_update(view_id=first.id, hash=first.hash, view=FORM)
    assert (await refusal(stale))["error"] == "hash_conflict"
    slack.modals.close()
    gone = client.views_update(view_id=first.id, view=FORM)
    assert (await refusal(gone))["error"] == "not_found"


async def test_the_page_sees_fills_and_sends_the_modal(slack, bot, client, http):
    await opened(slack, bot, client)

    async def page(path, **body):
        async with http.post(f"{slack.url}/page/{path}", json=body) as response:
            return await response.json()

    async with http.get(f"{slack.url}/page/workspace") as response:
        assert (await response.json())["view"]["view"]["title"]["text"] == "Title"
    await page("filled", block_id="text", value="x", entered=False)
    assert await page("submitted") == {"ok": True, "failure": ""}
    state = json.loads(bot[-1].form["payload"])["view"]["state"]["values"]
    assert state["text"]["text"]["value"] == "x"
    await opened(slack, bot, client)
    await page("closed")
    assert slack.modals.shown() is None


async def test_what_does_not_fit_a_field_or_was_closed_is_told_to_the_page_in_a_sentence(
    slack, bot, client, http
):
    before, heard = await opened(slack, bot, client), len(bot)
    for block_id, value, sentence in CASES["unfit"]:
        if sentence.startswith("No modal is open"):
            assert slack.modals.shown() == before
            slack.modals.close()
        filled = {"block_id": block_id, "value": value}
        async with http.post(f"{slack.url}/page/filled", json=filled) as response:
            assert (response.status, await response.text()) == (404, sentence)
    assert len(bot) == heard
