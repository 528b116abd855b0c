"""What is to be done with the figures: the view, its order, bound, cut and claim."""

import re
from dataclasses import dataclass

from bot.questions.draft import Draft
from bot.questions.lexicon import NUMBER_WORDS
from bot.questions.origins import VIEW, places_in
from bot.questions.patterns import pattern
from bot.questions.question import By, Change, Claim, Criterion, Order, Question, Side, View
from bot.questions.units import amount_of

_LOWEST = pattern("manner", "lowest")
_TOP = pattern("manner", "top")
_RANKED = re.compile(r"\brank(?:ing)?\b|排名|排行")
_NO_RANKING = pattern("manner", "no_ranking")
_ABOVE = pattern("manner", "above")
_BELOW = re.compile(r"below|under|less than|lower than|fewer|<|at most|低于|少于|不足|以下|小于")
_FELL = pattern("manner", "fell")
_ROSE = pattern("manner", "rose")
_ASKED = pattern("manner", "asked")
_ROLLING = re.compile(r"\brolling\b|\b12[- ]month (?:sum|total|rolling|moving)|\btrailing\b|滚动")
_SEASON = pattern("manner", "season")
_EVENTS = re.compile(r"\bwhat happened\b|\bevents?\b|发生了什么|大事")
_RATIO = re.compile(r"\bratio\b|tonnes? of \w+ per tonne|比例是|之比|比值|\bdivided by\b|除以")
_WHEN_LAST = re.compile(r"\bwhen (?:did|was|were|has|have)\b.*\blast\b|\blast time\b|上一次|上次")
_MONTHS_THAT = pattern("manner", "months_that")
_JUMPS = re.compile(r"jump|rise|increase|growth|gain|surge|涨幅|增幅|增长")
_DROPS = re.compile(r"drop|fall|decline|decrease|slump|降幅|跌幅|下降")
_MOVES = pattern("manner", "moves")
_OF_YEARS = re.compile(r"\b(?:record|best|worst|strongest|weakest|which|what) year\b|哪一?年|最高的一年")
_OF_QUARTERS = pattern("manner", "of_quarters")
_OF_HALVES = pattern("manner", "of_halves")
_JUST_FIGURE = re.compile(r"\b(?:just|only) the (?:number|figure|level|volume|tonnage)s?\b|只要数")
_YEARLY = re.compile(r"\by\W?o\W?y\b|\by/y\b|year[- ]on[- ]year|year[- ]over[- ]year|同比")
_PLACE = pattern("manner", "place")
_SOURCES = re.compile(r"\bsources?\b(?! of)|来源")
_SHARED = re.compile(r"\bshare\b.*\bvs\b|占比.*对比")
_MONTHS = re.compile(
    r"\b(?:highest|lowest|biggest|largest|smallest|best|worst|top) (?:ever )?months\b|months? ranking"
)
_ONE = pattern("manner", "one")
_GAP = pattern("manner", "gap")
_KEPT: tuple[View, ...] = ("average", "ranking", "export", "growth", "trend", "table", "partners")


@dataclass(frozen=True, slots=True)
class Manner:
    """The fields mean what they mean in a Question."""

    view: View = "figure"
    change: Change | None = None
    order: Order = "highest"
    top: int = 5
    by: By | None = None
    criterion: Criterion | None = None
    claim: Claim | None = None


def manner_of(draft: Draft, last: Question | None) -> Manner:
    """The manner that the message asks for, else that of the thread where it is kept."""
    named = set(draft.values("view"))
    text = draft.text
    if VIEW in named:
        return Manner("partners", top=places_in(text))
    if "why" in named:
        return Manner("why")
    if "export" in named:
        return Manner("export")
    if found := _counted(draft, named):
        return found
    if "ranking" in named and not (_NO_RANKING.search(text) and len(named) == 1):
        if _OF_QUARTERS.search(text):
            return Manner("table", by="quarter")
        if _OF_HALVES.search(text):
            return Manner("table", by="half")
        return Manner("table", by="year") if _OF_YEARS.search(text) else _ranked(text, named)
    return _stretched(draft, named) or _compared(draft, named) or _kept(draft, last)


def _ranked(text: str, named: set[str]) -> Manner:
    """A ranking of levels, or of changes where a jump or a drop is spoken of."""
    order: Order = "lowest" if _LOWEST.search(text) else "highest"
    change: Change = "mom" if "mom" in named else "yoy"
    if named & {"growth", "mom"} or _MOVES.search(text):
        if _DROPS.search(text):
            return Manner("ranking", change, "fall", top_of(text))
        if _JUMPS.search(text):
            return Manner("ranking", change, "rise", top_of(text))
    return Manner("ranking", None, order, top_of(text))


def top_of(text: str) -> int:
    """How many places a ranking shows: one unless more are asked for."""
    if place := _PLACE.search(text):
        return NUMBER_WORDS.get(place[1], 2)
    match = _TOP.search(text)
    if match:
        said = match[1] or match[2] or match[3]
        return int(said) if said.isdigit() else NUMBER_WORDS.get(said, 1)
    several = _RANKED.search(text) or _MONTHS.search(text) or not _ONE.search(text)
    return 5 if several else 1


