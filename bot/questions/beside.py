"""Words beside the slots that say what is asked of, who says it, or which part is meant."""

import re
from collections.abc import Sequence

from bot.questions.draft import STRONG, Clause, Draft, Mention
from bot.questions.hazards import HAZARD
from bot.questions.lexicon import (
    ATTRIBUTED,
    FREQUENT,
    FUNCTION,
    PERSONS,
    PERSONS_ZH,
    PLAIN,
    patterns,
    rank,
    residue,
)
from bot.questions.spelling import is_courtesy_slip, is_ordinary_slip
from bot.questions.tokenise import Token

NEUTRAL, ASIDE = residue("neutral"), residue("names") | residue("manner")
RE = patterns("residue")
_OF_GOODS = ("industry", "part", "grade", "reexport", "day")
_OF_IT = (*_OF_GOODS, "reporter")
_JOINED = 3  # characters
_SOFT = ("soft", "topic")
Spans = Sequence[tuple[int, int]]
_NAMED = (*STRONG, "country", "oos", "world")


def head(draft: Draft, near: list[Clause]) -> str:
    """The unread noun that is asked for, or is said to say it: "how many carats", "according to Mysteel"."""
    left = (t for clause in near for t in clause.left if t.text[0].isalpha())
    unread = {t.start for t in left if t.text not in FUNCTION and t.text not in NEUTRAL}
    unread |= {m.start for m in draft.mentions if m.kind == "oos"}
    ours = {m.end + 1 for m in draft.mentions if m.kind in ("series", "flow")}
    for match in RE.head.finditer(draft.text) if unread else ():
        name = match.lastgroup or ""
        fits = match.start(name) in unread and (name != "done" or match.start() in ours)
        if fits and not (is_courtesy_slip(match[name]) or (name == "who" and draft.has("event"))):
            return match[name]
    return ""


def is_bare(draft: Draft, clause: Clause, before: Clause | None) -> bool:
    """Whether a few words beside the question neither tell nor ask: "laterite: ...", "(bonded)"."""
    said, words = draft.said(clause), clause.content
    sign, outside = said.rstrip()[-1:], [m for m in clause.mentions if m.kind == "oos"]
    alone = bool(outside) and len(said.strip(" ,.;:()-")) - len(outside[0].text) <= _JOINED
    behind = before in draft.asking and before and before.kinds() & set(STRONG)
    if behind or (before and RE.sourced.search(draft.said(before))):
        placed = sign != "?" and draft.text[clause.start - 1] != "\n"
    else:
        single = len(said.split()) == 1 == len(words) and is_name(words[0])
        part = alone and not words and outside[0].value in _OF_IT
        placed = sign == ":" or (sign == "," and (single or part))
    long = len(said.split()) > 3 if said.isascii() else len(said) > 8
    if not placed or long or "courtesy" in clause.kinds():
        return False
    if not said.isascii():
        return not (RE.not_bare.search(said) or any(person in said for person in PERSONS_ZH))
    return not is_told(said) and (alone or not RE.not_bare.search(said))


def restriction(draft: Draft, clause: Clause, excuses: Spans, bare: bool) -> str:
    """The word of a clause beside the question that leaves only a part of it: "Capesize cargoes only"."""
    if clause in draft.asking and clause.kinds() & set(STRONG):
        return ""
    said, outside = draft.said(clause), [m for m in clause.mentions if m.kind == "oos"]
    unread = [token for token in unexcused(clause, excuses) if not says_nothing(token.text)]
    every: list[Mention | Token] = [*(m for m in outside if m.value != "soft"), *unread]
    words = [
        word
        for word in every
        if not (RE.denied.search(draft.text[clause.start : word.start]) or (bare and _is_manner(word)))
    ]
    named = [token for token in unread if token in words and token.text not in HAZARD]
    narrows = any(RE.narrowing.search(draft.lead(token)) for token in named)
    if words and (
        bare
        or RE.only.search(said)
        or RE.predicate.search(said)
        or (RE.asks.search(said) and not RE.of_people.search(said) and (narrows or any(map(is_name, named))))
        or any(m.value == "metal" and RE.for_it.search(draft.before(m)) for m in outside)
        or (not (is_told(said) or RE.apart.search(said)) and _names_goods(draft, clause, named, narrows))
        or (RE.part_zh.search(said) and not (RE.told_zh.search(said) or RE.led_zh.search(said)))
    ):
        return words[0].text
    return ""


def _is_manner(word: Mention | Token) -> bool:
    """Whether a word of a bare phrase is a person's name, a number, or says how it is written or meant."""
    number = isinstance(word, Token) and word.text[0].isdigit()
    return number or word.text in ASIDE or (word.text.endswith("ly") and word.text not in HAZARD)


def corrects(draft: Draft) -> bool:
    """Whether it sets right what was asked before: "sorry june", "oops, 2025", "no, I meant imports"."""
    return bool(draft.turn.answers and (draft.has("op", "fix") or draft.says(RE.sorry)))


def excuses_in(draft: Draft) -> Spans:
    """Where it is said why a correction was needed: "sorry june, fat finger"."""
    said = RE.stretch.finditer(draft.text) if corrects(draft) else ()
    return [match.span() for match in said if _excuses(draft, match)]


def unexcused(clause: Clause, excuses: Spans) -> list[Token]:
    """The unread words of a clause, but for excuses."""
    return [t for t in clause.content if not any(start <= t.start < end for start, end in excuses)]


def _excuses(draft: Draft, match: re.Match[str]) -> bool:
    """Whether words between signs name no slot and narrow nothing."""
    named = any(
        m.live and m.kind in _NAMED and match.start() <= m.start < match.end() for m in draft.mentions
    )
    return not (named or RE.narrows.match(match[0]) or HAZARD.intersection(match[0].split()))


def is_told(said: str) -> bool:
    """Whether somebody tells something of oneself, of one's work, or of other people."""
    work = (ATTRIBUTED | PERSONS).intersection(re.findall("[a-z]+", said))
    return not said.isascii() or bool(work or RE.of_people.search(said))


def _names_goods(draft: Draft, clause: Clause, named: list[Token], narrows: bool) -> bool:
    """Whether a phrase says which goods are meant: "in jumbo bags, alumina shipped out", ", sandy"."""
    kinds = {m.value for m in clause.mentions if m.kind == "oos"}
    asked = min((c.start for c in draft.asking if c.kinds() & set(STRONG)), default=0)
    if clause.start < asked:
        bare = (
            all(t in named for t in clause.left if t.text[0].isalnum()) and "courtesy" not in clause.kinds()
        )
        counted = len(named) + (len(kinds) if bare else 0)
        return counted > 1 or not kinds.isdisjoint(_OF_GOODS)
    counted = len(named) > bool(clause.kinds() & {"measure", "unit"})
    return bool(narrows or kinds.difference(_SOFT) or (counted and any(len(t.text) > 4 for t in named)))


def says_nothing(word: str) -> bool:
    """Whether an unread word is known to change nothing of what is asked."""
    bare = RE.ending.sub("", word)
    return word in NEUTRAL or bare in NEUTRAL or bare in PLAIN or is_courtesy_slip(word)


def is_name(token: Token) -> bool:
    """Whether it is a rare word that no slip explains: a firm, a place, a ship."""
    bare = RE.ending.sub("", token.text)
    return not token.is_han and len(bare) > 2 and rank(bare) >= FREQUENT and not is_ordinary_slip(bare)
