"""On which day's knowledge a question rests: as of a day, as first published, revised since."""

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.questions.days import read_day
from bot.questions.patterns import pattern
from bot.questions.question import Question

_HINTS = (
    "as of",
    "as at",
    "as known",
    "as publ",
    "as report",
    "first",
    "origin",
    "initial",
    "revis",
    "vintage",
    "say",
    "said",
    "known",
    "correct",
    "截",
    "初值",
    "修",
    "版本",
    "首次",
    "最初",
)
_FIRST = pattern("knowledge", "first")
_REVISED = pattern("knowledge", "revised")
_SINCE = pattern("knowledge", "since")
_DAY_BEFORE = pattern("knowledge", "day_before")
_WITHIN = re.compile(
    r"\b(?:revised|corrected|restated|updated) (?:in |during )?(?=this |last )"
    r"|(?=[今本去]年.{0,4}(?:修订|修正|改))"
)
_DATED = re.compile(r"(?<!\d)(?=\d{4}年\d{1,2}月\d{1,2}[日号])")  # a day that 版本 may follow
_CLOSED = re.compile(r"\s*(?:的?版本|公布的|发布的|时的?数据|vintage|version)")


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
        if not self:
            return question
        if (
            self.revisions
            and question.pairs
            and question.view in ("figure", "overview", "growth", "compare", "trend", "help")
        ):
            question = replace(question, view="revisions", change=None)
        return replace(question, as_of=self.as_of, first=self.first, since=self.since)


NOW = Knowledge()


def knowledge_in(text: str, today: date) -> tuple[Knowledge, str]:
    """What the text says of it, and the text with those words blanked out."""
    if not any(hint in text for hint in _HINTS):
        return NOW, text
    if match := _FIRST.search(text):
        return Knowledge(first=True), _blank(text, match.start(), match.end())
    if since := _since(text, today):
        return since
    if found := _as_of(text, today):
        return found
    if match := _REVISED.search(text):
        return Knowledge(revisions=True), text
    return NOW, text


def _since(text: str, today: date) -> tuple[Knowledge, str] | None:
    match = _SINCE.search(text) or _WITHIN.search(text)
    read = read_day(text, match.end(), today) if match else None
    if not match or not read:
        return None
    day = read[0].in_year(read[0].year or today.year)
    begins = read[0].begins(day) if day else None
    return (Knowledge(since=begins, revisions=True), _blank(text, match.start(), read[1])) if begins else None


def _as_of(text: str, today: date) -> tuple[Knowledge, str] | None:
    """A day after the words for it; loosely said ("as of june") only an exact day counts."""
    for match in (*_DAY_BEFORE.finditer(text), *_DATED.finditer(text)):
        read = read_day(text, match.end(), today)
        if not read:
            continue
        day, end = read
        closed = _CLOSED.match(text, end)
        loose = match.re is _DATED or match["loose"]
        if loose and (match.re is _DATED or day.size != "day") and not closed:
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
