"""A condition that was typed, read as a question is: its series, and what of it is to be watched for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.questions import condition as tests
from bot.questions.amounts import Amount, quantities, unit_behind
from bot.questions.bounds import MIRRORED, mark_sides, side_of
from bot.questions.condition import Condition, Test, Way, is_idle, unfit
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
# Views that are worked out of several months, or put them in order.
_OF_SEVERAL = (
    "total average rolling season table quarters halves years count streak ranking ratio share".split()
)


class ConditionReading(NamedTuple):
    """The condition, or why it is none with up to three that may be meant; `corrected`: what slips mean."""

    condition: Condition | None
    reason: Reason | None
    offers: tuple[Condition, ...]
    corrected: Mapping[str, str]
    language: Language


def read_condition(text: str, record: Dataset, last: Question | None = None) -> ConditionReading:
    """Reads a condition, which may be of the series of the thread's `last` question; never raises."""
    language, said = heard(text[: LONGEST + 1], None)
    draft = _draft(RE.spaces.sub(" ", simplified(said.translate(_SIGNS)).casefold()), record)
    rest = _without((m for m in draft.mentions if m.live and m.kind in _OWN), draft.text, " ")
    reason, asked = _asked(draft, understand(RE.dangling.sub("", rest), record=record), last)
    every = list[tuple[Series, str | None]]()
    for each in asked:
        lines = [pair._replace(flow=flow) for pair in each.pairs for flow in record.flows(pair.commodity)]
        own = dict.fromkeys([pair for pair in lines if pair in each.pairs] or lines)
        every += ((Series(*pair, each.measure), each.scope) for pair in own)
    known = [each for each in every if record.months(*each)]
    if not reason and len(every) > 1:
        reason = Reason("one_series")
    if not reason and not (known and known[0][0].flow in asked[0].flows):
        reason = Reason("not_on_record")
    found = list[Condition]()
    for series, scope in known:
        test = _test(draft, series)
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


def _test(draft: Draft, series: Series) -> Test | Reason:
    """The one test that is said; a change is one on a year earlier unless the month before is named."""
    if draft.has_any("by_day", "several") or draft.has("view", *_OF_SEVERAL):
        return Reason("single_months")
    found = [*dict.fromkeys(_tests(draft, series))]
    if not found:
        return Reason("what")
    if len(found) > 1 or len(draft.values("often")) > 1:
        return Reason("one_test")
    if isinstance(found[0], Reason):
        return found[0]
    why = unfit(found[0], series) or ("never" if is_idle(found[0], series) else "")
    return Reason(why) if why else found[0]


def _tests(draft: Draft, series: Series) -> Iterator[Test | Reason]:
    # Of net imports more is further below zero.
    mirrored = series.flow == "net" and bool(RE.net_imports.search(draft.text))
    for amount in draft.live("amount"):
        yield _level(draft, amount, series, mirrored=mirrored)
    for percent in draft.live("percent"):
        yield Reason("no_percentage") if mirrored else _change(draft, percent)
    if draft.has("turned"):
        turn = tests.SignChange(
            "yoy" if draft.has_any("basis", "growth") else "balance", _one(draft, "turned")
        )
        yield Reason("what") if draft.has("basis", "mom") else turn
    moves = draft.has_any("basis", "growth", "way")
    if draft.has("record"):
        extreme = _one(draft, "record")
        other = {"highest": "lowest", "lowest": "highest"}.get(extreme, extreme)
        yield Reason("what") if moves else tests.NewRecord(other if mirrored else extreme)
    if draft.has("revised"):
        yield Reason("what") if moves else tests.Revision()


def _one(draft: Draft, kind: str) -> Any:
    """What the words of a kind say; either where they say several things."""
    said = draft.values(kind)
    return said[0] if len(said) == 1 else "either"


def _level(draft: Draft, said: Mention, series: Series, *, mirrored: bool) -> Test | Reason:
    """The level; no level is how far it moves."""
    amount: Amount = said.value
    side, words = side_of(draft, said), [m.text for m in draft.live("side") if m.start <= said.start < m.end]
    to_level = any(map(RE.level.search, words))
    if draft.has_any("basis", "growth") or (draft.has("way") and not to_level):
        return Reason("more_than")
    if side is None:
        return Reason("what")
    if series.measure == "unit_value" and amount.unit == "US$":
        amount = replace(amount, unit="US$/t")
    if mirrored:
        side, amount = MIRRORED[side], replace(amount, number=-amount.number)
    return tests.Threshold(side.replace("_", " "), amount)  # type: ignore[arg-type]


def _change(draft: Draft, said: Mention) -> Test | Reason:
    """The change by more than a percentage; below one that is not above zero it falls."""
    pct: Decimal = said.value
    side = side_of(draft, said)
    bases = draft.values("basis") or ["yoy"]
    if len(bases) > 1:
        return Reason("one_test")
    falls = side == "below" and pct <= 0
    more = side in (None, "above") or (side == "at_least" and "以上" in draft.after(said)[:3])
    if (draft.has("growth") and draft.has("way")) or (not falls and (pct < 0 or not more)):
        return Reason("more_than")
    way: Way | None = _one(draft, "way") if draft.has("way") else "down" if falls else "up" if side else None
    return tests.PercentChange(bases[0], way, abs(pct)) if way else Reason("what")
