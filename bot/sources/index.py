"""The site's lists of tables: the pages that they link to, and which of those are worth asking for."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urldefrag, urljoin, urlsplit

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow
from bot.dataset.releases import FIRST_STAGE
from bot.sources.labels import MONTHS, month_number
from bot.sources.markup import Element, Unreadable, clean, document, naming, text_of
from bot.sources.titles import Stage, is_in_yuan, read_title, table_of

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

    @property
    def name(self) -> str:
        """Such as 'bulletin, export, 2026-07'."""
        when = f"{self.year}-{self.month:02d}" if self.year else f"month {self.month}"
        return f"{self.stage}, {self.flow}, {when}"

    @property
    def table(self) -> tuple[Stage, Flow]:
        """Which of the site's tables it is a page of."""
        return self.stage, self.flow

    def month_by(self, today: date) -> Month:
        """Its month; in a list that does not say its year, the last such month that is over."""
        return Month(self.year or today.year - (self.month >= today.month), self.month)


def links_of(content: bytes, address: str) -> tuple[Link, ...]:
    """Every page of a table of ours that the list links to; months to come are no links.

    Where a table is there in dollars and in yuan it is the page in dollars. A SourceError where the list has
    no line of such a table at all.
    """
    with naming(address):
        root = document(content)
        found = [*_rows(root, address), *_titles(root, address)]
        if not found:
            raise Unreadable("no line 'Major Export Commodities in Quantity and Value' was found in it")
    links = [(link, is_in_yuan(title)) for title, link in found if link]
    dollars = {(*link.table, link.year, link.month) for link, yuan in links if not yuan}
    kept = (link for link, yuan in links if not yuan or (*link.table, link.year, link.month) not in dollars)
    return tuple(dict.fromkeys(kept))


def _rows(root: Element, address: str) -> Iterator[tuple[str, Link | None]]:
    """The links of every row that begins with a table's title, after one entry for the row itself."""
    listed = _YEAR.search(urlsplit(address).path)  # as in monthly2024.html; else the pages tell theirs
    year = int(listed[1]) if listed else None
    for row in root.xpath("//tr[not(.//table)]"):
        texts = [text_of(cell) for cell in row.xpath("./td|./th")[:2]]
        title = next((text for text in texts if table_of(text)), None)
        if title is None or not (table := table_of(title)):
            continue
        yield title, None
        for anchor in row.iter("a"):
            label = re.fullmatch(MONTHS, text_of(anchor).lower())
            if label and (target := _target(anchor, address)):
                yield title, Link(target, *table, month_number(label[2]), year)


def _titles(root: Element, address: str) -> Iterator[tuple[str, Link | None]]:
    """The links whose text is a table's title with its month."""
    for anchor in root.iter("a"):
        texts = (text_of(anchor), anchor.get("title") or "")
        found = next(((text, title) for text in texts if (title := read_title(text))), None)
        if found and (target := _target(anchor, address)):
            text, title = found
            yield text, Link(target, title.stage, title.flow, title.period.number, title.period.year)


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
    """The pages to ask for, the oldest first: a page is weighed against those before it.

    Those of months that are not on record; `since` a year, those that were not taken. And the newest of each
    table, to see whether they changed. A flash of imports has no line of ours.
    """
    flashes = {flow for (_, flow), stage in FIRST_STAGE.items() if stage == "flash"}
    month = {
        link: link.month_by(known.today) for link in links if link.stage == "bulletin" or link.flow in flashes
    }
    ordered = sorted(
        (link for link in month if since is None or month[link].year >= since),
        key=lambda link: (month[link], link.stage != "flash", link.flow),
    )
    tables = groupby(sorted(ordered, key=lambda link: link.table), lambda link: link.table)
    again = {link for _, group in tables for link in list(group)[-LOOKED_AT_AGAIN:]}
    if since is None:
        rows = (row for row in known.record.rows if not row.series.partner)
        there = {(row.status, row.series.flow, row.period.end) for row in rows if row.status}
        return [link for link in ordered if link in again or (*link.table, month[link]) not in there]
    return [link for link in ordered if link in again or link.address not in taken]
