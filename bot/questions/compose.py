"""Slots into Questions: the message cut where a kind of slot comes again, gaps filled, the thread joined."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from bot.dataset.calendar import Month, Period
from bot.dataset.model import UNITS
from bot.questions.draft import STRONG, Draft, Mention
from bot.questions.manner import Manner, manner_of
from bot.questions.origins import VIEW, divided, traded_with
from bot.questions.partners import Trade, asks_share
from bot.questions.patterns import pattern
from bot.questions.periods import stretch
from bot.questions.pointing import count_in, pointed
from bot.questions.question import UNITS_OF, Pair, Question
from bot.questions.refusal import Refusal
from bot.questions.thread import pairs_in, periods_in, seen
from bot.questions.tie import tie
from bot.questions.when import When, when_of

BOTH = ("export", "import")
_THAN = pattern("compose", "than")
_COMPARED = pattern("compose", "compared")
_IN_TONNES = re.compile(r"\bin (?:plain |metric )?(?:t|tonnes|tons)\b|吨")
_WEIGHTS = ("t", "kt", "Mt", "wan_t", "lb", "st")
_BOTH_MEASURES = re.compile(r"\b(?:and|both|plus|&)\b|和|及")
_JOINED = pattern("compose", "joined")
_VAGUE_QUANTITY = ("amount", "amounts", "量")
_AND_WORLD = pattern("compose", "and_world")
_ONE_EACH = pattern("compose", "one_each")
_TABLE = pattern("compose", "table")
_BY_MONTH = re.compile(r"month|每月|逐月|各月|按月|分月")
_AND_TOTAL = pattern("compose", "and_total")


@dataclass(slots=True)
class Group:
    """The slots of one wish."""

    series: list[str] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    times: list[Mention] = field(default_factory=list)
    flow_filled: bool = False

    def lines(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What it is about, whatever its time."""
        return tuple(self.series), tuple(self.flows)


@dataclass(slots=True)
class Composed:
    """The Questions of a message; `everything`: no series was said, so all of them are shown."""

    questions: tuple[Question, ...]
    everything: bool = False


