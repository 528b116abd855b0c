"""Words that change what is asked wherever they stand in it: numbers, and words of a list."""

from bot.questions.draft import LEAD, Draft
from bot.questions.lexicon import patterns, residue
from bot.questions.partners import asks_share
from bot.questions.tokenise import Token

HAZARD = residue("hazard")
NUMBER_BEFORE, NUMBER_AFTER = residue("number_before"), residue("number_after")
ATTRIBUTE, OTHER_SENSE = residue("attribute"), residue("other_sense")
_OF_GOODS = frozenset("grade type quality brand spec types firm firms state".split())
_BOUNDS = frozenset("over under above below least most exceeding".split())
_FACTORS = frozenset("times twice percent pct third".split())
# Views of which such a word only says how: "seasonally" beside a season.
_GOES_WITH = {
    "half": ("halves",),
    "seasonally": ("rolling", "season", "ratio"),
    **dict.fromkeys(_BOUNDS, ("count", "streak", "check")),
    **dict.fromkeys(_FACTORS, ("growth", "compare", "difference")),
}
RE = patterns("residue")


def changing(draft: Draft, token: Token) -> str:
    """The word, where it changes what is asked whatever its place: a number, a hazard."""
    if token.text[0].isdigit():
        return token.text if _is_counted(draft, token) else ""
    if token.is_han:
        return hazard[0] if (hazard := RE.hazard_zh.match(draft.text, token.start)) else ""
    bare = RE.ending.sub("", token.text)
    return token.text if bare in HAZARD and not _is_harmless(draft, bare, token) else ""


def _is_counted(draft: Draft, token: Token) -> bool:
    """Whether an unread number counts something: not of a list, of what people count, or of places."""
    earlier, after = draft.lead(token), draft.text[token.end :]
    word_before, word_after = RE.word_before.search(earlier), RE.word_after.match(after)
    listed = RE.line_start.search(earlier) or draft.says(RE.first_of_list)
    return not (
        (listed and RE.list_sign.match(after))
        or (word_before and word_before[1] in NUMBER_BEFORE)
        or (word_after and word_after[1] in NUMBER_AFTER)
        or any(m.start - 12 < token.end and token.start < m.end + 4 for m in draft.live("view", "ranking"))
        or draft.has("view", "count", "streak", "season", "rolling")
        or not token.text.strip("0")
    )


def _is_harmless(draft: Draft, word: str, token: Token) -> bool:
    if RE.harmless.match(draft.text, token.start) or draft.has("view", *_GOES_WITH.get(word, ("no such",))):
        return True
    slots = list(draft.slots())
    near = [m for m in slots if 0 <= m.start - token.end <= 12]
    if word in _BOUNDS:
        return draft.has("claim") or any(m.kind == "time" and m.start - token.end <= 6 for m in near)
    if word in _FACTORS:
        return draft.has("claim") or asks_share(draft)
    match word:
        case "half":
            return any(m.time.kind == "half" for m in draft.live("time"))
        case "yesterday":
            return draft.has("time")
    if word in _OF_GOODS:
        return not any(m.kind in ("series", "flow") and -LEAD <= m.start - token.end <= 30 for m in slots)
    return word in OTHER_SENSE and not near
