"""What can be pressed or chosen below an answer: next questions, another unit, how it was computed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.messages.actions import HOW, UNIT
from bot.messages.message import Block, Message
from bot.messages.modal import plain
from bot.messages.safe import visible
from bot.questions import words
from bot.questions.question import WEIGHTS, Question, Unit
from bot.questions.speak import Names
from bot.words import say

BUTTONS = 5
LABEL = 75
VALUE = 2_000
# How people speak instead of what a question in words has: each of these that fits, in this order.
AS_SPOKEN = [
    (re.compile(pattern), spoken)
    for pattern, spoken in (
        (r"^next release$", "when is the next release?"),
        (r"^everything highlights ", "all that stands out in "),
        (r"^everything csv (.+)$", r"all of \1 as CSV"),
        (r"^everything (?=(?:exports|imports|net trade) )", "all "),
        (r"^everything (?=[A-Z\d])(.+ vs .+)$", r"everything, \1"),
        (r"^everything (?=[A-Z\d])", "everything in "),
        (r" ytd (?=January)", " "),
        (r" ytd (?=[A-Z])", " January-"),
        (r"January (\d{4}) to December \1", r"\1"),
        (r"(\w+) (\d{4}) to (\w+) \2", r"\1 to \3 \2"),
        (r"^everything revisions$", "what has been revised?"),
        (r"^(.+?) revisions (.+?) since (\d.+)$", r"\1 \2: \3 beside today"),
        (r"^(.+?) revisions$", r"revisions of \1"),
        (r"^(.+?) revisions (?=[A-Z\d])(.+)$", r"revisions of \1, \2"),
        (r"^(.+?) trend ([A-Z][a-z]+ \d{4})(?=$| as of)", r"\1, 13 months to \2"),
        (r"^(.+?) trend (?=[A-Z\d])", r"\1 month by month, "),
        (r"^(.+?) (\d+) (highest|lowest) months (?=[A-Z\d])", r"\1, \2 \3 months of "),
        (r"^(.+?) average (?=[A-Z\d])", r"\1, average month of "),
        (r"^(.+?) monthly csv (.+)$", r"\1, \2, month by month as CSV"),
        (r"^(.+?) csv (.+)$", r"\1, \2 as CSV"),
        (r" value in US\$ share\b", ", share by value"),
        (r" volume share\b", ", share by volume"),
        (r" value in US\$", " by value"),
        (r" in t (?=[A-Z\d])", " in tonnes "),
        (r"^(\d{4}年)1月至12月", r"\1"),
        (r"^(\d{4}年\d+月)(?!至)(.+走势(?:（.+)?)$", r"截至\1的13个月\2"),
    )
]
IN_UNITS = ("figure", "overview", "compare", "trend", "average", "ranking", "record", "growth")


def buttons(questions: Sequence[Question], names: Names) -> tuple[Block, ...]:
    """A block with a button for each of the first few questions; none where there are no questions."""
    values = {question.to_json(): question for question in questions}
    kept = [(value, question) for value, question in values.items() if len(value) <= VALUE][:BUTTONS]
    elements = [
        ask_button(f"ask_{place}", label(words(question, names)), value)
        for place, (value, question) in enumerate(kept)
    ]
    return ({"type": "actions", "elements": elements},) if elements else ()


def as_spoken(question: str) -> str:
    """The words of a question as people speak."""
    question = visible(question)
    for pattern, spoken in AS_SPOKEN:
        question = pattern.sub(spoken, question)
    return question.strip()


def label(question: str) -> str:
    """The question as a button says it: with a capital letter, whole words that fit."""
    spoken = as_spoken(question)
    shown = spoken[:1].upper() + spoken[1:]
    if len(shown) <= LABEL:
        return shown
    cut = shown.rfind(" ", 0, LABEL)
    return shown[: cut if cut > 0 else LABEL - 1] + "…"


def tools(answer: Answer) -> tuple[Block, ...]:
    """A block with the choice of a unit, where there is one, and the way to how it was computed."""
    question = answer.question
    if question is None or not answer.figures:
        return ()
    value = question.to_json()
    how = (ask_button(HOW, say("buttons.how"), value),) if len(value) <= VALUE else ()
    elements = [*_units(question), *how]
    return ({"type": "actions", "elements": elements},) if elements else ()


def offers_units(question: Question) -> bool:
    """Whether the answer comes with a choice of a unit of weight."""
    return question.unit in WEIGHTS and question.view in IN_UNITS


def _units(question: Question) -> tuple[Block, ...]:
    """The choice of a unit of weight; nothing where it is not of weights."""
    if not offers_units(question):
        return ()
    options = [{"text": plain(_unit_name(unit)), "value": unit} for unit in WEIGHTS]
    chosen = options[WEIGHTS.index(question.unit)]
    select = {"type": "static_select", "action_id": UNIT, "placeholder": plain(say("buttons.unit"))}
    return (select | {"options": options, "initial_option": chosen},)


def _unit_name(unit: Unit) -> str:
    return say(f"buttons.unit_{unit.replace('/', '_')}")


def ask_button(action_id: str, shown: str, value: str) -> Block:
    """A button that holds a question, or another value."""
    return {"type": "button", "action_id": action_id, "text": plain(shown), "value": value}


def kept_private(message: Message) -> Message:
    """The message with buttons whose answers only the presser sees."""
    names = {f"ask_{number}": f"ask_private_{number}" for number in range(BUTTONS)}
    return replace(message, blocks=tuple(_renamed(block, names) for block in message.blocks))


def _renamed(block: Block, names: Mapping[str, str]) -> Block:
    """The block with other names for what can be pressed in it."""
    if block["type"] != "actions":
        return block
    elements = [
        element | {"action_id": names.get(element["action_id"], element["action_id"])}
        for element in block["elements"]
    ]
    return block | {"elements": elements}


def stored_as(message: Message, answer_id: str) -> Message:
    """The message with a choice of a unit that tells the id under which its question is stored; without that
    choice where it is not.
    """
    if not answer_id:
        return replace(message, blocks=tuple(map(_without_units, message.blocks)))
    names = {UNIT: f"{UNIT}_{answer_id}"}
    return replace(message, blocks=tuple(_renamed(block, names) for block in message.blocks))


def _without_units(block: Block) -> Block:
    """The block without the choice of a unit, beside which a button stands."""
    elements = [each for each in block.get("elements") or () if each.get("action_id") != UNIT]
    return block | {"elements": elements} if elements else block


def stored_id(action_id: str) -> str:
    """The id in a choice of a unit; '' where the question lies in the message's own metadata."""
    return action_id.removeprefix(UNIT).removeprefix("_")


def is_private(action_id: str) -> bool:
    """Whether the button was under an answer that only the asker saw on purpose."""
    return action_id.startswith("ask_private_")
