"""Months of two scopes: the first line names the months it covers, those it leaves out, and why."""

from dataclasses import replace

import pytest

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.headline import headline
from bot.messages.script import script
from bot.questions import understand
from bot.questions.question import Question
from tests.looped import looped
from tests.offered import worded

SINCE_2023 = Question.of(("alumina",), ("import",), Period.span(Month(2023, 1), Month(2026, 7)), "trend")


def test_a_trend_over_two_scopes_names_the_months_of_the_one_and_leaves_out_the_other(
    dataset: Dataset,
) -> None:
    # HS 2818 of UN Comtrade: 211,314.941 t in January 2023 to 20,372.91 t in December 2024
    told = headline(respond(SINCE_2023, dataset))
    assert told.startswith(
        "HS 2818: Alumina imports, January 2023 to December 2024: 211.3 kt in January 2023"
    )
    assert told.endswith("; January 2025 to July 2026 are on record as HS 28182000 alone, not mixed in")
    assert "2026:" not in told


def test_the_part_that_was_left_out_is_offered_and_answered_in_its_own_scope(dataset: Dataset) -> None:
    (offered,) = worded(respond(SINCE_2023, dataset).suggestions)
    assert offered == "alumina imports trend January 2025 to July 2026"
    answer = respond(understand(offered, record=dataset), dataset)
    assert {figure.scope for figure in answer.figures} == {"HS 28182000"}
    assert len(answer.figures) == 19
    assert answer.suggestions == ()


def test_the_holes_of_a_trend_are_in_its_first_line(dataset: Dataset) -> None:
    asked = Question.of(("unwrought_aluminium",), ("export",), Period.whole_year(2020), "trend")
    told = headline(respond(asked, dataset))
    assert told.startswith("Aluminium exports, March to December 2020: ")
    assert told.endswith("; January and February 2020 are not on record")


def test_a_record_broken_in_many_places_tells_how_much_of_it_there_is(dataset: Dataset) -> None:
    # of 2024 in HS 28182000 January, February and June alone, then 2025-01 on to 2026-07
    asked = SINCE_2023.at(Period.span(Month(2024, 1), Month(2026, 7)))
    told = headline(respond(asked, dataset))
    assert told.startswith("Alumina imports, 22 of the 31 months from January 2024 to July 2026: ")
    left_out = "March to May 2024 and July to December 2024 are on record as HS 2818 alone, not mixed in"
    assert told.endswith(f"; {left_out}")


def test_side_by_side_each_series_says_which_months_it_covers(dataset: Dataset) -> None:
    asked = SINCE_2023.at(Period.span(Month(2024, 7), Month(2026, 7))).about(
        commodities=("alumina", "bauxite")
    )
    told = headline(respond(asked, dataset))
    assert told.startswith("July 2024 to July 2026: alumina imports (January 2025 to July 2026) ")
    assert "; bauxite imports " in told
    assert "bauxite imports (" not in told


@looped("number", [1, 2, 6])
def test_the_note_names_the_months_in_the_other_scope(dataset: Dataset, number: int) -> None:
    asked = SINCE_2023.at(Period.span(Month(2024, number), Month(2026, 7)))
    (stretch,) = respond(asked, dataset).stretches
    assert set(stretch.elsewhere) <= set(stretch.holes)
    assert any("HS 2818" in note for note in script(respond(asked, dataset)).notes)


def test_a_ranking_over_two_scopes_ranks_the_newest_run_and_offers_the_other(dataset: Dataset) -> None:
    answer = respond(replace(SINCE_2023, view="ranking", top=2), dataset)
    # HS 28182000: 611,107.47 t in April 2026, 449,463.68 in June
    assert [figure.value for figure in answer.figures] == [611_107.47, 449_463.68]
    assert headline(answer).startswith("Alumina imports, highest months of January 2025 to July 2026, ")
    (offered,) = worded(answer.suggestions)
    assert offered == "alumina imports 2 highest months January 2023 to December 2024"
    others = respond(understand(offered, record=dataset), dataset)
    # HS 2818: 354,980.596 t in January 2024, 309,109.374 in March
    assert [figure.value for figure in others.figures] == [354_980.596, 309_109.374]
    assert headline(others).startswith("HS 2818: Alumina imports, highest months of ")


def test_where_another_scope_has_the_months_the_lack_names_the_scope(dataset: Dataset) -> None:
    asked = replace(SINCE_2023.at(Period.span(Month(2024, 12), Month(2025, 6))), view="average")
    assert headline(respond(asked, dataset)).endswith("no average, for lack of December 2024 in HS 28182000")


def test_the_running_total_beside_a_month_counts_what_the_month_counts(dataset: Dataset) -> None:
    # May 2024 is on record in HS 2818 alone, the total to May in HS 28182000 too
    answer = respond(Question.of(("alumina",), ("import",), Period.month(Month(2024, 5))), dataset)
    assert {figure.scope for figure in (*answer.figures, *answer.around)} == {"HS 2818"}
    months = 354_980.596 + 296_041.624 + 309_109.374 + 114_725.43 + 97_999.139
    assert [figure.value for figure in answer.around] == [pytest.approx(months)]
