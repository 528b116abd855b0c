"""Counts, streaks, checks, whys, events and definitions, against the printed rows."""

from dataclasses import replace

import pytest

from bot.answers.respond import respond
from bot.answers.results import Check, Count, Streak, Verdict, Why
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.questions.question import Claim, Criterion, Pair, Question, View
from tests.answers.printed import months, printed, value
from tests.looped import looped

EXPORTS, IMPORTS, BAUXITE = Pair("alumina", "export"), Pair("alumina", "import"), Pair("bauxite", "import")
NET, ALUMINIUM = Pair("alumina", "net"), Pair("unwrought_aluminium", "export")
MONTHS = months("2024-01", "2026-07")
WHOLE = Period.span(Month(2024, 1), Month(2026, 7))
ABOVE_200 = Criterion("above", 200_000)


def asked(view: View, pair: Pair, *periods: Period, **more: object) -> Question:
    return replace(Question((pair,), periods, view), **more)


def month(text: str) -> Period:
    return Period.month(Month.from_text(text))


def count(question: Question, dataset: Dataset) -> Count:
    (found,) = respond(question, dataset).results
    assert isinstance(found, Count)
    return found


def streak(question: Question, dataset: Dataset) -> Streak:
    (found,) = respond(question, dataset).results
    assert isinstance(found, Streak)
    return found


def check(question: Question, dataset: Dataset) -> Check:
    (found,) = respond(question, dataset).results
    assert isinstance(found, Check)
    return found


def test_the_months_above_a_level_are_counted_as_printed(dataset: Dataset) -> None:
    found = count(asked("count", EXPORTS, WHOLE, criterion=ABOVE_200), dataset)
    above = [each for each in MONTHS if value("alumina", "export", each) > 200_000]
    assert [str(figure.end) for figure in found.months] == above
    assert (len(found.known), found.lost) == (len(MONTHS), ())


def test_a_count_names_the_months_that_rounding_could_turn(dataset: Dataset) -> None:
    found = count(asked("count", EXPORTS, WHOLE, criterion=Criterion("at_least", 200_000)), dataset)
    cells = {each: printed("alumina", "export", each) for each in MONTHS}
    open_ones = [each for each, (level, step, _) in cells.items() if abs(level - 200_000) < step / 2]
    assert [str(each) for each in found.open] == open_ones
    assert "2025-01" in open_ones


def test_the_months_with_a_change_beyond_a_bound_are_counted(dataset: Dataset) -> None:
    period = Period.whole_year(2025)
    found = count(asked("count", BAUXITE, period, criterion=Criterion("above", 20, "yoy")), dataset)
    changes = {each: printed("bauxite", "import", each)[2] or 0.0 for each in months("2025-01", "2025-12")}
    assert [str(figure.end) for figure in found.months] == [each for each, pct in changes.items() if pct > 20]


def test_none_is_an_answer_with_its_sources(dataset: Dataset) -> None:
    answer = respond(asked("count", EXPORTS, WHOLE, criterion=Criterion("above", 2_000_000)), dataset)
    assert (answer.outcome, answer.figures) == ("answered", ())
    assert answer.citations


def test_a_count_says_which_months_are_not_on_record(dataset: Dataset) -> None:
    period = Period.span(Month(2024, 1), Month(2026, 10))
    found = count(asked("count", EXPORTS, period, criterion=ABOVE_200), dataset)
    assert [str(each) for each in found.lost] == ["2026-08", "2026-09", "2026-10"]


def test_a_streak_runs_back_from_the_newest_month(dataset: Dataset) -> None:
    found = streak(asked("streak", EXPORTS, criterion=ABOVE_200), dataset)
    run = []
    for each in reversed(MONTHS):
        if value("alumina", "export", each) <= 200_000:
            break
        run.insert(0, each)
    assert [str(figure.end) for figure in found.months] == run
    assert found.broken_by
    assert str(found.broken_by.end) == MONTHS[len(MONTHS) - len(run) - 1]


def test_where_the_newest_month_breaks_it_the_last_that_met_it_is_told(dataset: Dataset) -> None:
    found = streak(asked("streak", NET, criterion=Criterion("above", 0)), dataset)
    balance = {
        each: value("alumina", "export", each) - value("alumina", "import", each)
        for each in months("2025-01", "2026-07")
    }
    assert (found.months, balance["2026-07"] < 0) == ((), True)
    assert found.last
    assert str(found.last.end) == max(each for each, net in balance.items() if net > 0)


