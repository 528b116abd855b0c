"""Clauses: the text cut at sentences, bullets, dashes, commas; which ask, which are asides; its wishes."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from bot.questions.draft import SLOTS, STRONG, Clause, Draft, Mention
from bot.questions.lexicon import patterns
from bot.questions.scope import is_attribute
from bot.questions.turn import once

RE = patterns("clauses")
_TIMELESS = ("ranking", "count", "streak")  # views that ask for a time of their own accord
_ASKS = (*SLOTS, "view", "point", "op", "country", "world", "scope", "side")


def _clauses(draft: Draft) -> list[Clause]:
    text = draft.text
    if RE.unparted.fullmatch(text):
        return [Clause(0, len(text), [m for m in draft.mentions if m.live], list(draft.left), 0)]
    ends = {m.end() for m in RE.sentence.finditer(text)}
    pieces = [m.end() for m in RE.piece.finditer(text)]
    asked = min((m.end for m in draft.mentions if m.kind == "series"), default=len(text))
    pieces += [m.end() for m in RE.reason.finditer(text) if m.start() > asked]
    times = [m for m in draft.mentions if m.kind == "time"]
    lists = [(a.end, b.start) for a, b in pairwise(times) if RE.listed.fullmatch(text[a.end : b.start])]
    cuts = sorted({*ends, *(p for p in pieces if not any(a < p <= b for a, b in lists)), len(text)})
    found, sentence = [], 0
    for start, end in pairwise((0, *cuts)):
        found.append(Clause(start, end, [], [], sentence))
        sentence += end in ends
    for mention in draft.mentions:
        if mention.live:
            found[bisect_right(cuts, mention.start)].mentions.append(mention)
    for token in draft.left:
        found[bisect_right(cuts, token.start)].left.append(token)
    return found


def cut(draft: Draft) -> None:
    """Cuts the text into clauses that ask and asides: those with a series ask, or that add a slot to them."""
    draft.clauses = _clauses(draft)
    named = [c for c in draft.clauses if "series" in c.kinds()]
    core = [c for c in named if "flow" in c.kinds() or not RE.own_trade.search(draft.said(c))] or named
    sentences: dict[int, set[str]] = {}
    for clause in draft.clauses:
        sentences.setdefault(clause.sentence, set()).update(clause.kinds())
    whole = {n for n, kinds in sentences.items() if "series" in kinds and kinds & {"flow", "time"}}
    in_whole = [c for c in draft.clauses if c.sentence in whole and c.kinds() & set(STRONG)]
    draft.best = [c for c in core if c.kinds() & {"flow", "time"}] or in_whole
    timeless = any(m.kind == "view" and m.value in _TIMELESS for c in core for m in c.mentions)
    have = {kind for c in core if c.sentence in whole for kind in c.kinds()}
    for clause in sorted(draft.clauses, key=lambda c: (c not in core, c.sentence not in whole, c.start)):
        kinds, same_sentence = clause.kinds(), clause.sentence in whole
        new = (kinds & set(STRONG)) - have
        if not kinds & set(_ASKS):
            continue
        if clause in core or not draft.best or _adds(draft, clause, new, same_sentence):
            draft.asking.append(clause)
            have |= new
        elif kinds & set(STRONG):
            draft.asides.append(clause)
    draft.asking += _parts_of_asking(draft)
    if core and not timeless and not any(m.kind == "time" for c in draft.asking for m in c.mentions):
        draft.asking += [clause for clause in draft.asides if "time" in clause.kinds()]
    draft.asking.sort(key=lambda c: c.start)


def _parts_of_asking(draft: Draft) -> list[Clause]:
    """What a sign only parts from the question: "alloy wheels: how many tonnes", "what was the duty, ..."."""
    found = []
    for at, clause in enumerate(draft.clauses[:-1]):
        sign = draft.said(clause).rstrip()[-1:]
        after = draft.clauses[min(at + 2, len(draft.clauses) - 1) if sign == "(" else at + 1]
        kinds = {m.value for m in clause.mentions if m.kind == "oos" and not is_attribute(draft, m)}
        beside = sign in ("(", ":") and after in draft.asking and kinds
        alone = len(clause.left) == 1 or RE.quantity.search(draft.said(clause))  # but for its sign
        asks = alone and sign == "," and kinds & {"price", "industry", "policy"}
        if clause not in draft.asking and (beside or asks or (sign == ")" and kinds & {"part", "grade"})):
            found.append(clause)
    return found


def _adds(draft: Draft, clause: Clause, new: set[str], same_sentence: bool) -> bool:
    strong, text = clause.kinds() & set(STRONG), draft.said(clause)
    talk = len(clause.content) + sum(m.kind == "word" for m in clause.mentions)
    before = draft.clauses[max(draft.clauses.index(clause) - 1, 0)]
    leading = before.mentions if before.kinds() <= {"op"} else []  # "wait, the client said may"
    operators = {m.value for m in (*leading, *clause.mentions) if m.kind == "op"}
    if strong and operators & {"fix", "not"}:
        return same_sentence or talk < (4 if "fix" in operators else 2)
    points = "point" in clause.kinds() and text.rstrip().endswith("?")  # "Is that up on April?"
    told = RE.told.search(text) and strong and not (same_sentence or points)  # "for May it is fine"
    if strong <= {"time"} and not new and (told or RE.of_oneself.search(text)):
        return False
    if strong and new:
        return talk < (6 if same_sentence else 2)
    return talk < (2 if same_sentence else 1)


def silence_asides(draft: Draft) -> None:
    """Mentions outside the asking clauses no longer count, but for the time of "that month"."""
    asked = [m for clause in draft.asking for m in clause.mentions if m.kind == "time"]
    aside = [m for m in draft.live("time") if m not in asked]
    points = not draft.turn.answers and any(m.time.kind == "same" and m.time.year is None for m in asked)
    for mention in draft.mentions:
        if not any(clause.holds(mention.start) for clause in draft.asking):
            mention.live = points and aside == [mention]


Wish = dict[str, list[Mention]]


@dataclass(slots=True)
class Group:
    """The slots of one wish."""

    series: list[str]
    flows: list[Any]
    times: list[Mention]
    own: list[Mention]  # what it says itself

    def says(self, *kinds: str) -> bool:
        """Whether it says all these kinds of slot itself."""
        return {*kinds} <= {m.kind for m in self.own}


def groups_of(draft: Draft) -> list[Group]:
    """The wishes of a message whose times are tied; a kind of slot that comes again begins a new one."""
    named = any(m.value != "all" for m in draft.live("series"))
    for mention in draft.live("series", "all") if named else ():
        mention.live = False
    sequence = [m for m in draft.slots() if not (m.kind == "time" and m.time.kind == "cumulative")]
    wishes: list[Wish] = [{}]
    for kind, run in groupby(sequence, key=attrgetter("kind")):
        if kind in wishes[-1]:
            wishes.append({})
        wishes[-1][kind] = list(run)
    for wish in wishes:
        wish["own"] = [m for run in wish.values() for m in run]
    pairs = [*pairwise(wishes)]
    for kind in STRONG:  # gaps are filled from the wish before, then from the one after
        for source, wish in (*pairs, *((after, before) for before, after in reversed(pairs))):
            if kind not in wish and kind in source:
                wish[kind] = source[kind]
    return _joined(wishes)


def _joined(wishes: Sequence[Wish]) -> list[Group]:
    found: list[Group] = []
    for wish in wishes:
        series, flows = ([*once([m.value for m in wish.get(kind, ())])] for kind in ("series", "flow"))
        times = wish.get("time", [])
        if found and (found[-1].series, found[-1].flows) == (series, flows):
            found[-1].times += [m for m in times if m not in found[-1].times]
            found[-1].own += wish["own"]
        else:
            found.append(Group(series, flows, list(times), wish["own"]))
    return found
