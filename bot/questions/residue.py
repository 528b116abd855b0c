"""What was left unread beside the slots, and whether it could be the slot that is missing."""

import re

from bot.questions.clauses import content
from bot.questions.draft import SLOTS, STRONG, Clause, Draft, Mention
from bot.questions.lexicon import (
    ATTRIBUTED,
    FREQUENT,
    FUNCTION,
    FUNCTION_ZH,
    PERSONS,
    PLAIN,
    patterns,
    rank,
    residue,
)
from bot.questions.partners import asks_share
from bot.questions.spelling import is_courtesy_slip, is_ordinary_slip
from bot.questions.tokenise import Token

HAZARD, HAZARD_ZH = residue("hazard"), residue("hazard_zh")
NEUTRAL, PREDICATE = residue("neutral"), residue("predicate")
NUMBER_BEFORE, NUMBER_AFTER = residue("number_before"), residue("number_after")
BEFORE_ZH, OTHER_SENSE = residue("before_zh"), residue("other_sense")
_CORE = (*SLOTS, "country")
_GRADES = frozenset("grade type quality brand spec".split())
RE = patterns("residue")
_OF_GOODS = ("industry", "part", "grade", "reexport", "day")


def weigh(draft: Draft) -> str:
    """The unread word that could be the missing slot; '' where there is none.

    Within what is asked, from its first slot to the end of the clause, every word of content counts but those
    that are known to say nothing; before it only what stands directly at a slot, or is what of it is asked.
    """
    if not draft.asking:
        return ""
    if _grade_beside(draft):
        return "grade"
    found = (_of_clause(draft, clause) for clause in draft.asking)
    return _other_head(draft) or next(filter(None, found), "") or _narrowed(draft)


def _narrowed(draft: Draft) -> str:
    """What a clause beside the question leaves of it: "... June 2026, Capesize cargoes only"."""
    sentences = {clause.sentence for clause in draft.asking}
    for clause in draft.clauses:
        said = draft.said(clause)
        beside = clause.sentence in sentences or said.rstrip().endswith(":") or RE.leaves_out.search(said)
        if (clause in draft.asking and clause.kinds() & set(STRONG)) or not beside:
            continue
        outside = [m.text for m in clause.mentions if m.kind == "oos"]
        unread = [t.text for t in content(clause.left) if not says_nothing(t.text)]
        if (outside or unread) and (
            RE.only.search(said)
            or (clause.start < draft.asking[0].start and _names_goods(said, clause, unread))
            or (RE.asks.search(said) and any(map(_is_name, clause.left)))
            or any(m.value == "metal" and RE.for_it.search(draft.before(m)) for m in clause.mentions)
        ):
            return (outside + unread)[0]
    return ""


def _names_goods(said: str, clause: Clause, unread: list[str]) -> bool:
    """Whether it puts before the question which goods are meant: "in jumbo bags, alumina shipped out".

    What people say of themselves, of their work and of each other is no such thing.
    """
    if not said.isascii() or RE.of_people.search(said) or RE.apart.search(said):
        return False
    if any(word in ATTRIBUTED or word in PERSONS for word in re.findall("[a-z]+", said)):
        return False
    return len(unread) > 1 or any(m.kind == "oos" and m.value in _OF_GOODS for m in clause.mentions)


def _other_head(draft: Draft) -> str:
    """The unread noun that is asked for in the place of tonnes: "how many carats", "the moisture of"."""
    unread = {t.start for clause in draft.asking for t in clause.left}
    unread |= {m.start for m in draft.mentions if m.kind == "oos"}
    ours = {m.end + 1 for m in draft.mentions if m.kind in ("series", "flow")}
    for match in RE.head.finditer(draft.text):
        name = match.lastgroup or ""
        word = match[name]
        plain = word in NEUTRAL or word in FUNCTION or is_courtesy_slip(word)
        if match.start(name) in unread and not plain and (name != "done" or match.start() in ours):
            return word
    return ""


