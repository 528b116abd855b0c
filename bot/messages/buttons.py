"""What can be pressed or chosen below an answer: next questions, another unit, how it was computed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.messages.actions import HOW, UNIT
from bot.messages.message import Block, Message
from bot.messages.modal import plain
from bot.messages.safe import visible
from bot.questions import words, words_in
from bot.questions.question import Question, Unit

BUTTONS = 5
LABEL = 75
VALUE = 2_000
OPTION_VALUE = 150
EVERYTHING_TOLD = re.compile(r"^everything highlights ")
UNITS: dict[Unit, str] = {
    "t": "Unit: as it fits each figure",
    "kt": "kt, thousand tonnes",
    "Mt": "Mt, million tonnes",
    "wan_t": "万吨, ten thousand tonnes",
    "lb": "lb, pounds",
    "st": "short tons",
    "t/day": "t/day, tonnes a day",
}
IN_UNITS = ("figure", "overview", "compare", "trend", "average", "ranking", "record", "growth")


def buttons(questions: Sequence[str]) -> tuple[Block, ...]:
    """A block with a button for each of the first few questions; none where there are no questions."""
    kept = [each for each in dict.fromkeys(questions) if label(each) and len(each) <= VALUE][:BUTTONS]
    elements = [_button(f"ask_{place}", label(question), question) for place, question in enumerate(kept)]
    return ({"type": "actions", "elements": elements},) if elements else ()


def label(question: str) -> str:
    """The question as a button says it: with a capital letter, whole words, as many as fit."""
    question = EVERYTHING_TOLD.sub("all that stands out in ", visible(question)).strip()
    shown = question[:1].upper() + question[1:]
    if len(shown) <= LABEL:
        return shown
    cut = shown.rfind(" ", 0, LABEL)
    return shown[: cut if cut > 0 else LABEL - 1] + "…"


def tools(answer: Answer) -> tuple[Block, ...]:
    """A block with the choice of a unit, where there is one, and the way to how it was computed."""
    question = answer.question
    if question is None or not answer.figures:
        return ()
    asked = words(question, answer.catalogue)
    units = _units(question, answer) if question.view in IN_UNITS else ()
    how = (_button(HOW, "How was this computed?", asked),) if len(asked) <= VALUE else ()
    elements = [*units, *how]
    return ({"type": "actions", "elements": elements},) if elements else ()


def _units(question: Question, answer: Answer) -> tuple[Block, ...]:
    """The same question in each unit of weight; nothing where it is not of weights, or too long."""
    if question.unit not in UNITS:
        return ()
    asked = words_in(question, UNITS, answer.catalogue)
    if max(map(len, asked.values())) > OPTION_VALUE:
        return ()
    options = {unit: {"text": plain(name), "value": asked[unit]} for unit, name in UNITS.items()}
    chosen = options[question.unit]
    select = {"type": "static_select", "action_id": UNIT, "placeholder": plain("Unit")}
    return (select | {"options": list(options.values()), "initial_option": chosen},)


def _button(action_id: str, shown: str, value: str) -> Block:
    return {"type": "button", "action_id": action_id, "text": plain(shown), "value": value}


def kept_private(message: Message) -> Message:
    """The message with buttons whose answers only the presser sees."""
    return replace(message, blocks=tuple(map(_privately, message.blocks)))


def _privately(block: Block) -> Block:
    if block["type"] != "actions":
        return block
    elements = [
        element | {"action_id": element["action_id"].replace("ask_", "ask_private_")}
        for element in block["elements"]
    ]
    return block | {"elements": elements}


def is_private(action_id: str) -> bool:
    """Whether the button was under an answer that only the asker saw on purpose."""
    return action_id.startswith("ask_private_")
