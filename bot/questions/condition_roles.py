"""What the words of a condition stand for beside the others: bases, multiples, turns, numbers."""

from dataclasses import replace
from decimal import Decimal

from bot.questions.amounts import bare
from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import Lexicon, patterns, words_of
from bot.questions.tokenise import tokens

NAMES_LEVEL = words_of("conditions", "level", "side")
RE = patterns("conditions")
_NUMBERS = ("amount", "percent", "bare")


def assign_roles(draft: Draft, lexicon: Lexicon) -> None:
    """Decides what each word stands for; what serves nothing stays a word of the text."""
    for mention in list(draft.mentions):
        known = lexicon.phrases.get(tuple(tokens(mention.text.removesuffix("'s"))))
        if known and known.kind == "before":
            _compare(draft, mention, known.value)
    for mention in list(draft.mentions):
        match mention.kind:
            case "side_before" | "way_before":
                number = _beside(draft, mention.end, *_NUMBERS)
                mention.kind = mention.kind.removesuffix("_before") if number else "word"
            case "multiple":
                mention.kind, (*way, pct) = "word", str(mention.value).split()
                if not draft.has("growth"):  # a growth that doubles is something else
                    mention.kind, mention.value = "percent", Decimal(pct)
                    draft.mentions.extend(replace(mention, kind="way", value=each) for each in way)
            case "turn":
                _turn(draft, mention)
            case "often" if mention.value == "maybe":  # "tell me once exports exceed" is no once
                leads = any(m.kind == "series" and m.start > mention.end for m in draft.mentions)
                mention.kind, mention.value = "lead" if leads else "often", "once"
    sides = [m.end for m in draft.live("side") if not _beside(draft, m.end, *_NUMBERS, "time", "series")]
    draft.mentions += filter(None, (bare(draft.text, end) for end in sides))


def _beside(draft: Draft, at: int, *kinds: str, ends: bool = False) -> Mention | None:
    """The mention of these kinds that begins right there, or ends there."""
    for mention in draft.mentions:
        gap = draft.text[mention.end : at] if ends else draft.text[at : mention.start]
        near = mention.end <= at if ends else mention.start >= at
        if mention.live and mention.kind in kinds and near and gap.strip() in ("", "the"):
            return mention
    return None


def _compare(draft: Draft, mention: Mention, basis: str) -> None:
    """A year or a month before: a bound after a side, a basis after a word that compares; else a time."""
    side = _beside(draft, mention.start, "side", ends=True)
    if side and side.text != "over":
        side.kind, mention.kind, mention.value = "beyond", "than", basis
    elif against := RE.against.search(draft.before(mention)):
        _take_in(draft, mention, against.start())
        mention.kind, mention.value = "basis", basis
    elif (of_it := RE.of_it.search(draft.before(mention))) and _is_beyond(draft, of_it.start()):
        _take_in(draft, mention, of_it.start())
        mention.kind, mention.value = "basis", basis


def _take_in(draft: Draft, mention: Mention, start: int) -> None:
    for other in draft.mentions:
        other.live = other.live and not start <= other.start < mention.start
    mention.start = start


def _is_beyond(draft: Draft, at: int) -> bool:
    """So much of what it was, as a change beyond it: above 120 % of last year is up by more than 20 %."""
    pct = _beside(draft, at, "percent", ends=True)
    side = _beside(draft, pct.start, "side", ends=True) if pct else None
    if not (pct and side) or draft.has("basis") or draft.has("growth") or draft.has("way", "either"):
        return False
    up = side.value in ("above", "at least")
    if (pct.value < 100 if up else pct.value > 100) or (draft.has("way") and side.text not in NAMES_LEVEL):
        return False
    for way in draft.live("way"):
        way.kind = "lead"
    pct.value = abs(pct.value - 100)
    draft.mentions.append(Mention("way", "up" if up else "down", side.start, side.end, side.text))
    side.live = side.value in ("at least", "at most")
    return True


def _turn(draft: Draft, mention: Mention) -> None:
    """Turns net importer, 转为净进口, 由增转降: towards the last sign that follows, or one and the other."""
    signs = [m for m in draft.live("sign") if m.start >= mention.end]
    way = _beside(draft, mention.end, "way")
    if way and way.value != "either" and not mention.text.isascii():
        way.value = "positive" if way.value == "up" else "negative"
        signs = [way]
    either = len(signs) > 1 and RE.one_or_other.search(draft.between(signs[0], signs[-1]))
    for sign in signs:
        sign.kind = "turned" if either or sign is signs[-1] else "lead"
    mention.kind = "lead" if signs else "word"
