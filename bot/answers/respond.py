"""Questions into Answers: the view says which function makes each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from bot.answers.answer import Answer, Citation
from bot.answers.arithmetic import difference, each_added, ratio, season, total
from bot.answers.availability import coverage, release, revisions
from bot.answers.bounds import LISTS, in_part, too_long, too_much
from bot.answers.by_country import by_country, named_countries
from bot.answers.compare import COMPARED, both_periods
from bot.answers.complete import answered_today, as_known, complete
from bot.answers.counting import count, streak
from bot.answers.examples import examples, first_questions
from bot.answers.explain import check, definition, events, why
from bot.answers.lookup import answer_of, asked_back, with_period
from bot.answers.period_views import export, figures, growth, sources, told_highlights
from bot.answers.rankings import by_day, ranking, record
from bot.answers.shares import shares
from bot.answers.stretches import average, rolling, table, trend
from bot.answers.suggestions import MOST
from bot.dataset.calendar import joined
from bot.dataset.dataset import Dataset
from bot.questions.question import Question, Unresolved, View
from bot.words.language import Language

ViewFunction = Callable[[Question, Dataset], Answer]

OF_ONE_PERIOD: Mapping[View, ViewFunction] = {
    "figure": figures, "overview": figures, "compare": figures, "growth": growth,
    "highlights": told_highlights, "sources": sources, "record": record,
}  # fmt: skip
OF_ANY_PERIOD: Mapping[View, ViewFunction] = {
    "trend": trend, "ranking": ranking, "average": average, "export": export,
    "release": release, "revisions": revisions, "coverage": coverage,
}  # fmt: skip
OPERATIONS: Mapping[View, ViewFunction] = {
    "total": total, "difference": difference, "ratio": ratio, "count": count, "streak": streak,
    "table": table, "rolling": rolling, "season": season, "why": why, "check": check,
}  # fmt: skip
OF_ANY_UNIT: Mapping[View, ViewFunction] = {
    "events": events, "definition": definition, "partners": by_country,
}  # fmt: skip
WITH_AGAINST = ("difference", "ratio", "check")  # operations that know a second period
OF_NEWEST = ("total", "difference", "ratio", "rolling", "season", "why", "check")  # where none is named
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
    if len(answers) == 1:
        return answers[0]
    cited: dict[str, Citation] = {}
    for citation in (citation for answer in answers for citation in answer.citations):
        cited.setdefault(citation.source.id, citation)
    first, *further = (answer._replace(citations=tuple(cited.values())) for answer in answers)
    return first._replace(further=tuple(further))


def respond(asked: Question | Unresolved, dataset: Dataset) -> Answer:
    """The answer to a question, or to what did not resolve, and the questions that it brings, in the language
    of what was asked. Never raises for what a user typed.
    """
    if isinstance(asked, Unresolved):
        return _in_language(asked.language, _refusal(asked, dataset), dataset)
    known = _known_to(asked, dataset)
    answer = complete(_of_question(asked, known), known)
    if answer.outcome == "ask_back":
        every = (each for each in answer.suggestions if _is_answered(each, known))
        answer = answer._replace(suggestions=tuple(islice(every, MOST)))
    elif known is not dataset:
        answer = as_known(asked, answer, dataset)
    if asked.unit == "t/day" and asked.view != "ranking":  # that is in its order by the day already
        answer = answer._replace(figures=by_day(answer.figures), around=by_day(answer.around))
    return _in_language(asked.language, answer, dataset)


def with_figure(question: Question, dataset: Dataset) -> Question | None:
    """The question where it has an answer, else the nearest that has one; found by their figures alone."""
    known = _known_to(question, dataset)
    answer = _of_question(question, known)
    if answer.outcome == "answered":
        return question
    today = answered_today(question, answer, dataset) if known is not dataset else []
    instead = today or complete(answer, known).suggestions
    return next((each for each in instead if _is_answered(each, _known_to(each, dataset))), None)


def _is_answered(question: Question, known: Dataset) -> bool:
    return _of_question(question, known).outcome == "answered"


def _known_to(question: Question, dataset: Dataset) -> Dataset:
    """The dataset of the question's day, or of each figure as it was first on record."""
    if not (question.as_of or question.first):
        return dataset
    return dataset.record.as_of(question.as_of or dataset.today, first=not question.as_of)


