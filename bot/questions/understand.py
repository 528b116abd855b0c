"""The way through this room: text, clauses, mentions, Questions, a Reading."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.dataset.calendar import Period
from bot.questions.clauses import content, cut, silence_asides
from bot.questions.commands import command_in
from bot.questions.compose import BOTH, Composer
from bot.questions.decide import Composed, Facts, first_doubt, first_rule
from bot.questions.draft import Draft, Mention
from bot.questions.knowledge import Knowledge, knowledge_in
from bot.questions.language import heard
from bot.questions.lexicon import ATTRIBUTED, FUNCTION, NUMBER_WORDS, lexicon_of, load, split
from bot.questions.mentions import Scan
from bot.questions.negation import apply_operators
from bot.questions.normalise import normalise, without_address
from bot.questions.offering import guess, of_periods, offers, plain_offer
from bot.questions.origins import VIEW, find_by_country
from bot.questions.partners import Trade, trade_with
from bot.questions.question import Question
from bot.questions.reading import Outcome, Reading, Reason
from bot.questions.record import Record
from bot.questions.refusal import Refusal
from bot.questions.residue import weigh
from bot.questions.roles import assign_roles
from bot.questions.scope import out_of_scope
from bot.questions.special import loosely, special
from bot.questions.spelling import corrected
from bot.questions.tokenise import tokens
from bot.questions.turn import Half, Turn
from bot.questions.when import when_of
from bot.words import Language

READ_CLOSELY = 1_200  # characters; of a longer text only sentences with words of ours count
MOST_MENTIONS = 60
LONGEST_COMMAND = 500  # characters
_UNREAD = ("nothing", "weak", "nothing_named", "points_only", "people", "remark")
_SPECIAL = frozenset(("definition", "coverage", "release", "sources"))
NOTHING = Turn()
_BARE_WAY = re.compile(
    r"^(\W*(?:and |what about |how about |vs |now )?)"
    r"(into|in|out|going out|coming in|percent|pct|percentage|%)(?=\W*$)"
)
_BARE_ORDINAL = re.compile(
    r"^(\W*(?:and |what about |how about )?)(?:the )?(first|second|third|fourth)(?= ?(?:one)?\W*$)"
)
_WAYS = {
    "in": "imports",
    "into": "imports",
    "out": "exports",
    "going out": "exports",
    "coming in": "imports",
} | dict.fromkeys(("percent", "pct", "percentage", "%"), "growth in percent")
_NAMED = re.compile(r"\s*@?([A-Z][a-z]+)[,:]\s")  # "Peter, please ..."
_SCRIPTS = re.compile("[\u0400-\u04ff\u3040-\u30ff\uac00-\ud7af\u0600-\u06ff\u0e00-\u0e7f]{2}")
_FOREIGN = frozenset(split(load("chatter")["foreign"]["words"]))
_I_MEAN = re.compile(r"\W*i (?:mean|meant)\b")
_NOUN = re.compile(r"[ \t]+([a-z]+)")
_OURS = re.compile(r"alumin|bauxite|scrap|primary|export|import|铝|进口|出口|矿")
_SENTENCES = re.compile(r"(?<=[.!?;\n。])\s*")
_NO_OFFER = ("metal", "part", "grade", "reporter", "country", "future", "code")
_BOUND = re.compile(
    r"(?:\babove|\bover|\bbelow|\bunder|\bexceed\w*|\b(?:more|less|higher|lower) than|超过|高于|低于|不足)"
    r"\s*~?\d[\d,.]*\s?"
    r"(?:kt|mt|t|k|万吨|万|million|mln|thousand|tonnes|tons|%)(?![a-z])"
)
_PART_OF_YEAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b[qh][1-4]\b|\bhalf\b|\d月|季|半年"
)
_EACH_YEAR = re.compile(r"\b(?:each|every) year\b|每年|历年")
_TIME_WORDS = re.compile(r"\b(?:period|months?|year|quarter|dates?|days?|weeks?)\b")
_SPOKEN_TOTAL = re.compile(r"\b(?:grand |overall |combined )?totals?\b")


def understand(text: str, *, record: Record, shown: Turn = NOTHING, addressed: bool = True) -> Reading:
    """Reads a text that was typed, in a thread that has shown what `shown` keeps. Never raises.

    `addressed`: whether it was said to us, in a mention, a command or a direct message.
    """
    language, asked = heard(text, shown.question)
    plain = normalise(asked)
    body = _shortened(without_address(plain.text))
    spoken_of = asked != text and all(token in FUNCTION for token in tokens(body) if token[0].isalnum())
    if spoken_of or not re.search(r"\w", body):
        return _wordless(text, asked, shown, language, addressed and not plain.to_someone)
    command = command_in(asked) if addressed and len(asked) < LONGEST_COMMAND else None
    if command and command != "next":
        return Reading("not_understood", reason=Reason("command", (command,)), language=language)
    known, body = knowledge_in(body, record.today)
    if _is_foreign(body):
        return Reading(
            "not_understood" if addressed else "silent", reason=Reason("language"), language=language
        )
    body = _in_full(body, shown) if shown.answers else body
    lexicon = lexicon_of(record.catalogue, record.partners)
    body, slips = corrected(body, lexicon)
    scan = Scan(body, lexicon, record.today)
    if len(scan.mentions) > MOST_MENTIONS:
        return Reading("not_understood", reason=Reason("too_long"), language=language)
    named = _NAMED.match(asked) if not addressed else None
    to_someone = plain.to_someone or bool(named and not lexicon.knows(named[1].lower()))
    draft = Draft(body, record, shown, scan.mentions, scan.left, slips, to_someone, addressed)
    if draft.has("reset") and not any(map(draft.has, ("series", "flow", "time"))):
        return Reading(
            "courtesy" if addressed or shown.answers else "silent", reason=Reason("reset"), language=language
        )
    reading = _read(draft, known)
    return _in_language(_spoken_to(reading, draft), language)


def _in_full(text: str, shown: Turn) -> str:
    """A follow-up of a word in full: "and out?", "percent?", after a quarter "and the third"."""
    text = _BARE_WAY.sub(lambda m: m[1] + _WAYS[m[2]], text)
    last = shown.question.periods[-1:] if shown.question else ()
    part = {"quarter": "q", "half": "h"}.get(last[0].kind if last else "", "")
    return _BARE_ORDINAL.sub(lambda m: f"{m[1]}{part}{NUMBER_WORDS[m[2]]}", text) if part else text


def _is_foreign(text: str) -> bool:
    """Whether it is in neither English nor Chinese: another script, or several words of another language."""
    if not text.isascii() and _SCRIPTS.search(text):
        return True
    return len(_FOREIGN & set(text.replace("?", " ").replace(",", " ").replace("'", " ").split())) > 1


def _shortened(text: str) -> str:
    """A long text without the sentences that hold no word of ours."""
    if len(text) <= READ_CLOSELY:
        return text
    return " . ".join(part for part in _SENTENCES.split(text) if _OURS.search(part))[:READ_CLOSELY]


def _wordless(text: str, asked: str, shown: Turn, language: Language, addressed: bool) -> Reading:
    """Only a mention, an emoji, or the name of a language."""
    if asked != text and shown.questions:
        return _in_language(
            Reading("asks", shown.questions, inherited=frozenset({"series", "flow", "period"})), language
        )
    if not addressed:
        return Reading("silent", reason=Reason("nothing"), language=language)
    if asked == text and (shown or text.strip()):
        return Reading("courtesy", reason=Reason("wordless"), language=language)
    return Reading("asks", (Question(view="help", language=language),), language=language)


def _read(draft: Draft, known: Knowledge) -> Reading:
    find_by_country(draft)
    assign_roles(draft)
    cut(draft)
    every_head = [m for m in draft.mentions if m.kind == "oos"]
    silence_asides(draft)
    if not draft.has("view", VIEW) and (own := special(draft)):
        return _asks(draft, own)
    heads = out_of_scope(draft)
    if every_head and not heads and _is_about(draft):
        heads = every_head[:1]
    heads = heads or [m for m in every_head if _I_MEAN.match(draft.after(m))] or _unknown_codes(draft)
    apply_operators(draft)
    if (
        not any(map(draft.has, ("series", "flow", "time", "world")))
        and (total := _SPOKEN_TOTAL.search(draft.text))
        and draft.turn.answers
    ):
        _add_total(draft, total)
    facts = Facts(draft, heads, trade_with(draft))
    rule = first_rule(facts)
    if (
        rule
        and known
        and rule.reason in ("nothing", "nothing_named", "weak")
        and (draft.turn.answers or known.since)
    ):
        rule = None
    if rule and draft.addressed and rule.reason in _UNREAD and (asked := loosely(draft)):
        return _asks(draft, asked)
    if rule:
        return _refused(draft, facts, rule.outcome, rule.reason)
    reading = _composed(draft, facts, known)
    if draft.addressed and reading.outcome == "ask_back" and (asked := loosely(draft)):
        return _asks(draft, asked)
    return reading


def _unknown_codes(draft: Draft) -> list[Mention]:
    """HS codes of which nothing is on record."""
    codes = [m for m in draft.live("scope") if not draft.record.counts(m.value)]
    return [Mention("oos", "scope", m.start, m.end, m.value) for m in codes]


def _is_about(draft: Draft) -> bool:
    """Whether a head that is outside is all that a text is about: "copper?"."""
    if any(m.kind == "series" for m in draft.mentions) or draft.has("oos"):
        return False
    if not draft.turn.answers:
        return True
    return not any(map(draft.has, ("flow", "time", "view"))) and len(draft.text.split()) <= 4


def _add_total(draft: Draft, match: re.Match[str]) -> None:
    if not draft.has("view"):
        draft.mentions.append(Mention("view", "total", match.start(), match.end(), match[0]))


def _composed(draft: Draft, facts: Facts, known: Knowledge) -> Reading:
    """Composes, then weighs what speaks against answering."""
    try:
        composer = Composer(draft, facts.trade)
        made = composer.compose()
    except Refusal as refusal:
        return _reading(
            draft,
            refusal.outcome,
            reason=refusal.reason,
            offers=refusal.offers or of_periods(draft, facts, refusal),
        )
    questions = tuple(known.of(question) for question in made.questions)
    if known.since and "period" in draft.assumed:
        questions = tuple(replace(question, periods=(), open_ended=False) for question in questions)
    questions = tuple(_kept_knowledge(question, draft, known) for question in questions)
    if (
        "period" in draft.assumed
        and not draft.turn.answers
        and _names_time(draft)
        and all(q.open_ended for q in questions)
    ):
        draft.doubts.append("a time that was not read")
    if (
        draft.turn.answers
        and draft.values("series") == ["all"]
        and not draft.has("flow")
        and not draft.has("time")
    ):
        draft.doubts.append("everything")
    draft.doubts.extend(_overlooked(draft, questions))
    heavy = any(content(clause.left) for clause in draft.asking)
    unread = weigh(draft)
    residue = "" if known.revisions else unread
    doubt = first_doubt(Composed(facts, residue, composer.everything and not known.since, heavy))
    if not doubt:
        return _asks(draft, questions)
    return _reading(
        draft,
        "ask_back",
        reason=Reason(doubt, (unread.split(" ", 1)[-1],) if unread else tuple(draft.doubts[:1])),
        offers=offers(draft, questions, composer.everything),
    )


def _overlooked(draft: Draft, questions: tuple[Question, ...]) -> Iterator[str]:
    """Yields what was said and is in none of the Questions: such a reading is offered and not answered."""
    views = {question.view for question in questions}
    if _BOUND.search(draft.text) and not any(q.criterion or q.claim for q in questions):
        yield "a bound"
    blended = any(q.view == "average" and len(q.periods) > 1 for q in questions)
    if blended and draft.has("view", "compare"):
        yield "two averages"
    mixed = len({period.kind for question in questions for period in question.periods}) > 1
    if (mixed or "table" in views) and _EACH_YEAR.search(draft.text) and _PART_OF_YEAR.search(draft.text):
        yield "a part of each year"


def _kept_knowledge(question: Question, draft: Draft, known: Knowledge) -> Question:
    """In a thread that rests on another day's knowledge what follows does too."""
    last = draft.turn.question
    if known or last is None or (draft.has("series") and draft.has("time")) or not (last.as_of or last.first):
        return question
    return replace(question, as_of=last.as_of, first=last.first)


