"""A Question in words that read back as the same Question."""

from collections.abc import Iterable
from functools import lru_cache

from bot.dataset.calendar import Period
from bot.dataset.model import UNITS, Flow, Measure
from bot.questions.named import day_name
from bot.questions.question import Question, Unit

_UNIT_WORDS = {
    "kt": "in kt",
    "Mt": "in Mt",
    "wan_t": "in 万吨",
    "lb": "in lb",
    "st": "in short tons",
    "t": "in t",
    "t/day": "per day",
    "%": "share",
}
_ORDER_WORDS = {
    "highest": "highest months",
    "lowest": "lowest months",
    "rise": "biggest rises",
    "fall": "biggest falls",
}
_CHANGE_WORDS = {None: "", "yoy": "yoy", "mom": "mom", "ytd": "ytd growth"}
_VIEW_WORDS = {
    "trend": "trend",
    "average": "average",
    "highlights": "highlights",
    "sources": "sources",
    "revisions": "revisions",
    "coverage": "coverage",
    "export": "csv",
    "release": "release",
}
_MEASURE_WORDS = {"quantity": "", "value": "value in US$", "unit_value": "unit value"}
_PREPOSITIONS = {"export": "to", "import": "from"}
_BOTH: tuple[Flow, ...] = ("export", "import")


def words(question: Question, every: Iterable[str] = ()) -> str:
    """English words for it: "alumina exports March 2024".

    `understand` reads them back, without a last question, as the same question but for two things that the
    words do not carry: `open_ended` (the words hold the month that was found) and `restated`. Where the ids
    of `every` series are given, all of them together are "everything".
    """
    if question.view == "help":
        return "help"
    named = about(question, every)
    if question.view == "release" and not question.period and named == "everything":
        return "next release"
    return sentence(named, _view(question), question.period, question.against) + knowledge(question)


def words_in(question: Question, units: Iterable[Unit], every: Iterable[str] = ()) -> dict[Unit, str]:
    """The words for the same question in each of these units."""
    behind = sentence("", _view(question), question.period, question.against) + knowledge(question)
    return {unit: about(question, every, unit) + behind for unit in units}


def knowledge(question: Question) -> str:
    """The words for the day that a question rests on, after the others; '' where that is today."""
    as_of = f" as of {day_name(question.as_of)}" if question.as_of else ""
    since = f" since {day_name(question.since)}" if question.since else ""
    return since + (" as first published" if question.first else as_of)


def sentence(named: str, view: str, period: Period | None, against: Period | None = None) -> str:
    """Words for a question of a subject in a view: "alumina exports" and "trend" of 2025."""
    told = f"{named} {view}" if view else named
    if period is None:
        return told
    return f"{told} {_period(period)} vs {_period(against)}" if against else f"{told} {_period(period)}"


def about(
    question: Question,
    every: Iterable[str] = (),
    unit: Unit | None = None,
    flows: tuple[Flow, ...] = (),
    measure: Measure | None = None,
) -> str:
    """What a question is about: its series, partner and measure; or in another unit, flow or measure."""
    all_series = question.view == "overview" or question.commodities == tuple(every)
    everything = all_series and not question.pairs
    return _subject(
        question.commodities, flows or question.flows, () if flows else question.pairs, question.scope,
        question.partner, measure or question.measure, unit or question.unit, everything,
    )  # fmt: skip


@lru_cache(maxsize=1_000)
def _subject(
    commodities: tuple[str, ...],
    flows: tuple[Flow, ...],
    pairs: tuple[tuple[str, Flow], ...],
    scope: str | None,
    partner: str,
    measure: Measure,
    unit: Unit,
    everything: bool,
) -> str:
    parts = [
        "everything" if everything and not scope else _what(commodities, pairs, scope),
        "" if pairs or (everything and flows == _BOTH) else _flow(flows),
        _partner(partner, flows) if partner else "",
        _measure(measure, unit, partner),
    ]
    return " ".join(part for part in parts if part)


def remembered(question: Question, every: Iterable[str] = ()) -> str:
    """The words that a thread keeps: with the period asked about before, which people are not shown."""
    before = f" asked after {_period(question.earlier)}" if question.earlier else ""
    return words(question, every) + before


def _what(commodities: tuple[str, ...], pairs: tuple[tuple[str, Flow], ...], scope: str | None) -> str:
    if pairs:
        return " and ".join(f"{name.replace('_', ' ')} {flow}s" for name, flow in pairs)
    return scope or " and ".join(name.replace("_", " ") for name in commodities)


def _flow(flows: tuple[Flow, ...]) -> str:
    return "net trade" if flows == ("net",) else " and ".join(f"{flow}s" for flow in flows)


def _partner(partner: str, flows: tuple[Flow, ...]) -> str:
    return _PREPOSITIONS.get("".join(flows), "with") + f" {partner}"


def _measure(measure: Measure, unit: Unit, partner: str) -> str:
    if measure != "quantity":
        return _MEASURE_WORDS[measure] + (" share" if unit == "%" else "")
    if unit == "%":
        return "volume share"
    plain = unit == UNITS["quantity"] and not partner  # with a partner a value could be read
    return "" if plain else _UNIT_WORDS[unit]


def _view(question: Question) -> str:
    change = _CHANGE_WORDS[question.change]
    match question.view:
        case "ranking":
            return f"{question.top} {_ORDER_WORDS[question.order]} {change}".strip()
        case "export" if question.monthly:
            return "monthly csv"
        case "record":
            return "lowest since when" if question.order == "lowest" else "record"
        case "growth":
            return change or "growth"
        case view:
            return f"{_VIEW_WORDS.get(view, '')} {change}".strip()


def _period(period: Period) -> str:
    return f"ytd {period.end.name}" if period.kind == "ytd" else period.name
