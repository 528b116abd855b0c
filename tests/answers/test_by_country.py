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
from tests.answers.printed import SCOPES, rows

BAUXITE = (Pair("bauxite", "import"),)
NOVEMBER = Period.month(Month(2024, 11))


def asked(period: Period, **fields: object) -> Question:
    return Question(BAUXITE, (period,), "partners", **{"top": ROWS, **fields})  # type: ignore[arg-type]


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
    assert found.rest
    assert found.rest.value == pytest.approx(world - sum(own[name] for name in countries[:3]))
    assert len(found.found.partners) == len(countries)


def test_every_month_is_the_rows_of_its_own_scope_and_no_share_has_another_whole(dataset: Dataset) -> None:
    every = {(pair.commodity, pair.flow) for pair in pairs(dataset)}
    looked_at = 0
    for (name, flow), end in product(sorted(every), [Month(2018, 10).plus(step) for step in range(94)]):
        answer = respond(replace(asked(Period.month(end)), pairs=(Pair(name, flow),)), dataset)  # type: ignore[arg-type]
        found = table(answer)
        figures = [*found.shown, *([found.found.world] if found.found.world else [])]
        assert {figure.scope for figure in figures} <= {found.found.scope}
        assert all(figure.period == Period.month(end) for figure in figures)
        assert all(share.whole is found.found.world for share in found.shares)
        assert bool(found.shares) <= bool(found.found.world)
        if found.rest and found.found.world:
            shown = sum(figure.value or 0 for figure in found.shown)
            assert found.rest.value + shown == pytest.approx(found.found.world.value)
            assert found.rest.range[0] <= found.rest.value <= found.rest.range[1]
        looked_at += bool(found.shown)
    assert looked_at > 90


def pairs(dataset: Dataset) -> list[Pair]:
    return [Pair(name, flow) for name in dataset.catalogue for flow in dataset.catalogue[name].flows]


def test_where_the_total_is_not_on_record_there_is_no_share(dataset: Dataset) -> None:
    metal = Question((Pair("unwrought_aluminium", "import"),), (Period.month(Month(2025, 12)),), "partners")
    answer = respond(metal, dataset)
    found = table(answer)
    assert found.found.scope == "HS 7601"
    assert (found.found.world, found.shares, found.rest, answer.shares) == (None, (), None, ())
    assert [figure.series.partner for figure in answer.figures] == ["Russia"]


def test_countries_that_make_more_than_the_total_leave_nothing_for_others(dataset: Dataset) -> None:
    own = printed_in("2025-03")
    assert sum(own.values()) - own[""] > own[""]
    found = table(respond(asked(Period.month(Month(2025, 3))), dataset))
    assert found.rest is None
    assert found.shares


def test_a_period_without_countries_offers_one_that_has_some(dataset: Dataset) -> None:
    answer = respond(asked(Period.month(Month(2018, 10)), top=3), dataset)
    assert answer.outcome == "answered"
    lost = replace(asked(Period.month(Month(2026, 7))), pairs=(Pair("alumina", "export"),))
    answer = respond(lost, dataset)
    assert (answer.outcome, answer.figures) == ("no_figure", ())
    near = respond(answer.suggestions[0], dataset)
    assert (near.outcome, near.question and near.question.view) == ("answered", "partners")


def test_a_period_that_was_not_named_is_the_newest_with_countries(dataset: Dataset) -> None:
    open_ended = replace(
        asked(Period.month(Month(2026, 7)), open_ended=True), pairs=(Pair("alumina", "export"),)
    )
    answer = respond(open_ended, dataset)
    assert answer.outcome == "answered"
    assert answer.question
    assert answer.question.period == Period.month(Month(2025, 9))


def test_where_one_country_is_on_record_a_fuller_month_is_offered_first(dataset: Dataset) -> None:
    answer = respond(asked(Period.whole_year(2025)), dataset)
    assert [figure.series.partner for figure in answer.figures] == ["Guinea", ""]
    fuller = table(respond(answer.onward[0], dataset))
    assert len(fuller.found.partners) > 3
    assert (fuller.found.covered or 0) > 0.9


def test_two_countries_stand_side_by_side_with_their_shares(dataset: Dataset) -> None:
    (answer,) = converse(["guinea vs australia bauxite imports november 2024"], dataset)
    own = printed_in("2024-11")
    found = table(answer)
    assert {each.series.partner: each.value for each in found.shown} == {
        "Guinea": own["Guinea"],
        "Australia": own["Australia"],
    }
    assert [round(share.pct, 6) for share in found.shares] == [
        round(100 * own[name] / own[""], 6) for name in ("Guinea", "Australia")
    ]


def test_of_two_countries_of_which_one_ends_earlier_what_both_have_is_offered(dataset: Dataset) -> None:
    (answer,) = converse(["guinea vs australia bauxite 2025"], dataset)
    assert [item.series.partner for item in answer.missing] == ["Australia"]
    both = respond(answer.onward[0], dataset)
    assert [each.series.partner for each in table(both).shown] == ["Guinea", "Australia"]
    assert {each.period for each in table(both).shown} == {Period.ytd(Month(2025, 6))}


def test_a_share_by_year_ends_with_what_there_is_of_the_last(dataset: Dataset) -> None:
    (answer,) = converse(["share of guinea by year"], dataset)
    assert [share.part.period for share in answer.shares][-2:] == [
        Period.whole_year(2025),
        Period.ytd(Month(2026, 7)),
    ]
    assert all(share.whole.series.partner == "" for share in answer.shares)
    assert all(share.part.period == share.whole.period for share in answer.shares)


def test_a_share_since_a_year_is_told_month_by_month(dataset: Dataset) -> None:
    (answer,) = converse(["guinea's share of bauxite imports since 2025"], dataset)
    assert [share.part.end for share in answer.shares] == [Month(2025, 1).plus(step) for step in range(19)]


def test_a_figure_that_has_countries_offers_them(dataset: Dataset) -> None:
    views = {
        text: [each.view for each in next(iter(converse([text], dataset))).onward]
        for text in ("bauxite imports july 2026", "alumina exports july 2026")
    }
    assert "partners" in views["bauxite imports july 2026"]
    assert "partners" not in views["alumina exports july 2026"]


def test_two_periods_compare_the_countries_that_both_have(dataset: Dataset) -> None:
    (answer,) = converse(["bauxite imports by country q1 2025 vs q1 2024"], dataset)
    countries = [item.now.series.partner for item in answer.contrasts]
    assert countries[:2] == ["Guinea", "Australia"]
    assert all(item.now.series == item.then.series and item.now.series.partner for item in answer.contrasts)
