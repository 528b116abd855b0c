"""Plain text into items: at each place the longest of a time, an HS code or a phrase of the lexicon."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.dataset.commodities import Commodity
from bot.questions import lexicon, marks, noise, outside, wishes
from bot.questions.clean import CJK
from bot.questions.codes import read_code
from bot.questions.counted import STARTS as COUNTED
from bot.questions.counted import read_counted
from bot.questions.items import SERIES, Item, Sense
from bot.questions.moments import STARTS, read_moment
from bot.questions.record import Record
from bot.questions.vintages import STARTS as KNOWN
from bot.questions.vintages import read_vintage

_UNIT = re.compile(rf"[{CJK}]|\d+|[^\W\d_{CJK}]+|\S")
_HELD = frozenset("./")

_NAMED: frozenset[Sense] = frozenset(
    {
        "series",
        "wider",
        "group",
        "flow",
        "measure",
        "unit",
        "ytd",
        "compare",
        "latest",
        "growth",
        "partner",
        "help",
        "view",
    }
)

Meaning = tuple[Sense, str]
Unit = tuple[str, int]  # a word, number or character, and where it begins


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every phrase with its meaning, by its first unit, the longest first; and the names worth proposing."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], Meaning], ...]]
    names: Mapping[str, Meaning]
    sorted_names: tuple[str, ...]
    by_length: Mapping[int, Sequence[str]]  # the names of series

    def series_of(self, length: int) -> Sequence[str]:
        """The names of series that have so many letters."""
        return self.by_length.get(length, ())

    def match(self, units: list[Unit], at: int) -> tuple[Meaning, int] | None:
        """The meaning of the longest phrase that begins at that unit, and the unit after it."""
        for phrase, meaning in self.by_first.get(units[at][0], ()):
            if (after := _follow(phrase, units, at)) is not None:
                return meaning, after
        return None


def _follow(phrase: tuple[str, ...], units: list[Unit], at: int) -> int | None:
    """The unit after the phrase, hyphens inside it passed over; None where the units say something else."""
    for word in phrase:
        while at < len(units) and units[at][0] == "-" != word:
            at += 1
        if at >= len(units) or units[at][0] != word:
            return None
        at += 1
    return at


# The lexicons by the catalogue they are for (kept, so that its id stays its own): to hash one takes longer.
_KNOWN: dict[int, tuple[Mapping[str, Commodity], tuple[str, ...], Lexicon]] = {}
KEPT = 8


def lexicon_of(record: Record) -> Lexicon:
    """The lexicon for that record's series and partners; made once for each."""
    known = _KNOWN.get(id(record.catalogue))
    if known and known[0] is record.catalogue and known[1] == record.partners:
        return known[2]
    if len(_KNOWN) >= KEPT:
        _KNOWN.clear()
    lexicon_ = _lexicon(tuple(record.catalogue.values()), record.partners)
    _KNOWN[id(record.catalogue)] = record.catalogue, record.partners, lexicon_
    return lexicon_


def _lexicon(commodities: tuple[Commodity, ...], partners: tuple[str, ...]) -> Lexicon:
    meanings = dict(_entries(commodities, partners))
    split = sorted(
        (tuple(_UNIT.findall(phrase)) for phrase in meanings), key=lambda units: (units[0], -len(units))
    )
    joined = {tuple(_UNIT.findall(phrase)): meaning for phrase, meaning in meanings.items()}
    by_first = {
        first: tuple((phrase, joined[phrase]) for phrase in phrases)
        for first, phrases in groupby(split, key=lambda units: units[0])
    }
    names = {phrase: meaning for phrase, meaning in meanings.items() if _worth_naming(phrase, meaning)}
    names |= {name: ("time", str(number)) for name, number in lexicon.MONTHS.items()}
    ordered = tuple(sorted(names))
    return Lexicon(by_first, names, ordered, _by_length(name for name in ordered if names[name][0] in SERIES))


def _by_length(names: Iterable[str]) -> Mapping[int, Sequence[str]]:
    return {length: tuple(own) for length, own in groupby(sorted(names, key=len), len)}


def _worth_naming(phrase: str, meaning: Meaning) -> bool:
    return meaning[0] in _NAMED and " " not in phrase and len(phrase) > 1


def _entries(commodities: Iterable[Commodity], partners: tuple[str, ...]) -> Iterator[tuple[str, Meaning]]:
    """Phrases with their meaning; a later entry replaces an earlier one, so the series come last."""
    yield from _table("noise", {"": noise.NOISE})
    yield from _table("country", {"": outside.COUNTRIES})
    yield from _table("outside", outside.TOPICS)
    yield from _table("unmet", wishes.UNMET)
    yield from _table("growth", wishes.CHANGES)
    yield from _table("order", wishes.ORDERS)
    yield from _table("view", wishes.VIEWS)
    for mark, words in marks.MARKS.items():
        yield from _table(mark, {mark: words})
    yield from _table("group", lexicon.GROUPS)
    yield from _table("flow", lexicon.FLOWS)
    yield from _table("measure", lexicon.MEASURES)
    yield from _table("unit", lexicon.UNITS)
    yield from _table("partner", {name: lexicon.PARTNER_WORDS.get(name, name) for name in partners})
    for commodity in commodities:
        more = lexicon.MORE_WIDER_WORDS.get(commodity.id, "")
        yield from _table("wider", {commodity.id: ",".join((*commodity.wider_aliases, more))})
        yield from _table("series", {commodity.id: ",".join(_names(commodity))})


