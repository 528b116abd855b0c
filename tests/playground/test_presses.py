"""What a person does with the elements of a message, and how the bot hears of it."""

import json
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import InternalError
from bot.playground.presses import press
from tests.gear.slack import LocalSlack
from tests.playground.bots import RecordingBot

ROOM = "C_ALUMINIUM"


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


TONNES = {"text": plain("t"), "value": "march in tonnes"}
POUNDS = {"text": plain("lb"), "value": "march in pounds"}
UNIT = {"type": "static_select", "action_id": "unit", "options": [TONNES, POUNDS], "initial_option": TONNES}
VERDICTS = {
    f"{name}_button": {"text": plain(name), "value": value}
    for name, value in (("positive", "up"), ("negative", "down"))
}
FEEDBACK: dict[str, Any] = {"type": "feedback_buttons", "action_id": "feedback", **VERDICTS}
TRASH: dict[str, Any] = {
    "type": "icon_button",
    "action_id": "delete",
    "icon": "trash",
    "text": plain("Delete"),
}
TRASH |= {"value": "U_ANA", "visible_to_user_ids": ["U_ANA"]}
BUTTON = {"type": "button", "action_id": "how", "text": plain("How?"), "value": "march"}
BLOCKS: list[dict[str, Any]] = [
    {"type": "actions", "block_id": "b1", "elements": [BUTTON, UNIT]},
    {"type": "context_actions", "block_id": "b2", "elements": [FEEDBACK, TRASH]},
]


def test_a_choice_names_its_option_and_stands_in_the_state() -> None:
    chosen = press(BLOCKS, "unit", "march in pounds", "U_BEN")
    held = {"type": "static_select", "selected_option": POUNDS}
    assert chosen.action == held | {"action_id": "unit", "block_id": "b1"}
    assert chosen.state == {"values": {"b1": {"unit": held}}}
    # Another press finds it as it was.
    pressed = press(BLOCKS, "how", None, "U_BEN")
    assert pressed.action == BUTTON | {"block_id": "b1"}
    assert pressed.state["values"]["b1"]["unit"]["selected_option"] == TONNES


def test_feedback_tells_which_of_two_and_an_icon_is_pressed_by_whom_it_is_shown_to() -> None:
    for value in ("up", "down"):
        action = press(BLOCKS, "feedback", value, "U_BEN").action
        assert (action["type"], action["block_id"], action["value"]) == ("feedback_buttons", "b2", value)
    assert press(BLOCKS, "delete", None, "U_ANA").action["value"] == "U_ANA"
    with pytest.raises(InternalError, match="U_BEN does not see"):
        press(BLOCKS, "delete", None, "U_BEN")
    for name, gone in (("unit", "tons"), ("feedback", "so so"), ("none", None)):
        with pytest.raises(InternalError):
            press(BLOCKS, name, gone, "U_ANA")


async def test_a_shortcut_opens_a_modal(slack: LocalSlack, bot: RecordingBot, client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=ROOM, text="the figures"))["ts"]
    await slack.settle()
    await slack.shortcut(ROOM, ts)
    told = json.loads(bot.heard[-1].form["payload"])
    assert (told["type"], told["callback_id"], told["message_ts"]) == ("message_action", "ask_about", ts)
    assert (told["message"]["text"], told["channel"]["id"]) == ("the figures", ROOM)
    view = {"type": "modal", "title": plain("t"), "blocks": []}
    await client.views_open(trigger_id=told["trigger_id"], view=view)
    assert slack.modals.shown() is not None
