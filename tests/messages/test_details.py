"""Details hold what messages leave out: sums that add up, ranges, printings, scope, sources with copies."""

import re

import pytest

from bot.answers.behind import printed
from bot.answers.conversation import converse
from bot.dataset.dataset import Dataset
from bot.messages.details import Part, details_view, parts
from bot.messages.terminal import drawn, terminal
from bot.words import speaking
from tests.messages.asked import answered

MOST_LINES = 25


def told(dataset: Dataset, question: str) -> dict[str, list[str]]:
    (answer,) = converse([question], dataset)
    return {
        part.title: [f"{line.text}{line.bold}" for line in part.lines]
        for part in parts(printed(answer, dataset))
    }


def test_each_part_is_headed(dataset: Dataset) -> None:
    found = told(dataset, "alumina exports march 2024")
    assert list(found) == [
        "How it was worked out",
        "Rounding",
        "Printed and computed change",
        "Every printing",
        "Scope",
        "Sources",
    ]
    assert "135 to 145 kt" in found["Rounding"][0]
    assert "▲ 169.6 %" in found["Printed and computed change"][0]


def test_the_running_total_beside_a_month_is_explained_too(dataset: Dataset) -> None:
    # The bulletin printed 540,000 t of January to March 2026 to 10 kt; 700,000 t a year before:
    # 535/705 and 545/695 are -24.1 % and -21.6 %
    found = told(dataset, "alumina exports march 2026")
    assert "Alumina exports, January-March 2026: 535 to 545 kt, to the nearest 10 kt" in found["Rounding"]
    assert any("(-24.1 to -21.6 %)" in line for line in found["Printed and computed change"])


def test_a_sum_that_is_written_out_adds_up(dataset: Dataset) -> None:
    checked = 0
    for _, _, answer in answered(dataset):
        if not answer.question:
            continue
        for figure in printed(answer, dataset).figures:
            if (
                figure.derived
                and all(item.role in "+-" for item in figure.inputs)
                and figure.series.flow != "net"
            ):
                assert sum(item.signed_value for item in figure.inputs) == pytest.approx(figure.value)
                checked += 1
    assert checked > 20


def test_every_source_is_numbered_and_dated(dataset: Dataset) -> None:
    found = told(dataset, "bauxite imports july 2026")["Sources"]
    assert found[0].startswith("[1] China Customs")
    assert any("Read 2" in line for line in found)


def test_the_view_says_it_in_the_language_of_the_question(dataset: Dataset) -> None:
    (answer,) = converse(["2024年3月氧化铝出口"], dataset)
    view = details_view(printed(answer, dataset))
    assert view["title"]["text"] == "详情"


@pytest.mark.parametrize(
    "question", ["march 2024", "alumina exports march 2024", "alumina exports last 13 months"]
)
def test_a_first_screen_of_the_terminal_and_the_rest_on_demand(dataset: Dataset, question: str) -> None:
    (answer,) = converse([question], dataset)
    assert len(_lines(dataset, question, ())) <= MOST_LINES
    with speaking(answer.language):
        whole = _lines(dataset, question, parts(printed(answer, dataset)))
    assert any(re.match("Rounding", line) for line in whole)


def _lines(dataset: Dataset, question: str, below: "tuple[Part, ...] | list[Part]") -> list[str]:
    (answer,) = converse([question], dataset)
    console = terminal()
    with console.capture() as capture:
        console.print(drawn(answer, below))
    return capture.get().strip().split("\n")