def _names_time(draft: Draft) -> bool:
    words = " ".join(token.text for clause in draft.asking for token in clause.left)
    return bool(_TIME_WORDS.search(words)) and not any(m.time.kind == "latest" for m in draft.live("time"))


def _refused(draft: Draft, facts: Facts, outcome: Outcome, reason: str) -> Reading:
    """A row of the table that held; with what comes near as an offer."""
    if reason == "outside":
        head = facts.heads[0]
        offers = () if head.value in _NO_OFFER or not draft.has("series") else plain_offer(draft, facts)
        return _reading(draft, "outside", reason=Reason(str(head.value), (head.text,)), offers=offers)
    if reason == "country":
        offers = plain_offer(draft, facts) if draft.has("series") else ()
        return _reading(draft, "outside", reason=Reason("country", (facts.trade.outside,)), offers=offers)
    if reason == "nothing_named" and draft.has("view"):
        return _reading(draft, "ask_back", reason=Reason(reason))
    if outcome == "ask_back":
        words = tuple(m.text for m in draft.live("time") if m.time.kind in ("day", "impossible"))
        return _reading(draft, "ask_back", reason=Reason(reason, words))
    return _reading(draft, "silent", reason=Reason(reason), offers=guess(draft, facts))


def _asks(draft: Draft, questions: tuple[Question, ...]) -> Reading:
    return _reading(draft, "asks", questions)


