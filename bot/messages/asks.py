"""What to ask next, and what its button calls it: what differs from the question before, in few letters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.messages.names import commodity_name, flow_name, upper_first
from bot.messages.period_names import short_period
from bot.messages.report import Ask
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


def next_asks(answer: Answer) -> tuple[Ask, ...]:
    """All questions that follow an answer, the likeliest first, each with its own label."""
    question = answer.question
    if question is None or not answer.figures:
        offers = answer.offers or answer.onward
        shared = offers[0] if len(offers) > 1 else None  # so that each label says what differs
        return distinct(Ask(_label(each, shared, answer), each) for each in offers)
    own = [*_beside(answer, question), *answer.onward]
    if answer.instead or answer.outcome != "answered":
        own = [*answer.offers, *own]
    return distinct(Ask(_label(each, question, answer), each) for each in own if each.view != "export")


def _beside(answer: Answer, question: Question) -> Iterator[Question]:
    """A chart's figures as a table; the months of a figure first."""
    if question.view == "trend" and answer.plots:
        yield replace(question.plain, view="table", by="month")
    for view in ("trend", "partners", "figure") if question.view == "figure" else ():
        yield from (each for each in answer.onward if each.view == view)


def distinct(asks: Iterable[Ask]) -> tuple[Ask, ...]:
    """Each label and each question once."""
    found: dict[str, Ask] = {}
    seen: set[Question] = set()
    for ask in asks:
        if ask.label and ask.label not in found and ask.question not in seen:
            found[ask.label] = ask
            seen.add(ask.question)
    return tuple(found.values())


def beside_details(asks: Sequence[Ask], details: str) -> list[Ask]:
    """The two that fit on a line with Details and the menu."""
    kept: list[Ask] = []
    room = TOGETHER - len(details)
    for ask in asks:
        if len(ask.label) <= min(room, LETTERS) and len(kept) < CHOICES - 1:
            kept.append(ask)
            room -= len(ask.label)
    return kept


def _label(ask: Question, before: Question | None, answer: Answer) -> str:
    """Imports; vs Mar 2023; 13 months; Highlights; Bauxite, Jul 2026."""
    told = _view(ask, before) if before is None or ask.view != before.view else ""
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
