"""No code, sentence or word of the vocabulary is about one trade: that stands in its data folder.

What may name it: the readers of China Customs and UN Comtrade in bot/sources, the lists of all countries and
characters, and the general list of goods in outside.toml, of which whatever the folder holds is left out.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.tables import looped

ROOT = Path(__file__).parents[2]
TRADE = re.compile(r"alumini?um|bauxite|\bchina\b|\bchina's|\bprc\b|铝|中国|氧化铝|矾土", re.IGNORECASE)
ALUMINA = re.compile(r"\balumina (?:exports?|imports?|trade|price|net|oxide|production)", re.IGNORECASE)
LISTS = ("countries.en.po", "countries.zh.po", "countries.toml", "hanzi.toml")
TEXTS = sorted(
    path
    for folder in ("bot", "handlers")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".po", ".toml", ".html", ".js", ".css", ".csv", ".txt")
    if path.name not in LISTS
    and "bot/sources" not in path.as_posix()
    and not path.name.startswith("ordinary.")
)


def texts(path: Path) -> Iterator[str]:
    """What a file holds, without comments; of Python its strings, without docstrings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        general = re.sub(r'(?s)\nmetal = """.*?"""', "", text) if path.name == "outside.toml" else text
        yield from (line for line in general.splitlines() if not line.lstrip().startswith(("#", "//")))
        return
    tree = ast.parse(text)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@looped("path", TEXTS)
def test_no_file_names_the_trade_of_the_shipped_folder(path: Path) -> None:
    found = [text for text in texts(path) if TRADE.search(text) or ALUMINA.search(text)]
    assert found == [], path.relative_to(ROOT)
