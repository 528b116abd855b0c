"""What people type, and the question that it is: the cases in tests/conversations."""

from bot.questions import understand
from tests.looped import looped

from .cases import Case, SmallRecord, single_cases, threads, understood

RECORD = SmallRecord()
QUESTIONS = list(single_cases("questions.yaml"))
REFUSALS = list(single_cases("refusals.yaml"))
THREADS = list(threads())


@looped("case", QUESTIONS)
def test_a_question_is_understood(case: Case) -> None:
    case.check(understand(case.typed, record=RECORD), RECORD)


@looped("case", REFUSALS)
def test_what_cannot_be_answered_is_refused(case: Case) -> None:
    case.check(understand(case.typed, record=RECORD), RECORD)


@looped("turns", THREADS)
def test_in_a_thread_only_what_is_said_changes(turns: tuple[Case, ...]) -> None:
    for turn, got in understood(turns, RECORD):
        turn.check(got, RECORD)


def test_the_set_is_large_enough() -> None:
    assert len(QUESTIONS) >= 250
    assert len(REFUSALS) >= 60
    assert len(THREADS) >= 80
    assert all(2 <= len(turns) <= 6 for turns in THREADS)
