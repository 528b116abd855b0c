"""The words over a table's columns: which period, quantity or value, level or change."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from bot.dataset.calendar import MONTH_NAMES

Span = Literal["month", "ytd"]
Part = Literal["name", "unit", "quantity", "value"]
Word = Part | Literal["change", "base", "money"]
LONGEST = 200  # characters
PARTS: tuple[Part, ...] = get_args(Part)

MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
MONTH_NUMBERS |= {name[:3]: number for name, number in MONTH_NUMBERS.items()} | {"sept": 9}
_NAME = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
MONTH = rf"(?:0?[1-9](?![0-9])|1[0-2](?![0-9])|(?:{_NAME})\b\.?)"
TO = r"\s*(?:-+|~|to|through)\s*"
YEAR = r"(?:(?:19|20)[0-9]{2})"

# What stands in a label, in the order in which it is looked for; what is left over is not understood.
_WORDS: tuple[tuple[Word, str], ...] = (
    (
        "change",
        r"(?:percentage|%|rate of)?\s*(?:change|growth|increase)s?(?:\s*rate)?\s*(?:\(\s*(?:±\s*)?%\s*\))?"
        r"|year[\s-]*on[\s-]*year|y[\s-]*o[\s-]*y|[±+]?\s*%|percentage",
    ),
    (
        "base",
        r"(?:over|compared (?:with|to)|from|of|on|in)?\s*(?:the\s*)?(?:corresponding|same)\s*"
        r"(?:period|month)s?\s*(?:of|in)?\s*(?:the\s*)?(?:last|previous|preceding)\s*year",
    ),
    (
        "money",
        r"\(?\s*(?:in\s*)?(?:us\s*\$|usd|us dollars?|rmb|cny)\s*[0-9,]*\s*"
        r"(?:million|billion|thousand)?\s*\)?",
    ),
    ("unit", r"(?:quantity |measurement )?units?(?: of (?:quantity|measurement))?"),
    (
        "name",
        r"(?:names? of )?(?:main |major )?(?:(?:export|import)(?:ed)? )?"
        r"(?:commodit(?:y|ies)|articles?|goods|items?|products?|description)(?: names?)?|name",
    ),
    ("quantity", r"quantit(?:y|ies)|qty|volume"),
    ("value", r"values?|amounts?"),
)
_YTD = re.compile(rf"({MONTH}){TO}({MONTH})")
_TOTAL = re.compile(r"(?:accumulat(?:ed|ive)|cumulative|total|year to date|ytd)+")
_ONE = re.compile(rf"({MONTH})")
_THIS = re.compile(r"(?:this |current |the )month|month")


@dataclass(frozen=True, slots=True)
class Label:
    """What one cell of a header says; what it leaves open is None or False."""

    part: Part | None = None
    change: bool = False
    span: Span | None = None
    month: int | None = None
    year: int | None = None


class UnknownLabel(ValueError):  # noqa: N818  # says what the text is, not that something failed
    """A header says something that no table of the site was seen to say."""


def read_label(text: str) -> Label:
    """The meaning of one header cell such as 1to7, 1-5 Total,2025 or Percentage Change."""
    if len(text) > LONGEST:
        raise UnknownLabel(text[:LONGEST])
    left, found = text.lower(), set[Word]()
    for kind, pattern in _WORDS:
        left, count = re.subn(pattern, " ", left)
        found |= {kind} if count else set()
    left, year = _taken(rf"(?<![0-9])({YEAR})(?![0-9])", left)
    left, span, month = _period(left)
    if re.sub(r"[\s,.:;()\[\]/*月-]|\bthe\b|\bof\b|\bin\b|\band\b|\bfor\b", "", left):
        raise UnknownLabel(text)
    parts = [part for part in PARTS if part in found]
    # Levels of "the same period last year" are a layout of another site: here that column names its year.
    if len(parts) > 1 or ("base" in found and "change" not in found):
        raise UnknownLabel(text)
    return Label(parts[0] if parts else None, "change" in found, span, month, int(year) if year else None)


def month_number(text: str) -> int:
    """1 to 12 for 7, 07, Jul. or July."""
    bare = text.rstrip(".")
    return int(bare) if bare.isdigit() else MONTH_NUMBERS[bare]


def _period(text: str) -> tuple[str, Span | None, int | None]:
    if match := _YTD.search(text):
        if month_number(match[1]) != 1:
            raise UnknownLabel(text)
        return _TOTAL.sub(" ", _without(text, match)), "ytd", month_number(match[2])
    rest, total = _TOTAL.subn(" ", text)
    if match := _ONE.search(rest):
        return _without(rest, match), "ytd" if total else "month", month_number(match[1])
    rest, this = _THIS.subn(" ", rest)
    return rest, "ytd" if total else "month" if this else None, None


def _taken(pattern: str, text: str) -> tuple[str, str | None]:
    match = re.search(pattern, text)
    return (_without(text, match), match[1]) if match else (text, None)


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " + text[match.end() :]
