"""The site's lists of tables: the pages that they link to, and which of those are worth asking for."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urldefrag, urljoin, urlsplit

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow
from bot.dataset.releases import FIRST_STAGE
from bot.sources.markup import Element, Unreadable, clean, document, naming, text_of
from bot.sources.titles import IN_YUAN, MONTHS, Stage, month_number, read_title, table_of

LOOKED_AT_AGAIN = 2  # the newest months of each table: customs exchange a page now and then
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:\.html?)?$")


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

    def month_by(self, today: date) -> Month:
        """Its month; in a list that does not say its year, the last such month that is over."""
        return Month(self.year or today.year - (self.month >= today.month), self.month)


def links_of(content: bytes, address: str) -> tuple[Link, ...]:
    """Every page of a table of ours that the list links to, in dollars where it is also there in yuan."""
    with naming(address):
        root = document(content)
        found = [*_rows(root, address), *_titles(root, address)]
        if not found:
            raise Unreadable("no line 'Major Export Commodities in Quantity and Value' was found in it")
    dollars = {link.name for link in found if link and not link.yuan}
    return tuple(dict.fromkeys(link for link in found if link and not (link.yuan and link.name in dollars)))


def _rows(root: Element, address: str) -> Iterator[Link | None]:
    """The links of every row that begins with a table's title, after None for the row itself."""
    listed = _YEAR.search(urlsplit(address).path)  # as in monthly2024.html; else the pages tell theirs
    year = int(listed[1]) if listed else None
    for row in root.xpath("//tr[not(.//table)]"):
        begins = [text_of(cell) for cell in row.xpath("./td|./th")[:2]]
        if found := next(((table, text) for text in begins if (table := table_of(text))), None):
            yield None
            table, yuan = found[0], bool(IN_YUAN.search(found[1]))
            for anchor in row.iter("a"):
                label = re.fullmatch(MONTHS, text_of(anchor).lower())
                if label and (target := _target(anchor, address)):
                    yield Link(target, *table, month_number(label[2]), year, yuan)


def _titles(root: Element, address: str) -> Iterator[Link]:
    for anchor in root.iter("a"):
        texts = (text_of(anchor), clean(anchor.get("title") or ""))
        found = next(((title, text) for text in texts if (title := read_title(text))), None)
        if found and (target := _target(anchor, address)):
            title, yuan = found[0], bool(IN_YUAN.search(found[1]))
            yield Link(target, title.stage, title.flow, title.period.number, title.period.year, yuan)


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
    flashes = {flow for (_, flow), stage in FIRST_STAGE.items() if stage == "flash"}
    ours = (link for link in links if link.stage == "bulletin" or link.flow in flashes)
    month = {link: link.month_by(known.today) for link in ours}
    ordered = sorted(
        (link for link in month if since is None or month[link].year >= since),
        key=lambda link: (month[link], link.stage != "flash", link.flow),
    )
    tables: dict[tuple[Stage, Flow], list[Link]] = defaultdict(list)
    for link in ordered:
        tables[link.stage, link.flow].append(link)
    again = {link for pages in tables.values() for link in pages[-LOOKED_AT_AGAIN:]}
    if since is not None:
        return [link for link in ordered if link in again or link.address not in taken]
    rows = (row for row in known.record.rows if row.status and not row.series.partner)
    there = {(row.status, row.series.flow, row.period.end) for row in rows}
    return [link for link in ordered if link in again or (link.stage, link.flow, month[link]) not in there]
