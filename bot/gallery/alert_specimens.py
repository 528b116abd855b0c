"""Alerts: asked for, set, fired, listed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from bot.alerts.firing import firings
from bot.dataset.dataset import Dataset
from bot.gallery.asked import asked
from bot.gallery.posts import moment
from bot.gallery.specimen import ASKER, WORKSPACE, Specimen
from bot.messages.message import Message
from bot.posts.order import alert
from bot.posts.order_list import Listed, Told, announced, listing
from bot.posts.order_messages import asked_back, fired, proposed
from bot.profile import profile
from bot.questions.condition import Condition
from bot.questions.condition_reading import read_condition
from bot.words import language


def alerts(dataset: Dataset) -> Iterator[Specimen]:
    """One alert from the command to the message that tells of a new figure."""
    open_, wanted = asked("Alerts").values()
    unclear = read_condition(open_, dataset)
    yield _alert("Asked back", asked_back(unclear, dataset.catalogue), f"/alumina {open_}")
    if condition := read_condition(wanted, dataset).condition:
        order = alert(WORKSPACE, profile().channel_id, condition, language=language())
        said_back = proposed(Listed(order, None), dataset, order.channel)
        yield _alert("Said back", said_back, f"/alumina {wanted}")
        yield from _set(condition, dataset)


def _set(condition: Condition, dataset: Dataset) -> Iterator[Specimen]:
    order = alert(WORKSPACE, profile().channel_id, condition, created_by=ASKER, language=language())
    names = dataset.catalogue
    yield _alert("Set", announced("made", Listed(order, None), ASKER, names))
    for firing in firings(condition, dataset)[-1:]:
        yield _alert("Fired", fired(order, firing, dataset, None).message)
        own = replace(order, channel="D_ANA", state="paused", changed_by=ASKER)
        last = Told(firing.month, moment(dataset) - dt.timedelta(days=40))
        listed = [Listed(each, None, last) for each in (order, own)]
        yield _alert("The list", listing(listed, profile().channel_id, names), "/alumina subscriptions")


def _alert(name: str, message: Message, asked: str = "") -> Specimen:
    return Specimen(name, "message", message, "Alerts", asked)
