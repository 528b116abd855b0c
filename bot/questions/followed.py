"""Follow-ups of a word or two that mean one thing to do with the figure that was shown: "by month?"."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dataset.calendar import Period, joined
from bot.questions.draft import Draft
from bot.questions.lexicon import patterns
from bot.questions.periods import stretch
from bot.questions.question import Criterion, Pair, Question, View
from bot.questions.turn import once

RE = patterns("followed")
YEAR = 12
RUNS = (Criterion("above", 0.0, "yoy"), Criterion("below", 0.0, "yoy"))


def followed(draft: Draft) -> tuple[Question, ...]:
    """The Questions that the whole text asks of the one that was shown; several where it could be either."""
    last = draft.turn.question
    if last is None or len(draft.turn.questions) > 1 or not (last.pairs and last.periods):
        return ()
    name = next((name for name, said in RE.all.items() if said.fullmatch(draft.text)), None)
    made = _MADE[name](last.plain, draft) if name else ()
    draft.inherited |= {"series", "flow", "period"} if made else set()
    return made


def _months(last: Question, draft: Draft) -> tuple[Question, ...]:
    """The months of a period; of a month, those up to it."""
    if last.view not in ("figure", "growth", "total", "average", "difference", "compare", "table"):
        return ()
    return (replace(last, view="trend", periods=last.periods[:1], against=None, change=None, by=None),)


def _runs(last: Question, draft: Draft) -> tuple[Question, ...]:
    """Since when it is above or below nothing, or up or down on the year."""
    if last.view not in ("figure", "growth", "compare", "trend"):
        return ()
    streak = replace(last, view="streak", periods=(), against=None, change=None, unit="t", measure="quantity")
    if {pair.flow for pair in last.pairs} == {"net"}:
        return (replace(streak, criterion=Criterion("above", 0.0, "level")),)
    return tuple(replace(streak, criterion=each) for each in RUNS)


def _beside(last: Question, draft: Draft) -> tuple[Question, ...]:
    """The two that were shown, one less or by the other; where there is one, the year before beside it."""
    if last.view not in ("figure", "growth", "compare", "difference", "ratio") or last.unit == "%":
        return ()
    pairs, periods = last.pairs, (*last.periods, *([last.against] if last.against else []))
    if len(periods) == len(pairs) == 1:
        pairs, periods = _with_earlier(draft)
    if len(pairs) * len(periods) != 2 or len({pair.flow == "net" for pair in pairs}) > 1:
        return ()
    view: View = "ratio" if RE.ratio.fullmatch(draft.text) else "difference"
    return (replace(last, view=view, pairs=pairs, periods=periods, against=None, change=None),)


def _with_earlier(draft: Draft) -> tuple[tuple[Pair, ...], tuple[Period, ...]]:
    """The lines and periods of the last two figures, if of one commodity; else of one and the year before."""
    *_, last = every = draft.turn.figures[-2:]
    of_one = not RE.ratio.fullmatch(draft.text)  # a ratio may be of two commodities
    kinds = {
        (of_one and each.pair.commodity, bool(each.pair.partner), each.question.measure) for each in every
    }
    if len(every) == 1 or len(kinds) > 1:
        return (last.pair,), (last.period, last.period.plus(-YEAR))
    return once(each.pair for each in every[::-1]), once(each.period for each in every[::-1])


def _before_sum(last: Question, draft: Draft) -> tuple[Question, ...]:
    """A sum beside that of as many months before it."""
    whole = joined(last.periods) if last.periods else None
    if last.view != "total" or whole is None:
        return ()
    now = stretch(whole.start, whole.end)
    then = stretch(now.start.plus(-now.length), now.start.plus(-1))
    return (replace(last, view="compare", periods=(now,), against=then, change=None),)


def _records(last: Question, draft: Draft) -> tuple[Question, ...]:
    """The highest months on record, for the record before the one that was shown; or the lowest."""
    if last.view not in ("record", "ranking", "figure"):
        return ()
    return (replace(last, view="ranking", periods=(), against=None, change=None, top=3, open_ended=False),)


_MADE: Mapping[str, Callable[[Question, Draft], tuple[Question, ...]]] = {
    "months": _months,
    "chart": _months,
    "runs": _runs,
    "difference": _beside,
    "ratio": _beside,
    "before_sum": _before_sum,
    "records": _records,
}
