"""Conditions as people write them, what is asked back, and what is said of them and of their firing."""

from dataclasses import replace
from pathlib import Path

import yaml

from bot.alerts.firing import firings
from bot.dataset.calendar import Month, Period
from bot.messages.caveats import mended
from bot.messages.conditions import amount_name, fired, said_back, why_none
from bot.questions import about
from bot.questions.commands import command_in
from bot.questions.condition import NewRecord, PercentChange, Revision, SignChange, Threshold
from bot.questions.condition_reading import read_condition
from bot.questions.question import Question
from bot.words import speaking
from tests.dataset.rows import rows_of, small_dataset
from tests.tables import looped, tables

TURNS = {"positive": "turns positive", "negative": "turns negative", "either": "changes sign"}
EXTREMES = {"highest": "new record high", "lowest": "new record low", "either": "new record"}
WAYS = {"up": "up more than", "down": "down more than", "either": "changes by more than"}


def written(condition):
    """Words for it: "alumina exports above 200 kt, once"."""
    with speaking("en"):
        series, often = about(condition.question()), ", once" if condition.once else ""
        match condition.test:
            case Threshold(side, amount):
                test = f"{side} {amount_name(amount)}"
            case PercentChange(on, way, pct):
                test = f"{on} {WAYS[way]} {pct.normalize():,f} %"
            case NewRecord(extreme):
                test = EXTREMES[extreme]
            case SignChange(of, to):
                test = f"{'yoy ' if of == 'yoy' else ''}{TURNS[to]}"
            case Revision():
                test = "revised"
    return f"{series} {test}{often}"


SENTENCES = tables("alerts/said.yaml")

FOLDER = Path(__file__).parents[1] / "conversations"
CASES, TYPED = (
    yaml.load((FOLDER / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    for name in ("alerts.yaml", "conditions.yaml")
)
LAST = Question.of(("alumina",), ("export",), Period.month(Month(2024, 3)))


NOT_READ = [
    *TYPED["not_kept"],
    *(f"氧化铝出口超过{number}" for number in CASES["no_numbers"]),
    *(f"氧化铝出口同比增长超过{number}" for number in CASES["no_percentages"]),
]


@looped(
    ("text", "alert"), [(text, kind == "alerts") for kind in ("alerts", "questions") for text in CASES[kind]]
)
def test_an_alert_is_told_from_a_question(text, alert):
    assert (command_in(text) == "alert") == alert


@looped("text", NOT_READ)
def test_what_cannot_be_watched_as_it_was_said_is_not_kept(text, dataset):
    assert read_condition(text, dataset).condition is None


def condition_of(text, dataset, last=None):
    reading = read_condition(text, dataset, last)
    assert reading.condition, reading
    return reading.condition


@looped("case", [*CASES["read"], *TYPED["read"]])
def test_a_condition_is_read(case, dataset):
    assert written(condition_of(case["typed"], dataset)) == case["watched"]


@looped("it", ["", "it", "the figure", "它", "这个", "這個", "該", "其"])
def test_it_is_the_series_spoken_of_before(it, dataset):
    found = condition_of(f"{it} 超過20萬噸時提醒我", dataset, LAST)
    assert found == condition_of("alumina exports above 20 万吨", dataset)


AFTER = [
    # What was asked before, what is typed after it, and the same in full.
    (LAST, "it exceeds US$100m", "alumina exports above US$100m"),
    (replace(LAST, measure="value", unit="USD"), "above US$100m", "alumina exports above US$100m"),
    (LAST.about(flows=("net",)), "it turns negative", "alumina net trade turns negative"),
    (replace(LAST, scope="HS 28182000"), "above 200 kt", "HS 28182000 exports above 200 kt"),
    (LAST, "bauxite imports hit a record", "bauxite imports new record"),
]


@looped(("last", "text", "full"), AFTER)
def test_the_question_before_fills_the_gaps(last, text, full, dataset):
    assert condition_of(text, dataset, last) == condition_of(full, dataset)


def test_of_a_question_about_several_series_each_is_offered(dataset):
    asked = read_condition("above 200 kt", dataset, LAST.about(flows=("export", "import")))
    assert asked.condition is None
    assert [each.series.flow for each in asked.offers] == ["export", "import"]


def test_what_is_read_otherwise_is_owned_up_to(dataset):
    reading = read_condition("aluminna imports above 100 kt", dataset)
    assert reading.condition
    assert mended(reading) == ["“aluminna” read as alumina"]


ASKED_BACK = [(text, kind) for kind, texts in CASES["asked_back"].items() for text in texts]


@looped(("text", "kind"), [*ASKED_BACK, ("x" * 501, "too_long")])
def test_what_is_no_condition_is_asked_back(text, kind, dataset):
    reading = read_condition(text, dataset)
    assert (reading.condition, reading.offers) == (None, ()), reading
    assert reading.reason
    assert reading.reason.kind == kind
    with speaking(reading.language):
        assert all(word in why_none(reading) for word in reading.reason.words)


@looped(("text", "offered"), CASES["offered"].items())
def test_where_the_series_is_unclear_likely_ones_are_offered(text, offered, dataset):
    reading = read_condition(text, dataset)
    assert reading.condition is None
    assert [written(each) for each in reading.offers] == offered
    assert why_none(reading)


def test_a_long_row_of_the_same_words_comes_to_an_end(dataset):
    reading = read_condition("我的" * 100, dataset)
    assert reading.condition is None
    assert reading.reason


def told(text, dataset):
    condition = condition_of(text, dataset)
    found = firings(condition, dataset)
    last = [fired(found[-1])] if found else []
    return [*said_back(condition, dataset), *last]


@looped(("text", "rows", "said"), SENTENCES["said"])
def test_it_says_how_often_it_would_have_fired_and_what_is_in_doubt(text, rows, said):
    lines = "\n".join(told(text, small_dataset(rows_of(rows))))
    assert [each for each in said if each not in lines] == []


def test_a_balance_is_told_by_its_side(dataset):
    lines = told("alumina net imports above 50 kt", dataset)
    assert lines[0].startswith("Alumina net trade: net imports above 50 kt, every time")
    assert "net imports" in lines[-1].partition("above 50 kt")[2]