def _counted(draft: Draft, named: set[str]) -> Manner | None:
    """A count or a streak, with what it looks for."""
    last_time = bool(_WHEN_LAST.search(draft.text)) and draft.has("claim")
    months_that = bool(_MONTHS_THAT.search(draft.text)) and draft.has("claim")
    if not (named & {"count", "streak"} or last_time or months_that):
        return None
    criterion = criterion_in(draft)
    if criterion is None:
        return Manner("trend")
    return Manner("streak" if "streak" in named else "count", criterion=criterion)


def criterion_in(draft: Draft) -> Criterion | None:
    """The bound that months are measured by."""
    text = draft.text
    side: Side = "below" if _BELOW.search(text) and not _ABOVE.search(text) else "above"
    for mention in draft.live("claim"):
        amount, unit = amount_of(mention.text)
        if unit == "%":
            fell = bool(_FELL.search(text))
            return Criterion("below" if fell else side, -amount if fell else amount, "yoy")
        return Criterion(side, amount, "level")
    if draft.has("flow", "net"):
        imports = max(text.rfind("import"), text.rfind("进口")) > max(
            text.rfind("export"), text.rfind("出口")
        )
        return Criterion("below" if imports else "above", 0.0, "level")
    if _FELL.search(text):
        return Criterion("below", 0.0, "yoy")
    return Criterion("above", 0.0, "yoy") if _ROSE.search(text) else None


def _stretched(draft: Draft, named: set[str]) -> Manner | None:
    """Views of several months."""
    text = draft.text
    if "average" in named and not _SEASON.search(text):
        return Manner("average")
    if _SEASON.search(text):
        return Manner("season")
    if _ROLLING.search(text) and not any(_ROLLING.search(m.text) for m in draft.live("time")):
        return Manner("rolling")
    for word, by in (("quarters", "quarter"), ("years", "year"), ("halves", "half")):
        if word in named:
            return Manner("table", by=by)  # type: ignore[arg-type]
    if _EVENTS.search(text):
        return Manner("why" if draft.has("series") or draft.turn.answers else "events")
    return None


def _compared(draft: Draft, named: set[str]) -> Manner | None:
    text = draft.text
    if claim := claim_in(draft):
        return Manner("check", claim=claim)
    if "sources" in named and _SOURCES.search(text):
        return Manner("sources")
    if "share" in named or _SHARED.search(text):
        return Manner("share")
    if _RATIO.search(text) and not draft.has("measure", "unit_value"):
        return Manner("ratio")
    if "compare" in named:
        return Manner("difference" if _GAP.search(text) else "compare")
    months = [m for m in draft.live("time") if m.time.kind == "month"]
    if "trend" in named and len(months) != 1:
        return Manner("trend")
    if "total" in named:
        return Manner("total")
    if "mom" in named:
        return Manner("growth", change=None if _YEARLY.search(text) else "mom")
    if "growth" in named:
        return Manner("growth", change="yoy" if _YEARLY.search(text) else None)
    return Manner("highlights") if "highlights" in named else None


def claim_in(draft: Draft) -> Claim | None:
    """A number or a direction that somebody wants confirmed."""
    claims = draft.live("claim")
    if not _ASKED.search(draft.text) or not (draft.has("series") or draft.turn.questions):
        return None
    way = "fall" if _FELL.search(draft.text) else "rise" if _ROSE.search(draft.text) else ""
    for mention in claims:
        amount, unit = amount_of(mention.text)
        if unit == "%":
            return Claim(pct=-amount if way == "fall" else amount, way=way)  # type: ignore[arg-type]
        return Claim(value=amount)
    if draft.has("view", "check") and way and draft.has("view", "growth"):
        return Claim(way=way)  # type: ignore[arg-type]
    return None


def _kept(draft: Draft, last: Question | None) -> Manner:
    """The thread's view where the message only changes a slot."""
    if any(m.value == "all" for m in draft.live("series")) and not draft.has("flow"):
        return Manner("overview")
    if _JUST_FIGURE.search(draft.text) or draft.has("world"):
        return Manner()
    timed = any(not (m.time.kind == "same" and m.time.year is None) for m in draft.live("time"))
    same = draft.has("op", "same") or any(m.time.kind == "same" for m in draft.live("time"))
    whole = draft.has("series") and draft.has("flow") and timed and not same
    apart = draft.has("country") and last is not None and last.view == VIEW
    if last is None or whole or apart or last.view not in _KEPT:
        return Manner()
    if (
        last.view == "ranking"
        and timed
        and all(period.kind == "month" for period in last.periods)
        and last.periods
    ):
        return Manner()
    if not timed or same or last.view in ("average", "ranking", "export", "table", "partners"):
        return Manner(last.view, last.change, last.order, last.top, last.by)
    return Manner()
