"""What can be pressed about alerts; a press's value came through Slack's client: it may be anybody's."""

import re
from collections.abc import Iterable

from bot.errors import StoredValueError
from bot.messages.buttons import LABEL
from bot.messages.message import Block
from bot.messages.modal import plain, sure
from bot.questions.condition import Condition
from bot.words import LANGUAGES, Language, say

BUTTON = re.compile(r"^alert_(here|own|other|read|discard|pause|resume|delete|more|new|silence)(?:_\d+)?$")


def pressed(action_id: str) -> str:
    """What a button asks for: here, own, other, read and discard of one that is not saved yet; pause, resume,
    delete and more in the list; silence below a post; new on the home tab; '' where it is another.
    """
    found = BUTTON.match(action_id)
    return found[1] if found else ""


def button_value(condition: Condition, spoken: Language) -> str:
    """Serialises a condition and the language that it is told in: 2,000 characters at most."""
    return f"{spoken} {condition.to_json()}"


def from_button(value: str) -> tuple[Language, Condition]:
    """Deserialises exactly what `button_value` gives; StoredValueError for anything else."""
    first, _, stored = value.partition(" ")
    for spoken in LANGUAGES:
        if spoken == first:
            return spoken, Condition.from_json(stored)
    raise StoredValueError(f"A pressed condition cannot be read: {value[:80]!r}.")


def button(verb: str, label: str, value: str, style: str = "") -> Block:
    """One button."""
    shown = plain(label if len(label) <= LABEL else f"{label[: LABEL - 1]}…")
    made: Block = {"type": "button", "action_id": f"alert_{verb}", "text": shown, "value": value}
    return made | ({"style": style} if style else {})


def ending(number: int, value: str) -> Block:
    """The button that ends an alert, which asks first."""
    confirm = sure(
        say("alert_desk.confirm"),
        say("alert_desk.confirm_text"),
        yes=say("alert_desk.delete"),
        no=say("alert_desk.keep"),
    )
    return button(f"delete_{number}", say("alert_desk.delete"), value, "danger") | {"confirm": confirm}


def row(elements: Iterable[Block]) -> Block:
    """Buttons side by side."""
    return {"type": "actions", "elements": list(elements)}