def _reading(
    draft: Draft,
    outcome: Outcome,
    questions: tuple[Question, ...] = (),
    offers: tuple[Question, ...] = (),
    reason: Reason | None = None,
) -> Reading:
    """The Reading with how each slot came about."""
    said = {("period" if m.kind == "time" else m.kind) for m in draft.mentions if m.live and m.kind in _SAID}
    left = tuple(token.text for clause in draft.asking for token in content(clause.left))
    return Reading(
        outcome,
        questions,
        offers,
        frozenset(said),
        frozenset(draft.inherited),
        frozenset(draft.assumed),
        draft.slips,
        left,
        reason,
        half=Half() if outcome == "asks" and _shows_figures(questions) else _half(draft),
        running=_runs(draft),
    )


def _shows_figures(questions: tuple[Question, ...]) -> bool:
    return any(question.view not in ("release", "definition", "coverage", "help") for question in questions)


_SAID = ("series", "flow", "time", "measure", "unit", "country")


def _half(draft: Draft) -> Half:
    """The slots that a text without an answer has said."""
    names = tuple(name for name in draft.values("series") if name != "all")
    flows = tuple(flow for flow in draft.values("flow") if flow in BOTH)
    if not (names or flows or draft.has("time")):
        return Half()
    return Half(names, flows, _half_periods(draft))


