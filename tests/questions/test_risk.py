"""What the learned weights see of a message, and what they decide where the place of a word does not."""

import csv
from unittest.mock import patch

import pytest

from bot.questions import understand
from bot.questions.draft import Draft
from bot.questions.partners import Trade
from bot.questions.risk import ALWAYS, WEIGHTS, signs
from tests.questions.small_record import SmallRecord

ASKED = "our nephew painted the fence, how much alumina was exported in june 2025?"


def seen(text: str, record: SmallRecord) -> set[str]:
    """The signs of a message when it is weighed."""
    noted = set[str]()

    def note(draft: Draft, trade: Trade) -> float:
        noted.update(signs(draft, trade))
        return 0.1

    with patch("bot.questions.residue.risk", note):
        understand(text, record=record)
    return noted


def test_a_slot_is_seen_as_such_and_never_by_its_words(record: SmallRecord) -> None:
    other = "our nephew painted the fence, how much bauxite was imported in q1 2024?"
    assert seen(ASKED, record) == seen(other, record) >= {ALWAYS, "<series> was <flow>", "nephew painted the"}


def test_where_a_word_stands_is_seen(record: SmallRecord) -> None:
    assert "nephew beside" in seen(ASKED, record)
    assert "nephew inside" in seen("how much alumina did our nephew export in june 2025?", record)


UNRULED, RULED = "alumina exports june 2025. our cat is asleep", "alumina exports june 2025 at zhanjiang"


@pytest.mark.parametrize(
    ("text", "likely", "outcome"),
    [(UNRULED, 0.2, "asks"), (UNRULED, 0.5, "ask_back"), (RULED, 0.001, "asks"), (RULED, 0.2, "ask_back")],
)
def test_a_high_risk_asks_back_without_a_rule_and_hardly_any_answers_in_spite_of_one(
    record: SmallRecord, text: str, likely: float, outcome: str
) -> None:
    with patch("bot.questions.residue.risk", return_value=likely):
        assert understand(text, record=record).outcome == outcome


def test_a_part_that_is_not_on_record_is_asked_back(record: SmallRecord) -> None:
    reading = understand(
        "bauxite imports may 2025, how much was spot and how much on term contracts?", record=record
    )
    assert reading.outcome == "ask_back"
    assert reading.offers


def test_each_sign_has_one_weight() -> None:
    rows = list(csv.DictReader(WEIGHTS.read_text(encoding="utf-8").splitlines()))
    assert len({row["sign"] for row in rows}) == len(rows) > 1_000
    assert all(abs(float(row["weight"])) < 10 for row in rows)
