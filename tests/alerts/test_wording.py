"""What is said of a condition and of a firing: of rows that are typed here."""

import json

from bot.alerts.firing import firings
from bot.commands.ask_alert import alert, lines
from bot.dataset.dataset import Dataset
from bot.messages.conditions import fired, said_back
from bot.questions.condition import Condition
from bot.questions.condition_reading import read_condition
from bot.words import speaking
from tests.dataset.rows import row, small_dataset
from tests.looped import looped

# Exports of alumina in 10 kt: 190, 200, 210 and, a year on, 230 and 160.
ROWS = [
    row("2024-01", 190_000, status="bulletin"),
    row("2024-02", 200_000, status="bulletin"),
    row("2024-03", 210_000, status="bulletin"),
    row("2025-01", 230_000, status="bulletin"),
    row("2025-02", 160_000, status="query"),
]
SMALL = small_dataset(ROWS)


def condition_of(text: str, dataset: Dataset) -> Condition:
    reading = read_condition(text, dataset)
    assert reading.condition, reading
    return reading.condition


def told(text: str, dataset: Dataset = SMALL) -> list[str]:
    condition = condition_of(text, dataset)
    found = firings(condition, dataset)
    last = [fired(found[-1], dataset.catalogue)] if found else []
    return [*said_back(condition, dataset), *last]


def test_a_level_is_said_back_and_checked_against_the_record() -> None:
    assert told("alumina exports above 204 kt") == [
        "Alumina exports above 204 kt, every time: in every month of which this holds.",
        "It would have fired in 2 of 5 months on record, last in January 2025 (230 kt, bulletin), "
        "March 2024 (210 kt, bulletin).",
        "Alumina exports above 204 kt: 230 kt, January 2025",
    ]


def test_what_rounding_could_undo_says_so() -> None:
    lines = told("alumina exports above 209 kt, once")
    assert lines[0].endswith("once: the next time, and then no more.")
    assert "One of these is within rounding." in lines
    assert told("alumina exports above 229 kt")[-1].endswith("(within rounding)")


def test_what_never_fired_says_so() -> None:
    assert "It would not have fired in any of the 5 months on record." in told("alumina exports above 1 Mt")


def test_the_months_of_which_it_cannot_be_told_are_counted_with_the_reason() -> None:
    lines = told("alumina exports yoy down more than 10 %")
    assert "It would have fired in 1 of 5 months on record, last in February 2025 (▼ ~20 %, query)." in lines
    assert "Of 3 months it cannot be told: 3 without the month that they are measured against." in lines


def test_a_figure_stands_in_the_unit_of_its_amount() -> None:
    assert "23 万吨" in told("alumina exports above 22万吨")[-1]


def test_a_balance_is_told_by_its_side(dataset: Dataset) -> None:
    lines = told("alumina net imports above 50 kt", dataset)
    assert lines[0].startswith("Alumina net trade: net imports above 50 kt, every time")
    assert "net imports" in lines[-1].partition("above 50 kt")[2]


def test_it_is_said_in_chinese(dataset: Dataset) -> None:
    with speaking("zh"):
        lines = told("alumina exports above 200 kt", dataset)
    assert "每次提醒" in lines[0]
    assert "个月" in lines[1]


@looped("text", ["alumina exports revised", "alumina exports new record"])
def test_a_revision_names_both_printings_and_a_record_its_run(text: str) -> None:
    months = [row(f"2024-{number:02d}", 100_000 + 20_000 * number, status="flash") for number in range(1, 13)]
    anew = [row("2024-12", 370_000, status="bulletin")]
    lines = told(text, small_dataset([*months, *anew]))
    if text.endswith("revised"):
        assert "340 kt before, 370 kt since" in lines[-1]
    else:
        assert "370 kt" in lines[-1]
        assert "highest of 12 months since January 2024" in lines[-1]


def test_the_terminal_says_the_same_and_saves_nothing(dataset: Dataset) -> None:
    said, status = alert("alert alumina exports above 200kt", dataset)
    assert (lines(said)[0], status) == (told("alumina exports above 200 kt", dataset)[0], 0)
    assert (said["alert"], said["outcome"]) == ("alumina exports above 200 kt, every time", "answered")
    assert said["condition"] == json.loads(condition_of("alumina exports above 200 kt", dataset).to_json())
    said, status = alert("alert alumina exports above 200", dataset)
    assert (said["alert"], said["condition"], status) == (None, None, 2)
    assert lines(said)[-1].startswith("Try: alumina exports above 200 kt · ")


@looped(("word", "example"), [("alert", "alumina exports above"), ("提醒我", "氧化铝出口超过")])
def test_the_word_alone_is_told_how_to_write_one(word: str, example: str, dataset: Dataset) -> None:
    said, status = alert(word, dataset)
    assert (said["alert"], said["outcome"], status) == (None, "ask_back", 2)
    assert example in lines(said)[0]
