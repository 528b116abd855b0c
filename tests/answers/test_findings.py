"""Counts, streaks, checks, whys, events and definitions, against the printed rows."""

from typing import Any

import pytest

from bot.answers.respond import respond
from bot.answers.results import Check, Count, Streak, Verdict, Why
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.questions.question import Claim, Criterion, Question
from tests.answers.asking import BAUXITE, EXPORTS, IMPORTS, METAL, asked, read
from tests.dataset.rows import month, span
from tests.looped import looped
from tests.published import months, printed, value
from tests.tables import tables

MONTHS = months("2024-01", "2026-07")
WHOLE = span("2024-01", "2026-07")
ABOVE_200, YEAR_2025 = Criterion("above", 200_000), Period.whole_year(2025)


def result(question: Question, dataset: Dataset) -> Any:
    (found,) = respond(question, dataset).results
    assert isinstance(found, Count | Streak | Check | Why)
    return found


def test_the_months_that_meet_a_criterion_are_counted_as_printed(dataset: Dataset) -> None:
    found = result(asked("count", EXPORTS, WHOLE, criterion=ABOVE_200), dataset)
    above = [each for each in MONTHS if value("alumina", "export", each) > 200_000]
    assert [str(figure.end) for figure in found.months] == above
    assert (len(found.known), found.lost) == (len(MONTHS), ())
    found = result(asked("count", BAUXITE, YEAR_2025, criterion=Criterion("above", 20, "yoy")), dataset)
    changes = {each: printed("bauxite", "import", each)[2] or 0.0 for each in months("2025-01", "2025-12")}
    assert [str(figure.end) for figure in found.months] == [each for each, pct in changes.items() if pct > 20]


def test_a_count_names_the_months_that_rounding_could_turn_and_those_not_on_record(dataset: Dataset) -> None:
    at_least = Criterion("at_least", 200_000)
    found = result(asked("count", EXPORTS, span("2024-01", "2026-10"), criterion=at_least), dataset)
    cells = {each: printed("alumina", "export", each) for each in MONTHS}
    open_ones = [each for each, (level, step, _) in cells.items() if abs(level - 200_000) < step / 2]
    assert ([str(each) for each in found.open], "2025-01" in open_ones) == (open_ones, True)
    assert [str(each) for each in found.lost] == ["2026-08", "2026-09", "2026-10"]


def test_none_is_an_answer_with_its_sources(dataset: Dataset) -> None:
    answer = respond(asked("count", EXPORTS, WHOLE, criterion=Criterion("above", 2_000_000)), dataset)
    assert (answer.outcome, answer.figures, bool(answer.citations)) == ("answered", (), True)


def test_a_streak_runs_back_from_the_newest_month(dataset: Dataset) -> None:
    found = result(asked("streak", EXPORTS, criterion=ABOVE_200), dataset)
    run: list[str] = []
    for each in reversed(MONTHS):
        if value("alumina", "export", each) <= 200_000:
            break
        run.insert(0, each)
    assert [str(figure.end) for figure in found.months] == run
    assert str(found.broken_by.end) == MONTHS[len(MONTHS) - len(run) - 1]


def test_in_a_stretch_the_longest_streak_is_told_and_one_ends_where_the_record_does(dataset: Dataset) -> None:
    found = result(asked("streak", EXPORTS, YEAR_2025, criterion=ABOVE_200), dataset)
    told = [str(figure.end) for figure in found.months], found.longest, found.hole
    assert told == (months("2025-02", "2025-05"), True, None)
    for periods in ((), (span("2024-07", "2026-07"),)):
        found = result(asked("streak", IMPORTS, *periods, criterion=Criterion("above", 5_000)), dataset)
        assert (str(found.hole), found.broken_by) == ("2024-12", None)


def test_a_claim_may_be_an_earlier_printing(dataset: Dataset) -> None:
    guinea = BAUXITE._replace(partner="Guinea")
    found = result(asked("check", guinea, month("2024-10"), claim=Claim(7_597_000)), dataset)
    assert (found.verdict, found.row.value) == ("earlier", 7_597_000)


@looped(("line", "verdict"), tables("answers/asked.yaml")["claims"])
def test_a_claim_or_a_bound_is_held_against_the_print(dataset: Dataset, line: str, verdict: Verdict) -> None:
    assert printed("alumina", "export", "2024-03") == (140_000, 10_000, 169.6)
    assert value("unwrought_aluminium", "export", "2025-07") == pytest.approx(541_683.731)
    assert result(read(line), dataset).verdict == verdict


def test_why_has_the_change_the_unit_value_and_the_events_near_it(dataset: Dataset) -> None:
    answer = respond(asked("why", BAUXITE, month("2025-08")), dataset)
    (why,) = answer.results
    assert isinstance(why, Why)
    level, _, change = printed("bauxite", "import", "2025-08")
    assert (answer.figures[0].value, answer.figures[0].growth.pct) == (level, change)
    now = value("bauxite", "import", "2025-08", measure="value") / level
    then = value("bauxite", "import", "2024-08", measure="value") / value("bauxite", "import", "2024-08")
    unit_value = next(each for each in why.computed if each.of[0].series.measure == "unit_value")
    assert unit_value.value == pytest.approx((now / then - 1) * 100)
    assert [str(event.day) for event in why.events] == ["2025-08-04"]


def test_events_of_a_year_are_those_that_bear_on_the_series(dataset: Dataset) -> None:
    answer = respond(asked("events", METAL, YEAR_2025), dataset)
    assert [str(event.day) for event in answer.events] == ["2025-03-12", "2025-06-04"]
    answer = respond(asked("events", BAUXITE, Period.whole_year(2017)), dataset)
    assert (answer.outcome, answer.events) == ("no_figure", ())


def test_a_term_is_told_from_the_glossary_and_a_series_by_its_own_entry(dataset: Dataset) -> None:
    (ytd,) = respond(Question(view="definition", topics=("ytd",)), dataset).definitions
    (own,) = respond(asked("definition", EXPORTS), dataset).definitions
    assert (ytd.id, own.id) == ("ytd", "alumina")
    assert respond(Question(view="definition", topics=("nothing",)), dataset).outcome == "outside"
    assert set(dataset.catalogue) <= set(dataset.record.glossary)
