"""Questions into Answers: the view says which function makes each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from bot.answers.answer import Answer, Citation
from bot.answers.as_of import as_first_published, as_then
from bot.answers.bounds import LISTS, UNBOUND, in_part, is_too_long, too_long
from bot.answers.by_country import by_country, named_countries
from bot.answers.checking import check
from bot.answers.compare import COMPARED, both_periods
from bot.answers.counting import count, streak
from bot.answers.daily import by_day
from bot.answers.examples import examples, first_questions
from bot.answers.explain import definition, events, why
from bot.answers.lookup import answer_of, asked_back, with_period
from bot.answers.period_views import export, figures, growth, sources, told_highlights
from bot.answers.rankings import ranking
from bot.answers.revisions import revisions
from bot.answers.shares import shares
from bot.answers.side_by_side import difference, ratio
from bot.answers.standings import coverage, record, release
from bot.answers.stretches import average, trend
from bot.answers.tabulate import table
from bot.answers.totals import mean_of, rolling, season, total
from bot.dataset.calendar import Period
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
OPERATIONS: Mapping[View, ViewFunction] = {
    "total": total,
    "difference": difference,
    "ratio": ratio,
    "count": count,
    "streak": streak,
    "table": table,
    "rolling": rolling,
    "season": season,
    "why": why,
    "events": events,
    "check": check,
    "definition": definition,
}
WITH_AGAINST = ("difference", "ratio", "check")  # operations that know a second period
OF_NEWEST = ("total", "difference", "ratio", "rolling", "season", "why", "check")  # where none is named
WITHOUT_FIGURES = ("events", "definition")
# Views that take several periods as they are; for others they have to be one stretch.
OF_PERIODS = (
    "figure", "overview", "growth", "compare", "sources", "total", "difference", "ratio", "share", "table",
    "why", "events", "definition", "coverage", "release", "help",
)  # fmt: skip


def respond_all(asked: Sequence[Question | Unresolved], dataset: Dataset) -> Answer:
    """The answers to all questions of a message: the first, with the further ones in it.

    All cite the sources of all, so that a source has one number.
    """
    answers = [respond(each, dataset) for each in asked]
    cited: dict[str, Citation] = {}
    for citation in (citation for answer in answers for citation in answer.citations):
        cited.setdefault(citation.source.id, citation)
    if len(answers) == 1:
        return answers[0]
    first, *further = (replace(answer, citations=tuple(cited.values())) for answer in answers)
    return replace(first, further=tuple(further))


def respond(asked: Question | Unresolved, dataset: Dataset) -> Answer:
    """The answer to a question, or to what did not resolve, and the questions that it brings, in the language
    of what was asked. Never raises for what a user typed.
    """
    answer = _refusal(asked, dataset) if isinstance(asked, Unresolved) else _told(asked, dataset)
    shown = () if answer.figures else examples(answer, dataset)
    return in_language(replace(answer, examples=shown) if shown else answer, asked.language)


def in_language(answer: Answer, language: Language) -> Answer:
    """The answer, and the questions that it brings, in that language."""
    brought = (answer.suggestions, answer.examples, answer.onward)
    if answer.language == language and all(each.language == language for each in chain(*brought)):
        return answer
    suggestions, examples, onward = (
        tuple(each if each.language == language else replace(each, language=language) for each in questions)
        for questions in brought
    )
    return replace(answer, language=language, suggestions=suggestions, examples=examples, onward=onward)


def _refusal(asked: Unresolved, dataset: Dataset) -> Answer:
    return Answer(
        asked.outcome, None,
        issues=asked.issues, catalogue=dataset.catalogue,
        suggestions=tuple(_in_a_known_scope(each, dataset) for each in asked.suggestions),
    )  # fmt: skip


def _in_a_known_scope(offered: Question, dataset: Dataset) -> Question:
    """The question; of a code of which nothing is on record that of the line that holds it."""
    return offered if not offered.scope or dataset.counts(offered.scope) else replace(offered, scope=None)


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
    if len(asked.periods) > 1 and asked.view not in OF_PERIODS:
        return _of_periods(asked, dataset)
    if asked.view in LISTS and not asked.against:
        return in_part(asked, dataset, _of_view, LISTS[asked.view])
    if is_too_long(asked) and asked.view not in UNBOUND:
        return too_long(asked, dataset)
    return _of_view(asked, dataset)


def _of_periods(asked: Question, dataset: Dataset) -> Answer:
    """The answer of the one stretch that several periods make, for a view that takes no more than one."""
    periods = sorted(asked.periods, key=lambda each: each.start)
    if all(first.end.plus(1) == second.start for first, second in pairwise(periods)):
        return _of_question(asked.at(Period.span(periods[0].start, periods[-1].end)), dataset)
    alike = len({(each.kind, each.length) for each in periods}) == 1
    if asked.view == "average" and alike and asked.unit != "%" and not asked.against:
        return mean_of(asked, dataset)
    instead = replace(asked.plain, view="figure", against=None, criterion=None, claim=None)
    return asked_back("one_stretch", [instead], dataset)


def _of_view(asked: Question, dataset: Dataset) -> Answer:
    if asked.view == "partners":
        return by_country(asked, dataset)
    if _is_operation(asked):
        question = with_period(asked, dataset) if asked.view in OF_NEWEST else asked
        return OPERATIONS[asked.view](question, dataset) if question else answer_of(asked, dataset, ())
    if asked.view in OF_ANY_PERIOD and asked.unit != "%" and not asked.against:
        return OF_ANY_PERIOD[asked.view](asked, dataset)
    return _of_one_period(asked, dataset)


def _beside(question: Question) -> Question:
    """The question with two periods to compare as such; with more of them as a list."""
    if question.view == "compare" and len(question.periods) == 2 and not question.against:
        return replace(question.at(question.periods[0]), against=question.periods[1])
    if question.against and len(question.periods) > 1 and question.view in COMPARED:
        return replace(question, periods=(*question.periods, question.against), against=None)
    return question


def _of_countries(question: Question) -> bool:
    """Whether several countries of one series stand beside one another, in one period."""
    countries = {pair.partner for pair in question.pairs}
    one_series = len(question.lines) == len(countries) > 1 and len(set(question.lines)) == 1
    plain = question.view in ("figure", "compare") and len(question.periods) == 1 and not question.against
    return plain and one_series and "" not in countries


def _is_operation(asked: Question) -> bool:
    """Whether it is worked out here: a share, and a second period in most views, are not."""
    if asked.view in WITHOUT_FIGURES:
        return True
    second = asked.against and asked.view not in WITH_AGAINST
    return asked.view in OPERATIONS and asked.unit != "%" and not second


def _of_one_period(asked: Question, dataset: Dataset) -> Answer:
    question = asked if asked.view in OF_ANY_PERIOD else with_period(asked, dataset)
    if question is None:
        return answer_of(asked, dataset, ())
    if _of_countries(question):
        return named_countries(question, dataset, shares if question.unit == "%" else figures)
    if question.unit == "%" or question.view == "share":
        return shares(question, dataset)
    question = _beside(question)
    if question.against:
        return both_periods(question, dataset)
    return OF_ONE_PERIOD[question.view](question, dataset)
