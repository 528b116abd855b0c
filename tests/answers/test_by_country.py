"""Trade by country, and HS 7601, metal without the products of customs' line: scopes of their own."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from bot.answers.conversation import converse
from bot.answers.respond import respond
from bot.answers.results import ByCountry
from bot.dataset.calendar import Month, Period
from bot.dataset.model import Series
from bot.questions.partners import ROWS
from bot.questions.question import Pair, Question
from tests.asked import worded
from tests.dataset.rows import row

OF_BAUXITE = (Pair("bauxite", "import"),)
NOVEMBER = Period.month(Month(2024, 11))


def asked(period, **fields):
    return replace(Question(OF_BAUXITE, (period,), "partners", top=ROWS), **fields)


def table(answer):
    (result,) = answer.results
    assert isinstance(result, ByCountry)
    return result


def test_every_month_is_the_rows_of_its_own_scope_and_no_share_has_another_whole(dataset):
    pairs = [Pair(name, flow) for name in dataset.catalogue for flow in dataset.catalogue[name].flows]
    looked_at = 0
    for pair, end in product(pairs, [Month(2018, 10).plus(step) for step in range(94)]):
        found = table(respond(asked(Period.month(end), pairs=(pair,)), dataset))
        world = found.found.world
        assert {figure.scope for figure in (*found.shown, world) if figure} <= {found.found.scope}
        assert all(figure.period == Period.month(end) for figure in found.shown)
        assert all(share.whole is world for share in found.shares)
        if found.rest:
            shown = sum(figure.value or 0 for figure in found.shown)
            assert found.rest.value + shown == pytest.approx(world.value)
            assert found.rest.range[0] <= found.rest.value <= found.rest.range[1]
        looked_at += bool(found.shown)
    assert looked_at > 90


def test_a_period_without_countries_offers_one_that_has_some_or_the_newest_that_has(dataset):
    alumina, july = (Pair("alumina", "export"),), Period.month(Month(2026, 7))
    answer = respond(asked(july, pairs=alumina), dataset)
    assert (answer.outcome, answer.figures) == ("no_figure", ())
    near = respond(answer.suggestions[0], dataset)
    assert (near.outcome, near.question and near.question.view) == ("answered", "partners")
    answer = respond(asked(july, pairs=alumina, open_ended=True), dataset)
    assert answer.outcome == "answered"
    assert answer.question.period == Period.month(Month(2025, 9))


def typed(text, dataset):
    (answer,) = converse([text], dataset)
    return answer


def test_shares_over_time_are_of_each_month(dataset):
    shares = typed("guinea's share of bauxite imports since 2025", dataset).shares
    assert [share.part.end for share in shares] == [Month(2025, 1).plus(step) for step in range(19)]
    assert all(share.whole.series.partner == "" for share in shares)
    assert all(share.part.period == share.whole.period for share in shares)


EXPORTS, LINE = Series("unwrought_aluminium", "export"), "unwrought aluminium and aluminium products"
METAL = "HS 7601"
MARCH = Period.month(Month(2024, 3))


def exports(period, value, scope, partner=""):
    series = EXPORTS._replace(partner=partner)
    return row(period, value, 1, series=series, scope=scope, source="un-comtrade-36004f")


def dataset_of(record, *rows):
    return replace(record, rows=rows, _newest=[]).as_of(date(2026, 11, 24))


@pytest.fixture(scope="module")
def both(record):
    """Made up: the line of February and March, the metal of December to March, a partner's part of it."""
    line = [exports(f"2024-{number:02d}", 400_000, LINE) for number in (2, 3)]
    metal = [exports(period, 20_000, METAL) for period in ("2023-12", "2024-01", "2024-02", "2024-04")]
    return dataset_of(record, *line, *metal, exports("2024-02", 5_000, METAL, "Japan"))


def test_the_line_is_never_stood_in_for_by_a_part_of_it(both):
    assert both.lines.scopes(EXPORTS) == (LINE,)
    assert both.figure(EXPORTS, Period.month(Month(2024, 1))) is None
    assert both.newest(["unwrought_aluminium"], ["export"]) == Month(2024, 3)
    trend = typed("aluminium exports trend december 2023 to april 2024", both)
    assert {(figure.scope, figure.end.number) for figure in trend.figures} == {(LINE, 2), (LINE, 3)}


def test_where_the_code_has_no_figure_the_lines_is_offered(both):
    answer = typed("7601 exports march 2024", both)
    assert (answer.outcome, answer.figures) == ("no_figure", ())
    assert worded(answer.suggestions)[0] == "unwrought aluminium exports March 2024"
    assert typed(worded(answer.suggestions)[0], both).figures[0].value == 400_000


def test_where_nothing_is_on_record_of_a_code_the_line_that_holds_it_is_offered(record):
    line = dataset_of(record, exports("2024-03", 400_000, LINE))
    answer = typed("7601 exports march 2024", line)
    assert answer.figures == ()
    assert worded(answer.offers)[0] == "unwrought aluminium exports March 2024"
    assert typed(worded(answer.offers)[0], line).figures[0].scope == LINE
