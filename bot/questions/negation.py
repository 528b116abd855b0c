"""Negations and corrections: "not", "except", "I mean" take slots away."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.questions.draft import SLOTS, STRONG, Draft, Mention
from bot.questions.lexicon import patterns
from bot.questions.question import Question
from bot.questions.times import Time

RE, CLAUSES = patterns("negation"), patterns("clauses")
_NAMED = ("measure", "unit", "series")
_ARTICLE = 5  # characters with the spaces around it


def retract(draft: Draft) -> bool:
    """Takes away what is taken back, was found or is known already; whether nothing else is asked."""
    if draft.only_slots or RE.checked.search(draft.text):
        return False
    end = max((match.end() for match in RE.found.finditer(draft.text)), default=0)
    taken = [c for c in draft.clauses if c.start < end or RE.retracts.search(draft.said(c))]
    # "No longer needed: ..." takes back what follows.
    taken += [b for a, b in pairwise(draft.clauses) if a in taken and draft.said(a).rstrip().endswith(":")]
    draft.asking = [clause for clause in draft.asking if clause not in taken]
    kinds = {m.kind for clause in draft.asking for m in clause.mentions if m.live}
    further = not kinds.isdisjoint((*STRONG, "view", "measure", "unit", "country"))
    completes = further and ("series" not in kinds or draft.has("op", "fix"))
    for mention in (m for clause in taken for m in clause.mentions):
        mention.live = completes and mention.kind in STRONG and mention.kind not in kinds
    return bool(taken) and not further


def apply_operators(draft: Draft) -> None:
    """Takes away what was negated or corrected; notes a doubt where that is unclear."""
    if draft.only_slots:
        return
    _unwanted_views(draft)
    kinds = (*SLOTS, "country")
    operators = draft.live("op", "not", "except", "fix")
    sequence = [m for m in draft.mentions if m in operators or (m.live and m.kind in kinds)]
    for kind in _NAMED:
        for mention in (m for m in draft.live(kind) if RE.left_out.match(draft.after(m))):
            _take_away(draft, mention, sequence)  # "leave the scrap out of it", "dollars I already have"
    for at, mention in sorted(enumerate(sequence), key=lambda each: each[1].value == "fix"):
        if mention.kind != "op":
            continue
        after = sequence[at + 1] if at + 1 < len(sequence) else None
        if mention.value == "not":
            _negate(draft, mention, after, sequence)
        elif mention.value == "except" and after and after.kind in kinds:
            less = mention.text in ("minus", "ex", "less")
            takes = RE.takes.match(draft.text, mention.start) or not less  # "ex-scrap", "minus the part"
            after.live = less or not _is_apart(draft, mention, after, sequence)
            draft.doubts += ["negation"] if takes and after.live else []
        if mention.value == "fix":
            _correct(draft, mention, sequence)


def _is_apart(draft: Draft, operator: Mention, left_out: Mention, sequence: Sequence[Mention]) -> bool:
    """Whether a series that is left out is no part of those that are asked: "bauxite, excluding scrap"."""
    others = [m for m in sequence if m.kind == "series" and m.live and m is not left_out]
    named, catalogue = {m.value for m in others}, draft.record.catalogue
    far = left_out.start - operator.end > _ARTICLE or RE.subtracts.match(operator.text)
    if far or left_out.kind != "series" or not named or not catalogue.keys() >= named | {left_out.value}:
        return False
    listed = any(
        CLAUSES.listed.fullmatch(draft.between(left_out, m)) for m in others if m.start > left_out.end
    )
    return not listed and named.isdisjoint((left_out.value, catalogue[left_out.value].inside))


def _unwanted_views(draft: Draft) -> None:
    """Reads "Don't need a chart", "not summed": no view close after a negation is asked for."""
    without = [m for m in draft.live("op", "except") if RE.without.fullmatch(m.text)]
    for no in (*draft.live("op", "not"), *without):
        for view in draft.live("view"):
            gap = draft.text[no.end : view.start]
            behind = not no.text.isascii() and 0 <= no.start - view.end <= 1  # 国家先不看
            if behind or (view.start >= no.end and len(gap) < 12 and not RE.sign.search(gap)):
                no.live = any(no.end <= slot.start < view.start for slot in draft.slots())
                view.live = False


def _negate(draft: Draft, mention: Mention, after: Mention | None, sequence: Sequence[Mention]) -> None:
    if mention.text == "no" and _corrects(draft, mention, after, sequence):
        mention.value = "fix"
        return
    close = after is not None and after.kind in _NAMED and after.start - mention.end < 2
    if (RE.dismissed.match(draft.text, mention.start) and not close) or after is None:
        return
    gap = draft.text[mention.end : after.start]
    named = next((m for m in sequence if m.start > after.start and m.kind == after.kind), None)
    if named and RE.but_is.fullmatch(draft.between(after, named)):
        mention.value, after.live = "fix", False
        return
    if after.kind == "country" and len(gap) < 12:
        if draft.has("world"):
            after.live = False
        else:
            draft.doubts.append("negation")
    outside = any(m.kind == "oos" and mention.end <= m.start < after.start for m in draft.mentions)
    if after.kind not in SLOTS or outside or RE.sign.search(gap):
        return
    if len(gap) < 25 and len(draft.words_between(mention.end, after.start)) <= 3:
        _take_away(draft, after, sequence)


def _corrects(draft: Draft, no: Mention, after: Mention | None, sequence: Sequence[Mention]) -> bool:
    """Whether a "no" is a correction: before what is new, between series, before a sign or what was meant."""
    rest, last = draft.after(no), draft.turn.question
    before = next((m for m in reversed(sequence) if m.end <= no.start), None)
    shown = {"series": last.commodities, "flow": last.flows} if last else {}
    new = after is not None and after.kind in shown and after.value not in shown[after.kind]
    close = before and after and no.start - before.end < 3 and after.start - no.end < 3
    alike = close and before and before.live and after and before.kind == after.kind == "series"
    goes_on = before and before.value == "fix" and no.start - before.end < 3  # "wait no"
    return bool((new and no.start < 3) or alike or goes_on or RE.no_sign.match(rest))


def _take_away(draft: Draft, target: Mention, sequence: Sequence[Mention]) -> None:
    if target.kind == "time" and target.time.kind == "cumulative":
        target.live = False
        return
    others = [m for m in sequence if m.kind == target.kind and m is not target and m.live]
    if others or draft.turn.questions or target.kind in ("unit", "measure"):
        target.live = False
        named = target.kind == "time" and any(m.value != target.value for m in others)
        for other in others if named else ():  # "June is out, but I want May, not June"
            other.live = other.value != target.value
    else:
        draft.doubts.append("negation")


def _correct(draft: Draft, mention: Mention, sequence: Sequence[Mention]) -> None:
    after = [m for m in sequence if m.start > mention.start and m.kind in SLOTS and m.live]
    before = [m for m in sequence if m.start < mention.start and m.kind in SLOTS and m.live]
    of_figures = mention.text == "change to" and RE.of_figures.search(draft.before(mention))
    if of_figures or mention.text in ("instead", "was what i wanted", "actually"):
        return
    for new in after:
        for old in before:
            if old.kind == new.kind:
                _replace(old, new)


def _replace(old: Mention, new: Mention) -> None:
    if new.kind == "time":
        was, now = old.time, new.time
        if now.kind == "full" and isinstance(was.year, int):  # "fiscal 2025, I mean calendar year"
            old.value, new.live = Time("year", was.year), False
            return
        if now.kind == "year" and was.kind in ("month", "quarter", "half", "range", "to_date"):
            old.value, new.live = replace(was, year=now.year), False
            return
        if now.kind in ("month", "quarter", "half") and now.year is None and isinstance(was.year, int):
            new.value = replace(now, year=was.year)
    old.live = False


def overlooked(draft: Draft, questions: tuple[Question, ...]) -> Iterator[str]:
    """Yields what was said and is in none of the Questions: such a reading is offered and not answered."""
    answers = draft.turn.answers
    if "period" in draft.assumed and not answers and all(question.open_ended for question in questions):
        unread = " ".join(token.text for clause in draft.asking for token in clause.left)
        latest = any(m.time.kind == "latest" for m in draft.live("time"))
        if not latest and RE.time_words.search(unread):
            yield "a time that was not read"
    if answers and draft.values("series") == ["all"] and not draft.has_any("flow", "time"):
        yield "everything"
    countries = draft.live("country")
    named = [m for m in draft.mentions if m.kind == "country" or (m.kind == "time" and m.live)]
    if any(m.kind == "country" and RE.reports.match(draft.after(m)) for m in named):
        yield "another reporter"
    shown = {pair.partner for question in draft.turn.questions for pair in question.pairs}
    for m in named:  # but what was only asked of that country before
        after = draft.after(m)
        out = RE.left_out.match(after) or (RE.leaves.search(draft.before(m)) and RE.out.match(after))
        if out and not (draft.has("series") and not m.live and m.value in shown):
            yield "negation"
    if any(RE.reporter_and.search(draft.before(mention)) for mention in countries):
        yield "two reporters"
    means = draft.has("view", "average") and draft.has("view", "compare", "difference")
    if means and any(q.view != "season" and period.length == 1 for q in questions for period in q.periods):
        yield "a month against an average"
    if draft.has("view", "on_previous"):
        yield "a change on the quarter"
    if draft.says(RE.bound) and not any(q.criterion or q.claim for q in questions):
        yield "a bound"
