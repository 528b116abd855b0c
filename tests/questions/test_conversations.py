"""What people type, and the question that it is: the cases in tests/conversations."""

from dataclasses import replace

import pytest

from bot.messages.buttons import as_spoken
from bot.questions import remembered, understand, words
from bot.questions.question import Question
from bot.words import LANGUAGES, Language, speaking

from .cases import Case, SmallRecord, single_cases, threads, understood

RECORD = SmallRecord()
QUESTIONS = list(single_cases("questions.yaml"))
REFUSALS = list(single_cases("refusals.yaml"))
THREADS = list(threads())


@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case.typed)
def test_a_question_is_understood(case: Case) -> None:
    case.check(understand(case.typed, record=RECORD), RECORD)


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case.typed)
def test_what_cannot_be_answered_is_refused(case: Case) -> None:
    case.check(understand(case.typed, record=RECORD), RECORD)


@pytest.mark.parametrize("turns", THREADS, ids=lambda turns: " / ".join(turn.typed for turn in turns))
def test_in_a_thread_only_what_is_said_changes(turns: tuple[Case, ...]) -> None:
    for turn, got in understood(turns, RECORD):
        turn.check(got, RECORD)


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case.typed)
def test_the_words_of_a_question_read_back_as_the_same_question(case: Case, spoken: Language) -> None:
    question = understand(case.typed, record=RECORD)
    assert isinstance(question, Question)
    with speaking(spoken):
        said = remembered(question, RECORD.catalogue)
    again = understand(said, record=RECORD)
    assert isinstance(again, Question), said
    same = replace(question, open_ended=False, restated=(), language=spoken)
    assert replace(again, restated=()) == same, said


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case.typed)
def test_what_a_button_says_reads_back_as_its_question(case: Case, spoken: Language) -> None:
    question = understand(case.typed, record=RECORD)
    assert isinstance(question, Question)
    with speaking(spoken):
        asked = words(question, RECORD.catalogue)
    assert understand(as_spoken(asked), record=RECORD) == understand(asked, record=RECORD), as_spoken(asked)


@pytest.mark.parametrize("case", [case for case in REFUSALS if case.expected["outcome"] != "not_understood"])
def test_every_suggestion_is_a_question(case: Case) -> None:
    refused = understand(case.typed, record=RECORD)
    assert not isinstance(refused, Question)
    for suggestion in refused.suggestions:
        assert isinstance(understand(suggestion, record=RECORD), Question), suggestion


def test_the_set_is_large_enough() -> None:
    assert len(QUESTIONS) >= 250
    assert len(REFUSALS) >= 60
    assert len(THREADS) >= 80
    assert all(2 <= len(turns) <= 6 for turns in THREADS)
