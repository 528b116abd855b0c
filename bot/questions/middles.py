"""The middle of a year in each way in which it can be meant: mid-2025, 2025年中."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.items import Item, Moment

_MIDDLE = re.compile("^mid|年中")
_JUNE = 6


def middles(items: Sequence[Item]) -> list[Sequence[Item]]:
    """The items with it as the first half and as June; 2025年中 can be what lies within the year as well."""
    said = [item.text for item in items if _of_middle(item)]
    if not said:
        return [items]
    within = any("年年中" not in text and not text.startswith("mid") for text in said)
    if within and any(item.sense == "order" for item in items):  # 2025年中最高的月份
        return [[_meant(item, "year") if _of_middle(item) else item for item in items]]
    ways = ("half", "month", "year") if within else ("half", "month")
    return [[_meant(item, way) if _of_middle(item) else item for item in items] for way in ways]


def _of_middle(item: Item) -> bool:
    return item.moment is not None and _MIDDLE.search(item.text) is not None


def _meant(item: Item, way: str) -> Item:
    moment = item.moment
    if moment is None or way == "half":
        return item
    if way == "month":
        return replace(item, moment=replace(moment, kind="month", number=_JUNE))
    return replace(item, moment=Moment("year", moment.year, so_far=item.text.startswith("今")))
