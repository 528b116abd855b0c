"""Caution, views and details: what a message says beside its figures."""

from dataclasses import replace

import pytest

from bot.answers.behind import printed
from bot.answers.conversation import converse
from bot.dataset.model import Held, Series
from bot.messages.blocks import Message, fitted, in_form, section, strip
from bot.messages.caveats import caveats
from bot.messages.command_line import document, drawn, terminal
from bot.messages.details import details_view, parts
from bot.playground.limits import BLOCKS, problems, view_problems
from bot.words import speaking
from tests.conftest import TODAY
from tests.dataset.rows import row
from tests.messages.asked import answered, told
from tests.tables import looped, tables

MOST_LINES = 25


def details(dataset, question):
    (answer,) = converse([question], dataset)
    found = parts(printed(answer, dataset))
    return {part.headline: [f"{line.text}{line.bold}" for line in part.items] for part in found}


def test_each_part_is_headed(dataset):
    found = details(dataset, "alumina exports march 2024")
    titles = "How it was worked out, Rounding, Printed and computed change, Every printing, Scope, Sources"
    assert list(found) == titles.split(", ")
    assert "135 to 145 kt" in found["Rounding"][0]
    assert "▲ 169.6 %" in found["Printed and computed change"][0]
    sources = details(dataset, "bauxite imports july 2026")["Sources"]
    assert sources[0].startswith("[1] China Customs")
    assert any("Read 2" in line for line in sources)
    (answer,) = converse(["2024年3月氧化铝出口"], dataset)
    assert details_view(printed(answer, dataset))["title"]["text"] == "详情"


APART = {
    "aluminium exports q3 2018": "first printings and revised figures are not added up; also 530 kt",
    "2018年三季度铝出口": "，初值与修订值不相加；另有53.0万吨",
}


@looped(("question", "why"), APART.items())
def test_why_a_printing_that_is_not_the_newest_is_used(dataset, question, why):
    # November 2018 was first printed as 536 kt, then revised to 530; its running total is of first printings
    (answer,) = converse([question], dataset)
    lines = [line.text for part in parts(printed(answer, dataset)) for line in part.items]
    assert [("53.6" in line or "536 kt" in line) for line in lines if why in line] == [True]


def test_the_running_total_beside_a_month_is_explained_too(dataset):
    # The bulletin printed 540,000 t of January to March 2026 to 10 kt; 700,000 t a year before:
    # 535/705 and 545/695 are -24.1 % and -21.6 %
    found = details(dataset, "alumina exports march 2026")
    assert "Alumina exports, January-March 2026: 535 to 545 kt, to the nearest 10 kt" in found["Rounding"]
    assert any("(-24.1 to -21.6 %)" in line for line in found["Printed and computed change"])


def test_a_sum_that_is_written_out_adds_up(dataset):
    every = [printed(answer, dataset) for _, _, answer in answered(dataset) if answer.question]
    sums = [
        figure
        for behind in every
        for figure in behind.figures
        if figure.derived and figure.series.flow != "net" and all(item.role in "+-" for item in figure.inputs)
    ]
    assert len(sums) > 20
    for figure in sums:
        signed = (float(f"{item.role}{item.row.value}") for item in figure.inputs)
        assert sum(signed) == pytest.approx(figure.value)


@looped("question", ["march 2024", "alumina exports march 2024", "alumina exports last 13 months"])
def test_a_first_screen_of_the_terminal_and_the_rest_on_demand(dataset, question):
    (answer,) = converse([question], dataset)
    for below in ([], parts(printed(answer, dataset))):
        console = terminal()
        with console.capture() as capture:
            console.print(drawn(answer, below))
        lines = capture.get().strip().split("\n")
        assert any(line.startswith("Rounding") for line in lines) == bool(below)
        assert below or len(lines) <= MOST_LINES


CASES = tables("messages/said.yaml")

JULY = row("2026-07", 3_000_000, series=Series("alumina", "export"))  # ten times too much


def with_held(dataset, held):
    return replace(dataset.record, held=(Held(held, "out of step"),)).as_of(TODAY)


@pytest.fixture(scope="module")
def holding(dataset):
    return with_held(dataset, JULY)


def answer(text, dataset):
    return next(iter(converse([text], dataset)))


@looped(("text", "said"), CASES["held"])
def test_what_is_held_is_said_of_its_month_alone(holding, text, said):
    found = told(holding, text)
    assert said in found
    assert "3,000" not in found
    assert "3 Mt" not in found
    assert ("held" in found or "待核实" in found) == bool(said)


def test_a_held_figure_of_one_country_is_named_among_all(dataset):
    laos = row("2025-06", 90_000, series=Series("bauxite", "import", "Laos"), scope="HS 2606")
    found = told(with_held(dataset, laos), "bauxite imports by country june 2025")
    assert "A figure for June 2025 is held until it is checked" in found
    assert "Laos" not in found


def test_the_document_names_the_held_month_and_not_its_value(holding):
    found = document(answer("alumina exports july 2026", holding))
    (held,) = found["held"]
    assert (held["commodity"], held["period"], held["kind"]) == ("alumina", "2026-07", "month")
    assert "3000000" not in str(found)


def test_an_estimate_is_marked_and_named_in_one_clause(dataset):
    found = told(dataset, "alumina imports october 2024")
    assert "~11 kt" in found.splitlines()[0]
    assert found.count("estimated") == 1
    one = answer("bauxite imports july 2026", dataset)
    (figure,) = one.figures
    estimated = replace(figure.inputs[0], row=replace(figure.row, status="estimated"))
    with speaking("en"):  # of the first scope too
        assert caveats(one._replace(figures=(replace(figure, inputs=(estimated,)),))) == ("Partly estimated",)


FIVE = [(f"Series {number}", f"{number} kt", "▲ 1.0 %") for number in range(5)]
CELL = {"type": "raw_text", "text": "x"}
CURVE = {"name": "s", "data": [{"label": "a", "value": 1}]}
CHART = {"type": "bar", "series": [CURVE], "axis_config": {"categories": ["a"]}}


def test_a_home_tab_takes_no_chart():
    table = {"type": "data_table", "caption": "c", "rows": [[CELL], [CELL]]}
    chart = {"type": "data_visualization", "title": "t", "chart": CHART}
    found = view_problems({"type": "home", "blocks": [table, chart]})
    assert [each.pointer for each in found] == ["/view/blocks/1"]


def test_five_figures_stand_in_rows_of_three_and_elsewhere_in_fields():
    shown = strip("July 2026", FIVE)
    assert [len(row["items"]) for row in shown["rows"]] == [3, 2]
    (older,) = in_form(Message("July 2026", (shown,)), "table").blocks
    assert [field["text"].split("\n")[1] for field in older["fields"]] == [f"*{n}\u00a0kt*" for n in range(5)]
    assert [problems("July 2026", [each]) for each in (shown, older)] == [[], []]
    assert problems("x", [strip("", [])]) != []
    blocks = [section("x")] * (BLOCKS - 6) + [shown]  # what is inside counts
    assert problems("x", blocks) == []
    (found,) = problems("x", [section("x"), *blocks])
    assert found.message == f"no more than {BLOCKS} items allowed"


@looped(
    ("most", "kept"), [(18, "alumina march 2024"), (17, "alumina march…"), (13, "alumina…"), (6, "alumi…")]
)
def test_no_word_is_cut_that_has_room(most, kept):
    assert fitted("alumina march 2024", most) == kept
