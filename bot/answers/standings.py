"""Where a month stands in its record, what is on record, and when the next months come out."""

from dataclasses import replace

from bot.answers.answer import Answer, Place, Publication
from bot.answers.lookup import answer_of, asked_back, lack_of, look_up, series_of
from bot.answers.outranking import on_record, outranking
from bot.answers.rankings import ranking
from bot.answers.readings import place_of
from bot.dataset.calendar import Month, Period
from bot.dataset.coverage import Covered, covered, waits
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.dataset.releases import STAGES, Stage, stage_of
from bot.questions.question import Question


def record(question: Question, dataset: Dataset) -> Answer:
    """A month in its unbroken run, and the last month before it that may have been as high, or as low.

    `around` are months before the run, on record but past a hole, that were higher still.
    """
    assert question.period
    if question.period.kind != "month":
        instead = question.at(Period.month(question.period.end))
        asked = [instead] if record(instead, dataset).figures else []
        return asked_back("record_of_month", asked, dataset, period=question.period)
    if question.order in ("rise", "fall"):
        ranked = replace(question, view="ranking", periods=())
        return asked_back("of_levels", [ranked] if ranking(ranked, dataset).figures else [], dataset)
    wanted = [(series, question.period) for series in series_of(question, dataset)]
    found, missing = look_up(wanted, question, dataset)
    places = tuple(place for figure in found if (place := _place(figure, question, dataset)))
    rivals = {place.figure.series: place.rival for place in places}
    figures = [item for figure in found for item in (figure, rivals.get(figure.series)) if item]
    before = tuple(figure for place in places for figure in _before(place, question, dataset))
    return answer_of(question, dataset, figures, missing=missing, places=places, around=before)


def _before(place: Place, question: Question, dataset: Dataset) -> tuple[Figure, ...]:
    """The highest month on record before the run, where it was higher than this one; lowest likewise."""
    months = on_record(place.figure.series, question, dataset)
    earlier = [month for month in months if month < place.standing.run_start]
    by_level = replace(question, top=1, change=None, unit="t")  # as its place in the run
    return outranking([place.figure], earlier, by_level, dataset)


def _place(figure: Figure, question: Question, dataset: Dataset) -> Place | None:
    standing = dataset.standing(figure)
    if standing is None:
        return None
    since = standing.lowest_since if question.order == "lowest" else standing.highest_since
    rival = dataset.figure(figure.series, Period.month(since), figure.scope) if since else None
    run = (Period.month(month) for month in Period.span(standing.run_start, figure.end).months)
    months = [month for period in run if (month := dataset.figure(figure.series, period, figure.scope))]
    rank = place_of(figure, months, from_lowest=question.order == "lowest")
    return Place(figure, standing, rival, rank)


def release(question: Question, dataset: Dataset) -> Answer:
    """What comes out next by stage; for a month that is named, when its stages came or come out."""
    held = _by_stage(question, dataset)
    today = dataset.today
    told = [
        _publication(stage, dataset.calendar.newest_due(stage, today).plus(1), series, dataset)
        for stage, series in held.items()
    ]
    if question.period:
        end = question.period.end
        told += [_publication(stage, end, series, dataset) for stage, series in held.items()]
    lack = lack_of(_of_all(question, dataset), dataset)
    return Answer(
        "answered", question, publications=tuple(dict.fromkeys(told)),
        lack=lack if lack and lack.due else None, catalogue=dataset.catalogue,
    )  # fmt: skip


def _of_all(question: Question, dataset: Dataset) -> Question:
    """The question about every series where it names none."""
    names = question.commodities or tuple(dataset.catalogue)
    return question.about(commodities=names, flows=question.flows or ("export", "import"))


def _by_stage(question: Question, dataset: Dataset) -> dict[Stage, tuple[Series, ...]]:
    """The asked series (all where none is) by the stage that first holds them, in the stages' order."""
    series = [
        Series(name, flow, question.partner)
        for name in question.commodities or tuple(dataset.catalogue)
        for flow in dataset.catalogue[name].flows
        if (name, flow) in question.lines or not {"export", "import"} & set(question.flows)
    ]
    held = {stage: tuple(item for item in series if _stage(item) == stage) for stage in STAGES}
    return {stage: own for stage, own in held.items() if own}


def _stage(series: Series) -> Stage:
    return "query" if series.partner else stage_of(series)  # only the query tells partners apart


def _publication(stage: Stage, month: Month, series: tuple[Series, ...], dataset: Dataset) -> Publication:
    due = dataset.calendar.release(month, stage)
    together = dataset.calendar.comes_with_next(month, stage)
    return Publication(stage, month, due.day, due.expected, due.day <= dataset.today, series, together)


def coverage(question: Question, dataset: Dataset) -> Answer:
    """Of each series its months, of the asked period where one was named, and those that are due."""
    series = series_of(question, dataset)
    found = [_within(covered(each, dataset), question.period) for each in series]
    return Answer(
        "answered" if any(each.cells for each in found) else "no_figure", question,
        covered=tuple(found), waiting=tuple(wait for each in series for wait in waits(each, dataset)),
        catalogue=dataset.catalogue,
    )  # fmt: skip


def _within(each: Covered, period: Period | None) -> Covered:
    if period is None:
        return each
    cells = {month: cell for month, cell in each.cells.items() if period.start <= month <= period.end}
    return replace(each, cells=cells)
