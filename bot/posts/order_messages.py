"""What orders post beside the month; how one is said back before it is saved, and why it is on hold. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import cast

from bot.alerts.firing import Firing, firings
from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.errors import StoredValueError
from bot.messages import conditions
from bot.messages.blocks import HOW, MENU, Block, Message, context, escape, quoted, section
from bot.messages.buttons import button, button_row
from bot.messages.conditions import condition_name, said_back, why_none
from bot.messages.render import render
from bot.messages.slack_names import place_name, who, why_told
from bot.posts.order import Order, alert
from bot.posts.order_list import buttons, coming_told, mending, order_name
from bot.posts.rows import Edition, Post
from bot.posts.schedule import Outlook, plan
from bot.posts.summaries import as_edition, summary
from bot.questions.condition import Condition
from bot.questions.condition_reading import ConditionReading
from bot.questions.named import day_name
from bot.questions.question import Question, moved
from bot.store.tables import FORGOTTEN
from bot.words import LANGUAGES, Language, clauses, say, speaking


def fired(order: Order, firing: Firing, dataset: Dataset, late: timedelta | None) -> Edition:
    """Renders an alert: what has happened, the month's figure, whose alert it is and how to pause it."""
    with speaking(order.language):
        asked = firing.condition.question(firing.month)
        answer = respond(replace(asked, language=order.language), dataset)
        return _posted(order, answer, dataset, late, conditions.fired(firing))


def answered(order: Order, month: Month, dataset: Dataset, late: timedelta | None) -> Edition | None:
    """Renders the answer of the periods up to that month; None where it is not on record."""
    newest_here = plan(order, dataset).newest
    if not isinstance(order.what, Question) or newest_here is None or newest_here < month:
        return None
    with speaking(order.language):
        answer = respond(replace(moved(order.what, month), language=order.language), dataset)
        return _posted(order, answer, dataset, late) if answer.outcome == "answered" else None


def _posted(
    order: Order, answer: Answer, dataset: Dataset, late: timedelta | None, lead: str = ""
) -> Edition:
    told, whose = order_name(order, dataset.catalogue), who(order.created_by)
    foot = say("posted.whose_alert" if lead else "posted.whose", who=whose, told=told)
    made = render(answer, lead)
    shown = [block for block in made.blocks if block["type"] != "actions"]
    pressed = [each for block in made.blocks if block["type"] == "actions" for each in block["elements"]]
    kept = [each for each in pressed if each["action_id"] in (HOW, MENU)]
    buttons = button_row([button("order_silence", say("listing.button_pause"), order.id), *kept])
    footed = replace(made, text=f"{made.text}\n{foot}", blocks=(*shown, context(foot), buttons))
    return replace(as_edition(answer, footed, late=late), oldest=order.created_at)


def with_own_line(edition: Edition, order: Order) -> Edition:
    """The edition under the order's own line and whom it mentions, if any."""
    signs = [each if each[0] == "!" else f"@{each}" for each in order.mentions if each != FORGOTTEN]
    line = " ".join([*(f"<{each}>" for each in signs), *([escape(order.line)] if order.line else [])])
    if not line:
        return edition
    message = edition.message
    above = (section(line), *message.blocks) if message.blocks else ()
    return replace(edition, message=replace(message, text=f"{line}\n{message.text}", blocks=above))


def on_hold(order: Order, why: str) -> Message:
    """What its maker is told of an order that cannot be told."""
    with speaking(order.language):
        made = {"who": who(order.created_by), "day": day_name(order.created_at.date())}
        line = say("posted.on_hold", place=place_name(order.channel), why=why_told(why), **made)
        return Message(line, (section(line), buttons(["delete"], order.id)))


def on_hold_here(post: Post, order: Order | None, why: str) -> Message:
    """What those are told who asked for what a channel does not take, with a button to go on."""
    with speaking(order.language if order else "en"):
        line = say("posted.on_hold_here", channel=post.channel, why=why_told(why))
        mend = [mending(*order.place, ["resume", "move"], order.id)] if order else []
        return Message(line, (section(line), *mend))


def proposed(
    listed: Outlook, dataset: Dataset, here: str, note: str = "", restated: Iterable[str] = ()
) -> Message:
    """The order in words, what it would tell, and buttons, shown `here`; `note`: why its place is closed."""
    order = listed.order
    if isinstance(order.what, Condition):
        once = replace(order.what, once=order.often == "once")
        head, *checked = map(escape, said_back(once, dataset, crossing=order.often == "crossing"))
    else:
        head, checked = order_name(order, dataset.catalogue), []
        if newest := newest_edition(order, dataset):
            checked.append(say("proposals.preview", text=newest.message.text.split("\n")[0]))
        if coming := coming_told(listed):
            checked.append(say("proposals.coming", coming=clauses(coming)))
    if order.channel != here:
        head = say("proposals.there", place=place_name(order.channel), told=head)
    below = [*map(quoted, restated), *checked, *([note] if note else [])]
    buttons = button_row(_buttons(order, here, note))
    return Message("\n".join([head, *below]), (section(f"*{head}*"), *map(context, below), buttons))


def newest_edition(order: Order, dataset: Dataset) -> Edition | None:
    """What it would post of the newest that is on record; None where nothing there makes a message."""
    made = None
    with speaking(order.language):
        if isinstance(order.what, Condition):
            for newest in firings(order.what, dataset)[-1:]:
                made = fired(order, newest, dataset, None)
        elif (month := plan(order, dataset).newest) and isinstance(order.what, Question):
            made = answered(order, month, dataset, None)
        elif month:
            made = as_edition(*summary(dataset, month, order.commodities))
    return with_own_line(made, order) if made else None


def _buttons(order: Order, here: str, note: str) -> Iterator[Block]:
    value = button_value(order)
    if not note:
        label = say("alert_desk.save_here" if order.channel == here else "proposals.save_there")
        yield button("alert_here", label, value, "primary")
    if note or not order.is_own:  # in the person's conversation with us both are one
        yield button("alert_own", say("alert_desk.save_own"), value)
    if note:
        yield button("alert_elsewhere", say("listing.button_elsewhere"), value)
    else:
        yield button("alert_options", say("proposals.options"), value)
    yield button("alert_discard", say("alert_desk.discard"), "-")


def asked_back(reading: ConditionReading) -> Message:
    """What did not resolve, and a button for each condition that may be meant."""
    told, offers = quoted(why_none(reading)), dict[str, str]()
    for offer in reading.offers:
        offers[condition_name(offer)] = button_value(alert("", "", offer, language=reading.language))
    tries = [button(f"alert_read_{number}", *each) for number, each in enumerate(offers.items())]
    shown = (section(told), *([button_row(tries)] if tries else []))
    return Message("\n".join([told, *map(quoted, offers)]), shown)


def button_value(order: Order) -> str:
    """Serialises an order, its channel and the language that it is told in: 2,000 characters at most."""
    return f"{order.language} {order.channel} {order.to_json()}"


def from_button(value: str) -> Order:
    """Deserialises exactly what `button_value` gives; StoredValueError for anything else."""
    spoken, channel, stored = [*value.split(" ", 2), "", ""][:3]
    order = Order("", channel, None, language=cast(Language, spoken)).with_json(stored)
    if spoken not in LANGUAGES or button_value(order) != value:
        raise StoredValueError(f"A pressed order cannot be read: {value[:80]!r}.")
    return order
