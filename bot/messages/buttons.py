"""What to ask next, and what can be pressed below an answer: questions, Details, a menu, feedback, a bin."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from bot.answers.answer import Answer
from bot.messages.blocks import DELETE, DOWN, FEEDBACK, HOW, MENU, UP, Block, Message, fitted, visible
from bot.messages.modal import plain, sure
from bot.messages.names import Names, commodity_name, flow_name, short_period, upper_first
from bot.questions import words
from bot.questions.question import WEIGHTS, Question
from bot.words import say, say_or
from bot.words.folder import country

LABEL, VALUE, MOST = 75, 2_000, 6
IN_NO_UNIT = ("check", "export", "highlights", "ratio", "revisions", "share", "sources")
UNITS, CSV, POST, MORE = "units", "csv", "post", "more"
LETTERS = 24  # of a label: Slack shows thirty
TOGETHER = 29  # letters of all labels on a phone's line with the menu
CHOICES = 3


class Ask(NamedTuple):
    """A next question, and what a button calls it."""

    label: str
    question: Question


def next_asks(answers: Iterable[Answer]) -> Iterator[Ask]:
    """What to ask next, the likeliest first: each label and each question once."""
    labels, asked = [""], list[Question]()  # of the first few, which is quicker than by their hashes
    for ask in chain.from_iterable(map(_asks, answers)):
        if ask.label not in labels and ask.question not in asked:
            labels.append(ask.label)
            asked.append(ask.question)
            yield ask


def _asks(answer: Answer) -> Iterator[Ask]:
    question, offers = answer.question, answer.offers or answer.onward
    before, every = None, iter(offers)
    if question and answer.figures:
        first = answer.offers if answer.outcome != "answered" else ()
        if question.view == "trend" and answer.plot:  # a chart's figures as a table first
            first = (*first, replace(question.plain, view="table", by="month"))
        before, every = question, chain(first, answer.onward)
    elif len(offers) > 1:  # so that each label says what differs
        before = offers[0]
    for each in every:
        told = _view(each, before) if before is None or each.view != before.view else ""
        told = told or _subject(each, before if answer.figures else None, answer) or _view(each, None)
        yield Ask(told, each)
    if not (offers or question or answer.outcome in ("courtesy", "silent")):  # how to ask
        yield Ask(say("asks.view_help"), Question(view="help", language=answer.language))


def _view(ask: Question, before: Question | None) -> str:
    """13 months; vs Mar 2023; Highlights: the view, where it differs."""
    if ask.view == "trend":
        return say("asks.months" if ask.period is None or ask.period.length == 1 else "asks.chart")
    if ask.view == "partners" and ask.flows:
        return say(f"asks.partners_{ask.flows[0]}")
    if ask.against:
        return say("asks.against", period=short_period(ask.against))
    if ask.measure == "unit_value" and (before is None or before.measure != "unit_value"):
        return say("asks.measure_unit_value")
    behind = before is not None and before.view in ("highlights", "sources", "revisions")
    if behind and ask.view in ("overview", "figure"):
        return say("asks.figures")
    return say_or("", f"asks.view_{ask.view}")


def _subject(ask: Question, before: Question | None, answer: Answer) -> str:
    """The series where it differs, the period where that does; of a long one what tells it apart."""
    if ask.against and before and ask.against != before.against:
        return say("asks.against", period=short_period(ask.against))
    others = [before] if before else [each for each in answer.offers if each != ask]
    shared = bool(others) and all(each.periods == ask.periods for each in others)
    period = short_period(ask.period) if ask.period and not shared else ""
    alone = not others and bool(period) and answer.outcome in ("ask_back", "no_figure")
    if alone or (others and all(each.pairs == ask.pairs for each in others)):
        return period
    flow = flow_name(ask.flows[0]) if len(ask.flows) == 1 else ""
    commodity = commodity_name(ask.commodities[0]) if ask.pairs else ""
    if len(ask.commodities) > 2 or not ask.pairs:
        commodity, flow = say("asks.everything") if ask.pairs else "", ""
    elif ask.partner and (before is None or before.partner != ask.partner):
        commodity, flow = country(ask.partner), ""
    same = [each.commodities == ask.commodities for each in others]
    series = "" if before and all(same) else say("asks.series", commodity=commodity, flow=flow).strip()
    short = upper_first(flow) or commodity if all(same) else series if any(same) else commodity
    tries = ((series or short, period), (short, period), (short,), (commodity,))
    told = (say("asks.between").join(filter(None, each)) for each in tries)
    return next((each for each in told if len(each) <= LETTERS), commodity)


def pressed(question: Question, asks: Iterable[Ask], names: Names) -> Block:
    """Two next questions, Details, and the menu: on one line of a phone."""
    value, details, beside = question.to_json(), say("buttons.details"), list[Ask]()
    how, room = [button(HOW, details, value)] if len(value) <= VALUE else [], TOGETHER - len(details)
    for ask in asks:
        if len(ask.label) <= min(room, LETTERS):
            room, beside = room - len(ask.label), [*beside, ask]
            if len(beside) == CHOICES - 1:
                break
    kinds = [*([UNITS] if offers_units(question) else []), CSV, POST, MORE]  # what is seldom asked for
    options = [{"text": plain(say(f"buttons.menu_{kind}")), "value": kind} for kind in kinds]
    menu = {"type": "overflow", "action_id": MENU, "options": options}
    return button_row([*_asking(beside, names), *how, menu])


def asked_back(asks: Iterable[Ask], names: Names) -> list[Block]:
    """Up to three questions, of which one is meant or answers instead."""
    return [button_row(each)] if (each := list(_asking(islice(asks, CHOICES), names))) else []


def offered(asks: Iterable[Ask], names: Names) -> list[Block]:
    """A button for every question, in full: for the presser of the menu alone."""
    every = enumerate(each.question for each in islice(asks, MOST))
    made = [button(f"ask_{at}", upper_first(words(each, names)), each.to_json()) for at, each in every]
    return [button_row(made)] if made else []


def _asking(asks: Iterable[Ask], names: Names) -> Iterator[Block]:
    """A button a question; none for one that is longer than a button holds."""
    for place, ask in enumerate(asks):
        value = ask.question.to_json()
        if len(value) <= VALUE:
            read_out = fitted(upper_first(words(ask.question, names)), LABEL)
            shown = visible(ask.label)[:LETTERS].strip() or read_out
            yield button(f"ask_{place}", shown, value) | {"accessibility_label": read_out}


def offers_units(question: Question) -> bool:
    """Whether an answer with figures comes with a choice of a unit of weight."""
    return question.unit in WEIGHTS and question.view not in IN_NO_UNIT


def button(action_id: str, shown: str, value: str, style: str = "") -> Block:
    """A button that holds a question, or another value; of its label what fits."""
    made = {"type": "button", "action_id": action_id, "text": plain(fitted(shown, LABEL)), "value": value}
    return made | ({"style": style} if style else {})


def button_row(elements: Iterable[Block]) -> Block:
    """Buttons side by side."""
    return {"type": "actions", "elements": list(elements)}


def kept_private(message: Message) -> Message:
    """The message with buttons whose answers only the presser sees."""
    return _renamed(message, {f"ask_{number}": f"ask_private_{number}" for number in range(CHOICES)})


def stored_as(message: Message, answer_id: str) -> Message:
    """The message with a menu that tells the id of its stored question; without it where there is none."""
    return _renamed(message, {MENU: f"{MENU}_{answer_id}" if answer_id else ""})


def _renamed(message: Message, names: Mapping[str, str]) -> Message:
    """What can be pressed by other names; what has no name left is taken away."""
    blocks = []
    for block in message.blocks:
        if block["type"] == "actions":
            named = [(each, names.get(each["action_id"], each["action_id"])) for each in block["elements"]]
            block = block | {"elements": [each | {"action_id": name} for each, name in named if name]}
        if block.get("elements") != []:
            blocks.append(block)
    return replace(message, blocks=tuple(blocks))


def is_private(action_id: str) -> bool:
    """Whether the button was under an answer that only the asker saw on purpose."""
    return action_id.startswith("ask_private_")


def with_controls(message: Message, asker: str | None) -> Message:
    """The message with feedback below it, and with a bin that only the asker sees, where there is one."""
    if not message.blocks:  # its text would not be shown beside blocks
        return message
    elements: list[Block] = [{"type": "feedback_buttons", "action_id": FEEDBACK}]
    elements[0]["positive_button"] = _named("helpful", value=UP)
    elements[0]["negative_button"] = _named("not_helpful", value=DOWN)
    if asker:
        texts = {"yes": say("controls.delete"), "no": say("controls.keep")}
        confirm = sure(say("controls.sure"), say("controls.for_everybody"), **texts)
        trash = _named("delete", type="icon_button", icon="trash", action_id=DELETE, value=asker)
        elements.append(trash | {"confirm": confirm, "visible_to_user_ids": [asker]})
    return replace(message, blocks=(*message.blocks, {"type": "context_actions", "elements": elements}))


def _named(name: str, **settings: object) -> Block:
    read_out = say(f"controls.{name}_read_out")
    return {"text": plain(say(f"controls.{name}")), "accessibility_label": read_out, **settings}
