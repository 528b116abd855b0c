"""The series that a condition is of: read by the house's own parser, and on record by the month."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.alerts.condition import Condition, Test, told
from bot.alerts.refusing import refused
from bot.alerts.spoken import Spoken
from bot.dataset.dataset import Dataset
from bot.dataset.model import MEASURES, UNITS, Flow, Measure, Series
from bot.questions import about, understand
from bot.questions.clean import clean
from bot.questions.directions import net_imports
from bot.questions.items import SUBJECT, Item, Sense
from bot.questions.matching import items_of
from bot.questions.question import Question, Unresolved
from bot.questions.refused import Refused
from bot.questions.speak import Names
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
    `others`: what else is on record by the month of the same commodity with the same partner.
    """

    series: Series
    scope: str | None
    net_imports: bool
    restated: tuple[str, ...]
    others: frozenset[Series]
    names: Names

    def offered(self, tests: Iterable[Test], *, once: bool = False) -> tuple[str, ...]:
        """Conditions of it in words, to be offered."""
        return tuple(told(Condition(self.series, test, once, self.scope), self.names) for test in tests)

    def other(self, flow: Flow, measure: Measure, test: Test) -> tuple[str, ...]:
        """The test of that flow and measure in words, where it is on record."""
        series = replace(self.series, flow=flow, measure=measure)
        return replace(self, series=series).offered([test]) if series in self.others else ()


def subject_of(said: Spoken, dataset: Dataset) -> Subject:
    """The one series that the rest of the text names; a Refused where it names none, several or more.

    What that offers are series.
    """
    named = _named(said, dataset)
    items = items_of(clean(named), dataset)
    _nothing_else(items)
    asked = understand(f"{named} {_IN_LANGUAGE[language()]}", record=dataset)
    if isinstance(asked, Unresolved):
        raise Refused(asked)
    if asked.unit in ("%", "t/day"):
        raise refused(say("alerts.no_share" if asked.unit == "%" else "alerts.by_day"))
    if _NAMES.isdisjoint(item.sense for item in items):
        raise refused(say("alerts.which_series"), _examples(dataset))
    found = list(_lines(asked, dataset))
    if len(found) > 1:
        raise refused(say("alerts.one_series"), [about(each, dataset.catalogue) for each in found])
    return _on_record(found[0], dataset, of_imports=net_imports(items))


def _named(said: Spoken, dataset: Dataset) -> str:
    """The rest of the text, with what the test says of its series: a balance, an amount in US$."""
    senses = {item.sense for item in items_of(said.rest, dataset)}
    balance = ["net trade"] if said.all("turn") and not said.all("on") and "flow" not in senses else []
    amounts = [piece.amount for piece in said.all("amount") if piece.amount]
    unit = [_UNITS[amounts[0].measure]] if amounts and "measure" not in senses else []
    return " ".join([said.rest, *balance, *unit])


def _nothing_else(items: Sequence[Item]) -> None:
    """A Refused where the text speaks of a time, or of something to be done with figures."""
    more = next((item for item in items if item.sense in _MORE), None)
    if more is None:
        return
    kept = " ".join(item.text for item in items if item.sense not in _MORE)
    left = "totals" if more.sense == "ytd" else "period" if more.sense in _TIMES else "view"
    raise refused(say(f"alerts.without_{left}", said=more.text), [kept], more.text)


def _lines(asked: Question, dataset: Dataset) -> Iterator[Question]:
    """The question of each series alone."""
    for name, flow in asked.lines:
        if flow in dataset.flows(name):
            yield replace(asked.about(commodities=(name,), flows=(flow,)), view="trend")


def _on_record(asked: Question, dataset: Dataset, *, of_imports: bool) -> Subject:
    series = Series(asked.commodities[0], asked.flows[0], asked.partner, asked.measure)
    others = frozenset(
        other
        for flow in dataset.flows(series.commodity)
        for measure in MEASURES
        if dataset.months(other := replace(series, flow=flow, measure=measure), asked.scope)
    )
    if series in others:
        return Subject(
            series,
            asked.scope,
            of_imports and series.flow == "net",
            asked.restated,
            others,
            dataset.catalogue,
        )
    world = about(asked.about(partner=""), dataset.catalogue)
    same_flow = (measure for measure in MEASURES if replace(series, measure=measure) in others)
    instead = [about(replace(asked, measure=each, unit=UNITS[each]), dataset.catalogue) for each in same_flow]
    raise refused(say("alerts.not_on_record"), [*([world] if asked.partner else []), *instead])


def _examples(dataset: Dataset) -> list[str]:
    return [
        f"{name.replace('_', ' ')} {flow}s"
        for name, commodity in dataset.catalogue.items()
        for flow in commodity.flows
    ]
