"""Another folder of figures, and no trade in the code."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from bot.answers.conversation import converse
from bot.commands.data import check, new_folder
from bot.dataset.load import load_dataset, load_record
from bot.errors import DataFileError, SettingError, UsageError
from bot.messages.render import render
from bot.settings import Settings
from tests.tables import looped, tables


@pytest.fixture
def folder(tmp_path):
    new_folder(tmp_path / "mine")
    return tmp_path / "mine"


def test_the_skeleton_passes_the_check_and_answers(folder, capsys):
    assert check(Settings.from_env({"ALUMINA_DATA": str(folder)})) == 0
    assert capsys.readouterr().out.startswith("10 rows and 1 sources")
    dataset = load_dataset(folder, date(2026, 5, 1))
    # As its rows say: 168,000 t, printed with +5.0 %; 168 of 140 are +20 %; 150 + 140 + 168 = 458.
    (answer,) = converse(["copper march"], dataset)
    assert all(part in render(answer).text for part in ("168 kt", "5.0 %", "+20 %", "458 kt"))
    (answer,) = converse(["2026年3月铜出口"], dataset)
    assert "16.8万吨" in render(answer).text


CASES = tables("otherdata/new_folder.yaml")
OF_ONE = CASES["of_one"]


@pytest.fixture(scope="module")
def of_one(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    for name, text in CASES["one"].items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@looped("asked", OF_ONE)
def test_one_series_of_one_flow_without_chinese_names_is_enough(of_one, asked):
    (answer,) = converse([asked], load_dataset(of_one, date(2026, 5, 1)))
    text = render(answer).text
    assert [part for part in OF_ONE[asked] if part not in text] == [], text


def test_nothing_is_overwritten(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(UsageError, match="is there already"):
        new_folder(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with pytest.raises(UsageError, match="is there already"):
        new_folder(folder / "figures.csv")


def test_an_empty_folder_is_filled(tmp_path):
    assert "10 invented figures" in new_folder(tmp_path)


@looped(("name", "old", "new", "line", "column", "expected"), CASES["wrong"])
def test_what_is_wrong_is_named_by_file_line_and_column(tmp_path, name, old, new, line, column, expected):
    folder = tmp_path / str(len([*tmp_path.iterdir()]))
    new_folder(folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_record(folder)
    assert (caught.value.file, caught.value.line, caught.value.column) == (name, line, column)
    assert expected in caught.value.expected
    assert caught.value.exit_status == 65


@looped("name", ["commodities.toml", "dataset.toml", "figures.csv", "sources.csv"])
def test_a_file_that_is_missing_is_named(tmp_path, name):
    folder = tmp_path / name
    new_folder(folder)
    (folder / name).unlink()
    with pytest.raises((DataFileError, SettingError), match=name):
        check(Settings.from_env({"ALUMINA_DATA": str(folder)}))


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


def texts(path):
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
def test_no_file_names_the_trade_of_the_shipped_folder(path):
    found = [text for text in texts(path) if TRADE.search(text) or ALUMINA.search(text)]
    assert found == [], path.relative_to(ROOT)
