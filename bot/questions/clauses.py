"""Clauses: the text cut at sentences, bullets, dashes and commas; which of them ask, which are asides."""

import re
from itertools import pairwise

from bot.questions.draft import SLOTS, STRONG, Clause, Draft
from bot.questions.lexicon import ATTRIBUTED, CHINESE_WORDS, FUNCTION, FUNCTION_ZH
from bot.questions.patterns import pattern
from bot.questions.tokenise import Token

_SENTENCE = re.compile(
    r"(?<!\bvs)(?<!\bv)(?<!\bexp)(?<!\bimp)(?<!\bno)(?<!\bapprox)(?<!\bca)(?<!\bincl)(?<!\bexcl)(?<!\bmr)(?<!\bms)(?<!\bdr)(?<!\bcum)"
    r"\.(?=\s|$)|[!?;\n。!?;！？；]+|(?<=\s)-+(?=\s)|(?:(?<=\D)|^):(?=\s|\D)|[()\[\]]"
)
_PIECE = pattern("clauses", "piece")
_REQUESTS = pattern("decide", "requests")
_UNPARTED = re.compile(r"(?:(?!but|because|and |my |our |i )[a-z0-9 ])*")
# A main clause of its own that says why: "... asap my manager is waiting".
_REASON = pattern("clauses", "reason")
_OF_ONESELF = pattern("clauses", "of_oneself")  # "we are negotiating for Q4 and need ..."
_TOLD = pattern("clauses", "told")
_LIST = re.compile(r"[\s,、&/+]*(?:and|or|和|与|及)?[\s,]*")
_TIMELESS = ("ranking", "count", "streak")  # views that ask for a time of their own accord
_NEXT_WORD = re.compile(r"[ \t]+([a-z]+)")
_VERBS = frozenset("is was has had will were are".split())
_ENDING = re.compile(r"'(?:s|t|re|ve|ll|d|m)$")
_ASKS = (*SLOTS, "view", "point", "op", "country", "world", "scope")


def cut(draft: Draft) -> None:
    """Cuts the text into clauses and sorts them into those that ask and asides."""
    draft.clauses = _clauses(draft)
    _sort(draft)


def _clauses(draft: Draft) -> list[Clause]:
    text = draft.text
    if _UNPARTED.fullmatch(text):
        return [Clause(0, len(text), [m for m in draft.mentions if m.live], list(draft.left), 0)]
    breaks = [m.end() for m in _SENTENCE.finditer(text) if not _inside(draft, m.start(), m.end())]
    pieces = [m.end() for m in _PIECE.finditer(text) if not _inside(draft, m.start(), m.end())]
    asked = min((m.end for m in draft.mentions if m.kind == "series"), default=len(text))
    pieces += [m.end() for m in _REASON.finditer(text) if m.start() > asked]
    times = [m for m in draft.mentions if m.kind == "time"]
    lists = [(a.end, b.start) for a, b in pairwise(times) if _LIST.fullmatch(text[a.end : b.start])]
    cuts = sorted({*breaks, *(p for p in pieces if not any(a < p <= b for a, b in lists)), len(text)})
    found, start, sentence = [], 0, 0
    for end in cuts:
        if end > start:
            mentions = [m for m in draft.mentions if start <= m.start < end and m.live]
            left = [t for t in draft.left if start <= t.start < end]
            found.append(Clause(start, end, mentions, left, sentence))
            start = end
        sentence += end in breaks
    return found


def _inside(draft: Draft, start: int, end: int) -> bool:
    """Whether a sign lies within a mention."""
    return any(m.start < end and start < m.end and m.start <= start and end <= m.end for m in draft.mentions)


def content(left: list[Token]) -> list[Token]:
    """The unread words that are neither function words nor signs."""
    found, at = [], 0
    han = [token for token in left if token.is_han]
    while at < len(han):
        size = next((n for n in (4, 3, 2) if _is_word(han[at : at + n], n)), 1)
        run = han[at : at + size]
        if any(token.text not in FUNCTION_ZH for token in run):
            found.append(Token("".join(t.text for t in run), run[0].start, run[-1].end))
        at += size
    for token in left:
        word = token.text
        if (
            not token.is_han
            and word[0].isalnum()
            and word not in FUNCTION
            and _ENDING.sub("", word) not in FUNCTION
        ):
            found.append(token)
    return found


def _is_word(run: list[Token], size: int) -> bool:
    return (
        len(run) == size
        and run[-1].end - run[0].start == size
        and "".join(t.text for t in run) in CHINESE_WORDS
    )


