"""The site's lists of tables: a row for each table with a link for each month, or links that are titles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from bot.dataset.model import Flow
from bot.errors import SourceError
from bot.sources.labels import MONTH, TO, month_number
from bot.sources.markup import Element, clean, document, text_of
from bot.sources.titles import Stage, is_in_yuan, read_title, table_of

_LABEL = re.compile(rf"(?:({MONTH}){TO})?({MONTH})")
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


def links_of(content: bytes, address: str) -> tuple[Link, ...]:
    """Every page of a table of ours that the list links to; months to come are no links.

    Where a table is there in dollars and in yuan it is the page in dollars. A SourceError where the list has
    no line of such a table at all.
    """
    root = document(content, address)
    found = [*_rows(root, address), *_titles(root, address)]
    if not found:
        raise SourceError(address, "no line 'Major Export Commodities in Quantity and Value' was found in it")
    links = [(link, each.yuan) for each in found if (link := each.link)]
    dollars = {_page(link) for link, yuan in links if not yuan}
    return tuple(dict.fromkeys(link for link, yuan in links if not yuan or _page(link) not in dollars))


@dataclass(frozen=True, slots=True)
class _Listed:
    """A link of a line, or a line that has none yet; and whether it is headed in yuan."""

    yuan: bool
    link: Link | None = None


def _page(link: Link) -> tuple[object, ...]:
    return (link.stage, link.flow, link.year, link.month)


def _rows(root: Element, address: str) -> Iterator[_Listed]:
    """The links of every row that begins with a table's title, after one entry for the row itself."""
    year = _year(address)
    for row in root.iter("tr"):
        texts = [text_of(cell) for cell in row.xpath("./td|./th")[:2]]
        title, kind = next(((text, kind) for text in texts if (kind := table_of(text))), ("", None))
        if kind is None or row.xpath(".//table"):
            continue
        yield _Listed(is_in_yuan(title))
        for anchor in row.iter("a"):
            label = _LABEL.fullmatch(text_of(anchor).lower())
            if label and (target := _target(anchor, address)):
                link = Link(target, *kind, month_number(label[2]), year)
                yield _Listed(is_in_yuan(title), link)


def _titles(root: Element, address: str) -> Iterator[_Listed]:
    """The links whose text is a table's title with its month."""
    for anchor in root.iter("a"):
        for text in (text_of(anchor), anchor.get("title") or ""):
            title, target = read_title(text), _target(anchor, address)
            if title and target:
                link = Link(target, title.stage, title.flow, title.period.number, title.period.year)
                yield _Listed(is_in_yuan(text), link)
                break


def _target(anchor: Element, address: str) -> str | None:
    """The absolute address on the same host; None for anything else a link can be."""
    try:
        there = urldefrag(urljoin(address, clean(anchor.get("href") or ""))).url
        parts, here = urlsplit(there), urlsplit(address)
        return there if parts.scheme in ("http", "https") and parts.hostname == here.hostname else None
    except ValueError:  # brackets that are no IPv6 address
        return None


def _year(address: str) -> int | None:
    """The year in the list's address, as in monthly2024.html; else None: the pages tell theirs."""
    match = _YEAR.search(urlsplit(address).path)
    return int(match[1]) if match else None
