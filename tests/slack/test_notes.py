"""What stands around an answer, and in which language a person is spoken to."""

from typing import Any

import pytest

from bot.messages.blocks import noted
from bot.messages.message import Message
from handlers.delivery import ECHO, asked_by, echo
from handlers.places import is_shared
from handlers.spoken_language import split_private, told_in
from tests.slack.dialogue import dialogues
from tests.tables import tables

CASES = tables("slack/notes.yaml")

test_dialogues = dialogues("slack/languages.yaml")
ANSWER = Message("140 kt", ({"type": "divider"},))


@pytest.mark.parametrize(("typed", "shown"), CASES["echoes"])
def test_what_was_typed_is_repeated_on_one_line_and_can_notify_nobody(typed: str, shown: str) -> None:
    assert echo(typed) == shown


def test_a_long_question_is_shortened() -> None:
    assert echo("a" * (ECHO + 1)) == "a" * (ECHO - 1) + "…"
    assert echo("a" * ECHO) == "a" * ECHO
    assert echo("&" * 40_000) == "&amp;" * (ECHO - 1) + "…"  # an escaped sign is kept whole


def test_the_asker_stands_above_the_answer_and_a_note_below_it_in_its_text_too() -> None:
    message = noted(asked_by(ANSWER, "U1", "march"), "Only you can see this.")
    assert message.text == "<@U1> asked: march\n140 kt\nOnly you can see this."
    assert [block["type"] for block in message.blocks] == ["context", "divider", "context"]


@pytest.mark.parametrize(("typed", "private", "rest"), CASES["private"])
def test_private_is_the_first_word(typed: str, private: bool, rest: str) -> None:
    assert split_private(typed) == (private, rest)


@pytest.mark.parametrize(("channel", "shared"), CASES["shared"])
def test_which_channels_are_shared_with_another_company(channel: dict[str, bool], shared: bool) -> None:
    assert is_shared(channel) is shared


@pytest.mark.parametrize(("body", "spoken"), CASES["spoken"])
def test_where_the_language_is_told(body: dict[str, Any], spoken: str | None) -> None:
    assert told_in(body) == spoken
