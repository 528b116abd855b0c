"""Sources as they are cited: who published what, when, and where it was read."""

import re

from bot.answers.answer import Citation
from bot.dataset.model import Source
from bot.questions.named import day_name
from bot.words import say, say_or

COPY = "copy in "  # as the record says that a page lies elsewhere too


def source_line(citation: Citation) -> str:
    """Publisher, "title", date, via where the page is a copy."""
    source = citation.source
    return say(
        "citations.line",
        publisher=publisher(source),
        title=source_title(citation),
        when=_when(citation),
        via=_via(source),
    )


def source_title(citation: Citation) -> str:
    """The title as it is quoted."""
    return say("citations.title", title=citation.source.title)


def _when(citation: Citation) -> str:
    """The day of publication; else when it was read."""
    if citation.published:
        return day_name(citation.published)
    return say("citations.undated", day=day_name(citation.source.retrieved))


def _via(source: Source) -> str:
    """Where the page was read that is only a copy of it."""
    if source.via.startswith(COPY):
        return say("citations.via_copy", name=copy_name(source))
    return say("citations.via", name=source.via) if source.via else ""


def copy_name(source: Source) -> str:
    """The place of the copy that was read, as the source line names it; nothing where it was the page."""
    return source.via.removeprefix(COPY)


def publisher(source: Source) -> str:
    """Who published it, by the name that the language has for them; else as it is on record."""
    name = re.sub("[^a-z]+", "_", source.publisher.lower())
    return say_or(source.publisher, f"citations.publisher_{name}")
