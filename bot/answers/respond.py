"""A Question into an Answer: the view says which function makes it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.as_of import as_first_published, as_then
from bot.answers.bounds import LISTS, UNBOUND, in_part, is_too_long, too_long
from bot.answers.compare import both_periods, shares
from bot.answers.daily import by_day
from bot.answers.examples import examples, first_questions
from bot.answers.held import coverage
from bot.answers.lookup import answer_of, with_period
from bot.answers.period_views import export, figures, growth, sources, told_highlights
from bot.answers.rankings import ranking
from bot.answers.revisions import revisions
from bot.answers.standings import record, release
from bot.answers.stretches import average, trend
from bot.dataset.dataset import Dataset
from bot.questions.question import Question, Unresolved, View
from bot.words.language import Language

ViewFunction = Callable[[Question, Dataset], Answer]

OF_ONE_PERIOD: Mapping[View, ViewFunction] = {
    "figure": figures,
    "overview": figures,
    "compare": figures,
    "growth": growth,
    "highlights": told_highlights,
    "sources": sources,
    "record": record,
}
OF_ANY_PERIOD: Mapping[View, ViewFunction] = {
    "trend": trend,
    "ranking": ranking,
    "average": average,
    "export": export,
    "release": release,
    "revisions": revisions,
    "coverage": coverage,
}


def respond(asked: Question | Unresolved, dataset: Dataset) -> Answer:
    """The answer to a question, or to what did not resolve, and the questions that it brings, in the language
    of what was asked. Never raises for what a user typed.
    """
    answer = _refusal(asked, dataset) if isinstance(asked, Unresolved) else _told(asked, dataset)
    shown = () if answer.figures else examples(answer, dataset)
    return in_language(replace(answer, examples=shown), asked.language)


def in_language(answer: Answer, language: Language) -> Answer:
    """The answer, and the questions that it brings, in that language."""
    suggestions, examples, onward = (
        tuple(replace(each, language=language) for each in brought)
        for brought in (answer.suggestions, answer.examples, answer.onward)
    )
    return replace(answer, language=language, suggestions=suggestions, examples=examples, onward=onward)


def _refusal(asked: Unresolved, dataset: Dataset) -> Answer:
    return Answer(
        asked.outcome, None,
        issues=asked.issues, suggestions=asked.suggestions, catalogue=dataset.catalogue,
    )  # fmt: skip


def _told(asked: Question, dataset: Dataset) -> Answer:
    answer = _known(asked, dataset)
    ranked = asked.view == "ranking"  # in its order by the day already
    return by_day(answer) if asked.unit == "t/day" and not ranked else answer


def _known(asked: Question, dataset: Dataset) -> Answer:
    """The answer from what is known today, or from what was known on another day."""
    if asked.as_of:
        return as_then(asked, dataset, _of_question)
    return as_first_published(asked, dataset, _of_question) if asked.first else _of_question(asked, dataset)


def _of_question(asked: Question, dataset: Dataset) -> Answer:
    if asked.view == "help":
        return Answer("answered", asked, onward=first_questions(dataset), catalogue=dataset.catalogue)
    if asked.view in LISTS and not asked.against:
        return in_part(asked, dataset, _of_view, LISTS[asked.view])
    if is_too_long(asked) and asked.view not in UNBOUND:
        return too_long(asked, dataset)
    return _of_view(asked, dataset)


def _of_view(asked: Question, dataset: Dataset) -> Answer:
    if asked.view in OF_ANY_PERIOD and asked.unit != "%" and not asked.against:
        return OF_ANY_PERIOD[asked.view](asked, dataset)
    return _of_one_period(asked, dataset)


def _of_one_period(asked: Question, dataset: Dataset) -> Answer:
    question = asked if asked.view in OF_ANY_PERIOD else with_period(asked, dataset)
    if question is None:
        return answer_of(asked, dataset, ())
    if question.unit == "%":
        return shares(question, dataset)
    if question.against:
        return both_periods(question, dataset)
    return OF_ONE_PERIOD[question.view](question, dataset)