def test_in_a_stretch_the_longest_streak_is_told(dataset: Dataset) -> None:
    found = streak(asked("streak", EXPORTS, Period.whole_year(2025), criterion=ABOVE_200), dataset)
    assert [str(figure.end) for figure in found.months] == months("2025-02", "2025-05")
    assert found.longest


def test_a_streak_ends_where_the_record_does(dataset: Dataset) -> None:
    found = streak(asked("streak", IMPORTS, criterion=Criterion("above", 5_000)), dataset)
    assert (str(found.hole), found.broken_by) == ("2024-12", None)


CHECKS: list[tuple[Claim, Verdict]] = [
    (Claim(140_000), "exact"),
    (Claim(143_000), "within"),
    (Claim(150_000), "no"),
    (Claim(pct=169.6), "exact"),
    (Claim(pct=170), "rounded"),
    (Claim(pct=160), "no"),
    (Claim(way="rise"), "exact"),
    (Claim(way="fall"), "no"),
    (Claim(140_000, way="fall"), "no"),
]


@looped(("claim", "verdict"), CHECKS)
def test_a_claim_is_held_against_the_printed_figure(dataset: Dataset, claim: Claim, verdict: Verdict) -> None:
    assert printed("alumina", "export", "2024-03") == (140_000, 10_000, 169.6)
    assert check(asked("check", EXPORTS, month("2024-03"), claim=claim), dataset).verdict == verdict


@looped(
    ("claimed", "verdict"),
    [(542_000, "rounded"), (541_684, "exact"), (540_000, "rounded"), (500_000, "no")],
)
def test_the_rounding_of_a_figure_confirms_it(dataset: Dataset, claimed: float, verdict: Verdict) -> None:
    assert value("unwrought_aluminium", "export", "2025-07") == pytest.approx(541_683.731)
    question = asked("check", ALUMINIUM, month("2025-07"), claim=Claim(claimed))
    assert check(question, dataset).verdict == verdict


def test_a_claim_may_be_an_earlier_printing(dataset: Dataset) -> None:
    guinea = Pair("bauxite", "import", "Guinea")
    found = check(asked("check", guinea, month("2024-10"), claim=Claim(7_597_000)), dataset)
    assert (found.verdict, found.row and found.row.value) == ("earlier", 7_597_000)


def test_a_direction_between_equal_printings_stays_open(dataset: Dataset) -> None:
    question = asked("check", EXPORTS, month("2024-03"), claim=Claim(way="rise"), against=month("2024-02"))
    assert check(question, dataset).verdict == "open"


def test_why_has_the_change_the_unit_value_and_the_events_near_it(dataset: Dataset) -> None:
    answer = respond(asked("why", BAUXITE, month("2025-08")), dataset)
    (why,) = answer.results
    assert isinstance(why, Why)
    (level, _, change), worth = printed("bauxite", "import", "2025-08"), "value"
    assert (answer.figures[0].value, answer.figures[0].growth.pct) == (level, change)
    now = value("bauxite", "import", "2025-08", measure=worth) / level
    then = value("bauxite", "import", "2024-08", measure=worth) / value("bauxite", "import", "2024-08")
    unit_value = next(each for each in why.computed if each.of[0].series.measure == "unit_value")
    assert unit_value.value == pytest.approx((now / then - 1) * 100)
    assert [str(event.day) for event in why.events] == ["2025-08-04"]


def test_events_of_a_year_are_those_that_bear_on_the_series(dataset: Dataset) -> None:
    answer = respond(asked("events", ALUMINIUM, Period.whole_year(2025)), dataset)
    assert [str(event.day) for event in answer.events] == ["2025-03-12", "2025-06-04"]


def test_a_time_without_events_has_none(dataset: Dataset) -> None:
    answer = respond(asked("events", BAUXITE, Period.whole_year(2017)), dataset)
    assert (answer.outcome, answer.events) == ("no_figure", ())


def test_a_term_is_told_from_the_glossary_and_a_series_by_its_own_entry(dataset: Dataset) -> None:
    (ytd,) = respond(Question(view="definition", topics=("ytd",)), dataset).definitions
    (own,) = respond(asked("definition", EXPORTS), dataset).definitions
    assert (ytd.id, own.id) == ("ytd", "alumina")
    assert respond(Question(view="definition", topics=("nothing",)), dataset).outcome == "outside"


def test_every_series_has_an_entry_in_two_sentences(dataset: Dataset) -> None:
    glossary = dataset.record.glossary
    assert set(dataset.catalogue) <= set(glossary)
    for entry in glossary.values():
        assert entry.text_en.count(". ") == 1, entry.id
        assert entry.text_zh.count("。") == 2, entry.id
