"""What a thread is to us, from the messages in it."""

from typing import Any

import pytest

from bot.slack.transcript import STRANGE, Transcript, question_metadata, question_of, standing_after

BOT = "U0"


def said(ts: str, user: str = "U1") -> dict[str, Any]:
    return {"ts": ts, "user": user, "text": "hello"}


def answer(ts: str, question: str | None, asked: str = "") -> dict[str, Any]:
    return said(ts, BOT) | {"metadata": question_metadata(question, asked)}


@pytest.mark.parametrize("question", ["alumina exports March 2024", "", None])
def test_a_question_is_read_back_from_the_metadata_it_was_put_into(question: str | None) -> None:
    assert question_of({"metadata": question_metadata(question, "1.0")}) == question


def test_a_message_without_metadata_says_nothing_of_a_question() -> None:
    assert question_of({"text": "hello"}) is None
    assert question_of({"metadata": {"event_type": "other", "event_payload": {}}}) is None


def test_a_thread_without_the_bot_is_strange() -> None:
    assert not standing_after([said("1.0"), said("2.0")], BOT, STRANGE, "3.0").ours


def test_the_last_question_stands_and_an_answer_without_one_leaves_it() -> None:
    thread = [said("1.0"), answer("1.1", "a", "1.0"), answer("2.1", "b", "2.0"), answer("3.1", None, "3.0")]
    standing = standing_after(thread, BOT, STRANGE, "4.0")
    assert (standing.ours, standing.question, standing.our_turn) == (True, "b", True)


def test_starting_over_clears_it() -> None:
    thread = [answer("1.1", "a", "1.0"), answer("2.1", "", "2.0")]
    assert standing_after(thread, BOT, STRANGE, "3.0").question == ""


def test_a_person_in_between_makes_it_not_our_turn() -> None:
    thread = [answer("1.1", "a", "1.0"), said("2.0")]
    assert not standing_after(thread, BOT, STRANGE, "3.0").our_turn
    assert standing_after(thread, BOT, STRANGE, "2.0").our_turn


def test_what_was_read_before_does_not_count_twice() -> None:
    known = standing_after([answer("1.1", "a", "1.0"), said("2.0")], BOT, STRANGE, "3.0")
    again = standing_after([answer("1.1", "a", "1.0"), answer("2.5", "b", "2.0")], BOT, known, "3.0")
    assert (again.question, again.upto, again.our_turn) == ("b", "2.5", True)


def test_a_later_question_stands_even_if_an_earlier_one_is_answered_after_it() -> None:
    thread = [answer("3.1", "second", "2.0"), answer("3.2", "first", "1.0")]
    assert standing_after(thread, BOT, STRANGE, "4.0").question == "second"


def test_before_a_question_only_what_was_asked_before_it_counts() -> None:
    thread = (
        answer("1.1", "a", "1.0"),
        said("2.0"),
        said("3.0"),
        answer("3.1", "b", "2.0"),
        answer("3.2", "c"),
    )
    transcript = Transcript(thread, BOT)
    assert transcript.question_before("2.0") == "a"
    assert transcript.question_before("3.0") == "b"
    assert transcript.question_before("4.0") == "c"


def test_the_answer_to_a_message_is_the_bots_own_that_names_it() -> None:
    forged = answer("1.2", "x", "1.0") | {"user": "U1"}
    ours = answer("1.3", "a", "1.0")
    transcript = Transcript((said("1.0"), forged, ours), BOT)
    assert transcript.answer_to("1.0") == ours
    assert transcript.answer_to("2.0") is None
    assert transcript.message("1.0") == said("1.0")
    assert transcript.message("2.0") is None
