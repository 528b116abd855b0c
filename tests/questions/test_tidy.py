"""A text of series, flows and times alone is not cleaned: the cleaning would leave it as it is."""

import re
from itertools import product

import pytest

from bot.questions import normalise as room
from bot.questions.normalise import normalise

WORDS = "alumina aluminium bauxite exports import january may march ytd q1 2020 2024 2026".split()


def test_nothing_is_put_right_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [" ".join(words) for count in (1, 2, 3, 4) for words in product(WORDS, repeat=count)]
    tidy = room.RE.tidy
    assert all(tidy.fullmatch(text) and normalise(text) == text for text in texts)
    monkeypatch.setitem(vars(room.RE), "tidy", re.compile("(?!)"))
    assert [text for text in texts if normalise(text) != text] == []


@pytest.mark.parametrize(
    "text",
    ["Alumina", "alumina ", " alumina", "alumina  may", "alumina, may", "copper", "may i", "2024?", ""],
)
def test_anything_else_is_read_closely(text: str) -> None:
    assert not room.RE.tidy.fullmatch(text)
