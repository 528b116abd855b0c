"""Heads of what the record does not hold: which of them ask, and which are asides or attributes."""

from bot.questions.draft import STRONG, Clause, Draft, Mention
from bot.questions.lexicon import ATTRIBUTED, PERSONS, PERSONS_ZH, patterns, words_of

RE, REQUESTS = patterns("scope"), patterns("decide").requests
_OF_SENTENCES = ("reporter", "day")  # such a phrase counts in the whole sentence
_NAMING, _SOFT = ("series", "flow"), ("soft", "topic")
_NEVER_ATTRIBUTE = ("metal", "part", "grade")
_NEVER_DENIED = (*_NEVER_ATTRIBUTE, "country", "reporter", "hypothetical")
_PRODUCTS = words_of("outside", "modifier", "products")


def out_of_scope(draft: Draft) -> list[Mention]:
    """The heads in asking clauses that do ask, in order."""
    _add_phrases(draft)
    heads = [mention for mention in draft.live("oos") if _asks(draft, mention)]
    parts = [m for m in heads if m.value in _SOFT and any(o.start < m.start < o.end for o in heads)]
    return [head for head in heads if head not in parts]  # 哪些公司 is no word of the trade alone


def _asks(draft: Draft, mention: Mention) -> bool:
    clause = next(c for c in draft.asking if c.holds(mention.start))
    if _is_event(draft, mention, clause):
        mention.kind = "event"
    asides = (is_attribute, _is_denied, sits, _is_soft)
    if mention.kind == "event" or any(aside(draft, mention) for aside in asides):
        return False
    return not draft.best or clause in draft.best or _is_beside(draft, mention, clause)


def _add_phrases(draft: Draft) -> None:
    """What will be, or would have been, is not on record; what somebody will do is another matter."""
    for kind, phrase in patterns("outside").all.items():
        for match in phrase.finditer(draft.text):
            holding = next(clause for clause in draft.clauses if clause.holds(match.start()))
            at = holding.sentence
            own = "".join(draft.said(c).rstrip()[-1:] for c in draft.clauses if c.sentence == at)
            # With the next one where it ends in a colon or a dash.
            led = (at, at + (":" in own or "-" in own)) if kind in _OF_SENTENCES else ()
            of_all = kind in ("hypothetical", "price")
            asking = [c for c in draft.asking if c is holding or c.sentence in led or of_all]
            if asking:
                start = match.start() if holding in asking else asking[0].start
                said = match[0].strip("(,;- ")
                draft.mentions.append(Mention("oos", kind, start, start + len(match[0]), said))
                break


def is_attribute(draft: Draft, mention: Mention) -> bool:
    """Whether a noun follows that makes it one: "price report"; or a person: "the copper editor"."""
    after = draft.after(mention)
    match = RE.after.match(after)
    words = match[1].split() if match else []
    ours, country = RE.our_own.search(draft.before(mention)), mention.value == "country"
    if (ours and (country or RE.shows.match(after))) or (country and RE.speaks.match(after)):
        return True
    if (words and words[0] in PERSONS) or after.lstrip("的").startswith(PERSONS_ZH):
        return True
    return mention.value not in _NEVER_ATTRIBUTE and any(word in ATTRIBUTED for word in words)


def _is_event(draft: Draft, mention: Mention, clause: Clause) -> bool:
    """Whether it is told, put aside, or may have had an effect: "the rebate is gone, alumina exports ..."."""
    if mention.value not in ("price", "policy", "industry", "soft", "topic"):
        return False
    said = draft.said(clause)
    asks = clause.kinds() & set(STRONG) or REQUESTS.search(said) or said.rstrip().endswith("?")
    told = RE.or_did.match(said) or (not asks and RE.told_event.search(said))
    return bool(told and clause not in draft.best) or _is_occasion(draft, mention, clause)


def _is_occasion(draft: Draft, mention: Mention, clause: Clause) -> bool:
    """Whether it only says when or why, "after the rebate was cut on 1 December": its time goes with it."""
    around, since = RE.around_zh.match(draft.after(mention)), RE.since.search(draft.before(mention))
    objects = [m.start for m in draft.live("series") if m.start > mention.end and clause.holds(m.start)]
    further = objects and any(other.sentence > clause.sentence for other in draft.asking)
    cause = further and RE.cause.match(draft.text, clause.start, objects[0])
    if mention.value not in ("price", "policy") or not (since or around or cause) or not draft.has("series"):
        return False
    start, end = (clause.start, mention.start) if around else (mention.end, min([*objects, clause.end]))
    times = draft.live("time")
    own = [m for m in times if start <= m.start < end or 0 <= mention.start - m.end < 6]
    for time in own if len(own) < len(times) else ():
        time.live = False
    return len(own) < len(times)


def _is_beside(draft: Draft, mention: Mention, clause: Clause) -> bool:
    """Whether a head in a clause of its own belongs to what is asked: in its sentence, before its colon."""
    if clause.sentence in {c.sentence for c in draft.best}:
        return True
    if draft.text[clause.end - 1] in "(:)":
        return mention.value in ("part", "grade", "hypothetical", "policy", "future", "day")
    whole = [c for c in draft.best if {"series", "flow", "time"} <= c.kinds()]
    apart = bool(whole) and all(c.sentence != clause.sentence for c in whole)
    return mention.value in _NEVER_ATTRIBUTE and not apart  # "Thanks for the coal chart. Alumina, June?"


def sits(draft: Draft, mention: Mention) -> bool:
    """Whether somebody only is there: "we are in America", "calling from the port"."""
    return bool(RE.sits.search(draft.before(mention)) or RE.at_work.match(draft.after(mention)))


def _is_denied(draft: Draft, mention: Mention) -> bool:
    operators = [m for m in draft.mentions if m.kind == "op" and m.end <= mention.start]
    gaps = [(m.value, draft.text[m.end : mention.start]) for m in operators]
    if any(value == "except" and len(gap) <= 20 for value, gap in gaps):
        draft.doubts.append("except")
    if RE.why_no.search(draft.before(mention)):
        return False
    if RE.not_wanted.match(draft.after(mention)) or RE.whichever.search(draft.before(mention)):
        return True
    near = [gap for value, gap in gaps if value == "not" and len(gap) <= 14 and not RE.sign.search(gap)]
    if mention.value == "metal":
        close = any(len(gap) <= 2 or RE.article.fullmatch(gap) for gap in near)
        clause = next(c for c in draft.clauses if c.holds(mention.start))  # "nothing to do with steel"
        aside = not clause.kinds() & set(STRONG) and RE.put_aside.search(draft.said(clause))
        return draft.has("series") and bool(close or aside)
    codes = {len(draft.record.catalogue[name].hs) for name in draft.values("series") if name != "all"}
    other = mention.text in _PRODUCTS and codes == {1}  # "scrap imports, not the secondary ingots"
    return bool(near) and (other or mention.value not in _NEVER_DENIED)


def _is_soft(draft: Draft, mention: Mention) -> bool:
    """Whether a word of the trade only stands beside a complete question."""
    kinds = {m.kind for c in draft.asking for m in c.mentions if m.live}
    behind = (draft.between(mention, m) for m in draft.slots() if m.start >= mention.end)
    naming = (m for m in draft.mentions if m.kind in _NAMING and m.end <= mention.start)
    before = (draft.between(m, mention) for m in naming)
    touches = any(RE.joined.fullmatch(gap) for gap in (*behind, *before))
    if mention.value not in _SOFT or not kinds >= {"series", "flow", "time"} or touches:
        return False
    draft.assumed.add("aside")
    return True
