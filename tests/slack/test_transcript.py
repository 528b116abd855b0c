"""What a thread is to us, from the messages in it."""

from typing import Any

from bot.slack.transcript import (
    STRANGE,
    Standing,
    Transcript,
    question_metadata,
    question_of,
    standing_after,
)

BOT = "U0"


def said(ts: str, user: str = "U1") -> dict[str, Any]:
    return {"ts": ts, "user": user, "text": "hello"}


def answer(ts: str, question: str | None, asked: str = "") -> dict[str, Any]:
    return said(ts, BOT) | {"metadata": question_metadata(question, asked)}


def after(*thread: dict[str, Any], before: str = "9.0", known: Standing = STRANGE) -> Standing:
    return standing_after(thread, BOT, known, before)


def test_a_question_is_read_back_from_the_metadata_it_was_put_into() -> None:
    for question in ("alumina exports March 2024", "", None):
        assert question_of({"metadata": question_metadata(question, "1.0")}) == question
    assert question_of({"text": "hello"}) is None
    assert question_of({"metadata": {"event_type": "other", "event_payload": {}}}) is None


def test_the_question_that_was_asked_last_stands_until_it_is_cleared() -> None:
    one, two = answer("1.1", "a", "1.0"), answer("2.1", "b", "2.0")
    assert not after(said("1.0"), said("2.0")).ours
    standing = after(said("1.0"), one, two, answer("3.1", None, "3.0"))
    assert (standing.ours, standing.question, standing.our_turn) == (True, "b", True)
    assert after(one, answer("2.1", "", "2.0")).question == ""
    assert after(answer("3.1", "second", "2.0"), answer("3.2", "first", "1.0")).question == "second"
    transcript = Transcript(
        (one, said("2.0"), said("3.0"), answer("3.1", "b", "2.0"), answer("3.2", "c")), BOT
    )
    assert [transcript.question_before(ts) for ts in ("2.0", "3.0", "4.0")] == ["a", "b", "c"]


def test_a_person_in_between_makes_it_not_our_turn_and_nothing_counts_twice() -> None:
    one, between = answer("1.1", "a", "1.0"), said("2.0")
    known = after(one, between, before="3.0")
    assert (known.our_turn, after(one, between, before="2.0").our_turn) == (False, True)
    again = after(one, answer("2.5", "b", "2.0"), before="3.0", known=known)
    assert (again.question, again.upto, again.our_turn) == ("b", "2.5", True)


def test_the_answer_to_a_message_is_the_bots_own_that_names_it() -> None:
    forged, ours = answer("1.2", "x", "1.0") | {"user": "U1"}, answer("1.3", "a", "1.0")
    transcript = Transcript((said("1.0"), forged, ours), BOT)
    assert (transcript.answer_to("1.0"), transcript.answer_to("2.0")) == (ours, None)
    assert (transcript.message("1.0"), transcript.message("2.0")) == (said("1.0"), None)
