"""Every sentence stands in the catalogue in both languages, and none in the code."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import get_args

import polib
import pytest

from bot.answers.answer import Rule
from bot.errors import InternalError
from bot.words import LANGUAGES, language, say, say_count, speaking
from bot.words.catalogue import SENTENCES
from bot.words.folder import VALUES
from tests.tables import looped

HAN = re.compile("[\u4e00-\u9fff]")
# What Chinese readers write in Latin letters too: abbreviations, units, marks of code, words that are typed.
LATIN = re.compile(r"(?<![\w/{])[A-Za-z][a-z]{3,}(?![\w}])")
CODE = re.compile(r"`[^`]*`|\{[^}]*\}|<[^>]*>|“[a-z0-9 /-]+”")
SPACED = re.compile(
    "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef] (?:{[a-z]|\\d)"
    "|[}\\d] [\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)
KEPT_IN_LATIN = {"Slack", "Alumina", "alumina", "Canvas", "Comtrade"}
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


@cache
def every_call():
    """Every place in the code that says a sentence: its name, and the values that it gives."""
    found: list[Call] = []
    for folder in ("bot", "handlers"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path != ROOT / "bot/words/catalogue.py":
                found += _calls_in(path)
    return found


def _calls_in(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS:
            where = f"{path.relative_to(ROOT)}:{node.lineno}"
            names = [keyword.arg for keyword in node.keywords]
            counted = node.func.id == "say_count"
            values = frozenset(name for name in names if name) | ({"count"} if counted else set())
            for name in _names(node.args[SAYS[node.func.id]], where):
                yield Call(where, name, values, counted, None in names)


def _names(node, where):
    """The names that an expression may stand for."""
    if isinstance(node, ast.IfExp):
        yield from (*_names(node.body, where), *_names(node.orelse, where))
        return
    assert isinstance(node, ast.Constant | ast.JoinedStr), f"{where}: a sentence is named where it is said"
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts)
    yield re.compile("".join(texts))


def entries(spoken):
    found: dict[str, polib.POEntry] = {}
    for path in sorted(SENTENCES.glob(f"*.{spoken}.po")):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            assert entry.msgid not in found, f"{entry.msgid} stands twice"
            assert entry.msgid.split(".")[0] == path.name.split(".")[0], f"{entry.msgid} in {path.name}"
            found[entry.msgid] = entry
    return found


EACH = {spoken: entries(spoken) for spoken in LANGUAGES}


def forms(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def values(text):
    """The values that whoever says it has to give; those in capitals come from the data folder."""
    named = {
        name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(text) if name is not None
    }
    return {name for name in named if not name.isupper()}


def test_what_stands_in_capitals_is_a_value_of_the_data_folder():
    said = (form for each in EACH.values() for entry in each.values() for form in forms(entry))
    assert {name for form in said for name in re.findall(r"\{([A-Z_]+)\}", form)} <= set(VALUES)


@looped("spoken", LANGUAGES)
def test_every_language_has_every_sentence_finished(spoken):
    assert set(EACH[spoken]) == set(EACH["en"]) != set()
    how_many = 2 if spoken == "en" else 1
    for name, entry in EACH[spoken].items():
        assert [entry.fuzzy, entry.obsolete] == [False, False], name
        assert all(forms(entry)), f"{name} is blank"
        assert len(forms(entry)) == (how_many if entry.msgid_plural else 1), name
        assert bool(entry.msgid_plural) == bool(EACH["en"][name].msgid_plural), name


@looped("name", EACH["en"])
def test_a_sentence_has_the_same_values_in_each_language(name):
    wanted = set().union(*(values(form) for form in forms(EACH["en"][name])))
    for spoken in LANGUAGES:
        given = set().union(*(values(form) for form in forms(EACH[spoken][name])))
        assert given - {"count"} == wanted - {"count"}, f"{name} in {spoken}"


@looped("name", EACH["zh"])
def test_chinese_is_chinese(name):
    for form in forms(EACH["zh"][name]):
        plain = CODE.sub("", form)
        assert set(LATIN.findall(plain)) <= KEPT_IN_LATIN, form
        if LATIN.search(CODE.sub("", forms(EACH["en"][name])[0])):
            assert HAN.search(plain), f"{name}: {form}"
        assert not SPACED.search(form), f"no space stands between a Chinese sign and a number: {form}"


@looped("call", every_call)
def test_what_the_code_says_is_there_and_gets_its_values(call):
    named = [name for name in EACH["en"] if call.name.fullmatch(name)]
    assert named, f"{call.where}: no sentence is named {call.name.pattern}"
    for name in named:
        entry = EACH["en"][name]
        assert bool(entry.msgid_plural) == call.counted, f"{call.where}: {name}"
        wanted = set().union(*(values(form) for form in forms(entry)))
        assert wanted <= call.values or call.open, f"{call.where}: {name} lacks {wanted - call.values}"
        exact = call.name.pattern == re.escape(name)
        assert not exact or call.values - {"count"} <= wanted, f"{call.where}: {name} has no such value"


def test_every_sentence_is_said():
    unsaid = [name for name in EACH["en"] if not any(call.name.fullmatch(name) for call in every_call())]
    assert unsaid == []


def test_every_rule_of_the_answers_has_a_sentence_and_no_other_has_one():
    told = {name for name in EACH["en"] if name.startswith("reasons.")}
    assert told == {f"reasons.{rule}" for rule in get_args(Rule)}


def test_the_language_is_that_of_the_place():
    english = say("replies.started_over")
    with speaking("zh"):
        chinese = say("replies.started_over")
        with speaking("en"):
            assert say("replies.started_over") == english
        assert say("replies.started_over") == chinese
    assert language() == "en"
    assert HAN.search(chinese)
    assert not HAN.search(english)


@looped("spoken", LANGUAGES)
def test_an_unknown_sentence_is_an_error(spoken):
    with speaking(spoken), pytest.raises(InternalError, match=r"replies\.nothing"):
        say("replies.nothing")
    with speaking(spoken), pytest.raises(InternalError, match=r"replies\.nothing"):
        say_count("replies.nothing", 2)


@looped("spoken", LANGUAGES)
def test_a_sentence_is_said_with_a_count_if_it_has_plurals_and_only_then(spoken):
    counted = next(name for name, entry in EACH[spoken].items() if entry.msgstr_plural)
    with speaking(spoken), pytest.raises(InternalError, match=f"{re.escape(counted)} is said with a count"):
        say(counted)
    with speaking(spoken), pytest.raises(InternalError, match=r"replies\.gone is said without a count"):
        say_count("replies.gone", 2)


ROOMS = "messages posts answers questions alerts slack/installs"
SPOKEN = ("handlers", *(f"bot/{room}" for room in ROOMS.split()))
WORDS = re.compile(r"\b[A-Za-z][a-z]+\b(?:[ ,:;'’]+\b[A-Za-z]?[a-z]*\b){2,}")
PATTERN = re.compile(r"[\\|^$]|\(\?|\[[a-z]|^<!doctype|-src '")  # what is read by programs and not said
LOGGED = {"debug", "info", "warning", "error", "exception", "critical"}


def left_in(path):
    """The strings of a file that read like sentences; not its docstrings, patterns, errors and log lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(each) for node in ast.walk(tree) for each in _silent(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in silent else None
        if isinstance(text, str) and is_sentence(text, path):
            yield f"{path.name}:{node.lineno}: {text}"


def is_sentence(text, path):
    """Whether it has three words; where words are read, vocabularies have them too, in small letters."""
    vocabulary = path.parent.name == "questions" and text == text.lower() and not text.endswith(".")
    return bool(WORDS.search(text)) and not PATTERN.search(text) and not vocabulary


def _silent(node):
    if isinstance(node, ast.Expr):  # a docstring
        yield node.value
    elif isinstance(node, ast.Raise | ast.Assert):
        yield from ast.walk(node)
    elif isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in LOGGED or name == "compile" or name.endswith("Error"):
            yield from ast.walk(node)


def test_no_sentence_is_left_in_code():
    files = [path for folder in SPOKEN for path in sorted((ROOT / folder).rglob("*.py"))]
    assert len(files) > 100
    left = {str(path.relative_to(ROOT)): list(left_in(path)) for path in files}
    assert [line for lines in left.values() for line in lines] == []
