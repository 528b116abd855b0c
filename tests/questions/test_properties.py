"""What holds for every text: an answer or a refusal, whatever the case, the spaces and the last full stop."""

import sys
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dataset.calendar import Period
from bot.dataset.model import UNITS
from bot.questions import understand
from bot.questions.question import Question, Unresolved
from bot.questions.understand import LONGEST, MOST_ITEMS

from .cases import SmallRecord, single_cases

RECORD = SmallRecord()
TYPED = [case.typed for file in ("questions.yaml", "refusals.yaml") for case in single_cases(file)]
WORDS = sorted({word for typed in TYPED for word in typed.split()})
PLAIN = [  # without those in which a sign means something, an abbreviation's full stop too
    typed for typed in TYPED if typed.isascii() and not set(typed) & set("<>:&;`*_~+\t") and ". " not in typed
]


def unlike(got: Question | Unresolved) -> object:
    """What must not change: the question, or the outcome of a refusal."""
    return replace(got, restated=(), language="en") if isinstance(got, Question) else got.outcome


LAST = understand("alumina exports march 2024", record=RECORD)
assert isinstance(LAST, Question)


@given(st.text(max_size=200))
def test_any_text_gives_a_question_or_a_refusal(text: str) -> None:
    assert isinstance(understand(text, record=RECORD), Question | Unresolved)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.sampled_from([None, LAST]))
def test_any_words_of_the_trade_give_a_question_or_a_refusal(text: str, last: Question | None) -> None:
    got = understand(text, record=RECORD, last=last)
    assert isinstance(got, Question) or (got.issues and all(issue.sentence for issue in got.issues))


@settings(max_examples=10)
@given(st.sampled_from([*"a1 .-/月铝<:&", "march ", "1-", "alumini ", "2024 to ", "and ", "zq", "vs "]))
def test_the_longest_text_gives_a_question_or_a_refusal(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    assert isinstance(understand(text, record=RECORD), Question | Unresolved)


def test_a_text_beyond_the_longest_is_refused() -> None:
    for text in ("march " * 2_000, "a" * (LONGEST + 1), "alumina exports " * MOST_ITEMS):
        got = understand(text, record=RECORD)
        assert isinstance(got, Unresolved)
        assert "too long" in got.issues[0].sentence
        assert "ask in a sentence or two" in got.issues[0].sentence


def test_a_text_beyond_the_longest_is_refused_in_its_language() -> None:
    got = understand("氧化铝出口" * LONGEST, record=RECORD)
    assert isinstance(got, Unresolved)
    assert "太长" in got.issues[0].sentence


def test_a_text_beyond_the_longest_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    room = sys.modules["bot.questions.understand"]
    monkeypatch.setattr(room, "clean", None)
    monkeypatch.setattr(room, "items_of", None)
    offered = [Question.of(("alumina",), ("export",), Period.whole_year(year)) for year in (2024, 2025)]
    got = understand("march " * LONGEST, record=RECORD, last=offered[0], offered=offered)
    assert isinstance(got, Unresolved)


def test_markup_makes_no_text_too_long() -> None:
    link = f"<https://example.com/{'x' * LONGEST}|alumina>"
    assert understand(f"{link} exports march 2024", record=RECORD) == understand(
        "alumina exports march 2024", record=RECORD
    )


@pytest.mark.parametrize(
    "invisible", ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\ufe0f", "\u202a", "\x00"]
)
def test_what_nobody_sees_breaks_no_word(invisible: str) -> None:
    plain = understand("alumina exports march 2024", record=RECORD)
    assert isinstance(plain, Question)
    for text in (
        f"alu{invisible}mina exports march 2024",
        f"alumina ex{invisible}ports march 20{invisible}24",
    ):
        assert understand(text, record=RECORD) == plain


@pytest.mark.parametrize("space", ["\x0b", "\x0c", "\r", "\x85", "\u2028", "\u00a0", "\u3000"])
def test_what_parts_words_parts_them(space: str) -> None:
    typed = f"alumina{space}exports{space}march{space}2024"
    assert understand(typed, record=RECORD) == understand("alumina exports march 2024", record=RECORD)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("экспорт глинозёма март", ["экспорт", "глинозёма", "март"]),
        ("exportações março", ["exportações", "março"]),
        ("الصادرات مارس", ["الصادرات", "مارس"]),
        ("西红柿炒蛋", ["西红柿炒蛋"]),
        ("西红柿 炒蛋", ["西红柿炒蛋"]),
    ],
)
def test_unknown_words_are_named_one_by_one(typed: str, named: list[str]) -> None:
    got = understand(typed, record=RECORD)
    assert isinstance(got, Unresolved)
    assert [issue.words for issue in got.issues] == named


@given(st.sampled_from(PLAIN), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_does_not_matter(typed: str, change: "type[str]") -> None:
    assert unlike(understand(change(typed), record=RECORD)) == unlike(understand(typed, record=RECORD))


@given(
    st.sampled_from(PLAIN),
    st.sampled_from(["  ", "\t", "\n", " \u00a0 "]),
    st.sampled_from(["", "?", "!!", ".", " …"]),
)
def test_spaces_and_the_last_sign_do_not_matter(typed: str, space: str, end: str) -> None:
    changed = space + typed.replace(" ", space) + end
    assert unlike(understand(changed, record=RECORD)) == unlike(understand(typed, record=RECORD))


@given(st.sampled_from(PLAIN), st.randoms(use_true_random=False))
def test_punctuation_between_the_words_does_not_matter(typed: str, chance: Random) -> None:
    signs = [" ", ", ", "; ", ": ", " (", ") ", "! ", " … ", ' "', " *", "_ "]
    changed = "".join(word + chance.choice(signs) for word in typed.split())
    assert unlike(understand(changed, record=RECORD)) == unlike(understand(typed, record=RECORD))


def test_every_measure_has_its_unit() -> None:
    assert {UNITS[measure] for measure in ("quantity", "value", "unit_value")} == {"t", "USD", "USD/t"}
