"""The monthly summary: the figures of one month as far as they are out, and the growth that matters."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.highlights import every_highlight, strongest
from bot.answers.highlights.news import beside_a_table
from bot.answers.lookup import with_highlights, with_plots
from bot.answers.period_views import figures
from bot.answers.plot import Plot
from bot.answers.plots import plots_of
from bot.answers.stretches import TREND_MONTHS, in_scope
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import COMPLETE, Dataset
from bot.dataset.model import Flow, Series
from bot.questions.question import Pair, Question, View
from bot.words.language import Language

FEBRUARY = 2
Line = tuple[str, Flow]


def monthly_summary(
    dataset: Dataset, edition: Month, commodities: Sequence[str] = (), *, language: Language = "en"
) -> Answer:
    """Everything of one month, or these commodities. Before all that a post waits for is out: what is out.

    January and February are one figure where customs published no other. Where more stands out than is told,
    asking for all of it is suggested.
    """
    asked = replace(
        _asked(dataset, edition, tuple(commodities) or tuple(dataset.catalogue)), language=language
    )
    answer = figures(asked, dataset)
    series = [Series(name, flow) for name, flow in asked.lines]
    ranked = every_highlight(dataset, edition, None if asked.view == "overview" else series)
    told = beside_a_table(ranked)[: max(len(strongest(ranked)), 1)]
    whole = asked if commodities else _of_everything(dataset, asked)
    more = replace(whole.at(Period.month(edition)), view="highlights").plain
    suggested = (more,) if len(ranked) > len(told) else answer.suggestions
    summary = with_highlights(
        replace(answer, edition=edition, suggestions=suggested, language=language), told, dataset
    )
    return with_plots(summary, _leading(summary, edition, dataset), dataset)


def _leading(summary: Answer, edition: Month, dataset: Dataset) -> tuple[Plot, ...]:
    """The months to the edition of what leads: the first highlight's series, else the first figure's."""
    figures = [*(item.figure for item in summary.highlights), *summary.figures]
    for first in figures[:1]:
        span = Period.span(edition.plus(1 - TREND_MONTHS), edition)
        return plots_of(in_scope(first.series, first.scope, span, dataset)[1], dataset)
    return ()


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
    pairs = () if not held or held == lines or len(held) == len(chosen) * len(flows) else tuple(held)
    asked = Question.of(chosen, flows, period, view, open_ended=held == lines)
    return replace(asked, pairs=tuple(Pair(*line) for line in pairs)) if pairs else asked


def _of_everything(dataset: Dataset, asked: Question) -> Question:
    """The same of every series, on record or not yet."""
    return asked.about(commodities=tuple(dataset.catalogue), flows=("export", "import"))


def _awaited(lines: Sequence[Line]) -> list[Line]:
    """Those that a post waits for; of other commodities all."""
    complete = [(each.commodity, each.flow) for each in COMPLETE]
    return [line for line in lines if line in complete] or list(lines)


def _period(dataset: Dataset, edition: Month, lines: Sequence[Line]) -> Period:
    """The month; January and February together where a line has no figure of February alone."""
    month, both = Period.month(edition), Period.ytd(edition)
    if edition.number != FEBRUARY:
        return month
    awaited = [Series(*line) for line in _awaited(lines)]
    only_both = any(dataset.figure(each, both) and not dataset.figure(each, month) for each in awaited)
    return both if only_both else month
