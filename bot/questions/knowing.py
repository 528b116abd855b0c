"""How the words that speak of a day's knowledge are meant among the others: "as of June", "and now?"."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from bot.questions.days import Day
from bot.questions.items import SUBJECT, Item, Moment, Sense
from bot.questions.meant import as_days
from bot.questions.question import Question

Now = Literal["", "now", "beside", "latest"]
NOW = frozenset("now,right now,current,currently,today,目前,当前,现在,今天".split(","))
OPEN = ("until", "told", "from", "within", "changed")  # what can be meant in two ways
_SINCE = ("from", "within", "changed")  # of them those that ask what was revised
_LENGTHS = {"day": 1, "month": 1, "quarter": 3, "year": 12}
_CHINESE = "截"


def readings(items: Sequence[Item], last: Question | None) -> list[Sequence[Item]]:
    """The items in each way in which their day can be meant: "as of June" may be where a stretch ends."""
    items = as_days(items, last)
    at = next((i for i, item in enumerate(items) if item.value in OPEN and item.day), None)
    if at is None:
        return [items]
    item = items[at]
    as_day = [replace(item, value="since" if item.value in _SINCE else "as_of")]
    if item.value == "within":
        as_day.append(replace(item, value="as_of"))
    ways = {"day": [*items[:at], *as_day, *items[at + 1 :]], "stretch": _as_stretch(items, at)}
    return [ways[how] for how in _meant(item, items, last)]


def _as_stretch(items: Sequence[Item], at: int) -> list[Item]:
    """The items with that day as the end of a stretch: of the year that is named, from January on."""
    *opening, time = _stretch(items[at])
    year = next((one.moment.year for one in items if one.moment and _is_year(one.moment)), None)
    if year is None or time.moment is None:
        return [*items[:at], *opening, time, *items[at + 1 :]]
    to_date = replace(time, moment=Moment("ytd", year, time.moment.last_month))
    replaced = [*items[:at], to_date, *items[at + 1 :]]
    return [one for one in replaced if not (one.moment and _is_year(one.moment))]


def _stretch(item: Item) -> list[Item]:
    """What the words are where a stretch ends with that month, or begins with it."""
    assert item.day
    opener, _, said = item.text.partition(" ")
    if item.value == "within":
        opening = [Item("view", "revisions", opener)]
        said = said.removeprefix("in ")
    elif item.value in _SINCE:
        sense: Sense = "view" if item.value == "from" else "growth"
        opening = [
            Item(sense, "revisions" if sense == "view" else "", opener),
            Item("since", "since", "since"),
        ]
    elif item.value == "told":
        opening = []
    else:
        opening = [Item("join", "join", "截至" if opener[0] == _CHINESE else "as of")]
    size = item.day.size
    number = None if size == "year" else (item.day.month or 0) // _LENGTHS[size]
    moment = Moment("month" if size == "day" else size, item.day.year, number)
    return [*opening, Item("time", said, said or opener, moment)]


def _meant(item: Item, items: Sequence[Item], last: Question | None) -> tuple[str, ...]:
    """Whether the day is one of knowledge, the end of a stretch, or either of them."""
    others = [one.moment for one in items if one.moment]
    if item.value == "within":
        return ("day", "stretch") if " in " in item.text else ("day",)
    if item.value == "changed":
        return _changed(items, last)
    if item.value == "from":
        return ("day", "stretch")
    if last and (last.as_of or last.first) and not others:
        return ("day",)
    if any(one.sense == "latest" for one in items):
        return ("day",)
    if item.value == "told":
        return ("day",) if others or (last and last.period) else ("day", "stretch")
    running = any(one.sense in ("ytd", "leading") for one in items)
    if (running and all(map(_is_year, others))) or any(moment.back for moment in others):
        return ("stretch",)
    if all(_may_end_there(moment, item.day) for moment in others):
        return ("stretch",) if item.text[0] == _CHINESE else ("day", "stretch")
    return ("day",)


def _is_year(moment: Moment) -> bool:
    """Whether it is a plain year, this one too."""
    return moment.bare_year or (moment.kind == "year" and moment.so_far)


def _changed(items: Sequence[Item], last: Question | None) -> tuple[str, ...]:
    """Whether figures changed by revision, or trade did: "what changed since january" can be of either."""
    if last and (last.view == "revisions" or last.as_of or last.first):
        return ("day",)
    named = last or any(item.sense in SUBJECT or item.sense == "flow" for item in items)
    return ("day", "stretch") if named else ("day",)


def _may_end_there(moment: Moment, day: Day | None) -> bool:
    """Whether a stretch can run from that time to that month: 2026 as of June, since 2024 as of June."""
    in_that_year = day and day.size != "year" and day.year in (None, moment.year)
    return moment.rolling or bool(_is_year(moment) and in_that_year)


def without_now(items: Sequence[Item], last: Question | None) -> tuple[Sequence[Item], Now]:
    """The items without the "now" that stands for today's knowledge, and how that stands there.

    now: in place of another day's; beside: to be set beside it; latest: perhaps the newest month is meant.
    """
    if not (last and (last.as_of or last.first)) and all(item.sense != "known" for item in items):
        return items, ""
    at = next((i for i, item in enumerate(items) if _is_now(item)), None)
    if _compared(items):
        return [item for item in items if item.sense not in ("compare", "view")], "beside"
    if at is None:
        return _since_then(items)
    around = [*items[max(at - 1, 0) : at], *items[at + 1 : at + 2]]
    here = any(item.sense == "known" for item in items)
    if any(item.sense == "compare" for item in around) or (here and items[at].text in NOW):
        return [item for i, item in enumerate(items) if i != at and item.sense != "compare"], "beside"
    if here:
        return items, ""  # "as of last month, the latest"
    return [*items[:at], *items[at + 1 :]], "now" if items[at].text in NOW else "latest"


def _compared(items: Sequence[Item]) -> bool:
    """Whether the figure is to stand beside an earlier printing: vs what we said in april."""
    return any(
        b.sense == "compare" and (c.sense == "known" or (a.sense == "known" and c.value == "revisions"))
        for a, b, c in zip([Item("noise", "", ""), *items], items, items[1:], strict=False)
    )


def _is_now(item: Item) -> bool:
    """Today, now, the current figure; the latest one."""
    return item.sense == "latest" or (item.sense == "outside" and item.text in NOW)


def _since_then(items: Sequence[Item]) -> tuple[Sequence[Item], Now]:
    """Without "since" where nothing says since when: has it changed since?"""
    if all(item.sense != "since" for item in items) or any(item.moment for item in items):
        return items, ""
    return [item for item in items if item.sense not in ("since", "growth", "view")], "beside"