class Composer:
    """Composes the Questions of one draft."""

    def __init__(self, draft: Draft, trade: Trade) -> None:
        self.draft, self.trade = draft, trade
        self.last = draft.turn.questions
        self.everything = False
        half = draft.turn.half
        self.shown_pairs = pairs_in(self.last)
        self.shown_periods = periods_in(self.last)
        self.half_flows: tuple[str, ...] = ()
        self._count_back()
        if any(half) and self._takes_up_half():
            self._take_up_half()

    def _count_back(self) -> None:
        """Reads "Both for May": the lines of the last figures, not only of the last answer."""
        draft = self.draft
        count = count_in(draft.text)
        if (
            (draft.has("point", "both") or (count or 0) > 2)
            and draft.has("time")
            and not draft.has("series")
            and not draft.has("flow")
        ):
            lines = list(dict.fromkeys(figure.pair for figure in seen(draft.turn.shown)))
            if len(self.shown_pairs) == 1 and len(lines) > 1:
                everything = count is None and re.search(r"\ball\b", draft.text)
                self.shown_pairs = tuple(lines if everything else lines[-(count or 2) :])

    def _takes_up_half(self) -> bool:
        """Whether a short text completes what a refused turn left half said."""
        draft = self.draft
        whole = draft.has("series") and draft.has("flow") and draft.has("time")
        return (
            len(draft.text) < 80 and not whole and (draft.has("series") or draft.has("flow") or not self.last)
        )

    def _take_up_half(self) -> None:
        half = self.draft.turn.half
        names = half.commodities or tuple(dict.fromkeys(pair.commodity for pair in self.shown_pairs))
        self.half_flows = half.flows
        flows = half.flows or tuple(dict.fromkeys(pair.flow for pair in self.shown_pairs)) or BOTH
        self.shown_pairs = tuple(Pair(name, flow) for name in names for flow in flows)  # type: ignore[arg-type]
        self.shown_periods = half.periods or self.shown_periods

    def compose(self) -> Composed:
        """The Questions; a Refusal where something is missing or cannot be."""
        draft = self.draft
        if acted := pointed(draft):
            return Composed(acted)
        if added := self._set_beside():
            return Composed((added,))
        groups = self._groups()
        manner = manner_of(draft, self.last[0] if self.last else None)
        measures, unit = self._measures()
        questions: list[Question] = []
        periods = self.shown_periods
        for group in groups:
            pairs = self._pairs(group)
            for measure in measures:
                when = when_of(
                    draft, group.times, pairs, self.last, periods, manner.view, measure, self.cumulative
                )
                asked = self._question(pairs, when, manner, measure, unit)
                if asked.view == "total" and self._lists_too(group):
                    questions.append(replace(asked, view="figure"))
                questions += _one_average_each(asked)
                if asked.view in ("trend", "table", "figure") and self._sums_too(asked):
                    questions.append(replace(asked, view="total", by=None, change=None))
            periods = questions[-1].periods or periods
        return Composed(tuple(one_line_each(merged(questions))), self.everything)

    def _lists_too(self, group: Group) -> bool:
        """Reads "April, May and then the total": the months are asked for as well as their sum."""
        at = min((m.start for m in self.draft.live("view", "total")), default=0)
        ahead = bool(group.times) and all(m.end <= at for m in group.times)
        return ahead and bool(_AND_TOTAL.search(self.draft.text[:at]))

    def _sums_too(self, asked: Question) -> bool:
        """Reads "each month, plus the sum": what was listed is asked for as one figure as well."""
        several = len(asked.periods) > 1 or any(period.length > 1 for period in asked.periods)
        at = max((m.start for m in self.draft.live("view", "total")), default=0)
        return several and bool(at and _AND_TOTAL.search(self.draft.text[:at]))

    def _set_beside(self) -> Question | None:
        """Reads "More than imports?": the line named is put beside the one that was shown."""
        draft = self.draft
        named = draft.live("series") + draft.live("flow")
        if len(self.last) != 1 or draft.has("time") or not named:
            return None
        at = min(mention.start for mention in named)
        if not (_THAN.search(draft.text[:at]) and _COMPARED.search(draft.text)):
            return None
        shown = self.last[0]
        pairs = self._pairs(Group(draft.values("series"), draft.values("flow")))
        new = tuple(pair for pair in pairs if pair not in shown.pairs)
        return replace(shown, pairs=(*shown.pairs, *new), view="compare", change=None) if new else None

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
        runs: list[list[Mention]] = []
        for mention in sequence:
            if runs and runs[-1][0].kind == mention.kind:
                runs[-1].append(mention)
            else:
                runs.append([mention])
        wishes: list[dict[str, list[Mention]]] = [{}]
        for run in runs:
            if run[0].kind in wishes[-1]:
                wishes.append({})
            wishes[-1][run[0].kind] = run
        _fill(wishes)
        return _joined([_group(wish) for wish in wishes])

    def _measures(self) -> tuple[list[str], str]:
        draft = self.draft
        found = draft.values("measure")
        units = draft.live("unit")
        unit = units[-1].value if units else ""
        if "unit_value" in found:
            found = ["value", "unit_value"] if self._value_first() else ["unit_value"]
        elif {"value", "quantity"} <= set(found):
            found = self._both_measures()
        elif found == ["value"] and self._also_in_tonnes():
            found, unit = ["quantity", "value"], ""
        if units and not found and self.last and self.last[0].measure != "quantity" and unit in _WEIGHTS:
            found = ["quantity"]
        if unit == "t" and not _IN_TONNES.search(draft.text):
            unit = ""
        whole = draft.has("series") and draft.has("flow") and draft.has("time")
        if not found:
            found = (
                list(dict.fromkeys(q.measure for q in self.last)) if self.last and not whole else ["quantity"]
            )
            if self.last and not whole:
                draft.inherited.add("measure")
        if unit and not draft.has("measure") and unit != "t/day":
            found = ["quantity"]
        if not unit and self.last and not whole:
            unit = self.last[0].unit
        return found, unit

    def _value_first(self) -> bool:
        """Reads "value in dollars, and how much per ton": both were asked for, one after the other."""
        value, each = self.draft.live("measure", "value"), self.draft.live("measure", "unit_value")
        return (
            bool(value)
            and value[0].end < each[0].start
            and bool(_BOTH_MEASURES.search(self.draft.between(value[0], each[0])))
        )

    def _also_in_tonnes(self) -> bool:
        """Reads "in dollars and tonnes": a unit of weight joined to the money."""
        money = self.draft.live("measure", "value")[0]
        weights = [m for m in self.draft.live("unit") if m.value in _WEIGHTS]
        pairs = (sorted((money, weight), key=lambda m: m.start) for weight in weights)
        return any(_JOINED.fullmatch(self.draft.between(first, second)) for first, second in pairs)

    def _both_measures(self) -> list[str]:
        values = self.draft.live("measure", "value")
        exact = [m for m in self.draft.live("measure", "quantity") if m.text not in _VAGUE_QUANTITY]
        if not exact:
            return ["value"]
        first, second = sorted((values[0], exact[0]), key=lambda m: m.start)
        return (
            ["quantity", "value"] if _BOTH_MEASURES.search(self.draft.between(first, second)) else ["value"]
        )

    def _pairs(self, group: Group) -> tuple[Pair, ...]:
        names = self._series(group)
        flows = self._flows(group)
        found: list[Pair] = []
        if len(names) == len(self.draft.record.catalogue):
            self.draft.assumed |= set() if flows else {"flow"}
            return tuple(Pair(name, flow) for name in names for flow in flows or BOTH)  # type: ignore[arg-type]
        for name in names:
            have = self.draft.record.catalogue[name].flows
            wanted = flows or list(have)
            if not flows:
                self.draft.assumed.add("flow")
            for flow in wanted:
                if flow == "net" or flow in have:
                    found.append(Pair(name, flow))  # type: ignore[arg-type]
                elif (
                    group.flows and len(names) == 1 and not group.flow_filled and not set(wanted) & set(have)
                ):
                    raise Refusal("outside", "no_flow", (name, flow), self._other_flows(name))
                elif len(wanted) == 1 and (not group.flows or group.flow_filled or len(names) > 1):
                    found += [Pair(name, other) for other in have]
                    self.draft.assumed.add("flow")
        whose = (
            ()
            if self.draft.has("world") or self.draft.has("view", VIEW)
            else self.trade.partners
            or tuple(dict.fromkeys(p.partner for p in self.shown_pairs if not group.series and p.partner))
        )
        pairs = tuple(dict.fromkeys(found))
        if whose and _AND_WORLD.search(self.draft.text):
            whose = (*whose, "")
        return (
            tuple(pair._replace(partner=partner) for partner in whose for pair in pairs) if whose else pairs
        )

    def _other_flows(self, name: str) -> tuple[Question, ...]:
        """The same of the flows that there are."""
        pairs = tuple(Pair(name, flow) for flow in self.draft.record.catalogue[name].flows)
        try:
            times = [m for m in self.draft.live("time") if m.time.kind != "cumulative"]
            when = when_of(
                self.draft, times, pairs, self.last, self.shown_periods, "figure", "quantity", self.cumulative
            )
        except Refusal:
            return ()
        return (Question(pairs, when.periods),) if when.periods else ()

    def _series(self, group: Group) -> list[str]:
        every = list(self.draft.record.catalogue)
        if group.series == ["all"] and not self.draft.has("view", VIEW):
            return every
        group.series = [name for name in group.series if name != "all"]
        if group.series:
            return group.series
        shown = list(dict.fromkeys(pair.commodity for pair in self.shown_pairs))
        if shown:
            self.draft.inherited.add("series")
            return shown
        self.draft.assumed.add("series")
        if self.draft.has("view", VIEW):
            return [divided(self.draft.record, self._flows(group) or list(BOTH))]
        if len(self.trade.partners) == 1 and asks_share(self.draft):
            known = traded_with(self.draft.record, self.trade.partners[0])
            if len(known) == 1:
                return known
        self.everything = True
        return every

    def _flows(self, group: Group) -> list[str]:
        found: list[str] = []
        for flow in group.flows:
            found += BOTH if flow == "both" else (flow,)
        if found:
            return list(dict.fromkeys(found))
        if self.trade.flow:
            return [self.trade.flow]
        shown: list[str] = list(dict.fromkeys(pair.flow for pair in self.shown_pairs)) or [*self.half_flows]
        if shown and (self.last or self.half_flows):
            self.draft.inherited.add("flow")
            have = {
                f for name in group.series if name != "all" for f in self.draft.record.catalogue[name].flows
            }
            fitting = [flow for flow in shown if not have or flow in have or flow == "net"]
            return fitting or []
        return []

    def _question(
        self, pairs: tuple[Pair, ...], when: When, manner: Manner, measure: str, unit: str
    ) -> Question:
        view, periods, change = manner.view, when.periods, manner.change
        if view == "trend" and len(periods) > 1 and _BY_MONTH.search(self.draft.text) and _follow_on(periods):
            periods = (stretch(periods[0].start, periods[-1].end),)
        if (view in ("growth", "share") and self._unit(measure, unit) == "%") or (
            view == "average" and measure == "unit_value"
        ):
            view = "figure"  # a unit value is an average already
        changed = self.draft.has("view", "growth", "compare")
        if view == "total" and len(periods) > 1 and (changed or _ONE_EACH.search(self.draft.text)):
            view = "figure"
        if view == "share" and _AND_WORLD.search(self.draft.text):
            view = "figure"
        by = manner.by
        if (
            view in ("figure", "compare")
            and len(periods) == 1
            and periods[0].length > 3
            and self._by_quarters()
        ):
            view, by = "table", "quarter"
        if view == "growth" and _TABLE.search(self.draft.text) and _is_stretch(periods):
            view, change = "trend", "yoy"
        if view in ("figure", "compare") and _TABLE.search(self.draft.text) and _is_stretch(periods):
            view, by = ("table", "quarter") if self._by_quarters() else ("trend", None)
        if view == "growth" and change == "mom" and _is_stretch(periods):
            view = "trend"
        if when.trend and view in ("figure", "growth", "trend"):
            change = "yoy" if view == "growth" else change
            view = "trend"
        if when.compared and view in ("figure", "growth"):
            view = "compare"
        if self.everything and view in ("figure", "highlights"):
            view = "overview" if view == "figure" else view
        return shaped(
            Question(
                pairs,
                periods,
                view if view not in ("figure", "overview") or periods else "help",
                measure=measure,  # type: ignore[arg-type]
                unit=self._unit(measure, unit),
                change=change,
                order=manner.order,
                top=manner.top,
                by=by,
                criterion=manner.criterion,
                claim=manner.claim,
                open_ended=when.open_ended,
                scope=next(iter(self.draft.values("scope")), None),
                monthly=view == "export" and any(p.length > 1 for p in periods),
            )
        )

    def _by_quarters(self) -> bool:
        """Whether the stretch runs from quarter to quarter."""
        spans = [m.time for m in self.draft.live("time") if m.time.kind == "span"]
        return any(all(part.kind == "quarter" for part in time.parts) for time in spans)

    def _unit(self, measure: str, unit: str) -> Any:
        partners = self.trade.partners or any(p.partner for p in self.shown_pairs)
        alone = not _AND_WORLD.search(self.draft.text)  # beside the world's tonnes stand tonnes
        if partners and alone and asks_share(self.draft) and not self.draft.has("view", VIEW):
            return "%"
        if unit == "%":  # a share of the world's figure, and of no other
            unit = ""
        allowed = UNITS_OF[measure]  # type: ignore[index]
        if unit in allowed:
            return unit
        return UNITS[measure]  # type: ignore[index]


