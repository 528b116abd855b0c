"""The decision table, what the learned weights decide where it does not, and how a slot came about."""

import csv
from unittest.mock import patch

import pytest

from bot.dataset.calendar import Month, Period
from bot.questions import understand
from bot.questions.beside import ALWAYS, WEIGHTS, signs
from bot.questions.decide import AFTER_COMPOSING, BEFORE_COMPOSING
from bot.questions.question import Pair, Question
from bot.questions.turn import Half, Turn
from tests.tables import looped, tables

CASES = tables("questions/cases.yaml")

JUNE = Question((Pair("alumina", "export"),), (Period.month(Month(2026, 6)),))
SHOWN = Turn(((JUNE,),))


@looped(("row", "text", "follows", "addressed", "outcome"), CASES["decisions"])
def test_a_row_decides(row, text, follows, addressed, outcome, record):
    reading = understand(text, record=record, shown=SHOWN if follows else Turn(), addressed=addressed)
    assert reading.outcome == outcome, reading
    assert reading.reason is not None


def test_every_row_of_the_table_has_a_text():
    reasons = {rule.reason for rule in BEFORE_COMPOSING} | set(AFTER_COMPOSING)
    assert reasons == {row for row, *_ in CASES["decisions"]}


def test_no_offer_is_made_to_people_who_talk_to_each_other(record):
    for _, text, follows, addressed, _ in CASES["decisions"]:
        if not addressed:
            assert not understand(
                text, record=record, shown=SHOWN if follows else Turn(), addressed=False
            ).offers


ASKED = "our nephew painted the fence, how much alumina was exported in june 2025?"


def seen(text, record):
    """The signs of a message when it is weighed."""
    noted = set[str]()

    def note(draft, trade):
        noted.update(signs(draft, trade))
        return 0.1

    with patch("bot.questions.residue.risk", note):
        understand(text, record=record)
    return noted


def test_a_slot_is_seen_as_such_and_never_by_its_words(record):
    other = "our nephew painted the fence, how much bauxite was imported in q1 2024?"
    assert seen(ASKED, record) == seen(other, record) >= {ALWAYS, "<series> was <flow>", "nephew painted the"}


def test_where_a_word_stands_is_seen(record):
    assert "nephew beside" in seen(ASKED, record)
    assert "nephew inside" in seen("how much alumina did our nephew export in june 2025?", record)


UNRULED, RULED = "alumina exports june 2025. our cat is asleep", "alumina exports june 2025 at zhanjiang"


@pytest.mark.parametrize(
    ("text", "likely", "outcome"),
    [(UNRULED, 0.2, "asks"), (UNRULED, 0.5, "ask_back"), (RULED, 0.001, "asks"), (RULED, 0.2, "ask_back")],
)
def test_a_high_risk_asks_back_without_a_rule_and_hardly_any_answers_in_spite_of_one(
    record, text, likely, outcome
):
    with patch("bot.questions.residue.risk", return_value=likely):
        assert understand(text, record=record).outcome == outcome


def test_each_sign_has_one_weight():
    rows = list(csv.DictReader(WEIGHTS.read_text(encoding="utf-8").splitlines()))
    assert len({row["sign"] for row in rows}) == len(rows) > 1_000
    assert all(abs(float(row["weight"])) < 10 for row in rows)


@looped(
    ("text", "views"),
    [("both", ()), ("the average of them?", ()), ("which was bigger?", ("compare",)), ("sum of those", ())],
)
def test_what_points_back_meets_a_thread_without_figures(text, views, record):
    for first in ("help", "what is alumina", "when is the next release"):
        shown = Turn((understand(first, record=record).questions,))
        reading = understand(text, record=record, shown=shown)
        assert tuple(each.view for each in reading.questions) == views
        assert reading.outcome == ("asks" if views else "ask_back")


def test_what_the_thread_gives_is_inherited(record):
    reading = understand("and imports?", record=record, shown=SHOWN)
    assert reading.said == {"flow"}
    assert {"series", "period"} <= reading.inherited


def test_a_refused_turn_changes_nothing_and_is_completed_by_the_next(record):
    refused = understand("bauxite exports may 2025", record=record, shown=SHOWN)
    assert refused.outcome == "outside"
    after = SHOWN.refused(refused.offers, refused.half)
    assert after.questions == SHOWN.questions
    assert after.half == Half(("bauxite",), ("export",), (Period.month(Month(2025, 5)),))
    mended = understand("oops, imports", record=record, shown=after)
    assert mended.questions == (Question((Pair("bauxite", "import"),), (Period.month(Month(2025, 5)),)),)


def test_a_thread_keeps_its_last_answers_alone(record):
    shown = Turn()
    for month in range(1, 8):
        shown = shown.answered((JUNE.at(Period.month(Month(2026, month))),))
    assert len(shown.answers) == 4
    assert shown.question == JUNE.at(Period.month(Month(2026, 7)))
