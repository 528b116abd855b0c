"""AlertStore: asked for, set, fired, listed."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.alerts.firing import firings
from bot.dataset.dataset import Dataset
from bot.gallery.posts import moment
from bot.gallery.specimen import ASKER, CHANNEL, WORKSPACE, Specimen
from bot.messages.message import Message
from bot.posts.alerts.alert_messages import (
    Listed,
    alert_name,
    announced,
    asked_back,
    fired,
    listing,
    proposed,
)
from bot.posts.order import Alert
from bot.questions.condition import Condition
from bot.questions.condition_reading import read_condition
from bot.words import Language, language

ASKED: Mapping[Language, tuple[str, str]] = {
    "en": ("alert alumina exports above 280kt", "alert alumina above 280kt"),
    "zh": ("提醒 氧化铝出口超过28万吨", "提醒 氧化铝超过28万吨"),
}


def alerts(dataset: Dataset) -> Iterator[Specimen]:
    """One alert from the command to the message that tells of a new figure."""
    wanted, open_ = ASKED[language()]
    unclear = read_condition(open_, dataset)
    yield _alert("Asked back", asked_back(unclear, dataset.catalogue), f"/alumina {open_}")
    if condition := read_condition(wanted, dataset).condition:
        yield _alert("Said back", proposed(condition, dataset, CHANNEL), f"/alumina {wanted}")
        yield from _set(condition, dataset)


def _set(condition: Condition, dataset: Dataset) -> Iterator[Specimen]:
    alert = Alert(WORKSPACE, CHANNEL, condition, created_by=ASKER, language=language())
    yield _alert("Set", announced("set", alert, ASKER, dataset))
    for firing in firings(condition, dataset)[-1:]:
        yield _alert("Fired", fired(alert, firing, dataset, None).message)
        own = replace(alert, channel="D_ANA", state="paused", changed_by=ASKER)
        last = firing.edition, moment(dataset) - dt.timedelta(days=40)
        listed = [Listed(each, alert_name(each, dataset), last) for each in (alert, own)]
        yield _alert("The list", listing(listed, CHANNEL), "/alumina alerts")


def _alert(name: str, message: Message, asked: str = "") -> Specimen:
    return Specimen(name, "message", message, "Alerts", asked)
