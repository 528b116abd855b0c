"""What was left unread beside the slots, and whether it could be the slot that is missing."""

import re

from bot.questions.clauses import content
from bot.questions.draft import SLOTS, STRONG, Clause, Draft, Mention
from bot.questions.lexicon import ATTRIBUTED, FREQUENT, FUNCTION, FUNCTION_ZH, PERSONS, PLAIN, rank, residue
from bot.questions.partners import asks_share
from bot.questions.patterns import pattern
from bot.questions.spelling import is_courtesy_slip, is_ordinary_slip
from bot.questions.tokenise import Token

HAZARD, HAZARD_ZH = residue("hazard"), residue("hazard_zh")
NEUTRAL, PREDICATE = residue("neutral"), residue("predicate")
NUMBER_BEFORE, NUMBER_AFTER = residue("number_before"), residue("number_after")
BEFORE_ZH = residue("before_zh")
HARMLESS_ZH = (
    ("以",),
    tuple("一二三四五六日天末报会"),
)  # what follows a word that then changes nothing: 周一
_CORE = (*SLOTS, "country")
_GRADES = frozenset("grade type quality brand spec".split())
_ENDING = re.compile(r"'(?:s|t|re|ve|ll|d|m)$")
_WORD_BEFORE = re.compile(r"([a-z]+|[\u3400-\u9fff])\W*$")
_WORD_AFTER = re.compile(r"\s?([a-z]+|[\u3400-\u9fff])")
_HEADS = pattern("residue", "head")
_PURPOSE = pattern("residue", "purpose")
_OWNED = re.compile(
    r"\s*-?\s*|-[a-z]+ |[\u3400-\u9fff]{0,3}(?:[的之]|嗰啲|果啲|那些|那批)"
)  # what joins a word to the series it belongs to
_OF = re.compile(r"\s*(?:of|in|on|for)\s+(?:the |all |our |china's |chinese )*")
_SOON = pattern("residue", "soon")
_PER = pattern("residue", "per")
_LEAVES_OUT = pattern("residue", "leaves_out")
_ONLY = pattern("residue", "only")
_WITHOUT = pattern("residue", "without")
_TITLE = re.compile(r"\b(?:mr|mrs|ms|dr|prof|miss)\.? $")
_ASKS = re.compile(r"\b(?:what|which|how|whose)\b")
_FOR_IT = re.compile(r"\b(?:for|of|to|about) (?:the )?$")
_OF_GOODS = ("industry", "part", "grade", "reexport", "day")
_OF_PEOPLE = pattern("residue", "of_people")
_APART = pattern("residue", "apart")
_BEFORE_NAME, _NARROWS = pattern("residue", "before_name"), pattern("residue", "narrows")
_SUBJECT = pattern("residue", "subject")
_PLEASE = re.compile(r"(?:please|pls|kindly|to|can you|could you)\s*$")
_TOWARDS = re.compile(r"\s+to\s+(?:the\s+)?")
_OTHER_SENSE = frozenset(
    "rather original originally target record unlike reverse other others another rest".split()
)
_RELATIVE = frozenset("over under above below least most exceeding".split())


def weigh(draft: Draft) -> str:
    """The kind of what is unread and could be the missing slot, with its word; '' where nothing is.

    Within what is asked, from its first slot to the end of the clause, every word of content counts but those
    that are known to say nothing; before it only what stands directly at a slot, or is what of it is asked.
    """
    slots = list(draft.slots())
    if not draft.asking:
        return ""
    if _grade_beside(draft):
        return "grade"
    if head := _other_head(draft):
        return f"head {head}"
    found = (_of_clause(draft, clause, slots) for clause in draft.asking)
    return next(filter(None, found), "") or _narrowed(draft)


def _narrowed(draft: Draft) -> str:
    """What a clause beside the question leaves of it: "... June 2026, Capesize cargoes only"."""
    sentences = {clause.sentence for clause in draft.asking}
    for clause in draft.clauses:
        said = draft.text[clause.start : clause.end]
        apart = (
            clause.sentence not in sentences
            and not said.rstrip().endswith(":")
            and not _LEAVES_OUT.search(said)
        )
        if (clause in draft.asking and clause.kinds() & set(STRONG)) or apart:
            continue
        outside = [m.text for m in clause.mentions if m.kind == "oos"]
        unread = [t.text for t in content(clause.left) if not says_nothing(t.text)]
        named = clause.start < draft.asking[0].start and _names_goods(said, clause, unread)
        named = named or (_ASKS.search(said) is not None and any(map(_is_name, clause.left)))
        named = named or any(m.value == "metal" and _FOR_IT.search(draft.before(m)) for m in clause.mentions)
        if (outside or unread) and (_ONLY.search(said) or named):
            return f"restriction {(outside + unread)[0]}"
    return ""


