"""What is to be done with the figures: the view, its order, bound, cut and claim."""

import re
from typing import NamedTuple

from bot.questions.bounds import asks_to_confirm, bounds_in, claim_in, claimed_way, criterion_in
from bot.questions.draft import Draft
from bot.questions.lexicon import NUMBER_WORDS, patterns
from bot.questions.partners import VIEW, places_in
from bot.questions.question import By, Change, Claim, Criterion, Order, Question, View

RE = patterns("manner")
_CUTS: dict[By, re.Pattern[str]] = {"quarter": RE.of_quarters, "half": RE.of_halves, "year": RE.of_years}
_KEPT: tuple[View, ...] = (
    "average", "ranking", "export", "growth", "trend", "table", "partners", "count", "streak",
)  # fmt: skip


class Manner(NamedTuple):
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
    named, text = set(draft.values("view")), draft.text
    if draft.only_slots:
        return _kept(draft, last)
    if VIEW in named:
        return Manner("partners", top=places_in(text))
    if "why" in named or "export" in named:
        return Manner("why", claim=claimed_way(text)) if "why" in named else Manner("export")
    if draft.has("happening") and named <= {"growth", "mom"} and not draft.has("claim"):
        return Manner("trend") if RE.since_event.search(text) else Manner("why", claim=claimed_way(text))
    if found := _counted(draft, named):
        return found
    if "ranking" in named and not (RE.no_ranking.search(text) and len(named) == 1):
        by = next((by for by, said in _CUTS.items() if said.search(text)), None)
        if not by and not RE.month.search(text):  # "quarters of 2025, then the best one"
            by = "quarter" if "quarters" in named else "half" if "halves" in named else None
        found = ranked(text, named)
        return Manner("table", by=by, order=found.order, top=found.top) if by else found
    return _stretched(draft, named) or _compared(draft, named) or _kept(draft, last)


def ranked(text: str, named: set[str]) -> Manner:
    """A ranking of levels, or of changes where a jump or a drop is spoken of."""
    change: Change = "mom" if "mom" in named or RE.by_the_month.search(text) else "yoy"
    moves = named & {"growth", "mom"} or RE.moves.search(text)
    if moves and (drops := RE.drops.search(text) or RE.jumps.search(text)):
        return Manner("ranking", change, "fall" if drops.re is RE.drops else "rise", top_of(text))
    return Manner("ranking", None, "lowest" if RE.lowest.search(text) else "highest", top_of(text))


def top_of(text: str) -> int:
    """How many places a ranking shows: one unless more are asked for."""
    if match := RE.top.search(text):
        said = match[1] or match[2] or match[3]
        return int(said) if said.isdigit() else NUMBER_WORDS.get(said, 1)
    return 5 if RE.ranked.search(text) or RE.months.search(text) or not RE.one.search(text) else 1


def _counted(draft: Draft, named: set[str]) -> Manner | None:
    text = draft.text
    every = RE.each_month.search(text) and asks_to_confirm(draft) and not RE.how_much.search(text)
    that, last = RE.months_that.search(text) or every, RE.when_last.search(text)
    bounded = draft.has("claim") and (last or that)
    changes = draft.has("flow", "net") or named & {"growth", "mom"}
    moved = that and changes and not named & {"ranking", "compare"}
    if not (named & {"count", "streak"} or bounded or moved):
        return None
    if criterion := criterion_in(draft):
        return Manner("streak" if "streak" in named else "count", criterion=criterion)
    return None if moved else Manner("trend")


def _stretched(draft: Draft, named: set[str]) -> Manner | None:
    text = draft.text
    if "average" in named and not RE.season.search(text):
        return Manner("average")
    if RE.season.search(text):
        return Manner("season")
    if RE.rolling.search(text) and not any(RE.rolling.search(m.text) for m in draft.live("time")):
        return Manner("rolling")
    for word, by in (("quarters", "quarter"), ("years", "year"), ("halves", "half")):
        if word in named:
            return Manner("table", by=by)  # type: ignore[arg-type]
    if RE.events.search(text):
        return Manner("why" if draft.has("series") or draft.turn.answers else "events")
    return None


def _compared(draft: Draft, named: set[str]) -> Manner | None:
    text = draft.text
    months = [m for m in draft.live("time") if m.time.kind == "month"]
    lines = max(len(draft.live(kind)) for kind in ("series", "flow", "country"))
    charted = "trend" in named and lines > 1 and not draft.has("measure") and len(months) < 2
    apart = RE.amount_apart.search(text)
    moved = apart and named & {"growth", "mom"}
    views: dict[View, object] = {
        "sources": "sources" in named and RE.sources.search(text),
        "share": "share" in named,
        "ratio": RE.ratio.search(text) and not draft.has("measure", "unit_value"),
        "difference": moved or ("compare" in named and (apart or RE.gap.search(text))),
        "compare": "compare" in named and not charted,  # a chart has both of "A vs B"
        "trend": "trend" in named and len(months) != 1,
        "total": "total" in named,
        "growth": named & {"mom", "growth"},
        "highlights": "highlights" in named,
    }
    for criterion, way in bounds_in(draft):
        return Manner("check", criterion=criterion, claim=way)
    if claim := claim_in(draft):
        return Manner("check", claim=claim, change="mom" if "mom" in named and claim.value is None else None)
    view = next((view for view, asked in views.items() if asked), None)
    if view != "growth" and not (view == "difference" and moved):
        return Manner(view) if view else None
    by_month, yearly = "mom" in named, RE.yearly.search(text)
    if by_month and yearly:
        return Manner()  # a figure has both beside it
    otherwise: Change | None = "yoy" if view == "difference" else None
    return Manner(view, change="yoy" if yearly else "mom" if by_month else otherwise)


def _kept(draft: Draft, last: Question | None) -> Manner:
    if draft.has("series", "all") and not draft.has("flow"):
        return Manner("overview")
    if last and last.view == "total" and RE.only_total.search(draft.text):
        return Manner("total")
    if last and last.view == "trend" and RE.as_table.search(draft.text):
        return Manner("table", by="month")
    if last is None or last.view not in _KEPT or draft.has("world") or RE.just_figure.search(draft.text):
        return Manner()
    times = [m.time for m in draft.live("time")]
    timed = any(not (time.kind == "same" and time.year is None) for time in times)
    same = draft.has("op", "same") or any(time.kind == "same" for time in times)
    whole = draft.has("series") and draft.has("flow") and timed and not same
    if last.view == "ranking" and same and RE.same_months.search(draft.text):
        return Manner("trend")
    months = last.view == "ranking" and timed and last.periods
    of_months = times and all(time.kind == "month" for time in times)  # "and july itself"
    ranked = months and (of_months or all(period.kind == "month" for period in last.periods))
    years = last.view == "table" and last.by == "year" and timed and not same
    if whole or ranked or years or (draft.has("country") and last.view == VIEW):
        return Manner()
    if not timed or same or last.view not in ("growth", "trend"):
        return Manner(last.view, last.change, last.order, last.top, last.by, last.criterion)
    return Manner()
