"""A condition that was typed, read as a question is: its series, and what of it is to be watched for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.questions.amounts import quantities, unit_behind
from bot.questions.bounds import mark_sides
from bot.questions.condition import Condition
from bot.questions.condition_tests import read_test
from bot.questions.draft import Draft, Mention, content
from bot.questions.language import heard, simplified
from bot.questions.lexicon import lexicon_of, load, patterns
from bot.questions.mentions import Scan
from bot.questions.normalise import normalise
from bot.questions.question import Question
from bot.questions.reading import Reading, Reason
from bot.questions.spelling import corrected, is_courtesy_slip
from bot.questions.turn import Turn
from bot.questions.understand import understand
from bot.words import Language

LONGEST = 500  # characters
MOST = 3  # offers
_SIGNS = str.maketrans({"≥": ">=", "≧": ">=", "⩾": ">=", "≤": "<=", "≦": "<=", "⩽": "<="})
RE, WATCHED = patterns("conditions"), patterns("watched")
# Words that say nothing of the series: they are taken out before it is read.
_OWN = frozenset(load("conditions")) - {"op"} | {"amount", "percent", "several", "stray", "view", "time"}
_SLOTS = frozenset(("series", "flow", "country"))
_BESIDE = ("series", "flow", "side", "amount", "percent", "turned", "record", "basis")
_NAMES = ("series", "flow", "country", "scope", "oos", "unit")


class ConditionReading(NamedTuple):
    """The condition that was read; or why it is none, and up to three that may be meant.

    `corrected` maps slips to what they meant.
    """

    condition: Condition | None
    reason: Reason | None
    offers: tuple[Condition, ...]
    corrected: Mapping[str, str]
    language: Language


def read_condition(text: str, record: Dataset, last: Question | None = None) -> ConditionReading:
    """Reads a condition that is typed after the question `last` of its thread, whose series it may be of.

    Never raises.
    """
    language, said = heard(text[: LONGEST + 1], None)
    draft = _draft(RE.spaces.sub(" ", simplified(said.translate(_SIGNS)).casefold()), record)
    rest = _without((m for m in draft.mentions if m.live and m.kind in _OWN), draft.text, " ")
    reason, asked = _asked(draft, understand(RE.dangling.sub("", rest), record=record), last)
    every = [series for each in asked for series in _series(each, record)]
    known = [each for each in every if record.months(*each)]
    if not reason and len(every) > 1:
        reason = Reason("one_series")
    if not reason and not (known and known[0][0].flow in asked[0].flows):
        reason = Reason("not_on_record")
    found = list[Condition]()
    for series, scope in known:
        test = read_test(draft, series)
        if isinstance(test, Reason):
            reason = test if reason in (None, Reason("may_be_meant")) else reason
        else:
            found.append(Condition(series, test, draft.has("often", "once"), scope))
    offers = tuple(dict.fromkeys(found))[:MOST] if reason else ()
    return ConditionReading(None if reason else found[0], reason, offers, draft.slips, language)


def _draft(text: str, record: Dataset) -> Draft:
    lexicon = lexicon_of(record.catalogue, "conditions", taught=record.taught)
    body, slips = corrected(unit_behind(normalise(text)), lexicon)
    found = [*quantities(body)]
    for name, phrase in WATCHED.all.items():
        kind, _, value = name.partition(" ")
        found += (Mention(kind, value, m.start(), m.end(), m[0]) for m in phrase.finditer(body))
    scan = Scan(_without(found, body, "‡"), lexicon, record.today)
    mentions = sorted([*found, *scan.mentions], key=lambda m: m.start)
    draft = Draft(body, record, Turn(), mentions, scan.left, slips)
    for stray in draft.live("side"):
        stray.kind = "stray"
    mark_sides(draft, [*draft.live("amount"), *draft.live("percent")])
    for stray in draft.live("stray"):
        stray.live = not any(side.start <= stray.start < side.end for side in draft.live("side"))
    for maybe in draft.live("often", "maybe"):  # "tell me once exports exceed" is no once
        leads = any(m.start > maybe.end for m in draft.live("series"))
        maybe.kind, maybe.value = "lead" if leads else "often", "once"
    return draft


def _without(mentions: Iterable[Mention], text: str, mark: str) -> str:
    for mention in mentions:
        text = text[: mention.start] + mark * (mention.end - mention.start) + text[mention.end :]
    return text


def _asked(draft: Draft, named: Reading, last: Question | None) -> tuple[Reason | None, list[Question]]:
    """What the condition is of; with a reason where that is unclear, or cannot be watched as it was said."""
    asked = [_fitted(each, draft, named) for each in named.questions or named.offers]
    if reason := _not_read(draft):
        return reason, []
    if named.outcome == "outside" and not draft.has("time"):
        return named.reason, asked
    if unused := next(_unused(draft), None):
        return unused, []
    if last and last.commodities and not draft.has_any(*_NAMES) and not content(draft.left):
        measure = (draft.values("measure") or [last.measure])[0]
        asked = [_fitted(replace(last, measure=measure), draft, named)]
    else:
        reason = _which(named)
    if asked and asked[0].unit in ("t/day", "%"):
        return Reason("single_months"), []
    every = [Question.of((name,), of.flows, view="trend") for name, of in draft.record.catalogue.items()]
    return reason, every if reason and not named.said & _SLOTS else asked


def _not_read(draft: Draft) -> Reason | None:
    kinds = {m.kind for m in draft.mentions if m.live} - {"lead", "courtesy", "point", "stray"}
    if len(draft.text) > LONGEST:
        return Reason("too_long")
    if not kinds and not content(draft.left):
        return Reason("how")
    if "manage" in kinds and not kinds & {"series", "side", "record", "turned"}:
        return Reason("in_the_list")
    left_out = [m.text for m in draft.live("op", "not")]
    return Reason("not_read", tuple(left_out[:1])) if left_out else None


def _which(named: Reading) -> Reason | None:
    """Why what is left names no single series of the figures that are served today."""
    single = named.outcome == "asks" and len(named.questions) == 1
    if not named.said & _SLOTS:
        return Reason("which_series")
    if single and not any((each.first or each.as_of or each.since) for each in named.questions):
        return None
    return Reason("may_be_meant" if len(named.offers) == 1 else "which_series")


def _unused(draft: Draft) -> Iterator[Reason]:
    """Times, numbers that serve nothing, words beside the condition that are not read: "200 kt by rail"."""
    if times := draft.live("time"):
        yield Reason("without_period", (" ".join(m.text for m in times),))
    read = [m for m in draft.mentions if m.live and m.kind not in ("claim", "oos", "stray")]
    numbers = (each for each in RE.number.finditer(draft.text) if not _covered(read, each.start()))
    yield from (Reason("no_unit", (each[0],)) for each in numbers)
    own = [m for m in read if m.kind in _BESIDE]
    start, end = min((m.start for m in own), default=0), max((m.end for m in own), default=0)
    ends = (each.start() for each in RE.clause.finditer(draft.text, end) if not _covered(read, each.start()))
    end = next(ends, len(draft.text))
    yield from (Reason("not_read", (m.text,)) for m in draft.live("oos") if start < m.start < end)
    left = content([t for t in draft.left if start < t.start < end and not _covered(read, t.start)])
    yield from (Reason("not_read", (t.text,)) for t in left if not is_courtesy_slip(t.text))
    records = draft.values("record")  # a record is hit, or broken
    reached = ("at least", "below" if "lowest" in records else "above") if records else ()
    yield from (Reason("not_read", (m.text,)) for m in draft.live("stray") if m.value not in reached)


def _covered(mentions: Iterable[Mention], at: int) -> bool:
    return any(m.start <= at < m.end for m in mentions)


def _fitted(asked: Question, draft: Draft, named: Reading) -> Question:
    """The question in the measure of its amount; of the balance where that turns."""
    two_way = all(len(draft.record.catalogue[name].flows) > 1 for name in asked.commodities)
    if draft.has("turned") and two_way and not (draft.has_any("basis", "growth") or "flow" in named.said):
        asked = asked.about(flows=("net",))
    if draft.has("amount") and "measure" not in named.said and asked.measure == "quantity":
        asked = replace(asked, measure=draft.values("amount")[0].measure)
    return asked


def _series(asked: Question, record: Dataset) -> Iterator[tuple[Series, str | None]]:
    every = [pair._replace(flow=flow) for pair in asked.pairs for flow in record.flows(pair.commodity)]
    for pair in dict.fromkeys([each for each in every if each in asked.pairs] or every):
        yield Series(*pair, asked.measure), asked.scope
