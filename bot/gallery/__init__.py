"""Every kind of message that the bot can send, made from the record: to be looked at, and to be checked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.dataset.dataset import Dataset
from bot.gallery.alert_specimens import alerts
from bot.gallery.answers import answers
from bot.gallery.dialog_specimens import dialogs
from bot.gallery.posts import posts
from bot.gallery.specimen import Kind, Specimen
from bot.gallery.word_specimens import own_words
from bot.words import LANGUAGES, Language, speaking

__all__ = ["Kind", "Specimen", "specimens"]


def specimens(dataset: Dataset, today: date) -> tuple[Specimen, ...]:
    """One of each in each language, as sent on that day, in the order in which they are shown."""
    record = dataset.on(today)
    return tuple(each for spoken in LANGUAGES for each in _in_language(spoken, record))


def _in_language(spoken: Language, dataset: Dataset) -> Iterator[Specimen]:
    with speaking(spoken):
        yield from (replace(each, language=spoken) for each in _all(dataset))


def _all(dataset: Dataset) -> Iterator[Specimen]:
    yield from posts(dataset)
    yield from alerts(dataset)
    yield from own_words(dataset)
    yield from answers(dataset)
    yield from dialogs(dataset)
