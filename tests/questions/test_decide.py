"""The decision table: each of its rows, with a text that it decides."""

from bot.dataset.calendar import Month, Period
from bot.questions import understand
from bot.questions.decide import AFTER_COMPOSING, BEFORE_COMPOSING
from bot.questions.question import Pair, Question
from bot.questions.turn import Turn
from tests.looped import looped
from tests.questions.small_record import SmallRecord
from tests.tables import tables

CASES = tables("questions/cases.yaml")

SHOWN = Turn(((Question((Pair("alumina", "export"),), (Period.month(Month(2026, 6)),)),),))


@looped(("row", "text", "follows", "addressed", "outcome"), CASES["decisions"])
def test_a_row_decides(
    row: str, text: str, follows: bool, addressed: bool, outcome: str, record: SmallRecord
) -> None:
    reading = understand(text, record=record, shown=SHOWN if follows else Turn(), addressed=addressed)
    assert reading.outcome == outcome, reading
    assert reading.reason is not None


def test_every_row_of_the_table_has_a_text() -> None:
    reasons = {rule.reason for rule in BEFORE_COMPOSING} | set(AFTER_COMPOSING)
    assert reasons == {row for row, *_ in CASES["decisions"]}


def test_no_offer_is_made_to_people_who_talk_to_each_other(record: SmallRecord) -> None:
    for _, text, follows, addressed, _ in CASES["decisions"]:
        if not addressed:
            assert not understand(
                text, record=record, shown=SHOWN if follows else Turn(), addressed=False
            ).offers