def _half_periods(draft: Draft) -> tuple[Period, ...]:
    times = [m for m in draft.live("time") if m.time.kind != "cumulative"]
    if not times:
        return ()
    try:
        return when_of(draft, times, (), (), (), "figure", "quantity", False).periods
    except Refusal:
        return ()


def _runs(draft: Draft) -> bool:
    """Whether running totals are asked for by name, or go on."""
    times = [m.time.kind for m in draft.live("time")]
    if any(kind in ("cumulative", "to_date") for kind in times):
        return True
    follows = all(kind in ("month", "same", "relative") for kind in times)
    return draft.turn.running and bool(draft.turn.answers) and follows


def _spoken_to(reading: Reading, draft: Draft) -> Reading:
    """What was not taken for a question: silence among people; else what may be meant, or a courtesy."""
    if not draft.addressed and (_is_help(reading) or _is_told(reading, draft)):
        return replace(reading, outcome="silent", questions=(), offers=(), reason=Reason("talk"))
    if reading.outcome != "silent":
        return reading
    if not draft.addressed or draft.to_someone:
        return replace(reading, offers=())
    if reading.offers:
        return replace(reading, outcome="ask_back", reason=Reason("may_be_meant"))
    polite = any(m.kind == "courtesy" for m in draft.mentions)
    few = len(draft.text.split()) <= 3 and not any(content(clause.left) for clause in draft.clauses)
    if polite or few:
        thanks = (not polite and bool(draft.turn.answers)) or any(
            m.kind == "courtesy" and m.value == "thanks" for m in draft.mentions
        )
        return replace(reading, outcome="courtesy", reason=Reason("thanks" if thanks else "greeting"))
    return replace(reading, outcome="not_understood", reason=Reason("nothing"))


def _is_help(reading: Reading) -> bool:
    return any(question.view == "help" for question in reading.questions)


def _is_told(reading: Reading, draft: Draft) -> bool:
    """Whether what would be asked back, or refused, is only said among people."""
    refused = reading.outcome in ("ask_back", "outside", "not_understood")
    if (
        _SPECIAL & {question.view for question in reading.questions}
        and "?" not in draft.text
        and "？" not in draft.text
    ):
        return sum(len(content(clause.left)) for clause in draft.clauses) > 1
    told = reading.outcome == "asks" and Facts(draft, [], Trade()).strength == 1 and _names_thing(draft)
    return told or (refused and _is_remark(draft))


def _names_thing(draft: Draft) -> bool:
    """Whether its one time belongs to a noun: "see the april report"."""
    for mention in draft.live("time"):
        following = _NOUN.match(draft.after(mention))
        if following and following[1] in ATTRIBUTED and "?" not in draft.text:
            return True
    return False


def _is_remark(draft: Draft) -> bool:
    """Whether what people say to each other has no form of a question and little of ours in it."""
    facts = Facts(draft, [], Trade())
    if draft.to_someone:
        return facts.strength < 3
    if facts.strength < 2 and "?" not in draft.text and "？" not in draft.text:
        return True
    if any(m.kind == "oos" and m.value == "topic" for m in draft.mentions):
        return True
    return not facts.asks_openly and not facts.follows and facts.strength < 3


def _in_language(reading: Reading, language: Language) -> Reading:
    spoken = tuple(q if q.language == language else replace(q, language=language) for q in reading.questions)
    offers = tuple(dict.fromkeys(replace(offer.plain, language=language) for offer in reading.offers))
    if language == reading.language and not offers:
        return reading if spoken == reading.questions else replace(reading, questions=spoken)
    return replace(reading, questions=spoken, offers=offers, language=language)
