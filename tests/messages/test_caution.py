"""Held, estimated and rounded-away figures: what an answer says of them, and that none of them leads."""

from dataclasses import replace

import pytest

from bot.answers.answer import Answer
from bot.answers.conversation import converse
from bot.answers.highlights import every_highlight
from bot.answers.monthly import monthly_summary
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Held, Series
from bot.messages.caveats import caveats
from bot.messages.document import document
from bot.messages.render import render
from bot.words import speaking
from tests.conftest import TODAY
from tests.dataset.rows import row
from tests.messages.asked import lines

JULY = row("2026-07", 3_000_000, series=Series("alumina", "export"))


@pytest.fixture(scope="module")
def holding(dataset: Dataset) -> Dataset:
    """The record with a July of alumina exports ten times too large that is held."""
    return replace(dataset.record, held=(Held(JULY, "ten times too much"),)).as_of(TODAY)


def answer(text: str, dataset: Dataset) -> Answer:
    return next(iter(converse([text], dataset)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("alumina exports july 2026", "A figure for July 2026 is held until it is checked"),
        ("alumina exports 2026 ytd", "A figure for July 2026 is held until it is checked"),
        ("2026年7月氧化铝出口", "2026年7月有数据待核实，暂未采用"),
        ("july 2026", "A figure for July 2026 is held until it is checked"),
        ("alumina exports trend", "A figure for July 2026 is held until it is checked"),
        ("alumina exports july 2025 vs july 2026", "A figure for July 2026 is held until it is checked"),
    ],
)
def test_an_answer_about_a_month_with_a_held_figure_says_so(holding: Dataset, text: str, said: str) -> None:
    told = lines(render(answer(text, holding)))
    assert said in told
    assert "3,000" not in told
    assert "3 Mt" not in told


def test_a_held_figure_of_one_country_is_named_among_all(dataset: Dataset) -> None:
    laos = row("2025-06", 90_000, series=Series("bauxite", "import", "Laos"), scope="HS 2606")
    held = replace(dataset.record, held=(Held(laos, "out of step"),)).as_of(TODAY)
    told = lines(render(answer("bauxite imports by country june 2025", held)))
    assert "A figure for June 2025 is held until it is checked" in told
    assert "Laos" not in told


def test_other_months_and_series_say_nothing_of_it(holding: Dataset) -> None:
    for text in ("alumina exports june 2026", "bauxite imports july 2026", "alumina exports 2025"):
        assert "held" not in lines(render(answer(text, holding)))


def test_the_document_names_the_held_month_and_not_its_value(holding: Dataset) -> None:
    found = document(answer("alumina exports july 2026", holding))
    assert [(each["commodity"], each["period"], each["kind"]) for each in found["held"]] == [
        ("alumina", "2026-07", "month")
    ]
    assert "3000000" not in str(found)


def test_an_estimate_is_marked_and_named_in_one_clause(dataset: Dataset) -> None:
    told = lines(render(answer("alumina imports october 2024", dataset)))
    assert "~11 kt" in told.splitlines()[0]
    assert told.count("estimated") == 1


def test_an_estimate_of_the_first_scope_is_named_too(dataset: Dataset) -> None:
    found = answer("bauxite imports july 2026", dataset)
    (figure,) = found.figures
    row_of = replace(figure.row, status="estimated")
    marked = replace(figure, inputs=(replace(figure.inputs[0], row=row_of),))
    with speaking("en"):
        assert caveats(replace(found, figures=(marked,))) == ("Partly estimated",)


def test_no_highlight_that_rests_on_an_estimate_leads(dataset: Dataset) -> None:
    estimated = 0
    for edition in (Month(2023, 1).plus(step) for step in range(43)):
        found = every_highlight(dataset, edition)
        resting = [any(each.estimated for each in (item.figure, *item.evidence)) for item in found]
        assert resting[:1] != [True] or all(resting), edition
        estimated += any(resting)
    assert estimated > 10


def test_no_post_and_no_month_leads_with_an_estimate(dataset: Dataset) -> None:
    for edition in (Month(2024, 1).plus(step) for step in range(12)):
        post = monthly_summary(dataset, edition)
        first = lines(render(post)).splitlines()[:2]
        assert not first[1].startswith("Alumina imports"), first


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("alumina exports january 2022", "Alumina exports, January 2022: under 5 kt"),
        ("2022年1月氧化铝出口", "2022年1月氧化铝出口不足0.5万吨"),
        ("alumina exports january 2022 vs february 2022", "Alumina exports: under 5 kt in January 2022"),
    ],
)
def test_a_month_printed_as_nothing_in_ten_thousand_tonnes_is_under_five(
    dataset: Dataset, text: str, said: str
) -> None:
    assert said in lines(render(answer(text, dataset)))


def test_in_a_table_it_is_under_five_too(dataset: Dataset) -> None:
    (table,) = [each for each in render(answer("january 2022", dataset)).blocks if each["type"] == "table"]
    assert ["Alumina exports", "<5"] in [[cell["text"] for cell in row[:2]] for row in table["rows"]]
