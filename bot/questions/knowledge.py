"""On which day's knowledge a question rests: as of a day, as first published, revised since.

A day is read at one place of the text: 20 April, 2026-04-20, the end of a month or year.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from bot.questions.lexicon import MONTHS, load, patterns, residue
from bot.questions.question import Question
from bot.questions.times import filled

RE, HINTS = patterns("knowledge"), residue("knowledge")
_REVISED = ("figure", "overview", "growth", "compare", "trend", "help")
_YEARS_AGO = {"this": 0, "last": 1, "今": 0, "本": 0, "去": 1, "前": 2}
_TABLES: Mapping[str, Any] = load("days")
_PIECES = {**_TABLES["pieces"], "NAME": "|".join(sorted(MONTHS, key=len, reverse=True))}
_FORMS = tuple(re.compile(filled(pattern, _PIECES)) for pattern in _TABLES["forms"])


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


def knowledge_in(text: str, today: date) -> tuple[Knowledge, str]:
    """What the text says of it, and the text with those words blanked out."""
    if not any(map(text.__contains__, HINTS)):
        return Knowledge(), text
    if match := RE.first.search(text):
        return Knowledge(first=True), _blank(text, match.start(), match.end())
    match = RE.since.search(text) or RE.within.search(text)
    if match and (named := _named_at(text, match.end(), today)):
        return Knowledge(since=named.first, revisions=True), _blank(text, match.start(), named.end)
    if found := _as_of(text, today):
        return found
    return Knowledge(revisions=bool(RE.revised.search(text))), text


def _as_of(text: str, today: date) -> tuple[Knowledge, str] | None:
    """A day after the words for it; loosely said ("as of june") only an exact day counts."""
    for match in (*RE.day_before.finditer(text), *RE.dated.finditer(text)):
        named = _named_at(text, match.end(), today)
        if not named:
            continue
        closed, dated = RE.closed.match(text, named.end), match.re is RE.dated
        if closed or not (dated or (match["loose"] and named.first != named.last)):
            end = closed.end() if closed else named.end
            day = named.last if named.last < today else None
            return Knowledge(as_of=day), _blank(text, match.start(), end)
    return None


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


class Named(NamedTuple):
    """A day, month or year that is named: its first and last day, and where its words end."""

    first: date
    last: date
    end: int


def _named_at(text: str, at: int, today: date) -> Named | None:
    matches = filter(None, (form.match(text, at) for form in _FORMS))
    found = [Named(*days, match.end()) for match in matches for days in _days(match.groupdict(), today)]
    return max(found, key=lambda named: named.end, default=None)


def _days(said: Mapping[str, str | None], today: date) -> Iterator[tuple[date, date]]:
    """Yields the first and the last day, of this year or the last where none was said; none if impossible."""
    if "now" in said:
        yield today, today
        return
    month, day, year = _number(said.get("m")), _number(said.get("d")), _number(said.get("y"))
    if year and year < 100:
        year += 2000
    elif said.get("y") in _YEARS_AGO:
        year = today.year - _YEARS_AGO[said["y"] or ""]
    for each in (year,) if year else (today.year, today.year - 1):
        first, last = month or 1, month or 12
        if not 1 <= last <= 12 or not 1 <= (day or 1) <= monthrange(each, last)[1]:
            return
        days = date(each, first, day or 1), date(each, last, day or monthrange(each, last)[1])
        if year or days[0] <= today:
            yield days
            return


def _number(said: str | None) -> int | None:
    return None if not said else MONTHS.get(said) or (int(said) if said.isdigit() else None)
