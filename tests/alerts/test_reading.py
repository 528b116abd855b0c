"""Conditions as people write them, and what is asked back: the cases in tests/conversations."""

from dataclasses import replace
from pathlib import Path

import yaml

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.conditions import as_typed, why_none
from bot.messages.understanding import mended
from bot.questions.commands import command_in
from bot.questions.condition import Condition
from bot.questions.condition_reading import read_condition
from bot.questions.question import Question
from bot.questions.speak import NONE
from bot.words import speaking
from tests.looped import looped

FOLDER = Path(__file__).parents[1] / "conversations"
CASES, TYPED = (
    yaml.load((FOLDER / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    for name in ("alerts.yaml", "conditions.yaml")
)
LAST = Question.of(("alumina",), ("export",), Period.month(Month(2024, 3)))


@looped("text", CASES["alerts"])
def test_an_alert_is_told_from_a_question(text: str) -> None:
    assert command_in(text) == "alert"


@looped("text", CASES["questions"])
def test_a_question_is_told_from_an_alert(text: str) -> None:
    assert command_in(text) != "alert"


@looped("number", CASES["no_numbers"])
def test_what_is_no_full_number_is_asked_back(number: str, dataset: Dataset) -> None:
    assert read_condition(f"氧化铝出口超过{number}", dataset).condition is None


@looped("number", CASES["no_percentages"])
def test_what_is_no_full_percentage_is_asked_back(number: str, dataset: Dataset) -> None:
    assert read_condition(f"氧化铝出口同比增长超过{number}", dataset).condition is None


def condition_of(text: str, dataset: Dataset, last: Question | None = None) -> Condition:
    reading = read_condition(text, dataset, last)
    assert reading.condition, reading
    return reading.condition


@looped("case", [*CASES["read"], *TYPED["read"]])
def test_a_condition_is_read(case: dict[str, str], dataset: Dataset) -> None:
    assert as_typed(condition_of(case["typed"], dataset), NONE) == case["watched"]


@looped("it", ["", "it", "the figure", "它", "这个", "這個", "該", "其"])
def test_it_is_the_series_spoken_of_before(it: str, dataset: Dataset) -> None:
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
def test_the_question_before_gives_what_is_not_said(
    last: Question, text: str, full: str, dataset: Dataset
) -> None:
    assert condition_of(text, dataset, last) == condition_of(full, dataset)


def test_of_a_question_about_several_series_each_is_offered(dataset: Dataset) -> None:
    asked = read_condition("above 200 kt", dataset, LAST.about(flows=("export", "import")))
    assert asked.condition is None
    assert [each.series.flow for each in asked.offers] == ["export", "import"]


def test_what_is_read_otherwise_is_owned_up_to(dataset: Dataset) -> None:
    reading = read_condition("aluminna imports above 100 kt", dataset)
    assert reading.condition
    assert mended(reading) == ("“aluminna” read as alumina",)


@looped("case", [*CASES["asked_back"], {"typed": "x" * 501, "says": "too long"}])
def test_what_is_no_condition_is_asked_back(case: dict[str, str], dataset: Dataset) -> None:
    reading = read_condition(case["typed"], dataset)
    assert reading.condition is None, reading
    with speaking(reading.language):
        assert case["says"] in why_none(reading, dataset.catalogue)
        offers = [as_typed(each, dataset.catalogue) for each in reading.offers]
    assert case["offers"] in offers if "offers" in case else not offers


@looped("text", TYPED["not_kept"])
def test_what_cannot_be_watched_as_it_was_said_is_not_kept(text: str, dataset: Dataset) -> None:
    assert read_condition(text, dataset).condition is None


def test_a_long_row_of_the_same_words_comes_to_an_end(dataset: Dataset) -> None:
    reading = read_condition("我的" * 100, dataset)
    assert reading.condition is None
    assert reading.reason
