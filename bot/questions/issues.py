"""What did not resolve in a text: every part of it, each with its sentence and near names."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from bot.questions.clean import CJK
from bot.questions.items import Item, Sense
from bot.questions.matching import Lexicon
from bot.questions.near import near, slip_around
from bot.questions.question import Issue, Question, Unresolved
from bot.questions.record import Record
from bot.words import say
from bot.words.countries import country
from bot.words.joints import both, listed

SHOWN = 8  # issues in full; the rest is counted
SHOWN_LETTERS = 40
NAMED = 6  # countries; of more only their number is told
_OUTSIDE = frozenset({"outside", "country", "meaning", "asks_what"})
_TROUBLED = frozenset({"unknown", "wrong", "unmet", "annual", "degree", "not", "next"}) | _OUTSIDE
_CHARACTER = re.compile(f"[{CJK}]")
_WHERE = ("where", "哪里", "哪儿")
_SPANS = ("since", "onwards", "join", "between")  # beside them "annual" asks for a row a year
_SENTENCES: Mapping[Sense, str] = {
    "meaning": "meanings",
    "asks_what": "meanings",
    "next": "next",
    "not": "not",
}

_NONE = (False, [Item("noise", "", "")])  # beside the first and the last run of items


def issues_in(items: Sequence[Item], words: Lexicon, record: Record) -> list[Issue]:
    """An issue for each part that is unknown, impossible, outside the data or not yet answered."""
    if all(item.sense not in _TROUBLED for item in items):
        return []
    issues: dict[str, Issue] = {}
    for issue in _issues(items, words, record):
        issues.setdefault(issue.sentence, issue)
    return list(issues.values())


def _issues(items: Sequence[Item], words: Lexicon, record: Record) -> Iterator[Issue]:
    named, years = 0, any(item.moment and item.moment.kind == "year" for item in items)
    items = _troubling(items)
    spanned = any(item.sense in _SPANS for item in items)
    yield from (
        _row(item)
        for item in items
        if item.sense == "annual" and not (years and (not spanned or item.text == "year"))
    )
    if not any(item.sense == "compare" for item in items):
        yield from (_than_what(item) for item in items if item.sense == "degree")
    runs = [(unknown, list(run)) for unknown, run in groupby(items, lambda item: item.sense == "unknown")]
    for before, (unknown, run), after in zip([_NONE, *runs], runs, [*runs[1:], _NONE], strict=False):
        if not unknown:
            yield from (issue for item in run if (issue := _known(item, record)))
            continue
        for word in _joined(item.text for item in run):
            named += 1
            whole = slip_around(before[1][-1].text, word, after[1][0].text, words)
            yield _unknown(whole, words if named <= SHOWN else None)


def _row(item: Item) -> Issue:
    return Issue(item.text, say("issues.row", said=item.text))


def _troubling(items: Sequence[Item]) -> list[Item]:
    """Without what does not resolve by itself, but does beside the others: where do the numbers come from."""
    views = {item.value for item in items if item.sense == "view"}
    means = any(item.text == "mean" for item in items)
    harmless = ({"next"} if "release" in views else set()) | (set() if means else {"asks_what"})
    ranked = any(item.sense == "order" for item in items)
    return [
        item
        for at, item in enumerate(items)
        if item.sense not in harmless
        and not (item.text in _WHERE and _of_sources(items, at))
        and not (item.value == "picked" and ranked)  # months in which they were highest
        and not (item.value == "not" and any(before.value == "not" for before in items[:at]))  # 除…外
    ]


def _of_sources(items: Sequence[Item], at: int) -> bool:
    """Whether that "where" is of the source beside it: 来源在哪里, and not 出口到哪里 来源."""
    beside = items[at + 1 : at + 2] if items[at].text == "where" else items[max(at - 1, 0) : at]
    return any(item.value == "sources" for item in beside)


def _than_what(item: Item) -> Issue:
    return Issue(item.text, say("issues.than_what", said=item.text))


def _joined(texts: Iterable[str]) -> Iterator[str]:
    """Words of letters one by one; Chinese characters that stand together as one."""
    for characters, run in groupby(texts, key=lambda text: bool(_CHARACTER.match(text))):
        if characters:
            yield "".join(run)
        else:
            yield from run


def _unknown(word: str, words: Lexicon | None) -> Issue:
    shown = word if len(word) <= SHOWN_LETTERS else word[:SHOWN_LETTERS] + "…"
    if word.isdigit():
        return Issue(shown, say("issues.number", said=shown))
    return Issue(shown, say("issues.unknown", said=shown), near(word, words) if words else ())


def _known(item: Item, record: Record) -> Issue | None:
    if item.sense == "wrong":
        return Issue(item.text, item.value)
    if item.sense == "unmet":
        return Issue(item.text, say("issues.unmet", wish=say(f"issues.wish_{item.value}")))
    if item.sense == "country":
        return Issue(item.text, by_country(record), topic="country")
    if item.sense in _SENTENCES:
        return Issue(item.text, say(f"issues.of_{_SENTENCES[item.sense]}", said=item.text))
    if item.sense == "outside":
        return Issue(item.text, _outside(item, record), topic=item.value)
    return None


def _outside(item: Item, record: Record) -> str:
    """Why it is not in this data; its word is quoted unless it stands for a link."""
    told = _topic(item, record)
    return (
        told
        if item.value == "link"
        else say("issues.about", said=item.text, told=told[:1].lower() + told[1:])
    )


def _topic(item: Item, record: Record) -> str:
    if item.value == "code":
        scopes = [name for one in record.catalogue.values() for name in one.scopes if name.startswith("HS ")]
        return say("issues.codes", codes=listed(scopes))
    return say(f"issues.topic_{item.value}", holdings=say("issues.holdings"))


def by_country(record: Record) -> str:
    """The sentence about partner countries."""
    if not record.partners:
        return say("issues.no_countries", holdings=say("issues.holdings"))
    few = len(record.partners) <= NAMED
    names = both([country(name) for name in record.partners])
    told = names if few else say("issues.countries", number=len(record.partners))
    return say("issues.by_country", partners=told)


def unresolved(
    issues: Sequence[Issue], items: Sequence[Item], suggestions: tuple[Question, ...] = ()
) -> Unresolved:
    """All of it as one outcome: outside only if everything that did not resolve lies outside."""
    troubled = {item.sense for item in _troubling(items)} & _TROUBLED
    if troubled and troubled <= _OUTSIDE:
        return Unresolved("outside", _shown(issues), suggestions)
    if len(issues) == 1 and issues[0].near and suggestions:
        return Unresolved("ask_back", _shown(issues), suggestions)
    return Unresolved("not_understood", _shown(issues), suggestions)


def _shown(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    if len(issues) <= SHOWN:
        return tuple(issues)
    rest = len(issues) - SHOWN
    return (*issues[:SHOWN], Issue("…", say("issues.more", rest=rest)))
