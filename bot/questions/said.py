"""What one text says, piece by piece, before it is joined with the thread's last question."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.dataset.model import Flow, Measure
from bot.questions.directions import (
    DIRECTED,
    beside_net,
    difference,
    excess,
    flows_in,
    from_abroad,
    net_imports,
    theirs,
    they_bought,
    without_verb,
)
from bot.questions.items import SERIES, Item, Sense
from bot.questions.known import TODAY, Known
from bot.questions.question import Order, Unit
from bot.questions.record import Record
from bot.questions.relations import (
    apart,
    beside_a_partner,
    pairs,
    ratio,
    without_shared_total,
    world_trade,
)
from bot.questions.times import Times, times_of
from bot.questions.wish import Wish, wish_of
from bot.words import language, say

_MONEY = "多少钱"  # that of all of it, or of a tonne
_EITHER_MONEY: frozenset[Measure] = frozenset({"value", "unit_value"})
_READ = frozenset({"order", "time"})
_PARTS = frozenset({"wider", "part"})
_RELATED = frozenset({"measure", "world", "total"})  # what is told by its place among the others
_MUTE = frozenset(
    {
        "join",
        "and",
        "between",
        "out_of",
        "into",
        "unknown",
        "wrong",
        "unmet",
        "leading",
        "outside",
        "country",
        "help",
        "reset",
        "degree",
        "mend",
        "not",
        "next",
        "asks_what",
        "meaning",
        "with",
        "gap",
        "by",
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said; empty fields were not. `world` takes a partner away again.

    `pairs`: series each with its flow; `apart`: series, flows or partners each with its time, as if each had
    been said alone; `beside_net`: flows that were named beside net trade. `ratio`: one series per tonne of
    another. `world_trade`: the world's own trade; `total`: a total, perhaps of all countries; `both`: that
    word alone, which can be of the flows or of two periods; `total_apart`: one that is named beside a
    country; `theirs`: what a partner may have exported, or bought;
    `known`: on which day's knowledge the question rests.
    """

    commodities: tuple[str, ...] = ()
    everything: bool = False
    scopes: tuple[str, ...] = ()
    flows: tuple[Flow, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    partners: tuple[str, ...] = ()
    world: bool = False
    measures: frozenset[Measure] = frozenset()
    units: tuple[Unit, ...] = ()
    times: Times = field(default_factory=Times)
    wish: Wish = field(default_factory=Wish)
    same: bool = False
    help: bool = False
    reset: bool = False
    restated: tuple[str, ...] = ()
    anything: bool = False
    beside_net: tuple[Flow, ...] = ()
    apart: tuple["Said", ...] = ()
    ratio: bool = False
    world_trade: bool = False
    total: bool = False
    total_apart: bool = False
    both: bool = False
    theirs: bool = False
    known: Known = TODAY


def said_in(items: Sequence[Item], record: Record) -> Said:
    """The items sorted by what they speak of."""
    senses = {item.sense for item in items}
    items = _read_as_one(items, senses)
    if "total" in senses and "unit" in senses:
        items = without_shared_total(items)
        senses = {item.sense for item in items}
    return _sorted(items, senses, record)


def _read_as_one(items: Sequence[Item], senses: set[Sense]) -> Sequence[Item]:
    """The items with what several of them mean together in their place."""
    if "degree" in senses:
        items = excess(items)
    if "gap" in senses:
        items = difference(items)
    if items and items[0].text == "export":
        items = without_verb(items)
    return items


def _sorted(items: Sequence[Item], senses: set[Sense], record: Record) -> Said:
    related = not senses.isdisjoint(_RELATED)
    series = [(item, item.value.split("|")) for item in items if item.sense in SERIES]
    groups = _values(items, "group") if "group" in senses else ()
    named = tuple(dict.fromkeys([ids[0] for _, ids in series] + (_raw(record) if "raw" in groups else [])))
    flows, mirrored = flows_in(items) if senses & DIRECTED else ((), [])
    return Said(
        commodities=named,
        everything="all" in groups and not named,
        scopes=tuple(ids[1] for _, ids in series if len(ids) > 1),
        flows=flows,
        pairs=pairs(items),
        partners=_values(items, "partner") if "partner" in senses else (),
        world="world" in senses,
        measures=_measures(items),
        units=_units(items, senses) if "unit" in senses else (),
        times=times_of(items),
        wish=_wish(items) if "order" in senses else wish_of(items),
        same="same" in senses,
        help="help" in senses,
        reset="reset" in senses,
        restated=(
            *(_wider(items, record) if senses & _PARTS else ()),
            *mirrored,
            *(_readings(items) if senses & _READ else ()),
        ),
        anything=bool(senses - _MUTE),
        beside_net=beside_net(items) if "net" in flows else (),
        apart=tuple(said_in(part, record) for part in apart(items)),
        ratio=related and ratio(items),
        world_trade=related and (world_trade(items) or from_abroad(items)),
        total="total" in senses,
        theirs="partner" in senses
        and (they_bought(items) or (flows == ("export",) and not mirrored and theirs(items))),
        total_apart=related and "partner" in senses and beside_a_partner(items),
        both=flows == _EITHER_WAY and any(item.text == "both" for item in items),
    )


def _values(items: Sequence[Item], sense: Sense) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.value for item in items if item.sense == sense))


