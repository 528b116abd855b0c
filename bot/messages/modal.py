"""Modals: their inputs, whose every change is told to the bot, the view around them, the small ones. Pure.

An input's block and action have the same id, so that an error and a value are found under one name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages.actions import UNITS
from bot.messages.blocks import SECTION, context, fitting, section, unescape
from bot.messages.message import Block
from bot.messages.safe import visible
from bot.questions.question import WEIGHTS, Unit
from bot.words import say

View = dict[str, Any]

ASK_ABOUT = "ask_about"  # callback_id of the message shortcut and of its modal
QUESTION = "question"
QUESTION_LENGTH = 300
REASON = "feedback_reason"  # callback_id of the modal, and the name of its field
REASON_LENGTH = 1_000
DECISION = "held_reason"  # callback_id of the modal, and the name of its field
ALERT = "alert"  # callback_id of the modal, and the name of its field
ERROR_LENGTH = 300


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
    return _input(name, label, {"type": "radio_buttons", **_one_of(options, chosen)})


def select(name: str, label: str, options: Sequence[Option], chosen: str) -> Block:
    """One of many, from a list."""
    return _input(name, label, {"type": "static_select", **_one_of(options, chosen)})


def several(name: str, label: str, options: Sequence[Option], chosen: Sequence[str], hint: str = "") -> Block:
    """Some of many; at least one, unless it is made optional."""
    element: Block = {"type": "multi_static_select", "options": list(map(_option, options))}
    if picked := [_option(each) for each in options if each.value in chosen]:
        element["initial_options"] = picked
    return _input(name, label, element, hint)


def people(name: str, label: str, chosen: Sequence[str]) -> Block:
    """Any of the workspace's people."""
    first = {"initial_users": list(chosen)} if chosen else {}
    return _input(name, label, {"type": "multi_users_select"} | first)


def channel_of(name: str, label: str, chosen: str) -> Block:
    """One of the channels that the person sees."""
    only = {"include": ["public", "private"], "exclude_bot_users": True}
    element = {"type": "conversations_select", "initial_conversation": chosen, "filter": only}
    return _input(name, label, element)


def clock_time(name: str, label: str, chosen: str) -> Block:
    """A time of day, 09:00."""
    return _input(name, label, {"type": "timepicker", "initial_time": chosen})


def line(name: str, label: str, chosen: str, *, hint: str, most: int) -> Block:
    """A line of text; every letter of it is told."""
    trigger = {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}
    return _text(name, label, chosen, most, hint, told=True, dispatch_action_config=trigger)


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
    if "selected_users" in held:
        return list(map(str, held["selected_users"]))
    if chosen := held.get("selected_option"):
        return str(chosen["value"])
    return held.get("selected_time") or held.get("selected_conversation") or held.get("value")


def _input(name: str, label: str, element: Block, hint: str = "", *, told: bool = True) -> Block:
    flags = {"dispatch_action": True} if told else {}
    block = {"type": "input", "block_id": name, "label": plain(label), **flags}
    return block | {"element": {"action_id": name, **element}} | ({"hint": plain(hint)} if hint else {})


def _text(
    name: str, label: str, text: str, most: int, hint: str = "", *, told: bool = False, **settings: object
) -> Block:
    """A field to write into, with as many words of `text` as fit."""
    element: Block = {"type": "plain_text_input", "max_length": most, **settings}
    element |= {"initial_value": first} if (first := whole_words(text, most)) else {}
    return _input(name, label, element, hint, told=told)


def whole_words(text: str, most: int) -> str:
    """As many words of a text as fit, none of them cut: a part of a number would be another one."""
    return text if len(text) <= most else text[: most + 1].rpartition(" ")[0]


def _option(option: Option) -> Block:
    told = {"description": plain(option.told)} if option.told else {}
    return {"text": plain(option.name), "value": option.value} | told


def _one_of(options: Sequence[Option], chosen: str) -> Block:
    first = next(each for each in options if each.value == chosen)
    return {"options": list(map(_option, options)), "initial_option": _option(first)}


def question_view(understood: str, told: str, memo: str) -> View:
    """The modal with what was understood of a message, above it what we would say to the message as it is.

    Where that is blank the message is an answer of ours.
    """
    lines = fitting(told.split("\n"), SECTION, "lines") if told else []
    above = [section(say("dialogs.not_a_question" if told else "dialogs.own_answer"))]
    field = _text(QUESTION, say("dialogs.your_question"), understood, QUESTION_LENGTH, say("dialogs.example"))
    blocks = [*above, *([context("\n".join(lines))] if lines else []), field]
    return modal(ASK_ABOUT, say("dialogs.ask_alumina"), blocks, submit=say("dialogs.ask"), memo=memo)


def reason_view(memo: str) -> View:
    """The modal that asks why an answer did not help."""
    field = _text(REASON, say("dialogs.what_was_wrong"), "", REASON_LENGTH, multiline=True)
    blocks, submit = [section(say("dialogs.noted")), field], say("dialogs.send")
    return modal(REASON, say("dialogs.not_helpful"), blocks, submit=submit, memo=memo)


def decision_view(state: str, figure: str, memo: str) -> View:
    """The modal that asks why a held figure is accepted or rejected."""
    field = _text(DECISION, say("supply.reason"), "", REASON_LENGTH, multiline=True)
    submit = say(f"supply.button_{state}")
    return modal(DECISION, say("supply.held_title"), [section(figure), field], submit=submit, memo=memo)


def alert_view(memo: str) -> View:
    """The modal in which a person writes what to be told of."""
    field = _text(ALERT, say("alert_desk.what"), "", QUESTION_LENGTH, say("alert_desk.example"))
    return modal(ALERT, say("alert_desk.new"), [field], submit=say("alert_desk.next"), memo=memo)


def units_view(chosen: Unit, memo: str) -> View:
    """The modal in which the unit of an answer is chosen."""
    options = [Option(unit, say(f"buttons.unit_{unit.replace('/', '_')}")) for unit in WEIGHTS]
    field = choice(UNITS, say("buttons.unit"), options, chosen) | {"dispatch_action": False}
    return modal(UNITS, say("buttons.menu_units"), [field], submit=say("dialogs.show"), memo=memo)


def typed_in(view: Mapping[str, Any], name: str) -> str:
    """What a person has typed into the field of that name, on one line and all of it visible."""
    return visible(str(value_of(view["state"]["values"], name) or "")).strip()


def error_beside(name: str, told: str) -> dict[str, str]:
    """What is wrong with a field, as plain text beside it: as many lines of a message's text as fit."""
    return {name: "\n".join(fitting(unescape(told).split("\n"), ERROR_LENGTH, "lines"))}
