"""Text into a Condition, or what did not resolve."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.questions.condition import Condition
from bot.alerts.criteria import EXAMPLES, test_of
from bot.alerts.refusing import MOST, RefusedAlert, UnresolvedAlert, refused
from bot.alerts.series import Subject, WhichSeries, spoken_of, subject_in, subject_of
from bot.alerts.tokenise import Tokens, tokenise
from bot.dataset.dataset import Dataset
from bot.questions.language import heard
from bot.questions.question import Question
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
class ParsedAlert:
    """The condition that a text holds, a clause for each correction to own up to, and the text's language."""

    condition: Condition
    restated: tuple[str, ...] = ()
    language: Language = "en"


def read(text: str, dataset: Dataset, last: Question | None = None) -> ParsedAlert | UnresolvedAlert:
    """The condition of a text in English or Chinese, or what is wrong with it. Never raises.

    Where it names no series that of `last`, the question before it in its thread, is meant.
    """
    heard_in, asked = heard(text[: LONGEST + 1], None)
    with speaking(heard_in):
        try:
            return replace(_read(asked, last, dataset), language=heard_in)
        except RefusedAlert as refusal:
            return replace(refusal.reply, language=heard_in)


def _read(text: str, last: Question | None, dataset: Dataset) -> ParsedAlert:
    if len(text) > LONGEST:
        raise refused(say("alerts.too_long"))
    said = tokenise(text)
    if _MANAGED.fullmatch(said.rest):
        raise refused(say("alerts.in_the_list"))
    try:
        return _parsed(said, _subject(said, last, dataset))
    except WhichSeries as refusal:
        offers = tuple(dict.fromkeys(_offers(said, refusal.subjects)))[:MOST]
        raise RefusedAlert(replace(refusal.reply, offers=offers)) from refusal


def _subject(said: Tokens, last: Question | None, dataset: Dataset) -> Subject:
    if last and last.commodities and _IT.fullmatch(said.rest):
        return subject_in(spoken_of(last, said), dataset)
    return subject_of(said, dataset)


def _parsed(said: Tokens, of: Subject) -> ParsedAlert:
    test, often = test_of(said, of), said.values("often")
    if len(often) > 1:
        raise refused(say("alerts.once_or_every"), (*of.offered([test]), *of.offered([test], once=True)))
    if of.of_several:
        raise refused(say("alerts.single_months"), of.offered([test]))
    return ParsedAlert(Condition(of.series, test, often == ("once",), of.scope), of.restated)


def _offers(said: Tokens, subjects: Iterable[Subject]) -> Iterator[Condition]:
    """What was said, of each of these; where that is no condition, what is offered in its place."""
    for of in subjects:
        try:
            yield _parsed(said, of).condition
        except RefusedAlert as refusal:
            yield from refusal.reply.offers or of.offered(EXAMPLES)
