"""A balance is named by its side, without a sign: net imports 163.7 kt."""

from dataclasses import replace

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.document import document
from bot.messages.headline import headline
from bot.messages.render import render
from bot.messages.script import script
from bot.questions.question import Question
from tests.looped import looped

AUGUST, JUNE, JULY = (Period.month(Month(2026, number)) for number in (8, 6, 7))
PRIMARY = Question.of(("primary_aluminium",), ("net",), AUGUST)
ALUMINA = Question.of(("alumina",), ("net",), Period.span(Month(2026, 1), Month(2026, 7)), "ranking")


def test_net_imports_are_called_so(dataset: Dataset) -> None:
    # 185.5 kt of imports and 21.9 of exports, printed to 10 t
    answer = respond(PRIMARY, dataset)
    assert headline(answer) == (
        "Primary aluminium net trade, August 2026: net imports about 163.7 kt (163.65 to 163.66 kt, derived)"
    )
    derived = "primary aluminium net trade = imports August 185.5 kt - exports August 21.9 kt."
    assert f"Derived, August 2026: {derived}" in script(answer).notes
    assert document(answer)["figures"][0]["value"] < 0


def test_the_largest_net_imports_lead_a_ranking_from_the_lowest_balance(dataset: Dataset) -> None:
    # 449.5 - 270 = 179 kt in June, 438.4 - 280 = 158 in May, 338.6 - 210 = 129 in March, each within 5
    answer = respond(replace(ALUMINA, order="lowest", top=3), dataset)
    assert headline(answer) == (
        "Alumina net trade, largest net imports of January 2026 to July 2026:"
        " June 2026 net imports about 179 kt, May 2026 net imports about 158 kt,"
        " March 2026 net imports about 129 kt"
    )
    # 270,000 - 449,463.68 t; 280,000 - 438,360.36; 210,000 - 338,562.79
    (table,) = [block for block in render(answer).blocks if block["type"] == "data_table"]
    assert [(row[2]["text"].split(" ±")[0], row[2]["value"]) for row in table["rows"][1:]] == [
        ("net imports 179.5", -179.46368),
        ("net imports 158.4", -158.36036),
        ("net imports 128.6", -128.56279),
    ]  # fmt: skip


def test_a_comparison_names_both_sides(dataset: Dataset) -> None:
    # June 2025: 170 kt of exports, 101.3 of imports
    asked = Question.of(("alumina",), ("net",), JUNE, "compare", against=JUNE.year_before)
    told = headline(respond(asked, dataset))
    assert told.startswith("Alumina net trade, June 2026: net imports about 179 kt (174 to 185 kt, derived),")
    assert told.endswith(" against net exports about 69 kt (63 to 74 kt, derived) in June 2025")


@looped("view", ["figure", "record", "trend", "average", "sources", "compare", "growth"])
def test_no_sign_is_told_beside_a_balance(dataset: Dataset, view: str) -> None:
    period = ALUMINA.period if view in ("trend", "average") else JULY
    message = render(respond(replace(ALUMINA.at(period), view=view), dataset))
    assert "net imports" in message.text
    assert " -6" not in message.text
    assert "(-" not in message.text


def test_a_record_of_net_imports(dataset: Dataset) -> None:
    # 260.4 - 190 = 70 kt in January, 232.4 - 170 = 62 in November 2025, both within 5
    asked = replace(ALUMINA.at(Period.month(Month(2026, 1))), view="record", order="lowest")
    told = headline(respond(asked, dataset))
    assert "since November 2025: net imports about 62 kt in November 2025 may have been as large" in told