def _one_average_each(question: Question) -> tuple[Question, ...]:
    """Averages of several years or quarters are one each, and no blend of them."""
    periods = question.periods
    if question.view != "average" or len(periods) < 2 or any(period.length == 1 for period in periods):
        return (question,)
    return tuple(replace(question, periods=(period,)) for period in periods)


def shaped(question: Question) -> Question:
    """The question in the form that its view has: what there is of one figure is a figure."""
    figures = len(question.pairs) * len(question.periods)
    match question.view:
        case "total" | "compare" | "difference" | "ratio" | "share" if figures == 1 and not question.against:
            grown = question.view in ("compare", "difference")
            if question.unit == "%":
                return replace(question, view="figure")
            return replace(
                question, view="growth" if grown else "figure" if question.view == "total" else question.view
            )
        case "compare" | "partners" if len(question.periods) == 2:
            return replace(question, periods=question.periods[:1], against=question.periods[1])
        case "check" if len(question.periods) == 2:
            then, now = sorted(question.periods, key=lambda period: period.end)
            return replace(question, periods=(now,), against=then)
        case "ranking" if len(question.periods) > 1 and max(p.length for p in question.periods) > 1:
            return replace(question, periods=tuple(p for p in question.periods if p.length > 1))
        case "trend" | "average" if question.periods and all(p.length == 1 for p in question.periods):
            if question.view == "trend" or figures == 1:
                return replace(question, view="figure", change=None)
        case "share" if question.unit == "%":
            return replace(question, view="figure")
        case "share" if len(question.periods) == 2 and not question.against:
            part, whole = sorted(question.periods, key=lambda period: period.length)
            return replace(question, periods=(part,), against=whole)
        case "table" if (
            question.by == "year" and len(question.periods) == 1 and question.periods[0].length <= 12
        ):
            end = question.periods[0].end
            return replace(question, periods=(stretch(Month(end.year - 4, 1), end),))
        case "trend" if len(question.periods) > 1 and all(
            p.kind == "year" or p.length >= 6 for p in question.periods
        ):
            return replace(question, view="figure", change=None)
        case "ranking" if len(question.periods) == 1 and question.periods[0].length == 1:
            return replace(question, view="record", top=5)
        case "why" | "check" | "season" | "rolling" if not question.periods:
            return replace(question, view="help")
        case _:
            pass
    return question


