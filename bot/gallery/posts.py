"""The monthly post as it grows, the lines in its thread, and what is said about subscriptions."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import Stage, stages_in_use
from bot.gallery.asked import asked
from bot.gallery.specimen import ASKER, WORKSPACE, Specimen
from bot.messages.message import Message
from bot.posts.history import history
from bot.posts.order import Order, monthly
from bot.posts.order_list import Listed, announced, listing
from bot.posts.order_store import Change
from bot.posts.rows import MONTHLY, Entry, Post
from bot.posts.schedule import outlook
from bot.posts.summaries import Editions
from bot.profile import profile
from bot.words import language

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
    grown, corrected = (month or newest for month in _months())
    for name, stage in STAGES.items() if "flash" in stages_in_use() else ():
        yield _post(name, _edition(dataset, _out(dataset, grown, stage), grown))
    yield _post("Late", _edition(dataset, dataset.today, newest, LATE))
    lines = {
        "the bulletin": _line(dataset, grown, "bulletin"),
        "a correction": _line(dataset, corrected, "query"),
    }
    yield from (_post(f"In its thread: {name}", line) for name, line in lines.items() if line)


def _months() -> tuple[Month | None, Month | None]:
    """One that came in three stages, and one of which a figure was printed more finely later."""
    named = asked("Months")
    months = {name: Month.from_text(month) for name, month in named.items()}
    return months.get("grown"), months.get("corrected")


def _post(name: str, message: Message) -> Specimen:
    return Specimen(name, "message", message, "The monthly post")


def _edition(dataset: Dataset, day: dt.date, month: Month, late: dt.timedelta | None = None) -> Message:
    post = Post(WORKSPACE, profile().channel_id, MONTHLY, str(month))
    return Editions(dataset, lambda: day).edition(post, _subscriber(), late).message


def _line(dataset: Dataset, month: Month, stage: Stage) -> Message | None:
    """The line that a stage brings."""
    day = _out(dataset, month, stage)
    post = Post(WORKSPACE, profile().channel_id, stage, str(month))
    return Editions(dataset, lambda: day).edition(post, _subscriber(), None).line


def _subscriber() -> Order:
    return monthly(WORKSPACE, profile().channel_id, language=language())


def _out(dataset: Dataset, month: Month, stage: Stage) -> dt.date:
    """The day after a stage came out, when it is told."""
    return dataset.calendar.release(month, stage).day + dt.timedelta(days=1)


def _subscribed(dataset: Dataset) -> Iterator[Specimen]:
    group, names = "Subscriptions", dataset.catalogue
    own = subscription(dataset)
    ours = Listed(own, outlook(own, moment(dataset), dataset, dataset.newest_complete()))
    yield Specimen("Subscribed", "message", announced("made", ours, ASKER, names), group)
    listed = listing([ours], profile().channel_id, names)
    yield Specimen("The list", "message", listed, group, "/alumina subscriptions")
    yield Specimen("Paused", "message", announced("pause", ours, ASKER, names), group)
    sent = moment(dataset) - dt.timedelta(days=40)
    entry = Entry("posted", due_at=sent - dt.timedelta(minutes=3), sent_at=sent)
    month = _months()[0] or dataset.newest_complete()
    posted = {Post(WORKSPACE, own.channel, MONTHLY, str(month)): entry} if month else {}
    told = history([ours], profile().channel_id, posted, [Change("made", ASKER, sent, own)], names)
    yield Specimen("What was sent, and when", "message", told, group)


def subscription(dataset: Dataset) -> Order:
    """The subscription of the gallery's channel."""
    then = moment(dataset) - dt.timedelta(days=60)
    return replace(_subscriber(), created_by=ASKER, changed_by=ASKER, created_at=then, changed_at=then)


def moment(dataset: Dataset) -> dt.datetime:
    """Noon of the dataset's day."""
    return dt.datetime.combine(dataset.today, dt.time(12), dt.UTC)
