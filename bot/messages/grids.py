"""Tables of the views over many months: months down, ranks down, shares and comparisons."""

from bot.answers.answer import Answer, Rank
from bot.messages.contrasts import contrast_told
from bot.messages.courses import ranks_of
from bot.messages.numbers import share_percent
from bot.messages.rankings import ranked_by
from bot.messages.speech import (
    NO_PERCENTAGE,
    NOT_ON_RECORD,
    on_a_year,
    series_name,
)
from bot.messages.tables import Table, label, level, listed, on_the_month, overview, place, provenance
from bot.questions.question import Question

OVER_TIME = ("trend", "average", "export")
OF_A_PERIOD = ("overview", "figure", "compare")
AS_LINES = ("record", "sources", "export", "release")  # views that have no table


def is_over_time(answer: Answer) -> bool:
    """Whether the lines or rows run from the oldest month to the newest."""
    question = answer.question
    return bool(question and (question.view in OVER_TIME or len(answer.shares) > 2))


def is_total(answer: Answer) -> bool:
    """Whether a mean was made from the total of its stretch alone."""
    return bool(answer.averages) and answer.figures[0].period.length > 1


def table(answer: Answer) -> Table | None:
    """The figures side by side; None where one figure or none was asked for, and in views told in lines."""
    question = answer.question
    if question is None or question.view in AS_LINES or not answer.figures:
        return None
    if len(answer.figures) == 1 and not question.against and (not answer.stretches or is_total(answer)):
        return None
    if answer.shares:
        return _shares(answer) if len(answer.shares) > 1 else None
    if answer.contrasts and 2 * len(answer.contrasts) == len(answer.figures):
        return _contrasts(answer, question) if len(answer.contrasts) > 1 else None
    if question.view == "ranking":
        return _ranking(answer, question)
    if answer.stretches and any(figure.period.length == 1 for figure in answer.figures):
        return _months(answer, question) if len(answer.stretches) == 1 else _side_by_side(answer, question)
    if question.view in OF_A_PERIOD and question.period and not question.against:
        return overview(answer, question.period)
    return listed(answer, question.unit)


def _months(answer: Answer, question: Question) -> Table:
    rows = [
        (
            figure.end.name,
            level(figure, question.unit),
            on_a_year(figure),
            on_the_month(figure),
            provenance((figure,), answer),
        )
        for figure in answer.figures
    ]
    header = ("Month", "Level", "On a year earlier", "On the month", "Status, source")
    return Table(series_name(answer.figures[0].series, answer.catalogue), header, tuple(rows))


def _side_by_side(answer: Answer, question: Question) -> Table:
    """A row a month, a column a series; one with no month at all is told in the notes."""
    months = [figure for figure in answer.figures if figure.period.length == 1]  # not a mean's total
    figures = {(figure.series, figure.end): figure for figure in months}
    series = list(dict.fromkeys(figure.series for figure in months))
    rows = []
    for month in sorted({figure.end for figure in months}):
        own = [figures.get((each, month)) for each in series]
        levels = [level(figure, question.unit) if figure else NOT_ON_RECORD for figure in own]
        rows.append((month.name, *levels, provenance(own, answer)))
    names = [label(next(f for f in months if f.series == each), answer.catalogue) for each in series]
    return Table("Month by month", ("Month", *names, "Status, source"), tuple(rows))


def _ranking(answer: Answer, question: Question) -> Table:
    """A row a place; the series is named where there are several."""
    several = len(answer.stretches) > 1
    rows = [
        (
            f"{place(rank)}. {_named(rank, answer) if several else rank.figure.end.name}",
            level(rank.figure, question.unit),
            on_a_year(rank.figure),
            on_the_month(rank.figure),
            provenance((rank.figure,), answer),
        )
        for stretch in answer.stretches
        for rank in ranks_of(answer, stretch)
    ]
    header = ("Month", "Level", "On a year earlier", "On the month", "Status, source")
    titles = ranked_by(question, answer.figures[0])
    return Table(titles[:1].upper() + titles[1:], header, tuple(rows))


def _named(rank: Rank, answer: Answer) -> str:
    return f"{label(rank.figure, answer.catalogue)}, {rank.figure.end.name}"


def _shares(answer: Answer) -> Table:
    """A row a share, with both figures it is made of."""
    rows = [
        (
            series_name(item.part.series, answer.catalogue),
            item.part.period.name,
            level(item.part),
            level(item.whole),
            share_percent(item.pct, item.range),
            provenance((item.part, item.whole), answer),
        )
        for item in answer.shares
    ]
    header = ("Series", "Period", "With the partner", "World", "Share", "Status, source")
    return Table("Shares", header, tuple(rows), subject=2)


def _contrasts(answer: Answer, question: Question) -> Table:
    """A row a series: both periods and the change between them."""
    rows = [
        (
            label(item.now, answer.catalogue),
            level(item.now, question.unit),
            level(item.then, question.unit),
            contrast_told(item) or NO_PERCENTAGE,
            provenance((item.now, item.then), answer),
        )
        for item in answer.contrasts
    ]
    first = answer.contrasts[0]
    earlier, later = (figure.period.name for figure in first.in_time)
    periods = (first.now.period.name, first.then.period.name)
    header = ("Series", *periods, f"Change from {earlier} to {later}", "Status, source")
    return Table("Two periods compared", header, tuple(rows))