def _is_stretch(periods: Sequence[Period]) -> bool:
    return len(periods) == 1 and periods[0].kind in ("range", "ytd") and periods[0].length > 1


def _follow_on(periods: Sequence[Period]) -> bool:
    """Whether each begins where the one before ends."""
    return all(a.end.plus(1) == b.start for a, b in pairwise(periods))


def _fill(wishes: list[dict[str, list[Mention]]]) -> None:
    """Gaps of a wish are filled from the one before, then from the one after."""
    for kind in STRONG:
        for before, wish in pairwise(wishes):
            if kind not in wish and kind in before:
                wish[kind] = before[kind]
                wish.setdefault("filled", []).extend(before[kind] if kind == "flow" else ())
        for after, wish in zip(reversed(wishes), reversed(wishes[:-1]), strict=False):
            if kind not in wish and kind in after:
                wish[kind] = after[kind]
                wish.setdefault("filled", []).extend(after[kind] if kind == "flow" else ())


def _group(wish: dict[str, list[Mention]]) -> Group:
    series = list(dict.fromkeys(m.value for m in wish.get("series", ())))
    flows = list(dict.fromkeys(m.value for m in wish.get("flow", ())))
    return Group(series, flows, list(wish.get("time", ())), bool(wish.get("filled")))


def _joined(groups: Sequence[Group]) -> list[Group]:
    """Wishes about the same lines as one, with all their times."""
    found: list[Group] = []
    for group in groups:
        if found and found[-1].lines() == group.lines():
            found[-1].times += [m for m in group.times if m not in found[-1].times]
        else:
            found.append(group)
    return found


