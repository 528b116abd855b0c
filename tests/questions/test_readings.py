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
def test_a_text_is_read_whatever_its_case_and_spaces(text: str, expected: str, record: SmallRecord) -> None:
    forms = [text, f"  {text}  ", *([text.swapcase()] if text.isascii() else [])]
    readings = [understand(form, record=record) for form in forms]
    assert {brief(reading) for reading in readings} == {expected}
    for offer in readings[0].offers:
        assert offer.pairs
        assert offer.periods or offer.view in ("ranking", "count", "streak", "export"), offer


@looped("turns", CASES["threads"])
def test_a_thread_is_read_as_expected(turns: list[list[str]], record: SmallRecord) -> None:
    shown = Turn()
    for text, expected in turns:
        addressed = not text.startswith("~")
        reading = understand(text.lstrip("~ "), record=record, shown=shown, addressed=addressed)
        assert brief(reading) == expected, text
        shown = after(reading, Turn.from_json(shown.to_json()))


@looped(
    ("text", "expected"), [case for case in SINGLES if case[1].startswith(("figure", "growth", "compare"))]
)
def test_an_aside_changes_nothing(text: str, expected: str, record: SmallRecord) -> None:
    for aside in ASIDES if text.isascii() else ():
        assert brief(understand(aside + text, record=record)) == expected, aside
