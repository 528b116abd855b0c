"""`alumina ask`: one thread in the terminal, or a file of threads, a JSON list of turns a line."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.answers.answer import Answer, Outcome
from bot.answers.behind import printed
from bot.answers.conversation import Said, converse
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.errors import UsageError
from bot.messages.command_line import document, drawn, terminal
from bot.messages.details import parts
from bot.messages.reporting import reports
from bot.questions.reading import Reading
from bot.words import speaking

EXIT_STATUS: Mapping[Outcome, int] = {
    "answered": 0, "courtesy": 0, "silent": 0,
    "no_figure": 1, "outside": 1,
    "ask_back": 2, "not_understood": 2,
}  # fmt: skip


def ask(turns: Sequence[str], dataset: Dataset, *, details: bool, as_json: bool) -> int:
    """Prints the answers to the turns of a thread; the worst of their exit statuses."""
    answers = list(converse(turns, dataset))
    if as_json:
        print(as_document(answers))
    elif len(answers) == 1 and not sys.stdout.isatty() and (lines := _file_lines(answers[0])):
        print("\n".join(lines))  # a file or a program takes the CSV file alone
    else:
        draw(answers, dataset if details else None)
    return exit_status(answers)


def draw(answers: Iterable[Answer], explained: Dataset | None = None) -> None:
    """Prints answers as a person reads them, each with its details where `explained` is given."""
    console = terminal()
    for place, answer in enumerate(answers):
        # Not cropped: the lines of a file are long.
        below = parts(printed(answer, explained)) if explained and answer.figures else []
        console.print(*([""] if place else []), drawn(answer, below), sep="\n", crop=False)


def exit_status(answers: Iterable[Answer]) -> int:
    """The worst of the turns: 0 answered or not for us, 1 no such figure, 2 not understood or asked back."""
    return max(EXIT_STATUS[answer.outcome] for answer in answers)


def as_document(answers: list[Answer]) -> str:
    """One document; a list of them when there are several turns."""
    documents = [document(answer) for answer in answers]
    return dumped(documents if len(documents) > 1 else documents[0])


def _file_lines(answer: Answer) -> list[str]:
    with speaking(answer.language):
        return [line for report in reports(answer) for line in report.file]


def batch(path: Path, dataset: Dataset) -> Iterator[str]:
    """For each line of the file one line: the JSON list of its answers. A wrong line is answered as such."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                yield dumped([document(answer) for answer in _answers(line, number, dataset)])
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as text in UTF-8 ({error}).") from error


def _answers(line: str, number: int, dataset: Dataset) -> Iterator[Answer]:
    try:
        turns: list[Said] = json.loads(line) if line.strip() else []
    except (json.JSONDecodeError, RecursionError):
        turns = [{}]
    if isinstance(turns, list) and all(map(_is_turn, turns)):
        return converse(turns, dataset)
    refused, why = respond(Reading("not_understood"), dataset), f"Line {number} is not a JSON list of turns."
    return iter([refused._replace(reading=None, refusal=why)])


def _is_turn(turn: object) -> bool:
    """A text, or {"text": ..., "addressed": false} for what is said in a thread without a mention."""
    if isinstance(turn, dict):
        return isinstance(turn.get("text"), str) and isinstance(turn.get("addressed", True), bool)
    return isinstance(turn, str)


def dumped(value: Any) -> str:
    """JSON on one line, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)
