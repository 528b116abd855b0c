"""Only what a person typed is read."""

import ast
from collections.abc import Mapping
from pathlib import Path

from tests.looped import looped

ROOT = Path(__file__).parents[2]
# By reader: the files that call it, and how often.
READERS: Mapping[str, Mapping[str, int]] = {
    "understand": {
        "bot/answers/conversation.py": 1,  # the turns of the terminal
        "bot/questions/condition_reading.py": 1,  # the series of an alert
        "bot/questions/overheard.py": 1,  # whether people may speak to us
        "bot/questions/teaching.py": 1,  # whether a word that was typed can be read
        "bot/reply.py": 1,  # what was typed in Slack
    },
    "parse_condition": {
        "bot/questions/condition_reading.py": 1,  # for those below
    },
    "read_condition": {
        "bot/questions/overheard.py": 1,  # whether a reply asks for an alert
        "handlers/alerts.py": 1,  # an alert that was typed in Slack
        "bot/commands/ask.py": 1,  # an alert in the terminal
        "bot/gallery/kinds.py": 2,  # a whole one and one that is not
    },
}


def calls_of(reader: str, path: Path) -> int:
    source = path.read_text(encoding="utf-8")
    found = ast.walk(ast.parse(source)) if reader in source else ()
    calls = (node.func for node in found if isinstance(node, ast.Call))
    return sum(isinstance(each, ast.Name) and each.id == reader for each in calls)


@looped("reader", READERS)
def test_a_reader_is_called_where_typed_text_comes_in_and_nowhere_else(reader: str) -> None:
    files = [path for room in ("bot", "handlers") for path in sorted((ROOT / room).rglob("*.py"))]
    calls = {path.relative_to(ROOT).as_posix(): calls_of(reader, path) for path in files}
    assert {name: count for name, count in calls.items() if count} == READERS[reader]
