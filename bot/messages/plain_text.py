"""An answer as text alone, complete by itself: for notifications, screen readers and the terminal's JSON."""

from collections.abc import Sequence

from bot.answers.answer import Answer
from bot.messages.blocks import TEXT, bullets, escape, fitting
from bot.messages.safe import neutral
from bot.messages.script import Script

HIGHLIGHTS_SHARE = 0.6  # of the whole
FACTS_SHARE = 0.75  # of the room in the text; the rest is for notes and sources
NOTES_SHARE = 0.6  # of the room that figures leave in the text; the rest is for the sources


def text(said: Script, remarks: Sequence[str] = (), most: int = TEXT) -> str:
    """Figures, growth, highlights, events, notes, sources, what the record lacks."""
    highlights = fitting(bullets(said.highlights), int(most * HIGHLIGHTS_SHARE), "highlights")
    outstanding = [*highlights, *said.happened]
    ending = [*remarks, *said.ending]
    around = [said.headline, *said.tries, *outstanding, *ending]
    room = most - _letters(around)
    share = room if not (said.notes or said.sources) else int(room * FACTS_SHARE)
    facts = fitting(said.facts, share, "lines", from_end=said.newest_last)
    lines = [said.headline, *facts, *said.tries, *outstanding]
    room = most - _letters([*lines, *ending])
    notes = fitting(said.notes, int(room * NOTES_SHARE), "notes")
    sources = fitting(folded(said.sources), room - _letters(notes), "sources")
    return "\n".join([*lines, *notes, *sources, *ending])


def _letters(lines: Sequence[str]) -> int:
    """How many there are, and an end for each line."""
    return sum(map(len, lines)) + len(lines)


def folded(sources: Sequence[str]) -> list[str]:
    """The lines of the sources, those that read the same as one: [1, 2] China Customs, ..."""
    numbers: dict[str, list[str]] = {}
    for line in sources:
        number, _, told = line.partition("] ")
        numbers.setdefault(told, []).append(number.removeprefix("["))
    return [f"[{', '.join(own)}] {told}" for told, own in numbers.items()]


def spoken(said: Script, answer: Answer, remarks: Sequence[str] = ()) -> str:
    """The text as Slack gets it, which reads it as mrkdwn: nothing in it can mention, link or style."""
    typed = answer.question is None or bool(answer.question.restated)
    safe = (lambda words: escape(neutral(words))) if typed else escape
    plain = text(said, remarks)
    told = safe(plain)
    over = len(told) - TEXT
    return told if over <= 0 else safe(text(said, remarks, len(plain) - over))
