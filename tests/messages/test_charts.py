"""Charts as Slack draws them: short names, one unit, bars over zero and holes, lines under them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answers.answer import Answer
from bot.answers.plot import Plot
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Source
from bot.messages.charts import Chart, Curve, fitted
from bot.messages.limits import problems
from bot.messages.pictures import pictures
from bot.messages.render import render
from bot.questions.question import Question
from tests.looped import looped

from ..dataset.rows import row, small_dataset

ALUMINA = Question.of(("alumina",), ("export",), None, "trend")
ALUMINIUM = ALUMINA.about(commodities=("unwrought_aluminium",))
PAGE = Source("page", "A Page", "A page", "https://example.org", "", date(2026, 11, 24))
ALL_TIME = Period.span(Month(2018, 1), Month(2026, 8))


def chart_of(question: Question, dataset: Dataset) -> dict[str, Any]:
    blocks = render(respond(question, dataset)).blocks
    (chart,) = [block for block in blocks if block["type"] == "data_visualization"]
    return chart


def lines_under(question: Question, dataset: Dataset) -> list[str]:
    return list(pictures(respond(question, dataset))[-1].lines)


def test_a_chart_has_a_point_for_every_category() -> None:
    chart = Chart("Exports", "line", ("Jan 25", "Feb 25"), (Curve("A", (1, 2.5)), Curve("B", (-3, 0))), "kt")
    block = chart.block()
    assert block == {
        "type": "data_visualization",
        "title": "Exports",
        "chart": {
            "type": "line",
            "series": [
                {"name": "A", "data": [{"label": "Jan 25", "value": 1}, {"label": "Feb 25", "value": 2.5}]},
                {"name": "B", "data": [{"label": "Jan 25", "value": -3}, {"label": "Feb 25", "value": 0}]},
            ],
            "axis_config": {"categories": ["Jan 25", "Feb 25"], "y_label": "kt"},
        },
    }
    assert problems("text", [block]) == []
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        replace(chart, curves=(Curve("A", (1,)),)).block()


def test_thirteen_months_in_their_unit(dataset: Dataset) -> None:
    block = chart_of(ALUMINA, dataset)
    assert block["title"] == "Alumina exports, by month"
    axis = block["chart"]["axis_config"]
    assert (axis["categories"][0], axis["categories"][-1], len(axis["categories"])) == (
        "Jul 25",
        "Jul 26",
        13,
    )
    assert axis["y_label"] == "kt (thousand tonnes)"
    (series,) = block["chart"]["series"]
    # printed: 180 kt in August 2025, 520 kt in April 2026
    assert series["name"] == "Exports"
    assert [series["data"][place] for place in (1, 9)] == [
        {"label": "Aug 25", "value": 180}, {"label": "Apr 26", "value": 520},
    ]  # fmt: skip


def test_lines_where_all_months_stand_bars_where_some_are_missing(dataset: Dataset) -> None:
    assert chart_of(ALUMINA, dataset)["chart"]["type"] == "line"
    broken = ALUMINIUM.at(Period.span(Month(2019, 12), Month(2020, 12)))
    assert chart_of(broken, dataset)["chart"]["type"] == "bar"
    assert "Not in the chart, as not on record singly: January and February 2020." in lines_under(
        broken, dataset
    )


def test_no_line_is_drawn_over_months_that_are_missing_in_every_year() -> None:
    rows = [row(f"{year}-{month:02d}", 100_000) for year in range(2022, 2026) for month in (3, 4, 10, 11)]
    record = replace(small_dataset(rows).record, sources={"page": PAGE})
    asked = ALUMINA.at(Period.span(Month(2022, 1), Month(2025, 12)))
    block = chart_of(asked, record.as_of(date(2026, 11, 24)))
    assert block["chart"]["axis_config"]["categories"] == ["Mar", "Apr", "Oct", "Nov"]
    assert block["chart"]["type"] == "bar"


def test_what_is_missing_is_said_of_quarters_and_of_several_series_as_it_is(dataset: Dataset) -> None:
    scarce = ALUMINA.at(Period.span(Month(2021, 1), Month(2026, 8))).about(
        commodities=("primary_aluminium",), flows=("import",)
    )
    # August 2026 is on record, but not the third quarter of 2026
    assert (
        "Not in the chart, as not on record as whole quarters: October 2025 to August 2026."
        in lines_under(scarce, dataset)
    )
    both = ALUMINA.at(Period.span(Month(2024, 6), Month(2026, 7))).about(flows=("export", "import"))
    assert "Not in the chart, as not on record as whole quarters for every series: July 2026." in lines_under(
        both, dataset
    )


def test_bars_where_a_balance_crosses_zero(dataset: Dataset) -> None:
    balance = ALUMINA.at(Period.span(Month(2025, 1), Month(2026, 7))).about(flows=("net",))
    assert chart_of(balance, dataset)["chart"]["type"] == "bar"
    assert "Above zero are net exports, below it net imports." in lines_under(balance, dataset)


def test_years_over_one_another(dataset: Dataset) -> None:
    asked = ALUMINIUM.at(ALL_TIME)
    block = chart_of(asked, dataset)
    assert block["title"] == "Aluminium exports, year beside year"
    assert [series["name"] for series in block["chart"]["series"]] == [
        "2018", "2022", "2024", "2025", "2026"
    ]  # fmt: skip
    assert block["chart"]["axis_config"]["categories"] == [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"
    ]  # fmt: skip
    lines = lines_under(asked, dataset)
    assert lines[:2] == [
        "The chart shows January to August of each year.",
        "2019, 2020, 2021 and 2023 are left out, as not all of these months are on record.",
    ]


def test_derived_points_are_named_as_the_axis_names_them(dataset: Dataset) -> None:
    imports = ALUMINIUM.at(Period.span(Month(2023, 3), Month(2024, 3))).about(flows=("import",))
    assert "Derived points: Aug 23, Oct 23, Nov 23." in lines_under(imports, dataset)


def test_estimated_points_are_named_too(dataset: Dataset) -> None:
    imports = ALUMINA.at(Period.span(Month(2023, 1), Month(2023, 7))).about(flows=("import",))
    # of HS 2818; January and May as reported
    assert "Estimated points: Feb 23, Mar 23, Apr 23, Jun 23, Jul 23." in lines_under(imports, dataset)


def test_of_several_series_it_is_said_whose_points_are_derived(dataset: Dataset) -> None:
    both = ALUMINIUM.at(Period.span(Month(2022, 4), Month(2022, 12))).about(flows=("export", "import"))
    assert [line for line in lines_under(both, dataset) if line.startswith("Derived")] == [
        "Derived points of aluminium exports: Jul 22.",
        "Derived points of aluminium imports: Sep 22.",
    ]


def test_events_stand_under_the_chart_and_in_the_text(dataset: Dataset) -> None:
    told = (
        "3 March 2026: War disrupts shipping through the Strait of Hormuz; Qatalum starts to shut down"
        " (ING via MENAFN)."
    )
    assert told in lines_under(ALUMINA, dataset)
    assert told in render(respond(ALUMINA, dataset)).text


def test_of_many_events_the_newest_are_told_and_the_others_counted(dataset: Dataset) -> None:
    lines = lines_under(ALUMINIUM.at(ALL_TIME), dataset)
    # of unwrought aluminium from March 2018 to August 2026: ten events
    assert lines[-4:-2] == [
        "7 earlier events on record in that time.",
        "4 June 2025: United States: aluminium duty doubled to 50% (FingerLakes1).",
    ]


def test_several_scopes_are_several_charts_and_a_third_is_named(dataset: Dataset) -> None:
    asked = ALUMINA.about(commodities=("alumina", "bauxite", "aluminium_scrap"), flows=("import",))
    shown = pictures(respond(asked.at(Period.span(Month(2025, 5), Month(2026, 5))), dataset))
    assert [picture.chart.title for picture in shown] == [
        "Alumina imports, by month",
        "Bauxite imports, by month",
    ]
    assert shown[0].lines[0] == "Scope: HS 28182000."
    assert (
        "Not in a chart, as each shows one scope alone: aluminium scrap imports (HS 7602)." in shown[1].lines
    )


def test_one_unit_for_all_lines_of_a_chart(dataset: Dataset) -> None:
    asked = replace(
        ALUMINIUM.about(commodities=("bauxite",), flows=("import",)), measure="unit_value", unit="USD/t"
    )
    assert chart_of(asked, dataset)["chart"]["axis_config"]["y_label"] == "US$ a tonne"
    by_day = replace(ALUMINA, unit="t/day")
    block = chart_of(by_day, dataset)
    assert block["chart"]["axis_config"]["y_label"] == "tonnes a day"
    assert block["chart"]["series"][0]["data"][9]["value"] == 17_333  # 520 kt by the 30 days of April


@looped(
    ("text", "most", "told"),
    [("Alumina exports", 20, "Alumina exports"), ("Aluminium scrap imports", 20, "Aluminium scrap…"),
     ("x" * 30, 20, "x" * 19 + "…")],
)  # fmt: skip
def test_a_long_name_ends_at_a_word(text: str, most: int, told: str) -> None:
    assert fitted(text, most) == told
    assert len(told) <= most


def test_names_that_would_be_cut_to_the_same_are_numbered(dataset: Dataset) -> None:
    (figure,) = respond(replace(ALUMINA.at(Period.month(Month(2026, 4))), view="figure"), dataset).figures
    lines = [
        tuple(
            replace(
                figure, series=replace(figure.series, commodity=f"a commodity of a very long name {letter}")
            )
            for _ in range(3)
        )
        for letter in "ab"
    ]
    (picture,) = pictures(Answer("answered", ALUMINA, plots=(Plot("months", tuple(lines)),)))
    names = [curve.name for curve in picture.chart.curves]
    assert len(set(names)) == 2
    assert all(len(name) <= 20 for name in names)
    assert len(picture.chart.title) <= 50
