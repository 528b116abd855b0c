"""A condition that was typed, read as a question is: its series, and what of it is to be watched for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

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
from bot.questions.reading import NOTHING, Outcome, Reading, Reason
from bot.questions.record import Record
from bot.questions.spelling import corrected
from bot.questions.turn import Turn
from bot.questions.understand import understand
from bot.words import Language

LONGEST = 500  # characters
MOST = 3  # offers
_SIGNS = str.maketrans({"≥": ">=", "≧": ">=", "⩾": ">=", "≤": "<=", "≦": "<=", "⩽": "<="})
_TURNS = {name: pattern("conditions", name) for name in ("run", "span highest", "span lowest")}
_NARROWER = pattern("conditions", "narrower")
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
    condition: Condition | None = None
    reason: Reason | None = None
    offers: tuple[Condition, ...] = ()
    amount: Amount | None = None
    corrected: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    language: Language = "en"


def parse(text: str, record: Record) -> ParsedCondition:
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
    return ParsedCondition(draft, understand(rest, record=record), language)


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
    subjects = [
        each for asked in questions for each in _subjects(_fitted(asked, parsed), record, parsed.draft)
    ]
    reason = reason or _which(questions, subjects)
    near = [each for subject in subjects for each in _near(subject)]
    decided = [decide(parsed.draft, subject) for subject in near]
    offers = [
        each for (_, found), of in zip(decided, near, strict=True) for each in found or of.offered(EXAMPLES)
    ]
    if not reason and not decided[0][0]:
        return _reading(parsed, "asks", None, offers)
    if not reason:
        reason, offers = Reason(decided[0][0], _words(decided[0][0], parsed.draft)), decided[0][1]
    outside = parsed.named.outcome == "outside" and reason == parsed.named.reason
    return _reading(
        parsed, "outside" if outside else "ask_back" if offers else "not_understood", reason, offers
    )


def _reading(
    parsed: ParsedCondition, outcome: Outcome, reason: Reason | None, found: list[Condition]
) -> ConditionReading:
    return ConditionReading(
        outcome,
        found[0] if outcome == "asks" else None,
        reason,
        () if outcome == "asks" else tuple(dict.fromkeys(found))[:MOST],
        next(iter(parsed.draft.values("amount")), None),
        parsed.draft.slips,
        parsed.language,
    )


def _asked(
    parsed: ParsedCondition, record: Watched, last: Question | None
) -> tuple[Reason | None, tuple[Question, ...]]:
    """What the condition is of; with a reason where that cannot be watched as it was said."""
    draft, named = parsed.draft, parsed.named
    asked = named.questions or named.offers
    if reason := _not_read(draft):
        return reason, ()
    if times := draft.live("time"):
        totals = any(getattr(m.value, "kind", "") in ("cumulative", "to_date") for m in times)
        return Reason(
            "without_totals" if totals else "without_period", (" ".join(m.text for m in times),)
        ), asked
    if last and last.commodities and _is_it(draft):
        return None, (replace(last, view="trend", measure=(draft.values("measure") or [last.measure])[0]),)
    if named.outcome == "outside":
        return named.reason, named.offers
    if not named.said & {"series", "flow", "country"}:
        every = (Question.of((name,), each.flows, view="trend") for name, each in record.catalogue.items())
        return Reason("which_series"), tuple(every)
    if named.outcome != "asks" or len(asked) != 1:
        return Reason("may_be_meant" if len(named.offers) == 1 else "which_series"), asked
    return None, asked


def _not_read(draft: Draft) -> Reason | None:
    """Why the words are no condition, whatever their series is."""
    kinds = {m.kind for m in draft.mentions if m.live} - {"lead", "courtesy", "point", "word"}
    if len(draft.text) > LONGEST:
        return Reason("too_long")
    if not kinds and not content(draft.left):
        return Reason("how")
    if "manage" in kinds and not kinds & {"series", "side", "record", "turned"}:
        return Reason("in_the_list")
    left_out = [m.text for m in draft.live("op", "not")] or [*_narrower(draft)]
    return Reason("without_not", tuple(left_out[:1])) if left_out else None


def _narrower(draft: Draft) -> Iterator[str]:
    """Unread words that narrow the trade down: "by rail", "through Qingdao"."""
    start = min((m.start for m in draft.mentions if m.kind in ("series", "flow")), default=len(draft.text))
    for token in draft.left:
        before = draft.text[: token.start]
        if token.start > start and token.text not in FUNCTION and _NARROWER.search(before):
            yield token.text


def _is_it(draft: Draft) -> bool:
    """Whether the series is not named: "it exceeds 200 kt"."""
    named = ("series", "flow", "sign", "country", "scope", "oos", "unit")
    return not any(map(draft.has, named)) and not content(draft.left)


def _fitted(asked: Question, parsed: ParsedCondition) -> Question:
    """The question in the measure of its amount; of the balance where that turns."""
    draft, said = parsed.draft, parsed.named.said
    if draft.has("turned") and not (draft.has("basis") or draft.has("growth") or "flow" in said):
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


def _which(questions: tuple[Question, ...], subjects: list[Subject]) -> Reason | None:
    """Why what was asked about is no single series on record."""
    if any(asked.unit in ("%", "t/day") for asked in questions):
        return Reason("no_share" if questions[0].unit == "%" else "by_day")
    if len(subjects) > 1:
        return Reason("one_series")
    return None if subjects and subjects[0].is_on_record else Reason("not_on_record")


def _near(subject: Subject) -> Iterator[Subject]:
    """The subject; in the place of one that is not on record the world's trade, and the other measures."""
    if subject.is_on_record:
        return iter([subject])
    others = [
        replace(subject.series, partner=""),
        *(replace(subject.series, measure=each) for each in MEASURES),
    ]
    return filter(lambda each: each.is_on_record, (subject._replace(series=each) for each in others))


def _words(kind: str, draft: Draft) -> tuple[str, ...]:
    """What a reason is about, as it was typed."""
    about = {"no_unit": "bare", "no_amount": "side", "by_or_of": "percent"}.get(kind, "")
    return tuple(m.text.strip(" %") for m in draft.live(about)[:1])
