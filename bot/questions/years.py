"""Years handed on among the times of a question: "in 2024: march", "june 2025 and 2026"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.items import Item, Moment
from bot.questions.periods import with_year

SEVERAL = 4  # with more times than that the question is asked back anyway


def beside_years(items: Sequence[Item]) -> Sequence[Item]:
    """A year right beside a time without one is of that time: july vs july last year."""
    done: list[Item] = []
    dated = any(item.moment and _has_year(item.moment) for item in items)
    for item in items:
        before = done[-1].moment if done else None
        if dated and item.moment and (item.moment.ago or (before and before.ago)):
            done.append(item)  # counted from that year, or from this one?
        elif before and item.moment and _lacks_year(before) and _gives_year(item.moment):
            done[-1] = _in_year_of(item.moment, done[-1])
        elif before and item.moment and _gives_year(before) and _lacks_year(item.moment):
            done[-1] = _in_year_of(before, item)
        else:
            done.append(item)
    return done


def _in_year_of(year: Moment, item: Item) -> Item:
    """The item in that year; where the year was counted, march two years ago, it stays known as such."""
    dated = _dated(item, year.year)
    if not (year.ago and dated.moment):
        return dated
    return replace(dated, moment=replace(dated.moment, ago=True, unit="year"))


def with_years(items: list[Item]) -> list[Item]:
    """A year said apart ("in 2024: march") given to the times without one; it is then no time of its own."""
    items = _in_each(_of_both_years(items))
    yearless = [i for i, item in enumerate(items) if item.moment and _lacks_year(item.moment)]
    years = [i for i, item in enumerate(items) if item.moment and _gives_year(item.moment)]
    if not yearless or len(yearless) > SEVERAL:
        return items
    alone = not any(item.moment and _has_year(item.moment) for item in items)
    if years and _counted_beside(items, years[0]):
        return items
    if len(years) == 1 and alone and not _compared_year(items, years[0], len(yearless)):
        year = items[years[0]].moment
        return [_dated(item, year.year if year else None) for i, item in enumerate(items) if i != years[0]]
    if len(yearless) == 1 and len(years) == 2 and any(item.sense == "compare" for item in items):
        year = items[years[0]].moment  # "january to may 2026 vs 2025"
        return [_dated(item, year.year if year else None) for i, item in enumerate(items) if i != years[0]]
    other = _after_vs(items)  # "march 2024 vs december": the one before march takes no year from it
    return [item if i == other else _dated(item, _nearest_year(items, i)) for i, item in enumerate(items)]


def _counted_beside(items: Sequence[Item], at: int) -> bool:
    """Whether the year is one beside another time, counted back from that: july and two years ago."""
    moment = items[at].moment
    return bool(moment and moment.ago and at and items[at - 1].sense == "and")


def _of_both_years(items: list[Item]) -> list[Item]:
    """2025和2026年上半年: the first half of both, as a year that is one would be 2025年."""
    places = [i for i, item in enumerate(items) if item.moment]
    if len(places) != 2 or not _only_listed(items):
        return items
    (year, part), said = (items[place].moment for place in places), items[places[1]].text
    if not (year and part and year.bare_year and part.number and part.year and "年" in said):
        return items
    if year.year is None or items[places[0]].text.endswith("年"):
        return items
    items[places[0]] = replace(items[places[0]], moment=with_year(part, year.year))
    return items


def _in_each(items: list[Item]) -> list[Item]:
    """Plain years after a dated month, quarter or half as the same in those years: june 2025 and 2026."""
    timed = [item.moment for item in items if item.moment]
    first, later = timed[:1], timed[1:]
    listed = later and all(moment.bare_year for moment in later) and first[0].number and first[0].year
    if not listed or any(moment.year == first[0].year for moment in later) or not _only_listed(items):
        return items
    return [
        replace(item, moment=with_year(first[0], item.moment.year))
        if item.moment and item.moment.bare_year and item.moment.year
        else item
        for item in items
    ]


def _only_listed(items: Sequence[Item]) -> bool:
    """Whether nothing stands between the times but "and"."""
    places = [i for i, item in enumerate(items) if item.moment]
    between = items[places[0] : places[-1]]
    return all(item.moment or item.sense == "and" for item in between) and not any(
        item.sense in ("ytd", "total", "sum", "together") for item in items
    )


def _has_year(moment: Moment) -> bool:
    return moment.year is not None and moment.kind != "year"


def _after_vs(items: Sequence[Item]) -> int | None:
    """The place of the time that the period is measured against."""
    vs = next((i for i, item in enumerate(items) if item.sense == "compare"), None)
    if vs is None or not any(item.moment for item in items[:vs]):
        return None
    return next((i for i, item in enumerate(items) if i > vs and item.moment), None)


def _gives_year(moment: Moment) -> bool:
    return moment.kind == "year" and moment.year is not None


def _lacks_year(moment: Moment) -> bool:
    return moment.year is None and moment.number is not None


def _compared_year(items: Sequence[Item], at: int, others: int) -> bool:
    """Whether the year is what one other time is compared with: "march 2024 vs 2023"."""
    return others == 1 and any(item.sense == "compare" for item in items[:at]) and not _lead_compare(items)


def _lead_compare(items: Sequence[Item]) -> bool:
    order = [item.sense for item in items if item.moment or item.sense == "compare"]
    return order[:1] == ["compare"] and order.count("time") < 3 and not is_vs(items)


def _nearest_year(items: Sequence[Item], at: int) -> int | None:
    """The year of the next time that has one, else of the one before; not of the same month in that year."""
    around = [item.moment for item in (*items[at + 1 :], *reversed(items[:at])) if item.moment]
    dated = (m for m in around if m.year and m.kind != "year" and not _same_part(m, items[at].moment))
    return next((m.year for m in dated), None)


def _same_part(one: Moment, other: Moment | None) -> bool:
    return other is not None and (one.kind, one.number, one.first) == (other.kind, other.number, other.first)


def _dated(item: Item, year: int | None) -> Item:
    moment = item.moment
    if year is None or moment is None or not _lacks_year(moment):
        return item
    first = moment.first
    if first and first.year is None:
        begins = year if (first.number or 0) <= (moment.number or 0) else year - 1
        first = replace(first, year=begins)
    return replace(item, moment=replace(moment, year=year, first=first))


def is_vs(items: Sequence[Item]) -> bool:
    """Whether the comparison points forward ("vs march") instead of opening ("compare march")."""
    return any(item.sense == "compare" and item.text not in ("compare", "对比", "比较") for item in items)
