"""What stands around an answer."""

import pytest

from bot.messages.blocks import noted
from bot.messages.message import Message
from handlers.language import split_private
from handlers.notes import ECHO, asked_by, echo
from handlers.places import is_shared

ANSWER = Message("140 kt", ({"type": "divider"},))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("march 2024", "march 2024"),
        ("  march \n 2024 ", "march 2024"),
        ("<!channel> march", "&lt;!channel&gt; march"),
        ("&lt;!channel&gt; march", "&lt;!channel&gt; march"),  # as Slack escapes what was typed
        ("bauxite & alumina", "bauxite &amp; alumina"),
        ("bauxite &amp; alumina", "bauxite &amp; alumina"),
        ("<https://evil.example|march>", "&lt;https://evil.example|march&gt;"),
        ("&amp;lt;!here&amp;gt;", "&amp;lt;!here&amp;gt;"),
    ],
)
def test_what_was_typed_is_repeated_on_one_line_and_can_notify_nobody(typed: str, shown: str) -> None:
    assert echo(typed) == shown


def test_a_long_question_is_shortened() -> None:
    assert echo("a" * (ECHO + 1)) == "a" * (ECHO - 1) + "…"
    assert echo("a" * ECHO) == "a" * ECHO
    # An escaped sign is five characters, and is kept whole: 29 of them and the dots are 146, 30 would be 151.
    assert echo("&" * 40_000) == "&amp;" * 29 + "…"


def test_the_asker_stands_above_the_answer_and_a_note_below_it_in_its_text_too() -> None:
    message = noted(asked_by(ANSWER, "U1", "march"), "Only you can see this.")
    assert message.text == "<@U1> asked: march\n140 kt\nOnly you can see this."
    assert [block["type"] for block in message.blocks] == ["context", "divider", "context"]


@pytest.mark.parametrize(
    ("typed", "private", "rest"),
    [
        ("private march", True, "march"),
        (" Private  march 2024", True, "march 2024"),
        ("private", True, ""),
        ("march private", False, "march private"),
        ("privately", False, "privately"),
        ("", False, ""),
    ],
)
def test_private_is_the_first_word(typed: str, private: bool, rest: str) -> None:
    assert split_private(typed) == (private, rest)


@pytest.mark.parametrize(
    ("channel", "shared"),
    [
        ({}, False),
        ({"is_ext_shared": True, "is_shared": True}, True),
        ({"is_pending_ext_shared": True}, True),
        ({"is_shared": True}, True),
        ({"is_shared": True, "is_org_shared": True}, False),  # workspaces of one company
        ({"is_shared": True, "is_org_shared": True, "is_ext_shared": True}, True),
    ],
)
def test_which_channels_are_shared_with_another_company(channel: dict[str, bool], shared: bool) -> None:
    assert is_shared(channel) is shared
