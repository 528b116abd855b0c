"""Modals: their inputs, whose every change is told to the bot, the view around them, the small ones. Pure.

An input's block and action have the same id, so that an error and a value are found under one name.
"""

import html
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from bot.messages.blocks import UNITS, Block, fitting, section, visible
from bot.questions.question import WEIGHTS, Unit
from bot.questions.serialise import parsed
from bot.words import say

View = dict[str, Any]
T = TypeVar("T")

ASK_ABOUT = "ask_about"  # callback_id of the message shortcut
REASON, DECISION, ALERT = "feedback_reason", "held_reason", "alert"  # callback_ids, and names of their fields
REASON_LENGTH, WISH_LENGTH, ERROR_LENGTH = 1_000, 300, 300


def modal(callback_id: str, title: str, blocks: Sequence[Block], *, submit: str = "", memo: str = "") -> View:
    """A modal; `memo` comes back with whatever is done in it. Without `submit` it can only be closed."""
    close = plain(say("modal.cancel" if submit else "modal.close"))
    view: View = {"type": "modal", "callback_id": callback_id, "title": plain(title), "close": close}
    view |= {"blocks": list(blocks), "private_metadata": memo}
    return view | ({"submit": plain(submit)} if submit else {})


def field(name: str, label: str, kind: str, *, hint: str = "", told: bool = True, **element: object) -> Block:
    """An input of that kind, each change of which is told to the bot; of its settings those that are set."""
    filled = {key: value for key, value in element.items() if value}
    element = {"type": kind, "action_id": name, **filled}
    block: Block = {"type": "input", "block_id": name, "label": plain(label), "element": element}
    return block | ({"dispatch_action": True} if told else {}) | ({"hint": plain(hint)} if hint else {})


def option(value: str, name: str, told: str = "") -> Block:
    """One thing that can be chosen: its value, how it is called, and a line below it where there is more."""
    return {"text": plain(name), "value": value} | ({"description": plain(told)} if told else {})


def select(
    name: str, label: str, options: Sequence[Block], chosen: str, kind: str = "static_select"
) -> Block:
    """One of many, from a list."""
    first = next(each for each in options if each["value"] == chosen)
    return field(name, label, kind, options=list(options), initial_option=first)


choice = partial(select, kind="radio_buttons")  # one of a few


def several(name: str, label: str, options: Sequence[Block], chosen: Sequence[str], hint: str = "") -> Block:
    """Some of many; at least one, unless it is made optional."""
    first = [each for each in options if each["value"] in chosen]
    return field(name, label, "multi_static_select", hint=hint, options=list(options), initial_options=first)


def line(name: str, label: str, chosen: str, *, hint: str, most: int) -> Block:
    """A line of text; every letter of it is told."""
    trigger = {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}
    block = field(name, label, "plain_text_input", hint=hint, max_length=most, initial_value=chosen)
    return block | {"element": block["element"] | {"dispatch_action_config": trigger}}


def plain(text: str) -> Block:
    """A text object that is shown as it is."""
    return {"type": "plain_text", "text": text}


def sure(question: str, told: str, *, yes: str, no: str) -> Block:
    """What a button that takes something away asks first."""
    texts = {"title": plain(question), "text": plain(told), "confirm": plain(yes), "deny": plain(no)}
    return {**texts, "style": "danger"}


def value_of(state: Mapping[str, Any], name: str) -> str | list[str] | None:
    """What an input holds, by its name in a view's `state.values`: a list of several; None for nothing."""
    held = state.get(name, {}).get(name) or {}
    if "selected_options" in held:
        return [str(each["value"]) for each in held["selected_options"]]
    one = held.get("selected_option") or held
    kinds = ("selected_users", "value", "selected_time", "selected_conversation")
    return next((one[kind] for kind in kinds if one.get(kind) is not None), None)


def _asked(name: str, label: str, most: int, hint: str = "") -> Block:
    """A field to write into: a line where it has a hint."""
    lines = {"multiline": not hint, "max_length": most}
    return field(name, label, "plain_text_input", hint=hint, told=False, **lines)


def reason_view(memo: str) -> View:
    """The modal that asks why an answer did not help."""
    wrong = _asked(REASON, say("dialogs.what_was_wrong"), REASON_LENGTH)
    blocks, submit = [section(say("dialogs.noted")), wrong], say("dialogs.send")
    return modal(REASON, say("dialogs.not_helpful"), blocks, submit=submit, memo=memo)


def decision_view(state: str, figure: str, memo: str) -> View:
    """The modal that asks why a held figure is accepted or rejected."""
    reason = _asked(DECISION, say("supply.reason"), REASON_LENGTH)
    submit = say(f"supply.button_{state}")
    return modal(DECISION, say("supply.held_title"), [section(figure), reason], submit=submit, memo=memo)


def alert_view(memo: str) -> View:
    """The modal in which a person writes what to be told of."""
    wish = _asked(ALERT, say("alert_desk.what"), WISH_LENGTH, say("alert_desk.example"))
    return modal(ALERT, say("alert_desk.new"), [wish], submit=say("alert_desk.next"), memo=memo)


def units_view(chosen: Unit, memo: str) -> View:
    """The modal in which the unit of an answer is chosen."""
    options = [option(unit, say(f"buttons.unit_{unit.replace('/', '_')}")) for unit in WEIGHTS]
    units = choice(UNITS, say("buttons.unit"), options, chosen) | {"dispatch_action": False}
    return modal(UNITS, say("buttons.menu_units"), [units], submit=say("dialogs.show"), memo=memo)


def carried(view: Mapping[str, Any], make: Callable[..., T]) -> T:
    """What is made of a modal's memo by its names; StoredValueError where another version opened it."""
    return parsed(view["private_metadata"], lambda memo: make(**memo))


def typed_in(view: Mapping[str, Any], name: str) -> str:
    """What a person has typed into the field of that name, on one line and all of it visible."""
    return visible(str(value_of(view["state"]["values"], name) or "")).strip()


def error_beside(name: str, told: str) -> dict[str, str]:
    """What is wrong with a field, as plain text beside it: as many lines of a message's text as fit."""
    return {name: "\n".join(fitting(html.unescape(told).split("\n"), ERROR_LENGTH, "lines"))}
