"""Shares: a partner's part of the world's figure, a month's part of its year; both figures in one scope."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from bot.answers.answer import Answer, Rule
from bot.answers.lookup import Wanted, answer_of, asked_back, lost_of, periods_of, series_of, with_period
from bot.answers.one_scope import Found, apart, in_one_scope
from bot.answers.results import Share
from bot.answers.stretches import ROWS, TREND_MONTHS, cut
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import UNITS, Figure
from bot.questions.question import Question

WHOLE = 100.0  # percent
TRIED = 10  # partners, of which those are offered that have a share
SHARE_VIEWS = ("figure", "overview", "compare", "trend", "growth", "sources", "export", "share", "table")
Parts = tuple[Wanted, Wanted]  # a part and the whole


def shares(question: Question, dataset: Dataset) -> Answer:
    """A partner's part of the world's figure, of each period asked for, month by month in a trend.

    Where the view is that of a share and its period lies in the other one, its part of that.
    """
    if rule := None if _is_of_longer(question) else _no_share(question):
        return asked_back(rule, _instead_of_share(question, dataset), dataset)
    asked = with_period(question, dataset, TREND_MONTHS) if question.view == "trend" else question
    pairs = [(parts, in_one_scope(parts, asked, dataset)) for parts in _wanted(asked, dataset)]
    found = tuple(share for _, pair in pairs if (share := share_of(*pair)))
    figures = [figure for share in found for figure in (share.part, share.whole)]
    clashes = tuple(clash for _, pair in pairs for clash in apart([*filter(None, pair)], "share"))
    lost = dict.fromkeys(_lost(pairs, asked))
    return answer_of(asked, dataset, figures, lost, shares=found, clashes=clashes)


def _is_of_longer(question: Question) -> bool:
    """Whether a month's or quarter's part of its year is asked for."""
    if question.view != "share" or question.against is None:
        return False
    start, end, length = question.against.start, question.against.end, question.against.length
    return all(start <= each.start and each.end <= end and each.length < length for each in question.periods)


def _wanted(question: Question, dataset: Dataset) -> list[Parts]:
    """Each part and its whole: the same series' figure of the longer period, else the world's."""
    series, whole = series_of(question, dataset), question.against
    if whole and _is_of_longer(question):
        return [(part, (part[0], whole)) for part in product(series, question.periods)]
    return [(part, (part[0]._replace(partner=""), part[1])) for part in product(series, _periods(question))]


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
    if question.view == "share" and not question.partner:
        year = Period.whole_year(question.period.end.year)
        of_year = replace(question.plain, unit=UNITS[question.measure], against=year)
        if _is_of_longer(of_year) and shares(of_year, dataset).shares:
            return [of_year]
    plain = replace(question, view="figure", against=None, change=None, restated=(), open_ended=False)
    partners = [question.partner] if question.partner else dataset.partners
    asked = (plain.about(partner=partner) for partner in partners)
    on_record = (near for near in asked if any(each in dataset.lines for each in series_of(near, dataset)))
    return list(islice(on_record, TRIED))


def _periods(question: Question) -> tuple[Period, ...]:
    """The periods of which shares are told: of a trend its months, of a table its rows, the last as begun."""
    whole = question.period
    if question.view == "trend" and whole:
        return tuple(map(Period.month, whole.months))
    if question.view == "table" and whole:
        rows = cut(whole, question.by or "year")[-ROWS:]
        if rows[-1].end > whole.end:
            start = rows.pop().start
            rows.append(Period.ytd(whole.end) if start.number == 1 else Period.span(start, whole.end))
        return tuple(rows)
    return periods_of(question)


def share_of(part: Figure | None, whole: Figure | None) -> Share | None:
    """The part in percent, where both are levels of one scope."""
    if not part or not whole or part.scope != whole.scope or not part.bounds or not whole.bounds:
        return None
    (value, low, high), (base, least, most) = part.bounds, whole.bounds
    span = (low / most * WHOLE, min(high / least * WHOLE, WHOLE)) if least > 0 else None
    return Share(part, whole, value / base * WHOLE, span) if span else None


def _lost(pairs: Sequence[tuple[Parts, Found]], question: Question) -> Iterator[Wanted]:
    held = {part.series for _, (part, _) in pairs if part}
    if question.view == "trend" and question.period:  # once of what has no month at all
        for series in dict.fromkeys(parts[0][0] for parts, _ in pairs if parts[0][0] not in held):
            yield series, question.period
        pairs = [each for each in pairs if each[0][0][0] in held]
    for parts, found in pairs:
        yield from lost_of(parts, found)