def _names_goods(said: str, clause: Clause, unread: list[str]) -> bool:
    """Whether it puts before the question which goods are meant: "in jumbo bags, alumina shipped out".

    What people say of themselves, of their work and of each other is no such thing.
    """
    if not said.isascii() or _OF_PEOPLE.search(said) or _APART.search(said):
        return False
    if any(word in ATTRIBUTED or word in PERSONS for word in re.findall("[a-z]+", said)):
        return False
    return len(unread) > 1 or any(m.kind == "oos" and m.value in _OF_GOODS for m in clause.mentions)


def _other_head(draft: Draft) -> str:
    """The unread noun that is asked for in the place of tonnes: "how many carats", "the moisture of"."""
    unread = {t.start for clause in draft.asking for t in clause.left}
    unread |= {m.start for m in draft.mentions if m.kind == "oos"}
    for match in _HEADS.finditer(draft.text):
        name = match.lastgroup or ""
        word = match[name]
        if match.start(name) not in unread or word in NEUTRAL or word in FUNCTION or is_courtesy_slip(word):
            continue
        ours = {m.end + 1 for m in draft.mentions if m.kind in ("series", "flow")}
        if name != "done" or match.start() in ours:
            return word
    return ""


def _grade_beside(draft: Draft) -> bool:
    """Whether a short clause between those that ask speaks of a grade or type."""
    low, high = draft.asking[0].start, draft.asking[-1].end
    between = [c for c in draft.clauses if low <= c.start and c.end <= high and c not in draft.asking]
    return any(len(c.left) <= 4 and any(t.text in _GRADES for t in c.left) for c in between)


def _of_clause(draft: Draft, clause: Clause, slots: list[Mention]) -> str:
    purposes = [match.span() for match in _PURPOSE.finditer(draft.text) if _is_purpose(match)]
    for token in clause.left:
        if any(start <= token.start < end for start, end in purposes):
            continue
        if token.text[0].isdigit():
            if found := _number(draft, token):
                return found
        elif found := _hazard(draft, token, slots):
            return found
    own = [m for m in draft.mentions if m.live and m.kind in _CORE and clause.holds(m.start)]
    named = [m for m in own if m.kind in ("series", "time", "country")] or own
    first = min((m.start for m in named), default=clause.end)
    for token in content(clause.left):
        if _TITLE.search(draft.text[: token.start]):
            continue
        if token.text[0].isdigit() or says_nothing(token.text) or token.text in HAZARD:
            continue
        if token.start > first and any(start <= token.start < end for start, end in purposes):
            continue
        if found := _beside(draft, token, own, first):
            return f"{found} {token.text}"
    return _part_of_series(draft, clause)


def _is_purpose(match: re.Match[str]) -> bool:
    """Whether it tells what the figures are for: "for my boss", "for the board meeting"."""
    words = match[0].split()
    return bool(match["own"]) or any(word in ATTRIBUTED or word in PERSONS for word in words)


def says_nothing(word: str) -> bool:
    """Whether an unread word is known to change nothing of what is asked."""
    bare = _ENDING.sub("", word)
    return word in NEUTRAL or bare in NEUTRAL or bare in PLAIN or is_courtesy_slip(word)


def _beside(draft: Draft, token: Token, own: list[Mention], first: int) -> str:
    """How an unread word stands to the slots: within what is asked, at the head of it; '' for neither."""
    text = draft.text
    follow = [m for m in own if m.start >= token.end]
    if any(m.text in ("export", "import") and text[m.end : token.start] == " " for m in own):
        return "compound"
    if token.start > first:
        if _trails(draft, token, own):
            return ""
        joined = any(not text[token.end : m.start].strip() and _takes_modifier(m) for m in follow)
        return "within" if joined or token.text not in PREDICATE else ""
    if any(_OWNED.fullmatch(text[token.end : m.start]) and _takes_modifier(m) for m in follow):
        return "modifier"
    headed = token.text not in ATTRIBUTED
    if headed and any(
        m.kind in ("series", "flow") and _OF.fullmatch(text[token.end : m.start]) for m in follow
    ):
        return "head"
    opens = not re.search(r"\w\s*$", text[: token.start]) and _SUBJECT.match(text, token.start)
    if _is_name(token) and (opens or _BEFORE_NAME.search(text[: token.start]) or not draft.has("series")):
        return "name" if len(token.text) > 3 or not draft.turn.answers else ""
    return ""


def _trails(draft: Draft, token: Token, own: list[Mention]) -> bool:
    """Whether it only trails a whole question: "... june and july boss wants them on the whiteboard"."""
    read = [m for m in draft.mentions if m.start <= token.start and m.kind != "op"]
    last = max(m.end for m in read)
    kinds = {m.kind for m in own if m.end <= last}
    tail = re.split("[,.;:?!()]", draft.text[last:])[0]
    if token.start < last or "series" not in kinds or not kinds & {"flow", "time"} or token.is_han:
        return False
    short = len(tail.split()) < 3
    return len(token.text) < 5 if short else not _NARROWS.match(tail)


