"""What customs' pages call themselves and are listed as: table, flow, month and day; which are wanted."""

import re
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from bot.dataset.calendar import MONTH_NAMES, Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow
from bot.dataset.releases import Stage
from bot.profile import profile
from bot.sources.markup import PATTERNS, Element, Unreadable, clean, document, naming, text_of

LOOKED_AT_AGAIN = 2  # the newest months of each table: customs exchange a page now and then
_SHORT = [name[:3].lower() for name in MONTH_NAMES]
_NAME = "|".join([*map(str.lower, MONTH_NAMES), "sept", *_SHORT])
MONTH = rf"(?:0?[1-9](?![0-9])|1[0-2](?![0-9])|(?:{_NAME})\b\.?)"
MONTHS = rf"(?:({MONTH})\s*(?:-+|~|to|through)\s*)?({MONTH})"
YEAR = r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])"
_TABLE, _IN_MONEY, _IN_YUAN = (re.compile(PATTERNS[name]) for name in ("table", "in_money", "in_yuan"))
_BEFORE_YEAR = rf"(?<![0-9]){MONTHS}[\s.,/-]*{YEAR}"
_AFTER_YEAR = rf"{YEAR}\s*[./-]\s*{MONTHS}(?!\s*[./-]?\s*[0-9])"  # no date
_PERIOD = re.compile(rf"{_BEFORE_YEAR}|{_AFTER_YEAR}")
_BETWEEN, _TWO = r"\s*[/.-]\s*", r"([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})"
_DAY = re.compile(rf"(?<![0-9/.-])(?:{YEAR}{_BETWEEN}{_TWO}|{_TWO}{_BETWEEN}{YEAR})(?![0-9])")
_HEADINGS = "//title | //h1 | //h2 | //h3 | //h4 | //caption | //*[contains(@class, 'atcl-ttl')]"
_LIST_OF = re.compile(r"((?:19|20)[0-9]{2})(?:\.html?)?$")  # as in monthly2024.html


class Title(NamedTuple):
    """A title that was understood."""

    stage: Stage
    flow: Flow
    period: Month


def page_title(root: Element) -> tuple[Title, str]:
    """The page's title and its words; Unreadable where there is none, or where two contradict."""
    small = root.xpath(f"({_HEADINGS})[count(descendant::*) <= 40]")
    texts = (text_of(each, skip=("a", "table")) for each in small)
    found = {title: text for text in texts if (title := read_title(text))}
    if len({(title.flow, title.period) for title in found}) > 1:
        raise Unreadable("it calls itself " + " and ".join(map(repr, found.values())))
    if found:  # what a heading says of the stage beats what the window's title leaves out
        return min(found.items(), key=lambda each: each[0].stage != "flash")
    raise Unreadable(
        "no title such as 'Major Export Commodities in Quantity and Value,7.2026' or"
        " 'China's Major Exports by Quantity and Value, May 2026 (in USD)' was found"
    )


def read_title(text: str) -> Title | None:
    """What a title says; None where it is of another table, or names no month."""
    if not (named := _named(text)):
        return None
    stage, flow, rest = named
    if not (match := _PERIOD.match(re.sub(r"^(?:in|for|of|from)\s+", "", rest))):
        return None
    first, last, year = match.group(1, 2, 3) if match[3] else match.group(5, 6, 4)
    if first and month_number(first) != 1:
        return None
    return Title(stage, flow, Month(int(year), month_number(last)))


def _named(text: str) -> tuple[Stage, Flow, str] | None:
    """The table that a title names, and what else follows its words."""
    words = clean(text).lower().replace("’", "'")
    if not (table := _TABLE.search(words)):
        return None
    behind = words[table.end() :]
    is_flash = table["china"] or (table["by"] == "by" and _IN_MONEY.search(behind))
    stage: Stage = "flash" if is_flash else "bulletin"
    flow: Flow = "export" if table["flow"] == "export" else "import"
    return stage, flow, _IN_MONEY.sub(" ", behind).lstrip(" .,:;(-")


def month_number(text: str) -> int:
    """1 to 12 for 7, 07, Jul. or July."""
    bare = text.rstrip(".")
    return int(bare) if bare.isdigit() else _SHORT.index(bare[:3]) + 1


def comes_out_in(month: Month, day: date) -> bool:
    """Whether a page of that day would be that month's: it comes in the next, January's with February's."""
    waits = month.until(Month.of_day(day))
    return waits == 1 or (month.number == 1 and waits == 2)


def published_on(root: Element, end: Month | None = None) -> date | None:
    """The day printed below the title; None where `end`, the page's month, leaves open which is meant."""
    for element in root.xpath("//*[contains(@class, 'atcl-date')][count(*) <= 5]"):
        days = set(_days(text_of(element, skip=("a",))))
        fitting = {day for day in days if end and comes_out_in(end, day)}
        if len(found := fitting or days) == 1:
            return found.pop()
    return None


def _days(text: str) -> Iterator[date]:
    """The days that a text can mean: with the year last either number is the month."""
    if match := _DAY.search(text):
        first, second, year = match.group(2, 3, 1) if match[1] else match.group(4, 5, 6)
        for month, day in [(first, second)] if match[1] else [(first, second), (second, first)]:
            with suppress(ValueError):  # there is no 18th month
                yield date(int(year), int(month), int(day))


class Link(NamedTuple):
    """A page of a table of ours; the year is None where the list does not say it."""

    address: str
    stage: Stage
    flow: Flow
    month: int
    year: int | None

    @property
    def name(self) -> str:
        """Such as 'bulletin, export, 2026-07'."""
        when = f"{self.year}-{self.month:02d}" if self.year else f"month {self.month}"
        return f"{self.stage}, {self.flow}, {when}"


def links_of(content: bytes, address: str) -> tuple[Link, ...]:
    """Every page of a table of ours that the list links to, but those in yuan."""
    with naming(address):
        rows = list(_titled_rows(root := document(content)))
        found = [*_row_links(rows, address), *_titled_links(root, address)]
        if not (rows or found):
            raise Unreadable("no line 'Major Export Commodities in Quantity and Value' was found in it")
    return tuple(dict.fromkeys(found))


def _titled_rows(root: Element) -> Iterator[tuple[Element, Stage, Flow]]:
    for row in root.xpath("//tr[not(.//table)]"):
        begins = filter(None, map(_named, _in_dollars(*map(text_of, row.xpath("./td|./th")[:2]))))
        # With more behind its words it is a table of another kind, such as one by country.
        if table := next((each for each in begins if not each[2].strip(" .,:;()-")), None):
            yield row, *table[:2]


def _in_dollars(*titles: str) -> Iterator[str]:
    return (title for title in titles if not _IN_YUAN.search(title.lower()))


def _row_links(rows: Iterable[tuple[Element, Stage, Flow]], address: str) -> Iterator[Link]:
    year = next(map(int, _LIST_OF.findall(urlsplit(address).path)), None)  # else the pages tell theirs
    for row, stage, flow in rows:
        for anchor in row.iter("a"):
            label = re.fullmatch(MONTHS, text_of(anchor).lower())
            if label and (target := _target(anchor, address)):
                yield Link(target, stage, flow, month_number(label[2]), year)


def _titled_links(root: Element, address: str) -> Iterator[Link]:
    for anchor in root.iter("a"):
        titles = filter(None, map(read_title, _in_dollars(text_of(anchor), anchor.get("title") or "")))
        if (title := next(titles, None)) and (target := _target(anchor, address)):
            yield Link(target, title.stage, title.flow, title.period.number, title.period.year)


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
