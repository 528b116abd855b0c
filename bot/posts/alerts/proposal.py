"""An alert before it is saved: said back, checked against the record, and what can be done with it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from bot.dataset.dataset import Dataset
from bot.messages.blocks import context, escape, section
from bot.messages.conditions import as_typed, said_back, why_none
from bot.messages.message import Block, Message
from bot.messages.names import Names
from bot.messages.safe import quoted
from bot.posts.alerts.alert_buttons import button, button_value, row
from bot.questions.condition import Condition
from bot.questions.condition_reading import ConditionReading
from bot.words import language, say

# Whether the channel can be told: own is the person's conversation with us, closed one that we are not in.
Where = Literal["here", "own", "closed"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody may want to be told of; `note` says why it cannot be told where that was asked for."""

    condition: Condition
    where: Where
    note: str = ""
    restated: tuple[str, ...] = ()


def proposed(proposal: Proposal, dataset: Dataset) -> Message:
    """The condition in words, when it would have fired, and the buttons."""
    condition = proposal.condition
    head, *checked = map(escape, said_back(condition, dataset))
    below = [*map(quoted, proposal.restated), *checked, *([proposal.note] if proposal.note else [])]
    blocks = [section(f"*{head}*"), *map(context, below), row(_buttons(condition, proposal.where))]
    return Message("\n".join([head, *below]), tuple(blocks))


def _buttons(condition: Condition, where: Where) -> Iterable[Block]:
    other = replace(condition, once=not condition.once)
    if where != "closed":
        yield button("here", say("alert_desk.save_here"), button_value(condition, language()), "primary")
    if where != "own":
        yield button("own", say("alert_desk.save_own"), button_value(condition, language()))
    often = say("alert_desk.every_time") if condition.once else say("alert_desk.only_once")
    yield button("other", often, button_value(other, language()))
    yield button("discard", say("alert_desk.discard"), "-")


def asked_back(reading: ConditionReading, names: Names) -> Message:
    """What did not resolve, and a button for each condition that may be meant; how to write one at all."""
    if reading.reason and reading.reason.kind == "how":
        return Message(say("alert_desk.how"), ())
    told = quoted(why_none(reading, names))
    offers = {as_typed(offer, names): offer for offer in reading.offers}
    tries = [
        button(f"read_{number}", text[:1].upper() + text[1:], button_value(offer, reading.language))
        for number, (text, offer) in enumerate(offers.items())
    ]
    return Message("\n".join([told, *map(quoted, offers)]), (section(told), *([row(tries)] if tries else [])))
