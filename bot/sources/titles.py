"""What a page calls itself: which table it is, of which flow and month, and the day it was published."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.dataset.calendar import Month
from bot.dataset.model import Flow
from bot.sources.labels import MONTHS, YEAR, month_number
from bot.sources.markup import Element, Unreadable, clean, text_of

Stage = Literal["flash", "bulletin"]

_TABLE = re.compile(
    r"(?P<china>china'?s\s+)?(?:major|main|principal)\s+(?P<flow>export|import)(?:s|ed)?(?:\s+commodit(?:y|ies))?"
    r"\s+(?P<by>in|by)\s+quantity\s+(?:and|&)\s+value"
)
_BEFORE_YEAR = re.compile(rf"(?<![0-9]){MONTHS}[\s.,/-]*{YEAR}")
_AFTER_YEAR = re.compile(rf"{YEAR}\s*[./-]\s*{MONTHS}(?!\s*[./-]?\s*[0-9])")  # no date
_IN_MONEY = re.compile(r"\(?\s*\bin\s+(?:usd|us\s*\$|us dollars?|rmb|cny)\s*\)?")
_IN_YUAN = re.compile(r"\bin\s+(?:rmb|cny)\b")
_PART, _BETWEEN = r"([0-9]{1,2})", r"\s*[/.-]\s*"
_DAY = re.compile(rf"((?:19|20)[0-9]{{2}}){_BETWEEN}{_PART}{_BETWEEN}{_PART}(?![0-9])")
_YEAR_LAST = re.compile(rf"(?<![0-9]){_PART}{_BETWEEN}{_PART}{_BETWEEN}((?:19|20)[0-9]{{2}})(?![0-9])")
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
    for level in (_headings(root), _texts(root)):
        found = {title: text for text in level if (title := read_title(text))}
        if len({(title.flow, title.period) for title in found}) > 1:
            raise Unreadable("it calls itself " + " and ".join(map(repr, found.values())))
        if found:
            # Of one table: what a heading says of the stage beats what the window's title leaves out.
            title = next((each for each in found if each.stage == "flash"), next(iter(found)))
            return title, found[title]
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
    table, rest = _table(text)
    bare = re.sub(r"^(?:in|for|of|from)\s+", "", _IN_MONEY.sub(" ", rest).lstrip(" .,:;(-"))
    if match := _BEFORE_YEAR.match(bare):
        first, last, year = match.groups()
    elif match := _AFTER_YEAR.match(bare):
        year, first, last = match.groups()
    if not table or not match or (first and month_number(first) != 1):
        return None
    return Title(*_kind(table, rest), Month(int(year), month_number(last)))


def table_of(text: str) -> tuple[Stage, Flow] | None:
    """Which table a line of an index is of; None where it is none of ours, such as one by country."""
    table, rest = _table(text)
    return _kind(table, rest) if table and not _IN_MONEY.sub("", rest).strip(" .,:;()-") else None


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

    def marked(word: str) -> list[date]:
        small = root.xpath(f"//*[contains(@class, '{word}')][count(*) <= 5]")
        return [day for element in small if (day := _day(text_of(element, skip=("a",)), end))]

    if own := marked("atcl-date"):
        return own[0]
    named = [day for text in root.xpath("//meta[@name='PubDate']/@content") if (day := _day(text, end))]
    others = set(named or marked("date"))
    return others.pop() if len(others) == 1 else None


def _day(text: str, end: Month | None) -> date | None:
    if match := _DAY.search(text):
        spelled = {(match[1], match[2], match[3])}
    elif match := _YEAR_LAST.search(text):
        spelled = {(match[3], match[1], match[2]), (match[3], match[2], match[1])}
    else:
        return None
    days = [day for year, month, number in spelled if (day := _valid(int(year), int(month), int(number)))]
    fitting = [day for day in days if end and comes_out_in(end, day)]
    return next((found[0] for found in (fitting, days) if len(found) == 1), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