def _grade_beside(draft: Draft) -> bool:
    """Whether a short clause between those that ask speaks of a grade or type."""
    low, high = draft.asking[0].start, draft.asking[-1].end
    between = [c for c in draft.clauses if low <= c.start and c.end <= high and c not in draft.asking]
    return any(len(c.left) <= 4 and any(t.text in _GRADES for t in c.left) for c in between)


def _of_clause(draft: Draft, clause: Clause) -> str:
    if not clause.left:
        return _part_of_series(draft, clause)
    purposes = [match.span() for match in RE.purpose.finditer(draft.text) if _is_purpose(match)]
    left = [t for t in clause.left if not any(start <= t.start < end for start, end in purposes)]
    if found := next(filter(None, (_changing(draft, token) for token in left)), ""):
        return found
    own = [m for m in draft.mentions if m.live and m.kind in _CORE and clause.holds(m.start)]
    named = [m for m in own if m.kind in ("series", "time", "country")] or own
    first = min((m.start for m in named), default=clause.end)
    for token in content(clause.left):
        word = token.text
        titled = RE.title.search(draft.text[: token.start])
        if titled or word[0].isdigit() or says_nothing(word) or word in HAZARD:
            continue
        if token.start > first and any(start <= token.start < end for start, end in purposes):
            continue
        if _is_beside(draft, token, own, first):
            return word
    return _part_of_series(draft, clause)


def _is_purpose(match: re.Match[str]) -> bool:
    """Whether it tells what the figures are for: "for my boss", "for the board meeting"."""
    return bool(match["own"]) or any(word in ATTRIBUTED or word in PERSONS for word in match[0].split())


def says_nothing(word: str) -> bool:
    """Whether an unread word is known to change nothing of what is asked."""
    bare = RE.ending.sub("", word)
    return word in NEUTRAL or bare in NEUTRAL or bare in PLAIN or is_courtesy_slip(word)


def _is_beside(draft: Draft, token: Token, own: list[Mention], first: int) -> bool:
    text, before = draft.text, draft.text[: token.start]
    ahead = [(m, text[token.end : m.start]) for m in own if m.start >= token.end]
    if any(m.text in ("export", "import") and text[m.end : token.start] == " " for m in own):
        return True
    if token.start > first:
        joined = any(not gap.strip() and _takes_modifier(m) for m, gap in ahead)
        return not _trails(draft, token, own) and (joined or token.text not in PREDICATE)
    if any(RE.owned.fullmatch(gap) and _takes_modifier(m) for m, gap in ahead):
        return True
    heads = [m for m, gap in ahead if m.kind in ("series", "flow") and RE.of.fullmatch(gap)]
    if heads and token.text not in ATTRIBUTED:
        return True
    opens = RE.opens.search(before) and RE.subject.match(text, token.start)
    placed = opens or RE.before_name.search(before) or not draft.has("series")
    return bool(placed) and _is_name(token) and (len(token.text) > 3 or not draft.turn.answers)


def _trails(draft: Draft, token: Token, own: list[Mention]) -> bool:
    """Whether it only trails a whole question: "... june and july boss wants them on the whiteboard"."""
    last = max(m.end for m in draft.mentions if m.start <= token.start and m.kind != "op")
    kinds = {m.kind for m in own if m.end <= last}
    if token.start < last or "series" not in kinds or not kinds & {"flow", "time"} or token.is_han:
        return False
    tail = re.split("[,.;:?!()]", draft.text[last:])[0]
    return len(token.text) < 5 if len(tail.split()) < 3 else not RE.narrows.match(tail)


def _is_name(token: Token) -> bool:
    """Whether it is a rare word that no slip explains: a firm, a place, a ship."""
    bare = RE.ending.sub("", token.text)
    return not token.is_han and len(bare) > 2 and rank(bare) >= FREQUENT and not is_ordinary_slip(bare)


def _takes_modifier(mention: Mention) -> bool:
    timed = mention.kind == "time" and mention.time.kind in ("year", "same")
    return timed or mention.kind in ("series", "flow")


