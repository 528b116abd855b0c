"""Small modals: a question to be corrected, why an answer did not help, a unit, an alert. Pure."""

from collections.abc import Mapping
from typing import Any

from bot.messages.actions import UNITS
from bot.messages.blocks import context, fitting, section, unescape
from bot.messages.message import Block
from bot.messages.modal import Option, View, choice, modal, plain, value_of
from bot.messages.safe import visible
from bot.questions.question import WEIGHTS, Unit
from bot.words import say

ASK_ABOUT = "ask_about"  # callback_id of the message shortcut and of its modal
QUESTION = "question"
QUESTION_LENGTH = 300
REASON = "feedback_reason"  # callback_id of the modal, and the name of its field
REASON_LENGTH = 1_000
ALERT = "alert"  # callback_id of the modal, and the name of its field
TOLD_LENGTH = 2_900
ERROR_LENGTH = 300


def question_view(understood: str, told: str, memo: str) -> View:
    """The modal with what was understood of a message, above it what we would say to the message as it is.

    Where that is blank the message is an answer of ours.
    """
    lines = fitting(told.split("\n"), TOLD_LENGTH, "lines")
    above = [section(say("dialogs.own_answer"))]
    if told:
        above = [section(say("dialogs.not_a_question")), context("\n".join(lines))]
    asked = say("dialogs.your_question")
    field = _typed(QUESTION, asked, understood, most=QUESTION_LENGTH, hint=say("dialogs.example"))
    return modal(ASK_ABOUT, say("dialogs.ask_alumina"), [*above, field], submit=say("dialogs.ask"), memo=memo)


def reason_view(memo: str) -> View:
    """The modal that asks why an answer did not help."""
    field = _typed(REASON, say("dialogs.what_was_wrong"), "", most=REASON_LENGTH, multiline=True)
    blocks, submit = [section(say("dialogs.noted")), field], say("dialogs.send")
    return modal(REASON, say("dialogs.not_helpful"), blocks, submit=submit, memo=memo)


def alert_view(memo: str) -> View:
    """The modal in which a person writes what to be told of."""
    field = _typed(ALERT, say("alert_desk.what"), "", most=QUESTION_LENGTH, hint=say("alert_desk.example"))
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


def _typed(name: str, label: str, value: str, *, most: int, hint: str = "", multiline: bool = False) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": most}
    first = whole_words(value, most)
    element |= {"multiline": multiline} | ({"initial_value": first} if first else {})
    block: Block = {"type": "input", "block_id": name, "label": plain(label), "element": element}
    return block | ({"hint": plain(hint)} if hint else {})


def whole_words(text: str, most: int) -> str:
    """As many words of a text as fit, none of them cut: a part of a number would be another one."""
    return text if len(text) <= most else text[: most + 1].rpartition(" ")[0]