def _sort(draft: Draft) -> None:
    """Chooses the clauses that ask: those with a series, and those that add a slot without much talk."""
    core = [c for c in draft.clauses if "series" in c.kinds()]
    sentences: dict[int, set[str]] = {}
    for clause in draft.clauses:
        sentences.setdefault(clause.sentence, set()).update(clause.kinds())
    whole = {n for n, kinds in sentences.items() if "series" in kinds and kinds & {"flow", "time"}}
    best = [c for c in core if c.kinds() & {"flow", "time"}] or [
        c for c in draft.clauses if c.sentence in whole and c.kinds() & set(STRONG)
    ]
    draft.best = best
    timeless = any(m.kind == "view" and m.value in _TIMELESS for c in core for m in c.mentions)
    have = {kind for c in core if c.sentence in whole for kind in c.kinds()}
    order = sorted(draft.clauses, key=lambda c: (c not in core, c.sentence not in whole, c.start))
    for clause in order:
        kinds = clause.kinds()
        if not kinds & set(_ASKS):
            continue
        new = (kinds & set(STRONG)) - have
        apart = new == {"time"} and core and clause.sentence not in {c.sentence for c in core}
        if apart and ((timeless and not _asks_on(draft, clause)) or _is_told(draft, clause)):
            draft.asides.append(clause)
            continue
        if (
            clause in core
            or not best
            or _adds(clause, draft.text[clause.start : clause.end], new, clause.sentence in whole)
        ):
            draft.asking.append(clause)
            have |= new
        elif kinds & set(STRONG):
            draft.asides.append(clause)
    draft.asking += _parts_of_asking(draft)
    draft.asking.sort(key=lambda c: c.start)
    if not timeless:
        _times_aside(draft, core, whole)


def _parts_of_asking(draft: Draft) -> list[Clause]:
    """What a bracket or a colon only parts from the question: "alloy wheels: how many tonnes"."""
    found = []
    for at, clause in enumerate(draft.clauses[:-1]):
        sign = draft.text[clause.start : clause.end].rstrip()[-1:]
        after = draft.clauses[min(at + 2, len(draft.clauses) - 1) if sign == "(" else at + 1]
        inside = sign == ")" and any(
            m.kind == "oos" and m.value in ("part", "grade") for m in clause.mentions
        )
        beside = sign in ("(", ":") and after in draft.asking and "oos" in clause.kinds()
        if clause not in draft.asking and (inside or beside):
            found.append(clause)
    return found


def _is_told(draft: Draft, clause: Clause) -> bool:
    """Whether its time belongs to what a sentence tells: "our Q3 review", "March is your best month"."""
    time = next(m for m in clause.mentions if m.kind == "time")
    match = _NEXT_WORD.match(draft.text, time.end)
    if not match:
        return False
    word = match[1]
    return word in _VERBS or word in ATTRIBUTED or word not in FUNCTION


def _adds(clause: Clause, clause_text: str, new: set[str], same_sentence: bool) -> bool:
    """Whether a clause beside a whole question still belongs to it."""
    kinds = clause.kinds()
    talk = len(content(clause.left)) + sum(m.kind == "word" for m in clause.mentions)
    strong = kinds & set(STRONG)
    if strong and any(m.kind == "op" and m.value in ("fix", "not") for m in clause.mentions):
        return same_sentence or talk < 2
    if not strong:
        return talk < (2 if same_sentence else 1)
    if strong == {"time"} and not new and _OF_ONESELF.search(clause_text):
        return False
    if not new and not same_sentence and strong == {"time"} and _TOLD.search(clause_text):
        return False  # "for January the combined figure is fine"
    if new and talk < (6 if same_sentence else 2):
        return True
    return talk < (2 if same_sentence else 1)


def _times_aside(draft: Draft, core: list[Clause], whole: set[int]) -> None:
    """Where no asking clause has a time the one of an aside may be meant."""
    if not core or any(m.kind == "time" for c in draft.asking for m in c.mentions):
        return
    for clause in draft.asides:
        if "time" in clause.kinds():
            draft.asking.append(clause)
            if clause.sentence not in whole and not _asks_on(draft, clause):
                draft.doubts.append("time in an aside")
    draft.asking.sort(key=lambda c: c.start)


def _asks_on(draft: Draft, clause: Clause) -> bool:
    """Whether a sentence with the only time is part of what is asked: it says little else, or requests."""
    return len(content(clause.left)) < 2 or bool(_REQUESTS.search(draft.text[clause.start : clause.end]))


def silence_asides(draft: Draft) -> None:
    """Mentions outside the asking clauses no longer count."""
    for mention in draft.mentions:
        if not any(clause.holds(mention.start) for clause in draft.asking):
            mention.live = False
