"""What was left unread beside the slots, and whether it could be the slot that is missing."""

import re

from bot.questions.draft import Clause, Draft, Mention
from bot.questions.lexicon import ATTRIBUTED, CHINESE_WORDS, FREQUENT, FUNCTION, FUNCTION_ZH, rank, residue
from bot.questions.patterns import pattern
from bot.questions.spelling import is_courtesy_slip
from bot.questions.tokenise import Token

HAZARD, MODIFIER, BETWEEN = residue("hazard"), residue("modifier"), residue("between")
NUMBER_BEFORE, NUMBER_AFTER = residue("number_before"), residue("number_after")
NEUTRAL_HEAD = residue("neutral_head")
HARMLESS_ZH = (
    ("以",),
    tuple("一二三四五六日天末报会"),
)  # what follows a word that then changes nothing: 周一
HAZARD_ZH, BEFORE_ZH = residue("hazard_zh"), residue("before_zh")
_GRADES = frozenset("grade type quality brand spec".split())
_ENDING = re.compile(r"'(?:s|t|re|ve|ll|d|m)$")
_WORD_BEFORE = re.compile(r"([a-z]+|[\u3400-\u9fff])\W*$")
_WORD_AFTER = re.compile(r"\s?([a-z]+|[\u3400-\u9fff])")
_PARTED = re.compile(r"[,.;:?\n]|\b(?:that|which|did|was|were|we|they|has|have)\b")
_HEADS = pattern("residue", "head")
_THROUGH, _BESIDE = pattern("residue", "through"), pattern("residue", "beside")
_SOON = pattern("residue", "soon")
_PER = pattern("residue", "per")
_TOWARDS = re.compile(r"\s+to\s+(?:the\s+)?")
_OTHER_SENSE = frozenset(
    "rather original originally target record unlike reverse other others another rest".split()
)
_RELATIVE = frozenset("over under above below least most exceeding".split())


def weigh(draft: Draft) -> str:
    """The kind of what is unread and could be the missing slot, with its word; '' where nothing is."""
    slots = list(draft.slots())
    series = [m for m in slots if m.kind == "series"]
    if not draft.asking:
        return ""
    if _grade_beside(draft):
        return "grade"
    if head := _other_head(draft):
        return f"head {head}"
    for clause in draft.asking:
        if found := _of_clause(draft, clause, slots, series):
            return found
        if narrower := _restriction(draft, clause, slots):
            return f"restriction {narrower}"
    return ""


def _other_head(draft: Draft) -> str:
    """The unread noun that is asked for in the place of tonnes: "how many carats", "the moisture of"."""
    unread = {t.start for clause in draft.asking for t in clause.left}
    unread |= {m.start for m in draft.mentions if m.kind == "oos"}
    for match in _HEADS.finditer(draft.text):
        name = match.lastgroup or ""
        word = match[name]
        if match.start(name) not in unread or word in NEUTRAL_HEAD or word in FUNCTION:
            continue
        ours = {m.end + 1 for m in draft.mentions if m.kind in ("series", "flow")}
        if name != "done" or match.start() in ours:
            return word
    return ""


def _restriction(draft: Draft, clause: Clause, slots: list[Mention]) -> str:
    """What narrows the trade that is asked for: "via Manzhouli", "trucked over the border"."""
    own = [m for m in slots if m.kind in ("series", "flow") and clause.holds(m.start)]
    first = min((m.start for m in own), default=clause.end)
    for token in clause.left:
        before = draft.text[: token.start]
        if token.start < first or token.is_han or token.text in FUNCTION or token.text in NEUTRAL_HEAD:
            continue
        named = rank(_ENDING.sub("", token.text)) >= FREQUENT
        if _THROUGH.search(before) or (named and _BESIDE.search(before)):
            return token.text
        follows = any(
            re.fullmatch(r" (?:not |never |that was |that were )?", draft.text[m.end : token.start])
            for m in own
        )
        if follows and token.text.endswith(("ed", "ing")):
            return token.text
    return ""


def _grade_beside(draft: Draft) -> bool:
    """Whether a short clause between those that ask speaks of a grade or type."""
    low, high = draft.asking[0].start, draft.asking[-1].end
    between = [c for c in draft.clauses if low <= c.start and c.end <= high and c not in draft.asking]
    return any(len(c.left) <= 4 and any(t.text in _GRADES for t in c.left) for c in between)


def _of_clause(draft: Draft, clause: Clause, slots: list[Mention], series: list[Mention]) -> str:
    for token in clause.left:
        if token.is_han or not token.text[0].isalnum():
            continue
        found = _number(draft, token) if token.text[0].isdigit() else _word(draft, token, slots, series)
        if found:
            return found
    return _chinese(draft, clause, series)


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


