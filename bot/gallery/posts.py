"""The monthly post as it grows, the lines in its thread, and what is said about subscriptions."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import Stage
from bot.gallery.specimen import ASKER, CHANNEL, WORKSPACE, Specimen
from bot.messages.message import Message
from bot.posts.history import history
from bot.posts.order import Order, monthly
from bot.posts.order_list import Listed, announced, listing
from bot.posts.order_store import Change
from bot.posts.rows import MONTHLY, Entry, Post
from bot.posts.schedule import outlook
from bot.posts.summaries import Editions
from bot.words import language

GROWN = Month(2026, 6)  # came in three stages
CORRECTED = Month(2025, 4)  # whose bauxite imports were printed more finely later
STAGES: dict[str, Stage] = {"At the flash": "flash", "With the bulletin": "bulletin"}
LATE = dt.timedelta(days=3)


def posts(dataset: Dataset) -> Iterator[Specimen]:
    """The newest complete month first, then how a month grows, then subscriptions."""
    yield from _monthly(dataset)
    yield from _subscribed(dataset)


def _monthly(dataset: Dataset) -> Iterator[Specimen]:
    newest = dataset.newest_complete()
    if newest is None:
        return
    yield _post("The complete month", _edition(dataset, dataset.today, newest))
    for name, stage in STAGES.items():
        yield _post(name, _edition(dataset, _out(dataset, GROWN, stage), GROWN))
    yield _post("Late", _edition(dataset, dataset.today, newest, LATE))
    lines = {
        "the bulletin": _line(dataset, GROWN, "bulletin"),
        "a correction": _line(dataset, CORRECTED, "query"),
    }
    yield from (_post(f"In its thread: {name}", line) for name, line in lines.items() if line)


def _post(name: str, message: Message) -> Specimen:
    return Specimen(name, "message", message, "The monthly post")


def _edition(dataset: Dataset, day: dt.date, month: Month, late: dt.timedelta | None = None) -> Message:
    post = Post(WORKSPACE, CHANNEL, MONTHLY, str(month))
    return Editions(dataset, lambda: day).edition(post, _subscriber(), late).message


def _line(dataset: Dataset, month: Month, stage: Stage) -> Message | None:
    """The line that a stage brings."""
    day = _out(dataset, month, stage)
    post = Post(WORKSPACE, CHANNEL, stage, str(month))
    return Editions(dataset, lambda: day).edition(post, _subscriber(), None).line


def _subscriber() -> Order:
    return monthly(WORKSPACE, CHANNEL, language=language())


def _out(dataset: Dataset, month: Month, stage: Stage) -> dt.date:
    """The day after a stage came out, when it is told."""
    return dataset.calendar.release(month, stage).day + dt.timedelta(days=1)


def _subscribed(dataset: Dataset) -> Iterator[Specimen]:
    group, names = "Subscriptions", dataset.catalogue
    own = subscription(dataset)
    ours = Listed(own, outlook(own, moment(dataset), dataset, dataset.newest_complete()))
    yield Specimen("Subscribed", "message", announced("made", ours, ASKER, names), group)
    listed = listing([ours], CHANNEL, names)
    yield Specimen("The list", "message", listed, group, "/alumina subscriptions")
    yield Specimen("Paused", "message", announced("pause", ours, ASKER, names), group)
    sent = moment(dataset) - dt.timedelta(days=40)
    entry = Entry("posted", due_at=sent - dt.timedelta(minutes=3), sent_at=sent)
    posted = {Post(WORKSPACE, CHANNEL, MONTHLY, str(GROWN)): entry}
    told = history([ours], CHANNEL, posted, [Change("made", ASKER, sent, own)], names)
    yield Specimen("What was sent, and when", "message", told, group)


def subscription(dataset: Dataset) -> Order:
    """The subscription of the gallery's channel."""
    then = moment(dataset) - dt.timedelta(days=60)
    return replace(_subscriber(), created_by=ASKER, changed_by=ASKER, created_at=then, changed_at=then)


def moment(dataset: Dataset) -> dt.datetime:
    """Noon of the dataset's day."""
    return dt.datetime.combine(dataset.today, dt.time(12), dt.UTC)
