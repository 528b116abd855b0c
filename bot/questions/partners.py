"""Countries: which texts ask for trade by country, which partners are named, and which way the trade goes."""

from functools import partial
from typing import Literal, NamedTuple

from bot.dataset.model import MEASURES, Flow, Series
from bot.questions.draft import Draft, Mention
from bot.questions.lexicon import NUMBER_WORDS, patterns, residue
from bot.questions.scope import is_attribute, sits
from bot.questions.turn import once

RARE = 10  # to one month with such a partner, at the least, without
ROWS = 8  # countries of a table where no number of them is named
VIEW = "partners"
Side = Flow | Literal[""]
_OTHER_VIEWS = ("why", "count", "streak", "average", "season", "rolling", "check", "sources")
RE = patterns("partners")
_FROM, _TOWARDS = residue("from"), residue("towards")
_BOTH: list[Flow] = ["export", "import"]


class Trade(NamedTuple):
    """The partners, and which way they say the trade goes; or the country that is not on record."""

    partners: tuple[str, ...] = ()
    flow: Side = ""
    outside: str = ""
    unclear: bool = False


def trade_with(draft: Draft) -> Trade:
    """What the countries in the asking clauses say."""
    if draft.has("view", VIEW):
        return Trade(flow=side_of(draft.text))
    there = RE.from_there.search(draft.text)  # "a piece on Guinea. How much came from there?"
    named = [m for m in draft.mentions if m.kind == "country" and (m.live or there)]
    about = ((m, draft.text[max(0, m.start - 4) :]) for m in named)
    mentions = [m for m, text in about if m.text != "us" or RE.us.match(text)]
    if not mentions:
        return Trade()
    if all(_is_aside(draft, m) for m in mentions):
        draft.assumed.add("aside")
        return Trade()
    partners = draft.record.partners
    outside = [m for m in mentions if m.value not in partners]
    outside = outside or [m for m in mentions if not _trades(draft, m)]
    trade = Trade(outside=outside[0].text) if outside else _directed(draft, mentions)
    names = [name for name in draft.values("series") if name != "all"]
    have = {flow for name in names for flow in draft.record.catalogue[name].flows}
    if trade.flow and have and trade.flow not in have and not draft.has("flow"):
        return Trade(outside=mentions[0].text)  # "bauxite to India"
    return trade


def _trades(draft: Draft, mention: Mention) -> bool:
    shown = [question.commodities[0] for question in draft.turn.questions if question.pairs]
    names = [name for name in draft.values("series") if name != "all"] or shown
    flows = [flow for flow in draft.values("flow") if flow in _BOTH] or _BOTH
    newest = partial(draft.record.newest, names, flows, partner=mention.value)
    return not names or any(newest(measure=measure) for measure in ("quantity", "value"))


def _preposition(draft: Draft, mention: Mention) -> str:
    match = RE.before.search(draft.before(mention)) or RE.begins.match(mention.text)
    return (match[1] or match[2]) if match else ""


def _is_aside(draft: Draft, mention: Mention) -> bool:
    """Whether a country is only spoken of: somebody is there, or is from there."""
    who = RE.people.match(draft.after(mention)) or RE.is_from.search(draft.before(mention))
    if who or sits(draft, mention):
        return True
    loose = draft.is_whole and _preposition(draft, mention) in ("", "in", "for", "with")
    loose = loose and not (draft.has("op", "fix") or asks_share(draft) or RE.from_us.search(draft.text))
    loose = loose and not RE.arrived.search(draft.before(mention))
    around = draft.before(mention), draft.after(mention)
    acts = any(map(RE.subject.search, around))  # "did Guinea ship to China"
    return loose and not (acts or _leads(draft, mention)) and bool(RE.reporter.search(draft.text))


def _leads(draft: Draft, mention: Mention) -> bool:
    """Whether a series or flow follows: "Russian alumina exports"."""
    lines = draft.live("series") + draft.live("flow")
    return any(0 <= m.start - mention.end <= 3 for m in lines)


