"""What can be pressed about alerts; a press's value came through Slack's client and is read like any text."""

import re
from collections.abc import Iterable

from bot.messages.buttons import LABEL, VALUE
from bot.messages.message import Block
from bot.messages.modal import plain, sure
from bot.words import LANGUAGES, Language, say

BUTTON = re.compile(r"^alert_(here|own|other|read|discard|pause|resume|delete|more)(?:_\d+)?$")


def pressed(action_id: str) -> str:
    """What a button asks for: here, own, other, read and discard of one that is not saved yet; pause, resume,
    delete and more in the list; '' where it is another.
    """
    found = BUTTON.match(action_id)
    return found[1] if found else ""


def held(words: str, spoken: Language) -> str:
    """A condition in words, as a button holds it with the language that it is told in."""
    return f"{spoken} {words}"[:VALUE]


def unheld(value: str) -> tuple[Language, str]:
    """The language and the words of a value; English where it names none."""
    first, _, words = value.partition(" ")
    spoken = next((each for each in LANGUAGES if each == first), None)
    return (spoken, words) if spoken else ("en", value)


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
