"""The series that a condition is of: read by the house's own parser, and on record by the month."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.alerts.condition import Condition, Test, Threshold, applies
from bot.alerts.refusing import RefusedAlert, UnresolvedAlert, refused
from bot.alerts.tokenise import Tokens
from bot.dataset.dataset import Dataset
from bot.dataset.model import MEASURES, Flow, Measure, Series
from bot.questions import understand
from bot.questions.clean import clean
from bot.questions.directions import net_imports
from bot.questions.items import SUBJECT, Item, Sense
from bot.questions.matching import items_of
from bot.questions.question import Issue, Question, Unresolved
from bot.words import Language, language, say

_NAMES = SUBJECT | {"flow", "partner"}
_TIMES: frozenset[Sense] = frozenset(
    (
        "time", "latest", "year_before", "before", "year_after", "after", "since", "onwards", "leading",
        "few", "months", "annual", "known", "compare",
    )
)  # fmt: skip
_DONE: frozenset[Sense] = frozenset(
    ("view", "order", "growth", "stage", "when", "why", "which", "sum", "together", "help", "reset")
)
_MORE = _TIMES | _DONE | {"ytd"}
_IN_LANGUAGE: dict[Language, str] = {"en": "in english", "zh": "用中文"}
_UNITS = {"quantity": "in t", "value": "value in US$", "unit_value": "unit value"}


@dataclass(frozen=True, slots=True)
class Subject:
    """The series, the scope where a code picked one, and what the reading of it has to own up to.

    `net_imports`: a balance that was spoken of from the side of imports, where more is further below zero.
    `others`: what is on record by the month of the same commodity with the same partner.
    """

    series: Series
    scope: str | None
    net_imports: bool
    restated: tuple[str, ...]
    others: frozenset[Series]

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
    typed = _named(said, dataset)
    items = items_of(clean(typed), dataset)
    of_imports = net_imports(items)
    more = next((item for item in items if item.sense in _MORE), None)
    if more:
        typed = " ".join(item.text for item in items if item.sense not in _MORE)
    asked = understand(f"{typed} {_IN_LANGUAGE[language()]}", record=dataset)
    if more:
        questions = [asked] if isinstance(asked, Question) else []
        raise _which(_leave_out(more), _subjects(questions, dataset, of_imports), more.text)
    if isinstance(asked, Unresolved):
        reply = UnresolvedAlert(asked.outcome, asked.issues)
        raise WhichSeries(reply, _subjects(asked.suggestions, dataset, of_imports))
    if _NAMES.isdisjoint(item.sense for item in items):
        raise _which(say("alerts.which_series"), _subjects(_every(dataset), dataset))
    return subject_in(asked, dataset, of_imports=of_imports)


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
    senses = {item.sense for item in items_of(said.rest, dataset)}
    balance = ["net trade"] if said.all("turn") and not said.all("on") and "flow" not in senses else []
    amounts = [piece.amount for piece in said.all("amount") if piece.amount]
    unit = [_UNITS[amounts[0].measure]] if amounts and "measure" not in senses else []
    return " ".join([said.rest, *balance, *unit])


def _leave_out(more: Item) -> str:
    """Why a time, or something to be done with figures, has no place in an alert."""
    left = "totals" if more.sense == "ytd" else "period" if more.sense in _TIMES else "view"
    return say(f"alerts.without_{left}", said=more.text)


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
