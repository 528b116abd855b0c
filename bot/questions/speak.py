"""A Question in words, for the screen, in the language that is spoken."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.dataset.calendar import Period
from bot.dataset.companions import Commodity
from bot.dataset.model import UNITS, Flow, Measure
from bot.questions.bounds import MIRRORED
from bot.questions.named import day_name, month_name, period_name
from bot.questions.partners import ROWS
from bot.questions.question import Criterion, Order, Question, Unit, View
from bot.words import both, language, say
from bot.words.folder import country

Names = Mapping[str, Commodity]  # the series by id
NONE: Final[Names] = MappingProxyType({})
_UNIT_NAMES: Mapping[Unit, str] = {"wan_t": "wan", "t/day": "day"}  # where a unit is no name by itself
_PLAIN: frozenset[View] = frozenset({"figure", "overview", "compare"})  # views that need no word
_CHANGING: frozenset[View | Order] = frozenset({"trend", "growth", "rise", "fall"})  # of a change with a name
_BOTH: tuple[Flow, ...] = ("export", "import")
_BOUND_SCALES: Mapping[Measure, float] = {"quantity": 1e3, "value": 1e6, "unit_value": 1.0}  # kt, US$m, US$/t


def words(question: Question, every: Names = NONE) -> str:
    """Words for it: "alumina exports March 2024", "2024年3月氧化铝出口".

    Where `every` series is given, all of them together are "everything", and each has its name in the
    language.
    """
    if question.view == "help":
        return say("speak.help")
    told, periods, against = about(question, every), question.periods, question.against
    if question.view == "release" and not periods and told == say("speak.everything"):
        return say("speak.next_release")
    named = both([_period(period) for period in periods]) if periods else ""
    if question.view == "release" and periods and told == say("speak.everything"):
        return say("speak.released", period=named)
    told = _seen(question, told)
    if periods and against:
        told = say("speak.against", told=told, period=named, against=_period(against))
    elif periods:
        told = say("speak.dated", told=told, period=named)
    if question.since:
        told += say("speak.since", day=day_name(question.since))
    if question.first:
        return told + say("speak.first")
    return told + (say("speak.as_of", day=day_name(question.as_of)) if question.as_of else "")


def _seen(question: Question, named: str) -> str:
    view, order, change = question.view, question.order, question.change
    if view in _PLAIN:
        return named
    behind = f"_{change}" if change and (order if view == "ranking" else view) in _CHANGING else ""
    match view:
        case "ranking":
            return say(f"speak.ranking_{order}{behind}", told=named, top=question.top)
        case "definition" if question.topics:
            topics = [topic.replace("_", " ") for topic in question.topics]
            return say("speak.view_definition", told=both(topics))
        case "partners" if question.top != ROWS:
            return say("speak.top_partners", told=named, top=question.top)
        case "table" if question.by:
            return say(f"speak.table_by_{question.by}", told=named)
        case "count" | "streak" if question.criterion:
            bound = _bound(question.criterion, question.measure)
            return say(f"speak.counted_{view}", told=named, bound=bound)
        case "check" if question.criterion:
            return say("speak.checked", told=named, bound=_bound(question.criterion, question.measure))
        case "record" if order == "lowest":
            return say("speak.view_record_low", told=named)
        case _:
            return say(f"speak.view_{view}{behind}", told=named)


def _bound(criterion: Criterion, measure: Measure) -> str:
    """Above 200 kt; up, or down, by so much on a year or a month earlier; net trade above zero."""
    side, bound, of = criterion
    if of == "level":
        amount = say(f"speak.amount_{measure}", number=f"{bound / _BOUND_SCALES[measure]:.15g}")
        return say(f"speak.level_{side}", bound=amount)
    fell = bound < 0 or (not bound and side in ("below", "at_most"))
    way, basis = "down" if fell else "up", say(f"speak.basis_{of}")
    if not bound:
        return say(f"speak.just_{way}", basis=basis)
    side = MIRRORED[side] if fell else side
    return say(f"speak.moved_{way}_{side}", bound=f"{abs(bound):g}", basis=basis)


def about(question: Question, every: Names = NONE) -> str:
    """What a question is about: its series, flows, partner, measure and unit."""
    flows, partner = question.flows, question.partner
    lines, partners = {pair[:2] for pair in question.pairs}, {pair.partner for pair in question.pairs}
    if len(lines) * len(partners) > len(question.pairs) or len(partners - {""}) > 1:
        return both([about(replace(question, pairs=(pair,)), every) for pair in question.pairs])
    told = _named(question, flows, every)
    if not told:
        told = say("speak.everything")
        told = told if flows in ((), _BOTH) else _with_flow(told, flows)
    if partner := partner or next((pair.partner for pair in question.pairs if pair.partner), ""):
        told = say(f"speak.partner_{_flow(flows)}", told=told, partner=country(partner))
        if any(not pair.partner for pair in question.pairs):
            told = say("speak.and_world", told=told)
    return _measured(told, question.measure, question.unit, partner)


def _named(question: Question, flows: tuple[Flow, ...], every: Names) -> str:
    if question.scope:
        return _with_flow(question.scope, flows)
    mixed = len(question.pairs) != len(question.commodities) * len(flows)  # not every series in every flow
    if mixed or len(flows) > 2:
        return both([_with_flow(series_words(name, every), (flow,)) for name, flow in question.lines])
    names = question.commodities
    if question.view == "overview" or names == () or (names == tuple(every) and len(names) > 1):
        return ""
    return _with_flow(both([series_words(name, every) for name in names]), flows)


def series_words(name: str, every: Names) -> str:
    """A series as questions name it: unwrought aluminium, 铝及铝材."""
    return every[name].short_zh if language() == "zh" and name in every else name.replace("_", " ")


def _with_flow(told: str, flows: tuple[Flow, ...]) -> str:
    return say(f"speak.flow_{_flow(flows)}", told=told)


def _flow(flows: tuple[Flow, ...]) -> str:
    return flows[0] if len(flows) == 1 else "both"


def _measured(told: str, measure: Measure, unit: Unit, partner: str) -> str:
    if unit == "%":
        return say(f"speak.share_{measure}", told=told)
    if measure != "quantity":
        return say(f"speak.measure_{measure}", told=told)
    if unit == UNITS["quantity"] and not partner:  # with a partner a value could be read
        return told
    return say(f"speak.unit_{_UNIT_NAMES.get(unit, unit)}", told=told)


def _period(period: Period) -> str:
    if period.kind != "ytd":
        return period_name(period)
    end = period.end
    month = month_name(end.number)
    return say("speak.ytd" if end.number > 1 else "speak.ytd_january", month=month, year=end.year)
