"""Heads of what the record does not hold: which of them ask, and which are asides or attributes."""

import re

from bot.questions.draft import Clause, Draft, Mention
from bot.questions.lexicon import ATTRIBUTED, PERSONS, PERSONS_ZH
from bot.questions.patterns import pattern

_AFTER = re.compile(r"((?:\s*[a-z]+){1,3})")
# Turns of phrase that name what is not on record, and the kind that they are of.
_PHRASES = {
    kind: pattern("scope", name)
    for kind, name in {
        "future": "future",
        "hypothetical": "hypothetical",
        "reporter": "company",
        "industry": "industry",
        "day": "part_of_month",
    }.items()
}
_SPEAKS = pattern("scope", "speaks")
_OUR_OWN = re.compile(r"\b(?:our|my|his|her|their) (?:\w+ )?$")  # our buyers are nobody's trade
_WHY_NO = re.compile(r"\bwhy (?:no|not|is there no)\s*$")
_NOT_WANTED = pattern("scope", "not_wanted")
_KINDS_OF_IT = ("part", "grade", "hypothetical", "policy", "future", "day")
_SITS = pattern("scope", "sits")
_AT_WORK = re.compile("[\u3400-\u9fff]{0,4}?(?:做嘢|工作|上班|读书|出差|那边|朋友)")
_AROUND_ZH = re.compile("(?:取消)?(?:前后|之后|以后|后|之前|前)")
_OCCASIONS = ("price", "policy")
_SINCE = pattern("scope", "since")
_STOP = frozenset("for of in to my the a an our on from and or by at is was this that".split())
_NEVER_ATTRIBUTE = ("metal", "part", "grade")
_NEVER_DENIED = (*_NEVER_ATTRIBUTE, "country", "reporter")


def out_of_scope(draft: Draft) -> list[Mention]:
    """The heads in asking clauses that do ask, in order."""
    _add_phrases(draft)
    best = draft.best
    found = []
    for mention in draft.live("oos"):
        if (
            is_attribute(draft, mention)
            or _is_denied(draft, mention)
            or _is_occasion(draft, mention)
            or sits(draft, mention)
        ):
            continue
        if mention.value in ("soft", "topic") and _soft_aside(draft, mention):
            continue
        clause = next(c for c in draft.asking if c.holds(mention.start))
        if best and clause not in best and not _is_beside(draft, mention, clause):
            continue
        found.append(mention)
    return found


def _add_phrases(draft: Draft) -> None:
    """What will be, or would have been, is not on record; what somebody will do is another matter."""
    for kind, phrase in _PHRASES.items():
        for match in phrase.finditer(draft.text):
            held = any(clause.holds(match.start()) for clause in draft.asking)
            if held or (kind == "hypothetical" and draft.asking):
                start = match.start() if held else draft.asking[0].start
                draft.mentions.append(Mention("oos", kind, start, start + len(match[0]), match[0]))
                break


def is_attribute(draft: Draft, mention: Mention) -> bool:
    """Whether a noun follows that makes it one: "price report"; or a person: "the copper editor"."""
    after = draft.after(mention)
    match = _AFTER.match(after)
    words = match[1].split() if match else []
    if mention.value == "country" and (_OUR_OWN.search(draft.before(mention)) or _SPEAKS.match(after)):
        return True
    if (words[:1] and words[0] in PERSONS) or after.startswith(PERSONS_ZH):
        return True
    end = next((at for at, word in enumerate(words) if word in _STOP), len(words))
    return mention.value not in _NEVER_ATTRIBUTE and any(word in ATTRIBUTED for word in words[:end])


def _is_occasion(draft: Draft, mention: Mention) -> bool:
    """Whether it only says when or why, "after the rebate was cut on 1 December": its time goes with it."""
    since = _SINCE.search(draft.before(mention)) or _AROUND_ZH.match(draft.after(mention))
    if mention.value not in _OCCASIONS or not since:
        return False
    clause = next(c for c in draft.asking if c.holds(mention.start))
    own = [m for m in draft.live("time") if clause.holds(m.start) and m.start > mention.end]
    others = [m for m in draft.live("time") if m not in own]
    if not draft.has("series") or not others:
        return False
    for time in own:
        time.live = False
    return True


def _is_beside(draft: Draft, mention: Mention, clause: Clause) -> bool:
    """Whether a head in a clause of its own belongs to what is asked: in its sentence, before its colon."""
    if clause.sentence in {c.sentence for c in draft.best}:
        return True
    if draft.text[clause.end - 1] in "(:)":
        return mention.value in _KINDS_OF_IT
    return mention.value in _NEVER_ATTRIBUTE and not _stands_apart(draft, clause)


def sits(draft: Draft, mention: Mention) -> bool:
    """Whether somebody only is there: "we are in America", "calling from the port"."""
    return bool(_SITS.search(draft.before(mention)) or _AT_WORK.match(draft.after(mention)))


def _stands_apart(draft: Draft, clause: Clause) -> bool:
    """Whether whole questions stand in other sentences: "Thanks for the coal chart. Alumina, June?"."""
    whole = [c for c in draft.best if {"series", "flow", "time"} <= c.kinds()]
    return bool(whole) and all(c.sentence != clause.sentence for c in whole)


def _is_denied(draft: Draft, mention: Mention) -> bool:
    """Whether it is not wanted: "don't need prices"."""
    operators = [m for m in draft.mentions if m.kind == "op"]
    if any(o.value == "except" and 0 <= mention.start - o.end <= 20 for o in operators):
        draft.doubts.append("except")
    if _WHY_NO.search(draft.before(mention)):
        return False
    if _NOT_WANTED.match(draft.after(mention)):
        return True
    near = [o for o in operators if o.value == "not" and 0 <= mention.start - o.end <= 14]
    if mention.value == "metal":
        return draft.has("series") and any(mention.start - o.end <= 2 for o in near)
    return mention.value not in _NEVER_DENIED and bool(near)


def _soft_aside(draft: Draft, mention: Mention) -> bool:
    """Whether a word of the trade only stands beside a complete question."""
    kinds = {m.kind for c in draft.asking for m in c.mentions if m.live}
    after_series = any(m.kind == "series" and 0 <= mention.start - m.end <= 1 for m in draft.mentions)
    if kinds >= {"series", "flow", "time"} and not after_series:
        draft.assumed.add("aside")
        return True
    return False
