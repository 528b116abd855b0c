"""The way through this room: text, items, what is said, a Question; or all that did not resolve."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dataset.calendar import Month, Period
from bot.questions.clean import clean
from bot.questions.commands import refusal_of
from bot.questions.followup import settled
from bot.questions.issues import issues_in, unresolved
from bot.questions.items import Item
from bot.questions.knowing import readings, without_now
from bot.questions.language import heard
from bot.questions.matching import Lexicon, items_of, lexicon_of
from bot.questions.mended import mended
from bot.questions.middles import middles
from bot.questions.near import correction
from bot.questions.question import Issue, Question, Unresolved
from bot.questions.record import Record
from bot.questions.refused import Refused
from bot.questions.said import Said, said_in
from bot.questions.speak import words
from bot.questions.then import either, settled_then
from bot.words import language, say, speaking

LONGEST = 10_000
SHORT = 60  # a suggestion keeps the asker's own words up to that length
HELP = Question((), (), None, view="help")
_THANKS = re.compile(r"thank|\bthx\b|\bcheers\b|谢")


def understand(text: str, *, record: Record, last: Question | None = None) -> Question | Unresolved:
    """The question the text asks, after `last` in its thread, or what did not resolve. Never raises.

    It is in the language of the text, and so is every sentence in it. Another language alone, "in Chinese",
    asks the last question again.
    """
    text = text[: LONGEST + 1]
    spoken, asked = heard(text, last)
    only = asked != text and not items_of(clean(asked), record)
    with speaking(spoken):
        reply = _understood("" if only else asked, record, last)
    return replace(reply, language=spoken) if reply.language != spoken else reply


def _understood(text: str, record: Record, last: Question | None) -> Question | Unresolved:
    if len(text) > LONGEST:
        return Unresolved("not_understood", (Issue(f"{text[:20]}…", say("understand.too_long")),))
    plain = clean(text)
    if not plain:
        return last or HELP
    if no_question := refusal_of(text):
        return no_question
    lexicon = lexicon_of(record)
    found, restated = _corrected(plain, items_of(plain, record), lexicon, record)
    thread = last if last and last.commodities else None
    ways = [way for items in readings(mended(found), thread) for way in middles(items)]
    replies = [_reply(plain, items, restated, thread, lexicon, record) for items in ways]
    return replies[0] if len(replies) == 1 else either(replies, record)


def _corrected(
    plain: str, items: list[Item], lexicon: Lexicon, record: Record
) -> tuple[list[Item], tuple[str, ...]]:
    """The items with evident slips set right, and a clause for each."""
    unknown = dict.fromkeys(item.text for item in items if item.sense == "unknown")
    slips = {word: meant for word in list(unknown)[:20] if (meant := correction(word, lexicon))}
    for word, meant in slips.items():
        plain = re.sub(rf"(?<![^\W\d_]){word}(?![^\W\d_])", meant, plain)
    clauses = tuple(say("understand.read_as", said=word, meant=meant) for word, meant in slips.items())
    return (items_of(plain, record) if slips else items), clauses


def _reply(
    plain: str,
    items: Sequence[Item],
    restated: tuple[str, ...],
    last: Question | None,
    lexicon: Lexicon,
    record: Record,
) -> Question | Unresolved:
    items, now = without_now(items, last)
    said = said_in(items, record)
    issues = issues_in(items, lexicon, record) + [
        Issue(wrong.split("”")[0][1:], wrong) for wrong in said.times.wrong
    ]
    if issues:
        return unresolved(issues, items, _suggestions(plain, issues, items, said, last, record))
    if not (said.anything or now):
        return _nothing_asked(plain, said, last)
    try:
        if said.wish.why:
            said = _reasons(said, items, last, record)
        question = settled_then(said, items, now, None if said.reset else last, record)
    except Refused as refused:
        return replace(
            refused.reply, suggestions=refused.reply.suggestions or _instead(refused, said, last, record)
        )
    return replace(question, restated=(*restated, *question.restated)) if restated else question


def _reasons(said: Said, items: Sequence[Item], last: Question | None, record: Record) -> Said:
    """A bare "why?" is met with the sources and the working; why trade moved is not in this data."""
    if last and all(item.sense in ("why", "growth", "and") for item in items):
        clause = say("understand.sources_only")
        wish = replace(said.wish, views=("sources",), growth=frozenset())
        return replace(said, wish=wish, restated=(*said.restated, clause))
    plain = replace(said, wish=replace(said.wish, why=False))
    tries = _spoken(plain, last, record) if said.commodities else ()
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
) -> tuple[str, ...]:
    """Whole questions near what was typed: with the unknown word replaced, or what did resolve alone."""
    if len(issues) == 1 and issues[0].near and issues[0].words in plain:
        tries = [_put(name, issues[0].words, plain) for name in issues[0].near]
        found = [(text, question) for text in tries if (question := _question(text, last, record))]
        return tuple(
            text if not last and _may_stay(text) else words(question, record.catalogue)
            for text, question in found
        )
    senses = {item.sense for item in items}
    named = said.commodities or (last and "outside" in senses)
    if not named or said.wish.orders:
        return ()
    if any(item.value == "not" for item in items):
        of_partner = said.partners or (last and last.partner)
        return _with_and_whole(said, last, record) if of_partner else ()
    rest = _without(items, said, last, record)
    return () if last and rest == (words(last, record.catalogue),) else rest


def _may_stay(text: str) -> bool:
    """Whether the asker's own words are short enough, and in the language that is spoken."""
    return len(text) <= SHORT and heard(text, None)[0] == language()


def _put(name: str, word: str, plain: str) -> str:
    """The text with the name in place of that word (not of a part of another one)."""
    if not word.isascii():
        return plain.replace(word, name, 1)
    return re.sub(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", name, plain, count=1)


def _instead(refused: Refused, said: Said, last: Question | None, record: Record) -> tuple[str, ...]:
    """The same question about the flows that there are."""
    return _spoken(replace(said, flows=refused.instead), last, record) if refused.instead else ()


def _without(items: Sequence[Item], said: Said, last: Question | None, record: Record) -> tuple[str, ...]:
    """The question without what did not resolve; where a price was asked for, the unit value."""
    if any(item.value == "price" for item in items):
        said = replace(said, measures=frozenset({"unit_value"}))
    if any(item.sense == "unmet" for item in items):  # a row of months is what comes nearest
        said = replace(said, wish=replace(said.wish, views=("trend",), when=False, which=False))
    if said.wish.when and "release" not in said.wish.views:  # when something was is no release date
        said = replace(said, wish=replace(said.wish, when=False))
    return _spoken(said, last, record)


def _spoken(said: Said, last: Question | None, record: Record) -> tuple[str, ...]:
    try:
        asked = settled(said, last, record)
    except Refused:
        return ()
    return (words(_published(asked, record), record.catalogue),)


def _with_and_whole(said: Said, last: Question | None, record: Record) -> tuple[str, ...]:
    """Where a partner was to be left out: all of it, and what is the partner's."""
    try:
        part = settled(said, last, record)
    except Refused:
        return ()
    return tuple(words(one, record.catalogue) for one in (replace(part, partner=""), part))


def _published(asked: Question, record: Record) -> Question:
    """The same of the newest month on record, where of the time that was asked for none can be out."""
    if not asked.period or asked.period.start < Month(record.today.year, record.today.month):
        return asked
    newest = record.newest(asked.commodities, asked.flows, partner=asked.partner, measure=asked.measure)
    return replace(asked, period=Period.month(newest)) if newest else asked


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
