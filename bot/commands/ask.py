"""The command `ask`: one thread in the terminal, or a file of threads, a JSON list of turns a line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.alerts.condition import words
from bot.alerts.reading import read
from bot.alerts.spoken import names_nothing
from bot.answers.answer import Answer
from bot.answers.conversation import converse
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.errors import UsageError
from bot.messages.conditions import said_back
from bot.messages.document import document
from bot.questions.question import Issue, Unresolved
from bot.words import say, speaking

EXIT_STATUS = {"answered": 0, "no_figure": 1, "outside": 1, "ask_back": 2, "not_understood": 2}


def exit_status(answers: Iterable[Answer]) -> int:
    """The worst of the turns: 0 answered, 1 not on record or outside, 2 not understood or asked back."""
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
        sentence = f"Line {number} is not a JSON list of texts."
        return iter([respond(Unresolved("not_understood", (Issue(line.strip()[:80], sentence),)), dataset)])
    return converse(turns, dataset)


def _turns(line: str) -> list[str] | None:
    if not line.strip():
        return []
    try:
        turns = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    return turns if isinstance(turns, list) and all(isinstance(turn, str) for turn in turns) else None


def alert(text: str, dataset: Dataset) -> tuple[dict[str, Any], int]:
    """What is said of an alert before it is saved, as a document, and the exit status; nothing is saved.

    "alert" is the condition as it would be kept; None where the text holds none.
    """
    read_as = read(text, dataset)
    with speaking(read_as.language):
        kept, outcome = None, "answered"
        suggestions: tuple[str, ...] = ()
        if not isinstance(read_as, Unresolved):
            kept = words(read_as.condition)
            said = [*said_back(read_as.condition, dataset), *read_as.restated]
        elif names_nothing(text):
            outcome, said = "ask_back", [say("alerts.how")]
        else:
            outcome, suggestions = read_as.outcome, read_as.suggestions
            said = [issue.sentence for issue in read_as.issues]
    told = {"alert": kept, "outcome": outcome, "language": read_as.language, "said": said}
    return told | {"suggestions": list(suggestions)}, EXIT_STATUS[outcome]


def lines(told: Mapping[str, Any]) -> list[str]:
    """What is said of an alert, line by line; last what to write instead."""
    instead = told["suggestions"]
    with speaking(told["language"]):
        return [*told["said"], *([say("script.try", questions=" · ".join(instead))] if instead else [])]


def dumped(value: Any) -> str:
    """JSON on one line, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)
