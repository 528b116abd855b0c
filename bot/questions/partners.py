"""Countries: partners that the record has, others that it has not, and which way they make the trade go."""

import re
from typing import NamedTuple

from bot.questions.draft import Draft, Mention
from bot.questions.origins import VIEW, side_of
from bot.questions.patterns import pattern
from bot.questions.scope import sits

_BEFORE = pattern("partners", "before")
_FROM, _TOWARDS = (
    ("from", "out of", "ex", "从", "自", "来自"),
    ("to", "into", "for", "对", "向", "往", "到", "去"),
)
_US = re.compile(r"(?:the us\b|us'?s? (?:alumin|alu|bauxite|export|import|scrap))")
_CHINA = re.compile(r"\bchin|中国|我国")
_ITS_OWN = pattern("partners", "its_own")  # 印度进口多少铝土矿
_SHARE = pattern("partners", "share")


class Trade(NamedTuple):
    """The partners, and which way they say the trade goes; or the country that is not on record."""

    partners: tuple[str, ...] = ()
    flow: str = ""
    outside: str = ""
    unclear: bool = False


def trade_with(draft: Draft) -> Trade:
    """What the countries in the asking clauses say."""
    if draft.has("view", VIEW):
        return Trade(flow=side_of(draft.text))
    mentions = [m for m in draft.live("country") if not _is_pronoun(draft, m)]
    if not mentions:
        return Trade()
    if all(_is_aside(draft, m) for m in mentions):
        draft.assumed.add("aside")
        return Trade()
    stranger = next((m for m in mentions if m.value not in draft.record.partners), None)
    if stranger:
        return Trade(outside=stranger.text)
    names = tuple(dict.fromkeys(m.value for m in mentions))
    if foreign := next((m for m in mentions if not _trades(draft, m.value)), None):
        return Trade(outside=foreign.text)
    return _directed(draft, mentions, names)


def _trades(draft: Draft, partner: str) -> bool:
    """Whether the record has figures of what is asked with that partner, whatever the measure."""
    names = [name for name in draft.values("series") if name != "all"] or [
        q.commodities[0] for q in draft.turn.questions if q.pairs
    ]
    flows = [flow for flow in draft.values("flow") if flow in ("export", "import")] or ["export", "import"]
    newest = draft.record.newest
    return not names or any(
        newest(names, flows, partner=partner, measure=measure) for measure in ("quantity", "value")
    )


def _is_pronoun(draft: Draft, mention: Mention) -> bool:
    return mention.text == "us" and not _US.match(draft.text[max(0, mention.start - 4) :])


def _preposition(draft: Draft, mention: Mention) -> str:
    match = _BEFORE.search(draft.before(mention))
    return (match[1] or match[2]) if match else ""


def _is_aside(draft: Draft, mention: Mention) -> bool:
    """Whether a country beside a whole question about China is only spoken of."""
    if sits(draft, mention):
        return True
    whole = draft.has("series") and draft.has("flow") and draft.has("time")
    near = any(
        m.live and m.kind in ("series", "flow") and 0 <= m.start - mention.end <= 3 for m in draft.mentions
    )
    loose = _preposition(draft, mention) in ("", "in", "for", "with")
    return whole and loose and not near and bool(_CHINA.search(draft.text))


def _directed(draft: Draft, mentions: list[Mention], names: tuple[str, ...]) -> Trade:
    said = set(draft.values("flow")) - {"both", "net"}
    ways: set[str] = set()
    for mention in mentions:
        preposition = _preposition(draft, mention)
        if preposition in _FROM:
            ways.add("import")
        elif preposition in _TOWARDS and preposition != "for":
            ways.add("export")
        elif said and not preposition and _is_possessive(draft, mention) and not asks_share(draft):
            return Trade(names, flow="import" if "export" in said else "export", unclear=True)
        elif (preposition == "by" and said) or (
            not preposition and _ITS_OWN.match(draft.after(mention)) and not _CHINA.search(draft.text)
        ):
            return Trade(names, unclear=True)
        elif "export" in said and _is_seller(draft, mention):
            return Trade(names, flow="export", unclear=True)
    if len(ways) > 1 or (ways and said and not ways & said):
        return Trade(names, flow=min(ways), unclear=True)
    return Trade(names, flow=ways.pop() if ways else "")


def _is_possessive(draft: Draft, mention: Mention) -> bool:
    """Whether it is a country's own trade: "India's bauxite imports"."""
    return mention.text.endswith("'s") or draft.after(mention).startswith(("'s", "'"))


def _is_seller(draft: Draft, mention: Mention) -> bool:
    """Whether the country stands before the series as whose exports they are: "Russian alumina exports"."""
    after = [m for m in draft.mentions if m.live and m.start >= mention.end and m.kind in ("series", "flow")]
    return bool(after) and after[0].start - mention.end <= 3 and not _CHINA.search(draft.text)


def asks_share(draft: Draft) -> bool:
    """Whether a partner's part of the whole is asked for."""
    return bool(_SHARE.search(draft.text.rstrip(" ?!.")))