def _changing(draft: Draft, token: Token) -> str:
    """The word, where it changes what is asked whatever its place: a number, a hazard, a destination."""
    if token.text[0].isdigit():
        return token.text if _is_counted(draft, token) else ""
    if token.is_han:
        return _hazard_zh(draft, token)
    bare, slots = RE.ending.sub("", token.text), list(draft.slots())
    gaps = (draft.text[m.end : token.start] for m in slots if m.kind == "flow" and m.end <= token.start)
    towards = bare not in FUNCTION and any(map(RE.towards.fullmatch, gaps))
    hazard = bare in HAZARD and not _is_harmless(draft, bare, token, slots)
    return token.text if hazard or towards else ""


def _is_counted(draft: Draft, token: Token) -> bool:
    """Whether an unread number counts something: not of a list, of what people count, or of places."""
    earlier, after = draft.text[: token.start], draft.text[token.end :]
    if RE.list_sign.match(after) and (RE.line_start.search(earlier) or RE.first_of_list.search(draft.text)):
        return False
    if RE.ordinal.match(after):
        return True
    word_before, word_after = RE.word_before.search(earlier), RE.word_after.match(after)
    if word_before and word_before[1] in NUMBER_BEFORE:
        return False
    if word_after and word_after[1] in NUMBER_AFTER:
        return False
    ranked = draft.live("view", "ranking")
    if any(abs(m.start - token.end) < 12 or abs(token.start - m.end) < 4 for m in ranked):
        return False
    return not draft.has("view", "count", "streak", "season", "rolling") and bool(token.text.strip("0"))


def _hazard_zh(draft: Draft, token: Token) -> str:
    for word in HAZARD_ZH:
        if draft.text.startswith(word, token.start):
            after = draft.text[token.start + len(word) :][:1]
            if after not in ("一二三四五六日天末报会" if word == "周" else "以") or not after:
                return word
    return ""


def _is_harmless(draft: Draft, word: str, token: Token, slots: list[Mention]) -> bool:
    near = [m for m in slots if 0 <= m.start - token.end <= 12]
    if RE.harmless.match(draft.text, token.start):
        return True
    match word:
        case "half":
            return draft.has("view", "halves") or any(m.time.kind == "half" for m in draft.live("time"))
        case "code" | "codes" | "hs":
            return bool(RE.hs_code.search(draft.text))
        case "over" | "under" | "above" | "below" | "least" | "most" | "exceeding":
            timed = any(m.kind == "time" and m.start - token.end <= 6 for m in near)
            return timed or draft.has("claim") or draft.has("view", "count", "streak", "check")
        case "yesterday":
            return draft.has("time")
        case "seasonally":
            return draft.has("view", "rolling", "season", "ratio")
        case "times" | "twice" | "percent" | "pct" | "third":
            changed = draft.has("view", "growth", "compare", "difference")
            return changed or draft.has("claim") or asks_share(draft)
        case "state" if RE.please.search(draft.text[: token.start]):
            return True
    if word in _GRADES or word in ("types", "firm", "firms", "state"):
        return not any(m.kind in ("series", "flow") and -30 <= m.start - token.end <= 30 for m in slots)
    return word in OTHER_SENSE and not near


def _part_of_series(draft: Draft, clause: Clause) -> str:
    """A character that makes another word of a series: 铝箔, 红铝."""
    for mention in draft.live("series") if not draft.text.isascii() else ():
        if mention.text.isascii() or not clause.holds(mention.start):
            continue
        before, after = draft.before(mention)[-1:], draft.after(mention)[:1]
        if _is_free(draft, before, mention.start - 1) and before not in BEFORE_ZH:
            return before
        if mention.text == "铝" and _is_free(draft, after, mention.end):
            return after
    return ""


def _is_free(draft: Draft, character: str, at: int) -> bool:
    """Whether a Chinese character is in no mention and is no function word."""
    if not "\u3400" <= character <= "\u9fff" or character in FUNCTION_ZH:
        return False
    return not any(m.start <= at < m.end for m in draft.mentions)
