"""The work a text makes grows with its length and no faster: calls are counted, nothing is timed."""

import sys
from types import FrameType

import pytest

from bot.questions import understand
from bot.questions.question import Question
from tests.looped import looped

from .cases import SmallRecord

RECORD = SmallRecord()
SHORT, LONGER = 400, 8
SLACK = 400  # calls that any text costs, whatever its length
PIECES = [
    "march ", "march 2024 ", "2024 to ", "1-", "and ", "vs ", "from ", "since ", "top 5 ", "past 12 months ",
    "alumini ", "zq ", "alumina exports ", "铝", "3月", "2818 ", "<", "<@", ":", "&amp;", "- ", ". ",
    "a-", "'",
    "12 months to ", "guinea ", "csv ", "share ", "highest ", "the ", "?", "\n",
    "average ", "january to march ", "januar january ",
]  # fmt: skip


def calls(text: str, last: Question | None) -> int:
    """How many functions are entered, Python's and built-in ones, while the text is read."""
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        understand(text, record=RECORD, last=last)
    finally:
        sys.setprofile(None)
    return counted


LAST = understand("alumina exports march 2024", record=RECORD)
assert isinstance(LAST, Question)


@pytest.mark.parametrize("last", [None, LAST], ids=["alone", "in a thread"])
@looped("piece", PIECES)
def test_eight_times_the_text_is_at_most_about_eight_times_the_work(
    piece: str, last: Question | None
) -> None:
    texts = [piece * times for times in (SHORT // len(piece), SHORT // len(piece) * LONGER)]
    understand(texts[0], record=RECORD, last=last)  # what is made once is made
    short, long = (calls(text, last) for text in texts)
    assert long <= (short + SLACK) * LONGER * 1.1, (short, long)


def test_many_different_words_are_named_without_growing_work() -> None:
    words = [f"zq{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}xyz" for i in range(550)]
    short, long = (calls(" ".join(words[:count]), None) for count in (68, 544))
    assert long <= (short + SLACK) * LONGER * 1.1, (short, long)
