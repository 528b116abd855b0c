"""The times of a question in order: spans folded, years handed on, and what is compared with what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from bot.questions.items import Item, Moment, Sense
from bot.questions.spans import changes, fold, without_last
from bot.questions.years import beside_years, is_vs, with_years

_AFTER = frozenset({"比", "相比", "对比", "比较"})  # 和7月比: it follows what is compared with
_UNTIL = frozenset(
    {"until", "till", "through", "thru", "up to", "up to and including", "截至", "截止", "截止到", "直到"}
)

Back = Literal["", "year_before", "before", "month_before", "quarter_before", "year_after", "after"]


@dataclass(frozen=True, slots=True)
class Times:
    """Which moments were said: one is the period; after a word of comparison another stands against it.

    `wrong` is a sentence about what cannot be; `several` holds the periods where more were said than a period
    and one against it. `total`: the sum of a stretch is meant, not its months (`rows`: its months are);
    `since`: said without a time; `starts`: "from march", with no end; `ends`: "to march", with no beginning.
    `summed`: things were to be added up; `beside`: said after "with".
    """

    period: Moment | None = None
    against: Moment | None = None
    back: Back = ""
    compare: bool = False
    ytd: bool = False
    latest: bool = False
    wrong: tuple[str, ...] = ()
    several: tuple[Moment, ...] = ()
    total: bool = False
    since: bool = False
    starts: bool = False
    rows: bool = False
    ends: bool = False
    summed: bool = False
    beside: bool = False

    @property
    def said(self) -> bool:
        """Whether the text speaks of time at all."""
        return bool(
            self.period or self.against or self.back or self.ytd or self.latest or self.several or self.since
        )


def times_of(items: Sequence[Item]) -> Times:
    """What the items say of time."""
    items = changes(beside_years(without_last(items)))
    timed = [item for item in items if item.sense in _OF_TIME]
    if not timed:
        return _NONE
    if len(timed) == 1 and timed[0].sense == "time" and timed[0].moment and not _joined(items, timed[0]):
        return Times(period=timed[0].moment, total=timed[0].value == "total")
    folded, wrong = fold(items)
    folded = with_years(folded)
    senses = {item.sense for item in folded}
    ytd = ("ytd" in senses or _up_to(folded)) and not (_beside_a_month(folded) or _all_changes(folded))
    moments = _moments(folded, ytd)
    times = Times(
        back=_back(folded, senses),
        compare="compare" in senses or any(item.text in _ON_QUARTER for item in folded),
        ytd=ytd,
        latest="latest" in senses,
        wrong=wrong,
        total=bool(senses & {"total", "together", "sum"})
        or any(item.moment and item.value == "total" for item in folded)
        or _added(folded),
        since="since" in senses or "onwards" in senses,
        starts=any(a.sense == "out_of" and b.sense == "time" for a, b in pairwise(folded)),
        ends=_ends(folded),
        summed="sum" in senses,
        beside=any(a.sense == "with" for a in folded),
    )
    if _beside_a_month(folded) and len(moments) == 1:
        return replace(times, several=(moments[0], _running(moments[0], True)))
    return _placed(times, moments, folded)


# What a time is made of: where there is only one time, nothing has to be put together.
_OF_TIME = frozenset(
    {
        "time",
        "ytd",
        "latest",
        "compare",
        "year_before",
        "before",
        "year_after",
        "after",
        "total",
        "sum",
        "together",
        "since",
        "onwards",
        "leading",
    }
)
_NONE = Times()


# Changes on the quarter before: they compare by themselves.
_ON_QUARTER = frozenset(
    "qoq,q o q,q/q,quarter on quarter,quarter over quarter,on the quarter,on quarter,季环比".split(",")
)


def _back(items: Sequence[Item], senses: set[Sense]) -> Back:
    """How far the time goes back, or on, that has no name of its own."""
    steps: tuple[Back, ...] = ("year_before", "year_after", "after")
    if step := next((step for step in steps if step in senses), None):
        return step
    before = [item.text for item in items if item.sense == "before"]
    quarterly = any("quarter" in text or "季" in text or text in _ON_QUARTER for text in before)
    if quarterly:
        return "quarter_before"
    monthly = any("month" in text or "月" in text for text in before)
    return "month_before" if monthly else "before" if before else ""


def _joined(items: Sequence[Item], timed: Item) -> bool:
    """Whether a word beside the one time says how it is meant: from, through, "to" with nothing after it."""
    return any(
        (b is timed and a.sense in ("out_of", "join", "with")) or (a is timed and b.sense == "join")
        for a, b in pairwise(items)
    )


def _moments(items: Sequence[Item], ytd: bool) -> list[Moment]:
    """The moments, as running totals where those are asked for: not what a year is compared with."""
    compared, up_to = False, _up_to(items)
    found: list[Moment] = []
    if all(item.sense != "compare" for item in items) and any(_from_january(item) for item in items):
        ytd = False  # 7月及1-7月累计: a month, and the running total beside it
    for item in items:
        compared = compared or item.sense == "compare"
        if item.moment:
            total = ytd and not (compared and item.moment.kind == "year")
            found.append(_running(item.moment, total, up_to=up_to))
    return found if compared else list(dict.fromkeys(found))


def _from_january(item: Item) -> bool:
    return bool(item.moment and item.moment.kind == "ytd" and item.moment.number)


def _placed(times: Times, moments: list[Moment], items: Sequence[Item]) -> Times:
    if len(moments) == 2 and not times.compare and moments[0].ago != moments[1].ago:
        period, against = sorted(moments, key=lambda moment: moment.ago)  # march 2025 and two years ago
        return replace(times, period=period, against=against)
    if len(moments) > (2 if times.compare and not times.back else 1):
        return replace(times, several=tuple(moments))
    if len(moments) == 2:
        return replace(times, period=moments[0], against=moments[1])
    if not moments:
        return times
    order = [item.sense for item in items if item.sense in ("compare", "time")]
    last_word = order[-1:] == ["compare"] and any(item.text in _AFTER for item in items)
    if times.compare and not times.back and (last_word or (order[0] == "compare" and is_vs(items))):
        return replace(times, against=moments[0])
    return replace(times, period=moments[0])


def _up_to(items: Sequence[Item]) -> bool:
    """Whether a time is only the end of a stretch ("through march 2024"): then it begins in January."""
    return any(a.text in _UNTIL and b.sense == "time" for a, b in pairwise(items))


def _all_changes(items: Sequence[Item]) -> bool:
    """Whether "yoy, mom and ytd" of a month are asked for: a month is told with all three."""
    named = {item.value for item in items if item.sense == "growth"} & {"yoy", "mom"}
    return len(named) == 2 and any(item.moment and item.moment.kind == "month" for item in items)


def _added(items: Sequence[Item]) -> bool:
    """Whether times stand with a plus between them: Q1+Q2."""
    return any(
        a.moment and b.text == "+" and c.moment for a, b, c in zip(items, items[1:], items[2:], strict=False)
    )


def _ends(items: Sequence[Item]) -> bool:
    """Whether the first time named is only an end: "to march", "until march 2025"."""
    first = next((i for i, item in enumerate(items) if item.moment), 0)
    return first > 0 and items[first - 1].sense == "join" and items[first - 1].text != "-"


def _beside_a_month(items: Sequence[Item]) -> bool:
    """Whether the running total was asked for beside a month ("march and ytd")."""
    following = [*items[1:], None][: len(items)]
    senses = [  # "july imports and ytd"
        item.sense
        for item, after in zip(items, following, strict=True)
        if not (after and after.sense == "and" and item.sense in ("flow", "measure"))
    ]
    triples = (senses[i : i + 3] for i in range(len(senses)))
    return any(triple in (["time", "and", "ytd"], ["ytd", "and", "time"]) for triple in triples)


def _running(moment: Moment, ytd: bool, *, up_to: bool = False) -> Moment:
    """The running total of a month or a year; of a quarter or a half only where all up to it is meant."""
    parts = ("quarter", "half") if up_to and moment.number else ()
    if not ytd or moment.kind not in ("month", "year", *parts):
        return moment
    return Moment("ytd", moment.year, None if moment.kind == "year" else moment.last_month)
