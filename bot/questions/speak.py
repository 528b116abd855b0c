"""A Question in words that read back as the same Question."""

from collections.abc import Iterable

from bot.dataset.calendar import Period
from bot.dataset.model import UNITS, Flow
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
    return words_in(question, (question.unit,), every)[question.unit]


def words_in(question: Question, units: Iterable[Unit], every: Iterable[str] = ()) -> dict[Unit, str]:
    """The words for the same question in each of these units."""
    if question.view == "help":
        return dict.fromkeys(units, "help")
    all_series = question.view == "overview" or question.commodities == tuple(every)
    everything = all_series and not question.pairs
    before = [
        "everything" if everything and not question.scope else _what(question),
        "" if everything and question.flows == _BOTH else _flow(question),
        _partner(question),
    ]
    after = [_view(question), _when(question)]
    return {unit: " ".join(filter(None, (*before, _measure(question, unit), *after))) for unit in units}


def remembered(question: Question, every: Iterable[str] = ()) -> str:
    """The words that a thread keeps: with the period asked about before, which people are not shown."""
    before = f" asked after {_period(question.earlier)}" if question.earlier else ""
    return words(question, every) + before


def _what(question: Question) -> str:
    if question.pairs:
        return " and ".join(f"{name.replace('_', ' ')} {flow}s" for name, flow in question.pairs)
    if question.scope:
        return question.scope
    return " and ".join(name.replace("_", " ") for name in question.commodities)


def _flow(question: Question) -> str:
    if question.pairs:
        return ""
    return "net trade" if question.flows == ("net",) else " and ".join(f"{flow}s" for flow in question.flows)


def _partner(question: Question) -> str:
    if not question.partner:
        return ""
    return _PREPOSITIONS.get("".join(question.flows), "with") + f" {question.partner}"


def _measure(question: Question, unit: Unit) -> str:
    if question.measure != "quantity":
        return _MEASURE_WORDS[question.measure] + (" share" if unit == "%" else "")
    if unit == "%":
        return "volume share"
    plain = unit == UNITS["quantity"] and not question.partner  # with a partner a value could be read
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


def _when(question: Question) -> str:
    if question.period is None:
        return ""
    against = f" vs {_period(question.against)}" if question.against else ""
    return _period(question.period) + against


def _period(period: Period) -> str:
    return f"ytd {period.end.name}" if period.kind == "ytd" else period.name
