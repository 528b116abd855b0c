"""What can be pressed below an answer: two questions, Details and a menu; or up to three to choose from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.messages.actions import HOW, MENU
from bot.messages.asks import CHOICES, LETTERS, beside_details
from bot.messages.message import Block, Message
from bot.messages.modal import plain
from bot.messages.report import Ask
from bot.messages.safe import visible
from bot.questions import words
from bot.questions.question import WEIGHTS, Question
from bot.questions.speak import Names
from bot.words import say

LABEL, VALUE, MOST = 75, 2_000, 6
READ_OUT = 75
IN_UNITS = (
    "figure", "overview", "compare", "trend", "average", "ranking", "record", "growth", "total",
    "difference", "table", "rolling", "season", "why", "count", "streak", "partners",
)  # fmt: skip
UNITS, CSV, POST, MORE = "units", "csv", "post", "more"


def pressed(question: Question, asks: Sequence[Ask], names: Names) -> Iterator[Block]:
    """Two next questions, Details, and the menu: on one line of a phone."""
    value, details = question.to_json(), say("buttons.details")
    placed = enumerate(beside_details(asks, details))
    elements = [each for place, ask in placed for each in _asking(place, ask, names)]
    if len(value) <= VALUE:
        elements.append(ask_button(HOW, details, value))
    elements.append(_menu(question))
    yield {"type": "actions", "elements": elements}


def asked_back(asks: Sequence[Ask], names: Names) -> Iterator[Block]:
    """Up to three questions, of which one is meant or answers instead."""
    placed = enumerate(asks[:CHOICES])
    elements = [each for place, ask in placed for each in _asking(place, ask, names)]
    if elements:
        yield {"type": "actions", "elements": elements}


def offered(asks: Sequence[Ask]) -> Iterator[Block]:
    """A button for every question, in full: for the presser of the menu alone."""
    elements = [
        ask_button(f"ask_{place}", ask.label, ask.question.to_json()) for place, ask in enumerate(asks[:MOST])
    ]
    if elements:
        yield {"type": "actions", "elements": elements}


def _asking(place: int, ask: Ask, names: Names) -> Iterator[Block]:
    """The button of a question; none where that is longer than a button holds."""
    value = ask.question.to_json()
    if len(value) <= VALUE:
        read_out = label(words(ask.question, names), READ_OUT)
        shown = visible(ask.label)[:LETTERS].strip() or read_out
        yield ask_button(f"ask_{place}", shown, value) | {"accessibility_label": read_out}


def _menu(question: Question) -> Block:
    """What is asked for seldom: another unit, a file, a post after each release, all next questions."""
    kinds = [*([UNITS] if offers_units(question) else []), CSV, POST, MORE]
    options = [{"text": plain(say(f"buttons.menu_{kind}")), "value": kind} for kind in kinds]
    return {"type": "overflow", "action_id": MENU, "options": options}


def label(question: str, most: int = LABEL) -> str:
    """A question with a capital letter, whole words that fit."""
    spoken = visible(question).strip()
    shown = spoken[:1].upper() + spoken[1:]
    if len(shown) <= most:
        return shown
    cut = shown.rfind(" ", 0, most)
    return shown[: cut if cut > 0 else most - 1] + "…"


def offers_units(question: Question) -> bool:
    """Whether the answer comes with a choice of a unit of weight."""
    return question.unit in WEIGHTS and question.view in IN_UNITS


def ask_button(action_id: str, shown: str, value: str) -> Block:
    """A button that holds a question, or another value."""
    return {"type": "button", "action_id": action_id, "text": plain(shown), "value": value}


def kept_private(message: Message) -> Message:
    """The message with buttons whose answers only the presser sees."""
    names = {f"ask_{number}": f"ask_private_{number}" for number in range(CHOICES)}
    return replace(message, blocks=tuple(_renamed(block, names) for block in message.blocks))


def _renamed(block: Block, names: Mapping[str, str]) -> Block:
    """The block with other names for what can be pressed in it."""
    if block["type"] != "actions":
        return block
    elements = [
        each | {"action_id": names.get(each["action_id"], each["action_id"])} for each in block["elements"]
    ]
    return block | {"elements": elements}


def stored_as(message: Message, answer_id: str) -> Message:
    """The message with a menu that tells the id of its stored question; without it where there is none."""
    if answer_id:
        return replace(
            message, blocks=tuple(_renamed(each, {MENU: f"{MENU}_{answer_id}"}) for each in message.blocks)
        )
    return replace(message, blocks=tuple(filter(None, map(_without_menu, message.blocks))))


def _without_menu(block: Block) -> Block | None:
    if block["type"] != "actions":
        return block
    elements = [each for each in block["elements"] if each["action_id"] != MENU]
    return block | {"elements": elements} if elements else None


def stored_id(action_id: str) -> str:
    """The id in a menu; '' where the question lies in the message's own metadata."""
    return action_id.removeprefix(MENU).removeprefix("_")


def is_private(action_id: str) -> bool:
    """Whether the button was under an answer that only the asker saw on purpose."""
    return action_id.startswith("ask_private_")
