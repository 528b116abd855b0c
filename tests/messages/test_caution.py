"""Held, estimated and rounded-away figures: what an answer says of them, and that none of them leads."""

from dataclasses import replace

import pytest

from bot.answers.answer import Answer
from bot.answers.conversation import converse
from bot.answers.highlights.choice import every_highlight
from bot.answers.monthly import monthly_summary
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Held, Row, Series
from bot.messages.caveats import caveats
from bot.messages.document import document
from bot.messages.render import render
from bot.words import speaking
from tests.conftest import TODAY
from tests.dataset.rows import row
from tests.messages.asked import lines, told
from tests.tables import looped, tables

CASES = tables("messages/said.yaml")

JULY = row("2026-07", 3_000_000, series=Series("alumina", "export"))  # ten times too much


def with_held(dataset: Dataset, held: Row) -> Dataset:
    return replace(dataset.record, held=(Held(held, "out of step"),)).as_of(TODAY)


@pytest.fixture(scope="module")
def holding(dataset: Dataset) -> Dataset:
    return with_held(dataset, JULY)


def answer(text: str, dataset: Dataset) -> Answer:
    return next(iter(converse([text], dataset)))


@looped(("text", "said"), CASES["held"])
def test_what_is_held_is_said_of_its_month_alone(holding: Dataset, text: str, said: str) -> None:
    found = told(holding, text)
    assert said in found
    assert "3,000" not in found
    assert "3 Mt" not in found
    assert ("held" in found or "待核实" in found) == bool(said)


def test_a_held_figure_of_one_country_is_named_among_all(dataset: Dataset) -> None:
    laos = row("2025-06", 90_000, series=Series("bauxite", "import", "Laos"), scope="HS 2606")
    found = told(with_held(dataset, laos), "bauxite imports by country june 2025")
    assert "A figure for June 2025 is held until it is checked" in found
    assert "Laos" not in found


def test_the_document_names_the_held_month_and_not_its_value(holding: Dataset) -> None:
    found = document(answer("alumina exports july 2026", holding))
    (held,) = found["held"]
    assert (held["commodity"], held["period"], held["kind"]) == ("alumina", "2026-07", "month")
    assert "3000000" not in str(found)


def test_an_estimate_is_marked_and_named_in_one_clause(dataset: Dataset) -> None:
    found = told(dataset, "alumina imports october 2024")
    assert "~11 kt" in found.splitlines()[0]
    assert found.count("estimated") == 1
    one = answer("bauxite imports july 2026", dataset)
    (figure,) = one.figures
    estimated = replace(figure.inputs[0], row=replace(figure.row, status="estimated"))
    with speaking("en"):  # of the first scope too
        assert caveats(one._replace(figures=(replace(figure, inputs=(estimated,)),))) == ("Partly estimated",)


def test_no_highlight_that_rests_on_an_estimate_leads(dataset: Dataset) -> None:
    estimated = 0
    for edition in (Month(2023, 1).plus(step) for step in range(43)):
        found = every_highlight(dataset, edition)
        resting = [any(each.estimated for each in (item.figure, *item.evidence)) for item in found]
        assert resting[:1] != [True] or all(resting), edition
        estimated += any(resting)
    assert estimated > 10
    for edition in (Month(2024, 1).plus(step) for step in range(12)):
        _, lead, *_ = lines(render(monthly_summary(dataset, edition))).splitlines()
        assert not lead.startswith("Alumina imports"), lead


@looped(("text", "said"), CASES["nothing"])
def test_printed_as_nothing_in_ten_thousand_is_under_five(dataset: Dataset, text: str, said: str) -> None:
    assert said in told(dataset, text)
