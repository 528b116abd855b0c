"""An answer as text alone, complete by itself: for notifications, screen readers and the terminal's JSON."""

from bot.messages.blocks import TEXT, bullets, fitting
from bot.messages.script import Script

FACTS_SHARE = 0.75  # of the room in the text; the rest is for notes and sources
NOTES_SHARE = 0.6  # of the room that figures leave in the text; the rest is for the sources


def text(said: Script) -> str:
    """Figures, growth, highlights, events, notes, sources, what the record lacks."""
    outstanding = [*bullets(said.highlights), *said.happened]
    around = [said.headline, *said.tries, *outstanding, *said.ending]
    room = TEXT - sum(len(line) + 1 for line in around)
    share = room if not (said.notes or said.sources) else int(room * FACTS_SHARE)
    facts = fitting([*said.facts, *said.code], share, "lines", from_end=said.newest_last)
    lines = [said.headline, *facts, *said.tries, *outstanding]
    room = TEXT - sum(len(line) + 1 for line in [*lines, *said.ending])
    notes = fitting(said.notes, int(room * NOTES_SHARE), "notes")
    sources = fitting(said.sources, room - sum(len(line) + 1 for line in notes), "sources")
    return "\n".join([*lines, *notes, *sources, *said.ending])
