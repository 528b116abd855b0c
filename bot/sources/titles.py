"""What a page calls itself: which table it is, of which flow and month, and the day it was published."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.dataset.calendar import MONTH_NAMES, Month
from bot.dataset.model import Flow
from bot.sources.markup import Element, Unreadable, clean, text_of

Stage = Literal["flash", "bulletin"]

_SHORT = [name[:3].lower() for name in MONTH_NAMES]
_NAME = "|".join([*map(str.lower, MONTH_NAMES), "sept", *_SHORT])
MONTH = rf"(?:0?[1-9](?![0-9])|1[0-2](?![0-9])|(?:{_NAME})\b\.?)"
MONTHS = rf"(?:({MONTH})\s*(?:-+|~|to|through)\s*)?({MONTH})"
YEAR = r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])"
IN_YUAN = re.compile(r"\bin\s+(?:rmb|cny)\b", re.IGNORECASE)
_TABLE = re.compile(
    r"(?P<china>china'?s\s+)?(?:major|main|principal)\s+(?P<flow>export|import)(?:s|ed)?(?:\s+commodit(?:y|ies))?"
    r"\s+(?P<by>in|by)\s+quantity\s+(?:and|&)\s+value"
)
_BEFORE_YEAR = rf"(?<![0-9]){MONTHS}[\s.,/-]*{YEAR}"
_AFTER_YEAR = rf"{YEAR}\s*[./-]\s*{MONTHS}(?!\s*[./-]?\s*[0-9])"  # no date
_PERIOD = re.compile(rf"{_BEFORE_YEAR}|{_AFTER_YEAR}")
_IN_MONEY = re.compile(r"\(?\s*\bin\s+(?:usd|us\s*\$|us dollars?|rmb|cny)\s*\)?")
_PART, _BETWEEN = r"((?:19|20)[0-9]{2}|[0-9]{1,2})", r"\s*[/.-]\s*"
_DAY = re.compile(rf"(?<![0-9]){_PART}{_BETWEEN}([0-9]{{1,2}}){_BETWEEN}{_PART}(?![0-9])")
_HEADINGS = ("title", "h1", "h2", "h3", "h4", "caption")
_LARGEST_TITLE = 40  # elements
_FOLLOWS_WITHIN = 60  # characters from a title's words to its period


@dataclass(frozen=True, slots=True)
class Title:
    """A title that was understood."""

    stage: Stage
    flow: Flow
    period: Month


def page_title(root: Element) -> tuple[Title, str]:
    """The page's title and its words; Unreadable where there is none, or where two contradict."""
    for texts in (_headings(root), _texts(root)):
        found = {title: text for text in texts if (title := read_title(text))}
        if len({(title.flow, title.period) for title in found}) > 1:
            raise Unreadable("it calls itself " + " and ".join(map(repr, found.values())))
        if found:  # what a heading says of the stage beats what the window's title leaves out
            return min(found.items(), key=lambda each: each[0].stage != "flash")
    raise Unreadable(
        "no title such as 'Major Export Commodities in Quantity and Value,7.2026' or"
        " 'China's Major Exports by Quantity and Value, May 2026 (in USD)' was found"
    )


def _headings(root: Element) -> Iterator[str]:
    """Texts that name the page: its window's title, its headings, and what is marked as a title."""
    yield from root.xpath("//meta[contains(translate(@name,'TILE','tile'),'title')]/@content")
    for element in root.iter(*_HEADINGS, "div", "p", "span", "td", "th"):
        marked = re.search(r"ttl|tit(le)?\b", (element.get("class") or "").lower())
        if (element.tag in _HEADINGS or marked) and element.xpath("count(descendant::*)") <= _LARGEST_TITLE:
            yield text_of(element, skip=("a", "table"))


def _texts(root: Element) -> Iterator[str]:
    """Where nothing is marked as a title: the page's text, without its links."""
    words = text_of(root, skip=("a",))
    for match in _TABLE.finditer(words.lower().replace("’", "'")):
        yield words[match.start() : match.end() + _FOLLOWS_WITHIN]


def read_title(text: str) -> Title | None:
    """What a title says; None where it is of another table, or names no month."""
    if not (named := _named(text)):
        return None
    stage, flow, rest = named
    bare = re.sub(r"^(?:in|for|of|from)\s+", "", _IN_MONEY.sub(" ", rest).lstrip(" .,:;(-"))
    if not (match := _PERIOD.match(bare)):
        return None
    first, last, year = match.group(1, 2, 3) if match[3] else match.group(5, 6, 4)
    if first and month_number(first) != 1:
        return None
    return Title(stage, flow, Month(int(year), month_number(last)))


def table_of(text: str) -> tuple[Stage, Flow] | None:
    """Which table a line of an index is of; None where it is none of ours, such as one by country."""
    named = _named(text)
    return named[:2] if named and not _IN_MONEY.sub("", named[2]).strip(" .,:;()-") else None


def _named(text: str) -> tuple[Stage, Flow, str] | None:
    """The table that a title names, and what follows its words."""
    words = clean(text).lower().replace("’", "'")
    if not (table := _TABLE.search(words)):
        return None
    rest = words[table.end() :]
    flash = table["china"] or (table["by"] == "by" and _IN_MONEY.search(rest))
    return "flash" if flash else "bulletin", "export" if table["flow"] == "export" else "import", rest


def month_number(text: str) -> int:
    """1 to 12 for 7, 07, Jul. or July."""
    bare = text.rstrip(".")
    return int(bare) if bare.isdigit() else _SHORT.index(bare[:3]) + 1


def comes_out_in(month: Month, day: date) -> bool:
    """Whether a page of that day would be that month's: it comes in the next, January's with February's."""
    waits = month.until(Month.of_day(day))
    return waits == 1 or (month.number == 1 and waits == 2)


def published_on(root: Element, end: Month | None = None) -> date | None:
    """The one day printed below the title; `end`, the page's month, tells it where the year stands last."""

    def days(xpath: str) -> list[date]:
        found = (each if isinstance(each, str) else text_of(each, skip=("a",)) for each in root.xpath(xpath))
        return [day for text in found if (day := _day(text, end))]

    if own := days("//*[contains(@class, 'atcl-date')][count(*) <= 5]"):
        return own[0]
    named = days("//meta[@name='PubDate']/@content")
    others = set(named or days("//*[contains(@class, 'date')][count(*) <= 5]"))
    return others.pop() if len(others) == 1 else None


def _day(text: str, end: Month | None) -> date | None:
    first, second, third = match.groups() if (match := _DAY.search(text)) else ("", "", "")
    days = set[date]()
    for year, *rest in {(first, second, third), (third, first, second), (third, second, first)}:
        if len(year) == 4:
            with suppress(ValueError):  # there is no 18th month
                days.add(date(int(year), *map(int, rest)))
    fitting = {day for day in days if end and comes_out_in(end, day)}
    return next((found.pop() for found in (fitting, days) if len(found) == 1), None)
