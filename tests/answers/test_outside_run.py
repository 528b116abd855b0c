"""A ranking or a record is over one unbroken run; a month on record outside it that outranks it is told."""

from dataclasses import replace
from datetime import date

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row
from bot.messages.document import document
from tests.asked import asked as understand
from tests.looped import looped

from ..dataset.rows import row, small_dataset
from .test_rankings import PAGE

# What is asked, the run as the first line names it, its first month, and the months outside that outrank it:
# rows of figures.csv, the largest (smallest) of the asked years by hand.
RUNS = [
    (
        "highest alumina imports since 2022",
        "January 2025 to July 2026, the unbroken months on record of the 55 asked for: April 2026 611.1 kt",
        "higher than some of these: January 2024 351.3 kt",
    ),
    (
        "weakest month for aluminium exports since 2020",
        "January 2024 to August 2026, the unbroken months on record of the 80 asked for:"
        " February 2025 370 kt",
        "lower: June 2020 354.0 kt",
    ),
    (
        "highest aluminium imports since 2021",
        "March 2023 to July 2026, the unbroken months on record of the 67 asked for: January 2024 380 kt",
        "higher: November 2021 397.9 kt",
    ),
    (
        "highest alumina exports since 2018",
        "January 2024 to July 2026, the unbroken months on record of the 103 asked for: April 2026 520 kt",
        "higher than some of these: October 2018 460.1 kt, November 2018 285.7 kt",
    ),
    (
        "lowest bauxite imports since 2022",
        "April 2023 to July 2026, the unbroken months on record of the 55 asked for: September 2023 10.02 Mt",
        "lower than some of these: September 2022 8.20 Mt, October 2022 8.98 Mt, June 2022 9.42 Mt,"
        " December 2022 10.15 Mt",
    ),
]


def of_rows(*rows: Row) -> Dataset:
    """A record of these rows alone, all of one page."""
    record = replace(small_dataset(rows).record, sources={"page": PAGE})
    return record.as_of(date(2026, 11, 24))


def answer_to(typed: str, dataset: Dataset) -> Answer:
    return respond(understand(typed, record=dataset), dataset)


@looped("typed", [typed for typed, _, _ in RUNS])
def test_what_stands_outside_is_cited_and_in_the_document(typed: str, dataset: Dataset) -> None:
    answer = answer_to(typed, dataset)
    told = document(answer)
    assert len(told["outside_run"]) == len(answer.around) > 0
    behind = {row.source for figure in answer.around for row in figure.rows}
    assert behind <= {source["id"] for source in told["sources"]}


def test_the_rises_outside_the_run_are_told_too() -> None:
    # +20.0 % printed of January 2022, before a hole; +10.0 % and +5.0 % within the run
    rows = (
        row("2022-01", 100_000, yoy_pct=20.0),
        row("2023-01", 110_000, yoy_pct=10.0),
        row("2023-02", 105_000, yoy_pct=5.0),
    )
    answer = answer_to("top 1 biggest rises yoy alumina exports since 2022", of_rows(*rows))
    assert [figure.growth.pct for figure in answer.figures] == [10.0]
    assert [figure.growth.pct for figure in answer.around] == [20.0]
