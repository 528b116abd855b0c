"""Details hold what messages leave out: sums that add up, ranges, printings, scope, sources with copies."""

import pytest

from bot.answers.behind import printed
from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.messages.details import details_view, parts
from bot.messages.terminal import drawn, terminal
from tests.messages.asked import answered
from tests.tables import looped

MOST_LINES = 25


def told(dataset: Dataset, question: str) -> dict[str, list[str]]:
    (answer,) = converse([question], dataset)
    found = parts(printed(answer, dataset))
    return {part.headline: [f"{line.text}{line.bold}" for line in part.items] for part in found}


def test_each_part_is_headed(dataset: Dataset) -> None:
    found = told(dataset, "alumina exports march 2024")
    titles = "How it was worked out, Rounding, Printed and computed change, Every printing, Scope, Sources"
    assert list(found) == titles.split(", ")
    assert "135 to 145 kt" in found["Rounding"][0]
    assert "▲ 169.6 %" in found["Printed and computed change"][0]
    sources = told(dataset, "bauxite imports july 2026")["Sources"]
    assert sources[0].startswith("[1] China Customs")
    assert any("Read 2" in line for line in sources)
    (answer,) = converse(["2024年3月氧化铝出口"], dataset)
    assert details_view(printed(answer, dataset))["title"]["text"] == "详情"


APART = {
    "aluminium exports q3 2018": "first printings and revised figures are not added up; also 530 kt",
    "2018年三季度铝出口": "，初值与修订值不相加；另有53.0万吨",
}


@looped(("question", "why"), APART.items())
def test_why_a_printing_that_is_not_the_newest_is_used(dataset: Dataset, question: str, why: str) -> None:
    # November 2018 was first printed as 536 kt, then revised to 530; its running total is of first printings
    (answer,) = converse([question], dataset)
    lines = [line.text for part in parts(printed(answer, dataset)) for line in part.items]
    assert [("53.6" in line or "536 kt" in line) for line in lines if why in line] == [True]


def test_the_running_total_beside_a_month_is_explained_too(dataset: Dataset) -> None:
    # The bulletin printed 540,000 t of January to March 2026 to 10 kt; 700,000 t a year before:
    # 535/705 and 545/695 are -24.1 % and -21.6 %
    found = told(dataset, "alumina exports march 2026")
    assert "Alumina exports, January-March 2026: 535 to 545 kt, to the nearest 10 kt" in found["Rounding"]
    assert any("(-24.1 to -21.6 %)" in line for line in found["Printed and computed change"])


def test_a_sum_that_is_written_out_adds_up(dataset: Dataset) -> None:
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
def test_a_first_screen_of_the_terminal_and_the_rest_on_demand(dataset: Dataset, question: str) -> None:
    (answer,) = converse([question], dataset)
    for below in ([], parts(printed(answer, dataset))):
        console = terminal()
        with console.capture() as capture:
            console.print(drawn(answer, below))
        lines = capture.get().strip().split("\n")
        assert any(line.startswith("Rounding") for line in lines) == bool(below)
        assert below or len(lines) <= MOST_LINES
