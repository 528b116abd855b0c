"""Only what a person typed is read."""

import ast
from pathlib import Path

from tests.looped import looped
from tests.tables import tables

ROOT = Path(__file__).parents[2]
READERS = tables("questions/readers.yaml")


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
