"""The way through this room: text, items, what is said, a Question; or all that did not resolve."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.dataset.calendar import Month, Period
from bot.questions.as_of import either, settled_then
from bot.questions.clean import clean, unmarked
from bot.questions.commands import refusal_of
from bot.questions.followup import settled
from bot.questions.issues import issues_in, unresolved
from bot.questions.items import SUBJECT, Item
from bot.questions.knowing import readings, without_now
from bot.questions.language import heard
from bot.questions.matching import items_of, lexicon_of
from bot.questions.mended import mended
from bot.questions.middles import middles
from bot.questions.near import correction
from bot.questions.question import Issue, Question, Unresolved
from bot.questions.record import Record
from bot.questions.refused import Refused, offers
from bot.questions.said import Said, said_in
from bot.words import say, speaking

LONGEST = 2_000  # characters without markup
MOST_TYPED = 40_000  # with markup: no message has more
MOST_ITEMS = 80  # words, or phrases, that mean something
HELP = Question(view="help")
_THANKS = re.compile(r"thank|\bthx\b|\bcheers\b|谢")


@dataclass(frozen=True, slots=True)
class _Typed:
    """A text as it was typed, read once: its items, and the slips that were set right in it."""

    text: str
    plain: str
    items: tuple[Item, ...] = ()
    slips: Mapping[str, str] = field(default_factory=dict)
    too_long: bool = False

    @property
    def may_be_offered(self) -> bool:
        """Whether it can name one of several questions: all its words are known."""
        return not self.too_long and all(item.sense != "unknown" for item in self.items)


def understand(
    text: str, *, record: Record, last: Question | None = None, offered: Sequence[Question] = ()
) -> Question | Unresolved:
    """The question that a typed text asks, or what did not resolve. Never raises.

    It follows `last` in its thread; or is the one of the questions `offered` since that the text names. It is
    in the language of the text, and so is every sentence in it. Another language alone, "in Chinese", asks
    the last question again.
    """
    text = text[:MOST_TYPED]
    with speaking(heard(text, last)[0]):
        typed = _typed(text, record)
    after = _after(typed, last, record)
    if not (offered and typed.may_be_offered) or (last and _is_same(after, last)):
        return after  # nothing offered that it can name, or what stands already is said again
    return _chosen(typed, offered, record) or (None if last else _begun(typed, offered, record)) or after


def _typed(text: str, record: Record) -> _Typed:
    """The text with evident slips set right."""
    _, asked = heard(text, None)
    if is_too_long(asked):
        return _Typed(text, "", too_long=True)
    plain = clean(asked)
    items, lexicon = items_of(plain, record), lexicon_of(record)
    if len(items) > MOST_ITEMS:
        return _Typed(text, plain, too_long=True)
    unknown = dict.fromkeys(item.text for item in items if item.sense == "unknown")
    slips = {word: meant for word in list(unknown)[:20] if (meant := correction(word, lexicon))}
    for word, meant in slips.items():
        plain = re.sub(rf"(?<![^\W\d_]){word}(?![^\W\d_])", meant, plain)
    return _Typed(text, plain, tuple(items_of(plain, record) if slips else items), slips)


def is_too_long(text: str) -> bool:
    """Whether no question is as long: it is refused before anything is read in it."""
    return len(text) > LONGEST and len(unmarked(text)) > LONGEST


def _after(typed: _Typed, last: Question | None, record: Record) -> Question | Unresolved:
    """What the text asks after that question, in its language."""
    spoken, asked = heard(typed.text, last)
    with speaking(spoken):
        only = asked != typed.text and not typed.items
        reply = (last or HELP) if only else _understood(typed, asked, last, record)
    if isinstance(reply, Question):
        return replace(reply, language=spoken)
    suggested = tuple(replace(each, language=spoken) for each in reply.suggestions)
    return replace(reply, suggestions=suggested, language=spoken)


def _understood(typed: _Typed, asked: str, last: Question | None, record: Record) -> Question | Unresolved:
    if typed.too_long:
        return Unresolved("not_understood", (Issue(f"{asked[:20]}…", say("understand.too_long")),))
    if not typed.plain:
        return last or HELP
    if no_question := refusal_of(asked):
        return no_question
    thread = last if last and last.commodities else None
    ways = [way for items in readings(mended(list(typed.items)), thread) for way in middles(items)]
    replies = [_reply(typed, items, thread, record) for items in ways]
    return replies[0] if len(replies) == 1 else either(replies, record)


def _is_same(asked: Question | Unresolved, last: Question) -> bool:
    """Whether the figures of that question are asked for again."""
    return isinstance(asked, Question) and _figures(asked) == _figures(last)


def _figures(asked: Question) -> Question:
    """Without what does not change the figures that are asked for."""
    return replace(asked.plain, language="en")


def _chosen(typed: _Typed, offered: Sequence[Question], record: Record) -> Question | None:
    """The one of the questions in which the text, said after it, changes nothing."""
    after = [(_after(typed, one, record), one) for one in offered]
    found = [asked for asked, one in after if isinstance(asked, Question) and _is_same(asked, one)]
    return found[0] if len(found) == 1 else None


def _begun(typed: _Typed, offered: Sequence[Question], record: Record) -> Question | Unresolved | None:
    """Where nothing but the offer came before: a text that is no whole question goes on from it."""
    alone = _after(typed, None, record)
    if isinstance(alone, Unresolved) or alone.view == "help" or _is_whole(typed, offered, record):
        return None
    after = [_after(typed, replace(one, against=None), record) for one in offered]
    found = [one for one in after if isinstance(one, Question)]
    if len(offers(found)) < 2:
        return next(iter(found), None)
    spoken = found[0].language
    with speaking(spoken):
        reply = Refused.among(found, say("understand.of_which"), record.catalogue).reply
    return replace(reply, language=spoken)


def _is_whole(typed: _Typed, offered: Sequence[Question], record: Record) -> bool:
    """Whether the text names what it is about, and when too where that is all that was offered."""
    of_all = all(one.commodities == tuple(record.catalogue) for one in offered)
    timed = any(item.moment or item.sense in ("ytd", "latest") for item in typed.items)
    return not SUBJECT.isdisjoint(item.sense for item in typed.items) and (timed or not of_all)


def _reply(
    typed: _Typed, items: Sequence[Item], last: Question | None, record: Record
) -> Question | Unresolved:
    lexicon = lexicon_of(record)
    items, now = without_now(items, last)
    said = said_in(items, record)
    issues = issues_in(items, lexicon, record) + [
        Issue(wrong.split("”")[0][1:], wrong) for wrong in said.times.wrong
    ]
    if issues:
        return unresolved(issues, items, _suggestions(typed.plain, issues, items, said, last, record))
    if not (said.anything or now):
        return _nothing_asked(typed.plain, said, last)
    try:
        if said.wish.why:
            said = _reasons(said, items, last, record)
        question = settled_then(said, items, now, None if said.reset else last, record)
    except Refused as refused:
        return replace(
            refused.reply, suggestions=refused.reply.suggestions or _instead(refused, said, last, record)
        )
    slips = tuple(say("understand.read_as", said=word, meant=meant) for word, meant in typed.slips.items())
    return replace(question, restated=(*slips, *question.restated)) if slips else question


def _reasons(said: Said, items: Sequence[Item], last: Question | None, record: Record) -> Said:
    """A bare "why?" is met with the sources and the working; why trade moved is not in this data."""
    if last and all(item.sense in ("why", "growth", "and") for item in items):
        clause = say("understand.sources_only")
        wish = replace(said.wish, views=("sources",), growth=frozenset())
        return replace(said, wish=wish, restated=(*said.restated, clause))
    plain = replace(said, wish=replace(said.wish, why=False))
    tries = _settled(plain, last, record) if said.commodities else ()
    raise Refused(Unresolved("outside", (Issue("why", say("understand.no_reasons")),), tries))


def _nothing_asked(plain: str, said: Said, last: Question | None) -> Question | Unresolved:
    """Polite words alone: help to a newcomer, nothing new in a thread or where somebody is thanked."""
    if said.help or said.reset or not (last or _THANKS.search(plain)):
        return HELP
    return Unresolved("not_understood", (Issue(plain[:40], say("understand.nothing_asked")),))


def _suggestions(
    plain: str,
    issues: Sequence[Issue],
    items: Sequence[Item],
    said: Said,
    last: Question | None,
    record: Record,
) -> tuple[Question, ...]:
    """Whole questions near what was typed: with the unknown word replaced, or what did resolve alone."""
    if len(issues) == 1 and issues[0].near and issues[0].words in plain:
        tries = [_put(name, issues[0].words, plain) for name in issues[0].near]
        return offers([question for text in tries if (question := _question(text, last, record))])
    senses = {item.sense for item in items}
    named = said.commodities or (last and "outside" in senses)
    if not named or said.wish.orders:
        return ()
    if any(item.value == "not" for item in items):
        of_partner = said.partners or (last and last.partner)
        return _with_and_whole(said, last, record) if of_partner else ()
    rest = _without(items, said, last, record)
    return () if last and rest and _is_same(rest[0], last) else rest


def _put(name: str, word: str, plain: str) -> str:
    """The text with the name in place of that word (not of a part of another one)."""
    if not word.isascii():
        return plain.replace(word, name, 1)
    return re.sub(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", name, plain, count=1)


def _instead(refused: Refused, said: Said, last: Question | None, record: Record) -> tuple[Question, ...]:
    """The same question about the flows that there are."""
    return _settled(replace(said, flows=refused.instead), last, record) if refused.instead else ()


def _without(
    items: Sequence[Item], said: Said, last: Question | None, record: Record
) -> tuple[Question, ...]:
    """The question without what did not resolve; where a price was asked for, the unit value."""
    if any(item.value == "price" for item in items):
        said = replace(said, measures=frozenset({"unit_value"}))
    if any(item.sense == "unmet" for item in items):  # a row of months is what comes nearest
        said = replace(said, wish=replace(said.wish, views=("trend",), when=False, which=False))
    if said.wish.when and "release" not in said.wish.views:  # when something was is no release date
        said = replace(said, wish=replace(said.wish, when=False))
    return _settled(said, last, record)


def _settled(said: Said, last: Question | None, record: Record) -> tuple[Question, ...]:
    try:
        asked = settled(said, last, record)
    except Refused:
        return ()
    return offers([_published(asked, record)])


def _with_and_whole(said: Said, last: Question | None, record: Record) -> tuple[Question, ...]:
    """Where a partner was to be left out: all of it, and what is the partner's."""
    try:
        part = settled(said, last, record)
    except Refused:
        return ()
    return offers([part.about(partner=""), part])


def _published(asked: Question, record: Record) -> Question:
    """The same of the newest month on record, where of the time that was asked for none can be out."""
    if not asked.period or asked.period.start < Month(record.today.year, record.today.month):
        return asked
    newest = record.newest(asked.commodities, asked.flows, partner=asked.partner, measure=asked.measure)
    return asked.at(Period.month(newest)) if newest else asked


def _question(plain: str, last: Question | None, record: Record) -> Question | None:
    """The question of a text in which a word was replaced, if it is one: no more is looked for."""
    items = mended(items_of(plain, record))
    said = said_in(items, record)
    if issues_in(items, lexicon_of(record), record) or said.times.wrong or not said.anything:
        return None
    try:
        return settled_then(said, items, "", last, record)
    except Refused:
        return None