def _word(draft: Draft, token: Token, slots: list[Mention], series: list[Mention]) -> str:
    word, bare = token.text, _ENDING.sub("", token.text)
    text, thin = draft.text, token.text in FUNCTION or _ENDING.sub("", token.text) in FUNCTION
    if bare in HAZARD and not _harmless(draft, bare, token, slots):
        return f"hazard {word}"
    thin = thin or is_courtesy_slip(word)
    ordinary = thin or min(rank(word), rank(bare)) < FREQUENT
    if not (ordinary and (thin or bare in BETWEEN or word in ATTRIBUTED)):
        compound = any(
            m.kind == "flow" and m.text in ("export", "import") and text[m.end : token.start] == " "
            for m in slots
        )
        if compound:
            return f"compound {word}"
    if not thin and _is_destination(draft, token, slots):
        return f"destination {word}"
    if not ordinary and len(word) >= 3 and _beside_year(draft, token):
        return f"beside a year {word}"
    before_series = any(m.start >= token.end and not text[token.end : m.start].strip() for m in series)
    if before_series and (bare in MODIFIER or not ordinary):
        return f"modifier {word}"
    if bare not in BETWEEN and not thin and _between_series_and_flow(draft, token, slots, series):
        return f"between {word}"
    if not ordinary and not series and (len(word) > 3 or not draft.turn.answers):
        return f"unknown {word}"
    return ""


def _is_destination(draft: Draft, token: Token, slots: list[Mention]) -> bool:
    """Whether it is where exports go to and no country that is known: "exports to the moon"."""
    before = draft.text[: token.start]
    return any(
        m.kind == "flow" and _TOWARDS.fullmatch(before[m.end :]) for m in slots if m.end <= token.start
    )


def _beside_year(draft: Draft, token: Token) -> bool:
    years = [m for m in draft.live("time") if m.time.kind in ("year", "same")]
    return any(0 <= m.start - token.end <= 2 or 0 <= token.start - m.end <= 2 for m in years)


def _between_series_and_flow(draft: Draft, token: Token, slots: list[Mention], series: list[Mention]) -> bool:
    for mention in series:
        if mention.end > token.start:
            continue
        flow = next((m for m in slots if m.kind == "flow" and m.start >= token.end), None)
        if flow is None:
            continue
        others = any(m.kind in ("series", "time") and mention.end <= m.start < flow.start for m in slots)
        if not others and not _PARTED.search(draft.text[mention.end : flow.start]):
            return True
    return False


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
    if word in _OTHER_SENSE:
        return word == "rather" or not near
    if word == "per":
        return bool(_PER.match(after))
    if word in ("rolling", "season", "seasonal", "seasonally", "adjusted", "ratio"):
        return draft.has("view", "rolling", "season", "ratio") or word in (
            "rolling",
            "season",
            "seasonal",
            "ratio",
        )
    if word in _GRADES or word in ("types", "firm", "firms", "state"):
        return not any(m.kind in ("series", "flow") and -30 <= m.start - token.end <= 30 for m in slots)
    if word in ("times", "twice", "percent", "pct", "third"):
        return draft.has("claim")
    return word == "tomorrow" or (word == "yesterday" and draft.has("time"))


def _chinese(draft: Draft, clause: Clause, series: list[Mention]) -> str:
    if draft.text.isascii():
        return ""
    text = draft.text
    for mention in series:
        if mention.text.isascii() or not clause.holds(mention.start):
            continue
        before = text[mention.start - 1] if mention.start else ""
        if (
            _is_han(before)
            and not _covered(draft, mention.start - 1)
            and before not in FUNCTION_ZH
            and before not in BEFORE_ZH
        ):
            return f"modifier {before}"
        after = text[mention.end : mention.end + 1]
        if (
            mention.text == "铝"
            and _is_han(after)
            and not _covered(draft, mention.end)
            and after not in FUNCTION_ZH
        ):
            return f"part {after}"
    run = [token for token in clause.left if token.is_han]
    unknown = _unknown(run)
    if unknown and not (series or draft.turn.answers):
        return f"unknown {unknown}"
    hazard = next(
        (
            w
            for w in HAZARD_ZH
            if any(
                text.startswith(w, t.start) and text[t.end : t.end + 1] not in HARMLESS_ZH[w == "周"]
                for t in run
            )
        ),
        "",
    )
    return f"hazard {hazard}" if hazard else ""


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _covered(draft: Draft, at: int) -> bool:
    return any(m.start <= at < m.end for m in draft.mentions)


def _unknown(run: list[Token]) -> str:
    """Characters left over that no ordinary word covers."""
    found, at = "", 0
    while at < len(run):
        for size in (4, 3, 2):
            part = run[at : at + size]
            word = "".join(t.text for t in part)
            if len(part) == size and part[-1].end - part[0].start == size and word in CHINESE_WORDS:
                at += size
                break
        else:
            character = run[at].text
            if character not in FUNCTION_ZH and character not in CHINESE_WORDS:
                found += character
            at += 1
    return found