def _units(items: Sequence[Item], senses: set[Sense]) -> tuple[Unit, ...]:
    """The units; 百分之几 beside a change asks for that change and for no share."""
    if senses & {"growth", "compare"}:
        items = [item for item in items if item.text != "百分之几"]
    return _values(items, "unit")  # type: ignore[return-value]


def _wish(items: Sequence[Item]) -> Wish:
    """The wish; the largest net imports are where the balance is lowest."""
    wish = wish_of(items)
    if wish.order not in _OPPOSITE or not net_imports(items):
        return wish
    return replace(wish, order=_OPPOSITE[wish.order])


_EITHER_WAY = ("export", "import")
_OPPOSITE: dict[Order | None, Order] = {"highest": "lowest", "lowest": "highest"}
_BALANCES = ("trade surplus", "trade deficit", "顺差", "逆差")


def _readings(items: Sequence[Item]) -> list[str]:
    """A clause for what is read in a sense that others might not give it."""
    told = []
    if any(item.moment and item.text.startswith("fy") for item in items):
        told.append(say("said.fiscal_year"))
    if any(item.sense == "order" for item in items) and net_imports(items):
        told.append(say("said.net_imports"))
    return told


def _raw(record: Record) -> list[str]:
    return [name for name in ("bauxite", "alumina") if name in record.catalogue]


def _wider(items: Sequence[Item], record: Record) -> list[str]:
    """A clause for each word that is only part of the line it is answered with."""
    parts = dict.fromkeys((item.text, item.value) for item in items if item.sense in ("wider", "part"))
    names = {text: _full_name(value, record) for text, value in parts}
    return [say("said.no_line", said=text, series=named) for text, named in names.items()]


def _full_name(series: str, record: Record) -> str:
    """The whole name that the publisher has for a line, inside a sentence."""
    found = record.catalogue[series]
    return found.name_zh if language() == "zh" else found.name_en[:1].lower() + found.name_en[1:]


def _and_measured(items: Sequence[Item]) -> bool:
    """Whether it goes on with another measure: 和金额, 和出口额."""
    senses = [item.sense for item in items[:3]]
    return senses[:2] == ["and", "measure"] or senses == ["and", "flow", "measure"]


def _measures(items: Sequence[Item]) -> frozenset[Measure]:
    named = [item for item in items if item.sense == "measure"]
    if named and all(item.text == _MONEY for item in named):
        return _EITHER_MONEY
    said = {item.value for item in named}
    if not said and _in_money(items):
        return frozenset({"value"})
    if "unit_value" in said:
        said.discard("value")  # "the unit value in dollars" speaks of one thing
    volumes = [at for at, item in enumerate(items) if item.sense == "flow" and item.text.endswith("量")]
    if volumes and (not said or any(_and_measured(items[at + 1 :]) for at in volumes)):
        said.add("quantity")  # 出口量 after 出口额; 出口量和金额
    return frozenset(said)  # type: ignore[arg-type]


def _in_money(items: Sequence[Item]) -> bool:
    """Whether a surplus or a deficit of trade is spoken of, and not in tonnes: it is one of money."""
    named = any(item.sense == "flow" and item.text.endswith(_BALANCES) for item in items)
    return named and all(item.sense != "unit" for item in items)
