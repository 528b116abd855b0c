"""Dated events beside figures: what happened, by the words that the language has for it."""

import re

from bot.dataset.model import Event
from bot.questions.named import day_name
from bot.words import say, say_or


def event_line(event: Event) -> str:
    """6 April 2018: United States puts Rusal under sanctions."""
    name = re.sub("[^a-z0-9]+", "_", event.title.lower()).strip("_")
    title = say_or(event.title, f"events.title_{name}")
    return say("events.line", day=day_name(event.day), title=title)
