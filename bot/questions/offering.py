"""Whole readings to offer where a text is not answered as it stands, the likeliest first."""

from dataclasses import replace

from bot.dataset.calendar import Period
from bot.questions.compose import BOTH, Composer, shaped
from bot.questions.decide import Facts
from bot.questions.draft import Draft
from bot.questions.lexicon import load, split
from bot.questions.partners import trade_with
from bot.questions.periods import newest_of
from bot.questions.question import Pair, Question
from bot.questions.refusal import Refusal

OFFERED = 3
_PRICED = frozenset(split(load("outside")["modifier"]["priced"]))


def offers(draft: Draft, questions: tuple[Question, ...], everything: bool) -> tuple[Question, ...]:
    """Whole readings, the likeliest first: one a flow where that was assumed, some where no series was."""
    first = questions[0]
    if everything:
        return _of_series(draft, first)
    if "negation" in draft.doubts and any(pair.partner for pair in first.pairs):
        whole = replace(first, pairs=tuple(dict.fromkeys(pair._replace(partner="") for pair in first.pairs)))
        return (whole, first)
    flows = {pair.flow for pair in first.pairs}
    if "flow" in draft.assumed and len(questions) == 1 and len(flows) > 1:
        each = [
            replace(first, pairs=tuple(p for p in first.pairs if p.flow == flow))
            for flow in BOTH
            if flow in flows
        ]
        return (*map(shaped, each), first)[:OFFERED]
    return questions[:OFFERED]


def _of_series(draft: Draft, question: Question) -> tuple[Question, ...]:
    flows = [flow for flow in draft.values("flow") if flow != "both"] or list(BOTH)
    if not question.periods:
        question = replace(question, periods=(Period.month(newest_of(draft, ())),))
    view = "figure" if question.view in ("overview", "help") else question.view
    each = []
    for name, series in draft.record.catalogue.items():
        flow = series.flows[0] if len(flows) > 1 else flows[0]
        if flow == "net" or flow in series.flows:
            each.append(replace(question, pairs=(Pair(name, flow),), view=view))
    whole = replace(
        question,
        pairs=tuple(p for p in question.pairs if p.flow in flows),
        view="overview",
        change=None,
        criterion=None,
        claim=None,
    )
    return (*each[:2], whole)


def of_periods(draft: Draft, facts: Facts, refusal: Refusal) -> tuple[Question, ...]:
    """The same question of the periods that may be meant."""
    if not refusal.offers_of:
        return ()
    for mention in draft.live("time"):
        mention.live = False
    try:
        made = Composer(draft, facts.trade).compose().questions
    except Refusal:
        return ()
    return tuple(
        replace(made[0], periods=(period,), open_ended=False, against=None) for period in refusal.offers_of
    )


def plain_offer(draft: Draft, facts: Facts) -> tuple[Question, ...]:
    """The figures of what was named, without what is outside; the unit value is nearest to a price."""
    priced = bool(facts.heads) and facts.heads[0].value == "price" and facts.heads[0].text in _PRICED
    for mention in draft.mentions:
        if mention.kind in ("view", "measure", "unit", "point", "claim", "country"):
            mention.live = False
    found = guess(draft, Facts(draft, [], trade_with(draft)), anyway=True)
    if not priced:
        return found
    return tuple(replace(each, measure="unit_value", unit="USD/t") for each in found)


def guess(draft: Draft, facts: Facts, *, anyway: bool = False) -> tuple[Question, ...]:
    """What a text that is not taken for a question would ask."""
    named = draft.has("series") or draft.has("flow")
    rest = any(map(draft.has, ("time", "measure", "unit", "view"))) or any(
        m.value != "it" for m in draft.live("point")
    )
    if not (anyway or named or (draft.turn.answers and rest)):
        return ()
    try:
        composer = Composer(draft, facts.trade)
        made = composer.compose().questions
    except Refusal:
        return ()
    return () if composer.everything else made[:OFFERED]
