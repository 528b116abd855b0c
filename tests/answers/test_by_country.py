"""Trade by country against the printed rows: levels, shares, what is left, and when none of it is told."""

from dataclasses import replace
from itertools import product

import pytest

from bot.answers.answer import Answer
from bot.answers.conversation import converse
from bot.answers.respond import respond
from bot.answers.results import ByCountry
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.questions.partners import ROWS
from bot.questions.question import Pair, Question
from tests.published import SCOPES, rows

BAUXITE = (Pair("bauxite", "import"),)
NOVEMBER = Period.month(Month(2024, 11))


def asked(period: Period, **fields: object) -> Question:
    return replace(Question(BAUXITE, (period,), "partners", top=ROWS), **fields)


def table(answer: Answer) -> ByCountry:
    (result,) = answer.results
    assert isinstance(result, ByCountry)
    return result


def printed_in(month: str) -> dict[str, float]:
    """The last printing of bauxite imports of a month by partner; '' is the world."""
    scope = SCOPES["bauxite"]
    return {
        key[2]: cells[-1][0]
        for key, cells in rows().items()
        if (*key[:2], *key[3:]) == ("bauxite", "import", "month", "quantity", scope, month)
    }


def test_the_largest_countries_come_first_with_their_parts_of_the_printed_total(dataset: Dataset) -> None:
    own = printed_in("2024-11")
    world, countries = own.pop(""), sorted(own, key=lambda name: -own[name])
    found = table(respond(asked(NOVEMBER, top=3), dataset))
    assert [each.series.partner for each in found.shown] == countries[:3]
    assert [each.value for each in found.shown] == [own[name] for name in countries[:3]]
    assert [each.pct for each in found.shares] == pytest.approx([100 * own[n] / world for n in countries[:3]])
    assert found.rest.value == pytest.approx(world - sum(own[name] for name in countries[:3]))
    assert len(found.found.partners) == len(countries)


def test_every_month_is_the_rows_of_its_own_scope_and_no_share_has_another_whole(dataset: Dataset) -> None:
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


def test_where_the_total_is_not_on_record_or_is_exceeded_nothing_is_left(dataset: Dataset) -> None:
    metal = (Pair("unwrought_aluminium", "import"),)
    answer = respond(asked(Period.month(Month(2025, 12)), pairs=metal), dataset)
    found = table(answer)
    assert (found.found.scope, found.found.world, found.shares, found.rest) == ("HS 7601", None, (), None)
    assert [figure.series.partner for figure in answer.figures] == ["Russia"]
    own = printed_in("2025-03")
    assert sum(own.values()) - own[""] > own[""]
    found = table(respond(asked(Period.month(Month(2025, 3))), dataset))
    assert (found.rest, bool(found.shares)) == (None, True)


def test_a_period_without_countries_offers_one_that_has_some_or_the_newest_that_has(dataset: Dataset) -> None:
    alumina, july = (Pair("alumina", "export"),), Period.month(Month(2026, 7))
    answer = respond(asked(july, pairs=alumina), dataset)
    assert (answer.outcome, answer.figures) == ("no_figure", ())
    near = respond(answer.suggestions[0], dataset)
    assert (near.outcome, near.question and near.question.view) == ("answered", "partners")
    answer = respond(asked(july, pairs=alumina, open_ended=True), dataset)
    assert answer.outcome == "answered"
    assert answer.question.period == Period.month(Month(2025, 9))


def typed(text: str, dataset: Dataset) -> Answer:
    (answer,) = converse([text], dataset)
    return answer


def test_two_countries_stand_side_by_side(dataset: Dataset) -> None:
    own, both = printed_in("2024-11"), ("Guinea", "Australia")
    figures = typed("guinea vs australia bauxite imports november 2024", dataset).figures
    assert {each.series.partner: each.value for each in figures} == {name: own[name] for name in both}


def test_countries_of_two_periods_are_asked_back(dataset: Dataset) -> None:
    answer = typed("bauxite imports by country q1 2025 vs q1 2024", dataset)
    assert (answer.outcome, answer.figures) == ("ask_back", ())
    assert [each.view for each in answer.suggestions] == ["partners"]


def test_shares_over_time_are_of_each_month(dataset: Dataset) -> None:
    shares = typed("guinea's share of bauxite imports since 2025", dataset).shares
    assert [share.part.end for share in shares] == [Month(2025, 1).plus(step) for step in range(19)]
    assert all(share.whole.series.partner == "" for share in shares)
    assert all(share.part.period == share.whole.period for share in shares)
    assert typed("share of guinea by year", dataset).outcome == "ask_back"


def test_a_figure_that_has_countries_offers_them(dataset: Dataset) -> None:
    for text, offered in (("bauxite imports july 2026", True), ("alumina exports july 2026", False)):
        assert ("partners" in [each.view for each in typed(text, dataset).onward]) == offered
