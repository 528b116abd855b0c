"""A ranking or a record is over one unbroken run; a month on record outside it that outranks it is told."""

from dataclasses import replace
from datetime import date

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row
from bot.messages.document import document
from bot.messages.headline import headline
from bot.messages.script import script
from bot.questions import understand
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


@looped(("typed", "run", "outside"), RUNS)
def test_the_first_line_names_the_run_and_what_outranks_it(
    typed: str, run: str, outside: str, dataset: Dataset
) -> None:
    told = headline(answer_to(typed, dataset))
    assert f"months of {run}" in told
    assert told.endswith(f"; on record outside that run and {outside}")


@looped("typed", [typed for typed, _, _ in RUNS])
def test_what_stands_outside_is_cited_and_in_the_document(typed: str, dataset: Dataset) -> None:
    answer = answer_to(typed, dataset)
    told = document(answer)
    assert len(told["outside_run"]) == len(answer.around) > 0
    behind = {row.source for figure in answer.around for row in figure.rows}
    assert behind <= {source["id"] for source in told["sources"]}


def test_a_place_that_is_shared_is_one_of_the_run_where_the_run_is_not_all(dataset: Dataset) -> None:
    told = headline(answer_to("highest alumina exports since 2018", dataset))
    assert "March 2025 300 kt (2nd or 3rd of the run)" in told


def test_where_the_run_is_all_that_was_asked_for_nothing_stands_outside(dataset: Dataset) -> None:
    answer = answer_to("top 3 months for alumina imports 2026", dataset)
    assert answer.around == ()
    assert "outside" not in headline(answer)


def test_without_a_period_the_whole_record_is_looked_at(dataset: Dataset) -> None:
    told = headline(answer_to("highest alumina exports", dataset))
    assert "October 2018 460.1 kt" in told


def test_a_run_of_one_month_says_so(dataset: Dataset) -> None:
    told = headline(answer_to("highest primary aluminium imports", dataset))
    assert told.startswith(
        "Primary aluminium imports, highest months, only one month on record unbroken: August 2026 185.5 kt;"
        " on record outside that run and higher: April 2025 250.5 kt"
    )


def test_the_rises_outside_the_run_are_told_too() -> None:
    # +20.0 % printed of January 2022, before a hole; +10.0 % and +5.0 % within the run
    rows = (
        row("2022-01", 100_000, yoy_pct=20.0),
        row("2023-01", 110_000, yoy_pct=10.0),
        row("2023-02", 105_000, yoy_pct=5.0),
    )
    answer = answer_to("top 1 biggest rises alumina exports since 2022", of_rows(*rows))
    assert [figure.growth.pct for figure in answer.figures] == [10.0]
    assert [figure.growth.pct for figure in answer.around] == [20.0]


def test_a_record_tells_the_month_before_a_hole_that_was_higher() -> None:
    rows = (row("2022-01", 200_000), row("2023-01", 100_000), row("2023-02", 150_000))
    answer = answer_to("alumina exports february 2023 record", of_rows(*rows))
    beyond = "on record outside that run and higher: January 2022 200 kt"
    assert headline(answer) == (
        "Alumina exports, February 2023: 150 kt, the highest of the 2 months from January 2023,"
        f" all on record; {beyond}"
    )
    assert script(answer).facts == (
        f"Alumina exports, February 2023: highest of 2 months, January 2023 to February 2023; {beyond}.",
        "Within rounding, no earlier month was as high and the last month as low was January 2023.",
    )


def test_a_record_of_one_month_has_no_run(dataset: Dataset) -> None:
    answer = answer_to("primary aluminium imports august 2026 record", dataset)
    assert script(answer).facts == (
        "Primary aluminium imports, August 2026: the only month of its unbroken run;"
        " on record outside that run and higher: April 2025 250.5 kt.",
    )


def test_of_several_series_what_beats_the_first_month_is_told(dataset: Dataset) -> None:
    told = headline(answer_to("highest imports since 2020", dataset))
    assert "January 2024 380 kt (1st to 3rd of the run); on record outside that run and higher: " in told
    assert "April 2026 611.1 kt; bauxite imports" in told
    assert "than some of these" not in told
