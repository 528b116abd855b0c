"""Only what a person typed is read, and each text once."""

import ast
import sys
from pathlib import Path

import pytest

from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.questions.understand import _typed

ROOT = Path(__file__).parents[2]
TURNS = [
    "alumini exports march 2024",
    "alumina",
    "and imports?",
    "exprots of bauxite",
    "march",
    "help",
    "chart it",
]
READERS = {
    "bot/alerts/series.py": "the series of an alert that was typed",
    "bot/answers/conversation.py": "the turns of the terminal",
    "handlers/answering.py": "what was typed in Slack",
}


def calls_of_understand(path: Path) -> int:
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    calls = (node.func for node in found if isinstance(node, ast.Call))
    return sum(isinstance(each, ast.Name) and each.id == "understand" for each in calls)


def test_understand_is_called_where_typed_text_comes_in_and_nowhere_else() -> None:
    files = [path for room in ("bot", "handlers") for path in sorted((ROOT / room).rglob("*.py"))]
    calls = {path.relative_to(ROOT).as_posix(): calls_of_understand(path) for path in files}
    assert {name: count for name, count in calls.items() if count} == dict.fromkeys(READERS, 1)


def test_a_text_is_read_once_whatever_was_offered_before(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def reading(text: str, *rest: object) -> object:
        read.append(text)
        return _typed(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sys.modules["bot.questions.understand"], "_typed", reading)
    assert len(list(converse(TURNS, dataset))) == len(TURNS)
    assert read == TURNS
