"""The monthly summary: the figures of one month as far as they are out, and the growth that matters."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.complete import complete
from bot.answers.highlights.choice import every_highlight
from bot.answers.highlights.news import beside_a_table
from bot.answers.period_views import figures
from bot.answers.plots import plots_of
from bot.answers.stretches import TREND_MONTHS, in_scope
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, awaited
from bot.dataset.model import Flow, Series
from bot.questions.question import Pair, Question, View
from bot.words.language import Language

FEBRUARY = 2
MOST = 5  # highlights
Line = tuple[str, Flow]


def monthly_summary(
    dataset: Dataset, edition: Month, commodities: Sequence[str] = (), *, language: Language = "en"
) -> Answer:
    """Everything of one month, or these commodities. Before all that a post waits for is out: what is out.

    January and February are one figure where customs published no other. Where more stands out than is told,
    asking for all of it is suggested.
    """
    names = tuple(commodities) or tuple(dataset.catalogue)
    asked = replace(_asked(dataset, edition, names), language=language)
    answer = figures(asked, dataset)
    series = [Series(*line) for line in asked.lines]
    ranked = every_highlight(dataset, edition, None if asked.view == "overview" else series)
    told = beside_a_table(ranked)[:MOST]
    everything = asked.about(commodities=tuple(dataset.catalogue), flows=("export", "import"))
    whole = (asked if commodities else everything).at(Period.month(edition))
    more = replace(whole, view="highlights").plain
    suggested = (more,) if len(ranked) > len(told) else ()
    span = Period.span(edition.plus(1 - TREND_MONTHS), edition)
    leading = [*(item.figure for item in told), *answer.figures][:1]
    months = [figure for first in leading for figure in in_scope(first.series, first.scope, span, dataset)[1]]
    plots = plots_of(months, dataset)
    summary = answer._replace(highlights=tuple(told), plots=plots, suggestions=suggested)
    return complete(summary, dataset)._replace(edition=edition, language=language)


def _asked(dataset: Dataset, edition: Month, names: tuple[str, ...]) -> Question:
    """The question that the summary answers, which a reply in its thread follows up."""
    lines = [(name, flow) for name in names for flow in dataset.catalogue[name].flows]
    period = _period(dataset, edition, lines)
    held = [line for line in lines if dataset.figure(Series(*line), period)]
    if set(_awaited(lines)) <= set(held):
        held = lines
    chosen = tuple(dict.fromkeys(name for name, _ in held or lines))
    flows = tuple(dict.fromkeys(flow for _, flow in held or lines))
    view: View = "overview" if chosen == tuple(dataset.catalogue) else "figure"
    asked = Question.of(chosen, flows, period, view, open_ended=held == lines)
    return replace(asked, pairs=tuple(Pair(*line) for line in held)) if held and held != lines else asked


def _awaited(lines: Sequence[Line]) -> list[Line]:
    """Those that a post waits for; of other commodities all."""
    complete = [(each.commodity, each.flow) for each in awaited()]
    return [line for line in lines if line in complete] or list(lines)


def _period(dataset: Dataset, edition: Month, lines: Sequence[Line]) -> Period:
    """The month; January and February together where a line has no figure of February alone."""
    month, both = Period.month(edition), Period.ytd(edition)
    awaited = [Series(*line) for line in _awaited(lines)] if edition.number == FEBRUARY else []
    only_both = any(dataset.figure(each, both) and not dataset.figure(each, month) for each in awaited)
    return both if only_both else month
