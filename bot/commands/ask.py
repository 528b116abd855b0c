"""The command `ask`: one thread in the terminal, or a file of threads, a JSON list of turns a line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.answers.answer import Answer
from bot.answers.conversation import Said, converse
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.errors import UsageError
from bot.messages.condition_reasons import mended, why_none
from bot.messages.conditions import as_typed, said_back
from bot.messages.document import document
from bot.questions.condition import Condition
from bot.questions.condition_reading import read_condition
from bot.questions.question import Issue, Unresolved
from bot.questions.speak import NONE
from bot.words import say, speaking

EXIT_STATUS = {
    "answered": 0,
    "courtesy": 0,
    "silent": 0,
    "no_figure": 1,
    "outside": 1,
    "ask_back": 2,
    "not_understood": 2,
}


def exit_status(answers: Iterable[Answer]) -> int:
    """The worst of the turns: 0 answered or not for us, 1 no such figure, 2 not understood or asked back."""
    return max(EXIT_STATUS[answer.outcome] for answer in answers)


def as_json(answers: list[Answer]) -> str:
    """One document; a list of them when there are several turns."""
    documents = [document(answer) for answer in answers]
    return dumped(documents if len(documents) > 1 else documents[0])


def batch(path: Path, dataset: Dataset) -> Iterator[str]:
    """For each line of the file one line: the JSON list of its answers. A wrong line is answered as such."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                yield dumped([document(answer) for answer in _answers(line, number, dataset)])
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as text in UTF-8 ({error}).") from error


def _answers(line: str, number: int, dataset: Dataset) -> Iterator[Answer]:
    turns = _turns(line)
    if turns is None:
        sentence = f"Line {number} is not a JSON list of turns."
        return iter([respond(Unresolved("not_understood", (Issue(line.strip()[:80], sentence),)), dataset)])
    return converse(turns, dataset)


def _turns(line: str) -> list[Said] | None:
    if not line.strip():
        return []
    try:
        turns = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    return turns if isinstance(turns, list) and all(map(_is_turn, turns)) else None


def _is_turn(turn: object) -> bool:
    """A text, or {"text": ..., "addressed": false} for what is said in a thread without a mention."""
    if isinstance(turn, dict):
        return isinstance(turn.get("text"), str) and isinstance(turn.get("addressed", True), bool)
    return isinstance(turn, str)


def alert(text: str, dataset: Dataset) -> tuple[dict[str, Any], int]:
    """What is said of an alert before it is saved, as a document, and the exit status; nothing is saved.

    "alert" is the condition in English words, "condition" the same as it would be kept; None where the text
    holds none.
    """
    reading = read_condition(text, dataset)
    alert_words, condition, outcome = None, None, "answered" if reading.condition else reading.outcome
    with speaking(reading.language):
        if reading.condition:
            alert_words, condition = _in_english(reading.condition), json.loads(reading.condition.to_json())
            said = [*said_back(reading.condition, dataset), *mended(reading)]
        else:
            said = [why_none(reading, dataset.catalogue)]
        suggestions = [as_typed(offer, dataset.catalogue) for offer in reading.offers]
    told = {"alert": alert_words, "condition": condition, "outcome": outcome, "language": reading.language}
    return told | {"said": said, "suggestions": suggestions}, EXIT_STATUS[outcome]


def _in_english(condition: Condition) -> str:
    """Alumina exports above 200 kt, every time."""
    with speaking("en"):
        brief = as_typed(replace(condition, once=False), NONE)
        return say("alert_desk.once" if condition.once else "alert_desk.every", condition=brief)


def lines(told: Mapping[str, Any]) -> list[str]:
    """What is said of an alert, line by line; last what to write instead."""
    instead = told["suggestions"]
    with speaking(told["language"]):
        return [*told["said"], *([say("script.try", questions=" · ".join(instead))] if instead else [])]


def dumped(value: Any) -> str:
    """JSON on one line, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)
