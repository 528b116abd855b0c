"""Whole readings to offer where a text is not answered as it stands, the likeliest first."""

from dataclasses import replace

from bot.dataset.calendar import Period
from bot.questions.compose import BOTH, Composer
from bot.questions.decide import Facts
from bot.questions.draft import Draft
from bot.questions.lexicon import words_of
from bot.questions.partners import trade_with
from bot.questions.periods import newest_of
from bot.questions.question import Pair, Question, View
from bot.questions.reading import Reading, Reason, Refusal
from bot.questions.view_forms import shaped

OFFERED = 3
_PRICED = words_of("outside", "modifier", "priced")


def offers(draft: Draft, questions: tuple[Question, ...], everything: bool) -> tuple[Question, ...]:
    """Whole readings, the likeliest first: one a flow where that was assumed, some where no series was."""
    first = questions[0]
    if everything:
        return _of_series(draft, first)
    if "negation" in draft.doubts and any(pair.partner for pair in first.pairs):
        whole = replace(first, pairs=tuple(dict.fromkeys(pair._replace(partner="") for pair in first.pairs)))
        return (whole, first)
    pairs = (tuple(pair for pair in first.pairs if pair.flow == flow) for flow in BOTH)
    each = [shaped(replace(first, pairs=own)) for own in pairs if own]
    if "flow" in draft.assumed and len(questions) == 1 and len({pair.flow for pair in first.pairs}) > 1:
        return (*each, first)[:OFFERED]
    return questions[:OFFERED]


def _of_series(draft: Draft, question: Question) -> tuple[Question, ...]:
    flows = [flow for flow in draft.values("flow") if flow != "both"] or list(BOTH)
    if not question.periods:
        question = replace(question, periods=(Period.month(newest_of(draft, ())),))
    view: View = "figure" if question.view in ("overview", "help") else question.view
    have = {name: series.flows for name, series in draft.record.catalogue.items()}
    first = {name: own[0] if len(flows) > 1 else flows[0] for name, own in have.items()}
    fitting = [Pair(name, flow) for name, flow in first.items() if flow == "net" or flow in have[name]]
    each = [replace(question, pairs=(pair,), view=view) for pair in fitting[:2]]
    own = tuple(pair for pair in question.pairs if pair.flow in flows)
    plain = replace(question, change=None, criterion=None, claim=None)
    return (*each, replace(plain, pairs=own, view="overview")) if own else tuple(each)


def plain_offer(draft: Draft, facts: Facts) -> tuple[Question, ...]:
    """The figures of what was named, without what is outside; the unit value is nearest to a price."""
    priced = bool(facts.heads) and facts.heads[0].value == "price" and facts.heads[0].text in _PRICED
    for mention in draft.mentions:
        if mention.kind in ("view", "measure", "unit", "point", "claim", "country"):
            mention.live = False
    found = _plainly(draft, Facts(draft, [], trade_with(draft)))
    return tuple(replace(each, measure="unit_value", unit="USD/t") for each in found) if priced else found


def guess(draft: Draft, facts: Facts) -> tuple[Question, ...]:
    """What a text that is not taken for a question would ask."""
    points = any(mention.value != "it" for mention in draft.live("point"))
    follows = draft.turn.answers and (points or draft.has_any("time", "measure", "unit", "view"))
    return _plainly(draft, facts) if follows or draft.has_any("series", "flow") else ()


def _plainly(draft: Draft, facts: Facts) -> tuple[Question, ...]:
    try:
        composer = Composer(draft, facts.trade)
        made = composer.compose()
    except Refusal:
        return ()
    return () if composer.everything else made[:OFFERED]


def spoken_to(reading: Reading, draft: Draft) -> Reading:
    """What was said to us and not taken for a question: what may be meant, or a courtesy."""
    if draft.to_someone:
        return replace(reading, offers=())
    if reading.offers:
        return replace(reading, outcome="ask_back", reason=Reason("may_be_meant"))
    polite = [m.value for m in draft.mentions if m.kind == "courtesy"]
    asked = bool(draft.turn.answers) and draft.is_question
    few = len(draft.text.split()) <= 3 and not (asked or any(clause.content for clause in draft.clauses))
    if not (polite or few):
        return replace(reading, outcome="not_understood", reason=Reason("nothing"))
    thanks = "thanks" in polite or (not polite and bool(draft.turn.answers))
    return replace(reading, outcome="courtesy", reason=Reason("thanks" if thanks else "greeting"))
