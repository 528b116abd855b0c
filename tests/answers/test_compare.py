"""Two periods of one series, and a partner's share: one scope, or refused in words that name both."""

from dataclasses import replace

import pytest

from bot.answers.respond import respond
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.messages.document import document
from tests.answers.asking import BAUXITE, EXPORTS, IMPORTS, asked
from tests.dataset.rows import month, span
from tests.tables import looped

ALUMINA_EXPORTS = asked("compare", EXPORTS, month("2024-03"), against=month("2023-05"))
FROM_GUINEA = BAUXITE._replace(partner="Guinea")
GUINEA = asked("figure", FROM_GUINEA, month("2024-01"), measure="value", unit="%")


def test_the_change_between_two_periods_has_its_rounding_range(dataset: Dataset) -> None:
    # 140 kt within 5 against 110 kt within 5: +27.3 %, from 135/115 to 145/105
    answer = respond(ALUMINA_EXPORTS, dataset)
    (item,) = answer.contrasts
    assert (item.now.value, item.then.value) == (140_000, 110_000)
    assert item.pct == pytest.approx((140 / 110 - 1) * 100)
    assert item.range == pytest.approx(((135 / 115 - 1) * 100, (145 / 105 - 1) * 100))
    assert [figure.value for figure in answer.figures] == [140_000, 110_000]


def test_both_periods_are_taken_from_a_scope_that_has_both_or_both_are_named(dataset: Dataset) -> None:
    # January 2024 is on record as 351,300 t of HS 28182000 and 354,980.596 of HS 2818; March as HS 2818 alone
    (item,) = respond(asked("figure", IMPORTS, month("2024-03"), against=month("2024-01")), dataset).contrasts
    assert (item.now.value, item.then.value) == (309_109.374, 354_980.596)
    answer = respond(asked("figure", IMPORTS, month("2025-03"), against=month("2024-03")), dataset)
    (clash,) = answer.clashes
    assert (clash.operation, clash.scope, clash.other_scope) == ("compare", "HS 28182000", "HS 2818")
    assert (len(answer.figures), answer.contrasts) == (2, ())


def test_periods_of_unequal_length_have_no_percentage_but_by_the_day(dataset: Dataset) -> None:
    # 2,550,000 t in 365 days, 210,000 t in December's 31
    unequal = asked("compare", EXPORTS, Period.whole_year(2025), against=month("2025-12"))
    assert respond(unequal, dataset).contrasts[0].pct is None
    by_day = respond(replace(unequal, unit="t/day"), dataset).contrasts[0]
    assert by_day.pct == pytest.approx(((2_550_000 / 365) / (210_000 / 31) - 1) * 100)


def test_a_change_is_from_the_earlier_to_the_later_whichever_was_named_first(dataset: Dataset) -> None:
    years = Period.whole_year(2024), Period.whole_year(2025)
    for now, then in (years, years[::-1]):
        (told,) = document(respond(asked("compare", EXPORTS, now, against=then), dataset))["comparison"]
        assert (told["period"], told["against"]) == (now.label, then.label)
        assert (told["from"], told["to"], told["pct"]) == ("2024", "2025", 42.5)  # 2,550 / 1,790


def test_a_partners_share_is_its_figure_by_the_worlds(dataset: Dataset) -> None:
    # US$612,863,015 of US$821,937,118, each to the dollar
    answer = respond(GUINEA, dataset)
    (share,) = answer.shares
    assert share.pct == pytest.approx(612_863_015 / 821_937_118 * 100)
    assert share.range == pytest.approx(
        (612_863_014.5 / 821_937_118.5 * 100, 612_863_015.5 / 821_937_117.5 * 100)
    )
    assert [figure.series.partner for figure in answer.figures] == ["Guinea", ""]


def test_a_share_of_rounded_figures_has_a_wide_range(dataset: Dataset) -> None:
    # Russia in 2025: 2.0 Mt within 50 kt, of 2.55 Mt within 5 kt
    russia = EXPORTS._replace(partner="Russia")
    (share,) = respond(asked("figure", russia, Period.whole_year(2025), unit="%"), dataset).shares
    assert share.range == pytest.approx((1_950 / 2_555 * 100, 2_050 / 2_545 * 100))


def test_a_share_needs_a_partner_and_figures_on_record(dataset: Dataset) -> None:
    answer = respond(GUINEA.about(partner="Australia"), dataset)  # of it only tonnes are on record
    assert (answer.outcome, answer.figures) == ("no_figure", ())
    answer = respond(GUINEA.about(partner=""), dataset)
    assert answer.outcome == "ask_back"
    assert answer.suggestions[0].view == "partners"


def test_shares_month_by_month_name_the_months_without(dataset: Dataset) -> None:
    australia = BAUXITE._replace(partner="Australia")
    answer = respond(asked("trend", australia, span("2024-03", "2024-11"), unit="%"), dataset)
    # Australia's May to September 2024 are not on record
    assert [str(share.part.end) for share in answer.shares] == ["2024-03", "2024-04", "2024-10", "2024-11"]
    assert {str(item.period.end) for item in answer.missing} == {f"2024-0{month}" for month in range(5, 10)}


@looped("view", ["ranking", "average", "record", "highlights"])
def test_what_cannot_be_said_of_shares_is_refused(dataset: Dataset, view: str) -> None:
    answer = respond(replace(GUINEA, view=view), dataset)
    assert (answer.outcome, answer.figures) == ("ask_back", ())
