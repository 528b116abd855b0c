"""The field in which a question is corrected."""

from bot.messages.dialogs import QUESTION_LENGTH, question_view, whole_words
from bot.messages.modal_limits import view_problems
from tests.looped import looped


@looped(
    ("text", "most", "kept"),
    [
        ("alumina march 2024", 18, "alumina march 2024"),
        ("alumina march 2024", 17, "alumina march"),
        ("alumina march 2024", 13, "alumina march"),
        ("alumina", 6, ""),
    ],
)
def test_no_word_is_cut(text: str, most: int, kept: str) -> None:
    assert whole_words(text, most) == kept


def test_the_field_holds_whole_words_of_a_long_text() -> None:
    view = question_view("march 2024 " * 100, "I do not know what you mean.", "")
    assert view_problems(view) == []
    first = view["blocks"][-1]["element"]["initial_value"]
    assert QUESTION_LENGTH - 11 < len(first) <= QUESTION_LENGTH
    assert first.endswith(("march", "2024"))
