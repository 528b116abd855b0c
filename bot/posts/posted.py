"""What orders other than monthly ones post: an answer, an alert; and what is said of one on hold. Pure."""

from dataclasses import replace
from datetime import timedelta

from bot.alerts.firing import Firing
from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS
from bot.messages import conditions
from bot.messages.actions import HOW, MENU
from bot.messages.blocks import context, escape, section
from bot.messages.message import Message
from bot.messages.render import render
from bot.posts.order import FORGOTTEN, Order, moved
from bot.posts.order_list import button, buttons, mending, row
from bot.posts.rows import Edition, Post
from bot.posts.schedule import newest_for
from bot.posts.summaries import as_edition
from bot.posts.troubles import why_told
from bot.posts.wording import order_name, place_name, who
from bot.questions.named import day_name
from bot.questions.question import Question
from bot.words import say, speaking


def fired(order: Order, firing: Firing, dataset: Dataset, late: timedelta | None) -> Edition:
    """Renders an alert: what has happened, the month's figure, whose alert it is and how to pause it."""
    with speaking(order.language):
        answer = respond(replace(question_of(firing), language=order.language), dataset)
        return _posted(order, answer, dataset, late, conditions.fired(firing, dataset.catalogue))


def answered(order: Order, month: Month, dataset: Dataset, late: timedelta | None) -> Edition | None:
    """Renders the answer of the periods up to that month; None where it is not on record."""
    newest_here = newest_for(order, dataset)
    if not isinstance(order.what, Question) or newest_here is None or newest_here < month:
        return None
    with speaking(order.language):
        answer = respond(replace(moved(order.what, month), language=order.language), dataset)
        return _posted(order, answer, dataset, late) if answer.outcome == "answered" else None


def _posted(
    order: Order, answer: Answer, dataset: Dataset, late: timedelta | None, lead: str = ""
) -> Edition:
    """The answer with whose order it is, and with a button that pauses it in the place of next questions."""
    told, whose = order_name(order, dataset.catalogue), who(order.created_by)
    foot = say("posted.whose_alert" if lead else "posted.whose", who=whose, told=told)
    made = render(answer, lead)
    shown = [block for block in made.blocks if block["type"] != "actions"]
    pressed = [each for block in made.blocks if block["type"] == "actions" for each in block["elements"]]
    kept = [each for each in pressed if each["action_id"] in (HOW, MENU)]
    buttons = row([button("order_silence", say("listing.button_pause"), order.id), *kept])
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


def question_of(firing: Firing) -> Question:
    """The question that the figure of a firing answers, which replies in the thread follow up."""
    condition, series = firing.condition, firing.condition.series
    return Question.of(
        (series.commodity,), (series.flow,), Period.month(firing.month), partner=series.partner,
        measure=series.measure, unit=UNITS[series.measure], scope=condition.scope,
    )  # fmt: skip


def on_hold(order: Order, why: str) -> Message:
    """What its maker is told of an order that cannot be told."""
    with speaking(order.language):
        place, day = place_name(order.channel), day_name(order.created_at.date())
        values = {"place": place, "who": who(order.created_by), "day": day, "why": why_told(why)}
        line = say("posted.on_hold", **values)
        return Message(line, (section(line), buttons(["delete"], order.id)))


def on_hold_here(post: Post, order: Order | None, why: str) -> Message:
    """What those are told who asked for what a channel does not take, with a button to go on."""
    with speaking(order.language if order else "en"):
        line = say("posted.on_hold_here", channel=post.channel, why=why_told(why))
        mend = [mending(*order.place, ["resume", "move"], order.id)] if order else []
        return Message(line, (section(line), *mend))
