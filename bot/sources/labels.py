"""The words over a table's columns: which period, quantity or value, level or change."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from bot.dataset.calendar import MONTH_NAMES

Span = Literal["month", "ytd"]
Part = Literal["name", "unit", "quantity", "value"]
PARTS: tuple[Part, ...] = get_args(Part)
LONGEST = 200  # characters

MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
MONTH_NUMBERS |= {name[:3]: number for name, number in MONTH_NUMBERS.items()} | {"sept": 9}
_NAME = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
MONTH = rf"(?:0?[1-9](?![0-9])|1[0-2](?![0-9])|(?:{_NAME})\b\.?)"
MONTHS = rf"(?:({MONTH})\s*(?:-+|~|to|through)\s*)?({MONTH})"
YEAR = r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])"

# What stands in a label, in the order in which it is looked for; what is left over is not understood.
_WORDS = {
    "change": r"(?:percentage|%|rate of)?\s*(?:change|growth|increase)s?(?:\s*rate)?"
    r"\s*(?:\(\s*(?:±\s*)?%\s*\))?|year[\s-]*on[\s-]*year|y[\s-]*o[\s-]*y|[±+]?\s*%|percentage",
    "base": r"(?:over|compared (?:with|to)|from|of|on|in)?\s*(?:the\s*)?(?:corresponding|same)\s*"
    r"(?:period|month)s?\s*(?:of|in)?\s*(?:the\s*)?(?:last|previous|preceding)\s*year",
    "money": r"\(?\s*(?:in\s*)?(?:us\s*\$|usd|us dollars?|rmb|cny)\s*[0-9,]*\s*"
    r"(?:million|billion|thousand)?\s*\)?",
    "unit": r"(?:quantity |measurement )?units?(?: of (?:quantity|measurement))?",
    "name": r"(?:names? of )?(?:main |major )?(?:(?:export|import)(?:ed)? )?"
    r"(?:commodit(?:y|ies)|articles?|goods|items?|products?|description)(?: names?)?|name",
    "quantity": r"quantit(?:y|ies)|qty|volume",
    "value": r"values?|amounts?",
    "total": r"(?:accumulat(?:ed|ive)|cumulative|total|year to date|ytd)+",
    "year": YEAR,
    "months": MONTHS,
    "this month": r"(?:this |current |the )month|month",
}
_JOINING = re.compile(r"[\s,.:;()\[\]/*月-]|\bthe\b|\bof\b|\bin\b|\band\b|\bfor\b")


@dataclass(frozen=True, slots=True)
class Label:
    """What the header says of a column; what it leaves open is None or False."""

    part: Part | None = None
    change: bool = False
    span: Span | None = None
    month: int | None = None
    year: int | None = None


def read_label(text: str) -> Label | None:
    """The meaning of such as 1to7, 1-5 Total,2025 or Percentage Change; None where it is not known."""
    left, found = text.lower(), dict[str, re.Match[str]]()
    if len(text) > LONGEST:
        return None
    for kind, pattern in _WORDS.items():
        if match := re.search(pattern, left):
            found[kind] = match
            left = re.sub(pattern, " ", left, count=1 if kind in ("year", "months") else 0)
    parts = [part for part in PARTS if part in found]
    months = found.get("months")
    # Levels of "the same period last year" are a layout of another site: here that column names its year.
    odd = len(parts) > 1 or ("base" in found and "change" not in found)
    if odd or _JOINING.sub("", left) or (months and months[1] and month_number(months[1]) != 1):
        return None
    total = "total" in found or (months and months[1])
    return Label(
        part=parts[0] if parts else None,
        change="change" in found,
        span="ytd" if total else "month" if months or "this month" in found else None,
        month=month_number(months[2]) if months else None,
        year=int(found["year"][1]) if "year" in found else None,
    )


def month_number(text: str) -> int:
    """1 to 12 for 7, 07, Jul. or July."""
    bare = text.rstrip(".")
    return int(bare) if bare.isdigit() else MONTH_NUMBERS[bare]
