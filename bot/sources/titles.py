"""What customs' pages call themselves and are listed as: table, flow, month and day; which are wanted."""

import re
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urldefrag, urljoin, urlsplit

from bot.dataset.calendar import MONTH_NAMES, Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow
from bot.dataset.releases import Stage
from bot.profile import profile
from bot.sources.markup import Element, Unreadable, clean, document, naming, text_of

LOOKED_AT_AGAIN = 2  # the newest months of each table: customs exchange a page now and then
_SHORT = [name[:3].lower() for name in MONTH_NAMES]
_NAME = "|".join([*map(str.lower, MONTH_NAMES), "sept", *_SHORT])
MONTH = rf"(?:0?[1-9](?![0-9])|1[0-2](?![0-9])|(?:{_NAME})\b\.?)"
MONTHS = rf"(?:({MONTH})\s*(?:-+|~|to|through)\s*)?({MONTH})"
YEAR = r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])"
_IN_YUAN = re.compile(r"\bin\s+(?:rmb|cny)\b")
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
_LIST_OF = re.compile(r"((?:19|20)[0-9]{2})(?:\.html?)?$")  # as in monthly2024.html


@dataclass(frozen=True, slots=True)
class Title:
    """A title that was understood."""

    stage: Stage
    flow: Flow
    period: Month
    yuan: bool = field(default=False, compare=False)


def page_title(root: Element) -> tuple[Title, str]:
    """The page's title and its words; Unreadable where there is none, or where two contradict."""
    plain = text_of(root, skip=("a",))  # where nothing is marked as a title
    tables = _TABLE.finditer(plain.lower().replace("’", "'"))
    in_text = (plain[match.start() : match.end() + _FOLLOWS_WITHIN] for match in tables)
    for texts in (_headings(root), in_text):
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


def read_title(text: str) -> Title | None:
    """What a title says; None where it is of another table, or names no month."""
    if not (named := _named(text)):
        return None
    stage, flow, yuan, rest = named
    if not (match := _PERIOD.match(re.sub(r"^(?:in|for|of|from)\s+", "", rest))):
        return None
    first, last, year = match.group(1, 2, 3) if match[3] else match.group(5, 6, 4)
    if first and month_number(first) != 1:
        return None
    return Title(stage, flow, Month(int(year), month_number(last)), yuan)


def _named(text: str) -> tuple[Stage, Flow, bool, str] | None:
    """The table that a title names, whether it is in yuan, and what else follows its words."""
    words = clean(text).lower().replace("’", "'")
    if not (table := _TABLE.search(words)):
        return None
    behind = words[table.end() :]
    is_flash = table["china"] or (table["by"] == "by" and _IN_MONEY.search(behind))
    stage: Stage = "flash" if is_flash else "bulletin"
    flow: Flow = "export" if table["flow"] == "export" else "import"
    return stage, flow, bool(_IN_YUAN.search(words)), _IN_MONEY.sub(" ", behind).lstrip(" .,:;(-")


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


@dataclass(frozen=True, slots=True)
class Link:
    """A page of a table of ours; the year is None where the list does not say it."""

    address: str
    stage: Stage
    flow: Flow
    month: int
    year: int | None
    yuan: bool = False

    @property
    def name(self) -> str:
        """Such as 'bulletin, export, 2026-07'."""
        when = f"{self.year}-{self.month:02d}" if self.year else f"month {self.month}"
        return f"{self.stage}, {self.flow}, {when}"


def links_of(content: bytes, address: str) -> tuple[Link, ...]:
    """Every page of a table of ours that the list links to, in dollars where it is also there in yuan."""
    with naming(address):
        rows = list(_titled_rows(root := document(content)))
        found = [*_row_links(rows, address), *_titled_links(root, address)]
        if not (rows or found):
            raise Unreadable("no line 'Major Export Commodities in Quantity and Value' was found in it")
    dollars = {link.name for link in found if not link.yuan}
    return tuple(dict.fromkeys(link for link in found if not (link.yuan and link.name in dollars)))


def _titled_rows(root: Element) -> Iterator[tuple[Element, Stage, Flow, bool]]:
    """The rows that begin with a title, each with its table and whether it is in yuan."""
    for row in root.xpath("//tr[not(.//table)]"):
        begins = filter(None, map(_named, map(text_of, row.xpath("./td|./th")[:2])))
        # With more behind its words it is a table of another kind, such as one by country.
        if table := next((each for each in begins if not each[3].strip(" .,:;()-")), None):
            yield row, *table[:3]


def _row_links(rows: Iterable[tuple[Element, Stage, Flow, bool]], address: str) -> Iterator[Link]:
    """The months' links in the rows of a table."""
    year = next(map(int, _LIST_OF.findall(urlsplit(address).path)), None)  # else the pages tell theirs
    for row, stage, flow, yuan in rows:
        for anchor in row.iter("a"):
            label = re.fullmatch(MONTHS, text_of(anchor).lower())
            if label and (target := _target(anchor, address)):
                yield Link(target, stage, flow, month_number(label[2]), year, yuan)


def _titled_links(root: Element, address: str) -> Iterator[Link]:
    """The links that have a title of their own."""
    for anchor in root.iter("a"):
        titles = filter(None, map(read_title, (text_of(anchor), anchor.get("title") or "")))
        if (title := next(titles, None)) and (target := _target(anchor, address)):
            yield Link(target, title.stage, title.flow, title.period.number, title.period.year, title.yuan)


def _target(anchor: Element, address: str) -> str | None:
    """The absolute address on the same host; None for anything else a link can be."""
    try:
        there = urldefrag(urljoin(address, clean(anchor.get("href") or ""))).url
        parts, here = urlsplit(there), urlsplit(address)
        return there if parts.scheme in ("http", "https") and parts.hostname == here.hostname else None
    except ValueError:  # brackets that are no IPv6 address
        return None


def wanted(
    links: Iterable[Link], known: Dataset, since: int | None = None, taken: Container[str] = ()
) -> list[Link]:
    """The pages not on record (`since` a year: not taken) and the newest of each table, the oldest first."""
    # A page is weighed against those before it. A flash of imports has no line of ours.
    ours, day = {(stage, flow) for (_, flow), stage in profile().stages.items()}, known.today
    listed = (link for link in links if (link.stage, link.flow) in ours)
    # In a list that does not say its year a month is the last such one that is over.
    month = {each: Month(each.year or day.year - (each.month >= day.month), each.month) for each in listed}
    ordered = sorted(month, key=lambda link: (month[link], link.stage != "flash", link.flow))
    ordered = [link for link in ordered if since is None or month[link].year >= since]
    tables = [(link.stage, link.flow) for link in ordered]
    again = {link for at, link in enumerate(ordered) if tables[at:].count(tables[at]) <= LOOKED_AT_AGAIN}
    if since is not None:
        return [link for link in ordered if link in again or link.address not in taken]
    rows = (row for row in known.record.rows if row.status and not row.series.partner)
    there = {(row.status, row.series.flow, row.period.end) for row in rows}
    return [link for link in ordered if link in again or (link.stage, link.flow, month[link]) not in there]
