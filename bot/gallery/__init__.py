"""Every kind of message that the bot can send, made from the record: to be looked at, and to be checked."""

from collections.abc import Iterator
from datetime import date

from bot.dataset.dataset import Dataset
from bot.gallery.alerts import alerts
from bot.gallery.answers import answers
from bot.gallery.dialogs import dialogs
from bot.gallery.posts import posts
from bot.gallery.specimen import Kind, Specimen

__all__ = ["Kind", "Specimen", "specimens"]


def specimens(dataset: Dataset, today: date) -> tuple[Specimen, ...]:
    """One of each, as they would be sent on that day; in the order in which they are shown."""
    return tuple(_all(dataset.on(today)))


def _all(dataset: Dataset) -> Iterator[Specimen]:
    yield from posts(dataset)
    yield from alerts(dataset)
    yield from answers(dataset)
    yield from dialogs(dataset)
