"""A condition that was typed, read as a question is: its series, and what of it is to be watched for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.questions.amounts import Amount, in_digits, quantities, unit_behind
from bot.questions.condition import Condition
from bot.questions.condition_roles import assign_roles
from bot.questions.draft import Draft, Mention, content
from bot.questions.language import heard, simplified
from bot.questions.lexicon import lexicon_of, load, patterns
from bot.questions.mentions import Scan
from bot.questions.normalise import normalise
from bot.questions.objections import EXAMPLES, Subject, decide
from bot.questions.question import Question
from bot.questions.reading import Outcome, Reading, Reason
from bot.questions.spelling import corrected, is_courtesy_slip
from bot.questions.turn import Turn
from bot.questions.understand import understand
from bot.words import Language

LONGEST = 500  # characters
MOST = 3  # offers
_SIGNS = str.maketrans({"≥": ">=", "≧": ">=", "⩾": ">=", "≤": "<=", "≦": "<=", "⩽": "<="})
RE = patterns("conditions")
# Words that say nothing of the series: they are taken out before it is read.
_OWN = frozenset(load("conditions")) - {"sign", "turn", "before", "op", "level"} | {
    "amount", "percent", "bare", "run", "span", "than", "beyond", "view", "time",
}  # fmt: skip
_SLOTS = frozenset(("series", "flow", "country"))
_BESIDE = ("series", "flow", "sign", "side", "amount", "percent", "turned", "record", "basis", "than")
_NAMES = ("series", "flow", "sign", "country", "scope", "oos", "unit")


class ParsedCondition(NamedTuple):
    """The words of a condition, and the Reading of what is left of them, which names the series."""

    draft: Draft
    named: Reading
    language: Language


class ConditionReading(NamedTuple):
    """The condition that was read; or why it is none, and up to three that may be meant.

    `amount` is what such a reason may be about; `corrected` maps slips to what they meant.
    """

    outcome: Outcome
    condition: Condition | None
    reason: Reason | None
    offers: tuple[Condition, ...]
    amount: Amount | None
    corrected: Mapping[str, str]
    language: Language


def parse_condition(text: str, record: Dataset) -> ParsedCondition:
    """Reads the words of a condition, whatever was asked before it. Never raises."""
    language, asked = heard(text[: LONGEST + 1], None)
    asked = RE.spaces.sub(" ", simplified(asked.translate(_SIGNS)).casefold())
    body = unit_behind(normalise(in_digits(asked)))
    lexicon = lexicon_of(record.catalogue, "conditions", taught=record.taught)
    body, slips = corrected(body, lexicon)
    found = [*quantities(body)]
    for name, phrase in patterns("runs").all.items():
        kind, _, value = name.partition(" ")
        found += (Mention(kind, value, m.start(), m.end(), m[0]) for m in phrase.finditer(body))
    scan = Scan(_without(found, body, "‡"), lexicon, record.today)
    mentions = sorted([*found, *scan.mentions], key=lambda m: m.start)
    draft = Draft(body, record, Turn(), mentions, scan.left, slips)
    assign_roles(draft, lexicon)
    rest = _without((m for m in draft.mentions if m.live and m.kind in _OWN), body, " ")
    return ParsedCondition(draft, understand(RE.dangling.sub("", rest), record=record), language)


def _without(mentions: Iterable[Mention], text: str, mark: str) -> str:
    for mention in mentions:
        text = text[: mention.start] + mark * (mention.end - mention.start) + text[mention.end :]
    return text


def read_condition(text: str, record: Dataset, last: Question | None = None) -> ConditionReading:
    """Reads a condition that is typed after the question `last` of its thread. Never raises."""
    return resolve(parse_condition(text, record), record, last)


def resolve(parsed: ParsedCondition, record: Dataset, last: Question | None = None) -> ConditionReading:
    """The condition, of the series of `last` where none is named; or what is missing or unclear."""
    reason, questions = _asked(parsed, last)
    subjects = [each for asked in questions for each in _subjects(asked, record, parsed.draft)]
    known = [subject for subject in subjects if subject.is_on_record()]
    if not reason and len(subjects) > 1:
        reason = Reason("one_series")
    if not reason and not (known and known[0].series.flow in questions[0].flows):
        reason = Reason("not_on_record")
    decided = [(subject, *decide(parsed.draft, subject)) for subject in known]
    found = [each for subject, _, some in decided for each in some or subject.offered(EXAMPLES)]
    if not reason:
        _, reason, found = decided[0]
    outcome: Outcome = "asks"
    if reason:
        outcome = "ask_back" if found or reason.kind == "how" else "not_understood"
        outcome = "outside" if (parsed.named.outcome, parsed.named.reason) == ("outside", reason) else outcome
    return ConditionReading(
        outcome,
        None if reason else found[0],
        reason,
        tuple(dict.fromkeys(found))[:MOST] if reason else (),
        next(iter(parsed.draft.values("amount")), None),
        parsed.draft.slips,
        parsed.language,
    )


def _asked(parsed: ParsedCondition, last: Question | None) -> tuple[Reason | None, list[Question]]:
    """What the condition is of; with a reason where that cannot be watched as it was said."""
    draft, named = parsed.draft, parsed.named
    asked = [_fitted(each, parsed) for each in named.questions or named.offers]
    if reason := _not_read(draft):
        return reason, []
    if times := draft.live("time"):
        totals = any(getattr(m.value, "kind", "") in ("cumulative", "to_date") for m in times)
        said = " ".join(m.text for m in times)
        return Reason("without_totals" if totals else "without_period", (said,)), asked
    if last and last.commodities and not any(map(draft.has, _NAMES)) and not content(draft.left):
        asked = [_fitted(replace(last, measure=(draft.values("measure") or [last.measure])[0]), parsed)]
    elif named.outcome == "outside":
        return named.reason, asked
    elif reason := _which(named):
        every = [Question.of((name,), of.flows, view="trend") for name, of in draft.record.catalogue.items()]
        return reason, asked if named.said & _SLOTS else every
    if unused := next(_unused(draft), ""):
        return Reason("not_read", (unused,)), asked
    if asked[0].unit == "t/day":
        return Reason("by_day"), []
    return (Reason("no_share"), []) if asked[0].unit == "%" or draft.has("view", "share") else (None, asked)


def _not_read(draft: Draft) -> Reason | None:
    kinds = {m.kind for m in draft.mentions if m.live} - {"lead", "courtesy", "point", "word"}
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


def _unused(draft: Draft) -> Iterator[str]:
    """Numbers that serve nothing, and words beside the condition that are not read: "200 kt by rail"."""
    read = [m for m in draft.mentions if m.live and m.kind not in ("claim", "oos")]
    yield from (each[0] for each in RE.number.finditer(draft.text) if not _covered(read, each.start()))
    own = [m for m in read if m.kind in _BESIDE]
    start, end = min((m.start for m in own), default=0), max((m.end for m in own), default=0)
    ends = (each.start() for each in RE.clause.finditer(draft.text, end) if not _covered(read, each.start()))
    end = next(ends, len(draft.text))
    yield from (m.text for m in draft.live("oos") if start < m.start < end)
    left = [t for t in draft.left if start < t.start < end and not _covered(read, t.start)]
    yield from (token.text for token in content(left) if not is_courtesy_slip(token.text))


def _covered(mentions: Iterable[Mention], at: int) -> bool:
    return any(m.start <= at < m.end for m in mentions)


def _fitted(asked: Question, parsed: ParsedCondition) -> Question:
    """The question in the measure of its amount; of the balance where that turns."""
    draft, said = parsed.draft, parsed.named.said
    two_way = all(len(draft.record.catalogue[name].flows) > 1 for name in asked.commodities)
    if draft.has("turned") and two_way and not (draft.has("basis") or draft.has("growth") or "flow" in said):
        asked = asked.about(flows=("net",))
    if draft.has("amount") and "measure" not in said and asked.measure == "quantity":
        asked = replace(asked, measure=draft.values("amount")[0].measure)
    return asked


def _subjects(asked: Question, record: Dataset, draft: Draft) -> Iterator[Subject]:
    """Each series of a question; where none of its flows can be asked of those, in each that can."""
    of_imports = next((m.value == "negative" for m in draft.live("sign")), False)
    every = [pair._replace(flow=flow) for pair in asked.pairs for flow in record.flows(pair.commodity)]
    for name, flow, partner in dict.fromkeys([each for each in every if each in asked.pairs] or every):
        series = Series(name, flow, partner, asked.measure)
        yield Subject(record, series, asked.scope, of_imports and flow == "net")
