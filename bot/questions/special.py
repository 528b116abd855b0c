"""Views of their own: definitions, release dates, sources, help, coverage. They need no slot."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from bot.dataset.calendar import Month, Period
from bot.questions.draft import Draft
from bot.questions.lexicon import patterns
from bot.questions.periods import Resolver, newest_of
from bot.questions.question import Pair, Question, View

# Without one of these no text asks for such a view.
RE, TOPICS = patterns("special"), patterns("topics")
NEAR = 6  # months back, in which what will come out may be overdue


def special(draft: Draft) -> tuple[Question, ...]:
    """The Question of a view that needs no slot; none where series, flow and time make it one of figures."""
    text = draft.text
    if RE.whats_new.fullmatch(text):
        pairs = _pairs(draft, every=True)
        return (Question(pairs, (Period.month(newest_of(draft, pairs)),), "highlights", open_ended=True),)
    if not draft.says(RE.may_be):
        return ()
    series, flow, time = draft.has("series"), draft.has("flow"), draft.has("time")
    figures = (flow and time) or (series and time)
    if _asks_meaning(draft):
        return _definition(draft)
    whether = RE.out_yet.search(text) and not RE.asks_when.search(text)
    named = series or (draft.turn.question and draft.turn.question.pairs)  # or the thread has
    released = (RE.release.search(text) or (whether and time)) and not (named and time and whether)
    if released and not draft.has("view", "ranking", "count", "streak"):
        return (_release_of(draft, whether=bool(whether)),)
    traded = (draft.has("country") and time) or (series and flow) or RE.origin.search(text)
    if (RE.institution.search(text) and not figures) or (RE.sources.search(text) and not traded):
        return _sources(draft)
    if RE.coverage.search(text) and not (figures or draft.has("view", "streak")):
        return (_release(draft, "coverage"),)
    return (Question(view="help"),) if RE.help.search(text) and not figures else ()


def _asks_meaning(draft: Draft) -> bool:
    text, answers = draft.text, draft.turn.answers
    series, flow = draft.has("series"), draft.has("flow")
    time = any(m.time.kind != "cumulative" for m in draft.live("time"))  # "year to date" is a term
    figures = time or (series and flow and draft.has("measure")) or RE.with_change.search(text)
    alone = series and not (flow or time or answers)
    elsewhere = draft.live("oos")  # "what is the alumina price": asked of what is not on record
    if (RE.means.search(text) and not figures) or RE.as_one.search(text):
        return True
    if RE.word.search(text) and not (series and flow):
        return True
    term = RE.asks_term.match(text) and not (flow or (series and time))
    if term and (_terms(draft) or (series and not elsewhere)):
        return True
    apart = RE.differs.search(text) and len(draft.values("series")) > 1
    return bool(alone and (apart or RE.what_is.search(text)))


def _definition(draft: Draft) -> tuple[Question, ...]:
    named = [name for name in draft.values("series") if name != "all"]
    shown = [name for question in draft.turn.questions for name in question.commodities]
    topics = (*_terms(draft), *_topics(draft, draft.record.terms)) or named or shown
    return (Question(view="definition", topics=tuple(dict.fromkeys(topics))),)


def loosely(draft: Draft) -> tuple[Question, ...]:
    """What a text without flow and time may ask of the figures themselves, however it is put."""
    text = draft.text
    if draft.has_any("flow", "time", "claim") or (draft.turn.answers and draft.has_any("measure", "unit")):
        return ()
    about = RE.of_data.search(text) or draft.turn.answers
    if about and (views := _topics(draft, ("sources", "release", "coverage"))):
        return _sources(draft) if views[0] == "sources" else (_release(draft, views[0]),)
    explained = RE.meaning.search(text) and not RE.figures.search(text) and draft.has("series")
    return _definition(draft) if explained or (about and _topics(draft, draft.record.terms)) else ()


def _topics(draft: Draft, among: Iterable[str]) -> tuple[Any, ...]:
    return tuple(name for name in among if name in TOPICS.all and TOPICS.all[name].search(draft.text))


def _terms(draft: Draft) -> list[str]:
    """The glossary's entries that are no series and are named in so many words."""
    found = []
    for name, words in draft.record.terms.items():
        said = (rf"(?<![a-z]){re.escape(word.lower())}(?![a-z])" for word in (name, *words))
        if name not in draft.record.catalogue and any(re.search(each, draft.text) for each in said):
            found.append(name)
    return found


def _pairs(draft: Draft, *, every: bool) -> tuple[Pair, ...]:
    catalogue = draft.record.catalogue
    names = [name for name in draft.values("series") if name != "all"] or (list(catalogue) if every else [])
    return tuple(Pair(name, flow) for name in names for flow in catalogue[name].flows)


def _release_of(draft: Draft, *, whether: bool) -> Question:
    """The releases of the months that were named, or of what was shown and is pointed at; else the next."""
    asked, last, flows = _release(draft, "release"), draft.turn.question, draft.values("flow")
    asked = replace(asked, pairs=tuple(pair for pair in asked.pairs if pair.flow in flows) or asked.pairs)
    if last and draft.turn.answers and not asked.pairs:
        asked = replace(asked, pairs=last.pairs)
    if draft.has("time"):
        return replace(asked, periods=tuple(dict.fromkeys(_months_out(draft, asked.pairs))), whether=whether)
    if last and last.periods and not draft.has("series") and RE.was_out.search(draft.text):
        return replace(asked, periods=(Period.month(last.periods[-1].end),))
    return asked


def _months_out(draft: Draft, pairs: tuple[Pair, ...]) -> Iterator[Period]:
    """The month that each time ends with; not one in which something comes out."""
    resolver = Resolver(draft, pairs, "quantity")
    for mention in draft.live("time"):
        time = mention.time
        if time.kind in ("relative", "around", "cumulative") or RE.comes_in.search(draft.before(mention)):
            continue
        if time.kind == "latest":
            if RE.last_month.search(mention.text):
                yield Period.month(resolver.this_month.plus(-1))
        elif time.kind == "month" and time.year is None:
            this, ahead = resolver.this_month, RE.ahead.search(draft.text)
            last = Month(this.year - (time.number > this.number), time.number)
            yield Period.month(last.plus(12) if ahead and last.until(this) > NEAR else last)
        else:
            yield from (Period.month(period.end) for period in resolver.periods(time, None)[-1:])


def _release(draft: Draft, view: View) -> Question:
    return Question(_pairs(draft, every=view == "coverage"), (), view)


def _sources(draft: Draft) -> tuple[Question, ...]:
    """The sources of what was shown, else of the newest figures; with what else is asked of them."""
    also = [Question(view="definition", topics=on)] if (on := _topics(draft, draft.record.terms)) else []
    if draft.turn.questions and not draft.has("series"):
        shown = [question for question in draft.turn.questions if question.pairs and question.periods]
        return (*(replace(question, view="sources", against=None) for question in shown[:1]), *also)
    pairs = _pairs(draft, every=True)
    return (Question(pairs, (Period.month(newest_of(draft, pairs)),), "sources"), *also)
