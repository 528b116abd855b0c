"""What can be pressed below an answer: next questions, Details, a menu; whether it helped, its deletion."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import islice

from bot.messages.actions import DELETE, DOWN, FEEDBACK, HOW, MENU, UP
from bot.messages.asks import CHOICES, LETTERS, Ask, beside_details
from bot.messages.message import Block, Message
from bot.messages.modal import plain, sure
from bot.messages.names import Names, upper_first
from bot.messages.safe import visible
from bot.questions import words
from bot.questions.question import WEIGHTS, Question
from bot.words import Language, language, say

LABEL, VALUE, MOST = 75, 2_000, 6
IN_UNITS = (
    "figure", "overview", "compare", "trend", "average", "ranking", "record", "growth", "total",
    "difference", "table", "rolling", "season", "why", "count", "streak", "partners",
)  # fmt: skip
UNITS, CSV, POST, MORE = "units", "csv", "post", "more"


def pressed(question: Question, asks: Iterable[Ask], names: Names) -> Iterator[Block]:
    """Two next questions, Details, and the menu: on one line of a phone."""
    value, details = question.to_json(), say("buttons.details")
    how = [ask_button(HOW, details, value)] if len(value) <= VALUE else []
    beside = islice(beside_details(asks, details), CHOICES - 1)
    yield from _row([*_asking(beside, names), *how, _menu(language(), units=offers_units(question))])


@cache
def _menu(_: Language, *, units: bool) -> Block:
    """What is seldom asked for: another unit, a file, a post after each release, all next questions."""
    kinds = [*([UNITS] if units else []), CSV, POST, MORE]
    options = [{"text": plain(say(f"buttons.menu_{kind}")), "value": kind} for kind in kinds]
    return {"type": "overflow", "action_id": MENU, "options": options}


def asked_back(asks: Iterable[Ask], names: Names) -> Iterator[Block]:
    """Up to three questions, of which one is meant or answers instead."""
    yield from _row([*_asking(islice(asks, CHOICES), names)])


def offered(asks: Iterable[Ask], names: Names) -> Iterator[Block]:
    """A button for every question, in full: for the presser of the menu alone."""
    told = [(label(words(ask.question, names)), ask.question.to_json()) for ask in islice(asks, MOST)]
    yield from _row([ask_button(f"ask_{at}", *each) for at, each in enumerate(told)])


def _row(elements: list[Block]) -> Iterator[Block]:
    if elements:
        yield {"type": "actions", "elements": elements}


def _asking(asks: Iterable[Ask], names: Names) -> Iterator[Block]:
    """A button a question; none for one that is longer than a button holds."""
    for place, ask in enumerate(asks):
        value = ask.question.to_json()
        if len(value) <= VALUE:
            read_out = label(words(ask.question, names))
            shown = visible(ask.label)[:LETTERS].strip() or read_out
            yield ask_button(f"ask_{place}", shown, value) | {"accessibility_label": read_out}


def label(question: str) -> str:
    """A question with a capital letter, whole words that fit."""
    shown = upper_first(visible(question).strip())
    if len(shown) <= LABEL:
        return shown
    cut = shown.rfind(" ", 0, LABEL)
    return shown[: cut if cut > 0 else LABEL - 1] + "…"


def offers_units(question: Question) -> bool:
    """Whether the answer comes with a choice of a unit of weight."""
    return question.unit in WEIGHTS and question.view in IN_UNITS


def ask_button(action_id: str, shown: str, value: str) -> Block:
    """A button that holds a question, or another value."""
    return {"type": "button", "action_id": action_id, "text": plain(shown), "value": value}


def kept_private(message: Message) -> Message:
    """The message with buttons whose answers only the presser sees."""
    return _renamed(message, {f"ask_{number}": f"ask_private_{number}" for number in range(CHOICES)})


def stored_as(message: Message, answer_id: str) -> Message:
    """The message with a menu that tells the id of its stored question; without it where there is none."""
    return _renamed(message, {MENU: f"{MENU}_{answer_id}" if answer_id else ""})


def _renamed(message: Message, names: Mapping[str, str]) -> Message:
    """What can be pressed by other names; what has no name left is taken away."""
    blocks = []
    for block in message.blocks:
        if block["type"] == "actions":
            named = [(each, names.get(each["action_id"], each["action_id"])) for each in block["elements"]]
            block = block | {"elements": [each | {"action_id": name} for each, name in named if name]}
        if block.get("elements") != []:
            blocks.append(block)
    return replace(message, blocks=tuple(blocks))


def stored_id(action_id: str) -> str:
    """The id in a menu; '' where the question lies in the message's own metadata."""
    return action_id.removeprefix(MENU).removeprefix("_")


def is_private(action_id: str) -> bool:
    """Whether the button was under an answer that only the asker saw on purpose."""
    return action_id.startswith("ask_private_")


def with_controls(message: Message, asker: str | None) -> Message:
    """The message with feedback below it, and with a bin that only the asker sees, where there is one.

    A message that is text alone stays that: its text would not be shown beside blocks.
    """
    if not message.blocks:
        return message
    elements = [_feedback(), *([_bin(asker)] if asker else [])]
    return replace(message, blocks=(*message.blocks, {"type": "context_actions", "elements": elements}))


def _feedback() -> Block:
    buttons = {}
    for place, value, name in (("positive_button", UP, "helpful"), ("negative_button", DOWN, "not_helpful")):
        text, read_out = plain(say(f"controls.{name}")), say(f"controls.{name}_read_out")
        buttons[place] = {"text": text, "value": value, "accessibility_label": read_out}
    return {"type": "feedback_buttons", "action_id": FEEDBACK, **buttons}


def _bin(asker: str) -> Block:
    delete, keep = say("controls.delete"), say("controls.keep")
    confirm = sure(say("controls.sure"), say("controls.for_everybody"), yes=delete, no=keep)
    shown = {"text": plain(delete), "accessibility_label": say("controls.delete_read_out")}
    button = {"type": "icon_button", "icon": "trash", "action_id": DELETE, **shown, "value": asker}
    return button | {"visible_to_user_ids": [asker], "confirm": confirm}
