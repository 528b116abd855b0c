"""Bytes of a page into its document, plain text and tables; one too large, too deep or cut off is refused."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import product
from typing import Any

from lxml import etree, html

from bot.errors import SourceError

LIMIT_BYTES = 20_000_000
LIMIT_TAGS = 400_000  # a page of the site has some thousand
WIDEST_TABLE, LONGEST_TABLE = 60, 3_000  # columns and rows; the site's tables have eight to twelve columns
Element = Any  # lxml ships no types


class Unreadable(Exception):  # noqa: N818  # what is missing; the SourceError names the page too
    """A page or an answer is not what it should be."""


@contextmanager
def naming(address: str) -> Iterator[None]:
    """Makes a SourceError of that page from what is unreadable in it."""
    try:
        yield
    except Unreadable as error:
        raise SourceError(address, str(error)) from error


# What a page in UTF-16 begins with: its mark, or its first tag where it has none.
_UTF16 = {
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be",
}  # fmt: skip
# Names of encodings of the west; browsers read each of them as Windows' own, which holds the others.
_WESTERN = re.compile(rb"charset\s*=\s*[\"']?\s*(?:windows-1252|iso-8859-1|latin-?1|us-ascii)", re.IGNORECASE)
_DECLARED_WITHIN = 4096  # bytes
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
# Full-width forms and dashes alone, not NFKC: that makes a digit of a footnote's mark (10³, 10①).
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), ord("-"))
_PLAIN |= dict.fromkeys([*range(0x20), 0x7F], ord(" "))
_UNSEEN = ("script", "style", "noscript", "template")
_BREAKS = {"br", "p", "div", "li", "tr", "td", "th", "table", "sup", "sub", "h1", "h2", "h3", "h4", "option"}
_NO_CELLS = re.compile(r"<!--.*?(?:-->|\Z)|<script.*?(?:</script|\Z)", re.DOTALL)


def document(content: bytes) -> Element:
    """The page's root element."""
    if len(content) > LIMIT_BYTES:
        raise Unreadable(f"it is larger than {LIMIT_BYTES // 1_000_000} MB")
    text = _decoded(content)
    if text.count("<") > LIMIT_TAGS:
        raise Unreadable("it has more elements than any page of the site")
    shown = _NO_CELLS.sub("", text.lower())
    last = max(map(shown.rfind, ("<td", "<th", "<tr")))
    if last >= 0 and "</table" not in shown[last:]:
        raise Unreadable("it ends inside its table: the page is cut off")
    # Bytes, for lxml refuses text that carries an encoding declaration of its own.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    as_browsers_take_it = re.sub(r"(?i)</br\s*>", "<br>", text).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(as_browsers_take_it, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable("it is not a page in HTML") from error
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise Unreadable("its elements are longer, or deeper in one another, than any page's")
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    return root


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16, the western one where the page names it, or the Chinese one that holds older ones."""
    wide = next((name for mark, name in _UTF16.items() if content.startswith(mark)), None)
    if b"\0" in content and not wide:
        raise Unreadable("it is not text")
    older = "cp1252" if _WESTERN.search(content[:_DECLARED_WITHIN]) else "gb18030"
    for encoding in (wide,) if wide else ("utf-8-sig", older):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return content.decode("utf-8", "replace")  # the sign for a broken byte is in no number and no name


def clean(text: str) -> str:
    """One line of plain text: full-width forms, no-break spaces, dashes and doubled spaces made ordinary."""
    return " ".join(_INVISIBLE.sub("", text).translate(_PLAIN).split())


def text_of(element: Element, skip: tuple[str, ...] = ()) -> str:
    """What a reader sees of it without the tags in `skip`; a note's mark (sup) is a word of its own."""
    return clean(_text(element, skip))


def _text(element: Element, skip: tuple[str, ...]) -> str:
    if element.tag in skip:
        return ""
    inside = "".join(_text(child, skip) + (child.tail or "") for child in element)
    edge = " " if element.tag in _BREAKS else ""
    return f"{edge}{element.text or ''}{inside}{edge}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell's text, the columns it covers, and whether it covers one place alone."""

    text: str
    first: int
    last: int
    alone: bool


NO_CELL = Cell("", -1, -1, alone=False)  # stands in each place that no cell covers
Cells = tuple[Cell, ...]  # of a row


def grid_of(table: Element) -> tuple[Cells, ...]:
    """The table's rows with a cell in each place that it covers; none of one larger than any of the site."""
    lines = list(table.iter("tr"))
    places: dict[tuple[int, int], Cell] = {}
    for down, line in enumerate(lines):
        across = 0
        for element in line.iterchildren("td", "th"):
            while (down, across) in places:
                across += 1
            width, height = _span(element, "colspan", 1), _span(element, "rowspan", len(lines))
            if across + width > WIDEST_TABLE or len(lines) > LONGEST_TABLE:
                return ()
            cell = Cell(text_of(element), across, across + width - 1, alone=width == height == 1)
            below = range(down, min(down + height, len(lines)))
            places |= dict.fromkeys(product(below, range(across, across + width)), cell)
            across += width
    columns = range(max((across + 1 for _, across in places), default=0))
    return tuple(tuple(places.get((down, at), NO_CELL) for at in columns) for down in range(len(lines)))


def _span(element: Element, name: str, for_zero: int) -> int:
    """How far a cell reaches; what is no number counts as 1, rowspan 0 as the rest of the table."""
    text = (element.get(name) or "1").strip()
    return int(text) or for_zero if re.fullmatch(r"[0-9]{1,9}", text) else 1
