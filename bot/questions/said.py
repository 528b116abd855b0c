"""What one text says, piece by piece, before it is joined with the thread's last question."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.dataset.model import Flow, Measure
from bot.questions.directions import difference, excess, flows_in, theirs, without_verb
from bot.questions.items import Item, Moment
from bot.questions.question import Order, Unit
from bot.questions.record import Record
from bot.questions.times import Times, times_of
from bot.questions.wish import Wish, wish_of
from bot.questions.years import with_years

_PER_TONNE = ("per tonne", "per ton", "per t", "a tonne", "a ton")
_SERIES = frozenset({"series", "wider", "part", "scope"})
_READ = frozenset({"order", "time"})
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
        "asked_after",
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

    `pairs`: series each with its flow; `apart`: series, flows or partners each with its time. `ratio`: one
    series per tonne of another. `earlier`: the time asked about before, in the words that a thread keeps.
    `world_trade`: the world's own trade; `total`: a total, perhaps of all countries; `both`: that word alone,
    which can be of the flows or of two periods;
    `total_apart`: one that is named beside a country; `theirs`: exports that may be a partner's own.
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
    apart: bool = False
    earlier: Moment | None = None
    ratio: bool = False
    world_trade: bool = False
    total: bool = False
    total_apart: bool = False
    both: bool = False
    theirs: bool = False


def said_in(items: Sequence[Item], record: Record) -> Said:
    """The items sorted by what they speak of."""
    senses = {item.sense for item in items}
    before: Sequence[Item] = ()
    if "asked_after" in senses:
        items, before = _asked_after(items)
    if "degree" in senses:
        items = excess(items)
    if "gap" in senses:
        items = difference(items)
    if items and items[0].text == "export":
        items = without_verb(items)
    if "total" in senses and "unit" in senses:
        items = _share_of_total(items)
        senses = {item.sense for item in items}
    related = not senses.isdisjoint(_RELATED)
    series = [(item, item.value.split("|")) for item in items if item.sense in _SERIES]
    groups = {item.value for item in items if item.sense == "group"}
    named = tuple(dict.fromkeys([ids[0] for _, ids in series] + (_raw(record) if "raw" in groups else [])))
    flows, mirrored = flows_in(items)
    return Said(
        commodities=named,
        everything="all" in groups and not named,
        scopes=tuple(ids[1] for _, ids in series if len(ids) > 1),
        flows=flows,
        pairs=_pairs(items),
        partners=tuple(dict.fromkeys(item.value for item in items if item.sense == "partner")),
        world="world" in senses,
        measures=_measures(items),
        units=tuple(dict.fromkeys(item.value for item in items if item.sense == "unit")),  # type: ignore[misc]
        times=times_of(items),
        earlier=times_of(before).period if before else None,
        wish=_wish(items) if "order" in senses else wish_of(items),
        same="same" in senses,
        help="help" in senses,
        reset="reset" in senses,
        restated=(*_wider(items, record), *mirrored, *(_readings(items) if senses & _READ else ())),
        anything=bool(senses - _MUTE),
        apart=_apart(items),
        ratio=related and _ratio(items),
        world_trade=related and _world_trade(items),
        total="total" in senses,
        theirs=bool(flows == ("export",) and "partner" in senses and not mirrored and theirs(items)),
        total_apart=related and "partner" in senses and _beside_a_partner(items),
        both=flows == _EITHER_WAY and any(item.text == "both" for item in items),
    )


def _share_of_total(items: Sequence[Item]) -> Sequence[Item]:
    """The items without the total that a share is of: nothing is added up."""
    before = [None, *items[:-1]]
    return [
        item
        for item, share in zip(items, before, strict=True)
        if not (item.sense == "total" and share and share.value == "%")
    ]


def _wish(items: Sequence[Item]) -> Wish:
    """The wish; the largest net imports are where the balance is lowest."""
    wish = wish_of(items)
    if wish.order not in _OPPOSITE or not _net_imports(items):
        return wish
    return replace(wish, order=_OPPOSITE[wish.order])


_EITHER_WAY = ("export", "import")
_OPPOSITE: dict[Order | None, Order] = {"highest": "lowest", "lowest": "highest"}
_NET_IMPORTS = ("import", "deficit", "进口", "進口", "逆差")


def _net_imports(items: Sequence[Item]) -> bool:
    net = [item.text for item in items if item.sense == "flow" and item.value == "net"]
    plain = {item.value for item in items if item.sense == "flow"}  # net alumina imports
    return plain == {"net", "import"} or any(word in text for text in net for word in _NET_IMPORTS)


def _readings(items: Sequence[Item]) -> list[str]:
    """A clause for what is read in a sense that others might not give it."""
    told = []
    if any(item.moment and item.text.startswith("fy") for item in items):
        told.append("a fiscal year is read as the calendar year")
    if any(item.sense == "order" for item in items) and _net_imports(items):
        told.append("net imports are a balance below zero")
    return told


def _world_trade(items: Sequence[Item]) -> bool:
    """Whether the world's own trade is asked for: "global exports", but not "exports to the world"."""
    return any(
        item.sense == "world" and item.text in _WORLD and (not before or before.sense not in _PREPOSITIONS)
        for before, item in zip([None, *items], items, strict=False)
    )


