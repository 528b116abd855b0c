"""Amounts that figures are held against: bounds that months meet, numbers and ways that are claimed."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, cast

from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import load, patterns, split
from bot.questions.question import Change, Claim, Criterion, Side, Way

RE, BOUNDS = patterns("manner"), patterns("bounds")
OPPOSITE: Mapping[Side, Side] = {
    "above": "at_most", "at_most": "above", "below": "at_least", "at_least": "below",
}  # fmt: skip
MIRRORED: Mapping[Side, Side] = {
    "above": "below", "below": "above", "at_least": "at_most", "at_most": "at_least",
}  # fmt: skip
Bounded = tuple[Criterion, Claim | None]  # with the way that a change is said to have gone
_WAYS = {"import": ("import", "进口"), "export": ("export", "出口")}
_FACTORS = [(factor, re.compile(unit)) for factor, unit in cast(Any, load("amounts")["factors"])]
_SAID = {
    word: side.replace(" ", "_")
    for side, words in load("conditions")["side"].items()
    for word in split(words)
}
# Right before an amount; of several words that end there the longest, "not above" and no "above".
_ANY_SIDE = "|".join(rf"{'(?<![a-z])' * word[0].islower()}{re.escape(word)}" for word in _SAID)
_LED = re.compile(rf"(?:(?P<word>{_ANY_SIDE})|{BOUNDS.reaches.pattern}){BOUNDS.to_amount.pattern}$")


def find_bounds(draft: Draft) -> None:
    """Marks what says on which side of a claimed number something is."""
    mark_sides(draft, draft.live("claim"))


def mark_sides(draft: Draft, amounts: Iterable[Mention]) -> None:
    """Marks what says on which side of amounts something is: "reach", "no more than", "or more", 跌破."""
    for amount in amounts:
        if found := _side_at(draft, amount):
            side, start, end = found
            draft.left[:] = [token for token in draft.left if not start <= token.start < end]
            for mention in draft.mentions:  # its words are no negation, no place in an order, no comparison
                ordered = mention.kind == "op" or mention.value in ("ranking", "compare")
                mention.live &= not (ordered and start <= mention.start < end)
            draft.mentions.append(Mention("side", side, start, end, draft.text[start:end]))


def _side_at(draft: Draft, claim: Mention) -> tuple[Side, int, int] | None:
    before, after = draft.before(claim), draft.after(claim)
    mark = BOUNDS.mark.match(after)
    end = claim.end + (mark.end() if mark else 0)
    behind: Side | None = None
    if words := BOUNDS.or_more.match(after) or BOUNDS.or_less.match(after):
        behind = "at_least" if words.re is BOUNDS.or_more else "at_most"
        behind_end = claim.end + words.end()
    if led := _LED.search(before):
        side = cast(Side, _SAID.get(led["word"], "at_least"))
        denied = BOUNDS.denied.search(before[: led.start()])
        side, start = OPPOSITE[side] if denied else side, (denied or led).start()
        return side, start, behind_end if side == behind else end
    return (behind, claim.start, behind_end) if behind else None


def side_of(draft: Draft, claim: Mention) -> Side | None:
    """The side of an amount that was marked."""
    return next((m.value for m in draft.live("side") if m.start <= claim.start < m.end), None)


def criterion_in(draft: Draft) -> Criterion | None:
    """The bound that months are measured by."""
    text, way = draft.text, way_in(draft.text)
    for claim in draft.live("claim"):
        below = RE.below.search(text) and not RE.above.search(text)
        return _beyond(claim, side_of(draft, claim) or ("below" if below else "above"), draft)
    if draft.has("flow", "net"):
        said = draft.live("flow", "net")[-1].text
        named = said if any(word in said for words in _WAYS.values() for word in words) else text
        last = {flow: max(map(named.rfind, words)) for flow, words in _WAYS.items()}
        return Criterion("below" if last["import"] > last["export"] else "above", 0.0, "level")
    return Criterion("below" if way == "fall" else "above", 0.0, _basis(draft)) if way else None


def _beyond(claim: Mention, side: Side, draft: Draft) -> Criterion:
    """The bound of a level, or of a change: a fall by more than 5 % is one below -5 %."""
    amount, unit = amount_of(claim.text)
    if unit != "%":
        return Criterion(side, amount, "level")
    fell = way_in(draft.text) == "fall"
    return Criterion(MIRRORED[side] if fell else side, -amount if fell else amount, _basis(draft))


def _basis(draft: Draft) -> Change:
    return "mom" if draft.has("view", "mom") else "yoy"


def bounds_in(draft: Draft) -> tuple[Bounded, ...]:
    """The bounds that somebody wants confirmed: "did exports exceed 6 million tonnes?"."""
    sided = [(claim, side_of(draft, claim)) for claim in draft.live("claim")]
    if not asks_to_confirm(draft) or not all(side for _, side in sided):
        return ()
    if sided and draft.has("flow", "net"):  # of a balance more is on either side of zero
        draft.doubts.append("a bound")
        return ()
    found = [_beyond(claim, side, draft) for claim, side in sided if side]
    return tuple((each, claimed_way(draft.text) if each.of != "level" else None) for each in found)


def asks_to_confirm(draft: Draft) -> bool:
    """Whether somebody wants to know if it is so, of a series."""
    if any(BOUNDS.how_far.search(draft.before(claim)) for claim in draft.live("claim")):
        return False  # "how far below 20 Mt": by how much, and not if
    return bool(RE.asked.search(draft.text)) and (draft.has("series") or bool(draft.turn.questions))


def claim_in(draft: Draft) -> Claim | None:
    """A number or a direction that somebody wants confirmed; what lies between two is none."""
    if not asks_to_confirm(draft):
        return None
    way, claims = way_in(draft.text), draft.live("claim")
    between = any(BOUNDS.between.search(draft.before(claim)) for claim in claims)
    joined = any(BOUNDS.joined.fullmatch(draft.between(*pair)) for pair in pairwise(claims))
    if between or joined or draft.has("side"):
        draft.doubts.append("a bound")  # one of several, or a stretch between two
        return None
    for claim in claims:
        amount, unit = amount_of(claim.text)
        return Claim(pct=-amount if way == "fall" else amount, way=way) if unit == "%" else Claim(amount)
    if BOUNDS.fraction.search(draft.text) or not draft.has("view", "check"):
        return None
    return Claim(way=way) if way and draft.has("view", "growth") else None


def way_in(text: str) -> Way:
    """Which way something is said to have gone; neither where both are spoken of."""
    fell, rose = bool(RE.fell.search(text)), bool(RE.rose.search(text))
    return "" if fell == rose else "fall" if fell else "rise"


def claimed_way(text: str) -> Claim | None:
    """The way that it is said to have gone, as a claim."""
    return Claim(way=way) if (way := way_in(text)) else None


def amount_of(said: str) -> tuple[float, str]:
    """The amount in tonnes, US$ or percent, and "%" where it is of percent: 542 kt, 50万吨, 12 %."""
    match = RE.number.search(said)
    value = float(RE.thousands.sub("", match[0]).replace(",", "")) if match else 0.0
    factor = next((factor for factor, unit in _FACTORS if unit.search(said)), 1)
    return (value * factor, "") if factor else (value, "%")
