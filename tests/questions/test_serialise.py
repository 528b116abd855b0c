"""A Question travels as JSON and comes back as the same Question, in every view; a damaged one is refused."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dataset.calendar import Month, Period
from bot.errors import StoredValueError
from bot.questions.question import Question, View
from bot.questions.turn import Half, Turn
from tests.any_question import questions
from tests.tables import tables

MARCH = Question.of(("alumina",), ("export",), Period.month(Month(2024, 3)), unit="kt", language="zh")
APRIL = MARCH.at(Period.month(Month(2024, 4)))
KNOWN = MARCH.to_json()
DAMAGED = ["", "null", "[]", "{}", "alumina exports March 2024", KNOWN[:-1], f"[{KNOWN}]", "[" * 5_000]
DAMAGED += [KNOWN.replace(old, new) for old, new in tables("questions/cases.yaml")["damaged"]]

THREADS = [
    Turn(),
    Turn(((MARCH,),)),
    Turn(((MARCH,), (MARCH, APRIL)), running=True),
    Turn((), (MARCH, APRIL)),
    Turn(((MARCH,),), (APRIL,), Half(("bauxite",), ("import",), MARCH.periods)),
]


@given(questions())
def test_a_question_of_any_view_comes_back_the_same(question):
    assert Question.from_json(question.to_json()) == question


@pytest.mark.parametrize("view", get_args(View))
def test_each_view_has_one_json_form_with_a_version(view):
    question = Question.of(("alumina", "bauxite"), ("export", "import"), MARCH.period, view)
    data = json.loads(question.to_json())
    assert data["v"] == 1
    assert data["pairs"][1] == ["alumina", "import", ""]
    assert data["periods"] == [{"kind": "month", "start": "2024-03", "end": "2024-03"}]
    assert data.get("view", "figure") == view


def test_a_damaged_or_later_form_is_refused():
    for text in DAMAGED:
        assert text != KNOWN
        with pytest.raises(StoredValueError):
            pytest.fail(f"{text} was read as {Question.from_json(text)}")


@given(st.text() | st.recursive(st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_text_is_anything_but_a_question_or_refused(text):
    with pytest.raises(StoredValueError):
        Question.from_json(text)


@pytest.mark.parametrize("turn", THREADS)
def test_what_a_thread_keeps_comes_back_the_same(turn):
    assert Turn.from_json(turn.to_json()) == turn


def test_a_thread_whose_last_question_was_answered_keeps_its_json():
    assert Turn(((MARCH,),)).to_json() == KNOWN


@pytest.mark.parametrize(
    "text", ["alumina exports March 2024", '{"answers":[[{}]]}', '{"answers":[],"half":{"periods":[1]}}']
)
def test_what_a_thread_cannot_have_kept_is_refused(text):
    with pytest.raises(StoredValueError):
        Turn.from_json(text)
