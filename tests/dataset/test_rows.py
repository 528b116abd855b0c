"""Rows in columns: whatever is asked of all at once is what each row alone would say."""

from dataclasses import replace
from datetime import date

from bot.dataset.dataset import Record
from bot.dataset.model import Row, Series
from bot.dataset.row_columns import Rows
from tests.looped import looped

from .rows import row, total

BAUXITE = Series("bauxite", "import")
PRINTED = [
    row("2024-03", 140_000, published=date(2024, 4, 18)),
    total("2024-03", 400_000, status="flash"),
    row("2024-03", 11_000_000, series=BAUXITE, scope="HS 2606"),
    row("2025-03", 300_000, scope="HS 2818", status="revised"),
]
SPLITS = [0, 1, 3, len(PRINTED)]


def test_the_shipped_rows_come_out_on_the_days_that_each_says(record: Record) -> None:
    days = [record.calendar.out_since(each) for each in record.rows]
    assert list(record.days_of_news) == sorted(set(days))
    assert record.begins == min(days)
    for day in record.days_of_news[::5]:
        assert record.as_of(day).rows == sum(each <= day for each in days)


def test_rows_of_a_file_and_the_same_rows_as_objects_make_the_same_figures(record: Record) -> None:
    objects = replace(record, rows=tuple(record.rows), _newest=[])
    day = date(2025, 6, 1)
    assert objects == record
    assert dict(objects.as_of(day).lines) == dict(record.as_of(day).lines)


def test_a_row_is_one_object_whoever_looks_at_it(record: Record) -> None:
    assert record.rows[7] is record.rows[7]
    assert record.rows[-1] is record.rows[len(record.rows) - 1]
    assert record.rows[2:4] == (record.rows[2], record.rows[3])


@looped("at", SPLITS)
def test_rows_after_others_are_what_one_list_would_be(at: int) -> None:
    both = Rows.of(PRINTED[:at]) + Rows.of(PRINTED[at:])
    whole = Rows.of(PRINTED)
    assert both == whole == PRINTED
    assert both.line.tolist() == [each.line for each in PRINTED]
    assert [both.strands[number] for number in both.strand] == [(each.series, each.scope) for each in PRINTED]
    assert [both.stages[number] for number in both.stage] == [
        (each.status, each.period.end) for each in PRINTED
    ]
    assert both.known_since.tolist() == whole.known_since.tolist()


def test_rows_are_chosen_by_series_scope_and_month() -> None:
    rows = Rows.of(PRINTED)
    assert rows.among(lambda series, scope: series == BAUXITE or scope == "HS 2818") == PRINTED[2:]
    assert rows.about({(BAUXITE, PRINTED[2].period.end)}).tolist() == [2]
    assert rows.about(set()).tolist() == []
    assert {strand: places.tolist() for strand, places in rows.by_strand().items()} == {
        (PRINTED[0].series, "HS 28182000"): [0, 1],
        (BAUXITE, "HS 2606"): [2],
        (PRINTED[0].series, "HS 2818"): [3],
    }


def test_no_rows_are_an_empty_list() -> None:
    nothing: list[Row] = []
    assert Rows.of(nothing) == nothing
    assert (Rows.of(nothing) + Rows.of(PRINTED)) == PRINTED
    assert Rows.of(PRINTED) != nothing
