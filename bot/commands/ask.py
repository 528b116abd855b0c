"""The command `ask`: one thread in the terminal, or a file of threads, a JSON list of turns a line."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.answers.answer import Answer
from bot.answers.conversation import Said, converse
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.errors import UsageError
from bot.messages.document import document
from bot.messages.reporting import reports
from bot.questions.question import Issue, Unresolved
from bot.words import speaking

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


def file_of(answers: list[Answer]) -> tuple[str, str]:
    """What the CSV file holds that the only turn asked for, and its lines; blank for any other answer."""
    [answer, *more] = answers
    with speaking(answer.language):
        made = [report for report in reports(answer) if report.file]
    lines = [line for report in made for line in report.file]
    return (" ".join(each.first_words for each in made), "\n".join(lines)) if not more else ("", "")


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
        return iter([respond(Unresolved("not_understood", (Issue(sentence),)), dataset)])
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


def dumped(value: Any) -> str:
    """JSON on one line, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)
