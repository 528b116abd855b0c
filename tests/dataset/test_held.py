"""What is held is held everywhere: nothing is derived, added up, ranked or compared for a held month."""

from dataclasses import replace
from datetime import date

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Held, Row, Series

from .rows import ALUMINA, figure_of, month, row, rows_of, small_dataset, ytd

HELD = row("2024-03", 1_400_000)
AROUND = "ytd 2024-02 280; ytd 2024-04 550; month 2024-04 130"  # March follows from these


def with_held(printed: str, held: Row = HELD) -> Dataset:
    record = small_dataset(rows_of(printed)).record
    return replace(record, held=(Held(held, "ten times too much"),)).as_of(date(2026, 11, 24))


def test_a_month_between_two_totals_is_not_derived_while_it_is_held() -> None:
    assert small_dataset(rows_of(AROUND)).figure(ALUMINA, month("2024-03")) is not None
    data = with_held(AROUND)
    for period in (month("2024-03"), ytd("2024-03"), Period.around(Month(2024, 3), "quarter")):
        assert data.figure(ALUMINA, period) is None
    assert Month(2024, 3) not in data.months(ALUMINA)


def test_what_was_printed_and_taken_stands() -> None:
    data = with_held("ytd 2024-02 280; ytd 2024-04 550; month 2024-03 140")
    for period, value in ((month("2024-03"), 140_000), (ytd("2024-04"), 550_000)):
        assert figure_of(data, ALUMINA, period).value == value


def test_no_change_is_computed_on_a_held_month() -> None:
    printed = f"{AROUND}; month 2025-03 150"
    for data, known in ((small_dataset(rows_of(printed)), True), (with_held(printed), False)):
        figure = figure_of(data, ALUMINA, month("2025-03"))
        assert (figure.growth.pct is not None) == known


def test_the_run_of_months_ends_before_a_held_one() -> None:
    months = "; ".join(f"month 2024-0{number} {100 + number}/1" for number in (1, 2, 4, 5))
    data = with_held(f"{months}; ytd 2024-02 203/1; ytd 2024-05 515/1")
    figure = figure_of(data, ALUMINA, month("2024-05"))
    standing = data.line(ALUMINA, figure.scope).standing(figure.period)
    assert (standing.run_start, standing.months) == (Month(2024, 4), 2)


def test_the_answer_can_say_that_a_figure_is_held() -> None:
    data = with_held("month 2024-02 140")
    assert [each.row for each in data.held(ALUMINA, month("2024-03"))] == [HELD]
    unit_value = data.held(ALUMINA._replace(measure="unit_value"), Period.around(Month(2024, 3), "quarter"))
    assert [each.row for each in unit_value] == [HELD]
    assert data.held(ALUMINA, month("2024-02")) == ()
    assert data.held(Series("bauxite", "import"), month("2024-03")) == ()


def test_a_day_gone_by_knows_nothing_of_what_came_later() -> None:
    record = with_held(AROUND, held=replace(HELD, published=date(2026, 10, 1))).record
    assert record.as_of(date(2026, 9, 1)).figure(ALUMINA, month("2024-03")) is not None
    assert record.as_of(date(2026, 10, 1)).figure(ALUMINA, month("2024-03")) is None
