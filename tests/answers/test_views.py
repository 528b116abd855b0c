"""Every view on the shipped record and its bounds. Figures are published, or arithmetic that is shown."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.respond import LONGEST, respond
from bot.dataset.calendar import Month, Period
from bot.messages.render import render
from bot.questions.question import Question
from bot.questions.reading import Reading
from tests.answers.asking import EXPORTS, IMPORTS, METAL, SCRAP, asked, read
from tests.asked import worded
from tests.dataset.rows import ALUMINA, month, small_dataset, span, total
from tests.tables import looped, tables

CASES = tables("answers/asked.yaml")
MARCH_2024, YEAR_2025 = Period.month(Month(2024, 3)), Period.whole_year(2025)


def everything(dataset, period, **more):
    return replace(Question.of(tuple(dataset.catalogue), ("export", "import"), period, "overview"), **more)


def ends(answer):
    return [str(figure.end) for figure in answer.figures]


@looped(("line", "values"), CASES["values"])
def test_figures_are_the_published_ones(dataset, line, values):
    answer = respond(read(line), dataset)
    assert answer.outcome == "answered"
    assert [figure.value for figure in answer.figures] == pytest.approx(values, abs=1e-4)


@looped("line", CASES["no_figure"])
def test_what_is_not_on_record_is_not_invented_but_offered(dataset, line):
    answer = respond(read(line), dataset)
    assert (answer.outcome, answer.figures, answer.averages) == ("no_figure", (), ())
    assert worded(answer.suggestions)


def test_a_missing_figure_is_told_of_by_what_there_is(dataset):
    answer = respond(everything(dataset, MARCH_2024), dataset)
    missing = {(item.series.commodity, item.series.flow): item for item in answer.missing}
    assert set(missing) == {("primary_aluminium", "export"), ("aluminium_scrap", "import")}
    near = missing["aluminium_scrap", "import"].nearest
    assert [str(period.end) for period in near] == ["2024-02", "2024-05"]
    beyond = respond(asked("figure", EXPORTS, month("2026-09")), dataset).missing[0]
    assert (beyond.due, beyond.overdue) == (date(2026, 10, 18), True)
    together = respond(asked("figure", METAL, month("2020-02")), dataset).missing[0].together
    assert together.value == 669_208  # as printed on 7 March 2020
    holes = respond(asked("figure", EXPORTS, span("2023-05", "2024-02")), dataset).missing[0].holes
    assert (Month(2023, 5) in holes, Month(2023, 6) in holes) == (False, True)
    (lost,) = respond(asked("figure", IMPORTS, span("2024-07", "2025-03")), dataset).missing
    assert lost.holes == ()  # to December 2024 in HS 2818, from then on in HS 28182000


def test_a_change_or_a_quotient_over_two_scopes_is_refused_and_both_are_named(dataset):
    # March 2025 is on record in HS 28182000 alone, March 2024 in HS 2818 alone
    answer = respond(asked("figure", IMPORTS, month("2025-03")), dataset)
    (clash,) = [clash for clash in answer.clashes if clash.operation == "year"]
    assert (clash.scope, clash.other_scope) == ("HS 28182000", "HS 2818")
    assert answer.figures[0].growth.pct is None
    worth = asked("figure", IMPORTS, month("2026-03"), measure="unit_value", unit="USD/t")
    (clash,) = respond(worth, dataset).clashes
    assert {clash.scope, clash.other_scope} == {"HS 2818", "HS 28182000"}


def test_running_totals_stand_beside_months_and_count_what_they_count(dataset):
    around = respond(asked("figure", EXPORTS, MARCH_2024), dataset).around
    assert [(each.period.kind, each.period.label) for each in around] == [("ytd", "2024-03")]
    overview = respond(everything(dataset, MARCH_2024), dataset).figures
    assert {each.period.kind for each in overview} == {"month", "ytd"}
    # May 2024 is on record in HS 2818 alone, the total to May in HS 28182000 too
    answer = respond(asked("figure", IMPORTS, month("2024-05")), dataset)
    assert {figure.scope for figure in (*answer.figures, *answer.around)} == {"HS 2818"}
    months = 354_980.596 + 296_041.624 + 309_109.374 + 114_725.43 + 97_999.139
    assert [figure.value for figure in answer.around] == [pytest.approx(months)]


def test_rankings_take_every_month_on_record_and_no_disputed_change(dataset):
    answer = respond(asked("ranking", EXPORTS), dataset)
    # figures.csv: the first month of alumina exports is June 2018, the last July 2026
    assert answer.stretches[0].period == span("2018-06", "2026-07")
    # April 2026, printed to 10 kt; October 2018, before the months that lack
    assert [figure.value for figure in answer.figures][:2] == [520_000, 460_072]
    # 164,429.78 t in 28 days are 5,872 a day, 172,610.37 in August's 31 are 5,568
    by_day = ends(respond(asked("ranking", SCRAP, YEAR_2025, top=12, unit="t/day"), dataset))
    assert by_day.index("2025-02") < by_day.index("2025-08")
    # printed: +40.0 % in February, +22.82 % in December, +18.68 % in July
    rises = [
        each.growth.pct for each in respond(asked("ranking", SCRAP, YEAR_2025, order="rise"), dataset).figures
    ]
    assert (rises[0], 22.82 in rises) == (40.0, True)
    assert rises == sorted(rises, key=lambda pct: -(pct or 0))
    falls = respond(asked("ranking", EXPORTS, order="fall", top=50), dataset).figures
    assert all((each.growth.pct or 0) < 0 and not each.growth.disputed for each in falls)


def test_a_mean_by_the_day_is_the_year_s(dataset):
    (mean,) = respond(asked("average", SCRAP, YEAR_2025, unit="t/day"), dataset).averages
    assert (mean.value or 0) / mean.period.days == pytest.approx(2_016_068.580 / 365)


def test_the_unit_value_of_a_total_is_no_mean_of_its_months():
    # US$600,000 for 300,000 t of three months: weighted by tonnes, as a mean of unit values is not
    worth = ALUMINA._replace(measure="value")
    made = small_dataset([total("2023-03", 300_000), total("2023-03", 600_000, series=worth)])
    question = asked(
        "average", EXPORTS, Period.around(Month(2023, 3), "quarter"), measure="unit_value", unit="USD/t"
    )
    assert respond(question, made).averages == ()


def test_an_open_ended_answer_cites_each_source_once(dataset):
    answer = respond(everything(dataset, month("2026-07"), open_ended=True), dataset)
    behind = {row.source for figure in answer.figures for row in figure.rows}
    assert sorted(citation.source.id for citation in answer.citations) == sorted(behind)


@looped("outcome", ["outside", "ask_back", "not_understood"])
def test_what_did_not_resolve_keeps_its_outcome_and_holds_no_figure(dataset, outcome):
    offered = asked("figure", EXPORTS, MARCH_2024)
    answer = respond(Reading(outcome, offers=(offered,)), dataset)  # type: ignore[arg-type]
    assert (answer.outcome, answer.figures, answer.suggestions) == (outcome, (), (offered,))


CENTURY = span("1950-01", "2049-12")


def test_a_list_that_fits_is_whole(dataset):
    for period in (Period.whole_year(2025), span("2018-01", "2026-10")):
        answer = respond(asked("trend", EXPORTS, period), dataset)
        assert (answer.cut, answer.question.periods) == (None, (period,))


@looped("view", ["trend", "export", "ranking", "revisions"])
def test_of_a_long_stretch_the_newest_months_on_record_are_listed(dataset, view):
    answer = respond(asked(view, EXPORTS, CENTURY), dataset)
    assert answer.question.period.length <= LONGEST
    assert answer.question.period.end <= Month(2026, 10)
    assert (bool(answer.figures), answer.cut) == (True, CENTURY)


def test_what_is_no_list_is_asked_back_with_one_that_is_answered(dataset):
    answer = respond(asked("average", EXPORTS, CENTURY), dataset)
    (near,) = answer.suggestions
    assert (answer.outcome, bool(respond(near, dataset).figures)) == ("ask_back", True)
    assert respond(asked("coverage", EXPORTS, CENTURY), dataset).covered
    assert respond(asked("release", EXPORTS, CENTURY), dataset).publications


def test_every_printing_that_is_told_is_cited(dataset):
    both, june = (METAL, METAL._replace(flow="import")), month("2025-06")
    answer = respond(asked("revisions", both, june, measure="value", unit="USD"), dataset)
    told = {row.source for each in answer.revisions for step in each.steps for row in step.figure.rows}
    assert told <= set(answer.source_numbers)
    assert render(answer).blocks
