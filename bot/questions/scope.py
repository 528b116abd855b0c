"""Heads of what the record does not hold: which of them ask, and which are asides or attributes."""

from itertools import takewhile

from bot.questions.draft import Clause, Draft, Mention
from bot.questions.lexicon import ATTRIBUTED, PERSONS, PERSONS_ZH, patterns

RE = patterns("scope")
_KINDS_OF_IT = ("part", "grade", "hypothetical", "policy", "future", "day")
_NEVER_ATTRIBUTE = ("metal", "part", "grade")
_NEVER_DENIED = (*_NEVER_ATTRIBUTE, "country", "reporter")


def out_of_scope(draft: Draft) -> list[Mention]:
    """The heads in asking clauses that do ask, in order."""
    _add_phrases(draft)
    return [mention for mention in draft.live("oos") if _asks(draft, mention)]


def _asks(draft: Draft, mention: Mention) -> bool:
    if any(aside(draft, mention) for aside in (is_attribute, _is_denied, _is_occasion, sits, _is_soft)):
        return False
    clause = next(c for c in draft.asking if c.holds(mention.start))
    return not draft.best or clause in draft.best or _is_beside(draft, mention, clause)


def _add_phrases(draft: Draft) -> None:
    """What will be, or would have been, is not on record; what somebody will do is another matter."""
    for kind, phrase in patterns("outside").all.items():
        for match in phrase.finditer(draft.text):
            held = any(clause.holds(match.start()) for clause in draft.asking)
            if held or (kind == "hypothetical" and draft.asking):
                start = match.start() if held else draft.asking[0].start
                draft.mentions.append(Mention("oos", kind, start, start + len(match[0]), match[0]))
                break


def is_attribute(draft: Draft, mention: Mention) -> bool:
    """Whether a noun follows that makes it one: "price report"; or a person: "the copper editor"."""
    after = draft.after(mention)
    match = RE.after.match(after)
    words = match[1].split() if match else []
    if mention.value == "country" and (RE.our_own.search(draft.before(mention)) or RE.speaks.match(after)):
        return True
    if (words and words[0] in PERSONS) or after.startswith(PERSONS_ZH):
        return True
    near = takewhile(lambda word: not RE.joins.fullmatch(word), words)
    return mention.value not in _NEVER_ATTRIBUTE and any(word in ATTRIBUTED for word in near)


def _is_occasion(draft: Draft, mention: Mention) -> bool:
    """Whether it only says when or why, "after the rebate was cut on 1 December": its time goes with it."""
    since = RE.since.search(draft.before(mention)) or RE.around_zh.match(draft.after(mention))
    if mention.value not in ("price", "policy") or not since or not draft.has("series"):
        return False
    clause = next(c for c in draft.asking if c.holds(mention.start))
    times = draft.live("time")
    own = [m for m in times if clause.holds(m.start) and m.start > mention.end]
    if len(own) == len(times):
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
    whole = [c for c in draft.best if {"series", "flow", "time"} <= c.kinds()]
    apart = bool(whole) and all(c.sentence != clause.sentence for c in whole)
    return mention.value in _NEVER_ATTRIBUTE and not apart  # "Thanks for the coal chart. Alumina, June?"


def sits(draft: Draft, mention: Mention) -> bool:
    """Whether somebody only is there: "we are in America", "calling from the port"."""
    return bool(RE.sits.search(draft.before(mention)) or RE.at_work.match(draft.after(mention)))


def _is_denied(draft: Draft, mention: Mention) -> bool:
    gaps = [(m.value, mention.start - m.end) for m in draft.mentions if m.kind == "op"]
    if any(value == "except" and 0 <= gap <= 20 for value, gap in gaps):
        draft.doubts.append("except")
    if RE.why_no.search(draft.before(mention)):
        return False
    if RE.not_wanted.match(draft.after(mention)):
        return True
    near = [gap for value, gap in gaps if value == "not" and 0 <= gap <= 14]
    if mention.value == "metal":
        return draft.has("series") and any(gap <= 2 for gap in near)
    return mention.value not in _NEVER_DENIED and bool(near)


def _is_soft(draft: Draft, mention: Mention) -> bool:
    """Whether a word of the trade only stands beside a complete question."""
    kinds = {m.kind for c in draft.asking for m in c.mentions if m.live}
    after_series = any(m.kind == "series" and 0 <= mention.start - m.end <= 1 for m in draft.mentions)
    if mention.value not in ("soft", "topic") or not kinds >= {"series", "flow", "time"} or after_series:
        return False
    draft.assumed.add("aside")
    return True
