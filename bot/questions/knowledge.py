"""On which day's knowledge a question rests: as of a day, as first published, revised since.

A day is read at one place of the text: 20 April, 2026-04-20, the end of a month, quarter or year.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from bot.dataset.calendar import Month
from bot.questions.lexicon import MONTHS, NUMBER_WORDS, load, patterns, residue
from bot.questions.question import Question
from bot.questions.times import filled

RE, HINTS = patterns("knowledge"), residue("knowledge")
_REVISED = ("figure", "overview", "growth", "compare", "trend", "help")
Size = Literal["day", "month", "quarter", "year"]
_YEARS_AGO = {"今": 0, "本": 0, "去": 1, "前": 2}
_LAST_DAY_BEFORE_YEARS = 17  # a greater number after a month and a dash is its year: apr-18
_MONTHS_OF = {"month": 1, "月": 1, "quarter": 3, "year": 12, "年": 12}
_SIZES: dict[int, Size] = {1: "month", 3: "quarter", 12: "year"}
_TABLES: Mapping[str, Any] = load("days")
_PIECES = {**_TABLES["pieces"], "NAME": "|".join(sorted(MONTHS, key=len, reverse=True))}
_FORMS = tuple((re.compile(filled(pattern, _PIECES)), what) for what, pattern in _TABLES["forms"])


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The fields mean what they mean in a Question; `revisions` asks for what was revised."""

    as_of: date | None = None
    first: bool = False
    since: date | None = None
    revisions: bool = False

    def __bool__(self) -> bool:
        return bool(self.as_of or self.first or self.since or self.revisions)

    def of(self, question: Question) -> Question:
        """The question resting on it."""
        if self.revisions and question.pairs and question.view in _REVISED:
            question = replace(question, view="revisions", change=None)
        return replace(question, as_of=self.as_of, first=self.first, since=self.since) if self else question


NOW = Knowledge()


def knowledge_in(text: str, today: date) -> tuple[Knowledge, str]:
    """What the text says of it, and the text with those words blanked out."""
    if not any(map(text.__contains__, HINTS)):
        return NOW, text
    if match := RE.first.search(text):
        return Knowledge(first=True), _blank(text, match.start(), match.end())
    if since := _since(text, today):
        return since
    if found := _as_of(text, today):
        return found
    if match := RE.revised.search(text):
        return Knowledge(revisions=True), text
    return NOW, text


def _since(text: str, today: date) -> tuple[Knowledge, str] | None:
    match = RE.since.search(text) or RE.within.search(text)
    read = read_day(text, match.end(), today) if match else None
    day = read[0].in_year(read[0].year or today.year) if read else None
    if not (match and read and day):
        return None
    return Knowledge(since=read[0].begins(day), revisions=True), _blank(text, match.start(), read[1])


def _as_of(text: str, today: date) -> tuple[Knowledge, str] | None:
    """A day after the words for it; loosely said ("as of june") only an exact day counts."""
    for match in (*RE.day_before.finditer(text), *RE.dated.finditer(text)):
        read = read_day(text, match.end(), today)
        if not read:
            continue
        day, end = read
        closed, dated = RE.closed.match(text, end), match.re is RE.dated
        if not closed and (dated or (match["loose"] and day.size != "day")):
            continue
        found = day.in_year(day.year or today.year)
        if found and found > today and not day.year:
            found = day.in_year(today.year - 1)
        if found:
            known = found if found < today else None
            return Knowledge(as_of=known), _blank(text, match.start(), closed.end() if closed else end)
    return None


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


class Day(NamedTuple):
    """A day as it was said: without year or month where none was. `size`: of what it is the last day."""

    number: int | None = None
    month: int | None = None
    year: int | None = None
    size: Size = "day"

    def in_year(self, year: int) -> date | None:
        """The day in its own year, else in that one; None where there is no such day."""
        month, year = self.month or 12, self.year or year
        number = monthrange(year, month)[1] if self.number is None else self.number
        try:
            return date(year, month, number)
        except ValueError:
            return None

    def begins(self, day: date) -> date:
        """The first day of what that one is the last of."""
        if self.size == "day":
            return day
        month = Month(day.year, day.month).plus(1 - _MONTHS_OF[self.size])
        return date(month.year, month.number, 1)


def read_day(text: str, at: int, today: date) -> tuple[Day, int] | None:
    """The longest day that begins at that place, and where it ends; None where none does."""
    matches = [(match, what) for pattern, what in _FORMS if (match := pattern.match(text, at))]
    found = [(day, match.end()) for match, what in matches if (day := _day(match, what, today))]
    return max(found, key=lambda pair: pair[1], default=None)


def _day(match: re.Match[str], what: str, today: date) -> Day | None:
    said = match.groupdict()
    unit = said.get("u") or said.get("u2") or "day"
    match what:
        case "ago":
            return _ago(today, _number(said.get("n")) or 1, unit)
        case "today" | "yesterday":
            return _ago(today, int(what == "yesterday"), "day")
        case "now":
            months = _MONTHS_OF[unit]
            end = Month(today.year, (today.month - 1) // months * months + months)
            end = end.plus(-months if said.get("back") else 0)
            return Day(None, end.number, end.year, _SIZES[months])
        case "year":
            return Day(None, 12, _year(said["y"], today), "year")
        case "quarter":
            return Day(None, int(said["q"]) * 3, _year(said["y"], today), "quarter")
    number, month = _number(said.get("d") or said.get("a")), _number(said.get("m") or said.get("b"))
    if said.get("a") and month and month > 12:  # 03/04/2026 is the 3rd of April, 03/14/2026 the 14th of March
        number, month = month, number
    if said.get("dash") and number and number > _LAST_DAY_BEFORE_YEARS:
        return Day(None, month, 2000 + number, "month")
    if not month or month > 12 or (what == "day" and not number):
        return None
    return Day(number, month, _year(said.get("y"), today), "day" if what == "day" else "month")


def _number(said: str | None) -> int | None:
    if not said:
        return None
    return MONTHS.get(said) or NUMBER_WORDS.get(said) or (int(said) if said.isdigit() else None)


def _year(said: str | None, today: date) -> int | None:
    if said in _YEARS_AGO:
        return today.year - _YEARS_AGO[said]
    year = _number(said)
    return year + 2000 if year and year < 100 else year


def _ago(today: date, count: int, unit: str) -> Day:
    if unit in ("day", "week"):
        day = today - timedelta(days=count * (7 if unit == "week" else 1))
        return Day(day.day, day.month, day.year)
    month = Month(today.year, today.month).plus(-count * _MONTHS_OF[unit])
    last = monthrange(month.year, month.number)[1]
    return Day(min(today.day, last), month.number, month.year)
