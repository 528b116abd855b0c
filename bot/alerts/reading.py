"""Text into a Condition, or what did not resolve."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.alerts.condition import Condition, told
from bot.alerts.refusing import MOST, refused
from bot.alerts.series import Subject, subject_of
from bot.alerts.spoken import Spoken, spoken
from bot.alerts.wanted import test_of
from bot.dataset.dataset import Dataset
from bot.questions import about
from bot.questions.language import heard
from bot.questions.question import Question, Unresolved
from bot.questions.refused import Refused
from bot.words import Language, say, speaking

LONGEST = 500  # characters
# What stands for the series that was spoken of before.
_IT = re.compile(
    r"|it|this|that|they|these|those|(?:the|this|that) (?:figure|number|value|one)|[它这该其此]个?"
)
# What is done with alerts that are set already.
_MANAGED = re.compile(
    r"(?:(?:please|my|all|the|请|我|所有|全部|的) ?)*"
    r"(?:list|show|cancel|delete|remove|stop|pause|resume|列出|列表|查看|取消|删除|停止|暂停|关闭|恢复)"
    r"(?: ?(?:my|all|the|alerts?|我|所有|全部|的))*"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The condition that a text holds, a clause for each correction to own up to, and the text's language."""

    condition: Condition
    restated: tuple[str, ...] = ()
    language: Language = "en"


def read(text: str, dataset: Dataset, last: Question | None = None) -> Reading | Unresolved:
    """The condition of a text in English or Chinese, or what is wrong with it. Never raises.

    Where it names no series that of the question before it, `last`, is meant. What is offered in
    place of it are conditions in words.
    """
    heard_in, asked = heard(text[: LONGEST + 1], None)
    with speaking(heard_in):
        reply = _read(asked, last, dataset)
    return replace(reply, language=heard_in)


def _read(text: str, last: Question | None, dataset: Dataset) -> Reading | Unresolved:
    if len(text) > LONGEST:
        return refused(say("alerts.too_long")).reply
    said = spoken(text)
    if _MANAGED.fullmatch(said.rest):
        return refused(say("alerts.in_the_list")).reply
    if last and last.commodities and _IT.fullmatch(said.rest):
        said = spoken(f"{about(last, dataset.catalogue)} {said.tail}")
    try:
        of = subject_of(said, dataset)
    except Refused as refusal:
        tries = _retold(refusal.reply.suggestions, said, dataset)
        return replace(refusal.reply, suggestions=tries)
    try:
        return _reading(said, of)
    except Refused as refusal:
        return refusal.reply


def _reading(said: Spoken, of: Subject) -> Reading:
    test, often = test_of(said, of), said.values("often")
    if len(often) > 1:
        raise refused(say("alerts.once_or_every"), (*of.offered([test]), *of.offered([test], once=True)))
    return Reading(Condition(of.series, test, often == ("once",), of.scope), of.restated)


def _retold(questions: Iterable[Question | str], said: Spoken, dataset: Dataset) -> tuple[str, ...]:
    """What was said of each of these series in place of the one that was; else the series."""
    named = (each if isinstance(each, str) else about(each, dataset.catalogue) for each in questions)
    return tuple(dict.fromkeys(again for each in named for again in _retold_of(each, said, dataset)))[:MOST]


def _retold_of(named: str, said: Spoken, dataset: Dataset) -> tuple[str, ...]:
    """The condition; what is offered in its place where it is none; else the series."""
    again = spoken(f"{named} {said.tail}")
    try:
        return (told(_reading(again, subject_of(again, dataset)).condition, dataset.catalogue),)
    except Refused as refusal:
        return refusal.reply.suggestions or (named,)
