"""The growth an analyst would lead with, by simple rules. Nothing is said that rounding could reverse."""

from collections.abc import Iterable, Sequence

from bot.answers.answer import Highlight, HighlightRule
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure, Series
from bot.dataset.standing import CORRECTION_IN_DERIVED, Standing

MOST = 5  # highlights in a post
MOST_A_SERIES = 2
NOTABLE_MONTHS = 12  # a record has to reach back at least this far to be worth a line
NOTABLE_YOY_PCT = 5.0
NOTABLE_MOM_PCT = 10.0
RECORD_SCORE = 60.0  # a record counts like a change of this many percent
TURN_SCORE = 40.0


def highlights(
    dataset: Dataset, edition: Month, series: Sequence[Series] | None = None, scope: str | None = None
) -> tuple[Highlight, ...]:
    """Up to five highlights of one month, the strongest first, at most two of one series.

    Of these series where some are given, else of everything that is published.
    """
    looked_at = _everything(dataset) if series is None else series
    ranked = sorted(_candidates(dataset, edition, looked_at, scope), key=lambda item: -item[0])
    chosen: list[Highlight] = []
    for _, highlight in ranked:
        of_series = sum(other.figure.series == highlight.figure.series for other in chosen)
        if len(chosen) < MOST and of_series < MOST_A_SERIES:
            chosen.append(highlight)
    return tuple(chosen)


def _everything(dataset: Dataset) -> list[Series]:
    return [Series(name, flow) for name, commodity in dataset.catalogue.items() for flow in commodity.flows]


def _candidates(
    dataset: Dataset, edition: Month, series: Sequence[Series], scope: str | None
) -> Iterable[tuple[float, Highlight]]:
    for each in series:
        figure = dataset.figure(each, Period.month(edition), scope)
        if figure and figure.value is not None:
            yield from _of_figure(figure, dataset)


def _of_figure(figure: Figure, dataset: Dataset) -> Iterable[tuple[float, Highlight]]:
    yield from _yoy(figure)
    yield from _mom(figure, dataset)
    yield from _records(figure, dataset.standing(figure))
    before = dataset.figure(figure.series, figure.period.plus(-1), figure.scope)
    if before:
        yield from _turn(figure, before)


def certain_yoy(figure: Figure) -> float | None:
    """The year-on-year change if it may lead a sentence: not disputed, its sign beyond rounding's reach."""
    growth = figure.growth
    if growth.pct is None or growth.disputed:
        return None
    if growth.origin == "computed" and not _sign_certain(growth.range, figure.derived):
        return None
    return growth.pct


def _sign_certain(span: tuple[float, float] | None, derived: bool) -> bool:
    spare = CORRECTION_IN_DERIVED * 100 if derived else 0.0
    return span is not None and (span[0] - spare > 0 or span[1] + spare < 0)


def _yoy(figure: Figure) -> Iterable[tuple[float, Highlight]]:
    pct = certain_yoy(figure)
    if pct is not None and abs(pct) >= NOTABLE_YOY_PCT:
        yield abs(pct), Highlight("largest_rise" if pct > 0 else "largest_fall", figure)


def _mom(figure: Figure, dataset: Dataset) -> Iterable[tuple[float, Highlight]]:
    move = figure.move
    if not move or abs(move.pct) < NOTABLE_MOM_PCT:
        return
    before = dataset.figure(figure.series, figure.period.plus(-1), figure.scope)
    if _sign_certain(move.range, figure.derived or bool(before and before.derived)):
        yield abs(move.pct), Highlight("month_move", figure)


def _records(figure: Figure, standing: Standing | None) -> Iterable[tuple[float, Highlight]]:
    if not standing or standing.months <= NOTABLE_MONTHS:
        return
    sides: tuple[tuple[HighlightRule, Month | None, bool], ...] = (
        ("highest_since", standing.highest_since, standing.highest_known),
        ("lowest_since", standing.lowest_since, standing.lowest_known),
    )
    for rule, since, known in sides:
        reach = since.until(figure.end) if since else standing.months
        if reach >= NOTABLE_MONTHS and (since or known):  # never where the record knows a month beyond it
            yield RECORD_SCORE + reach, Highlight(rule, figure, since, standing.run_start)


def _turn(figure: Figure, before: Figure) -> Iterable[tuple[float, Highlight]]:
    now, earlier = certain_yoy(figure), certain_yoy(before)
    if now is not None and earlier is not None and now * earlier < 0:
        yield TURN_SCORE + abs(now), Highlight("turn", figure, before=before)
