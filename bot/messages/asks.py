"""What to ask next, and what its button calls it: what differs from the question before, in few letters."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from bot.answers.answer import Answer
from bot.messages.names import commodity_name, flow_name, upper_first
from bot.messages.period_names import short_period
from bot.questions.question import Question
from bot.words import say
from bot.words.countries import country

LETTERS = 24  # of a label: Slack shows thirty
TOGETHER = 29  # letters of all labels on a phone's line with the menu
CHOICES = 3
VIEWS = (
    "ranking", "average", "highlights", "record", "sources", "revisions", "coverage", "release", "help",
    "why", "season", "share", "total", "rolling", "table", "events",
)  # fmt: skip


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
        first = answer.offers if answer.instead or answer.outcome != "answered" else ()
        if question.view == "trend" and answer.plots:  # a chart's figures as a table first
            first = (*first, replace(question.plain, view="table", by="month"))
        before, every = question, chain(first, answer.onward)
    elif len(offers) > 1:  # so that each label says what differs
        before = offers[0]
    for each in every:
        yield Ask(_label(each, before, answer), each)
    if not (offers or question or answer.outcome in ("courtesy", "silent")):  # how to ask
        yield Ask(say("asks.view_help"), Question(view="help", language=answer.language))


def beside_details(asks: Iterable[Ask], details: str) -> Iterator[Ask]:
    """The two that fit on a line with Details and the menu."""
    room = TOGETHER - len(details)
    for ask in asks:
        if len(ask.label) <= min(room, LETTERS):
            room -= len(ask.label)
            yield ask


def _label(ask: Question, before: Question | None, answer: Answer) -> str:
    """Imports; vs Mar 2023; 13 months; Highlights; Bauxite, Jul 2026."""
    told = _view(ask, before) if before is None or ask.view != before.view else ""
    if before and ask.view == before.view == "partners" and ask.period:
        told = say("asks.all_countries", period=short_period(ask.period))
    told = told or _subject(ask, before if answer.figures else None, answer)
    return told if len(told) <= LETTERS else f"{told[: LETTERS - 1].rstrip()}…"


def _view(ask: Question, before: Question | None) -> str:
    if ask.view == "trend":
        long = ask.period is None or ask.period.length == 1
        return say("asks.months") if long else say("asks.chart")
    if ask.view == "partners" and ask.flows:
        return say(f"asks.partners_{ask.flows[0]}")
    if ask.against:
        return say("asks.against", period=short_period(ask.against))
    if ask.measure == "unit_value" and (before is None or before.measure != "unit_value"):
        return say("asks.measure_unit_value")
    behind = before is not None and before.view in ("highlights", "sources", "revisions")
    if behind and ask.view in ("overview", "figure"):
        return say("asks.figures")
    return say(f"asks.view_{ask.view}") if ask.view in VIEWS else ""


def _subject(ask: Question, before: Question | None, answer: Answer) -> str:
    """What is asked about: the series where it differs, the period where that does."""
    others = [before] if before else [each for each in answer.offers if each != ask]
    same_series = bool(others) and all(each.pairs == ask.pairs for each in others)
    same_period = bool(others) and all(each.periods == ask.periods for each in others)
    if before and ask.measure != before.measure:
        return say(f"asks.measure_{ask.measure}")
    alone = not others and bool(ask.period) and answer.outcome in ("ask_back", "no_figure")
    parts = [] if same_series or alone else [_series(ask, before, answer)]
    if ask.period and not same_period:
        parts.append(short_period(ask.period))
    if ask.against and before and ask.against != before.against:
        return say("asks.against", period=short_period(ask.against))
    return say("asks.between").join(part for part in parts if part) or _view(ask, None)


def _series(ask: Question, before: Question | None, answer: Answer) -> str:
    """Imports, where the flow alone differs; else the commodity, with its flow; Everything."""
    if len(ask.commodities) > 2 or not ask.pairs:
        return say("asks.everything") if ask.pairs else ""
    if ask.partner and (before is None or before.partner != ask.partner):
        return country(ask.partner)
    flow = flow_name(ask.flows[0]) if len(ask.flows) == 1 else ""
    if before and before.commodities == ask.commodities and flow:
        return upper_first(flow)
    names = [commodity_name(answer.catalogue[name]) for name in ask.commodities if name in answer.catalogue]
    return say("asks.series", commodity=names[0] if names else "", flow=flow).strip()
