"""Slots into Questions: the message cut where a kind of slot comes again, gaps filled, the thread joined."""

import re
from collections.abc import Iterator, Sequence

from bot.dataset.calendar import Period, follow_on, natural_period
from bot.dataset.model import UNITS, Flow, Measure
from bot.questions.clauses import Group, groups_of
from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import patterns
from bot.questions.manner import Manner, manner_of
from bot.questions.partners import VIEW, Trade, asks_share
from bot.questions.pointing import count_in, pointed
from bot.questions.question import UNITS_OF, Pair, Question
from bot.questions.reading import Refusal
from bot.questions.tie import tie
from bot.questions.turn import once, periods_in
from bot.questions.view_forms import each_wish, fitted, merged, shaped
from bot.questions.when import When

BOTH: tuple[Flow, ...] = ("export", "import")
RE, SPECIAL = patterns("compose"), patterns("special")
_NO_SHARE = ("measure", "unit", "view", "world", "series", "flow")  # said, a share in the thread ends
_WEIGHTS = ("t", "kt", "Mt", "wan_t", "lb", "st")


class Composer:
    """Composes the Questions of one draft; `everything`: no series was said, so all of them are shown."""

    def __init__(self, draft: Draft, trade: Trade) -> None:
        self.draft, self.trade, self.last = draft, trade, draft.turn.questions
        self.everything = self.cumulative = False
        self.groups = list[Group]()
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
        times = self.draft.live("time")
        self.cumulative = any(m.time.kind == "cumulative" for m in times)
        tie(self.draft, times)
        self.groups = groups = groups_of(self.draft)
        manner = manner_of(self.draft, self.last[0] if self.last else None)
        measures, unit = self._measures()
        questions, periods = list[Question](), self.shown_periods
        lines = [(self._pairs(group), group) for group in groups]
        if manner.view == "compare" and all(group.times == groups[0].times for group in groups):
            one = not times and len(self.shown_pairs) == len(self.shown_periods) == len(lines[0][0]) == 1
            beside = self.shown_pairs if one else ()  # "and against imports?"
            lines = [(once((*beside, *(pair for pairs, _ in lines for pair in pairs))), groups[0])]
        for pairs, group in lines:
            for measure in measures:
                when = When(self.draft, group.times, pairs, periods, manner.view, measure, self.cumulative)
                questions += each_wish(self.draft, self._question(pairs, when, manner, measure, unit), group)
            periods = questions[-1].periods or periods
        return once(merged(questions))

    def _measures(self) -> tuple[list[Measure], str]:
        draft, last = self.draft, () if self.draft.is_whole else self.last
        found: list[Measure] = draft.values("measure")
        units, weights = draft.live("unit"), draft.live("unit", *_WEIGHTS)
        unit = units[-1].value if units else ""
        if "unit_value" in found:
            first = "value" in found[: found.index("unit_value")]
            each = draft.live("measure", "unit_value")[:1] if first else []
            joined = self._money_with(each, RE.both_measures)
            found = [m for m in found if joined or m == "unit_value"]
        elif found == ["value"] and (self._money_with(weights, RE.joined) or self._with_money()):
            found, unit = ["quantity", "value"], ""
        if not found:
            weighed = unit in _WEIGHTS
            kept = last and not (weighed and last[0].measure != "quantity")
            draft.inherited |= {"measure"} if kept else set()
            found = [*(self.shown_measures if last and not weighed else ())] or ["quantity"]
        if unit == "t" and not draft.says(RE.in_tonnes):
            unit = ""
        return found, unit or (last[0].unit if last else "")

    def _with_money(self) -> bool:
        """Whether the figures are asked for, and what they were worth: "进口量和金额", "plus the value"."""
        return self.draft.has("series") and bool(self.draft.says(RE.with_money))

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
        world = self.draft.says(RE.and_world)
        beside = asks_share(self.draft) or (self.trade.partners and world)
        if (self.draft.has("world") and not beside) or self.draft.has("view", VIEW):
            return pairs
        shown = () if group.series else once(pair.partner for pair in self.shown_pairs if pair.partner)
        if not (whose := self._partners_of(group) if self.trade.partners else shown):
            return pairs
        if world:
            whose = (*whose, "")
        return tuple(pair._replace(partner=partner) for partner in whose for pair in pairs)

    def _partners_of(self, group: Group) -> tuple[str, ...]:
        """The partners of a wish: "alumina exports, bauxite from Guinea" has none for the first."""
        partners, way = self.trade.partners, self.trade.flow
        whole = [each for each in self.groups if each.says("series", "flow")]
        if len(whole) == 1 or group not in whole:
            return partners
        others = {m.value for m in self.draft.live("country") if self._is_apart(m, group, whole)}
        apart = way and not (self.trade.unclear or {way, "both"} & {*group.flows})
        return () if apart else tuple(partner for partner in partners if partner not in others)

    def _is_apart(self, country: Mention, group: Group, whole: list[Group]) -> bool:
        """Whether a country was named with a wish before this one, or with another that has its own time."""
        after = next((m for m in self.draft.live("series") if m.start >= country.end), country)
        leads = after is not country and bool(RE.leads.fullmatch(self.draft.between(country, after)))
        named = after if leads else country
        holder = next((each for each in reversed(whole) if each.own[0].start <= named.start), group)
        later, timed = holder.own[0].start > group.own[0].start, group.says("time") and holder.says("time")
        return holder is not group and (later == leads or timed)

    def _flows_of(self, name: str, names: list[str], flows: Sequence[Flow], group: Group) -> Iterator[Flow]:
        """The flows of one series: those that were said, the others where it has none of them."""
        have = self.draft.record.catalogue[name].flows
        for flow in flows or have:
            said = group.says("flow") and len(names) == 1
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
            periods = When(self.draft, times, pairs, self.shown_periods, cumulative=self.cumulative).periods
        except Refusal:
            return ()
        return (Question(pairs, periods),) if periods else ()

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
        by_month = manner.view == "trend" and len(periods) > 1 and self.draft.says(RE.by_month)
        if by_month and follow_on(periods):
            periods = (natural_period(periods[0].start, periods[-1].end),)
        manner = self._seen(fitted(manner, self.draft, periods, measure, unit), when, periods)
        if manner.view == "table" and unit != "%" and "period" in self.draft.assumed:
            periods = ()  # as many rows as are usual
        asked = Question(
            pairs,
            periods,
            measure=measure,
            unit=unit,  # type: ignore[arg-type]
            open_ended=when.open_ended,
            scope=next(iter(self.draft.values("scope")), None),
            whether=bool(self.draft.says(SPECIAL.out_yet)),
            **manner._asdict(),
        )
        return shaped(asked)

    def _seen(self, manner: Manner, when: When, periods: tuple[Period, ...]) -> Manner:
        if when.trend and manner.view in ("figure", "growth", "trend"):
            manner = manner._replace(view="trend", change="yoy" if manner.view == "growth" else manner.change)
        if when.compared and manner.view in ("figure", "growth") and manner.change != "yoy":
            manner = manner._replace(view="compare")
        if self.everything and manner.view == "figure":
            manner = manner._replace(view="overview")
        if manner.view in ("figure", "overview") and not periods:
            manner = manner._replace(view="help")
        return manner

    def _unit(self, measure: Measure, unit: str) -> str:
        """The unit that fits the measure; % for a partner's share of the world's figure, and of no other."""
        partners = self.trade.partners or any(pair.partner for pair in self.shown_pairs)
        alone = partners and not self.draft.says(RE.and_world)  # beside the world's tonnes stand tonnes
        goes_on = unit == "%" and not any(map(self.draft.has, _NO_SHARE))  # "and last year?" after one
        if alone and (goes_on or asks_share(self.draft)) and not self.draft.has("view", VIEW):
            return "%"
        return unit if unit != "%" and unit in UNITS_OF[measure] else UNITS[measure]
