"""What is said of alerts: their names, and the post of one that has fired. Pure."""

from dataclasses import replace
from datetime import timedelta

from bot.alerts.firing import Firing
from bot.answers.respond import respond
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS
from bot.messages import conditions
from bot.messages.actions import HOW, MENU
from bot.messages.blocks import context
from bot.messages.message import Block, Message
from bot.messages.names import Names
from bot.messages.render import render
from bot.posts.alerts.alert import Alert
from bot.posts.alerts.alert_buttons import button
from bot.posts.editions import Edition
from bot.posts.summaries import as_posted
from bot.posts.troubles import why_told
from bot.posts.wording import place_name, who
from bot.questions.condition import Condition
from bot.questions.named import day_name
from bot.questions.question import Question
from bot.words import say, speaking


def alert_name(alert: Alert, dataset: Dataset) -> str:
    """Alumina exports above 200 kt, every time."""
    if alert.condition is None:
        return say("alert_desk.unread")
    return condition_told(alert.condition, dataset.catalogue)


def condition_told(condition: Condition, names: Names) -> str:
    """The condition, and how often it is told."""
    name = conditions.condition_name(condition, names)
    return say("alert_desk.once" if condition.once else "alert_desk.every", condition=name)


def fired(alert: Alert, firing: Firing, dataset: Dataset, late: timedelta | None) -> Edition:
    """The post: what has happened, what else is told of the month's figure, and whose alert it is."""
    question = replace(question_of(firing), language=alert.language)
    with speaking(alert.language):
        told = render(respond(question, dataset), conditions.fired(firing, dataset.catalogue))
        foot = say("alert_desk.whose", who=who(alert.created_by), alert=alert_name(alert, dataset))
        shown = [block for block in told.blocks if block["type"] != "actions"]
        pressed = [_with_pause(block, alert) for block in told.blocks if block["type"] == "actions"]
        told = replace(told, text=f"{told.text}\n{foot}", blocks=(*shown, context(foot), *pressed))
        return Edition(as_posted(told, late), question.to_json(), oldest=alert.created_at)


def _with_pause(block: Block, alert: Alert) -> Block:
    """The buttons of an answer with that which pauses the alert in the place of the next questions."""
    kept = [each for each in block["elements"] if each["action_id"] in (HOW, MENU)]
    return block | {"elements": [button("silence", say("alert_desk.pause"), alert.id), *kept]}


def on_hold(alert: Alert, why: str) -> Message:
    """What its maker is told of an alert that cannot be watched."""
    with speaking(alert.language):
        place, day = place_name(alert.channel), day_name(alert.created_at.date())
        line = say(
            "courier.alert_on_hold", place=place, who=who(alert.created_by), day=day, why=why_told(why)
        )
        return Message(line, ())


def question_of(firing: Firing) -> Question:
    """The question that the figure of a firing answers, which replies in the thread follow up."""
    condition, series = firing.condition, firing.condition.series
    return Question.of(
        (series.commodity,), (series.flow,), Period.month(firing.month), partner=series.partner,
        measure=series.measure, unit=UNITS[series.measure], scope=condition.scope,
    )  # fmt: skip