def _is_name(token: Token) -> bool:
    """Whether it is a rare word that no slip explains: a firm, a place, a ship."""
    bare = _ENDING.sub("", token.text)
    return not token.is_han and len(bare) > 2 and rank(bare) >= FREQUENT and not is_ordinary_slip(bare)


def _takes_modifier(mention: Mention) -> bool:
    return mention.kind in ("series", "flow") or (
        mention.kind == "time" and mention.time.kind in ("year", "same")
    )


def _number(draft: Draft, token: Token) -> str:
    text = draft.text
    before, after = _WORD_BEFORE.search(text[: token.start]), _WORD_AFTER.match(text[token.end :])
    opened = re.search(r"(?:^|\n)\s*$", text[: token.start]) or re.search(r"(?:^|\s|\()1\s?[.)]", text)
    if opened and re.match(r"\s?[).:]", text[token.end :]):
        return ""
    if re.match(r"(?:st|nd|rd|th)\s+(?:month|quarter|week|day)", text[token.end :]):
        return f"number {token.text}"
    if (before and before[1] in NUMBER_BEFORE) or (after and after[1] in NUMBER_AFTER):
        return ""
    views = draft.live("view", "ranking")
    if any(abs(m.start - token.end) < 12 or abs(token.start - m.end) < 4 for m in views):
        return ""
    if draft.has("view", "count", "streak", "season", "rolling") or re.fullmatch(r"0+", token.text):
        return ""
    return f"number {token.text}"


def _hazard(draft: Draft, token: Token, slots: list[Mention]) -> str:
    """A word that changes what is asked, whatever its place."""
    word, bare = token.text, _ENDING.sub("", token.text)
    if token.is_han:
        return _hazard_zh(draft, token)
    if bare in HAZARD and not _harmless(draft, bare, token, slots):
        return f"hazard {word}"
    before = draft.text[: token.start]
    towards = any(
        m.kind == "flow" and _TOWARDS.fullmatch(before[m.end :]) for m in slots if m.end <= token.start
    )
    if towards and bare not in FUNCTION:
        return f"destination {word}"
    return ""


def _hazard_zh(draft: Draft, token: Token) -> str:
    for word in HAZARD_ZH:
        if draft.text.startswith(word, token.start):
            after = draft.text[token.start + len(word) :][:1]
            if after not in HARMLESS_ZH[word == "周"]:
                return f"hazard {word}"
    return ""


def _harmless(draft: Draft, word: str, token: Token, slots: list[Mention]) -> bool:
    """Whether a word that may change what is asked does not do so here."""
    text, after = draft.text, draft.text[token.end :]
    near = [m for m in slots if 0 <= m.start - token.end <= 12]
    if word in ("before", "after"):
        return bool(_SOON.match(after)) or not re.match(r"\s*\w", after)
    if word == "half":
        return any(m.time.kind == "half" for m in draft.live("time")) or draft.has("view", "halves")
    if word in ("code", "codes", "hs"):
        return bool(re.search(r"\bhs(?: codes?)? ?\d", text))
    if word in _RELATIVE:
        if draft.has("view", "count", "streak", "check") or draft.has("claim"):
            return True
        return any(m.kind == "time" and m.start - token.end <= 6 for m in near) or not re.match(
            r"\s*(?:the\s+)?\d", after
        )
    if word == "without":
        return bool(_WITHOUT.match(after))
    if word == "state" and _PLEASE.search(text[: token.start]):
        return True
    if word in _OTHER_SENSE:
        return word == "rather" or not near
    if word == "per":
        return bool(_PER.match(after))
    if word in ("rolling", "season", "seasonal", "seasonally", "ratio"):
        return draft.has("view", "rolling", "season", "ratio") or word in (
            "rolling",
            "season",
            "seasonal",
            "ratio",
        )
    if word in _GRADES or word in ("types", "firm", "firms", "state"):
        return not any(m.kind in ("series", "flow") and -30 <= m.start - token.end <= 30 for m in slots)
    if word in ("times", "twice", "percent", "pct", "third"):
        return draft.has("claim") or asks_share(draft) or draft.has("view", "growth", "compare", "difference")
    return word == "tomorrow" or (word == "yesterday" and draft.has("time"))


def _part_of_series(draft: Draft, clause: Clause) -> str:
    """A character that makes another word of a series: 铝箔, 红铝."""
    for mention in draft.live("series"):
        if mention.text.isascii() or not clause.holds(mention.start):
            continue
        before, after = (
            draft.text[mention.start - 1 : mention.start],
            draft.text[mention.end : mention.end + 1],
        )
        if _is_free(draft, before, mention.start - 1) and before not in BEFORE_ZH:
            return f"modifier {before}"
        if mention.text == "铝" and _is_free(draft, after, mention.end):
            return f"part {after}"
    return ""


def _is_free(draft: Draft, character: str, at: int) -> bool:
    """Whether a Chinese character is in no mention and is no function word."""
    if not "\u3400" <= character <= "\u9fff" or character in FUNCTION_ZH:
        return False
    return not any(m.start <= at < m.end for m in draft.mentions)
