"""What is to be done with the figures, as far as one text says it: views, ranking, change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.questions.items import Item, Sense
from bot.questions.question import Change, Order, View
from bot.questions.wishes import CHANGES, EXTREMES, PEAKS, RECORD_LOWS

_CHANGES: dict[str, Change] = {"yoy": "yoy", "mom": "mom", "ytd": "ytd"}


@dataclass(frozen=True, slots=True)
class Wish:
    """The views that were named, in order, and what a ranking or a change was named with.

    `growth` holds the words of change by kind ("", yoy, mom, ytd, rise, fall, either); `top` is 0 where no
    number was said; `orders` counts the ways to rank by; `those`: "those two months" were pointed at;
    `extreme`: the words are those of a record ("record high"); `peak`: those of one that was set;
    `rivals`: "most", which may be of the series;
    `past`: when something came out, not when it will; `ahead`: when it will;
    `three`: three months were pointed at;
    `higher`: which of two was higher;
    `upcoming`: the next release, whichever it is of;
    `of_month`: "the highest month"; `monthly`: "the biggest monthly fall".
    """

    views: tuple[View, ...] = ()
    growth: frozenset[str] = frozenset()
    order: Order | None = None
    orders: int = 0
    top: int = 0
    low_record: bool = False
    months: bool = False
    which: bool = False
    when: bool = False
    why: bool = False
    those: bool = False
    together: bool = False
    extreme: bool = False
    peak: bool = False
    few: str = ""
    rivals: bool = False
    past: bool = False
    ahead: bool = False
    three: bool = False
    higher: bool = False
    of_month: bool = False
    monthly: bool = False
    upcoming: bool = False

    @property
    def change(self) -> Change | None:
        """The change that was named, if it was one."""
        if not self.growth:
            return None
        named = [change for word, change in _CHANGES.items() if word in self.growth]
        return named[0] if len(named) == 1 else None


def wish_of(items: Sequence[Item]) -> Wish:
    """What the items say of it."""
    senses = {item.sense for item in items}
    if senses.isdisjoint(_SENSES):
        return _NOTHING
    orders = [item for item in items if item.sense == "order"]
    return Wish(
        views=_views(items, senses),
        growth=_growth(items),
        order=orders[0].value if orders else None,  # type: ignore[arg-type]
        orders=len({item.value for item in orders}),
        top=_top(orders, items),
        low_record=any(item.sense == "view" and item.text in RECORD_LOWS for item in items),
        months="months" in senses,
        which="which" in senses,
        when="when" in senses,
        why="why" in senses,
        those=bool(senses & {"those", "together"}),
        together="together" in senses,
        extreme=any(item.text in EXTREMES for item in orders),
        peak=any(item.sense == "view" and item.text in PEAKS for item in items),
        past=any(item.text in _PAST or (item.value == "release" and item.text[-1] == "的") for item in items),
        ahead=any(item.text in _AHEAD for item in items),
        three=any(item.sense == "those" and ("three" in item.text or "三" in item.text) for item in items),
        higher=any(item.sense == "those" and item.text.startswith(_HIGHER) for item in items),
        of_month=any(item.text.endswith(" month") for item in orders),
        upcoming=any(item.value == "release" and item.text.startswith(("next", "下")) for item in items),
        monthly=any(item.text == "monthly" for item in items),
        rivals=any(item.text in ("most", "least", "最多", "最少") for item in orders),
        few=next((item.text for item in items if item.sense == "few"), ""),
    )


_SENSES = frozenset(
    {"view", "growth", "order", "months", "which", "when", "why", "those", "together", "few"} | {"stage"}
)
_NOTHING = Wish()
_PAST = ("when was", "when were", "when did")
_AHEAD = ("when will", "when can", "什么时候能", "什么时候会", "何时能", "何时会")
_MOVES = frozenset(
    word.strip()
    for words in (CHANGES["rise"], CHANGES["fall"], "grow, grew, grown, growing, 增长")
    for word in words.split(",")
    if not word.endswith("幅")
)
_HIGHER = ("which", "by how", "相差", "差", "哪个", "高", "低", "谁")


def _views(items: Sequence[Item], senses: set[Sense]) -> tuple[View, ...]:
    """The views named; whether a figure is revised stands with its sources, but a stage may also be due."""
    named = dict.fromkeys(item.value for item in items if item.sense == "view")
    if "stage" in senses and not named and "when" not in senses:
        return ("sources",)
    return tuple(named)  # type: ignore[arg-type]


def _growth(items: Sequence[Item]) -> frozenset[str]:
    """The kinds of change; "either" where the words leave open which way."""
    changes = [item for item in items if item.sense == "growth"]
    if len(changes) == 1 and _led_to_a_record(items):
        return frozenset()
    either = any(word in item.text for item in changes for word in ("change", "变化", "增减"))
    return frozenset({item.value for item in changes} | ({"either"} if either else set()))


def _led_to_a_record(items: Sequence[Item]) -> bool:
    """Whether what rose or fell did so to a record, which is then of its height: rose to a new high."""
    return all(item.sense != "order" for item in items) and any(
        a.sense == "growth" and a.text in _MOVES and b.sense == "join" and c.value == "record"
        for a, b, c in zip(items, items[1:], items[2:], strict=False)
    )


def _top(orders: Iterable[Item], items: Iterable[Item]) -> int:
    """How many were asked for; one where a single month was ("which month")."""
    counted = max((item.count for item in orders), default=0)
    single = any(
        item.sense == "which"
        and item.text in ("which month", "what month", "in which month", "哪个月", "哪月")
        for item in items
    )
    return counted or (1 if single else 0)
