"""Slots into Questions: the message cut where a kind of slot comes again, gaps filled, the thread joined."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any, TypeVar

from bot.dataset.calendar import Period
from bot.dataset.model import UNITS, Flow, Measure
from bot.questions.draft import STRONG, Draft, Mention
from bot.questions.forms import follow_on, merged, one_average_each, one_line_each, shaped
from bot.questions.lexicon import patterns
from bot.questions.manner import Manner, manner_of
from bot.questions.partners import VIEW, Trade, asks_share, divided, traded_with
from bot.questions.periods import stretch
from bot.questions.pointing import count_in, pointed
from bot.questions.question import UNITS_OF, Pair, Question
from bot.questions.reading import Refusal
from bot.questions.tie import tie
from bot.questions.turn import pairs_in, periods_in
from bot.questions.when import When

BOTH: tuple[Flow, ...] = ("export", "import")
RE = patterns("compose")
_WEIGHTS = ("t", "kt", "Mt", "wan_t", "lb", "st")
Wish = dict[str, list[Mention]]
T = TypeVar("T")
_VAGUE_QUANTITY = ("amount", "amounts", "量")


@dataclass(slots=True)
class Group:
    """The slots of one wish."""

    series: list[str]
    flows: list[Any]
    times: list[Mention]
    flow_filled: bool


class Composer:
    """Composes the Questions of one draft; `everything`: no series was said, so all of them are shown."""

    def __init__(self, draft: Draft, trade: Trade) -> None:
        self.draft, self.trade = draft, trade
        self.last = draft.turn.questions
        self.everything = self.cumulative = False
        self.shown_pairs, self.shown_periods = pairs_in(self.last), periods_in(self.last)
        self.half_flows: tuple[Flow, ...] = ()
        self._count_back()
        self._take_up_half()

    def _count_back(self) -> None:
        """Reads "Both for May": the lines of the last figures, not only of the last answer."""
        draft, count = self.draft, count_in(self.draft.text)
        several = len(self.shown_pairs) == 1 and (draft.has("point", "both") or (count or 0) > 2)
        if not (several and draft.has("time")) or draft.has_any("series", "flow"):
            return
        lines = tuple(dict.fromkeys(figure.pair for figure in draft.turn.figures))
        if len(lines) > 1:
            everything = count is None and RE.everything.search(draft.text)
            self.shown_pairs = lines if everything else lines[-(count or 2) :]

    def _take_up_half(self) -> None:
        """Completes what a refused turn left half said with a short text."""
        draft, half = self.draft, self.draft.turn.half
        fitting = draft.has_any("series", "flow") or not self.last
        if not any(half) or len(draft.text) >= 80 or draft.is_whole or not fitting:
            return
        names = half.commodities or _once(pair.commodity for pair in self.shown_pairs)
        flows = half.flows or _once(pair.flow for pair in self.shown_pairs) or BOTH
        self.half_flows = half.flows
        self.shown_pairs = tuple(Pair(name, flow) for name in names for flow in flows)
        self.shown_periods = half.periods or self.shown_periods

    def compose(self) -> tuple[Question, ...]:
        """The Questions; a Refusal where something is missing or cannot be."""
        draft = self.draft
        if acted := pointed(draft):
            return acted
        groups = self._groups()
        manner = manner_of(draft, self.last[0] if self.last else None)
        measures, unit = self._measures()
        questions: list[Question] = []
        periods = self.shown_periods
        for group in groups:
            pairs = self._pairs(group)
            for measure in measures:
                when = self._when(group.times, pairs, periods, manner.view, measure)
                asked = self._question(pairs, when, manner, measure, unit)
                if asked.view == "total" and self._lists_too(group):
                    questions.append(replace(asked, view="figure"))
                questions += one_average_each(asked)
                if asked.view in ("trend", "table", "figure") and self._sums_too(asked):
                    questions.append(replace(asked, view="total", by=None, change=None))
            periods = questions[-1].periods or periods
        return tuple(one_line_each(merged(questions)))

    def _lists_too(self, group: Group) -> bool:
        """Reads "April, May and then the total": the months are asked for as well as their sum."""
        at = min((m.start for m in self.draft.live("view", "total")), default=0)
        return bool(group.times) and group.times[-1].end <= at and self._adds_total(at)

    def _sums_too(self, asked: Question) -> bool:
        """Reads "each month, plus the sum": what was listed is asked for as one figure as well."""
        at = max((m.start for m in self.draft.live("view", "total")), default=0)
        return (len(asked.periods) > 1 or any(p.length > 1 for p in asked.periods)) and self._adds_total(at)

    def _adds_total(self, at: int) -> bool:
        return at > 0 and bool(RE.and_total.search(self.draft.text[:at]))

    def _groups(self) -> list[Group]:
        """The slots from left to right; a kind that comes again begins a new wish."""
        draft = self.draft
        times = draft.live("time")
        self.cumulative = any(m.time.kind == "cumulative" for m in times)
        tie(draft, times)
        named = any(m.value != "all" for m in draft.live("series"))
        for mention in draft.live("series", "all") if named else ():
            mention.live = False
        sequence = [m for m in draft.slots() if not (m.kind == "time" and m.time.kind == "cumulative")]
        wishes: list[Wish] = [{}]
        for kind, run in groupby(sequence, key=lambda m: m.kind):
            if kind in wishes[-1]:
                wishes.append({})
            wishes[-1][kind] = list(run)
        _fill(wishes)
        return _joined(wishes)

    def _measures(self) -> tuple[list[Measure], str]:
        draft, last = self.draft, () if self.draft.is_whole else self.last
        found: list[Measure] = draft.values("measure")
        units = draft.live("unit")
        unit = units[-1].value if units else ""
        exact = [m for m in draft.live("measure", "quantity") if m.text not in _VAGUE_QUANTITY]
        if "unit_value" in found:
            first = "value" in found[: found.index("unit_value")]
            each = draft.live("measure", "unit_value")[:1] if first else []
            found = ["value", "unit_value"] if self._money_with(each, RE.both_measures) else ["unit_value"]
        elif {"value", "quantity"} <= set(found):
            found = ["quantity", "value"] if self._money_with(exact[:1], RE.both_measures) else ["value"]
        elif found == ["value"] and self._money_with(draft.live("unit", *_WEIGHTS), RE.joined):
            found, unit = ["quantity", "value"], ""
        if not found and self.last and self.last[0].measure != "quantity" and unit in _WEIGHTS:
            found = ["quantity"]
        if unit == "t" and not RE.in_tonnes.search(draft.text):
            unit = ""
        if not found:
            found = [*_once(question.measure for question in last)] or ["quantity"]
            draft.inherited |= {"measure"} if last else set()
        if unit and not draft.has("measure") and unit != "t/day":
            found = ["quantity"]
        return found, unit or (last[0].unit if last else "")

    def _money_with(self, others: list[Mention], sign: re.Pattern[str]) -> bool:
        """Whether "in dollars" is joined to another: "and tonnes", "and how much per ton"."""
        money = self.draft.live("measure", "value")[:1]
        pairs = (sorted((one, other), key=lambda m: m.start) for one in money for other in others)
        return any(sign.search(self.draft.between(first, second)) for first, second in pairs)

    def _pairs(self, group: Group) -> tuple[Pair, ...]:
        names, flows = self._series(group), self._flows(group)
        self.draft.assumed |= set() if flows else {"flow"}
        if len(names) == len(self.draft.record.catalogue):
            return tuple(Pair(name, flow) for name in names for flow in flows or BOTH)
        pairs = _once(
            Pair(name, flow) for name in names for flow in self._flows_of(name, names, flows, group)
        )
        if self.draft.has("world") or self.draft.has("view", VIEW):
            return pairs
        shown = () if group.series else _once(pair.partner for pair in self.shown_pairs if pair.partner)
        if not (whose := self.trade.partners or shown):
            return pairs
        if RE.and_world.search(self.draft.text):
            whose = (*whose, "")
        return tuple(pair._replace(partner=partner) for partner in whose for pair in pairs)

    def _flows_of(self, name: str, names: list[str], flows: Sequence[Flow], group: Group) -> Iterator[Flow]:
        """The flows of one series: those that were said, the others where it has none of them."""
        have = self.draft.record.catalogue[name].flows
        for flow in flows or have:
            said = group.flows and not group.flow_filled and len(names) == 1
            if flow == "net" or flow in have:
                yield flow
            elif said and not set(flows) & set(have):
                raise Refusal("outside", "no_flow", (name, flow), self._other_flows(name))
            elif len(flows) == 1 and not said:
                yield from have
                self.draft.assumed.add("flow")

    def _other_flows(self, name: str) -> tuple[Question, ...]:
        pairs = tuple(Pair(name, flow) for flow in self.draft.record.catalogue[name].flows)
        times = [m for m in self.draft.live("time") if m.time.kind != "cumulative"]
        try:
            periods = self._when(times, pairs, self.shown_periods, "figure", "quantity").periods
        except Refusal:
            return ()
        return (Question(pairs, periods),) if periods else ()

    def _when(
        self,
        times: list[Mention],
        pairs: tuple[Pair, ...],
        before: tuple[Period, ...],
        view: str,
        measure: Measure,
    ) -> When:
        return When(self.draft, times, pairs, self.last, before, view, measure, self.cumulative)

    def _series(self, group: Group) -> list[str]:
        draft, record = self.draft, self.draft.record
        if group.series == ["all"] and not draft.has("view", VIEW):
            return list(record.catalogue)
        group.series = [name for name in group.series if name != "all"]
        if group.series:
            return group.series
        if shown := _once(pair.commodity for pair in self.shown_pairs):
            draft.inherited.add("series")
            return list(shown)
        draft.assumed.add("series")
        if draft.has("view", VIEW):
            return [divided(record, self._flows(group) or list(BOTH))]
        if len(known := traded_with(record, self.trade.partners)) == 1:
            return known
        self.everything = True
        return list(record.catalogue)

    def _flows(self, group: Group) -> list[Flow]:
        found = _once(each for flow in group.flows for each in (BOTH if flow == "both" else (flow,)))
        if found:
            return list(found)
        if self.trade.flow:
            return [self.trade.flow]
        shown = _once(pair.flow for pair in self.shown_pairs) or self.half_flows
        if not shown or not (self.last or self.half_flows):
            return []
        self.draft.inherited.add("flow")
        catalogue = self.draft.record.catalogue
        have = {flow for name in group.series if name != "all" for flow in catalogue[name].flows}
        return [flow for flow in shown if not have or flow in have or flow == "net"]

    def _question(
        self, pairs: tuple[Pair, ...], when: When, manner: Manner, measure: Measure, unit: str
    ) -> Question:
        periods, unit = when.periods, self._unit(measure, unit)
        if manner.view == "trend" and len(periods) > 1 and self._says(RE.by_month) and follow_on(periods):
            periods = (stretch(periods[0].start, periods[-1].end),)
        manner = self._for_periods(manner, when, periods, measure, unit)
        if manner.view in ("figure", "overview") and not periods:
            manner = manner._replace(view="help")
        return shaped(
            Question(
                pairs,
                periods,
                measure=measure,
                unit=unit,  # type: ignore[arg-type]
                open_ended=when.open_ended,
                scope=next(iter(self.draft.values("scope")), None),
                monthly=manner.view == "export" and any(p.length > 1 for p in periods),
                **manner._asdict(),
            )
        )

    def _for_periods(
        self, manner: Manner, when: When, periods: tuple[Period, ...], measure: Measure, unit: str
    ) -> Manner:
        """The manner as these periods take it: its view, how that is cut, and the change that it tells."""
        view, by, change = manner.view, manner.by, manner.change
        months = periods[0].length if len(periods) == 1 else 0
        several = months > 1 and periods[0].kind in ("range", "ytd")
        table = several and self._says(RE.table)
        sums = view == "total" and len(periods) > 1
        if (
            (view in ("growth", "share") and unit == "%")
            or (view == "average" and measure == "unit_value")  # a unit value is an average already
            or (sums and (self._says(RE.one_each) or self.draft.has("view", "growth", "compare")))
            or (view == "share" and self._says(RE.and_world))
        ):
            view = "figure"
        if view in ("figure", "compare") and months > 3 and self._by_quarters():
            view, by = "table", "quarter"
        if view == "growth" and (table or (several and change == "mom")):
            view, change = "trend", "yoy" if table else change
        if view in ("figure", "compare") and table:
            view, by = "trend", None
        if when.trend and view in ("figure", "growth", "trend"):
            change = "yoy" if view == "growth" else change
            view = "trend"
        if when.compared and view in ("figure", "growth"):
            view = "compare"
        if self.everything and view == "figure":
            view = "overview"
        return manner._replace(view=view, by=by, change=change)

    def _says(self, words: re.Pattern[str]) -> bool:
        return bool(words.search(self.draft.text))

    def _by_quarters(self) -> bool:
        spans = [m.time for m in self.draft.live("time") if m.time.kind == "span"]
        return any(all(part.kind == "quarter" for part in time.parts) for time in spans)

    def _unit(self, measure: Measure, unit: str) -> str:
        """The unit that fits the measure; % for a partner's share of the world's figure, and of no other."""
        partners = self.trade.partners or any(pair.partner for pair in self.shown_pairs)
        alone = not self._says(RE.and_world)  # beside the world's tonnes stand tonnes
        if partners and alone and asks_share(self.draft) and not self.draft.has("view", VIEW):
            return "%"
        return unit if unit != "%" and unit in UNITS_OF[measure] else UNITS[measure]


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _fill(wishes: list[Wish]) -> None:
    """Gaps of a wish are filled from the one before, then from the one after."""
    for kind in STRONG:
        for source, wish in (*pairwise(wishes), *((b, a) for a, b in reversed([*pairwise(wishes)]))):
            if kind not in wish and kind in source:
                wish[kind] = source[kind]
                wish.setdefault("filled", []).extend(source[kind] if kind == "flow" else ())


def _joined(wishes: Sequence[Wish]) -> list[Group]:
    """Wishes about the same lines as one, with all their times."""
    found: list[Group] = []
    for wish in wishes:
        series, flows = (list(_once(m.value for m in wish.get(kind, ()))) for kind in ("series", "flow"))
        times = wish.get("time", [])
        if found and (found[-1].series, found[-1].flows) == (series, flows):
            found[-1].times += [m for m in times if m not in found[-1].times]
        else:
            found.append(Group(series, flows, list(times), bool(wish.get("filled"))))
    return found