def merged(questions: Iterable[Question]) -> list[Question]:
    """Questions that differ in their lines alone as one."""
    found: list[Question] = []
    for question in questions:
        same = (
            next((q for q in found if _without_lines(q) == _without_lines(question)), None)
            if _is_plain(question)
            else None
        )
        if same:
            found[found.index(same)] = replace(
                same, pairs=tuple(dict.fromkeys((*same.pairs, *question.pairs)))
            )
        elif question not in found:
            found.append(question)
    return found


def one_line_each(questions: Iterable[Question]) -> Iterator[Question]:
    """Yields the questions; trade by country of each line for itself."""
    for question in questions:
        lines = question.pairs if question.view == VIEW else ()
        yield from (replace(question, pairs=(pair,)) for pair in lines) if len(lines) > 1 else (question,)


def _is_plain(question: Question) -> bool:
    return question.view not in ("figure", "overview") or bool(question.periods)


def summed(question: Question) -> Question:
    """A total of periods that follow on each other as that of the stretch that they make."""
    periods = sorted(set(question.periods), key=lambda period: period.start)
    joined = all(a.end.plus(1) == b.start for a, b in pairwise(periods))
    if question.view != "total" or len(periods) < 2 or not joined:
        return question
    start, end = periods[0].start, periods[-1].end
    if start.until(end) == 5 and start.number in (1, 7) and all(p.length > 1 for p in periods):
        return replace(question, periods=(Period.around(start, "half"),))
    return replace(question, periods=(stretch(start, end),))


def _without_lines(question: Question) -> tuple[object, ...]:
    return tuple(getattr(question, each) for each in question.__dataclass_fields__ if each != "pairs")
