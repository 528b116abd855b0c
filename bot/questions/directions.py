"""Which way the trade goes: flows as they were said, seen from China."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.dataset.model import Flow
from bot.questions.items import SERIES, Item
from bot.words import say

_TOWARDS = {"to", "into", "到", "至", "对", "向", "往"}
_PREPOSITIONS = frozenset({"join", "out_of", "into"})
_THAN = ("than", "比")
_BESIDE = ("and", "compare", "sum")
_POINTING = frozenset({"partner", "to_china", "from_china"})
DIRECTED = _POINTING | {"flow", "measure"}  # without any of these no way is said
_BOUGHT = ("买了", "买进", "采购", "进了", "进口了")
_ABROAD = ("国外", "海外", "境外")
_SIDES = re.compile("(?P<imports>import|deficit|进口|逆差)|export")
_DEALS = frozenset(
    "buy bought buying purchased import imported sell sold ship shipped export exported".split()
)


def flows_in(items: Sequence[Item]) -> tuple[tuple[Flow, ...], list[str]]:
    """The flows seen from China, and a clause where the words took the other side's view."""
    said = {item.value for item in items if item.sense == "flow"} | _flows_within(items)
    if "net" in said:
        return ("net",), []
    if "both" in said or said == {"export", "import"}:
        return ("export", "import"), []
    towards = _direction(items)
    spoken: Flow | None = "export" if "export" in said else "import" if "import" in said else None
    if towards is None or towards == spoken:
        return (spoken,) if spoken else (), []
    if spoken is None:
        return (towards,), []
    return (towards,), [say(f"directions.seen_{towards}")]


def beside_net(items: Sequence[Item]) -> tuple[Flow, ...]:
    """The flows that were set beside net trade, and not into it: exports and net exports."""
    near = [item for item in items if item.sense in ("flow", *_BESIDE)]
    for first, between, second in zip(near, near[1:], near[2:], strict=False):
        if between.sense in _BESIDE and [first.value, second.value].count("net") == 1:
            return flows_in([item for item in items if item.value != "net"])[0]
    return ()


def _flows_within(items: Sequence[Item]) -> set[str]:
    """Flows named inside a measure: the average export price."""
    measures = [item.text for item in items if item.sense == "measure"]
    if not measures:
        return set()
    names = {"export": ("export", "出口"), "import": ("import", "进口")}
    return {flow for flow, words in names.items() if any(word in text for text in measures for word in words)}


def _direction(items: Sequence[Item]) -> Flow | None:
    """Which way the prepositions point: from Guinea and to China are imports."""
    if all(item.sense not in _POINTING for item in items):
        return None
    found = _of_their_deals(items)
    for before, item in zip([None, *items], items, strict=False):
        if item.sense in ("to_china", "from_china"):
            found.add("import" if item.sense == "to_china" else "export")
        elif item.sense == "partner" and before and before.sense == "by":
            found |= _mirrored(items)  # exports by Russia are China's imports
        elif item.sense == "partner" and before and before.sense == "out_of":
            found.add("import")
        elif item.sense == "partner" and before and before.text in _TOWARDS:
            found.add("export")
    return found.pop() if len(found) == 1 else None


def from_abroad(items: Sequence[Item]) -> bool:
    """Whether what lies abroad trades by itself: 国外出口; not 从国外采购, 国外进口, 出口到国外."""
    abroad = [
        (before, item) for before, item in zip([None, *items], items, strict=False) if item.text in _ABROAD
    ]
    if not abroad:
        return False
    flows = [item for item in items if item.sense == "flow"]
    into = all(item.value == "import" for item in flows) and flows
    out = all(item.value == "export" for item in flows) and flows
    plain = into and all(item.text.startswith("进口") for item in flows)
    return not all(
        out if before and before.text in _TOWARDS else into if before and before.sense == "out_of" else plain
        for before, _ in abroad
    )


def _of_their_deals(items: Sequence[Item]) -> set[Flow]:
    """The other flow of what a partner does: what Russia buys, or in 2025 bought, China sells."""
    untimed = [item for item in items if not item.moment]
    deals = [b.value for a, b in pairwise(untimed) if a.sense == "partner" and b.text in _DEALS]
    return {"export" if flow == "import" else "import" for flow in deals}


def _mirrored(items: Sequence[Item]) -> set[Flow]:
    """The one flow that was said, as the other side sees it."""
    said = {item.value for item in items if item.sense == "flow"}
    other: dict[str, Flow] = {"export": "import", "import": "export"}
    return {other[flow] for flow in said if flow in other} if len(said) == 1 else set()


def excess(items: Sequence[Item]) -> Sequence[Item]:
    """The items with what asks for net trade: how much more did it import than export."""
    flows = {item.value for item in items if item.sense == "flow"}
    than = any(item.text in _THAN for item in items)
    if not than or flows != {"export", "import"}:
        return items
    rest = [item for item in items if item.sense not in ("degree", "flow") and item.text not in _THAN]
    return [*rest, Item("flow", "net", "net")]


def difference(items: Sequence[Item]) -> Sequence[Item]:
    """The items with the gap between exports and imports of one series as its net trade."""
    flows = {item.value for item in items if item.sense == "flow"}
    lines = {item.value for item in items if item.sense in SERIES or item.sense == "group"}
    if flows not in ({"export", "import"}, {"both"}) or len(lines) > 1:
        return items
    return [*(item for item in items if item.sense not in ("gap", "flow")), Item("flow", "net", "net")]


def without_verb(items: Sequence[Item]) -> Sequence[Item]:
    """The items without an "export" that tells what to do: export alumina imports to csv."""
    filed = any(item.sense == "view" and item.value == "export" for item in items)
    named = any(item.sense == "flow" for item in items[1:])
    into = any(a.text == "to" and b.value == "export" for a, b in pairwise(items))
    return items[1:] if filed and (named or into) else items


def they_bought(items: Sequence[Item]) -> bool:
    """Whether a partner may be the one who bought: 俄罗斯买了, and not 从俄罗斯买了."""
    named = [item for item in items if not item.moment]
    return any(
        b.sense == "partner" and c.text in _BOUGHT and (not a or a.sense != "out_of")
        for a, b, c in zip([None, *named], named, named[1:], strict=False)
    )


def theirs(items: Sequence[Item]) -> bool:
    """Whether exports may be those of a partner: "Russian alumina exports", and not to Russia."""
    for before, item, *after in zip([None, *items], items, items[1:], [*items[2:], None], strict=False):
        if item.sense != "partner" or (before and before.sense in _PREPOSITIONS | {"flow"}):
            continue
        first, second = after
        flow = second if first and first.sense in SERIES else first
        if flow and flow.sense == "flow" and flow.value == "export" and flow.text not in _DEALS - {"export"}:
            return True
    return False


def net_imports(items: Sequence[Item]) -> bool:
    """Whether a balance is spoken of from the side of imports."""
    net = [item.text for item in items if item.sense == "flow" and item.value == "net"]
    flows = [item.value for item in items if item.sense == "flow"]
    sides = [side for text in net if (side := _SIDES.search(text))]  # the first: exports minus imports
    if {*flows} == {"net", "import"} or flows == ["import", "net", "export"]:
        return True  # net alumina imports, imports net of exports
    return any(side["imports"] for side in sides)
