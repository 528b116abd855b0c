"""Bytes of a page into its document, that into plain text, and texts into numbers and units."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree, html

from bot.errors import SourceError

LIMIT_BYTES = 20_000_000
LIMIT_TAGS = 400_000  # a page of the site has some thousand
Element = Any  # lxml ships no types
PATTERNS = tomllib.loads(Path(__file__).with_name("patterns.toml").read_text(encoding="utf-8"))


class Unreadable(Exception):  # noqa: N818  # what is missing; the SourceError names the page too
    """A page or an answer is not what it should be."""


@contextmanager
def naming(address: str) -> Iterator[None]:
    """Makes a SourceError of that page from what is unreadable in it."""
    try:
        yield
    except Unreadable as error:
        raise SourceError(address, str(error)) from error


_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
# Full-width forms and dashes alone, not NFKC: that makes a digit of a footnote's mark (10³, 10①).
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), ord("-"))
_PLAIN |= dict.fromkeys([*range(0x20), 0x7F], ord(" "))
_BREAKS = {"br", "p", "div", "li", "tr", "td", "th", "table", "sup", "sub", "h1", "h2", "h3", "h4", "option"}
_NO_CELLS = re.compile(r"<!--.*?(?:-->|\Z)|<script.*?(?:</script|\Z)", re.DOTALL)

FINEST = 6  # decimals; further ones are a spreadsheet's: 54.699999999999996
_LEVEL, _CHANGE = (re.compile(PATTERNS[name]) for name in ("level", "change"))
NOTHING, _WEIGHT, _MONEY = (
    re.compile(PATTERNS[name], re.IGNORECASE) for name in ("nothing", "weight", "money")
)
_SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}


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
    etree.strip_elements(root, "script", "style", "noscript", "template", with_tail=False)
    return root


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise Unreadable("it is not text")
    for encoding in ("utf-8-sig", "gb18030"):
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


class Unit(NamedTuple):
    """What a number counts, in tonnes or US$, as it is printed or was decided."""

    factor: Decimal | None  # None where it is yuan or not known
    text: str = ""


def number_in(text: str, *, change: bool = False) -> Decimal | None:
    """The level that a text is, or the change in percent; None where it is none."""
    if not (_CHANGE if change else _LEVEL).fullmatch(text):
        return None
    number = Decimal(re.sub("[, %]", "", text))
    if step_of(number) < Decimal(1).scaleb(-FINEST):
        number = exact(number, FINEST)
    if change:
        return round(number, 4) if number >= -100 else None
    return number


def exact(number: Decimal, decimals: int) -> Decimal:
    """The number rounded to so many decimals at most, without the zeros at its end."""
    return round(number, decimals).normalize()


def step_of(number: Decimal) -> Decimal:
    """The step that a number's last decimal shows: 0.1 of 54.7; 1 of a whole one."""
    return Decimal(1).scaleb(min(0, int(number.as_tuple().exponent)))


def tonnes_in(text: str) -> Decimal | None:
    """How many tonnes one of the unit is: 10000 for 10000T, 0.001 for KG; None where it is no weight."""
    match = _WEIGHT.fullmatch(text)
    return match and _multiple(match["times"]) * Decimal("0.001" if match["kilograms"] else 1)


def money_lines(text: str) -> tuple[Unit, ...]:
    """Every unit of money that a page's text names, each once."""
    found = []
    for match in _MONEY.finditer(clean(text)):
        number = _multiple(match["before"] or match["after"])
        scale = match["scale"] or match["after_scale"] or ""
        said = f"{match['currency'].upper()} {number:,} {scale}".strip()
        found.append(Unit(number * _SCALES[scale.lower()] if match["dollars"] else None, said))
    return tuple(dict.fromkeys(found))


def _multiple(text: str | None) -> Decimal:
    return Decimal(re.sub(r"[, ]", "", text or "1"))
