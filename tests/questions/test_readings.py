"""What is read of single texts and in threads, as readings.yaml has it; and what holds for each of them."""

from pathlib import Path

import yaml

from bot.questions import understand
from bot.questions.reading import Reading
from bot.questions.turn import Turn
from tests.looped import looped
from tests.questions.brief import brief
from tests.questions.small_record import SmallRecord

CASES = yaml.safe_load((Path(__file__).parent / "readings.yaml").read_text(encoding="utf-8"))
SINGLES = list(CASES["singles"].items())
ASIDES = ("Hi all, hope you are well. ", "My boss is waiting. ", "Quick one before the call: ")


def after(reading: Reading, before: Turn) -> Turn:
    """The thread after a turn whose every question was answered."""
    if reading.outcome == "asks":
        shown = tuple(question for question in reading.questions if question.pairs)
        return before.answered(shown, running=reading.running) if shown else before
    if reading.outcome in ("courtesy", "silent"):
        return before
    return before.refused(reading.offers, reading.half)


@looped(("text", "expected"), SINGLES)
def test_a_text_is_read_as_expected(text: str, expected: str) -> None:
    assert brief(understand(text, record=SmallRecord())) == expected


@looped("turns", CASES["threads"])
def test_a_thread_is_read_as_expected(turns: list[list[str]]) -> None:
    record, shown = SmallRecord(), Turn()
    for text, expected in turns:
        addressed = not text.startswith("~")
        reading = understand(text.lstrip("~ "), record=record, shown=shown, addressed=addressed)
        assert brief(reading) == expected, text
        shown = after(reading, Turn.from_json(shown.to_json()))


@looped(("text", "expected"), SINGLES)
def test_the_same_text_is_read_the_same(text: str, expected: str, record: SmallRecord) -> None:
    assert understand(text, record=record) == understand(text, record=record)


@looped(
    ("text", "expected"), [case for case in SINGLES if case[1].startswith(("figure", "growth", "compare"))]
)
def test_an_aside_changes_nothing(text: str, expected: str, record: SmallRecord) -> None:
    for aside in ASIDES if text.isascii() else ():
        assert brief(understand(aside + text, record=record)) == expected, aside


@looped(("text", "expected"), SINGLES)
def test_case_and_spaces_change_nothing(text: str, expected: str, record: SmallRecord) -> None:
    assert brief(understand(f"  {text}  ", record=record)) == expected
    if text.isascii():
        assert brief(understand(text.swapcase(), record=record)) == expected


@looped(("text", "expected"), SINGLES)
def test_what_is_offered_is_whole(text: str, expected: str, record: SmallRecord) -> None:
    for offer in understand(text, record=record).offers:
        assert offer.pairs
        assert offer.periods or offer.view in ("ranking", "count", "streak", "export"), offer
