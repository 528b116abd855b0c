"""What stands around a change, without a cause; what a claim comes to; what happened; what a term means."""

from collections.abc import Iterator
from dataclasses import replace
from math import floor, log10
from operator import attrgetter
from typing import Literal

from bot.answers.answer import Answer, Outcome
from bot.answers.counting import SIDES
from bot.answers.lookup import answer_of, asked_back, look_up, to_date
from bot.answers.one_scope import in_one_scope
from bot.answers.rankings import measured
from bot.answers.results import Check, Computed, Verdict, Why
from bot.dataset.calendar import Period
from bot.dataset.comparison import PRINTED_HALF_POINT, change_pct
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Row
from bot.questions.question import Claim, Criterion, Question, Way

NEAR = 2  # months before a period, in which an event still bears on it
MOST_NEAR = 3
MOST_EVENTS = 10
DIGITS = 15  # of a number, at most
NEAR_PART = 0.01  # of a value: a coarser rounding of it is another number
NEAR_POINTS = 0.5  # of a change
Found = tuple[float, tuple[float, float], bool]  # a change, its range, and whether it was printed


def why(question: Question, dataset: Dataset) -> Answer:
    """Each figure with what arithmetic says of its change, and the dated events near it."""
    asked = to_date(question)
    found, lost = look_up(asked, dataset)
    if any(_only_on_month(figure, question.claim) for figure in found):
        asked = replace(asked, change="mom")
    results = tuple(_why(figure, asked, dataset) for figure in found)
    return answer_of(asked, dataset, found, lost, results=results)


def _only_on_month(figure: Figure, claim: Claim | None) -> bool:
    """Whether it went the way that is asked about on the month, and not on the year."""
    on_year, on_month = measured(figure, "yoy"), measured(figure, "mom")
    if not (claim and claim.way and on_year and on_month):
        return False
    fell = claim.way == "fall"
    return (on_month.value < 0) == fell != (on_year.value < 0)


def _why(figure: Figure, question: Question, dataset: Dataset) -> Why:
    before = figure.period.plus(-1) if question.change == "mom" and figure.period.length == 1 else None
    base = before or figure.period.year_before
    partner = None if figure.series.partner else _partner(figure, base, dataset)
    within = Period.span(figure.period.start.plus(-NEAR), figure.end)
    near = dataset.happened((figure.series.commodity,), within)[-MOST_NEAR:]
    changes: list[Computed] = []
    for measure in ("quantity", "unit_value") if figure.series.flow != "net" else ():
        series = figure.series._replace(measure=measure)
        changes += _change(*(dataset.figure(series, each, figure.scope) for each in (figure.period, base)))
    return Why(figure, tuple(changes), partner, near)


def _change(now: Figure | None, then: Figure | None) -> Iterator[Computed]:
    if now and then and (change := change_pct(now, then)):
        yield Computed("change", *change, "%", (now, then))


def _partner(figure: Figure, base: Period, dataset: Dataset) -> tuple[Figure, Figure] | None:
    moved = [
        (now, then)
        for series in dataset.of_partners(figure.series)
        if (now := dataset.level(series, figure.period, figure.scope))
        and (then := dataset.level(series, base, figure.scope))
    ]
    return max(moved, key=lambda pair: abs((pair[0].value or 0) - (pair[1].value or 0)), default=None)


def events(question: Question, dataset: Dataset) -> Answer:
    """The dated events of the period that bear on the series; the newest ones where none is named."""
    commodities = question.commodities or tuple(dataset.catalogue)
    every = (dataset.happened(commodities, period) for period in question.periods or (None,))
    found = dict.fromkeys(event for happened in every for event in happened)
    shown = tuple(sorted(found, key=attrgetter("day")))[-MOST_EVENTS:]
    outcome: Outcome = "answered" if shown else "no_figure"
    return Answer(outcome, question, events=shown, catalogue=dataset.catalogue)


def definition(question: Question, dataset: Dataset) -> Answer:
    """The glossary's entries of the topics, else of the series asked for; all of them where none is named."""
    glossary = dataset.record.glossary
    named = question.topics or question.commodities
    found = tuple(glossary[name] for name in named if name in glossary)
    shown = found or (() if named else tuple(glossary.values()))
    outcome: Outcome = "answered" if shown else "outside"
    return Answer(outcome, question, definitions=shown, catalogue=dataset.catalogue)


def check(question: Question, dataset: Dataset) -> Answer:
    """Holds the claim against each figure, or its change; against a second period where one is named."""
    claim, criterion = question.claim, question.criterion
    if not criterion and claim in (None, Claim()):
        return asked_back("claim_missing", [], dataset)
    asked = to_date(question)
    found, lost = look_up(asked.at(asked.period), dataset)
    checks = tuple(
        _bounded(figure, criterion, asked, dataset)
        if criterion
        else _checked(figure, claim or Claim(), asked, dataset)
        for figure in found
    )
    figures: list[Figure] = []
    for item in checks:  # each with that of the second period, where one is named
        figures += [item.figure, *(base for computed in item.computed for base in computed.of[1:])]
    return answer_of(asked, dataset, figures, lost, results=checks)


