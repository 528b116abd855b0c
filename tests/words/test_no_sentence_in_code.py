"""No English sentence that people read stands in code: it would be said in Chinese too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = "messages posts answers questions alerts slack/installs"
SPOKEN = ("handlers", *(f"bot/{room}" for room in ROOMS.split()))
WORDS = re.compile(r"\b[A-Za-z][a-z]+\b(?:[ ,:;'’]+\b[A-Za-z]?[a-z]*\b){2,}")
PATTERN = re.compile(r"[\\|^$]|\(\?|\[[a-z]|^<!doctype|-src '")  # what is read by programs and not said
LOGGED = {"debug", "info", "warning", "error", "exception", "critical"}


def left_in(path: Path) -> Iterator[str]:
    """The strings of a file that read like sentences; not its docstrings, patterns, errors and log lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(each) for node in ast.walk(tree) for each in _silent(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in silent else None
        if isinstance(text, str) and is_sentence(text, path):
            yield f"{path.name}:{node.lineno}: {text}"


def is_sentence(text: str, path: Path) -> bool:
    """Whether it has three words; where words are read, vocabularies have them too, in small letters."""
    vocabulary = path.parent.name == "questions" and text == text.lower() and not text.endswith(".")
    return bool(WORDS.search(text)) and not PATTERN.search(text) and not vocabulary


def _silent(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr):  # a docstring
        yield node.value
    elif isinstance(node, ast.Raise | ast.Assert):
        yield from ast.walk(node)
    elif isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in LOGGED or name == "compile" or name.endswith("Error"):
            yield from ast.walk(node)


def test_no_sentence_is_left_in_code() -> None:
    files = [path for folder in SPOKEN for path in sorted((ROOT / folder).rglob("*.py"))]
    assert len(files) > 100
    left = {str(path.relative_to(ROOT)): list(left_in(path)) for path in files}
    assert [line for lines in left.values() for line in lines] == []
