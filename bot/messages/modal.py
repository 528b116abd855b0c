"""The parts of a modal: inputs whose every change is told to the bot, and the view around them. Pure.

An input's block and action have the same id, so that an error and a value are found under one name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages.message import Block
from bot.words import say

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen: its value, how it is called, and a line below it where there is more."""

    value: str
    name: str
    told: str = ""


def modal(callback_id: str, title: str, blocks: Sequence[Block], *, submit: str = "", memo: str = "") -> View:
    """A modal; `memo` comes back with whatever is done in it. Without `submit` it can only be closed."""
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "close": plain(say("modal.cancel" if submit else "modal.close")),
        "blocks": list(blocks),
        "private_metadata": memo,
    }
    return view | ({"submit": plain(submit)} if submit else {})


def choice(name: str, label: str, options: Sequence[Option], chosen: str) -> Block:
    """One of a few, as radio buttons."""
    element = {"type": "radio_buttons", "options": [_option(each) for each in options]}
    return _input(name, label, element | {"initial_option": _chosen(options, chosen)})


def select(name: str, label: str, options: Sequence[Option], chosen: str) -> Block:
    """One of many, from a list."""
    element = {"type": "static_select", "options": [_option(each) for each in options]}
    return _input(name, label, element | {"initial_option": _chosen(options, chosen)})


def several(name: str, label: str, options: Sequence[Option], chosen: Sequence[str], hint: str) -> Block:
    """Some of many; at least one."""
    picked = [_option(each) for each in options if each.value in chosen]
    element: Block = {"type": "multi_static_select", "options": [_option(each) for each in options]}
    return _input(name, label, element | ({"initial_options": picked} if picked else {}), hint)


def clock_time(name: str, label: str, chosen: str) -> Block:
    """A time of day, 09:00."""
    return _input(name, label, {"type": "timepicker", "initial_time": chosen})


def line(name: str, label: str, chosen: str, *, hint: str, most: int) -> Block:
    """A line of text; a change is told when it is entered and not at every letter."""
    element = {"type": "plain_text_input", "max_length": most} | ({"initial_value": chosen} if chosen else {})
    trigger = {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}
    return _input(name, label, element | trigger, hint)


def plain(text: str) -> Block:
    """A text object that is shown as it is."""
    return {"type": "plain_text", "text": text}


def sure(question: str, told: str, *, yes: str, no: str) -> Block:
    """What a button that takes something away asks first."""
    return {
        "title": plain(question),
        "text": plain(told),
        "confirm": plain(yes),
        "deny": plain(no),
        "style": "danger",
    }


def value_of(state: Mapping[str, Any], name: str) -> str | list[str] | None:
    """What an input holds, by its name in a view's `state.values`: a list of several; None for nothing."""
    held = state.get(name, {}).get(name) or {}
    if "selected_options" in held:
        return [str(each["value"]) for each in held["selected_options"]]
    if chosen := held.get("selected_option"):
        return str(chosen["value"])
    return held.get("selected_time") or held.get("value")


def _input(name: str, label: str, element: Block, hint: str = "") -> Block:
    block = {"type": "input", "block_id": name, "label": plain(label), "dispatch_action": True}
    return block | {"element": {"action_id": name} | element} | ({"hint": plain(hint)} if hint else {})


def _option(option: Option) -> Block:
    told = {"description": plain(option.told)} if option.told else {}
    return {"text": plain(option.name), "value": option.value} | told


def _chosen(options: Sequence[Option], value: str) -> Block:
    return _option(next(each for each in options if each.value == value))
