"""Each kind of message, by what is asked to get it: in the folder's gallery.toml, else of its own series."""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.alerts.firing import firings
from bot.answers.behind import printed
from bot.answers.conversation import converse
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import Stage, stages_in_use
from bot.home import home_view
from bot.messages.blocks import Message
from bot.messages.buttons import with_controls
from bot.messages.details import details_view
from bot.messages.modal import View, reason_view
from bot.messages.render import render
from bot.posts.form import form_view, memo_of
from bot.posts.order import alert, monthly
from bot.posts.order_list import announced, listing
from bot.posts.order_messages import Editions, asked_back, fired, proposed
from bot.posts.rows import MONTHLY, Post
from bot.posts.schedule import Outlook, plan
from bot.profile import profile
from bot.questions.condition_reading import read_condition
from bot.words import LANGUAGES, Language, language, speaking
from bot.words.folder import with_values

GENERAL: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))
ASKER = "U_ANA"  # who asks in the gallery, in the trade's channel of a workspace
WORKSPACE = "T0LOCAL"
NO_ANSWER = "Where there is no answer"
BESIDE = ("Alerts", "Modals", "Months")  # headings that hold no plain questions
# By name: the kind of post, which month it is of, and after which stage it is told.
MONTHLY_POSTS: dict[str, tuple[str, str, Stage | None]] = {
    "The complete month": (MONTHLY, "newest", None),
    "With the first figures": (MONTHLY, "grown", "flash"),
    "In its thread: the bulletin": ("bulletin", "grown", "bulletin"),
    "In its thread: a correction": ("query", "corrected", "query"),
}


@dataclass(frozen=True, slots=True)
class Specimen:
    """A message, or a modal or the home tab; `asked` is what a person typed or pressed to get it."""

    name: str
    content: Message | View
    group: str
    asked: str = ""
    language: Language = "en"


def asked(heading: str) -> dict[str, str]:
    """Each question under a heading by the name of its specimen, in the language that is spoken."""
    place, every = LANGUAGES.index(language()), (profile().gallery or GENERAL).get(heading, {})
    spoken = {name: words if isinstance(words, str) else words[place] for name, words in every.items()}
    return {name: with_values(words) for name, words in spoken.items()}


def headings() -> list[str]:
    """The headings of plain questions."""
    return [each for each in profile().gallery or GENERAL if each not in BESIDE]


def specimens(dataset: Dataset, today: dt.date) -> tuple[Specimen, ...]:
    """One of each in each language, as sent on that day, in the order in which they are shown."""
    record, found = dataset.on(today), list[Specimen]()
    for spoken in LANGUAGES:
        with speaking(spoken):
            for made in (posts, alerts, answers, dialogs):
                found += [replace(each, language=spoken) for each in made(record)]
    return tuple(found)


def posts(dataset: Dataset) -> Iterator[Specimen]:
    """The newest complete month first, then how a month grows, then the subscription."""
    group, names, ours = "Subscriptions", dataset.catalogue, _ours(dataset)
    if newest := dataset.newest_complete():
        months = dict.fromkeys(("newest", "grown", "corrected"), newest)
        months |= {name: Month.from_text(month) for name, month in asked("Months").items()}
        for name, (kind, which, stage) in MONTHLY_POSTS.items():
            if kind == MONTHLY and stage and "flash" not in stages_in_use():
                continue
            month, day = months[which], dataset.today
            if stage:  # as told on the day after
                day = dataset.calendar.release(month, stage).day + dt.timedelta(days=1)
            post = Post(WORKSPACE, profile().channel_id, kind, str(month))
            edition = Editions(dataset, lambda day=day: day).edition(post, ours.order, None)  # type: ignore[misc]
            if message := edition.message if kind == MONTHLY else edition.line:
                yield Specimen(name, message, "The monthly post")
    yield Specimen("Subscribed", announced("made", ours, ASKER, names), group)
    listed = listing([ours], ours.order.channel, names)
    yield Specimen("The list", listed, group, "/alumina subscriptions")
    yield Specimen("Paused", announced("pause", ours, ASKER, names), group)


def _ours(dataset: Dataset) -> Outlook:
    """The subscription of the gallery's channel, at noon of the dataset's day."""
    now = dt.datetime.combine(dataset.today, dt.time(12), dt.UTC)
    order = monthly(WORKSPACE, profile().channel_id, language=language())
    order = replace(order, created_by=ASKER, changed_by=ASKER, created_at=now, changed_at=now)
    return plan(order, dataset).outlook(now, dataset.newest_complete())


def alerts(dataset: Dataset) -> Iterator[Specimen]:
    """One alert from the command to the message that tells of a new figure."""
    (unclear, wanted), group, names = asked("Alerts").values(), "Alerts", dataset.catalogue
    yield Specimen("Asked back", asked_back(read_condition(unclear, dataset)), group, f"/alumina {unclear}")
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
        last = firing.month, dt.datetime.combine(dataset.today, dt.time(12), dt.UTC)
        listed = listing([Outlook(each, last=last) for each in (order, own)], order.channel, names)
        yield Specimen("The list", listed, group, "/alumina subscriptions")


def answers(dataset: Dataset) -> Iterator[Specimen]:
    """An answer to each question, with what stands below it for whoever asked."""
    for group in headings():
        for name, words in asked(group).items():
            (answer,) = converse([words], dataset)
            if (answer.outcome == "answered") != (group == NO_ANSWER) or profile().gallery:
                yield Specimen(name, with_controls(render(answer), ASKER), group, words)


def dialogs(dataset: Dataset) -> Iterator[Specimen]:
    """The app's own place, and the modals that open from a command or a button."""
    ours, group, modals = _ours(dataset), "The app's own place", "Modals"
    yield Specimen("Home", home_view(dataset, [ours], messages=ASKER), group)
    yield Specimen("Home of a newcomer", home_view(dataset, messages=ASKER), group)
    form = form_view(ours.order, memo_of(ours.order, known=False, own_zone="Europe/Madrid"), dataset, ours)
    yield Specimen("Subscribe", form, modals, "/alumina subscribe")
    for name, words in asked(modals).items():
        (answer,) = converse([words], dataset)
        yield Specimen(name, details_view(printed(answer, dataset)), modals, words)
    yield Specimen("Why it did not help", reason_view(""), modals, "Not helpful")
