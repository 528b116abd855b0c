"""Every kind of message that the bot can send, made from the record: to be looked at, and to be checked."""

from dataclasses import replace
from datetime import date

from bot.dataset.dataset import Dataset
from bot.gallery.answers import answers, dialogs
from bot.gallery.posts import alerts, own_words, posts
from bot.gallery.specimen import Specimen
from bot.words import LANGUAGES, speaking

__all__ = ["Specimen", "specimens"]


def specimens(dataset: Dataset, today: date) -> tuple[Specimen, ...]:
    """One of each in each language, as sent on that day, in the order in which they are shown."""
    record, found = dataset.on(today), list[Specimen]()
    for spoken in LANGUAGES:
        with speaking(spoken):
            for made in (posts, alerts, own_words, answers, dialogs):
                found += [replace(each, language=spoken) for each in made(record)]
    return tuple(found)
