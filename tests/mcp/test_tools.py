"""The tools as functions: right arguments, wrong ones, and whatever else may come."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.answers.conversation import converse
from bot.commands.ask import as_document
from bot.mcp.server import SCHEMA
from bot.mcp.tools import TOOLS, FigureTool, Result, call
from tests.commandline import alumina
from tests.conftest import TODAY
from tests.tables import tables

CASES = tables("mcp/cases.yaml")

DOCUMENT = Draft202012Validator(SCHEMA)


def figures(dataset, **arguments):
    return call("figures", {"series": ["alumina"], "flow": "export", **arguments}, TODAY, dataset)


def said(result):
    assert result.is_wrong
    assert result.document["outcome"] == "not_understood"
    assert result.document["figures"] == []
    return str(result.document["text"])


def test_a_question_in_words_has_the_document_of_the_command_line(dataset):
    result = call("ask", {"question": "alumina exports march 2024"}, TODAY, dataset)
    printed = as_document(list(converse(["alumina exports march 2024"], dataset)))
    assert result == Result(json.loads(printed))
    [figure] = result.document["figures"]
    # the reference article: 140,000 tonnes, up 169.6 % year-on-year
    assert (figure["value"], figure["yoy_pct"], figure["source"]) == (140_000, 169.6, "reference-article")


def test_the_same_without_words_is_the_same_figure(dataset):
    asked = call("ask", {"question": "alumina exports march 2024"}, TODAY, dataset)
    assert figures(dataset, periods=["2024-03"]).document["figures"] == asked.document["figures"]


def test_earlier_questions_are_what_a_further_one_is_about(dataset):
    arguments = {"question": "and imports?", "earlier": ["alumina exports march 2024"]}
    [question] = call("ask", arguments, TODAY, dataset).document["questions"]
    assert question["pairs"] == [["alumina", "import", ""]]
    assert question["periods"] == [{"kind": "month", "start": "2024-03", "end": "2024-03"}]


@pytest.mark.parametrize(("arguments", "named"), CASES["wrong"])
def test_wrong_arguments_are_told_what_there_is(dataset, arguments, named):
    told = said(figures(dataset, **arguments))
    assert [each for each in named if each not in told] == []


def test_a_tool_that_there_is_not_names_those_there_are(dataset):
    told = said(call("prices", {}, TODAY, dataset))
    assert all(name in told for name in TOOLS)


def test_a_month_that_is_not_out_has_no_figure_and_another_one_instead(dataset):
    found = figures(dataset, periods=["2026-12"]).document
    assert (found["outcome"], found["figures"]) == ("no_figure", [])
    assert {each["period"] for each in found["instead"]} == {"2026-07"}  # the newest month of figures.csv


@pytest.mark.parametrize(("arguments", "periods"), CASES["figures"])
def test_it_answers_for_the_periods_that_are_asked_for_or_the_newest(dataset, arguments, periods):
    assert [each["period"] for each in figures(dataset, **arguments).document["figures"]] == periods


def test_a_day_to_come_is_today(dataset):
    later = figures(dataset, periods=["2024-03"], as_of="2100-01-01")
    assert later == figures(dataset, periods=["2024-03"])


@pytest.mark.parametrize("partner", ["Guinea", "guinea"])
def test_a_partner_is_named_in_any_letters(dataset, partner):
    arguments = {"series": ["bauxite"], "partner": partner, "periods": ["2024-03"]}
    [figure] = call("figures", arguments, TODAY, dataset).document["figures"]
    assert figure["partner"] == "Guinea"


def test_coverage_is_of_all_series_or_of_the_named_ones(dataset):
    every = call("coverage", {}, TODAY, dataset).document["coverage"]
    assert {each["commodity"] for each in every} == set(dataset.catalogue)
    own = call("coverage", {"series": ["bauxite"]}, TODAY, dataset).document["coverage"]
    assert {each["commodity"] for each in own} == {"bauxite"}


def test_releases_tell_what_comes_next_and_when_a_month_came(dataset):
    found = call("releases", {"month": "2024-03"}, TODAY, dataset).document["releases"]
    assert {each["month"] for each in found} == {"2024-03", "2026-11"}


def test_the_schemas_name_the_series_that_there_are(dataset):
    for name in ("figures", "coverage"):
        assert TOOLS[name].schema_on(dataset)["properties"]["series"]["items"]["enum"] == list(
            dataset.catalogue
        )
    for tool in TOOLS.values():
        Draft202012Validator.check_schema(tool.schema_on(dataset))


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
anything = st.recursive(
    scalars, lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=8), each, max_size=4)
)
PERIODS = ["2024-03", "2024-03 ytd", "2024-Q2", "2023-H1", "2022", "1990-01..2049-12", "1990", "2049-12", "x"]
VIEWS = list(FigureTool.model_fields["view"].annotation.__args__)  # type: ignore[union-attr]
likely: dict[str, st.SearchStrategy[Any]] = {
    "question": st.text() | st.sampled_from(["alumina exports", "net?", "alert me", "x" * 5_000]),
    "earlier": st.lists(st.text(max_size=30), max_size=3),
    "series": st.lists(st.sampled_from(["alumina", "bauxite", "unwrought_aluminium", "copper"]), max_size=4),
    "flow": st.sampled_from(["export", "import", "net"]),
    "partner": st.sampled_from(["Guinea", "", "Nowhere", None]),
    "measure": st.sampled_from(["quantity", "value", "unit_value"]),
    "periods": st.lists(st.sampled_from(PERIODS), max_size=4),
    "view": st.sampled_from(VIEWS),
    "as_of": st.sampled_from(["2020-01-01", "1900-01-01", "9999-12-31", "x"]),
    "language": st.sampled_from(["en", "zh", "fr"]),
    "month": st.sampled_from(PERIODS),
}
calls = st.fixed_dictionaries({}, optional=likely) | st.dictionaries(
    st.sampled_from([*likely]) | st.text(max_size=60), anything, max_size=5
)


@given(name=st.sampled_from([*TOOLS]) | st.text(max_size=50), arguments=calls)
@example(name="figures", arguments={"series": ["\ud800"], "\udfff": 1})
@example(name="ask", arguments={"question": "\x00" * 2_000, "earlier": ["\ud800"]})
@example(name="figures", arguments={"series": ["a" * 1_000_000], "as_of": float("nan")})
def test_no_call_raises_each_has_a_document(dataset, name, arguments):
    result = call(name, arguments, TODAY, dataset)
    sent = json.dumps(result.document, ensure_ascii=False, allow_nan=False).encode()
    DOCUMENT.validate(json.loads(sent))


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_answers_every_kind_of_period(dataset, view):
    for periods in ([], *([each] for each in PERIODS[:-1]), ["2024-03", "2023-03"], ["2024-Q1", "2022"]):
        for partner, measure in ((None, "quantity"), ("Guinea", "quantity"), (None, "unit_value")):
            arguments = {"series": ["bauxite"], "view": view, "periods": periods, "partner": partner}
            result = call("figures", {**arguments, "measure": measure}, TODAY, dataset)
            assert not result.is_wrong
            DOCUMENT.validate(result.document)


def test_the_day_is_the_callers(dataset):
    arguments = {"series": ["alumina"], "flow": "export"}
    [figure] = call("figures", arguments, date(2024, 5, 1), dataset).document["figures"]
    assert figure["period"] == "2024-03"


async def test_the_skill_names_every_series_and_every_tool(dataset):
    run = await alumina("skill")
    assert run.status == 0
    assert run.out.startswith("---\nname: alumina\n")
    assert [each for each in (*dataset.catalogue, *TOOLS) if f"`{each}`" not in run.out] == []
