"""How the things that a text names stand to each other: in pairs, apart, per tonne, beside a total."""

from collections.abc import Sequence
from itertools import pairwise

from bot.questions.items import SERIES, Item
from bot.questions.years import with_years

_NAMED = SERIES - {"scope"}
_SUBJECTS = (_NAMED, frozenset({"flow"}), frozenset({"partner"}))
_PER_TONNE = ("per tonne", "per ton", "per t", "a tonne", "a ton")
_WORLD = ("world", "the world", "worldwide", "global", "全球")
_PREPOSITIONS = ("join", "out_of", "into", "and", "compare", "unit")


def pairs(items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
    """Series that were each named with a flow of their own: alumina exports and bauxite imports."""
    kinds = [item for item in items if item.sense in _NAMED | {"flow"}]
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


def apart(items: Sequence[Item]) -> bool:
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


def ratio(items: Sequence[Item]) -> bool:
    """Whether one series is asked for per tonne of another: bauxite per tonne of alumina."""
    named = [item for item in items if item.sense in SERIES or item.sense == "measure"]
    return any(
        a.sense in SERIES and b.text in _PER_TONNE and c.sense in SERIES
        for a, b, c in zip(named, named[1:], named[2:], strict=False)
    )


def world_trade(items: Sequence[Item]) -> bool:
    """Whether the world's own trade is asked for: "global exports", but not "exports to the world"."""
    return any(
        item.sense == "world" and item.text in _WORLD and (not before or before.sense not in _PREPOSITIONS)
        for before, item in zip([None, *items], items, strict=False)
    )


def beside_a_partner(items: Sequence[Item]) -> bool:
    """Whether a total is set beside a country: to Russia and total, Russia vs total."""
    joined = ("and", "compare")
    return any(
        (a.sense in joined and b.sense == "total") or (a.sense == "total" and b.sense in joined)
        for a, b in pairwise(items)
    )


def without_shared_total(items: Sequence[Item]) -> Sequence[Item]:
    """The items without the total that a share is of: nothing is added up."""
    before = [None, *items[:-1]]
    return [
        item
        for item, share in zip(items, before, strict=True)
        if not (item.sense == "total" and share and share.value == "%")
    ]
