"""Only what a person typed is read."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
READERS = {
    "bot/answers/conversation.py": 1,  # the turns of the terminal
    "bot/questions/condition_reading.py": 1,  # the series of an alert
    "bot/questions/overheard.py": 1,  # whether people may speak to us
    "handlers/answering.py": 1,  # what was typed in Slack
}


def calls_of_understand(path: Path) -> int:
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    calls = (node.func for node in found if isinstance(node, ast.Call))
    return sum(isinstance(each, ast.Name) and each.id == "understand" for each in calls)


def test_understand_is_called_where_typed_text_comes_in_and_nowhere_else() -> None:
    files = [path for room in ("bot", "handlers") for path in sorted((ROOT / room).rglob("*.py"))]
    calls = {path.relative_to(ROOT).as_posix(): calls_of_understand(path) for path in files}
    assert {name: count for name, count in calls.items() if count} == READERS
