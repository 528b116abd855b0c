"""Slots into Questions: the message cut where a kind of slot comes again, gaps filled, the thread joined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, permutations
from operator import attrgetter
from typing import Any

from bot.dataset.calendar import Period
from bot.dataset.model import UNITS, Flow, Measure
from bot.questions.claims import bounds_in
from bot.questions.draft import STRONG, Draft, Mention
from bot.questions.forms import follow_on, merged, shaped
from bot.questions.lexicon import patterns
from bot.questions.manner import Manner, manner_of
from bot.questions.partners import VIEW, Trade, asks_share, divided, traded_with
from bot.questions.periods import stretch
from bot.questions.pointing import count_in, pointed
from bot.questions.question import UNITS_OF, Pair, Question
from bot.questions.reading import Refusal
from bot.questions.tie import tie
from bot.questions.turn import once, periods_in
from bot.questions.when import When

BOTH: tuple[Flow, ...] = ("export", "import")
RE, SPECIAL = patterns("compose"), patterns("special")
_WEIGHTS = ("t", "kt", "Mt", "wan_t", "lb", "st")
Wish = dict[str, list[Mention]]
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
        self.shown_pairs = once([pair for question in self.last for pair in question.pairs])
        self.shown_periods = periods_in(self.last)
        self.half_flows: tuple[Flow, ...] = ()
        self.shown_measures = once([question.measure for question in self.last])
        self._count_back()
        self._take_up_half()

    def _count_back(self) -> None:
        """Reads "Both for May": the lines of the last figures, not only of the last answer."""
        draft = self.draft
        if len(self.shown_pairs) != 1 or not draft.has("time") or draft.has_any("series", "flow"):
            return
        count = count_in(draft.text) or 0
        if count > 2 or draft.has("point", "both") or draft.says(RE.counted):
            shown = draft.turn.figures[-count:]
            self.shown_pairs = once(figure.pair for figure in shown) or self.shown_pairs
            self.shown_measures = once(figure.question.measure for figure in shown)

    def _take_up_half(self) -> None:
        """Completes what a refused turn left half said with a short text."""
        draft, half = self.draft, self.draft.turn.half
        if not any(half) or len(draft.text) >= 80 or draft.is_whole:
            return
        if self.last and not draft.has_any("series", "flow"):
            return
        names = half.commodities or once(pair.commodity for pair in self.shown_pairs)
        flows = half.flows or once(pair.flow for pair in self.shown_pairs) or BOTH
        self.half_flows = half.flows
        self.shown_pairs = tuple(Pair(name, flow) for name in names for flow in flows)
        self.shown_periods = half.periods or self.shown_periods

    def compose(self) -> tuple[Question, ...]:
        """The Questions; a Refusal where something is missing or cannot be."""
        if acted := pointed(self.draft):
            return acted
        averaged = self._averaged()
        groups = self._groups()
        manner = manner_of(self.draft, self.last[0] if self.last else None)
        if averaged:
            manner, averaged.live = Manner(), True
        measures, unit = self._measures()
        questions: list[Question] = []
        periods = self.shown_periods
        lines = [(self._pairs(group), group) for group in groups]
        if manner.view == "compare" and all(group.times == groups[0].times for group in groups):
            lines = [(once(pair for pairs, _ in lines for pair in pairs), groups[0])]
        for pairs, group in lines:
            for measure in measures:
                when = self._when(group.times, pairs, periods, manner.view, measure)
                questions += self._with_sums(self._question(pairs, when, manner, measure, unit), group)
                if averaged:
                    mean = self._when([averaged], pairs, (), "average", measure)
                    questions.append(self._question(pairs, mean, Manner("average"), measure, unit))
            periods = questions[-1].periods or periods
        return once(merged(questions))

    def _averaged(self) -> Mention | None:
        """The time whose average another figure is held against: "June compared with the 2025 average".

        It is set aside until the other times are tied.
        """
        draft, averages = self.draft, self.draft.live("view", "average")
        if not averages:
            return None
        signs = draft.live("view", "compare", "difference") if len(averages) == 1 else ()
        for time in draft.live("time") if signs else ():
            first, second = sorted((time, averages[0]), key=lambda m: m.start)
            beside = (RE.mean_of if first is averages[0] else RE.own_mean).fullmatch(
                draft.between(first, second)
            )
            led = any(RE.leads_to.fullmatch(draft.between(sign, first)) for sign in signs)
            if beside and (led or RE.held_to.search(draft.before(first))):
                time.live = False
                return time
        return None

    def _with_sums(self, asked: Question, group: Group) -> Iterator[Question]:
        """Reads "April, May and then the total", "each month, plus the sum": the parts and their sum."""
        every = () if self.draft.says(RE.own_totals) else self.draft.live("view", "total")
        totals = [m for m in every if RE.and_total.search(self.draft.before(m))]
        if totals and asked.view == "total" and group.times and group.times[-1].end <= totals[0].start:
            yield replace(asked, view="figure")
        lengths = [period.length for period in asked.periods]
        each = asked.view == "average" and len(lengths) > 1 and 1 not in lengths  # and no blend of them
        stretches = asked.view == "trend" and len(lengths) > 1 and not follow_on(asked.periods)
        checks = asked.view == "check" and asked.criterion is not None
        if asked.view == "ranking" and self.draft.says(RE.both_ends):  # "the best month and the worst"
            yield replace(asked, order="highest", top=1)
            asked = replace(asked, order="lowest", top=1)
        yield from map(asked.at, asked.periods) if each or stretches or checks else (asked,)
        yield from self._on_month(asked)
        for criterion, way in bounds_in(self.draft)[1:] if checks else ():
            yield from map(replace(asked, criterion=criterion, claim=way).at, asked.periods)
        if totals and sum(lengths) > 1 and asked.view in ("trend", "table", "figure"):
            yield replace(asked, view="total", by=None, change=None)

    def _on_month(self, asked: Question) -> Iterator[Question]:
        """Reads "How far on the month? And against last year?": beside the comparison the other change."""
        later = max((*asked.periods, *filter(None, [asked.against])), key=lambda p: p.end, default=None)
        years = asked.against and asked.period and asked.against.end.until(asked.period.end) % 12 == 0
        if (
            asked.view == "compare"
            and years
            and later
            and later.kind == "month"
            and self.draft.has("view", "mom")
        ):
            yield replace(asked, view="growth", change="mom", periods=(later,), against=None)

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
        for kind, run in groupby(sequence, key=attrgetter("kind")):
            if kind in wishes[-1]:
                wishes.append({})
            wishes[-1][kind] = list(run)
        if len(wishes) > 1:
            _fill(wishes)
        return _joined(wishes)

    def _measures(self) -> tuple[list[Measure], str]:
        draft, last = self.draft, () if self.draft.is_whole else self.last
        found: list[Measure] = draft.values("measure")
        units, weights = draft.live("unit"), draft.live("unit", *_WEIGHTS)
        unit = units[-1].value if units else ""
        if "unit_value" in found:
            first = "value" in found[: found.index("unit_value")]
            each = draft.live("measure", "unit_value")[:1] if first else []
            weighed = self._money_with(weights, RE.both_measures)
            found = ["value", "unit_value"] if self._money_with(each, RE.both_measures) else ["unit_value"]
            found = ["quantity", *found] if weighed and len(found) > 1 else found
        elif {"value", "quantity"} <= set(found):
            exact = [m for m in draft.live("measure", "quantity") if m.text not in _VAGUE_QUANTITY]
            found = ["quantity", "value"] if self._money_with(exact[:1], RE.both_measures) else ["value"]
        elif found == ["value"] and (
            draft.says(RE.and_value) or draft.says(RE.and_weight) or self._money_with(weights, RE.joined)
        ):
            found, unit = ["quantity", "value"], ""
        if not found:
            weighed = unit in _WEIGHTS
            kept = last and not (weighed and last[0].measure != "quantity")
            draft.inherited |= {"measure"} if kept else set()
            found = [*(self.shown_measures if last and not weighed else ())] or ["quantity"]
        if unit == "t" and not draft.says(RE.in_tonnes):
            unit = ""
        return found, unit or (last[0].unit if last else "")

    def _money_with(self, others: list[Mention], sign: re.Pattern[str]) -> bool:
        """Whether "in dollars" is joined to another: "and tonnes", "and how much per ton"."""
        money = self.draft.live("measure", "value")[:1]
        pairs = (sorted((one, other), key=lambda m: m.start) for one in money for other in others)
        return any(sign.search(self.draft.between(first, second)) for first, second in pairs)

    def _pairs(self, group: Group) -> tuple[Pair, ...]:
        names, flows = self._series(group), self._flows(group)
        self.draft.assumed |= set() if flows else {"flow"}
        named_with = self.trade.partners and group.series not in ([], ["all"])
        if len(names) == len(self.draft.record.catalogue) > 1 and not named_with:
            return tuple(Pair(name, flow) for name in names for flow in flows or BOTH)
        pairs = once(Pair(name, flow) for name in names for flow in self._flows_of(name, names, flows, group))
        if not (group.series or group.flows):
            pairs = once(p for p in pairs if p in [s._replace(partner="") for s in self.shown_pairs]) or pairs
        world = self.draft.says(RE.and_world) or self._joins_world()
        beside = asks_share(self.draft) or (self.trade.partners and world)
        if (self.draft.has("world") and not beside) or self.draft.has("view", VIEW):
            return pairs
        shown = () if group.series else once(pair.partner for pair in self.shown_pairs if pair.partner)
        if not (whose := self.trade.partners or shown):
            return pairs
        if world:
            whose = (*whose, "")
        return tuple(pair._replace(partner=partner) for partner in whose for pair in pairs)

    def _joins_world(self) -> bool:
        """Whether the world's figure stands beside a country's: "the world total and Guinea"."""
        if not self.draft.has("world"):
            return False
        named = sorted((*self.draft.live("world"), *self.draft.live("country")), key=lambda m: m.start)
        return any(
            a.kind != b.kind and RE.joined.search(self.draft.between(a, b)) for a, b in pairwise(named)
        )

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
        if shown := once(pair.commodity for pair in self.shown_pairs):
            draft.inherited.add("series")
            return list(shown)
        draft.assumed.add("series")
        if draft.has("view", VIEW):
            return [divided(record, self._flows(group) or list(BOTH))]
        if len(known := traded_with(record, self.trade.partners)) == 1:
            return known
        self.everything = len(record.catalogue) > 1  # of one alone it is plain which is meant
        return list(record.catalogue)

    def _flows(self, group: Group) -> list[Flow]:
        found = once(each for flow in group.flows for each in (BOTH if flow == "both" else (flow,)))
        if found:
            return list(found)
        if self.trade.flow:
            return [self.trade.flow]
        shown = once(pair.flow for pair in self.shown_pairs) or self.half_flows
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
        apart = manner.view == "trend" or (manner.view == "compare" and self.draft.has("view", "trend"))
        by_month = apart and len(periods) > 1 and self.draft.says(RE.by_month)
        if by_month and all(period.length > 1 for period in periods):
            manner = manner._replace(view="trend")
        if by_month and follow_on(periods):
            periods = (stretch(periods[0].start, periods[-1].end),)
        manner = self._for_periods(manner, when, periods, measure, unit)
        if manner.view in ("figure", "overview") and not periods:
            manner = manner._replace(view="help")
        asked = Question(
            pairs,
            periods,
            measure=measure,
            unit=unit,  # type: ignore[arg-type]
            open_ended=when.open_ended,
            scope=next(iter(self.draft.values("scope")), None),
            whether=bool(self.draft.says(SPECIAL.out_yet)),
            monthly=manner.view == "export" and any(p.length > 1 for p in periods),
            **manner._asdict(),
        )
        if asked.view == "share" and len(periods) == 1 and self.draft.has("view", "trend"):
            asked = replace(asked, periods=tuple(map(Period.month, periods[0].months)), against=periods[0])
        return shaped(asked)

    def _for_periods(
        self, manner: Manner, when: When, periods: tuple[Period, ...], measure: Measure, unit: str
    ) -> Manner:
        """The manner as these periods take it: its view, how that is cut, and the change that it tells."""
        view, by, change = manner.view, manner.by, manner.change
        months = periods[0].length if len(periods) == 1 else 0
        several = months > 1 and periods[0].kind in ("range", "ytd")
        says = self.draft.says
        table = several and bool(says(RE.table) or says(RE.each_of))
        if says(RE.table) and len(periods) > 1 and view in ("figure", "compare"):
            alike = all(p.kind == "range" for p in periods)  # each with its months
            view, by = ("trend", None) if alike else ("figure", by)
        several_lines = any(len(self.draft.live(kind)) > 1 for kind in ("series", "flow"))
        apart = not several_lines and 1 < months < 12 and self.draft.has("view", "apart")
        if (
            (view in ("growth", "share", "total", "compare") and unit == "%")
            or (view == "average" and measure == "unit_value")  # a unit value is an average already
            or (view == "total" and len(periods) > 1 and self._are_apart(periods))
            or (view in ("share", "compare", "growth") and says(RE.and_world))
        ):
            view = "figure"
        spans = [m.time.parts for m in self.draft.live("time") if m.time.kind == "span"] if months > 3 else ()
        if view in ("figure", "compare") and any(
            {part.kind for part in ends} == {"quarter"} for ends in spans
        ):
            view, by = "table", "quarter"
        if self.draft.has("view", "on_quarter") and months > 3 and periods[0].kind in ("year", "ytd"):
            view, by = "table", "quarter"  # each quarter beside the one before
        if view == "growth" and (table or (several and change == "mom")):
            view, change = "trend", "yoy" if table else change
        if by == "quarter" and months == 3 and self.draft.has("view", "trend"):
            view, by = "trend", None  # month by month, in a quarterly review
        if view in ("figure", "compare") and (table or apart):
            view, by = "trend", None
        if when.trend and view in ("figure", "growth", "trend"):
            change = "yoy" if view == "growth" else change
            view = "trend"
        if when.compared and view in ("figure", "growth") and change != "yoy":
            view = "compare"
        if self.everything and view == "figure":
            view = "overview"
        return manner._replace(view=view, by=by, change=change)

    def _are_apart(self, periods: tuple[Period, ...]) -> bool:
        """Whether periods are not to be added up: one holds another, or each is asked for, or a change."""
        draft = self.draft
        nested = any(a.start <= b.start and b.end <= a.end for a, b in permutations(periods, 2))
        each = draft.says(RE.own_totals) or draft.says(RE.one_each)
        return bool(nested or each or draft.has("view", "growth", "compare"))

    def _unit(self, measure: Measure, unit: str) -> str:
        """The unit that fits the measure; % for a partner's share of the world's figure, and of no other."""
        partners = self.trade.partners or any(pair.partner for pair in self.shown_pairs)
        alone = partners and not self.draft.says(RE.and_world)  # beside the world's tonnes stand tonnes
        if alone and asks_share(self.draft) and not self.draft.has("view", VIEW):
            return "%"
        return unit if unit != "%" and unit in UNITS_OF[measure] else UNITS[measure]


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
        series, flows = ([*once([m.value for m in wish.get(kind, ())])] for kind in ("series", "flow"))
        times = wish.get("time", [])
        if found and (found[-1].series, found[-1].flows) == (series, flows):
            found[-1].times += [m for m in times if m not in found[-1].times]
        else:
            found.append(Group(series, flows, list(times), bool(wish.get("filled"))))
    return found
