"""A Question in words that read back as the same Question, in the language that is spoken."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from bot.dataset.calendar import Period
from bot.dataset.catalogue import Commodity
from bot.dataset.model import UNITS, Flow, Measure
from bot.questions.named import day_name, month_name, period_name
from bot.questions.question import Change, Order, Question, Unit, View
from bot.words import Language, language, say
from bot.words.countries import country
from bot.words.joints import both

Names = Mapping[str, Commodity]  # the series by id
NONE: Final[Names] = MappingProxyType({})
_UNIT_NAMES: Mapping[Unit, str] = {"wan_t": "wan", "t/day": "day"}  # where a unit is no name by itself
_PLAIN: frozenset[View] = frozenset({"figure", "overview", "compare"})  # views that need no word
_CHANGING: frozenset[View | Order] = frozenset({"trend", "growth", "rise", "fall"})  # of a change with a name
_BOTH: tuple[Flow, ...] = ("export", "import")
_SUBJECT = "\0"


def words(question: Question, every: Names = NONE) -> str:
    """Words for it: "alumina exports March 2024", "2024年3月氧化铝出口".

    `understand` reads them back, without a last question, as the same question but for two things that the
    words do not carry: `open_ended` (the words hold the month that was found) and `restated`. Where `every`
    series is given, all of them together are "everything", and each has its name in the language.
    """
    if question.view == "help":
        return say("speak.help")
    if question.view == "release" and not question.period and about(question, every) == everything():
        return say("speak.next_release")
    return _around(question).replace(_SUBJECT, about(question, every))


def words_in(question: Question, units: Iterable[Unit], every: Names = NONE) -> dict[Unit, str]:
    """The words for the same question in each of these units."""
    around = _around(question)
    return {unit: around.replace(_SUBJECT, about(question, every, unit)) for unit in units}


def _around(question: Question) -> str:
    """The words of a question with a mark in place of what it is about."""
    told = seen(_SUBJECT, question.view, question.change, question.order, question.top, question.monthly)
    return sentence(told, question.period, question.against) + knowledge(question)


def remembered(question: Question, every: Names = NONE) -> str:
    """The words that a thread keeps: with the period asked about before, which people are not shown."""
    told = words(question, every)
    if not question.earlier:
        return told
    return say("speak.earlier", told=told, period=_period(question.earlier))


def knowledge(question: Question) -> str:
    """The words for the day that a question rests on, after the others; '' where that is today."""
    since = say("speak.since", day=day_name(question.since)) if question.since else ""
    if question.first:
        return since + say("speak.first")
    return since + (say("speak.as_of", day=day_name(question.as_of)) if question.as_of else "")


def sentence(told: str, period: Period | None, against: Period | None = None) -> str:
    """The words for what is asked, with its time: "alumina exports trend" of 2025."""
    if period is None:
        return told
    if against is None:
        return say("speak.dated", told=told, period=_period(period))
    return say("speak.against", told=told, period=_period(period), against=_period(against))


def seen(
    named: str,
    view: View,
    change: Change | None = None,
    order: Order = "highest",
    top: int = 5,
    monthly: bool = False,
) -> str:
    """The words for a subject in a view: "alumina exports trend"."""
    if view in _PLAIN:
        return named
    behind = f"_{change}" if change and (order if view == "ranking" else view) in _CHANGING else ""
    match view:
        case "ranking":
            return say(f"speak.ranking_{order}{behind}", told=named, top=top)
        case "export" if monthly:
            return say("speak.view_export_monthly", told=named)
        case "record" if order == "lowest":
            return say("speak.view_record_low", told=named)
        case _:
            return say(f"speak.view_{view}{behind}", told=named)


def everything() -> str:
    """All series together."""
    return say("speak.everything")


def about(
    question: Question,
    every: Names = NONE,
    unit: Unit | None = None,
    flows: tuple[Flow, ...] = (),
    measure: Measure | None = None,
) -> str:
    """What a question is about: its series, partner and measure; or in another unit, flow or measure."""
    all_series = question.view == "overview" or question.commodities == tuple(every)
    pairs = () if flows else question.pairs
    lines = tuple((series_words(name, every), flow) for name, flow in pairs)
    names = tuple(series_words(name, every) for name in question.commodities)
    if all_series and not (question.pairs or question.scope):
        names = ()
    return _subject(
        (question.scope,) if question.scope else names, flows or question.flows, lines,
        question.partner, measure or question.measure, unit or question.unit, language(),
    )  # fmt: skip


def series_words(name: str, every: Names) -> str:
    """A series as questions name it: unwrought aluminium, 铝及铝材."""
    return every[name].short_zh if language() == "zh" and name in every else name.replace("_", " ")


@lru_cache(maxsize=1_000)
def _subject(
    names: tuple[str, ...],
    flows: tuple[Flow, ...],
    lines: tuple[tuple[str, Flow], ...],
    partner: str,
    measure: Measure,
    unit: Unit,
    _spoken: Language,  # so that what is kept is of one language
) -> str:
    if lines:
        told = both([_with_flow(name, (flow,)) for name, flow in lines])
    elif names:
        told = _with_flow(both(names), flows)
    else:
        told = everything() if flows == _BOTH else _with_flow(everything(), flows)
    if partner:
        told = say(f"speak.partner_{_flow(flows)}", told=told, partner=country(partner))
    return _measured(told, measure, unit, partner)


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
