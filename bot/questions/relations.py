"""How the things that a text names stand to each other: in pairs, apart, per tonne, beside a total."""

from collections.abc import Sequence
from itertools import pairwise

from bot.questions.items import SERIES, SUBJECT, Item, Sense
from bot.questions.years import with_years

FEWEST = 4  # items: two subjects, and what each of them has of its own
_NAMED = SERIES - {"scope"}
_SUBJECTS: tuple[frozenset[Sense], ...] = (_NAMED, frozenset({"flow"}), frozenset({"partner"}))
_PER_TONNE = ("per tonne", "per ton", "per t", "a tonne", "a ton")
_WORLD = ("world", "the world", "worldwide", "global", "全球")
_JOINING = ("and", "compare")
_PREPOSITIONS = ("join", "out_of", "into", "and", "compare", "unit")


def pairs(items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
    """Series that were each named with a flow of their own: alumina exports and bauxite imports."""
    if len(items) < FEWEST:
        return ()
    kinds = [item for item in items if item.sense in _NAMED | {"flow"}]
    if len(kinds) < FEWEST:
        return ()
    first, second = kinds[::2], kinds[1::2]
    for names, flows in ((first, second), (second, first)):
        alternate = all(item.sense != "flow" for item in names) and all(
            item.sense == "flow" for item in flows
        )
        if alternate and len(names) == len(flows) > 1 and len({item.value for item in flows}) > 1:
            return tuple((name.value, flow.value) for name, flow in zip(names, flows, strict=True))
    return ()


def apart(items: Sequence[Item]) -> tuple[Sequence[Item], ...]:
    """The items of each, where subjects were named with a time of their own: exports june and imports may."""
    if len(items) < FEWEST or sum(1 for item in items if item.moment) < 2:
        return ()
    found = (_each(items, subject) for subject in _SUBJECTS if _in_turns(items, subject))
    return next(found, ())


def _in_turns(items: Sequence[Item], subject: frozenset[Sense]) -> bool:
    """Whether different subjects of that kind and different times alternate."""
    kinds = [item for item in items if item.moment or item.sense in subject]
    named = {item.value for item in kinds if not item.moment}
    if len(kinds) < FEWEST or len(named) < 2:
        return False
    turns = all(bool(a.moment) != bool(b.moment) for a, b in pairwise(kinds))
    times = {item.moment for item in with_years(kinds) if item.moment}
    return turns and len(times) > 1


def _each(items: Sequence[Item], subject: frozenset[Sense]) -> tuple[Sequence[Item], ...]:
    """The items cut between the times: at an "and", else where the next subject, or its time, begins."""
    items = with_years(list(items))
    opens = next(bool(item.moment) for item in items if item.moment or item.sense in subject)
    times = [at for at, item in enumerate(items) if item.moment]
    cuts = [0]
    for first, second in pairwise(times):
        joins = (at for at in range(first, second) if items[at].sense in _JOINING)
        cuts.append(next(joins, second if opens else first + 1))
    return tuple(_completed(items[a:b], items) for a, b in pairwise([*cuts, len(items)]))


def _completed(part: Sequence[Item], items: Sequence[Item]) -> Sequence[Item]:
    """The part with what it leaves to the others to name: alumina exports in march and imports in april."""
    named = {_kind(item) for item in part}
    shared = [item for item in items if _kind(item) not in named and not item.moment]
    return [item for item in (*part, *shared) if item.sense not in _JOINING]


def _kind(item: Item) -> str:
    return "series" if item.sense in SUBJECT else item.sense


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
    return any(
        (a.sense in _JOINING and b.sense == "total") or (a.sense == "total" and b.sense in _JOINING)
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