def _bounded(figure: Figure, criterion: Criterion, question: Question, dataset: Dataset) -> Check:
    """Whether a figure, or its change, lies beyond a bound: open where rounding leaves it so."""
    if criterion.of == "level":
        seen = measured(figure, "level")
        verdict = _beyond(criterion, (seen.low, seen.high) if seen else None)
        return Check(figure, Claim(criterion.bound), value=verdict, criterion=criterion)
    change, beside = _change_of(figure, criterion.of, question, dataset)
    way = question.claim.way if question.claim else ""
    return Check(
        figure, Claim(pct=criterion.bound, way=way),
        pct=_beyond(criterion, change[1] if change else None),
        way=_way(way, change) if way else None,
        change=change, computed=beside, criterion=criterion,
    )  # fmt: skip


def _beyond(criterion: Criterion, edges: tuple[float, float] | None) -> Verdict:
    held = {SIDES[criterion.side](each, criterion.bound) for each in edges or ()}
    return "exact" if held == {True} else "no" if held == {False} else "open"


def _change_of(
    figure: Figure, basis: Literal["yoy", "mom"], question: Question, dataset: Dataset
) -> tuple[Found | None, tuple[Computed, ...]]:
    """The change that a claim is held against: from the second period, where there is one."""
    if question.against:
        beside = tuple(_change_since(figure, question.against, question, dataset))
        return next(((each.value, each.range, False) for each in beside), None), beside
    own = measured(figure, basis)
    printed = basis == "yoy" and figure.growth.origin == "published"
    return (own.value, (own.low, own.high), printed) if own else None, ()


def _checked(figure: Figure, claim: Claim, question: Question, dataset: Dataset) -> Check:
    change, beside = _change_of(figure, "mom" if question.change == "mom" else "yoy", question, dataset)
    row = _earlier(figure, claim.value) if claim.value is not None else None
    return Check(
        figure, claim,
        value=_value(figure, claim.value, row) if claim.value is not None else None,
        pct=_pct(claim.pct, claim, change) if claim.pct is not None else None,
        way=_way(claim.way, change) if claim.way else None,
        change=change, row=row, computed=beside,
    )  # fmt: skip


def _change_since(figure: Figure, then: Period, question: Question, dataset: Dataset) -> Iterator[Computed]:
    """The change from the second period to the figure, both in one scope."""
    now, base = in_one_scope([(figure.series, figure.period), (figure.series, then)], question, dataset)
    if now and base and now.scope == base.scope and now.period.length == base.period.length:
        yield from _change(now, base)


def _value(figure: Figure, claimed: float, row: Row | None) -> Verdict:
    if figure.value is None or figure.range is None:
        return "open"
    net = figure.series.flow == "net"
    found = abs(figure.value) if net else figure.value
    if _same(found, claimed):
        return "exact"
    if _rounds_to(found, claimed, NEAR_PART * found):
        return "rounded"
    low, high = sorted(map(abs, figure.range)) if net else figure.range
    if low <= claimed <= high:
        return "within"
    return "earlier" if row else "no"


def _same(found: float, claimed: float) -> bool:
    return abs(found - claimed) <= 1e-6 * max(abs(found), 1.0)


def _rounds_to(found: float, claimed: float, most: float) -> bool:
    """Whether the claim is the number to fewer digits, and not far from it."""
    if claimed == 0:
        return False
    digits = f"{abs(claimed):.{DIGITS - 1}e}".partition("e")[0].replace(".", "").rstrip("0")
    last = 10.0 ** (floor(log10(abs(claimed))) + 1 - len(digits))  # 1,000 in 542,000
    return bool(abs(found - claimed) <= min(last / 2, most))


def _earlier(figure: Figure, claimed: float) -> Row | None:
    """The printing before today's that has the claimed value, or rounds to it."""
    earlier = [row for row in reversed(figure.vintages) if row != figure.row]
    values = [(row, row.value) for row in earlier if row.value is not None]
    near = [row for row, value in values if _same(value, claimed)]
    near += [row for row, value in values if _rounds_to(value, claimed, NEAR_PART * value)]
    return next(iter(near), None)


def _pct(pct: float, claim: Claim, change: Found | None) -> Verdict:
    """Of the claimed change with the sign of the direction that was claimed."""
    if change is None:
        return "open"
    claimed, (found, (low, high), printed) = -abs(pct) if claim.way == "fall" else pct, change
    if printed and abs(found - claimed) < 1e-9:
        return "exact"
    if _rounds_to(found, claimed, NEAR_POINTS) or abs(found - claimed) < PRINTED_HALF_POINT:
        return "rounded"
    return "within" if low <= claimed <= high else "no"


def _way(way: Way, change: Found | None) -> Verdict:
    if change is None or change[1][0] < 0 < change[1][1]:
        return "open"
    low, high = change[1]
    held = low >= 0 and high > 0 if way == "rise" else high <= 0 and low < 0
    return "exact" if held else "no"