def _beside_a_partner(items: Sequence[Item]) -> bool:
    """Whether a total is set beside a country: to Russia and total, Russia vs total."""
    joined = ("and", "compare")
    return any(
        (a.sense in joined and b.sense == "total") or (a.sense == "total" and b.sense in joined)
        for a, b in pairwise(items)
    )


_WORLD = ("world", "the world", "worldwide", "global", "全球")
_PREPOSITIONS = ("join", "out_of", "into", "and", "compare", "unit")


def _asked_after(items: Sequence[Item]) -> tuple[Sequence[Item], Sequence[Item]]:
    """What is asked, and the time that was asked about before it."""
    at = next((i for i, item in enumerate(items) if item.sense == "asked_after"), len(items))
    return items[:at], items[at + 1 :]


def _raw(record: Record) -> list[str]:
    return [name for name in ("bauxite", "alumina") if name in record.catalogue]


def _wider(items: Sequence[Item], record: Record) -> list[str]:
    """A clause for each word that is only part of the line it is answered with."""
    parts = dict.fromkeys((item.text, item.value) for item in items if item.sense in ("wider", "part"))
    return [
        f"there is no line for “{text}” alone, this is {record.catalogue[value].name_en}"
        for text, value in parts
    ]


def _measures(items: Sequence[Item]) -> frozenset[Measure]:
    said = {item.value for item in items if item.sense == "measure"}
    if "unit_value" in said:
        said.discard("value")  # "the unit value in dollars" speaks of one thing
    if not said and any(item.sense == "flow" and item.text.endswith("量") for item in items):
        said.add("quantity")  # 出口量 after 出口额
    return frozenset(said)  # type: ignore[arg-type]


def _pairs(items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
    """Series that were each named with a flow of their own: alumina exports and bauxite imports."""
    kinds = [item for item in items if item.sense in ("series", "wider", "part", "flow")]
    if len(kinds) < 4:
        return ()
    first, second = kinds[::2], kinds[1::2]
    for names, flows in ((first, second), (second, first)):
        alternate = all(item.sense != "flow" for item in names) and all(
            item.sense == "flow" for item in flows
        )
        if alternate and len(names) == len(flows) > 1 and len({item.value for item in flows}) > 1:
            return tuple((name.value, flow.value) for name, flow in zip(names, flows, strict=True))
    return ()


def _ratio(items: Sequence[Item]) -> bool:
    """Whether one series is asked for per tonne of another: bauxite per tonne of alumina."""
    named = [item for item in items if item.sense in _SERIES or item.sense == "measure"]
    return any(
        a.sense in _SERIES and b.text in _PER_TONNE and c.sense in _SERIES
        for a, b, c in zip(named, named[1:], named[2:], strict=False)
    )


_SUBJECTS = (frozenset({"series", "wider", "part"}), frozenset({"flow"}), frozenset({"partner"}))


def _apart(items: Sequence[Item]) -> bool:
    """Whether subjects were each named with a time of their own: exports in march and imports in april."""
    if sum(1 for item in items if item.moment) < 2:
        return False
    for subject in _SUBJECTS:
        kinds = [item for item in items if item.moment or item.sense in subject]
        named = {item.value for item in kinds if not item.moment}
        turns = all(bool(a.moment) != bool(b.moment) for a, b in pairwise(kinds))
        times = {item.moment for item in with_years(kinds) if item.moment}
        if turns and len(named) > 1 and len(times) > 1 and len(kinds) > 3:
            return True
    return False
