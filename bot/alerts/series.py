"""The series that a condition is of: read by the house's own parser, and on record by the month."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.questions.condition import Condition, Test, Threshold, applies
from bot.alerts.refusing import RefusedAlert, UnresolvedAlert, refused
from bot.alerts.tokenise import Tokens
from bot.dataset.dataset import Dataset
from bot.dataset.model import MEASURES, Flow, Measure, Series
from bot.questions import understand
from bot.questions.lexicon import lexicon_of
from bot.questions.mentions import Scan
from bot.questions.question import Issue, Question, View
from bot.questions.reading import Reading
from bot.questions.speak import series_words
from bot.words import say

_NOT = re.compile(r"\b(?:not|never|without|except|excluding|don't|doesn't|no longer)\b|[不除非]")
_SIDES = re.compile(
    "net imports?|net importer|deficit|imports? (?:minus|less|net of)|(?P<exports>净出口|net exports?)"
    "|净进口|逆差"
)
# Views that are worked out of several months, or put them in order.
_OF_SEVERAL: frozenset[View] = frozenset(
    ("total", "average", "rolling", "season", "table", "count", "streak", "ranking", "share", "ratio")
)
_TOLD_AS = {"soft": "industry", "scope": "code"}
_UNITS = {"quantity": "in t", "value": "value in US$", "unit_value": "unit value"}


@dataclass(frozen=True, slots=True)
class Subject:
    """The series, the scope where a code picked one, and what the reading of it has to own up to.

    `net_imports`: a balance that was spoken of from the side of imports, where more is further below zero.
    `others`: what is on record by the month of the same commodity with the same partner. `of_several`:
    what was spoken of is worked out of several months.
    """

    series: Series
    scope: str | None
    net_imports: bool
    restated: tuple[str, ...]
    others: frozenset[Series]
    of_several: bool = False

    def offered(self, tests: Iterable[Test], *, once: bool = False) -> tuple[Condition, ...]:
        """Conditions of it, with an amount of another measure of that one; none that can never be set."""
        each = [(self._measured(test), test) for test in tests]
        return tuple(
            Condition(series, test, once, self.scope)
            for series, test in each
            if series in self.others and applies(test, series)
        )

    def other(self, flow: Flow, measure: Measure, test: Test) -> tuple[Condition, ...]:
        """The test of that flow and measure, where it is on record."""
        return replace(self, series=replace(self.series, flow=flow, measure=measure)).offered([test])

    def _measured(self, test: Test) -> Series:
        if not isinstance(test, Threshold):
            return self.series
        return replace(self.series, measure=test.amount.measure)


class WhichSeries(RefusedAlert):
    """No single series that is on record was named, but perhaps one of `subjects` is meant."""

    def __init__(self, reply: UnresolvedAlert, subjects: Iterable[Subject]) -> None:
        super().__init__(reply)
        self.subjects = tuple(subjects)


def subject_of(said: Tokens, dataset: Dataset) -> Subject:
    """The one series that the rest of the text names; a WhichSeries where it names none, several or more."""
    if left_out := _NOT.search(said.rest):
        raise _which(say("alerts.without_not", said=left_out[0]), (), left_out[0])
    reading = understand(_named(said, dataset), record=dataset)
    of_imports = net_imports(said.rest)
    if "period" in reading.said or reading.running:
        left = "totals" if reading.running else "period"
        times = _times(said.rest, dataset)
        raise _which(
            say(f"alerts.without_{left}", said=times), _subjects(_months(reading), dataset, of_imports), times
        )
    if reading.outcome not in ("asks", "ask_back"):
        outcome: Literal["outside", "not_understood"] = (
            "outside" if reading.outcome == "outside" else "not_understood"
        )
        reply = UnresolvedAlert(outcome, (Issue(said.rest, _why(reading, dataset)),))
        raise WhichSeries(reply, _subjects(reading.offers, dataset, of_imports))
    if not reading.said & {"series", "flow", "country"}:
        raise _which(say("alerts.which_series"), _subjects(_every(dataset), dataset))
    asked = reading.questions or reading.offers
    if len(asked) != 1 or reading.outcome == "ask_back":
        raise _which(_why(reading, dataset), _subjects(asked, dataset, of_imports), said.rest)
    subject = subject_in(asked[0], dataset, of_imports=of_imports)
    owned = tuple(
        say("reading.read_as", said=typed, meant=meant) for typed, meant in reading.corrected.items()
    )
    return replace(subject, restated=(*subject.restated, *owned), of_several=asked[0].view in _OF_SEVERAL)


def _why(reading: Reading, dataset: Dataset) -> str:
    """Why the text names no single series that can be watched."""
    reason = reading.reason
    if reason is None or reading.outcome != "outside":
        meant = reason and len(reading.offers) == 1
        return say("reading.may_be_meant") if meant else say("alerts.which_series")
    words = reason.words[0] if reason.words else ""
    name = series_words(words, dataset.catalogue)
    values = {"said": words, "holdings": say("reading.holdings"), "series": name[:1].upper() + name[1:]}
    return say(f"reading.{_TOLD_AS.get(reason.kind, reason.kind)}", **values)


def _times(text: str, dataset: Dataset) -> str:
    """The words of a text that name a time."""
    scan = Scan(text, lexicon_of(dataset.catalogue, dataset.partners), dataset.today)
    return " ".join(each.text for each in scan.mentions if each.kind == "time") or text


def _months(reading: Reading) -> Iterator[Question]:
    for question in (*reading.questions, *reading.offers):
        yield replace(question, view="trend", against=None)


def net_imports(text: str) -> bool:
    """Whether a balance is spoken of from the side of imports."""
    sides = _SIDES.search(text)
    return bool(sides and not sides["exports"])


def spoken_of(last: Question, said: Tokens) -> Question:
    """What was asked before, in the measure of the amount that is spoken of now."""
    amounts = [piece.amount for piece in said.all("amount") if piece.amount]
    if last.measure == "quantity" and amounts:
        last = replace(last, measure=amounts[0].measure)
    return replace(last, restated=())


def subject_in(asked: Question, dataset: Dataset, *, of_imports: bool = False) -> Subject:
    """The one series of a question; a WhichSeries where it has several, or none that is on record."""
    if asked.unit in ("%", "t/day"):
        raise refused(say("alerts.no_share" if asked.unit == "%" else "alerts.by_day"))
    lines = list(_lines(asked, dataset))
    if not lines:
        near = asked.about(flows=("export", "import"))
        raise _which(say("alerts.not_on_record"), _subjects([near], dataset))
    if len(lines) > 1:
        raise _which(say("alerts.one_series"), _subjects([asked], dataset, of_imports))
    subject = _subject(lines[0], dataset, of_imports)
    if subject.series in subject.others:
        return subject
    raise _which(say("alerts.not_on_record"), _near(lines[0], subject, dataset))


def _which(sentence: str, subjects: Iterable[Subject], said: str = "") -> WhichSeries:
    few = tuple(subjects)
    reply = UnresolvedAlert("ask_back" if few else "not_understood", (Issue(said, sentence),))
    return WhichSeries(reply, few)


def _named(said: Tokens, dataset: Dataset) -> str:
    """The rest of the text, with what the test says of its series: a balance, an amount in US$."""
    reading = understand(said.rest, record=dataset)
    balance = ["net trade"] if said.all("turn") and not said.all("on") and "flow" not in reading.said else []
    amounts = [piece.amount for piece in said.all("amount") if piece.amount]
    unit = [_UNITS[amounts[0].measure]] if amounts and "measure" not in reading.said else []
    return " ".join([said.rest, *balance, *unit])


def _every(dataset: Dataset) -> Iterator[Question]:
    """A question about each series of the data."""
    for name, commodity in dataset.catalogue.items():
        yield Question.of((name,), commodity.flows, view="trend")


def _subjects(questions: Iterable[Question], dataset: Dataset, of_imports: bool = False) -> Iterator[Subject]:
    """Each series of the questions; in the place of one that is not on record what comes near."""
    for line in (line for asked in questions for line in _lines(asked, dataset)):
        subject = _subject(line, dataset, of_imports)
        yield from [subject] if subject.series in subject.others else _near(line, subject, dataset)


def _lines(asked: Question, dataset: Dataset) -> Iterator[Question]:
    """The question of each series alone."""
    for name, flow in asked.lines:
        if flow in dataset.flows(name):
            yield replace(asked.about(commodities=(name,), flows=(flow,)), view="trend")


def _subject(line: Question, dataset: Dataset, of_imports: bool) -> Subject:
    series = Series(line.commodities[0], line.flows[0], line.partner, line.measure)
    others = frozenset(
        other
        for flow in dataset.flows(series.commodity)
        for measure in MEASURES
        if dataset.months(other := replace(series, flow=flow, measure=measure), line.scope)
    )
    return Subject(series, line.scope, of_imports and series.flow == "net", line.restated, others)


def _near(line: Question, subject: Subject, dataset: Dataset) -> Iterator[Subject]:
    """The world's trade for a partner's, and the other measures of the same flow."""
    world = _subject(line.about(partner=""), dataset, subject.net_imports)
    if world.series in world.others:
        yield world
    for measure in MEASURES:
        other = replace(subject.series, measure=measure)
        if other in subject.others:
            yield replace(subject, series=other)
