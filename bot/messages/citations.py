"""Sources as they are cited: who published what, when, and where it was read."""

import re

from bot.answers.answer import Citation
from bot.dataset.model import Source
from bot.questions.named import day_name
from bot.words import say, say_or


def source_line(citation: Citation) -> str:
    """Publisher, "title", date, via where the page is a copy."""
    source = citation.source
    undated = say("citations.undated", day=day_name(source.retrieved))
    return say(
        "citations.line",
        publisher=publisher(source),
        title=source_title(citation),
        when=day_name(citation.published) if citation.published else undated,
        via=say("citations.via", name=source.via.removeprefix("via ")) if source.via else "",
    )


def source_title(citation: Citation) -> str:
    """The title as it is quoted."""
    return say("citations.title", title=citation.source.title)


def publisher(source: Source) -> str:
    """Who published it, by the name that the language has for them; else as it is on record."""
    name = re.sub("[^a-z]+", "_", source.publisher.lower())
    return say_or(source.publisher, f"citations.publisher_{name}")
