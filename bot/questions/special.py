"""Views of their own: definitions, release dates, sources, help, coverage. They need no slot."""

import re
from dataclasses import replace

from bot.dataset.calendar import Period
from bot.questions.draft import Draft
from bot.questions.patterns import pattern
from bot.questions.periods import newest_of
from bot.questions.question import Pair, Question, View

# Without one of these no text asks for such a view.
_MAY_BE = pattern("special", "may_be")
_MEANS = pattern("special", "means")
_WITH_CHANGE = re.compile(r"\binclude (?:the )?(?:yoy|change|growth)")
_WHAT_IS = pattern("special", "what_is")
_RELEASE = pattern("special", "release")
_WORD = pattern("special", "word")
_DIFFERS = pattern("special", "differs")
_ASKS_TERM = re.compile(r"\W*what(?:'s| is| are) (?:an? |the )?[a-z ]+\W*$")
_OUT_YET = re.compile(r"\bout yet|\bbeen (?:released|published)|(?:出来|公布|出)了(?:没|吗)")
_SOURCES = pattern("special", "sources")
_ORIGIN = pattern("special", "origin")
_HELP = pattern("special", "help")
_COVERAGE = pattern("special", "coverage")


_OF_DATA = pattern("special", "of_data")
_WHOSE = pattern("special", "whose")
_WHEN = pattern("special", "when")
_HOW_FAR = pattern("special", "how_far")
_MEANING = pattern("special", "meaning")
_FIGURES = pattern("special", "figures")


def special(draft: Draft) -> tuple[Question, ...]:
    """The Question of a view that needs no slot; none where series, flow and time make it one of figures."""
    text = draft.text
    if not _MAY_BE.search(text):
        return ()
    series, flow, time = draft.has("series"), draft.has("flow"), draft.has("time")
    if (
        _MEANS.search(text)
        and not time
        and not (series and flow and draft.has("measure"))
        and not _WITH_CHANGE.search(text)
    ):
        return (Question(view="definition", topics=_topics(draft)),)
    if _DIFFERS.search(text) and len(draft.values("series")) > 1 and not (flow or time or draft.turn.answers):
        return (Question(view="definition", topics=_topics(draft)),)
    if _ASKS_TERM.match(text) and not flow and (_terms(draft) or (series and not time)):
        return (Question(view="definition", topics=_topics(draft)),)
    if _WORD.search(text) and not (series and flow):
        return (Question(view="definition", topics=_topics(draft)),)
    if _WHAT_IS.search(text) and not time and not flow and series and not draft.turn.answers:
        return (Question(view="definition", topics=_topics(draft)),)
    if (
        _RELEASE.search(text)
        and not (series and time and _OUT_YET.search(text))
        and not draft.has("view", "ranking", "count", "streak")
    ):
        return (_release(draft, "release"),)
    if (
        _SOURCES.search(text)
        and not (draft.has("country") and time)
        and not (series and flow)
        and not _ORIGIN.search(text)
    ):
        return _sources(draft)
    if _COVERAGE.search(text) and not (flow and time) and not (series and time):
        return (_release(draft, "coverage"),)
    if _HELP.search(text) and not (flow and time) and not (series and time):
        return (Question(view="help"),)
    return ()


def loosely(draft: Draft) -> tuple[Question, ...]:
    """What a text without flow and time may ask of the figures themselves, however it is put."""
    text = draft.text
    if draft.has("flow") or draft.has("time") or draft.has("claim"):
        return ()
    about = bool(_OF_DATA.search(text)) or bool(draft.turn.answers)
    if about and _WHOSE.search(text):
        return _sources(draft)
    if about and _WHEN.search(text):
        return (_release(draft, "release"),)
    if about and _HOW_FAR.search(text):
        return (_release(draft, "coverage"),)
    if draft.has("series") and _MEANING.search(text) and not _FIGURES.search(text):
        return (Question(view="definition", topics=_topics(draft)),)
    return ()


def _topics(draft: Draft) -> tuple[str, ...]:
    named = [name for name in draft.values("series") if name != "all"]
    shown = [name for question in draft.turn.questions for name in question.commodities]
    return tuple(dict.fromkeys(_terms(draft) or named or shown))


def _terms(draft: Draft) -> list[str]:
    """The glossary's entries that are no series and are named in so many words."""
    terms = draft.record.terms.items()
    other = ((name, words) for name, words in terms if name not in draft.record.catalogue)
    return [
        name for name, words in other if any(_stands_in(word.lower(), draft.text) for word in (name, *words))
    ]


def _stands_in(word: str, text: str) -> bool:
    return bool(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text))


def _release(draft: Draft, view: View) -> Question:
    """The next release, or what is on record; of the series that were named."""
    catalogue = draft.record.catalogue
    names = [name for name in draft.values("series") if name != "all"]
    if view == "coverage" and not names:
        names = list(catalogue)
    pairs = tuple(Pair(name, flow) for name in names for flow in catalogue[name].flows)
    return Question(pairs, (), view)


def _sources(draft: Draft) -> tuple[Question, ...]:
    """The sources of what was shown, else of the newest figures of what is named."""
    if draft.turn.questions and not draft.has("series"):
        return tuple(
            replace(q, view="sources", against=None) for q in draft.turn.questions if q.pairs and q.periods
        )[:1]
    names = [name for name in draft.values("series") if name != "all"] or list(draft.record.catalogue)
    pairs = tuple(Pair(name, flow) for name in names for flow in draft.record.catalogue[name].flows)
    return (Question(pairs, (Period.month(newest_of(draft, pairs)),), "sources"),)
