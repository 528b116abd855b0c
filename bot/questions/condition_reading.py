"""A condition that was typed, read as a question is: its series, and what of it is to be watched for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.dataset.model import MEASURES, Series
from bot.questions.amounts import Amount, quantities, unit_behind
from bot.questions.clauses import content
from bot.questions.comparison import EXAMPLES, Subject, Watched, decide
from bot.questions.condition import Condition
from bot.questions.condition_roles import assign_roles
from bot.questions.draft import Draft, Mention
from bot.questions.language import heard
from bot.questions.lexicon import FUNCTION, lexicon_of, load
from bot.questions.mentions import Scan
from bot.questions.normalise import normalise, without_address
from bot.questions.numerals import in_digits
from bot.questions.patterns import pattern
from bot.questions.question import Question
from bot.questions.reading import Outcome, Reading, Reason
from bot.questions.record import Record
from bot.questions.spelling import corrected
from bot.questions.turn import Turn
from bot.questions.understand import understand
from bot.words import Language

LONGEST = 500  # characters
MOST = 3  # offers
_SIGNS = str.maketrans({"≥": ">=", "≧": ">=", "⩾": ">=", "≤": "<=", "≦": "<=", "⩽": "<="})
_TURNS = {name: pattern("conditions", name) for name in ("run", "span highest", "span lowest")}
_NARROWER, _DANGLING = pattern("conditions", "narrower"), pattern("conditions", "dangling")
_SENTENCE = re.compile(r"[.!?;\n。！？；]")
# Words that say nothing of the series: they are taken out before it is read.
_OWN = frozenset(load("conditions")) - {"sign", "turn", "before", "op", "level"} | {
    "amount", "percent", "bare", "run", "span", "than", "beyond", "view", "time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParsedCondition:
    """The words of a condition, and the Reading of what is left of them, which names the series."""

    draft: Draft
    named: Reading
    language: Language


@dataclass(frozen=True, slots=True)
class ConditionReading:
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


def parse_condition(text: str, record: Record) -> ParsedCondition:
    """Reads the words of a condition, whatever was asked before it. Never raises."""
    language, asked = heard(text[: LONGEST + 1], None)
    body = unit_behind(in_digits(without_address(normalise(asked.translate(_SIGNS)).text)))
    lexicon = lexicon_of(record.catalogue, record.partners, "conditions")
    body, slips = corrected(body, lexicon)
    found = [*quantities(body), *_turns_of_phrase(body)]
    scan = Scan(_without(found, body, "‡"), lexicon, record.today)
    mentions = sorted([*found, *scan.mentions], key=lambda m: m.start)
    draft = Draft(body, record, Turn(), mentions, scan.left, slips)
    assign_roles(draft, lexicon)
    rest = _without([m for m in draft.mentions if m.live and m.kind in _OWN], body, " ")
    return ParsedCondition(draft, understand(_DANGLING.sub("", rest), record=record), language)


def _turns_of_phrase(text: str) -> Iterator[Mention]:
    for name, phrase in _TURNS.items():
        kind, _, value = name.partition(" ")
        yield from (Mention(kind, value, m.start(), m.end(), m[0]) for m in phrase.finditer(text))


def _without(mentions: Iterable[Mention], text: str, mark: str) -> str:
    for mention in mentions:
        text = text[: mention.start] + mark * (mention.end - mention.start) + text[mention.end :]
    return text


def resolve(parsed: ParsedCondition, record: Watched, last: Question | None = None) -> ConditionReading:
    """The condition, of the series of `last` where none is named; or what is missing or unclear."""
    reason, questions = _asked(parsed, record, last)
    of = [each for asked in questions for each in _subjects(_fitted(asked, parsed), record, parsed.draft)]
    near = [each for subject in of for each in _near(subject)]
    if not reason and (len(of) != 1 or near != of):
        reason = Reason("one_series" if len(of) > 1 else "not_on_record")
    decided = [(subject, *decide(parsed.draft, subject)) for subject in near]
    found = [each for subject, _, some in decided for each in some or subject.offered(EXAMPLES)]
    if not reason and (doubt := decided[0][1]):
        reason, found = Reason(doubt, _words(doubt, parsed.draft)), decided[0][2]
    outcome: Outcome = "ask_back" if reason else "asks"
    if reason and not found and reason.kind != "how":
        outcome = "not_understood"
    return ConditionReading(
        "outside" if reason and reason == _outside(parsed) else outcome,
        None if reason else found[0],
        reason,
        tuple(dict.fromkeys(found))[:MOST] if reason else (),
        next(iter(parsed.draft.values("amount")), None),
        parsed.draft.slips,
        parsed.language,
    )


def read_condition(text: str, record: Watched, last: Question | None = None) -> ConditionReading:
    """Reads a condition that is typed after the question `last` of its thread. Never raises."""
    return resolve(parse_condition(text, record), record, last)


def _asked(
    parsed: ParsedCondition, record: Watched, last: Question | None
) -> tuple[Reason | None, Iterable[Question]]:
    """What the condition is of; with a reason where that cannot be watched as it was said."""
    draft, named = parsed.draft, parsed.named
    asked = named.questions or named.offers
    if reason := _not_read(draft):
        return reason, ()
    if times := draft.live("time"):
        totals = any(getattr(m.value, "kind", "") in ("cumulative", "to_date") for m in times)
        return Reason("without_totals" if totals else "without_period", (" ".join(m.text for m in times),)), asked
    if last and last.commodities and _is_it(draft):
        asked = (replace(last, measure=(draft.values("measure") or [last.measure])[0]),)
    elif outside := _outside(parsed):
        return outside, asked
    elif not named.said & {"series", "flow", "country"}:
        every = record.catalogue.items()
        return Reason("which_series"), (Question.of((name,), each.flows, view="trend") for name, each in every)
    elif named.outcome != "asks" or len(asked) != 1:
        return Reason("may_be_meant" if len(named.offers) == 1 else "which_series"), asked
    if unused := next(_unused(draft), ""):
        return Reason("without_not", (unused,)), asked
    if asked[0].unit in ("%", "t/day") or draft.has("view", "share"):
        return Reason("by_day" if asked[0].unit == "t/day" else "no_share"), ()
    fitted = _fitted(asked[0], parsed)
    if not any(flow in record.flows(name) for name, flow in fitted.lines):
        return Reason("not_on_record"), (fitted.about(flows=("export", "import")),)
    return None, (fitted,)


def _outside(parsed: ParsedCondition) -> Reason | None:
    """What is not on record, of the whole text or of the sentence that names the series."""
    draft, named = parsed.draft, parsed.named
    if named.outcome == "outside":
        return named.reason
    start = min((m.start for m in draft.live("series")), default=len(draft.text))
    beside = (m for m in draft.live("oos") if m.start > start and not _SENTENCE.search(draft.text, start, m.start))
    return next((Reason(m.value, (m.text,)) for m in beside), None)


def _not_read(draft: Draft) -> Reason | None:
    """Why the words are no condition, whatever their series is."""
    kinds = {m.kind for m in draft.mentions if m.live} - {"lead", "courtesy", "point", "word"}
    if len(draft.text) > LONGEST:
        return Reason("too_long")
    if not kinds and not content(draft.left):
        return Reason("how")
    if "manage" in kinds and not kinds & {"series", "side", "record", "turned"}:
        return Reason("in_the_list")
    left_out = [m.text for m in draft.live("op", "not")]
    return Reason("without_not", tuple(left_out[:1])) if left_out else None


def _unused(draft: Draft) -> Iterator[str]:
    """Numbers that serve nothing, and unread words that narrow the trade down: "through Qingdao"."""
    read = [m for m in draft.mentions if m.live and m.kind != "claim"]
    for number in re.finditer(r"\d[\d.,]*", draft.text):
        if not any(m.start <= number.start() < m.end for m in read):
            yield number[0]
    start = min((m.start for m in draft.mentions if m.kind in ("series", "flow")), default=len(draft.text))
    for token in draft.left:
        before = draft.text[: token.start]
        if token.start > start and token.text.isalpha() and token.text not in FUNCTION and _NARROWER.search(before):
            yield token.text


def _is_it(draft: Draft) -> bool:
    """Whether the series is not named: "it exceeds 200 kt"."""
    named = ("series", "flow", "sign", "country", "scope", "oos", "unit")
    return not any(map(draft.has, named)) and not content(draft.left)


def _fitted(asked: Question, parsed: ParsedCondition) -> Question:
    """The question in the measure of its amount; of the balance where that turns."""
    draft, said = parsed.draft, parsed.named.said
    two_way = all(len(draft.record.catalogue[name].flows) > 1 for name in asked.commodities)
    if draft.has("turned") and two_way and not (draft.has("basis") or draft.has("growth") or "flow" in said):
        asked = asked.about(flows=("net",))
    if draft.has("amount") and "measure" not in said and asked.measure == "quantity":
        asked = replace(asked, measure=draft.values("amount")[0].measure)
    return asked


def _subjects(asked: Question, record: Watched, draft: Draft) -> Iterator[Subject]:
    """Each series of a question, in the flows that can be asked of it."""
    of_imports = next((m.value == "negative" for m in draft.live("sign")), False)
    for name, flow in asked.lines:
        if flow in record.flows(name):
            series = Series(name, flow, asked.partner, asked.measure)
            yield Subject(record, series, asked.scope, of_imports and flow == "net")


def _near(subject: Subject) -> Iterator[Subject]:
    """The subject; in the place of one that is not on record the world's trade, and the other measures."""
    if subject.is_on_record():
        return iter([subject])
    others = [
        replace(subject.series, partner=""),
        *(replace(subject.series, measure=each) for each in MEASURES),
    ]
    return filter(lambda each: each.is_on_record(), (subject._replace(series=each) for each in others))


def _words(kind: str, draft: Draft) -> tuple[str, ...]:
    """What a reason is about, as it was typed."""
    about = {"no_unit": "bare", "no_amount": "side", "by_or_of": "percent"}.get(kind, "")
    return tuple(m.text.strip(" %") for m in draft.live(about)[:1])