def _directed(draft: Draft, mentions: list[Mention]) -> Trade:
    names = once(m.value for m in mentions)
    said, ways = set(draft.values("flow")) - {"both", "net"}, set[Side]()
    of_us = RE.reporter.search(draft.text)
    towards = [_preposition(draft, mention) in ("to", "into") for mention in mentions]
    if any(towards) and not (towards[0] or of_us or len(said) > 1):
        return Trade(outside=mentions[0].text)  # "how much does Guinea ship to India"
    for mention in mentions:
        preposition, after = _preposition(draft, mention), draft.after(mention)
        own = mention.text.endswith("'s") or after.startswith(("'s", "'"))  # "India's bauxite imports"
        if preposition in _FROM:
            ways.add("import")
        elif preposition in _TOWARDS:
            ways.add("export")
        elif said and not preposition and own and not asks_share(draft):
            return Trade(names, flow="import" if "export" in said else "export", unclear=True)
        elif "export" in said and _leads(draft, mention) and not of_us:
            return Trade(names, flow="export", unclear=True)
        elif not (preposition or of_us or ways) and said == {"import"} and _is_rare(draft, mention.value):
            return Trade(names, unclear=True)  # "Japan's alumina imports" are its own as likely as from there
    if len(ways) > 1 or (ways and said and not ways & said):
        return Trade(names, flow=min(ways), unclear=True)
    return Trade(names, flow=ways.pop() if ways else "")


def _is_rare(draft: Draft, partner: str) -> bool:
    names = [name for name in draft.values("series") if name != "all"]
    lines = [Series(name, "import", measure=measure) for name in names for measure in MEASURES]
    months = draft.record.months
    often = (len(months(line._replace(partner=partner))) * RARE > len(months(line)) for line in lines)
    return not any(often) and not asks_share(draft)


def asks_share(draft: Draft) -> bool:
    """Whether a partner's part of the whole is asked for."""
    return not draft.only_slots and bool(RE.share.search(draft.text.rstrip(" ?!.")))


def find_by_country(draft: Draft) -> None:
    """Turns what asks for countries into a view, where they are asked of a series, or of what was shown."""
    heads = [m for m in draft.live("oos", "country") if not is_attribute(draft, m)]
    where = draft.says(RE.where) if draft.has("series") and not heads else None
    if not (where or heads) or RE.not_that.search(draft.text):
        return
    if draft.has("op", "except") or draft.has("view", *_OTHER_VIEWS):
        return
    if any(m.value not in draft.record.partners for m in draft.live("country")):
        return  # "of Indonesian origin" asks for one that is not on record
    if where:
        draft.mentions.append(Mention("view", VIEW, *where.span(), where[0]))
    named = side_of(draft.text) and len(draft.text.split()) <= 5  # "biggest suppliers"
    if where or named or draft.turn.answers or draft.has_any("series", "flow"):
        for mention in heads:
            mention.kind, mention.value = "view", VIEW
        _settle(draft)


def _settle(draft: Draft) -> None:
    """What the words for the side and the number of countries hold says nothing else."""
    side, count = RE.buyers.search(draft.text) or RE.sellers.search(draft.text), RE.count.search(draft.text)
    for mention in draft.mentions:
        if side and mention.kind in ("flow", "weakflow") and side.start() <= mention.start < side.end():
            mention.kind = "word"
    if count:
        draft.left = [token for token in draft.left if not count.start() <= token.start < count.end()]


def side_of(text: str) -> Side:
    """The flow that the words for a country name: suppliers sell to us, destinations take its exports."""
    if RE.buyers.search(text):
        return "export"
    return "import" if RE.sellers.search(text) else ""


def places_in(text: str) -> int:
    """How many countries are asked for."""
    match = RE.count.search(text)
    said = next((each for each in match.groups() if each), "") if match else ""
    return int(said) if said.isdigit() else NUMBER_WORDS.get(said, ROWS)
