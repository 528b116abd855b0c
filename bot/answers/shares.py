"""Shares: a partner's part of the world's figure, a month's part of its year; both figures in one scope."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.answers.answer import Answer, Missing
from bot.answers.lookup import Wanted, answer_of, asked_back, series_of
from bot.answers.missing import missing_of
from bot.answers.one_scope import Found, apart, in_one_scope, lost
from bot.answers.reason import Rule
from bot.answers.share import Share
from bot.answers.stretches import TREND_MONTHS, over_months
from bot.answers.suggestions import BASE, MOST
from bot.answers.tabulate import ROWS, cut
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from bot.questions.question import Question

WHOLE = 100.0  # percent
TRIED = 10  # partners, of which those are offered that have a share
SHARE_VIEWS = ("figure", "overview", "compare", "trend", "growth", "sources", "export", "share", "table")
Parts = tuple[Wanted, Wanted]  # a part and the whole


def shares(question: Question, dataset: Dataset) -> Answer:
    """A partner's part of the world's figure, of each period asked for, month by month in a trend.

    Where the view is that of a share and its period lies in the other one, its part of that.
    """
    if _of_longer(question):
        return _worked_out(question, list(_of_periods(question, dataset)), dataset)
    if rule := _no_share(question):
        return asked_back(rule, _instead_of_share(question, dataset), dataset)
    asked = over_months(question, dataset, TREND_MONTHS) if question.view == "trend" else question
    return _worked_out(asked, list(_of_world(asked, dataset)), dataset) if asked else _none(question, dataset)


def _none(question: Question, dataset: Dataset) -> Answer:
    return answer_of(question, dataset, ())


def _of_longer(question: Question) -> bool:
    """Whether a month's or quarter's part of its year is asked for."""
    whole = question.against
    return (
        question.view == "share" and whole is not None and all(_in(each, whole) for each in question.periods)
    )


def _in(part: Period, whole: Period) -> bool:
    return whole.start <= part.start and part.end <= whole.end and part.length < whole.length


def _of_periods(question: Question, dataset: Dataset) -> Iterator[Parts]:
    for series in series_of(question, dataset):
        for period in question.periods:
            assert question.against
            yield (series, period), (series, question.against)


def _of_world(question: Question, dataset: Dataset) -> Iterator[Parts]:
    for series in series_of(question, dataset):
        for period in _periods(question):
            yield (series, period), (replace(series, partner=""), period)


def _worked_out(question: Question, wanted: Sequence[Parts], dataset: Dataset) -> Answer:
    """Each part with its whole where both are in one scope, and what is not on record."""
    pairs = [(parts, in_one_scope(parts, question, dataset)) for parts in wanted]
    found = [share for _, pair in pairs if (share := share_of(*pair))]
    figures = [figure for share in found for figure in (share.part, share.whole)]
    both = ([figure for figure in pair if figure] for _, pair in pairs)
    clashes = tuple(clash for own in both for clash in apart(own, "share"))
    missing = tuple(dict.fromkeys(_lost(pairs, question, dataset)))
    return answer_of(question, dataset, figures, shares=tuple(found), missing=missing, clashes=clashes)


def _no_share(question: Question) -> Rule | None:
    if question.measure == "unit_value":
        return "share_of_what"
    if not all(pair.partner for pair in question.pairs):
        return "share_of_whom"
    if question.view == "trend" and question.against:
        return "not_both"
    return None if question.view in SHARE_VIEWS else "share_not_ranked"


def _instead_of_share(question: Question, dataset: Dataset) -> list[Question]:
    """The same share with partners on record, or as a figure of its period."""
    if question.period is None or question.measure == "unit_value":
        return []
    plain = replace(question, view="figure", against=None, change=None, restated=(), open_ended=False)
    partners = [question.partner] if question.partner else dataset.partners
    year = Period.whole_year(question.period.end.year)
    of_year = replace(question.plain, view="share", unit=BASE[question.measure], against=year)
    if (
        question.view == "share"
        and not question.partner
        and _of_longer(of_year)
        and shares(of_year, dataset).shares
    ):
        return [of_year]
    asked = (plain.about(partner=partner) for partner in partners)
    on_record = (
        near for near in asked if any(series in dataset.lines for series in series_of(near, dataset))
    )
    return [near for near in islice(on_record, TRIED) if _has_share(near, dataset)][:MOST]


def _has_share(question: Question, dataset: Dataset) -> bool:
    """Whether any series of it has a share."""
    if _no_share(question):
        return False
    every = (parts for parts in _of_world(question, dataset) if parts[0][0] in dataset.lines)
    return any(share_of(*in_one_scope(parts, question, dataset)) for parts in every)


def _periods(question: Question) -> tuple[Period, ...]:
    if question.view == "trend" and question.period:
        return tuple(map(Period.month, question.period.months))
    if question.view == "table" and question.period:
        rows = cut(question.period, question.by or "year")[-ROWS:]
        return tuple(
            each if each.end <= question.period.end else _begun(each, question.period) for each in rows
        )
    return (*question.periods, *([question.against] if question.against else []))


def _begun(row: Period, whole: Period) -> Period:
    """The months of a row up to the end of the whole."""
    return Period.span(row.start, whole.end) if row.start.number > 1 else Period.ytd(whole.end)


def share_of(part: Figure | None, whole: Figure | None) -> Share | None:
    """The part in percent, where both are levels of one scope."""
    if not part or not whole or part.scope != whole.scope:
        return None
    if part.value is None or not whole.value or not part.range or not whole.range or whole.range[0] <= 0:
        return None
    low, high = part.range[0] / whole.range[1] * WHOLE, part.range[1] / whole.range[0] * WHOLE
    return Share(part, whole, part.value / whole.value * WHOLE, (low, min(high, WHOLE)))


def _lost(pairs: Sequence[tuple[Parts, Found]], question: Question, dataset: Dataset) -> Iterator[Missing]:
    held = {part.series for _, (part, _) in pairs if part}
    if question.view == "trend" and question.period:  # once of what has no month at all
        for series in dict.fromkeys(parts[0][0] for parts, _ in pairs if parts[0][0] not in held):
            yield missing_of(series, question.period, dataset, question.scope)
        pairs = [each for each in pairs if each[0][0][0] in held]
    for parts, found in pairs:
        yield from lost(parts, found, question, dataset)
