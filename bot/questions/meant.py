"""Times that stand for a day of knowledge by what is beside them: "corrections since june", "on 20 may?"."""

from collections.abc import Sequence
from datetime import date

from bot.questions.days import Day
from bot.questions.items import Item, Moment
from bot.questions.question import Question


def as_days(items: Sequence[Item], last: Question | None) -> Sequence[Item]:
    """The items with such times as what was known on a day, or revised since."""
    named = {item.value for item in items}
    if "stage" in {item.sense for item in items}:
        items = _stages(items)
    if "revisions" in named:
        items = _revised_from(items)
    return _in_thread(items, last) if last else items


def _stages(items: Sequence[Item]) -> Sequence[Item]:
    """The items with "flash vs bulletin" as its revisions."""
    senses = [item.sense for item in items]
    at = next((i for i in range(len(items)) if senses[i : i + 3] == ["stage", "compare", "stage"]), None)
    if at is None:
        return items
    return [*items[:at], Item("view", "revisions", items[at].text), *items[at + 3 :]]


def _revised_from(items: Sequence[Item]) -> Sequence[Item]:
    """The items with "corrections to bauxite since q1" as "bauxite corrections since q1"."""
    at = next((i for i, item in enumerate(items) if item.value == "revisions"), len(items))
    if 2 <= at < len(items) and items[at - 1].sense == "onwards":  # 1月以来有什么修订
        since, moment = items[at - 2], items[at - 2].moment
        if moment and (day := _end_of(moment)):
            told = Item("known", "from", f"{since.text}{items[at - 1].text}修订", day=day)
            return [*items[: at - 2], told, *items[at + 1 :]]
    for i in range(at + 1, len(items) - 1):
        since, moment = items[i], items[i + 1].moment
        if since.sense == "since" and moment and (day := _end_of(moment)):
            told = Item("known", "from", f"revisions since {items[i + 1].text}", day=day)
            return [*items[:at], *items[at + 1 : i], told, *items[i + 2 :]]
    return items


def _in_thread(items: Sequence[Item], last: Question | None) -> Sequence[Item]:
    """The items with "and on 20 may?", "since june" as days of knowledge, where the thread is about those."""
    rest = [item for item in items if item.sense != "and"]
    if last and last.as_of and rest and _of_knowledge(rest, last.as_of):
        return [Item("known", "as_of", rest[-1].text, day=rest[-1].day)]
    if not last or last.view != "revisions" or [item.sense for item in rest] != ["since", "time"]:
        return items
    day = _end_of(rest[1].moment) if rest[1].moment else None
    return [Item("known", "since", f"since {rest[1].text}", day=day)] if day else items


def _of_knowledge(items: Sequence[Item], as_of: date) -> bool:
    """Whether what was said last is a day; or alone a month later than the day that was asked about."""
    last = items[-1]
    if last.day is None or last.sense == "wrong":
        return last.day is not None
    later = (last.day.year or as_of.year, last.day.month or 0) > (as_of.year, as_of.month)
    return last.sense == "time" and len(items) == 1 and later


def _end_of(moment: Moment) -> Day | None:
    """The last day of that month, quarter or year; None of other stretches."""
    if moment.bare_year:
        return Day(None, 12, moment.year, "year")
    if moment.kind in ("month", "quarter") and not moment.rolling:
        return Day(None, moment.last_month, moment.year, "month" if moment.kind == "month" else "quarter")
    return None
