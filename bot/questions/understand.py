"""The way through this room: text, clauses, mentions, Questions, a Reading."""

from dataclasses import replace

from bot.dataset.dataset import Dataset
from bot.questions.clauses import cut, silence_asides
from bot.questions.commands import command_in
from bot.questions.compose import BOTH, Composer
from bot.questions.decide import Composed, Facts, Rule, first_doubt, first_rule, is_for_us
from bot.questions.draft import Draft, Mention
from bot.questions.knowledge import Knowledge, knowledge_in
from bot.questions.language import heard, in_language, is_foreign
from bot.questions.lexicon import FUNCTION, NUMBER_WORDS, lexicon_of, patterns, tokens
from bot.questions.mentions import Scan
from bot.questions.negation import apply_operators, overlooked, retract
from bot.questions.normalise import normalise
from bot.questions.offering import guess, offers, plain_offer, spoken_to
from bot.questions.partners import VIEW, find_by_country, trade_with
from bot.questions.pointing import followed
from bot.questions.question import Question
from bot.questions.reading import Outcome, Reading, Reason, Refusal
from bot.questions.residue import weigh
from bot.questions.roles import assign_roles, find_events
from bot.questions.scope import out_of_scope
from bot.questions.special import loosely, special
from bot.questions.spelling import corrected
from bot.questions.turn import NO_HALF, Half, Turn
from bot.questions.when import When

READ_CLOSELY = 1_000  # characters; of a longer text only sentences with words of ours count
LONGEST_COMMAND = 500  # characters
_KNOWN = ("nothing", "weak", "nothing_named")  # no such reason where a day's knowledge is asked for
_UNREAD = (*_KNOWN, "points_only", "remark")
_SAID = ("series", "flow", "time", "measure", "unit", "country")
_WITHOUT_FIGURES = ("definition", "coverage", "release", "help")
NOTHING = Turn()
RE = patterns("understand")
_NO_OFFER = ("metal", "code", "future")


def understand(text: str, *, record: Dataset, shown: Turn = NOTHING, addressed: bool = True) -> Reading:
    """Reads a text that was typed, in a thread that has shown what `shown` keeps. Never raises.

    `addressed`: whether it was said to us, in a mention, a command or a direct message.
    """
    language, asked = heard(text, shown.question)
    body, to_someone = normalise(asked), bool(RE.someone.match(asked))
    if len(body) > READ_CLOSELY:
        body = " . ".join(part for part in RE.sentences.split(body) if RE.ours.search(part))[:READ_CLOSELY]
    bare = asked != text and all(token in FUNCTION for token in tokens(body) if token.isalnum())
    if bare and shown.questions:
        reading = Reading("asks", shown.questions, inherited=frozenset({"series", "flow", "period"}))
    elif RE.letter.search(body):
        reading = _worded(asked, body, to_someone, record, shown, addressed)
    else:
        reading = _wordless(asked, shown, addressed and not to_someone)
    return in_language(reading, language)


def _worded(
    asked: str, body: str, to_someone: bool, record: Dataset, shown: Turn, addressed: bool
) -> Reading:
    command = command_in(asked) if addressed and len(asked) < LONGEST_COMMAND else None
    if command and command != "next":
        return Reading("not_understood", reason=Reason("command", (command,)))
    known, body = knowledge_in(body, record.today)
    if is_foreign(body):
        return Reading("not_understood" if addressed else "silent", reason=Reason("language"))
    body = _in_full(body, shown) if shown.answers else body
    lexicon = lexicon_of(record.catalogue, taught=record.taught)
    body, slips = corrected(body, lexicon)
    scan = Scan(body, lexicon, record.today)
    if scan.is_too_long:
        return Reading("not_understood" if addressed else "silent", reason=Reason("too_long"))
    named = RE.named.match(asked) if not addressed else None
    to_someone = to_someone or bool(named and not lexicon.knows(named[1].lower()))
    draft = Draft(body, record, shown, scan.mentions, scan.left, slips, to_someone)
    if draft.has("reset") and not draft.has_any("series", "flow", "time"):
        return Reading("courtesy" if addressed or shown.answers else "silent", reason=Reason("reset"))
    reading = _read(draft, known)
    if not addressed and not is_for_us(reading, draft):
        return Reading("silent", reason=Reason("talk"))
    return spoken_to(reading, draft) if reading.outcome == "silent" else reading


def _in_full(text: str, shown: Turn) -> str:
    """A follow-up of a word in full: after a quarter "and the third"; "and 25?"."""
    if shown.question and shown.question.partner and RE.bare_world.fullmatch(text):
        return "all countries"
    text = RE.bare_year.sub(r"\g<1>20\2", text)
    last = shown.question.periods[-1:] if shown.question else ()
    part = {"quarter": "q", "half": "h"}.get(last[0].kind if last else "", "")
    return RE.bare_ordinal.sub(lambda m: f"{m[1]}{part}{NUMBER_WORDS[m[2]]}", text) if part else text


def _wordless(text: str, shown: Turn, addressed: bool) -> Reading:
    if not addressed:
        return Reading("silent", reason=Reason("nothing"))
    if shown or text.strip():
        return Reading("courtesy", reason=Reason("wordless"))
    return Reading("asks", (Question(view="help"),))


