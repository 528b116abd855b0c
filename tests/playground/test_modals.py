"""The local Slack's modals: opened by a trigger, filled in, refused and closed as Slack does it."""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, Response

from bot.messages.modal import Option, choice, field, line, modal, several
from bot.playground.arguments import ApiError
from bot.playground.people import new_workspace
from bot.playground.views import OpenView, Views
from tests.gear.slack import LocalSlack
from tests.playground.bots import RecordingBot
from tests.tables import tables

TWO = [Option("a", "A"), Option("b", "B")]
LINE = line("entered", "Entered", "", hint="any", most=10) | {"optional": True}
ON_ENTER = {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}
ENTERED = LINE | {"element": LINE["element"] | ON_ENTER}
FORM = modal(
    "form",
    "Title",
    [
        choice("one", "One", TWO, "a"),
        several("some", "Some", TWO, ["a", "b"], "at least one"),
        field("time", "Time", "timepicker", initial_time="09:00"),
        line("text", "Text", "", hint="any", most=10),
        ENTERED,
    ],
    submit="Save",
    memo="C1",
)


async def opened(slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient) -> OpenView:
    await slack.command("subscribe")
    await client.views_open(trigger_id=bot.heard[-1].form["trigger_id"], view=FORM)
    return shown(slack)


def shown(slack: LocalSlack) -> OpenView:
    view = slack.modals.shown()
    assert view is not None
    return view


async def refusal(client: AsyncWebClient, method: str, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await getattr(client, method)(**arguments)
    return str(caught.value.response["error"])


def values(view: OpenView) -> Mapping[str, Any]:
    """What is chosen in each field."""
    state = {name: held[name] for name, held in view.values.items()}
    return {name: next(value for key, value in held.items() if key != "type") for name, held in state.items()}


async def test_a_trigger_opens_one_modal_for_the_person_who_gave_it(
    slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient
) -> None:
    await slack.command("subscribe")
    trigger = bot.heard[-1].form["trigger_id"]
    broken = FORM | {"title": {"type": "plain_text", "text": "x" * 25}}
    assert await refusal(client, "views_open", trigger_id=trigger, view=broken) == "invalid_arguments"
    assert slack.modals.shown() is None
    view = await opened(slack, bot, client)
    assert slack.modals.shown("U_BEN") is None
    assert values(view)["time"] == "09:00"
    assert [each["value"] for each in values(view)["some"]] == ["a", "b"]
    used = bot.heard[-1].form["trigger_id"]
    assert await refusal(client, "views_open", trigger_id=used, view=FORM) == "invalid_trigger_id"


def test_a_trigger_is_good_for_three_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.playground.views.TRIGGER_SECONDS", 3.0)
    now = [100.0]
    views = Views(new_workspace(), clock=lambda: now[0])
    views.grant("t1", "U_ANA")
    now[0] += 3.1
    with pytest.raises(ApiError, match="expired_trigger_id"):
        views.open("t1", FORM)


async def test_an_update_keeps_what_was_filled_in_and_wants_the_newest_hash(
    slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient
) -> None:
    first = await opened(slack, bot, client)
    await slack.modals.fill("one", "b")
    await slack.modals.fill("text", "typed", entered=False)
    smaller = FORM | {"blocks": [block for block in FORM["blocks"] if block["block_id"] != "time"]}
    await client.views_update(view_id=first.id, hash=first.hash, view=smaller)
    view = shown(slack)
    assert (values(view)["one"]["value"], values(view)["text"]) == ("b", "typed")
    assert "time" not in values(view)
    stale = await refusal(client, "views_update", view_id=view.id, hash=first.hash, view=FORM)
    assert stale == "hash_conflict"
    slack.modals.close()
    assert await refusal(client, "views_update", view_id=view.id, view=FORM) == "not_found"


async def test_the_bot_hears_of_each_choice_and_of_a_text_once_it_is_entered(
    slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient
) -> None:
    view = await opened(slack, bot, client)
    before = len(bot.heard)
    await slack.modals.fill("entered", "hal", entered=False)
    assert len(bot.heard) == before
    await slack.modals.fill("text", "half", entered=False)  # which wants every letter
    await slack.modals.fill("time", "10:30")
    text, time = (json.loads(heard.form["payload"]) for heard in bot.heard[before:])
    assert (text["type"], text["actions"][0]["value"]) == ("block_actions", "half")
    assert text["container"] == {"type": "view", "view_id": view.id}
    assert time["actions"][0]["selected_time"] == "10:30"
    assert time["view"]["state"]["values"]["text"]["text"]["value"] == "half"
    assert time["view"]["private_metadata"] == "C1"
    assert "response_url" not in time


async def test_errors_and_what_is_missing_stand_beside_their_fields_until_the_modal_is_taken(
    slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient
) -> None:
    await opened(slack, bot, client)
    await slack.modals.fill("some", [])
    before = len(bot.heard)
    assert await slack.modals.submit() is None  # a required field is empty: nothing is sent
    assert (set(shown(slack).errors), len(bot.heard)) == ({"some", "text"}, before)
    await slack.modals.fill("some", ["a"])
    await slack.modals.fill("text", "x")
    against = {"response_action": "errors", "errors": {"text": "Not x."}}
    bot.answer = lambda heard: JSONResponse(against)
    await slack.modals.submit()
    assert shown(slack).errors == {"text": "Not x."}
    bot.answer = lambda heard: Response()
    await slack.modals.submit()
    assert slack.modals.shown() is None
    payload = json.loads(bot.heard[-1].form["payload"])
    assert (payload["type"], payload["view"]["callback_id"]) == ("view_submission", "form")
    await opened(slack, bot, client)
    await slack.modals.fill("text", "x")

    def close_first(_heard: object) -> Response:
        slack.modals.close()
        return JSONResponse(against)

    bot.answer = close_first
    await slack.modals.submit()
    assert slack.modals.shown() is None


async def test_the_page_sees_fills_and_sends_the_modal(
    slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    await opened(slack, bot, client)
    await slack.modals.fill("some", ["a"])

    async def page(path: str, **body: Any) -> Any:
        async with http.post(f"{slack.url}/page/{path}", json=body) as response:
            return await response.json()

    async with http.get(f"{slack.url}/page/workspace") as response:
        assert (await response.json())["view"]["view"]["title"]["text"] == "Title"
    await page("filled", block_id="text", value="x", entered=False)
    assert await page("submitted") == {"ok": True, "failure": ""}
    await opened(slack, bot, client)
    await page("closed")
    assert slack.modals.shown() is None


async def test_what_does_not_fit_a_field_or_was_closed_is_told_to_the_page_in_a_sentence(
    slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    before, heard = await opened(slack, bot, client), len(bot.heard)
    for block_id, value, sentence in tables("playground/cases.yaml")["unfit"]:
        if sentence.startswith("No modal is open"):
            assert slack.modals.shown() == before
            slack.modals.close()
        filled = {"block_id": block_id, "value": value}
        async with http.post(f"{slack.url}/page/filled", json=filled) as response:
            assert (response.status, await response.text()) == (404, sentence)
    assert len(bot.heard) == heard
