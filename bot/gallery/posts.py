"""The monthly post as it grows, subscriptions, alerts, and a workspace's own words."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.alerts.firing import firings
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import Stage, stages_in_use
from bot.gallery.specimen import ASKER, WORKSPACE, Specimen, asked
from bot.messages.message import Message
from bot.messages.own_words import taught, words_listed
from bot.posts.history import history
from bot.posts.order import Order, alert, monthly
from bot.posts.order_list import announced, listing
from bot.posts.order_messages import asked_back, fired, proposed
from bot.posts.order_store import Change
from bot.posts.rows import MONTHLY, Entry, Post
from bot.posts.schedule import Outlook, plan
from bot.posts.summaries import Editions
from bot.profile import profile
from bot.questions.condition_reading import read_condition
from bot.questions.teaching import Lesson
from bot.store.tables import FORGOTTEN
from bot.taught_words import TaughtWord
from bot.words import Language, language
from bot.words.folder import with_values

# By name: the kind of post, which month it is of, and after which stage it is told.
MONTHLY_POSTS: dict[str, tuple[str, str, Stage | None]] = {
    "The complete month": (MONTHLY, "newest", None),
    "With the first figures": (MONTHLY, "grown", "flash"),
    "With the bulletin": (MONTHLY, "grown", "bulletin"),
    "Late": (MONTHLY, "newest", None),
    "In its thread: the bulletin": ("bulletin", "grown", "bulletin"),
    "In its thread: a correction": ("query", "corrected", "query"),
}
LATE = dt.timedelta(days=3)
TYPED: Mapping[Language, tuple[str, str]] = {
    "en": ("/alumina word RX {FIRST_NAME}", "/alumina words"),
    "zh": ("/alumina 词语 RX {FIRST_NAME}", "/alumina 词语"),
}


def posts(dataset: Dataset) -> Iterator[Specimen]:
    """The newest complete month first, then how a month grows, then subscriptions."""
    if newest := dataset.newest_complete():
        months = {"newest": newest, "grown": newest, "corrected": newest} | _months()
        for name, (kind, which, stage) in MONTHLY_POSTS.items():
            if kind == MONTHLY and stage and "flash" not in stages_in_use():
                continue
            late = LATE if name == "Late" else None
            if message := _post(kind, months[which], stage, dataset, late):
                yield Specimen(name, message, "The monthly post")
    yield from _subscribed(dataset)


def _months() -> dict[str, Month]:
    """One that came in three stages, and one of which a figure was printed more finely later."""
    return {name: Month.from_text(month) for name, month in asked("Months").items()}


def _post(
    kind: str, month: Month, stage: Stage | None, dataset: Dataset, late: dt.timedelta | None
) -> Message | None:
    """As told on the day after a stage came out; else today."""
    day = dataset.calendar.release(month, stage).day + dt.timedelta(days=1) if stage else dataset.today
    post = Post(WORKSPACE, profile().channel_id, kind, str(month))
    edition = Editions(dataset, lambda: day).edition(post, _subscriber(), late)
    return edition.message if kind == MONTHLY else edition.line


def _subscriber() -> Order:
    return monthly(WORKSPACE, profile().channel_id, language=language())


def _subscribed(dataset: Dataset) -> Iterator[Specimen]:
    group, names, channel = "Subscriptions", dataset.catalogue, profile().channel_id
    own, newest = subscription(dataset), dataset.newest_complete()
    ours = plan(own, dataset).outlook(moment(dataset), newest)
    yield Specimen("Subscribed", announced("made", ours, ASKER, names), group)
    yield Specimen("The list", listing([ours], channel, names), group, "/alumina subscriptions")
    yield Specimen("Paused", announced("pause", ours, ASKER, names), group)
    sent = moment(dataset) - dt.timedelta(days=40)
    entry = Entry("posted", due_at=sent - dt.timedelta(minutes=3), sent_at=sent)
    month = _months().get("grown", newest)
    posted = {Post(WORKSPACE, own.channel, MONTHLY, str(month)): entry} if month else {}
    told = history([ours], channel, posted, [Change("made", ASKER, sent, own)], names)
    yield Specimen("What was sent, and when", told, group)


def subscription(dataset: Dataset) -> Order:
    """The subscription of the gallery's channel."""
    then = moment(dataset) - dt.timedelta(days=60)
    return replace(_subscriber(), created_by=ASKER, changed_by=ASKER, created_at=then, changed_at=then)


def moment(dataset: Dataset) -> dt.datetime:
    """Noon of the dataset's day."""
    return dt.datetime.combine(dataset.today, dt.time(12), dt.UTC)


def alerts(dataset: Dataset) -> Iterator[Specimen]:
    """One alert from the command to the message that tells of a new figure."""
    (open_, wanted), group, names = asked("Alerts").values(), "Alerts", dataset.catalogue
    unclear = read_condition(open_, dataset)
    yield Specimen("Asked back", asked_back(unclear, names), group, f"/alumina {open_}")
    if not (condition := read_condition(wanted, dataset).condition):
        return
    order = alert(WORKSPACE, profile().channel_id, condition, language=language())
    said_back = proposed(Outlook(order), dataset, order.channel)
    yield Specimen("Said back", said_back, group, f"/alumina {wanted}")
    order = replace(order, created_by=ASKER)
    yield Specimen("Set", announced("made", Outlook(order), ASKER, names), group)
    for firing in firings(condition, dataset)[-1:]:
        yield Specimen("Fired", fired(order, firing, dataset, None).message, group)
        own = replace(order, channel="D_ANA", state="paused", changed_by=ASKER)
        last = firing.month, moment(dataset) - dt.timedelta(days=40)
        listed = [Outlook(each, last=last) for each in (order, own)]
        yield Specimen("The list", listing(listed, order.channel, names), group, "/alumina subscriptions")


def own_words(dataset: Dataset) -> Iterator[Specimen]:
    """A word that was taught, and the list, of the first two series."""
    names, now, (teaching, listed) = dataset.catalogue, moment(dataset), map(with_values, TYPED[language()])
    first, second = [*names, *names][:2]
    yield Specimen("Taught", taught(Lesson("teach", "RX", first), "rx"), "Own words", teaching)
    words = [TaughtWord("rx", "RX", first, ASKER, now), TaughtWord("zq", "ZQ", second, FORGOTTEN, now)]
    yield Specimen("The list", words_listed(words, now.tzinfo), "Own words", listed)
