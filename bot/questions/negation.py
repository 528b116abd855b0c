"""Negations and corrections: "not", "except", "I mean" take slots away."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.draft import SLOTS, Draft, Mention
from bot.questions.patterns import pattern

_TO_NOTHING = re.compile(r"\s*(?:it|that|about (?:it|that)|your|all|previous)\b")
_OF_FIGURES = pattern("negation", "of_figures")  # the change to May is one of figures
_WHETHER = re.compile(r"\s+(?:there|it|that|this)\b")  # "isn't there a figure?"
_MEANT_AFTER = pattern("negation", "meant_after")
_ENDS = re.compile(r"\s*(?:[,.!]|$)")
_STOP = re.compile(r"[.;!?]")
_DISMISSED = ("forget", "forget about", "ignore", "skip")
_NEEDS_BEFORE = (
    "actually",
    "wait",
    "rather",
    "instead",
    "meant",
    "wrong",
    "i wanted",
    "was what i wanted",
    "i said",
    "should be",
)


def apply_operators(draft: Draft) -> None:
    """Takes away what was negated or corrected; notes a doubt where that is unclear."""
    _unwanted_views(draft)
    sequence = [m for m in draft.mentions if m.live and _counts(m)]
    for at, mention in enumerate(sequence):
        if mention.kind != "op":
            continue
        after = sequence[at + 1] if at + 1 < len(sequence) else None
        if mention.value in ("not", "notjust"):
            _negate(draft, mention, after, sequence)
        elif mention.value == "except":
            spared = mention.text in ("minus", "ex", "less") and not _is_ex(draft, mention)
            if after and after.kind in (*SLOTS, "country") and not spared:
                draft.doubts.append("negation")
        if mention.value == "fix":
            _correct(draft, mention, sequence)


def _unwanted_views(draft: Draft) -> None:
    """Reads "Don't need a chart", "one by one, not summed": a view close after a negation is not wanted."""
    for no in draft.live("op", "not"):
        for view in draft.live("view"):
            gap = draft.text[no.end : view.start]
            if view.start >= no.end and len(gap) < 8 and "," not in gap and not _STOP.search(gap):
                view.live = False


def _counts(mention: Mention) -> bool:
    """Whether it is a slot, or a word that takes one away."""
    taking = mention.kind == "op" and mention.value in ("not", "notjust", "except", "fix")
    return taking or mention.kind in (*SLOTS, "country")


def _is_ex(draft: Draft, mention: Mention) -> bool:
    """Reads "Ex-scrap", "ex Guinea": left out, where the word stands close."""
    return mention.text == "ex" and bool(re.match(r"[- ](?=[a-z])", draft.after(mention)))


def _negate(draft: Draft, mention: Mention, after: Mention | None, sequence: Sequence[Mention]) -> None:
    rest = draft.after(mention)
    if mention.text == "no" and mention.start < 3 and after and _is_new(draft, after):
        mention.value = "fix"
        return
    if mention.text == "isn't" and _WHETHER.match(rest):
        return
    if mention.text == "no" and (
        re.match(r"\s*(?:[,!.;:-]|(?:lah|sry|sorry|mate)\b)", rest)
        or _between_alike(mention, sequence)
        or (mention.start < 2 and _MEANT_AFTER.match(rest))
    ):
        mention.value = "fix"
        return
    close = after is not None and after.kind in ("measure", "unit") and after.start - mention.end < 3
    if (mention.text in ("forget it", "never mind", "nevermind") and not close) or (
        mention.text in _DISMISSED and _TO_NOTHING.match(rest)
    ):
        return
    if after and after.kind == "country" and after.start - mention.end < 12:
        if draft.has("world"):
            after.live = False
        else:
            draft.doubts.append("negation")
    if not after or after.kind not in SLOTS:
        return
    if any(o.kind == "oos" and mention.end <= o.start < after.start for o in draft.mentions):
        return
    gap = draft.text[mention.end : after.start]
    if "," in gap or _STOP.search(gap):
        return
    if len(gap) < 25 and len(draft.words_between(mention.end, after.start)) <= 3 and not _STOP.search(gap):
        _take_away(draft, after, sequence)
    elif mention.text in ("not", "isn't", "without") and not re.search(
        r"(?:or|if|why)\s*$", draft.before(mention)
    ):
        draft.doubts.append("negation")


def _is_new(draft: Draft, slot: Mention) -> bool:
    """Whether what follows a "no" was not what was shown: then it is what is wanted."""
    last = draft.turn.question
    if last is None or slot.kind not in ("series", "flow"):
        return False
    return slot.value not in {
        getattr(pair, "commodity" if slot.kind == "series" else "flow") for pair in last.pairs
    }


def _between_alike(mention: Mention, sequence: Sequence[Mention]) -> bool:
    """Reads "alumina no bauxite imports", as it is said aloud: the second is meant."""
    before = next((m for m in reversed(sequence) if m.end <= mention.start), None)
    after = next((m for m in sequence if m.start >= mention.end), None)
    close = before and after and mention.start - before.end < 3 and after.start - mention.end < 3
    return bool(close and before and after and before.kind == after.kind == "series")


def _take_away(draft: Draft, target: Mention, sequence: Sequence[Mention]) -> None:
    if target.kind == "time" and target.time.kind == "cumulative":
        target.live = False
        draft.assumed.add("month alone")
        return
    others = [m for m in sequence if m.kind == target.kind and m is not target and m.live]
    if others or draft.turn.questions or target.kind in ("unit", "measure"):
        target.live = False
    else:
        draft.doubts.append("negation")


def _correct(draft: Draft, mention: Mention, sequence: Sequence[Mention]) -> None:
    """What comes after a correction stands in the place of what came before it."""
    after = [m for m in sequence if m.start > mention.start and m.kind in SLOTS]
    before = [m for m in sequence if m.start < mention.start and m.kind in SLOTS and m.live]
    if mention.text in _NEEDS_BEFORE and not before:
        return
    if mention.text in ("instead", "was what i wanted"):
        return
    if mention.text.endswith(("meant", "said", "wanted")) and before and _ENDS.match(draft.after(mention)):
        return  # "exports I meant, not imports"
    if mention.text == "change to" and _OF_FIGURES.search(draft.before(mention)):
        return
    if mention.text == "actually" and not re.search(r"[,.;-]\s*$", draft.before(mention)):
        return
    for new in after:
        if mention.text == "actually" and re.search(r"\b(?:and|vs)\b", draft.text[mention.end : new.start]):
            continue
        for old in before:
            if old.kind == new.kind:
                _replace(old, new)


def _replace(old: Mention, new: Mention) -> None:
    if new.kind == "time":
        was, now = old.time, new.time
        if now.kind == "year" and was.kind in ("month", "quarter", "half", "range", "to_date"):
            old.value, new.live = replace(was, year=now.year), False
            return
        if now.kind == "month" and now.year is None and was.kind == "month" and isinstance(was.year, int):
            new.value = replace(now, year=was.year)
    old.live = False
