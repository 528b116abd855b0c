"""Times as they are written: each form a pattern that is tried only where a word begins it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal

from bot.dataset.calendar import Month
from bot.questions.lexicon import MONTHS, NUMBER_WORDS

Kind = Literal[
    "month", "quarter", "half", "year", "years", "to_date", "range", "span", "list",
    "latest", "last", "ago", "relative", "beside", "preceding", "same", "around", "full", "fiscal",
    "cumulative", "day", "impossible",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Time:
    """A time as it was said; `year` is None where it was left open, "relative" for "last March".

    `number`: which month, quarter or half; how many of a unit; `parts`: the ends of a span, the members of a
    list, the months of a range. `pointing`: said of what was shown before.
    """

    kind: Kind
    year: int | Literal["relative"] | None = None
    number: Any = None
    parts: tuple[Any, ...] = ()
    pointing: bool = False
    start: int = 0
    end: int = 0
    text: str = ""


Make = Callable[[re.Match[str], date], Time | None]
Form = tuple[str, Make]  # a pattern, and what a match of it makes
_NAMES = "|".join(
    f"{name}s?" if len(name) > 3 and name != "sept" else name
    for name in sorted(MONTHS, key=len, reverse=True)
)
MN = rf"(?:{_NAMES})(?![a-z])\.?"
Y4 = r"(?:19[5-9]\d|20[0-4]\d)(?!\d)"
Y2 = (
    r"(?:1[5-9]|2\d|3[0-5])(?![\d,.]*\d)"
    r"(?!\s*(?:st|nd|rd|th|kt|mt|t|k|%|percent|days?|tonnes|tons|usd|million|mn|万|吨|ships?|cargoes)\b)(?!\s*[%:])"
)
SEP = r"[\s,'\-/.]*(?:of\s+(?:the\s+year\s+)?|in\s+|year\s+)?'?"
NW = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty[- ]four"
    r"|couple(?: of)?)"
)
ORD = r"(?:first|1st|second|2nd|third|3rd|fourth|4th|final|last)"
RY = (
    r"(?:(?:of\s+|in\s+)?(?:the\s+)?(?:last|this|previous|prior|current|present|preceding|past)\s+year(?:'s)?"
    r"|(?:of\s+)?(?:the\s+)?year\s+before(?:\s+last)?)"
)
E = r"(?![a-z0-9])"
TO = r"\s*(?:-|to|through|thru|until|till)\s*"


def number(said: str) -> int:
    """The number that digits or a word say."""
    said = said.strip().removesuffix(" of")
    return int(said) if said.isdigit() else NUMBER_WORDS[said]


def month(said: str) -> int:
    """The number of a month by its name."""
    said = said.rstrip(".")
    return MONTHS.get(said) or MONTHS[said.removesuffix("s")]


def year(said: str | None) -> int | None:
    """A year of four or two digits; None for nothing."""
    if not said:
        return None
    said = said.strip("' ")
    return int(said) if len(said) == 4 else 2000 + int(said)


def relative_year(said: str, today: date) -> int:
    """The year that "this year" or "last year" is."""
    if "before last" in said:
        return today.year - 2
    return today.year if "this" in said or "current" in said or "present" in said else today.year - 1


def _either(match: re.Match[str], today: date, absolute: int, relative: int) -> int | None:
    if match[relative]:
        return relative_year(match[relative], today)
    return year(match[absolute])


def range_of(first: int, last: int, of_year: int | None) -> Time:
    """A stretch of months by number; from January on it is a running total."""
    if first == last:
        return Time("month", of_year, first)
    if first == 1:
        return Time("to_date", of_year, last)
    if first > last and of_year:
        return Time("range", parts=(Month(of_year - 1, first), Month(of_year, last)))
    return Time("range", of_year, parts=(first, last))


def _half(said: str) -> Any:
    return 1 if said in ("first", "1st", "1") else "other" if said == "other" else 2


def _of_month(m: re.Match[str], _: date) -> Time:
    return Time("month", year(m[2]), month(m[1]))


_MONTH_FORMS: tuple[Form, ...] = (
    (rf"({MN})[\s'-]*(1[89]|2[0-7])(?=\s+(?:tons?|tonnes?|t|usd|in)\b)", _of_month),
    (
        rf"(mar|march|june|jun|sept|sep|september|dec|december)\s+quarter(?:{SEP}({Y4}|{Y2})|\s+({RY}))?",
        lambda m, t: _ending(m, t),
    ),
    (
        rf"({MN})\s+before(?:\s+(?:that|it))?(?=\s*(?:$|[?.!,](?!\s*\d)))",
        lambda m, t: Time("preceding", number=month(m[1])),
    ),
    (rf"({MN}){TO}({MN}){SEP}({Y4}|{Y2})", lambda m, t: range_of(month(m[1]), month(m[2]), year(m[3]))),
    (rf"({MN}){TO}({MN})\s+({RY})", lambda m, t: range_of(month(m[1]), month(m[2]), relative_year(m[3], t))),
    (
        rf"(jan)(?:uary)?\.?\s*(?:/|&|and|\+)\s*(feb)(?:ruary)?(?![a-z])(?:\s*combined)?(?:{SEP}({Y4}|{Y2}))?",
        lambda m, t: range_of(1, 2, year(m[3])),
    ),
    (rf"{MN}\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s+{Y4}", lambda m, t: Time("day")),
    (rf"({MN}){SEP}({Y4})", _of_month),
    (rf"({MN})(?:[\s,\-/]*'\s?|[\s,\-/]*)({Y2})", _of_month),
    (rf"({MN})[\s,]+({RY})", lambda m, t: Time("month", relative_year(m[2], t), month(m[1]))),
    (
        rf"{MN}\s+\d{{1,2}}(?:st|nd|rd|th)?(?![\d.,]*\d)(?!\s*(?:kt|mt|t|%|and|months?|percent|million|k)\b)(?!\s*%)",
        lambda m, t: Time("day"),
    ),
    (rf"({MN})(?!'\d)", lambda m, t: Time("month", None, month(m[1]))),
)
_DIGIT_FORMS: tuple[Form, ...] = (
    (rf"{Y4}-\d\d-\d\d(?!\d)", lambda m, t: Time("day")),
    (r"\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d(?!\d)", lambda m, t: Time("day")),
    (rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MN}{SEP}{Y4}", lambda m, t: Time("day")),
    (rf"\d{{1,2}}(?:st|nd|rd|th)\s+(?:of\s+)?{MN}", lambda m, t: Time("day")),
    (rf"({Y4})\s?-\s?({Y4})", lambda m, t: Time("years", int(m[1]), int(m[2]))),
    (
        rf"({Y4})[-/.](0[1-9]|1[0-2])\s*(?:\.\.|to|through|->?|→|until|~)\s*({Y4})[-/.](0[1-9]|1[0-2])(?!\d)",
        lambda m, t: Time("range", parts=(Month(int(m[1]), int(m[2])), Month(int(m[3]), int(m[4])))),
    ),
    (rf"({Y4})[-/.]?(0[1-9]|1[0-2])(?!\d)(?!\s*(?:kt|mt))", lambda m, t: Time("month", int(m[1]), int(m[2]))),
    (r"(19[5-9]\d|20[0-4]\d)(0[1-9]|1[0-2])(?!\d)", lambda m, t: Time("month", int(m[1]), int(m[2]))),
    (rf"({Y4})[-/.]([1-9])(?!\d)", lambda m, t: Time("month", int(m[1]), int(m[2]))),
    (rf"({Y4})\s?m(0?[1-9]|1[0-2])(?!\d)", lambda m, t: Time("month", int(m[1]), int(m[2]))),
    (rf"(0?[1-9]|1[0-2])[-/.]\s?({Y4})", lambda m, t: Time("month", int(m[2]), int(m[1]))),
    (r"(0?[1-9]|1[0-2])/(1[5-9]|2[0-7])(?![\d/,]|\.\d)", lambda m, t: Time("month", year(m[2]), int(m[1]))),
    (rf"({Y4})[-/](2\d)(?!\d)|({Y4})/({Y4})", lambda m, t: Time("fiscal", int(m[1] or m[3]), "split")),
    (rf"{Y4}[-/](?:1[3-9]|[3-9]\d|00)(?!\d)|(?:1[3-9]|[2-9]\d)/{Y4}", lambda m, t: Time("impossible")),
    (rf"([1-4])\s?q{SEP}({Y4}|{Y2})", lambda m, t: Time("quarter", year(m[2]), int(m[1]))),
    (rf"({Y4}|{Y2})[\s,\-/]*q\s?([1-4]){E}", lambda m, t: Time("quarter", year(m[1]), int(m[2]))),
    (rf"([1-4])q{E}", lambda m, t: Time("quarter", None, int(m[1]))),
    (rf"([12])\s?h{SEP}({Y4}|{Y2})", lambda m, t: Time("half", year(m[2]), int(m[1]))),
    (rf"({Y4})[\s,\-/]*h\s?([12]){E}", lambda m, t: Time("half", year(m[1]), int(m[2]))),
    (rf"([12])h{E}", lambda m, t: Time("half", None, int(m[1]))),
    (rf"({NW})m\s?({Y4}|{Y2}){E}", lambda m, t: Time("to_date", year(m[2]), number(m[1]))),
    (rf"12\s?m{E}(?!\s*(?:t|tonnes)\b)", lambda m, t: Time("last", number=(12, "month"))),
    (
        rf"1st\s+({NW})\s+(?:months?|mos)\b(?:{SEP}({Y4}|{Y2}))?",
        lambda m, t: Time("to_date", year(m[2]), number(m[1])),
    ),
    (
        r"(?:(?<=\bof )|(?<=\bin )|(?<=\bfor )|(?<=\bvs )|(?<=\bsince )|(?<=\b\d\d and )|(?<=year ))'?"
        r"(1[89]|2[0-6])(?=\s*(?:$|[?.!,](?!\d)|and \d\d\b))",
        lambda m, t: Time("year", year(m[1])),
    ),
    (
        r"(1[89]|2[0-6])\s*(?:v|vs\.?|to|-|/)\s*'?(1[89]|2[0-6])(?=\s*(?:$|[?.!,]|full|in total|year))",
        lambda m, t: Time("list", parts=tuple(Time("year", year(each)) for each in m.groups())),
    ),
    (
        rf"({Y4})[\s,]+(?:the )?first\s+({NW})\s+months?",
        lambda m, t: Time("to_date", int(m[1]), number(m[2])),
    ),
    (rf"({Y4}) (?:so far|to date)", lambda m, t: Time("to_date", int(m[1]))),
    (rf"({Y4})[\s,:]+({MN}){TO}({MN})", lambda m, t: range_of(month(m[2]), month(m[3]), int(m[1]))),
    (rf"({Y4})[\s,\-/.]*({MN})", lambda m, t: Time("month", int(m[1]), month(m[2]))),
    (rf"({Y4})(?:\s+(?:calendar|full|whole)[- ]year)(?![a-z])", lambda m, t: Time("year", int(m[1]))),
    (
        rf"({Y4})(?![\d年])(?!\s*(?:kt|mt|t|tonnes|tons|吨|万吨|usd|dollars)(?![a-z]))(?![,.]\d)(?!\s*%)",
        lambda m, t: Time("year", int(m[1])),
    ),
)
_COUNT_FORMS: tuple[Form, ...] = (
    (
        r"one\s+(before|prior|earlier|after|later)(?:\s+(?:that|it))?(?=\s*(?:$|[?.!,]))",
        lambda m, t: Time("relative", number=("same", 1 if m[1] in ("after", "later") else -1)),
    ),
    (
        rf"({NW})[- ]months?(?:\s+(?:running|rolling|moving))?(?:\s+(?:total|sum|average|figure|period))?"
        rf"\s+(?:to|through|ending|ended|until)(?:\s+in)?\s+({MN}){SEP}({Y4}|{Y2})",
        lambda m, t: _months_to(number(m[1]), Month(year(m[3]) or t.year, month(m[2]))),
    ),
    (
        rf"({NW}|a)\s+(months?|years?|quarters?)\s+(?:ago|back){E}",
        lambda m, t: Time("ago", number=(number(m[1]), m[2].rstrip("s"))),
    ),
    (
        rf"({NW}|an?)\s+months?\s+(?:earlier|before|prior|previous)(?:\s+(?:that|it|this))?{E}(?!\s+{MN})",
        lambda m, t: Time("relative", number=("month", -number(m[1]))),
    ),
    (
        rf"({NW}|an?)\s+months?\s+(?:later|after)(?:\s+(?:that|it|this))?{E}",
        lambda m, t: Time("relative", number=("month", number(m[1]))),
    ),
    (
        r"(?:a|one|1)\s+year[- ](?:earlier|before(?! last)|prior|previous|back|ago)(?:\s+(?:that"
        r"|it))?(?![a-z])",
        lambda m, t: Time("relative", number=("year", -1)),
    ),
    (
        rf"({NW})\s+years?\s+(?:earlier|before|prior){E}",
        lambda m, t: Time("relative", number=("year", -number(m[1]))),
    ),
    (
        rf"(?:a|one)\s+quarter\s+(?:earlier|before|prior){E}",
        lambda m, t: Time("relative", number=("quarter", -1)),
    ),
    (rf"({ORD})[- ]quarter(?:{SEP}({Y4}|{Y2})|\s+({RY}))?", lambda m, t: _quarter(m, t)),
    (
        rf"(first|1st|second|2nd|last|latter|back|other)[- ](?:half|halves|semester)"
        rf"(?:{SEP}({Y4}|{Y2})|\s+({RY})|\s+of\s+(?:the\s+)?year)?",
        lambda m, t: Time("half", _either(m, t, 2, 3), _half(m[1])),
    ),
)
_WORD_FORMS: tuple[tuple[str, str, Make], ...] = (
    ("q", rf"q\s?(?:[5-9]|0){E}", lambda m, t: Time("impossible")),
    ("h", rf"h\s?(?:[3-9]|0){SEP}{Y4}", lambda m, t: Time("impossible")),
    ("q", rf"q\s?([1-4]){SEP}({Y4}|{Y2})", lambda m, t: Time("quarter", year(m[2]), int(m[1]))),
    ("q", rf"q\s?([1-4])\s+({RY})", lambda m, t: Time("quarter", relative_year(m[2], t), int(m[1]))),
    ("q", rf"q\s?([1-4]){E}", lambda m, t: Time("quarter", None, int(m[1]))),
    ("h", rf"h\s?([12]){SEP}({Y4}|{Y2})", lambda m, t: Time("half", year(m[2]), int(m[1]))),
    ("h", rf"h\s?([12])\s+({RY})", lambda m, t: Time("half", relative_year(m[2], t), int(m[1]))),
    ("h", rf"h\s?([12]){E}", lambda m, t: Time("half", None, int(m[1]))),
    (
        "quarter",
        rf"quarter\s+([1-4]|one|two|three|four){E}(?:{SEP}({Y4}|{Y2}))?",
        lambda m, t: Time("quarter", year(m[2]), number(m[1])),
    ),
    (
        "quarter",
        r"quarter\s+(?:before|earlier)(?![a-z])",
        lambda m, t: Time("relative", number=("quarter", -1)),
    ),
    (
        "semester half",
        rf"(?:semester|half)\s+([12]|one|two){E}(?:{SEP}({Y4}|{Y2}))?",
        lambda m, t: Time("half", year(m[2]), number(m[1])),
    ),
    (
        "fy fiscal financial",
        rf"(?:fy|fiscal(?: year)?|financial year)\s*'?({Y4}|{Y2})(?:\s*[/-]\s*(\d\d(?:\d\d)?))?",
        lambda m, t: Time("fiscal", year(m[1]), "split" if m[2] else "one"),
    ),
    ("cy", rf"cy\s?({Y4}|{Y2}){E}", lambda m, t: Time("year", year(m[1]))),
    (
        "first initial opening",
        rf"(?:first|1st|initial|opening)\s+({NW})\s+(?:months?|mos\b)(?:{SEP}({Y4}|{Y2})|\s+({RY})|\s+of\s+(?:the\s+)?year)?",
        lambda m, t: Time("to_date", _either(m, t, 2, 3), number(m[1])),
    ),
    (
        "first opening",
        rf"(?:first|opening)\s+(two|three|2|3)\s+quarters(?:{SEP}({Y4}|{Y2})|\s+({RY}))?",
        lambda m, t: Time("to_date", _either(m, t, 2, 3), 3 * number(m[1])),
    ),
    (
        "this current so since",
        r"(?:(?:this|current)\s+year(?:'s)?[\s,]+so far|so far (?:in\s+)?this year"
        r"|since (?:the )?(?:start|beginning) of (?:the|this) year|this year to date|since new year)",
        lambda m, t: Time("to_date", t.year),
    ),
    ("so", rf"so far in ({Y4})", lambda m, t: Time("to_date", int(m[1]))),
    (
        "year ytd y cumulative cumulatively cum cumul accumulated accumulative running aggregate",
        r"(?:year[- ]to[- ]date|ytd(?: total)?|y-t-d|cumulative(?:ly)?|cum\.?|cumul|accumulated|accumulative"
        rf"|running total|aggregate so far){E}",
        lambda m, t: Time("cumulative"),
    ),
    (
        "last past this previous",
        rf"(?:last|past|this past|this|previous)\s+({MN})(?!\s+(?:and|to|-)\s)",
        lambda m, t: Time("month", "relative", month(m[1])),
    ),
    (
        "last this previous prior",
        rf"({RY})(?:'s)?[\s,]+({MN})(?!\s*\d)",
        lambda m, t: Time("month", relative_year(m[1], t), month(m[2])),
    ),
    (
        "last past previous latest trailing recent preceding rolling most",
        rf"(?:last|past|previous|latest|trailing|recent|preceding|rolling|most"
        rf" recent)\s+({NW})[\s-]*(?:months?|m|mths?){E}",
        lambda m, t: Time("last", number=(number(m[1]), "month")),
    ),
    (
        "last past previous latest recent",
        rf"(?:last|past|previous|latest|recent)\s+({NW})\s+(quarters|years){E}",
        lambda m, t: Time("last", number=(number(m[1]), m[2][:-1])),
    ),
    (
        "last final closing",
        rf"(?:last|final|closing)\s+({NW})\s+months?\s+of\s+(?:({Y4})|({RY}))",
        lambda m, t: Time("range", _either(m, t, 2, 3), parts=(13 - number(m[1]), 12)),
    ),
    (
        "last past trailing rolling previous",
        rf"(?:last|past|trailing|rolling|previous)\s+({NW})[\s-]*months?,?\s+"
        r"(?:to|through|ending|until|up to)"
        rf"(?:\s+(?:the\s+)?end(?:\s+of)?)?\s+({MN}){SEP}({Y4}|{Y2})",
        lambda m, t: _months_to(number(m[1]), Month(year(m[3]) or t.year, month(m[2]))),
    ),
    (
        "same",
        rf"same(?:\s+(?:window|range|span))?\s+'?({Y4}|{Y2})(?=\s*(?:$|[?.!,]))",
        lambda m, t: Time("same", year(m[1])),
    ),
    (
        "last past",
        r"(?:last|past)\s+12(?=\s*(?:$|on record|[?.!,]))",
        lambda m, t: Time("last", number=(12, "month")),
    ),
    ("ltm ttm", rf"(?:ltm|ttm){E}", lambda m, t: Time("last", number=(12, "month"))),
    ("last past", r"(?:last|past)\s+few\s+months", lambda m, t: Time("last", number=(6, "month"))),
    (
        "same corresponding comparable equivalent",
        rf"(?:same|corresponding|comparable|equivalent)\s+(?:{NW}\s+)?"
        r"(?:month|months|period|time|quarter|half|stretch|dates|span|window|range)s?"
        rf"(?:\s+(?:of|in|for|from|a|the|one))*\s+({Y4}|{Y2}|(?:last|previous|prior|preceding|precedent|this|present|current)\s+year"
        r"|year\s+(?:ago|earlier|before|prior|previous))(?!\d)",
        lambda m, t: Time("same", year(m[1]) if m[1].isdigit() else _same_year(m[1], t)),
    ),
    (
        "same that those these both",
        r"(?:same\s+(?:two\s+|three\s+|four\s+|2\s+|3\s+|4\s+)?"
        r"(?:month|period|quarter|q|qtr|half|year|window|range|time frame|timeframe|time|months|dates|periods"
        r"|years|quarters|halves)(?!\s+(?:of|in|last)\s)"
        r"|that\s+(?:same\s+)?(?:month|period|quarter|year|half)"
        r"|(?:those|these|both)\s+(?:same\s+)?(?:two\s+|three\s+)?(?:months|periods|years|quarters|halves))(?![a-z])",
        lambda m, t: Time("same", None, pointing=True),
    ),
    (
        "year yr same",
        r"(?:same\s+)?(?:year|yr)[- ](?:earlier|before(?! last)|prior|previous|back|ago|on year"
        r" base)(?:\s+(?:that|it))?(?![a-z])",
        lambda m, t: Time("relative", number=("year", -1)),
    ),
    (
        "last this at",
        r"(?:last year at this (?:point|time|stage)|(?:at )?this (?:time|point|stage) last year)(?![a-z])",
        lambda m, t: Time("same", "relative"),
    ),
    ("year", r"year\s+before\s+last", lambda m, t: Time("year", t.year - 2)),
    (
        "previous prior preceding",
        r"(?:previous|prior|preceding)\s+year(?![a-z])",
        lambda m, t: Time("relative", number=("year", -1)),
    ),
    (
        "year following next",
        r"(?:year after|following year|next year|year later)(?: that)?(?![a-z])",
        lambda m, t: Time("relative", number=("year", 1)),
    ),
    (
        "month",
        rf"month\s+(before|after)\s+({MN})",
        lambda m, t: Time("beside", number=(-1 if m[1] == "before" else 1, month(m[2]))),
    ),
    (
        "month months previous prior preceding",
        r"(?:months?\s+(?:earlier|before|prior|previous)(?:\s+(?:that|it|this))?|(?:previous|prior|preceding)\s+month)(?![a-z])",
        lambda m, t: Time("relative", number=("month", -1)),
    ),
    (
        "month months next following",
        r"(?:months?\s+(?:later|after)(?:\s+(?:that|it|this))?|(?:next|following)\s+month)(?![a-z])",
        lambda m, t: Time("relative", number=("month", 1)),
    ),
    ("next following", r"(?:next|following)\s+quarter", lambda m, t: Time("relative", number=("quarter", 1))),
    (
        "previous prior preceding last",
        r"(?:previous|prior|preceding|last)\s+quarter(?![a-z])",
        lambda m, t: Time("relative", number=("quarter", -1)),
    ),
    ("this current", r"(?:this|current)\s+quarter", lambda m, t: Time("relative", number=("quarter", 0))),
    (
        "for of in over during",
        r"(?:for|of|in|over|during)\s+(?:the|that)\s+(?:whole\s+|full\s+)?(quarter|half|half year"
        r"|year)(?![a-z])"
        r"(?!\s+(?:before|of|in|to|ended|ending|earlier|\d))",
        lambda m, t: Time("around", number="half" if "half" in m[1] else m[1]),
    ),
    (
        "latest newest most last current this freshest past",
        r"(?:latest|newest|most recent|last|current|this|freshest|past)\s+(?!month\s+of\s+the)"
        r"(?:available\s+|reported\s+|published\s+|full\s+|calendar\s+|data\s+)?month(?:'s)?(?!s)(?![a-z])",
        lambda m, t: Time("latest"),
    ),
    (
        "latest newest most up freshest last",
        r"(?:latest|newest|most recent(?:ly)?|most up to date|up[- ]to[- ]date|freshest"
        r"|last (?:one )?(?:available|published|reported|known)"
        rf"|last (?:print|number|figure|data(?: point)?|reading|release|figures))(?!\s+(?:year|quarter)){E}",
        lambda m, t: Time("latest"),
    ),
    (
        "last past whole all full entire",
        r"(?:(?:whole\s+of|all\s+of|all|full|entire)\s+)?(?:the\s+)?(?:last|past)\s+year(?![a-z])",
        lambda m, t: Time("year", t.year - 1, pointing=True),
    ),
    (
        "this the whole all full entire current",
        r"(?:(?:whole\s+of|all\s+of|all|full|entire)\s+)?(?:this|the\s+current|current)\s+year(?![a-z])",
        lambda m, t: Time("year", t.year),
    ),
    (
        "last past latest most",
        r"(?:last|past|latest|most recent)\s+(?:full|complete|completed|calendar"
        r"|whole)\s+(?:calendar\s+)?year(?![a-z])",
        lambda m, t: Time("year", t.year - 1),
    ),
    (
        "calendar full whole entire year yr",
        rf"(?:(?:calendar|full|whole|entire)[- ]?)?(?:calendar\s+)?(?:year|yr)[- ]?\s*({Y4}|'{Y2})",
        lambda m, t: Time("year", year(m[1])),
    ),
    (
        "full whole entire calendar as annual",
        rf"(?:(?:full|whole|entire|calendar)[- ]year(?:ly)?(?:\s+(?:total|figure|number))?|as a whole"
        rf"|annual(?:\s+(?:total|figure|number))?){E}",
        lambda m, t: Time("full"),
    ),
    ("'", rf"'({Y2})", lambda m, t: Time("year", year(m[1]))),
    (
        "mid early late middle week first second third fourth last latter",
        rf"(?:(?:(?:first|second|third|fourth|last)\s+)?week\s+(?:of|in)(?:\s+\d{{1,2}})?"
        r"|(?:first|1st|second|2nd|latter|early|last)\s+(?:half|part|third|days|decade)\s+of"
        rf"|mid|mid of|middle of|early|late|first \d+ days of)[\s-]+{MN}(?:{SEP}(?:{Y4}|{Y2}))?",
        lambda m, t: Time("day"),
    ),
)


def _same_year(said: str, today: date) -> int | Literal["relative"]:
    return today.year if said.startswith(("this", "present", "current")) else "relative"


def _months_to(count: int, end: Month) -> Time:
    return Time("range", parts=(end.plus(1 - count), end))


def _quarter(m: re.Match[str], today: date) -> Time:
    of_year = _either(m, today, 2, 3)
    if m[1] == "last" and of_year is None:
        return Time("relative", number=("quarter", -1))
    return Time("quarter", of_year, NUMBER_WORDS[m[1]] if m[1] != "last" else 4)


def _ending(m: re.Match[str], today: date) -> Time:
    """The quarter that ends in that month, as Australians name it."""
    number = {"mar": 1, "jun": 2, "sep": 3, "dec": 4}[m[1][:3]]
    return Time("quarter", _either(m, today, 2, 3), number)


LONGEST = 90  # characters of a time
_compiled = cache(re.compile)  # at first use: a text needs few of them


def _by_word() -> Mapping[str, tuple[Form, ...]]:
    found: dict[str, list[Form]] = {}
    for words, pattern, make in _WORD_FORMS:
        for word in words.split():
            found.setdefault(word, []).append((pattern, make))
    for word in (*_COUNTING, *_ORDINAL):
        found.setdefault(word, []).extend(_COUNT_FORMS)
    return {word: tuple(forms) for word, forms in found.items()}


_COUNTING = (
    "a an one two three four five six seven eight nine ten eleven twelve eighteen twenty couple".split()
)
_ORDINAL = "first second third fourth final last latter back other".split()
_OF_DIGITS = (*_DIGIT_FORMS, *_COUNT_FORMS)
_OF_WORDS = _by_word()


def forms_at(token: str) -> tuple[Form, ...]:
    """The forms that may begin with a token."""
    if token[0].isdigit():
        return _OF_DIGITS
    word = token.removesuffix("'s")
    return (
        _MONTH_FORMS
        if word in MONTHS or (len(word) > 4 and word[:-1] in MONTHS)
        else _OF_WORDS.get(token, ())
    )


def time_at(forms: Iterable[Form], text: str, at: int, today: date) -> Time | None:
    """The longest time that begins at a place of the text."""
    best: Time | None = None
    last = min(len(text), at + LONGEST)
    for pattern, make in forms:
        match = _compiled(pattern).match(text, at, last)
        if match and (best is None or match.end() > best.end):
            made = make(match, today)
            if made:
                end = at + len(match[0].rstrip(" ,."))
                best = replace(made, start=at, end=end, text=text[at:end])
    return best
