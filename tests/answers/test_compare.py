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

FROM_GUINEA = BAUXITE._replace(partner="Guinea")
GUINEA = asked("figure", FROM_GUINEA, month("2024-01"), measure="value", unit="%")


def test_two_periods_that_no_scope_has_are_refused_and_both_scopes_named(dataset: Dataset) -> None:
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


def test_a_share_needs_a_partner(dataset: Dataset) -> None:
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