def _read(draft: Draft, known: Knowledge) -> Reading:
    if len(near := followed(draft)) > 1:
        return _reading(draft, "ask_back", offers=near, reason=Reason("which_run"))
    if near:
        return _reading(draft, "asks", near)
    find_by_country(draft)
    find_events(draft)
    assign_roles(draft)
    cut(draft)
    every_head = [m for m in draft.mentions if m.kind == "oos"]
    silence_asides(draft)
    if retract(draft):
        return _reading(draft, "courtesy", reason=Reason("thanks"))
    if not draft.has("view", VIEW) and (own := special(draft)):
        return _reading(draft, "asks", own)
    heads = [] if draft.only_slots else _heads(draft, every_head)
    apply_operators(draft)
    bare = draft.turn.answers and not draft.has_any("series", "flow", "time", "world", "view")
    if bare and (total := RE.spoken_total.search(draft.text)):
        draft.mentions.append(Mention("view", "total", *total.span(), total[0]))
    facts = Facts(draft, heads, trade_with(draft))
    rule = first_rule(facts)
    if rule and rule.reason in _KNOWN and known and (draft.turn.answers or known.since):
        rule = None
    asked = loosely(draft) if rule and rule.reason in _UNREAD else ()
    if not asked:
        reading = _refused(draft, facts, rule) if rule else _composed(draft, facts, known)
        asked = loosely(draft) if not rule and reading.outcome == "ask_back" else ()
    return _reading(draft, "asks", asked) if asked else reading


def _heads(draft: Draft, every: list[Mention]) -> list[Mention]:
    """What is asked for and is not on record: a head that asks, is alone or is meant, or a code."""
    heads = out_of_scope(draft)
    if not heads and not draft.has("oos") and all(m.kind != "series" for m in draft.mentions):
        few = len(draft.text.split()) <= 4 and not draft.has_any("flow", "time", "view")
        heads = every[:1] if few or not draft.turn.answers else []  # "copper?"
    heads = heads or [m for m in every if RE.i_mean.match(draft.after(m))]
    codes = [m for m in draft.live("scope") if not draft.record.counts(m.value)]
    return heads or [Mention("oos", "scope", m.start, m.end, m.value) for m in codes]


def _composed(draft: Draft, facts: Facts, known: Knowledge) -> Reading:
    try:
        composer = Composer(draft, facts.trade)
        made = composer.compose()
    except Refusal as refusal:
        return _reading(draft, refusal.outcome, reason=refusal.reason, offers=refusal.offers)
    questions = tuple(_as_known(question, draft, known) for question in made)
    draft.doubts.extend(overlooked(draft, questions))
    heavy = bool(draft.unread)
    unread = "" if draft.only_slots else weigh(draft, facts.trade)
    doubt = first_doubt(Composed(facts, unread, composer.everything and not known.since, heavy))
    if not doubt:
        return _reading(draft, "asks", questions)
    about = (unread,) if unread else tuple(draft.doubts[:1])
    near = offers(draft, questions, composer.everything)
    return _reading(draft, "ask_back", reason=Reason(doubt, about), offers=near)


def _as_known(question: Question, draft: Draft, known: Knowledge) -> Question:
    """The question on its day's knowledge; in a thread that rests on another day's what follows does too."""
    question = known.of(question)
    if known.since and "period" in draft.assumed:
        return replace(question, periods=(), open_ended=False)
    last = draft.turn.question
    if known or last is None or (draft.has("series") and draft.has("time")) or not (last.as_of or last.first):
        return question
    return replace(question, as_of=last.as_of, first=last.first)


def _refused(draft: Draft, facts: Facts, rule: Rule) -> Reading:
    reason = rule.reason
    if rule.outcome == "silent":
        return _reading(draft, "silent", reason=Reason(reason), offers=guess(draft, facts))
    if rule.outcome == "ask_back":
        words = tuple(m.text for m in draft.live("time") if not m.is_slot)
        return _reading(draft, "ask_back", reason=Reason(reason, words))
    words = (facts.trade.outside,)
    if reason == "outside":
        reason, words = str(facts.heads[0].value), (facts.heads[0].text,)
    offered = draft.has("series") and (rule.reason == "country" or reason not in _NO_OFFER)
    near = plain_offer(draft, facts) if offered else ()
    return _reading(draft, "outside", reason=Reason(reason, words), offers=near)


def _reading(
    draft: Draft,
    outcome: Outcome,
    questions: tuple[Question, ...] = (),
    offers: tuple[Question, ...] = (),
    reason: Reason | None = None,
) -> Reading:
    said = {("period" if m.kind == "time" else m.kind) for m in draft.mentions if m.live and m.kind in _SAID}
    kinds = {m.time.kind for m in draft.live("time")}
    runs_on = draft.turn.running and draft.turn.answers and kinds <= {"month", "same", "relative"}
    shows_figures = any(question.view not in _WITHOUT_FIGURES for question in questions)
    return Reading(
        outcome,
        questions,
        offers,
        frozenset(said),
        frozenset(draft.inherited),
        frozenset(draft.assumed),
        draft.slips,
        tuple(token.text for token in draft.unread),
        reason,
        half=NO_HALF if outcome == "asks" and shows_figures else _half(draft),
        running=bool(kinds & {"cumulative", "to_date"} or runs_on),
    )


def _half(draft: Draft) -> Half:
    names = tuple(name for name in draft.values("series") if name != "all")
    flows = tuple(flow for flow in draft.values("flow") if flow in BOTH)
    times = [m for m in draft.live("time") if m.time.kind != "cumulative"]
    if not (names or flows or draft.has("time")):
        return NO_HALF
    try:
        return Half(names, flows, When(draft, times).periods if times else ())
    except Refusal:
        return Half(names, flows)
