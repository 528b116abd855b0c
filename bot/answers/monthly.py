"""The monthly summary: the figures of one month as far as they are out, and the growth that matters."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from bot.answers.answer import Answer
from bot.answers.complete import complete
from bot.answers.highlights.choice import beside_a_table, every_highlight
from bot.answers.period_views import figures
from bot.answers.plots import plot_of
from bot.answers.query import Query
from bot.answers.stretches import TREND_MONTHS
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.dataset.releases import awaited
from bot.questions.question import Pair, Question, View
from bot.words.spoken import Language

FEBRUARY = 2
MOST = 5  # highlights


def monthly_summary(
    dataset: Dataset, edition: Month, commodities: Sequence[str] = (), *, language: Language = "en"
) -> Answer:
    """Everything of one month, or these commodities. Before all that a post waits for is out: what is out.

    January and February are one figure where customs published no other. Where more stands out than is told,
    asking for all of it is suggested.
    """
    names = tuple(commodities) or tuple(dataset.catalogue)
    asked = replace(_asked(dataset, edition, names), language=language)
    answer = figures(Query(asked, dataset))
    series = tuple(Series(*line) for line in asked.lines)
    ranked = every_highlight(dataset, edition, None if asked.view == "overview" else series)
    told = beside_a_table(ranked)[:MOST]
    everything = asked.about(commodities=tuple(dataset.catalogue), flows=("export", "import"))
    more = replace(asked if commodities else everything, view="highlights").at(Period.month(edition))
    suggested = (more.plain,) if len(ranked) > len(told) else ()
    span = Period.span(edition.plus(1 - TREND_MONTHS), edition)
    leading = [*(item.figure for item in told), *answer.figures][:1]
    months = (dataset.of_months(first.series, span.months, first.scope) for first in leading)
    plot = plot_of([*chain.from_iterable(months)])
    summary = answer._replace(highlights=tuple(told), plot=plot, suggestions=suggested)
    return complete(summary, dataset)._replace(edition=edition, language=language)


def _asked(dataset: Dataset, edition: Month, names: tuple[str, ...]) -> Question:
    """The question that the summary answers, which a reply in its thread follows up."""
    lines = [(name, flow) for name in names for flow in dataset.catalogue[name].flows]
    complete = {(each.commodity, each.flow) for each in awaited()}
    needed = [line for line in lines if line in complete] or lines  # of other commodities all
    period, both = Period.month(edition), Period.ytd(edition)
    february = [Series(*line) for line in needed] if edition.number == FEBRUARY else []
    if any(dataset.figure(each, both) and not dataset.figure(each, period) for each in february):
        period = both  # of a line there is no February alone
    held = [line for line in lines if dataset.figure(Series(*line), period)]
    if set(needed) <= set(held):
        held = lines
    chosen = tuple(dict.fromkeys(name for name, _ in held or lines))
    flows = tuple(dict.fromkeys(flow for _, flow in held or lines))
    view: View = "overview" if chosen == tuple(dataset.catalogue) else "figure"
    asked = Question.of(chosen, flows, period, view, open_ended=held == lines)
    return replace(asked, pairs=tuple(Pair(*line) for line in held)) if held and held != lines else asked
