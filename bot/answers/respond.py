"""Questions into Answers: the view says which function makes each."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice
from typing import Literal

from bot.answers import explain, period_views, rankings, shares, stretches
from bot.answers.answer import Answer
from bot.answers.complete import MOST, complete, examples, first_questions
from bot.answers.query import Query
from bot.dataset.calendar import Period, joined
from bot.dataset.dataset import Dataset
from bot.dataset.growth import by_day
from bot.dataset.model import UNITS
from bot.questions.question import Question, View
from bot.questions.reading import Reading
from bot.words.spoken import Language

LONGEST = 180  # months of a stretch
MOST_FIGURES = 240  # of a list, all its series together
TOGETHER = 150  # series times periods that one question names
Takes = Literal["newest", "open", "periods", "against", "long", "months", "list", "all"]


def _help(query: Query) -> Answer:
    return query.answer(onward=tuple(first_questions(query.dataset)))._replace(outcome="answered")


# What answers each view, and what it takes: the "newest" period where none is named, or "open" none; several
# "periods" as they are, which for others have to be one stretch; a second one to put it "against"; a "long"
# stretch, or of it the newest "months", or those of a "list"; "all" units and periods.
VIEWS: Mapping[View, tuple[Callable[[Query], Answer], Set[Takes]]] = {
    "figure": (period_views.figures, {"newest", "periods"}),
    "overview": (period_views.figures, {"newest", "periods"}),
    "compare": (period_views.figures, {"newest", "periods"}),
    "growth": (period_views.growth, {"newest", "periods"}),
    "highlights": (period_views.told_highlights, {"newest"}),
    "sources": (period_views.sources, {"newest", "periods", "list"}),
    "record": (rankings.record, {"newest"}),
    "trend": (stretches.trend, {"open", "list"}),
    "ranking": (rankings.ranking, {"open", "months"}),
    "average": (stretches.average, {"open"}),
    "export": (period_views.export, {"open", "list"}),
    "release": (explain.release, {"open", "periods", "long"}),
    "revisions": (explain.revisions, {"open", "months"}),
    "coverage": (explain.coverage, {"open", "periods", "long"}),
    "total": (period_views.total, {"newest", "periods", "long"}),
    "difference": (period_views.difference, {"newest", "periods", "against", "long"}),
    "ratio": (period_views.ratio, {"newest", "periods", "against", "long"}),
    "share": (shares.shares, {"newest", "periods", "against", "long"}),
    "count": (rankings.counted, {"long"}),
    "streak": (rankings.counted, {"long"}),
    "table": (stretches.table, {"periods", "long"}),
    "rolling": (stretches.rolling, {"newest", "long"}),
    "season": (period_views.season, {"newest"}),
    "why": (explain.why, {"newest", "periods"}),
    "check": (explain.check, {"newest"}),
    "events": (explain.events, {"all", "periods", "long"}),
    "definition": (explain.definition, {"all", "periods", "long"}),
    "partners": (shares.by_country, {"all", "long"}),
    "help": (_help, {"all", "periods", "long"}),
}


def respond_all(asked: Sequence[Question], dataset: Dataset) -> Answer:
    """The answers to all questions of a message: the first, with the further ones in it."""
    first, *further = (respond(each, dataset) for each in asked)
    return first._replace(further=tuple(further)) if further else first


def respond(asked: Question | Reading, dataset: Dataset) -> Answer:
    """The answer to a question, or to a reading that asks none, and the questions that it brings, in the
    language of what was asked. Never raises for what a user typed.
    """
    if isinstance(asked, Reading):
        return _in_language(asked.language, _refusal(asked, dataset), dataset)
    known = _known_to(asked, dataset)
    answer = complete(_of_question(asked, known), known)
    if answer.outcome == "ask_back":
        every = (each for each in answer.suggestions if _is_answered(each, known))
        answer = answer._replace(suggestions=tuple(islice(every, MOST)))
    if asked.unit == "t/day" and asked.view != "ranking":  # that is in its order by the day already
        figures, around = (tuple(map(by_day, each)) for each in (answer.figures, answer.around))
        answer = answer._replace(figures=figures, around=around)
    return _in_language(asked.language, answer, dataset)


def with_figure(question: Question, dataset: Dataset) -> Question | None:
    """The question where it has an answer, else the nearest that has one; found by their figures alone."""
    known = _known_to(question, dataset)
    answer = _of_question(question, known)
    if answer.outcome == "answered":
        return question
    instead = complete(answer, known).suggestions
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
    every = answer.suggestions, () if answer.figures else examples(answer, dataset), answer.onward
    near, there_is, further = (tuple(replace(each, language=language) for each in own) for own in every)
    return answer._replace(language=language, suggestions=near, examples=there_is, onward=further)


def _refusal(read: Reading, dataset: Dataset) -> Answer:
    """What to ask instead; of a code of which nothing is on record that of the line that holds it."""
    outcome = read.outcome if read.outcome in ("outside", "ask_back") else "not_understood"
    empty = {each.scope for each in read.offers if each.scope and not dataset.counts(each.scope)}
    near = tuple(replace(each, scope=None) if each.scope in empty else each for each in read.offers)
    return Answer(outcome, None, reading=read, suggestions=near, catalogue=dataset.catalogue)


def _of_question(asked: Question, dataset: Dataset) -> Answer:
    query, takes = Query(asked, dataset), VIEWS[asked.view][1]
    if len(asked.pairs) * len(query.periods) > TOGETHER:
        newest = [_plain(asked, "figure").at(Period.month(end))] if (end := query.newest) else []
        return query.back("too_much", *newest)
    if len(asked.periods) > 1 and "periods" not in takes:
        return _of_periods(query)
    if ("list" in takes or "months" in takes) and not asked.against:
        part = _newest_months(query, MOST_FIGURES if "list" in takes else None)
        answer = _of_view(part)
        return answer if part is query else answer._replace(cut=asked.period)
    if "long" not in takes and any(each.length > LONGEST for each in query.periods):
        months = _newest_months(Query(_plain(asked, "trend"), dataset), MOST_FIGURES)
        return query.back("too_much", months.question)
    return _of_view(query)


def _plain(asked: Question, view: View) -> Question:
    return replace(asked.plain, view=view, against=None, change=None, unit=UNITS[asked.measure])


def _newest_months(query: Query, most: int | None) -> Query:
    """The same of the newest months of a stretch, at most so many figures; the very same where all fit."""
    period, scope = query.question.period, query.question.scope
    if period is None or period.kind != "range":
        return query
    every = (query.dataset.months(series, scope) for series in query.series)
    on_record = (month for months in every for month in months if period.start <= month <= period.end)
    months = sorted(on_record, reverse=True)  # each as often as series have it
    if period.length <= LONGEST and (most is None or len(months) <= most):
        return query
    end = min(period.end, months[0]) if months else period.end
    over = months[most : most + 1] if most else []
    starts = [period.start, end.plus(1 - LONGEST), *(month.plus(1) for month in over)]
    return query.at(Period.span(min(max(starts), end), end))


def _of_periods(query: Query) -> Answer:
    """The answer of the one stretch that several periods make, for a view that takes no more than one."""
    asked = query.question
    if stretch := joined(asked.periods):
        return _of_question(asked.at(stretch), query.dataset)
    alike = len({(each.kind, each.length) for each in asked.periods}) == 1
    if asked.view == "average" and alike and asked.unit != "%" and not asked.against:
        return period_views.each_added(query, asked.periods, "mean")
    instead = replace(asked.plain, view="figure", against=None, criterion=None, claim=None)
    return query.back("one_period", instead)


def _of_view(query: Query) -> Answer:
    asked, (tell, takes) = query.question, VIEWS[query.question.view]
    levels = asked.unit != "%"  # of which a share is not, and most views tell one period alone
    if "all" in takes or (levels and "open" in takes and not asked.against):
        return tell(query)
    if "newest" in takes or not ("open" in takes or (levels and not asked.against)):
        query = query.with_period()
        if not query.question.periods:
            return query.answer()
    if not levels:
        return shares.shares(query)
    query = Query(_as_comparison(query.question), query.dataset)
    beside = query.question.against and "against" not in takes
    return period_views.both_periods(query) if beside else tell(query)


def _as_comparison(question: Question) -> Question:
    """The question with two periods to compare as such; with more of them as a list."""
    if question.view == "compare" and len(question.periods) == 2 and not question.against:
        return replace(question.at(question.periods[0]), against=question.periods[1])
    if question.against and len(question.periods) > 1 and question.view in period_views.COMPARED:
        return replace(question, periods=(*question.periods, question.against), against=None)
    return question
