"""Every place in the code that says a sentence: its name, and the values that it gives."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAYS = {"say": 0, "say_count": 0, "say_or": 1}  # and at which place the name stands


@dataclass(frozen=True)
class Call:
    """A call of `say` or `say_count`; `name` is a pattern, since a part of it may be worked out."""

    where: str
    name: re.Pattern[str]
    values: frozenset[str]
    counted: bool
    open: bool  # values come from a mapping, which only a run can tell


def calls() -> Iterator[Call]:
    """All of them."""
    for folder in ("bot", "handlers"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path != ROOT / "bot/words/catalogue.py":
                yield from _calls_in(path)


def _calls_in(path: Path) -> Iterator[Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS:
            where = f"{path.relative_to(ROOT)}:{node.lineno}"
            names = [keyword.arg for keyword in node.keywords]
            counted = node.func.id == "say_count"
            values = frozenset(name for name in names if name) | ({"count"} if counted else set())
            for name in _names(node.args[SAYS[node.func.id]], where):
                yield Call(where, name, values, counted, None in names)


def _names(node: ast.expr, where: str) -> Iterator[re.Pattern[str]]:
    """The names that an expression may stand for."""
    if isinstance(node, ast.IfExp):
        yield from (*_names(node.body, where), *_names(node.orelse, where))
        return
    assert isinstance(node, ast.Constant | ast.JoinedStr), f"{where}: a sentence is named where it is said"
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts)
    yield re.compile("".join(texts))
