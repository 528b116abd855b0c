"""What a page calls itself: which table it is, of which flow and month, and the day it was published."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.dataset.calendar import Month
from bot.dataset.model import Flow
from bot.errors import SourceError
from bot.sources.labels import MONTH, TO, YEAR, month_number
from bot.sources.markup import Element, clean, text_of

Stage = Literal["flash", "bulletin"]

_TABLE = re.compile(
    r"(?P<china>china'?s\s+)?(?:major|main|principal)\s+(?P<flow>export|import)(?:s|ed)?(?:\s+commodit(?:y|ies))?"
    r"\s+(?P<by>in|by)\s+quantity\s+(?:and|&)\s+value"
)
_BEFORE_YEAR = re.compile(rf"(?<![0-9])(?:({MONTH}){TO})?({MONTH})[\s.,/-]*(?<![0-9])({YEAR})(?![0-9])")
_AFTER_YEAR = re.compile(
    rf"(?<![0-9])({YEAR})\s*[./-]\s*(?:({MONTH}){TO})?({MONTH})(?!\s*[./-]?\s*[0-9])"
)  # no date
_IN_MONEY = re.compile(r"\(?\s*\bin\s+(?:usd|us\s*\$|us dollars?|rmb|cny)\s*\)?")
_IN_YUAN = re.compile(r"\bin\s+(?:rmb|cny)\b")
_DAY = re.compile(r"((?:19|20)[0-9]{2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})(?![0-9])")
_YEAR_LAST = re.compile(
    r"(?<![0-9])([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*((?:19|20)[0-9]{2})(?![0-9])"
)
_HEADINGS = ("title", "h1", "h2", "h3", "h4", "caption")
_LARGEST_TITLE = 40  # elements
_FOLLOWS_WITHIN = 60  # characters from a title's words to its period


@dataclass(frozen=True, slots=True)
class Title:
    """A title that was understood."""

    stage: Stage
    flow: Flow
    period: Month


def page_title(root: Element, address: str) -> tuple[Title, str]:
    """The page's title and its words; a SourceError where there is none, or where two contradict."""
    for level in (_headings(root), _texts(root)):
        found = {title: text for text in level if (title := read_title(text))}
        if len({(title.flow, title.period) for title in found}) > 1:
            raise SourceError(address, "it calls itself " + " and ".join(map(repr, found.values())))
        if found:
            # Of one table: what a heading says of the stage beats what the window's title leaves out.
            title = next((each for each in found if each.stage == "flash"), next(iter(found)))
            return title, found[title]
    raise SourceError(
        address,
        "no title such as 'Major Export Commodities in Quantity and Value,7.2026' or"
        " 'China's Major Exports by Quantity and Value, May 2026 (in USD)' was found",
    )


def read_title(text: str) -> Title | None:
    """What a title says; None where it is of another table, or names no month."""
    table, rest = _table(text)
    if not table or not (period := _period(rest)):
        return None
    return Title(*_kind(table, rest), period)


def table_of(text: str) -> tuple[Stage, Flow] | None:
    """Which table a line of an index is of; None where it is none of ours, such as one by country."""
    table, rest = _table(text)
    if not table or _IN_MONEY.sub("", rest).strip(" .,:;()-"):
        return None
    return _kind(table, rest)


def is_in_yuan(text: str) -> bool:
    """Whether a title says that its values are in yuan: the same table stands there in dollars too."""
    return bool(_IN_YUAN.search(clean(text).lower()))


def _table(text: str) -> tuple[re.Match[str] | None, str]:
    """The title's words, and what follows them."""
    words = clean(text).lower().replace("’", "'")
    table = _TABLE.search(words)
    return table, words[table.end() :] if table else ""


def _kind(table: re.Match[str], rest: str) -> tuple[Stage, Flow]:
    flash = bool(table["china"] or (table["by"] == "by" and _IN_MONEY.search(rest)))
    return "flash" if flash else "bulletin", "export" if table["flow"] == "export" else "import"


def comes_out_in(month: Month, day: date) -> bool:
    """Whether a page of that day would be that month's: it comes in the next, January's with February's."""
    waits = month.until(Month(day.year, day.month))
    return waits == 1 or (month.number == 1 and waits == 2)


def published_on(root: Element, end: Month | None = None) -> date | None:
    """The day printed below the title; None where there is none, or where it is not one alone.

    Till 2020 the year stands last: which of the others is the month is told by `end`, the page's own.
    """
    if own := _days(root, "atcl-date", end):
        return own[0]
    named = [day for text in root.xpath("//meta[@name='PubDate']/@content") if (day := _day(text, end))]
    others = set(named or _days(root, "date", end))
    return others.pop() if len(others) == 1 else None


def _days(root: Element, mark: str, end: Month | None) -> list[date]:
    """The days in small elements whose class has that word in it."""
    marked = root.xpath(f"//*[contains(@class, '{mark}')][count(*) <= 5]")
    return [day for element in marked if (day := _day(text_of(element, skip=("a",)), end))]


def _day(text: str, end: Month | None) -> date | None:
    if match := _DAY.search(text):
        return _valid(match[1], match[2], match[3])
    if not (match := _YEAR_LAST.search(text)):
        return None
    days = {_valid(match[3], match[1], match[2]), _valid(match[3], match[2], match[1])} - {None}
    fitting = [day for day in days if day and end and comes_out_in(end, day)]
    return fitting[0] if len(fitting) == 1 else days.pop() if len(days) == 1 else None


def _valid(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _period(rest: str) -> Month | None:
    """The period that follows a title's words at once, in any of its spellings."""
    bare = re.sub(r"^(?:in|for|of|from)\s+", "", _IN_MONEY.sub(" ", rest).lstrip(" .,:;(-"))
    if match := _BEFORE_YEAR.match(bare):
        first, last, year = match[1], match[2], match[3]
    elif match := _AFTER_YEAR.match(bare):
        year, first, last = match[1], match[2], match[3]
    else:
        return None
    if first and month_number(first) != 1:
        return None
    return Month(int(year), month_number(last))


def _headings(root: Element) -> Iterator[str]:
    """Texts that name the page: its window's title, its headings, and what is marked as a title."""
    yield from root.xpath("//meta[contains(translate(@name,'TILE','tile'),'title')]/@content")
    for element in root.iter("title", "h1", "h2", "h3", "h4", "caption", "div", "p", "span", "td", "th"):
        marked = re.search(r"ttl|tit(le)?\b", (element.get("class") or "").lower())
        if (element.tag in _HEADINGS or marked) and element.xpath("count(descendant::*)") <= _LARGEST_TITLE:
            yield text_of(element, skip=("a", "table"))


def _texts(root: Element) -> Iterator[str]:
    """Where nothing is marked as a title: the page's text, without its links."""
    words = text_of(root, skip=("a",))
    for match in _TABLE.finditer(words.lower().replace("’", "'")):
        yield words[match.start() : match.end() + _FOLLOWS_WITHIN]