def _in_language(language: Language, answer: Answer, dataset: Dataset) -> Answer:
    """The answer and all that it offers in a language; examples where it has no figures."""
    if answer.figures and not answer.suggestions:  # what is asked on from figures is in that language
        return answer if answer.language == language else answer._replace(language=language)
    own = partial(map, lambda each: each if each.language == language else replace(each, language=language))
    return answer._replace(
        language=language,
        suggestions=tuple(own(answer.suggestions)),
        examples=() if answer.figures else tuple(own(examples(answer, dataset))),
        onward=tuple(own(answer.onward)),
    )


def _refusal(asked: Unresolved, dataset: Dataset) -> Answer:
    """What to ask instead; of a code of which nothing is on record that of the line that holds it."""
    empty = {each.scope for each in asked.suggestions if each.scope and not dataset.counts(each.scope)}
    near = tuple(replace(each, scope=None) if each.scope in empty else each for each in asked.suggestions)
    return Answer(asked.outcome, None, issues=asked.issues, suggestions=near, catalogue=dataset.catalogue)


def _of_question(asked: Question, dataset: Dataset) -> Answer:
    if asked.view == "help":
        return Answer("answered", asked, onward=first_questions(dataset), catalogue=dataset.catalogue)
    if refused := too_much(asked, dataset):
        return refused
    if len(asked.periods) > 1 and asked.view not in OF_PERIODS:
        return _of_periods(asked, dataset)
    if asked.view in LISTS and not asked.against:
        return in_part(asked, dataset, _of_view)
    return too_long(asked, dataset) or _of_view(asked, dataset)


def _of_periods(asked: Question, dataset: Dataset) -> Answer:
    """The answer of the one stretch that several periods make, for a view that takes no more than one."""
    if stretch := joined(asked.periods):
        return _of_question(asked.at(stretch), dataset)
    alike = len({(each.kind, each.length) for each in asked.periods}) == 1
    if asked.view == "average" and alike and asked.unit != "%" and not asked.against:
        return each_added(asked, asked.periods, "mean", dataset)
    instead = replace(asked.plain, view="figure", against=None, criterion=None, claim=None)
    return asked_back("one_stretch", [instead], dataset)


def _of_view(asked: Question, dataset: Dataset) -> Answer:
    if asked.view in OF_ANY_UNIT:
        return OF_ANY_UNIT[asked.view](asked, dataset)
    levels = asked.unit != "%"  # a share is not worked out, nor a second period in most views
    if asked.view in OPERATIONS and levels and (not asked.against or asked.view in WITH_AGAINST):
        question = with_period(asked, dataset) if asked.view in OF_NEWEST else asked
        known = question.periods or asked.view not in OF_NEWEST
        return OPERATIONS[asked.view](question, dataset) if known else answer_of(asked, dataset, ())
    if asked.view in OF_ANY_PERIOD and levels and not asked.against:
        return OF_ANY_PERIOD[asked.view](asked, dataset)
    return _of_one_period(asked, dataset)


def _of_one_period(asked: Question, dataset: Dataset) -> Answer:
    question = asked if asked.view in OF_ANY_PERIOD else with_period(asked, dataset)
    if not question.periods and asked.view not in OF_ANY_PERIOD:
        return answer_of(asked, dataset, ())
    if _names_countries(question):
        return named_countries(question, dataset, shares if question.unit == "%" else figures)
    if question.unit == "%" or question.view == "share":
        return shares(question, dataset)
    question = _as_comparison(question)
    return (both_periods if question.against else OF_ONE_PERIOD[question.view])(question, dataset)


def _names_countries(question: Question) -> bool:
    """Whether several countries of one series stand beside one another, in one period."""
    countries = {pair.partner for pair in question.pairs}
    one_series = len(question.lines) == len(countries) > 1 and len(set(question.lines)) == 1
    plain = question.view in ("figure", "compare") and len(question.periods) == 1 and not question.against
    return plain and one_series and "" not in countries


def _as_comparison(question: Question) -> Question:
    """The question with two periods to compare as such; with more of them as a list."""
    if question.view == "compare" and len(question.periods) == 2 and not question.against:
        return replace(question.at(question.periods[0]), against=question.periods[1])
    if question.against and len(question.periods) > 1 and question.view in COMPARED:
        return replace(question, periods=(*question.periods, question.against), against=None)
    return question
