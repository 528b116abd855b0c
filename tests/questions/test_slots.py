"""How each slot came about: said, inherited, assumed, corrected; and what was left aside."""

from bot.dataset.calendar import Month, Period
from bot.questions import understand
from bot.questions.question import Pair, Question
from bot.questions.turn import Half, Turn
from tests.questions.small_record import SmallRecord

JUNE = Question((Pair("alumina", "export"),), (Period.month(Month(2026, 6)),))
SHOWN = Turn(((JUNE,),))


def test_what_is_said_is_not_assumed(record: SmallRecord) -> None:
    reading = understand("alumina exports march 2024", record=record)
    assert reading.said == {"series", "flow", "period"}
    assert not reading.inherited
    assert not reading.assumed


def test_what_the_thread_gives_is_inherited(record: SmallRecord) -> None:
    reading = understand("and imports?", record=record, shown=SHOWN)
    assert reading.said == {"flow"}
    assert {"series", "period"} <= reading.inherited


def test_what_nobody_said_is_assumed(record: SmallRecord) -> None:
    assert {"flow", "period"} <= understand("alumina", record=record).assumed


def test_slips_are_told(record: SmallRecord) -> None:
    reading = understand("alumian exprots marhc 2024", record=record)
    assert reading.corrected == {"alumian": "alumina", "exprots": "exports", "marhc": "march"}
    assert reading.questions[0].periods == (Period.month(Month(2024, 3)),)


def test_content_that_was_not_read_is_told(record: SmallRecord) -> None:
    reading = understand("alumina exports march 2024 for the steering committee please", record=record)
    assert set(reading.left_aside) == {"steering", "committee"}


def test_a_refused_turn_changes_nothing_and_is_completed_by_the_next(record: SmallRecord) -> None:
    refused = understand("bauxite exports may 2025", record=record, shown=SHOWN)
    assert refused.outcome == "outside"
    after = SHOWN.refused(refused.offers, refused.half)
    assert after.questions == SHOWN.questions
    assert after.half == Half(("bauxite",), ("export",), (Period.month(Month(2025, 5)),))
    mended = understand("oops, imports", record=record, shown=after)
    assert mended.questions == (Question((Pair("bauxite", "import"),), (Period.month(Month(2025, 5)),)),)


def test_a_year_is_never_swapped(record: SmallRecord) -> None:
    for year in (1995, 2019, 2030):
        reading = understand(f"alumina exports june {year}", record=record)
        assert [question.periods for question in reading.questions] == [(Period.month(Month(year, 6)),)]


def test_a_thread_keeps_its_last_answers_alone(record: SmallRecord) -> None:
    shown = Turn()
    for month in range(1, 8):
        shown = shown.answered((JUNE.at(Period.month(Month(2026, month))),))
    assert len(shown.answers) == 4
    assert shown.question == JUNE.at(Period.month(Month(2026, 7)))
