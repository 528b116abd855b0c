"""The decision table: each of its rows, with a text that it decides."""

from bot.dataset.calendar import Month, Period
from bot.questions import understand
from bot.questions.decide import AFTER_COMPOSING, BEFORE_COMPOSING
from bot.questions.question import Pair, Question
from bot.questions.turn import Turn
from tests.looped import looped
from tests.questions.small_record import SmallRecord

SHOWN = Turn(((Question((Pair("alumina", "export"),), (Period.month(Month(2026, 6)),)),),))
# The row, a text, whether it follows an answer, whether it was said to us, and what becomes of it.
ROWS = [
    ("outside", "lme price of alumina", False, True, "outside"),
    ("country", "bauxite imports of India in june 2026", False, True, "outside"),
    ("no_such_time", "alumina exports 2025-13", False, True, "ask_back"),
    ("day", "alumina exports on 15 june 2026", False, True, "ask_back"),
    ("nothing", "did you book the room", True, False, "silent"),
    ("stop", "stop sending the bauxite figures", True, False, "silent"),
    ("statement", "I'll put june in the deck", True, False, "silent"),
    ("to_someone", "<@U123ABC> june works for lunch", True, False, "silent"),
    ("weak", "june party planning committee budget", False, False, "silent"),
    ("remark", "wow up", True, False, "silent"),
    ("points_only", "it", True, False, "silent"),
    ("nothing_named", "chart", False, True, "ask_back"),
    ("unread", "calcium alumina exports in xyzzyx 2025 grade", False, True, "ask_back"),
    ("weak", "alumina platypus umbrella", True, True, "ask_back"),
    ("unclear", "bauxite imports without Guinea, May 2026", False, True, "ask_back"),
    ("partner_side", "Russian alumina exports 2025", False, True, "ask_back"),
    ("which_series", "exports may 2026", False, True, "ask_back"),
]


@looped(("row", "text", "follows", "addressed", "outcome"), ROWS)
def test_a_row_decides(
    row: str, text: str, follows: bool, addressed: bool, outcome: str, record: SmallRecord
) -> None:
    reading = understand(text, record=record, shown=SHOWN if follows else Turn(), addressed=addressed)
    assert reading.outcome == outcome, reading
    assert reading.reason is not None


def test_every_row_of_the_table_has_a_text() -> None:
    reasons = {rule.reason for rule in BEFORE_COMPOSING} | set(AFTER_COMPOSING)
    assert reasons == {row for row, *_ in ROWS}


def test_no_offer_is_made_to_people_who_talk_to_each_other(record: SmallRecord) -> None:
    for _, text, follows, addressed, _ in ROWS:
        if not addressed:
            assert not understand(
                text, record=record, shown=SHOWN if follows else Turn(), addressed=False
            ).offers
