"""Messages about alerts: before one is saved, the list, what was done to one, and its post. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.alerts.firing import Firing
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS
from bot.errors import StoredValueError
from bot.messages import conditions
from bot.messages.actions import HOW, MENU
from bot.messages.blocks import TEXT, context, escape, fitting, section
from bot.messages.conditions import as_typed, said_back, why_none
from bot.messages.message import Block, Message
from bot.messages.names import Names
from bot.messages.render import render
from bot.messages.safe import quoted
from bot.posts.order import Alert
from bot.posts.order_list import button, row, verb_buttons, waits
from bot.posts.rows import Edition
from bot.posts.summaries import as_posted
from bot.posts.troubles import why_told
from bot.posts.wording import for_reader, place_name, who
from bot.questions.condition import Condition
from bot.questions.condition_reading import ConditionReading
from bot.questions.named import day_name, named
from bot.questions.question import Question
from bot.words import LANGUAGES, Language, language, say, say_count, speaking

AT_ONCE = 20  # two blocks each, of 50
ON_HOME = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """An alert with its name, and the newest month that it told and when."""

    alert: Alert
    name: str
    last: tuple[str, dt.datetime] | None = None


def listing(listed: Sequence[Listed], here: str, first: int = 0) -> Message:
    """The alerts from the `first` on, as many as fit, with their buttons."""
    lines: list[str] = []
    if not any(each.alert.channel == here for each in listed):
        lines.append(say("alert_desk.none", place=place_name(here)))
    blocks = [section(line) for line in lines]
    shown = listed[first : first + AT_ONCE]
    for number, each in enumerate(shown):
        lines.append(told_line(each))
        resumed = ["resume"] if each.alert.state != "done" and each.alert.condition else []
        verbs = ["pause"] if each.alert.state == "active" else resumed
        blocks += [section(lines[-1]), verb_buttons("alert_desk", number, [*verbs, "delete"], each.alert.id)]
    if rest := len(listed) - first - len(shown):
        lines.append(say("alert_desk.more", count=rest))
        blocks.append(row([button("alert_more", lines[-1], str(first + AT_ONCE))]))
    return Message("\n".join(fitting(lines, TEXT, "lines")), tuple(blocks))


def told_line(listed: Listed) -> str:
    """Where and what; whether it waits, and when it was told last."""
    alert, condition = listed.alert, quoted(listed.name)
    place, by = place_name(alert.channel), who(alert.created_by)
    own = say("alert_desk.line_own", condition=condition)
    line = own if alert.is_own else say("alert_desk.line", place=place, condition=condition, who=by)
    if alert.state == "parked" and alert.condition is None:
        return f"{line}\n{say('alert_desk.set_anew', why=escape(why_told(alert.why.rstrip('.'))))}"
    done = f"{say('alert_desk.done')} " if alert.state == "done" else ""
    return f"{line}\n{waits(alert, 'alert_desk') or done + _last(listed)}"


def _last(listed: Listed) -> str:
    if listed.last is None:
        return say("alert_desk.never")
    edition, moment = listed.last
    month = named(Month.from_text(edition[:7]))
    return say("alert_desk.last", month=month, moment=for_reader(moment, "UTC"))


def announced(verb: str, alert: Alert, by: str, dataset: Dataset) -> Message:
    """The line in the channel that says who set, paused, resumed or ended an alert there."""
    with speaking(alert.language):
        place, name = place_name(alert.channel), quoted(alert_name(alert, dataset))
        line = say(f"alert_desk.turned_{verb}", who=who(by), place=place, condition=name)
        return Message(line, (section(line),))


def on_home(listed: Sequence[Listed], in_channels: int) -> Iterator[str]:
    """A line for each of a person's own alerts, and one for how many their channels have."""
    if not listed:
        yield say("alert_desk.home_none")
    yield from map(told_line, listed[:ON_HOME])
    if len(listed) > ON_HOME:
        yield say("alert_desk.more", count=len(listed) - ON_HOME)
    if in_channels:
        yield say_count("alert_desk.home_channels", in_channels)


def alert_name(alert: Alert, dataset: Dataset) -> str:
    """Alumina exports above 200 kt, every time."""
    if alert.condition is None:
        return say("alert_desk.unread")
    name = conditions.condition_name(alert.condition, dataset.catalogue)
    return say("alert_desk.once" if alert.once else "alert_desk.every", condition=name)


