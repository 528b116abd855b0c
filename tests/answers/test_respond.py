"""Questions as values into answers, on the shipped record. Expected figures are the published ones."""

from dataclasses import replace
from datetime import date

from bot.answers.answer import Answer
from bot.answers.monthly import monthly_summary
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.questions.question import Issue, Question, Unresolved
from tests.looped import looped

MARCH_2024 = Period.month(Month(2024, 3))
ALUMINA_EXPORTS = Question.of(("alumina",), ("export",), MARCH_2024)


def everything(dataset: Dataset, period: Period, **other: object) -> Question:
    return replace(
        Question.of(tuple(dataset.catalogue), ("export", "import"), period, view="overview"), **other
    )


def only(answer: Answer) -> Figure:
    (figure,) = answer.figures
    return figure


def test_one_series_of_a_month_holds_that_figure_and_no_other(dataset: Dataset) -> None:
    figure = only(respond(ALUMINA_EXPORTS, dataset))
    assert (figure.value, figure.growth.pct) == (140_000, 169.6)


def test_a_month_of_one_series_shows_its_running_total_beside_it_not_among_the_figures(
    dataset: Dataset,
) -> None:
    answer = respond(ALUMINA_EXPORTS, dataset)
    assert [total.period.name for total in answer.around] == ["January-March 2024"]


def test_an_overview_of_a_month_brings_its_running_totals(dataset: Dataset) -> None:
    answer = respond(everything(dataset, MARCH_2024), dataset)
    kinds = {(f.series.commodity, f.series.flow, f.period.kind) for f in answer.figures}
    assert ("unwrought_aluminium", "import", "ytd") in kinds
    assert ("unwrought_aluminium", "import", "month") in kinds


def test_every_figure_that_is_missing_is_named_with_the_nearest_there_are(dataset: Dataset) -> None:
    answer = respond(everything(dataset, MARCH_2024), dataset)
    missing = {(item.series.commodity, item.series.flow): item for item in answer.missing}
    assert set(missing) == {("primary_aluminium", "export"), ("aluminium_scrap", "import")}
    scrap = missing["aluminium_scrap", "import"]
    assert [str(period.end) for period in scrap.nearest] == ["2024-02", "2024-05"]


def test_a_month_before_the_record_is_no_figure_and_never_invented(dataset: Dataset) -> None:
    answer = respond(ALUMINA_EXPORTS.at(Period.month(Month(2017, 3))), dataset)
    assert (answer.outcome, answer.figures) == ("no_figure", ())
    assert str(answer.missing[0].nearest[0].end) == "2018-06"


def test_a_month_beyond_the_record_says_when_it_was_due(dataset: Dataset) -> None:
    answer = respond(ALUMINA_EXPORTS.at(Period.month(Month(2026, 9))), dataset)
    assert (answer.missing[0].due, answer.missing[0].overdue) == (date(2026, 10, 18), True)


def test_january_and_february_published_as_one_figure_are_offered_together(dataset: Dataset) -> None:
    asked = Question.of(("unwrought_aluminium",), ("export",), Period.month(Month(2020, 2)))
    answer = respond(asked, dataset)
    together = answer.missing[0].together
    assert answer.outcome == "no_figure"
    assert together is not None
    assert together.value == 669_208  # as printed on 7 March 2020


def test_the_unit_value_of_alumina_imports_in_2026_is_refused_and_both_scopes_are_named(
    dataset: Dataset,
) -> None:
    asked = Question.of(
        ("alumina",), ("import",), Period.month(Month(2026, 3)), measure="unit_value", unit="USD/t"
    )
    answer = respond(asked, dataset)
    assert answer.outcome == "no_figure"
    (clash,) = answer.clashes
    assert {clash.scope, clash.other_scope} == {"HS 2818", "HS 28182000"}


def test_a_change_over_two_scopes_is_refused_and_both_are_named(dataset: Dataset) -> None:
    # March 2025 is on record in HS 28182000 alone, March 2024 in HS 2818 alone
    answer = respond(Question.of(("alumina",), ("import",), Period.month(Month(2025, 3))), dataset)
    (clash,) = [clash for clash in answer.clashes if clash.operation == "year"]
    assert (clash.scope, clash.other_scope) == ("HS 28182000", "HS 2818")
    assert only(answer).growth.pct is None


def test_guineas_bauxite_is_answered_from_its_own_rows_only(dataset: Dataset) -> None:
    asked = Question.of(
        ("bauxite",), ("import",), Period.month(Month(2024, 1)), partner="Guinea", measure="value"
    )
    figure = only(respond(asked, dataset))
    assert (figure.series.partner, figure.value) == ("Guinea", 612_863_015)
    in_dollars = respond(asked.about(partner="Australia"), dataset)
    assert in_dollars.outcome == "no_figure"
    assert in_dollars.missing[0].measures == ("quantity",)


def test_an_hs_code_that_picks_a_scope_gets_that_scope(dataset: Dataset) -> None:
    asked = Question.of(("alumina",), ("import",), Period.month(Month(2024, 1)), scope="HS 2818")
    assert only(respond(asked, dataset)).value == 354_980.596
    assert only(respond(replace(asked, scope=None), dataset)).value == 351_300


def test_an_open_ended_answer_says_what_the_record_lacks(dataset: Dataset) -> None:
    asked = everything(dataset, Period.month(Month(2026, 7)), open_ended=True)
    lack = respond(asked, dataset).lack
    assert lack is not None
    assert (str(lack.newest), str(lack.due), lack.since) == ("2026-07", "2026-10", date(2026, 11, 20))
    assert [str(month) for month in lack.between] == ["2026-08", "2026-09"]


def test_a_question_with_its_month_named_does_not_speak_of_the_newer_end(dataset: Dataset) -> None:
    assert respond(ALUMINA_EXPORTS, dataset).lack is None


def test_every_source_behind_a_figure_is_cited_once(dataset: Dataset) -> None:
    answer = respond(everything(dataset, Period.month(Month(2026, 7))), dataset)
    behind = {row.source for figure in answer.figures for row in figure.rows}
    cited = [citation.source.id for citation in answer.citations]
    assert sorted(cited) == sorted(behind)


@looped("outcome", ["outside", "ask_back", "not_understood"])
def test_what_did_not_resolve_keeps_its_outcome_and_holds_no_figure(dataset: Dataset, outcome: str) -> None:
    offered = (ALUMINA_EXPORTS,)
    asked = Unresolved(outcome, (Issue("copper", "Copper is not in this data."),), offered)  # type: ignore[arg-type]
    answer = respond(asked, dataset)
    assert (answer.outcome, answer.figures) == (outcome, ())
    assert [question.pairs for question in answer.suggestions] == [ALUMINA_EXPORTS.pairs]


def test_the_monthly_summary_is_the_overview_with_highlights_and_the_newer_end(dataset: Dataset) -> None:
    answer = monthly_summary(dataset, Month(2026, 7))
    assert answer.edition == Month(2026, 7)
    assert 3 <= len(answer.highlights) <= 5
    assert answer.lack is not None
