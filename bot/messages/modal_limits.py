"""What Slack takes in one modal or home tab, and `view_problems`, which says what in a view breaks it.

The numbers are Slack's (docs.slack.dev: the view object, and the Block Kit elements that a view can hold).
"""

from collections.abc import Mapping
from typing import Any

from bot.messages.block_rules import in_itself
from bot.messages.elements import CONFIRM, ID, OPTION, PLACEHOLDER, SELECT
from bot.messages.limits import BLOCK_TYPES
from bot.messages.schema import (
    Object,
    Optional,
    Problem,
    by_type,
    integer,
    items,
    obj,
    one_of,
    plain_text,
    string,
    truth,
    wrong,
)

BLOCKS = 100
# Charts are for messages alone, tables for messages and for the home tab.
IN_MODALS = ("divider", "header", "section", "context", "rich_text", "actions")
IN_HOMES = (*IN_MODALS, "table", "data_table", "layout")

DISPATCH = obj(trigger_actions_on=items(one_of("on_enter_pressed", "on_character_entered"), 1, 2))
ELEMENTS: Mapping[str, Object] = {
    "static_select": SELECT,
    "multi_static_select": obj(
        action_id=ID,
        options=items(OPTION, 1, 100),
        initial_options=Optional(items(OPTION, 1, 100)),
        placeholder=PLACEHOLDER,
        max_selected_items=Optional(integer(1)),
        confirm=Optional(CONFIRM),
        focus_on_load=Optional(truth),
    ),
    "radio_buttons": obj(
        action_id=ID,
        options=items(OPTION, 1, 10),
        initial_option=Optional(OPTION),
        confirm=Optional(CONFIRM),
        focus_on_load=Optional(truth),
    ),
    "timepicker": obj(
        action_id=ID,
        initial_time=Optional(string(5, 5)),
        placeholder=PLACEHOLDER,
        timezone=Optional(string(255)),
        confirm=Optional(CONFIRM),
        focus_on_load=Optional(truth),
    ),
    "plain_text_input": obj(
        action_id=ID,
        initial_value=Optional(string(3_000)),
        multiline=Optional(truth),
        min_length=Optional(integer(0, 3_000)),
        max_length=Optional(integer(1, 3_000)),
        placeholder=PLACEHOLDER,
        dispatch_action_config=Optional(DISPATCH),
        focus_on_load=Optional(truth),
    ),
}
INPUT = obj(
    block_id=ID,
    label=plain_text(2_000),
    element=by_type(**ELEMENTS),
    hint=Optional(plain_text(2_000)),
    optional=Optional(truth),
    dispatch_action=Optional(truth),
)
BLOCK = by_type(input=INPUT, **{name: BLOCK_TYPES[name] for name in IN_MODALS})
VIEW = by_type(
    modal=obj(
        title=plain_text(24),
        blocks=items(BLOCK, 0, BLOCKS),
        submit=Optional(plain_text(24)),
        close=Optional(plain_text(24)),
        private_metadata=Optional(string(3_000, 0)),
        callback_id=Optional(string(255, 0)),
        external_id=Optional(string(255)),
        clear_on_close=Optional(truth),
        notify_on_close=Optional(truth),
        submit_disabled=Optional(truth),
    ),
    home=obj(
        blocks=items(by_type(**{name: BLOCK_TYPES[name] for name in IN_HOMES}), 0, BLOCKS),
        private_metadata=Optional(string(3_000, 0)),
        callback_id=Optional(string(255, 0)),
        external_id=Optional(string(255)),
    ),
)


def view_problems(view: Mapping[str, Any]) -> list[Problem]:
    """All that Slack would refuse in this view; empty where it would take it."""
    found = list(VIEW(view, "/view"))
    return found or [*_ids(view), *_inside(view), *_initials(view), *_submit(view)]


def _ids(view: Mapping[str, Any]) -> list[Problem]:
    names = [block["block_id"] for block in view["blocks"] if "block_id" in block]
    twice = sorted({name for name in names if names.count(name) > 1})
    return [wrong("/view/blocks", f"block_id must be unique: {name}") for name in twice]


def _inside(view: Mapping[str, Any]) -> list[Problem]:
    blocks = enumerate(view["blocks"])
    return [each for at, block in blocks for each in in_itself(block, f"/view/blocks/{at}")]


def _initials(view: Mapping[str, Any]) -> list[Problem]:
    """What is chosen at first has to be one of the options, word for word."""
    found = []
    for at, block in enumerate(view["blocks"]):
        element = block.get("element", {})
        first = [element["initial_option"]] if element.get("initial_option") else []
        chosen = [*first, *element.get("initial_options", [])]
        if any(option not in element["options"] for option in chosen):
            found.append(wrong(f"/view/blocks/{at}/element", "initial option is not one of the options"))
    return found


def _submit(view: Mapping[str, Any]) -> list[Problem]:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        return [wrong("/view/submit", "submit is needed where there is an input block")]
    return []