def fired(alert: Alert, firing: Firing, dataset: Dataset, late: timedelta | None) -> Edition:
    """Renders the post: what has happened, the month's figure, whose alert it is and how to pause it."""
    question = replace(question_of(firing), language=alert.language)
    with speaking(alert.language):
        told = render(respond(question, dataset), conditions.fired(firing, dataset.catalogue))
        foot = say("alert_desk.whose", who=who(alert.created_by), alert=alert_name(alert, dataset))
        shown = [block for block in told.blocks if block["type"] != "actions"]
        pressed = [each for block in told.blocks if block["type"] == "actions" for each in block["elements"]]
        kept = [each for each in pressed if each["action_id"] in (HOW, MENU)]
        buttons = row([button("alert_silence", say("alert_desk.button_pause"), alert.id), *kept])
        told = replace(told, text=f"{told.text}\n{foot}", blocks=(*shown, context(foot), buttons))
        return Edition(as_posted(told, late), question.to_json(), oldest=alert.created_at)


def on_hold(alert: Alert, why: str) -> Message:
    """What its maker is told of an alert that cannot be watched."""
    with speaking(alert.language):
        place, day = place_name(alert.channel), day_name(alert.created_at.date())
        by, why = who(alert.created_by), why_told(why)
        return Message(say("courier.alert_on_hold", place=place, who=by, day=day, why=why), ())


def question_of(firing: Firing) -> Question:
    """The question that the figure of a firing answers, which replies in the thread follow up."""
    condition, series = firing.condition, firing.condition.series
    return Question.of(
        (series.commodity,), (series.flow,), Period.month(firing.month), partner=series.partner,
        measure=series.measure, unit=UNITS[series.measure], scope=condition.scope,
    )  # fmt: skip


def proposed(
    condition: Condition, dataset: Dataset, channel: str, note: str = "", restated: Iterable[str] = ()
) -> Message:
    """The condition in words, when it would have fired, and the buttons; `note`: why none is told there."""
    head, *checked = map(escape, said_back(condition, dataset))
    below = [*map(quoted, restated), *checked, *([note] if note else [])]
    blocks = [section(f"*{head}*"), *map(context, below), row(_buttons(condition, channel, note))]
    return Message("\n".join([head, *below]), tuple(blocks))


def _buttons(condition: Condition, channel: str, note: str) -> Iterable[Block]:
    value = button_value(condition, language())
    other = button_value(replace(condition, once=not condition.once), language())
    if not note:
        yield button("alert_here", say("alert_desk.save_here"), value, "primary")
    if note or not channel.startswith("D"):  # in the person's conversation with us both are one
        yield button("alert_own", say("alert_desk.save_own"), value)
    often = say("alert_desk.every_time") if condition.once else say("alert_desk.only_once")
    yield button("alert_other", often, other)
    yield button("alert_discard", say("alert_desk.discard"), "-")


def asked_back(reading: ConditionReading, names: Names) -> Message:
    """What did not resolve, and a button for each condition that may be meant; how to write one at all."""
    if reading.reason and reading.reason.kind == "how":
        return Message(say("alert_desk.how"), ())
    told = quoted(why_none(reading, names))
    offers = {as_typed(offer, names): offer for offer in reading.offers}
    tries = [
        button(f"alert_read_{number}", text[:1].upper() + text[1:], button_value(offer, reading.language))
        for number, (text, offer) in enumerate(offers.items())
    ]
    return Message("\n".join([told, *map(quoted, offers)]), (section(told), *([row(tries)] if tries else [])))


def button_value(condition: Condition, spoken: Language) -> str:
    """Serialises a condition and the language that it is told in: 2,000 characters at most."""
    return f"{spoken} {condition.to_json()}"


def from_button(value: str) -> tuple[Language, Condition]:
    """Deserialises exactly what `button_value` gives; StoredValueError for anything else."""
    first, _, stored = value.partition(" ")
    for spoken in LANGUAGES:
        if spoken == first:
            return spoken, Condition.from_json(stored)
    raise StoredValueError(f"A pressed condition cannot be read: {value[:80]!r}.")