def _names(commodity: Commodity) -> tuple[str, ...]:
    more = lexicon.MORE_SERIES_WORDS.get(commodity.id, "").split(",")
    names = (commodity.id.replace("_", " "), *commodity.lines, commodity.name_zh, *more, *commodity.aliases)
    return tuple(spelt for name in names for spelt in _spelt(name))


def _spelt(name: str) -> Iterator[str]:
    """The name, and as desks write it: alu scrap, primary alu."""
    yield name
    for short in ("aluminum", "alu", "al") if "aluminium" in name and " " in name.strip() else ():
        yield name.replace("aluminium", short)


def _table(sense: Sense, table: Mapping[str, str]) -> Iterator[tuple[str, Meaning]]:
    for value, words in table.items():
        for word in words.split(","):
            if phrase := word.strip().casefold():
                yield phrase, (sense, value)


def items_of(text: str, record: Record) -> list[Item]:
    """The items of a cleaned text, noise left out, in the order they were said."""
    words = lexicon_of(record)
    units = [(match.group(), match.start()) for match in _UNIT.finditer(text)]
    items, at = [], 0
    while at < len(units):
        item, at = _next(text, units, at, words, record)
        if item.sense != "noise":
            items.append(item)
    return items


def _next(text: str, units: list[Unit], at: int, words: Lexicon, record: Record) -> tuple[Item, int]:
    start = units[at][1]
    phrase = words.match(units, at)
    may_be_time = _may_be_time(units[at][0])
    if (may_be_time or units[at][0] in KNOWN) and (known := read_vintage(text, start, record.today)):
        return known[0], _unit_at(units, at, known[1])
    timed = read_moment(text, start, record.today) if may_be_time else None
    coded = None if timed else read_code(text, start, record)
    counted = read_counted(text, start) if units[at][0] in COUNTED or units[at][0].isdigit() else None
    special = counted if counted and counted[1] > (timed[1] if timed else start) else timed or coded
    special = special or _told_by_what_follows(text, units, at, words, record)
    end = _end(units, phrase[1]) if phrase else start
    if special and special[1] >= end:
        return special[0], _unit_at(units, at, special[1])
    if phrase:
        (sense, value), after = phrase
        return Item(sense, value, text[start:end]), after
    sense = "noise" if units[at][0] in _HELD else "unknown"
    return Item(sense, units[at][0], units[at][0]), at + 1


# "Where does the alumina figure for march come from" asks for the source, not for a country.
_WHERE = re.compile(
    r"where (?:do|does|did)(?= (?:[^\W_]+ ){0,5}?(?:figures?|numbers?|data|statistics|stats) "
    r"(?:\S+ ){0,6}?(?:come|comes|came) from(?![^\W_]))"
)


# When something last happened, and the months in which it did, are no release date and no country; when the
# last import figure was published is one, and 最近一次 without a when is the newest.
_HAPPENED = (
    "(?:net|import|export|buy|sell|sold|bought|ship|more|less|above|below|over|under|exceed|top"
    r"|rise|rose|fall|fell)[^\W_]{0,4}(?![^\W_])"
)
_RELEASED = r"(?!.* (?:publish|releas|report|data|figures?|numbers?|c[ao]me out)(?:ed|es?|ing)?(?![^\W_]))"
_PICKED = {
    "when": (
        "last_time",
        re.compile(
            rf"when (?:did|was|were)(?= (?:[^\W_]+ ){{0,5}}?last (?:in |an? )?{_HAPPENED}){_RELEASED}"
        ),
    ),
    "最": ("last_time", re.compile("最近一次(?!的?数据)(?=.*(?:什么时候|何时|哪个?月|几月))")),
    "months": (
        "picked",
        re.compile(
            r"months (?:when|where|in which|during which|that)(?![^\W_])"
            r"(?! (?:no|missing|data|figures|there|are|is|have|has|you)(?![^\W_]))"
        ),
    ),
}


def _told_by_what_follows(
    text: str, units: list[Unit], at: int, words: Lexicon, record: Record
) -> tuple[Item, int] | None:
    """Words whose meaning is told by what comes after them: where, and by before a time or a partner."""
    word, start = units[at]
    if (picked := _PICKED.get(word)) and (match := picked[1].match(text, start)):
        return Item("unmet", picked[0], match.group()), match.end()
    if word == "where" and (match := _WHERE.match(text, start)):
        return Item("view", "sources", match.group()), match.end()
    if word != "by" or at + 1 >= len(units):
        return None
    named = words.match(units, at + 1)
    if named and named[0][0] == "partner":
        return Item("by", word, word), start + len(word)
    timed = _may_be_time(units[at + 1][0]) and read_moment(text, units[at + 1][1], record.today)
    return (Item("join", word, word), start + len(word)) if timed else None


def _may_be_time(unit: str) -> bool:
    return unit in STARTS or unit[0].isdigit()


def _end(units: list[Unit], after: int) -> int:
    word, start = units[after - 1]
    return start + len(word)


def _unit_at(units: list[Unit], at: int, end: int) -> int:
    while at < len(units) and units[at][1] < end:
        at += 1
    return at
