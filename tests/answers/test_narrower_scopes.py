"""HS 7601 is metal without the products of customs' line: it is served where it is named, and by partner.

The figures are made up. No operation takes them together with the line's.
"""

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import Row, Series
from tests.asked import asked as understand
from tests.asked import worded
from tests.dataset.rows import row

EXPORTS, LINE = Series("unwrought_aluminium", "export"), "unwrought aluminium and aluminium products"
METAL = "HS 7601"
MARCH = Period.month(Month(2024, 3))


def exports(period: str, value: float, scope: str, partner: str = "") -> Row:
    series = EXPORTS._replace(partner=partner)
    return row(period, value, 1, series=series, scope=scope, source="un-comtrade-36004f")


def dataset_of(record: Record, *rows: Row) -> Dataset:
    return replace(record, rows=rows, _newest=[]).as_of(date(2026, 11, 24))


@pytest.fixture(scope="module")
def both(record: Record) -> Dataset:
    """The line of February and March, and the metal of December to March, with a partner's part of it."""
    line = [exports(f"2024-{number:02d}", 400_000, LINE) for number in (2, 3)]
    metal = [exports(period, 20_000, METAL) for period in ("2023-12", "2024-01", "2024-02", "2024-04")]
    return dataset_of(record, *line, *metal, exports("2024-02", 5_000, METAL, "Japan"))


def asked(words: str, dataset: Dataset) -> Answer:
    return respond(understand(words, record=dataset), dataset)


def test_the_line_is_never_stood_in_for_by_a_part_of_it(both: Dataset) -> None:
    assert both.lines.scopes(EXPORTS) == (LINE,)
    assert both.figure(EXPORTS, Period.month(Month(2024, 1))) is None
    assert both.newest(["unwrought_aluminium"], ["export"]) == Month(2024, 3)
    trend = asked("aluminium exports trend december 2023 to april 2024", both)
    assert {(figure.scope, figure.end.number) for figure in trend.figures} == {(LINE, 2), (LINE, 3)}


def test_where_the_code_has_no_figure_the_lines_is_offered(both: Dataset) -> None:
    answer = asked("7601 exports march 2024", both)
    assert (answer.outcome, answer.figures) == ("no_figure", ())
    assert worded(answer.suggestions)[0] == "unwrought aluminium exports March 2024"
    assert asked(worded(answer.suggestions)[0], both).figures[0].value == 400_000


def test_where_nothing_is_on_record_of_a_code_the_line_that_holds_it_is_offered(record: Record) -> None:
    line = dataset_of(record, exports("2024-03", 400_000, LINE))
    answer = asked("7601 exports march 2024", line)
    assert answer.figures == ()
    assert worded(answer.offers)[0] == "unwrought aluminium exports March 2024"
    assert asked(worded(answer.offers)[0], line).figures[0].scope == LINE
