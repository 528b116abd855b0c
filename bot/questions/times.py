"""Times as they are written: the forms of the vocabulary, tried only where a word of theirs begins."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal, cast

from bot.dataset.calendar import Month
from bot.questions.lexicon import MONTHS, NUMBER_WORDS, load

Kind = Literal[
    "month", "quarter", "half", "year", "years", "to_date", "range", "span", "list",
    "latest", "last", "ago", "relative", "same", "around", "full", "fiscal", "split",
    "cumulative", "day", "impossible", "yearly",
]  # fmt: skip
Form = tuple[str, str]  # what a match of it is, and its pattern
Said = Mapping[str, str]  # the named groups of a match


@dataclass(frozen=True, slots=True)
class Time:
    """A time as it was said; `year` is None where it was left open.

    `year` is "relative" for "last March", "before" for "the March before" the one that was shown.

    `number`: which month, quarter or half, how many of a unit; 0 where none was said. `unit`: of what so many
    are meant. `parts`: the ends of years, a span or range, the members of a list. `pointing`: said of what
    was shown before. A fiscal year is "split" where it lies in two of the calendar's.
    """

    kind: Kind
    year: int | Literal["relative", "before"] | None = None
    number: int = 0
    unit: str = ""
    parts: tuple["Time", ...] = ()
    pointing: bool = False


LONGEST = 90  # characters of a time
MOST_YEARLY = 12
_TABLES: Mapping[str, Any] = load("times")
_NAMES = "|".join(
    f"{name}s?" if len(name) > 3 and name != "sept" else name
    for name in sorted(MONTHS, key=len, reverse=True)
)
_PIECES = {**_TABLES["pieces"], "MN": rf"(?:{_NAMES})(?![a-z])\.?"}
_YEARS_AGO = {"before last": 2, "this": 0, "current": 0, "present": 0, "今": 0, "本": 0, "前": 2, "明": -1}


def filled(pattern: str, pieces: Mapping[str, str]) -> str:
    """The pattern with each {NAME} replaced by that piece."""
    return re.sub(r"\{([A-Z]\w*)\}", lambda piece: filled(pieces[piece[1]], pieces), pattern)


def _forms(table: str) -> tuple[Form, ...]:
    return tuple((what, filled(pattern, _PIECES)) for what, pattern, *_ in _TABLES[table])


def _by_word() -> dict[str, list[Form]]:
    found: dict[str, list[Form]] = {}
    for what, pattern, words in _TABLES["word"]:
        for word in words.split():
            found.setdefault(word, []).append((what, filled(pattern, _PIECES)))
    for word in _TABLES["counting"].split():
        found.setdefault(word, []).extend(_forms("count"))
    return found


_compiled = cache(re.compile)  # of several words the same
_OF_DIGITS = [*_forms("digit"), *_forms("count")]
_OF_WORD = _by_word() | {name + end: [*_forms("month")] for name in MONTHS for end in ("", "s", "'s")}
_CHINESE, _STARTS_CHINESE = _forms("zh"), frozenset(_TABLES["starts_zh"])


def forms_at(token: str) -> list[Form]:
    """The forms that may begin with a token."""
    return _OF_DIGITS if token[0].isdigit() else _OF_WORD.get(token, [])


def forms_in_chinese(token: str) -> list[Form]:
    """The forms that may begin with a token of a text that holds Chinese."""
    own = forms_at(token)
    return [*own, *_CHINESE] if token[0] in _STARTS_CHINESE else own


def time_at(forms: Iterable[Form], text: str, at: int, today: date) -> tuple[Time, int] | None:
    """The longest time that begins at a place of the text, and where it ends."""
    last = min(len(text), at + LONGEST)
    matches = ((what, _compiled(pattern).match(text, at, last)) for what, pattern in forms)
    found = [(what, match) for what, match in matches if match]
    if not found:
        return None
    what, match = max(found, key=lambda each: each[1].end())
    return _made(what, match, today), at + len(match[0].rstrip(" ,."))


def _made(what: str, match: re.Match[str], today: date) -> Time:
    kind, *rest = what.split()
    said = {name: part for name, part in match.groupdict().items() if part}
    year, months = _year(said, today), [_month(said[name]) for name in ("m", "m2") if name in said]
    match kind:
        case "month":
            return Time(kind, cast(Any, rest[0]) if rest else year, months[0])
        case "quarter" if said.get("n") == "last" and year is None:
            return Time("relative", number=-1, unit="quarter")
        case "quarter":
            return Time(kind, year, _number(said["n"]) if "n" in said else months[0] // 3)
        case "half":
            return Time(kind, year, 1 if said["n"] in ("first", "1st", "1", "one", "上", "头") else 2)
        case "year":
            gone = today.year + int(rest[0]) if rest else year
            return Time(kind, gone, pointing="pointing" in rest or ("ry" in said and gone == today.year - 1))
        case "fiscal" | "split":
            return Time("split" if "split" in said else kind, year)
        case "same":
            relative = "relative" in rest if year is None else "ry" in said and year != today.year
            return Time(kind, "relative" if relative else year, pointing="pointing" in rest)
        case "relative" | "last" | "ago" | "around":
            return _counted(kind, rest, said)
        case "day" | "impossible" | "cumulative" | "latest" | "full":
            return Time(kind, pointing="pointing" in rest)
        case "list" | "years":
            return Time(kind, parts=tuple(_members(rest, said, year)))
    return _stretch(kind, rest, said, months, year, today)


def _members(rest: list[str], said: Said, year: int | None) -> Iterator[Time]:
    if rest:
        unit = cast(Kind, said["unit"])
        yield from (Time(unit, year, NUMBER_WORDS[said[name]]) for name in ("n", "n2"))
    else:
        yield from (Time("year", _of_digits(said[name])) for name in ("y", "y2", "y3") if name in said)


def _stretch(
    kind: str, rest: list[str], said: Said, months: list[int], year: int | None, today: date
) -> Time:
    count = _number(said["n"]) if "n" in said else 0
    match kind:
        case "to_date":
            months_gone = count * 3 if "quarters" in rest else count
            if "n" in said and not 1 <= months_gone <= 12:
                return Time("impossible")
            return Time(kind, today.year if "0" in rest else year, months_gone)
        case "yearly":
            part = Time("month", number=months[0]) if months else Time("quarter", number=count)
            return _yearly(part, year, int(said.get("y2", today.year)), today, count if months else 0)
        case "dated_range":
            ends = zip((said["y"], said["y2"]), months, strict=True)
            return Time("range", parts=tuple(Time("month", int(of_year), month) for of_year, month in ends))
        case "months_to":
            end = Month(year or today.year - (months[0] >= today.month), months[0])
            return _dated(end.plus(1 - (count or 12)), end)
        case "last_of_year":
            return _range(13 - count, 12, year)
        case "up_to":
            return _range(1, months[0], year)
        case "rising" if months[0] >= months[1]:
            return Time("impossible")
    return _range(months[0], months[1], year)


def _yearly(part: Time, since: int | None, until: int, today: date, count: int) -> Time:
    """Reads "every July since 2024", "the last 3 Julys": each that is over; open without a first year."""
    last_month = part.number * 3 if part.kind == "quarter" else part.number
    over = until if until < today.year else today.year - (last_month >= today.month)
    first = since or over + 1 - min(count, MOST_YEARLY)
    parts = tuple(replace(part, year=year) for year in range(first, over + 1))
    return Time("list", parts=parts) if parts else Time("yearly")


def _range(first: int, last: int, year: int | None) -> Time:
    """A stretch of months by number; from January on it is a running total."""
    if first == last:
        return Time("month", year, first)
    if first == 1:
        return Time("to_date", year, last)
    if first > last and year:
        return _dated(Month(year - 1, first), Month(year, last))
    return Time("range", year, parts=(Time("month", None, first), Time("month", None, last)))


def _dated(*ends: Month) -> Time:
    return Time("range", parts=tuple(Time("month", end.year, end.number) for end in ends))


def _counted(kind: Any, rest: list[str], said: Said) -> Time:
    unit = said.get("unit", rest[0] if rest else "").split(" ")[0].rstrip("s")
    if kind == "around":
        return Time(kind, unit=unit)
    if "way" in said:
        return Time(kind, number=1 if said["way"] in ("after", "later") else -1, unit=unit)
    count = (_number(said["n"]) if "n" in said else 1) * (int(rest[1]) if len(rest) > 1 else 1)
    return Time(kind, number=count, unit=unit)


def _number(said: str) -> int:
    said = said.strip().removesuffix(" of")
    return int(said) if said.isdigit() else NUMBER_WORDS[said]


def _month(said: str) -> int:
    said = said.rstrip(".")
    return int(said) if said.isdigit() else MONTHS.get(said) or MONTHS[said.removesuffix("s")]


def _year(said: Said, today: date) -> int | None:
    """The year that was said; last year where one is pointed at in other words than these."""
    if relative := said.get("ry"):
        return today.year - next((ago for word, ago in _YEARS_AGO.items() if word in relative), 1)
    written = said.get("y") or said.get("y2")
    return _of_digits(written) if written else None


def _of_digits(said: str) -> int:
    said = said.strip("' ")
    return int(said) if len(said) == 4 else 2000 + int(said)
