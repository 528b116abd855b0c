"""Reports of the figures of a period: one figure, a month of all series, growth, two periods side by side."""

from collections.abc import Sequence
from math import log

from bot.answers.answer import Answer
from bot.dataset.calendar import Period
from bot.dataset.model import Figure
from bot.messages import names as naming
from bot.messages import quantities
from bot.messages.number_format import grouped
from bot.messages.report import Report
from bot.messages.tabulated import is_growth, of_contrasts, of_month, of_periods
from bot.questions.named import month_name
from bot.questions.question import Question, Unit
from bot.words import clauses, comma, language, say

NAMED = 3  # series in a title
MULTIPLES = (
    (1.85, 1.97, "nearly_doubled"), (1.97, 2.1, "doubled"), (2.9, 3.1, "tripled"), (3.85, 4.15, "quadrupled"),
)  # fmt: skip
WORTH_SAYING = 0.2  # of a line: from here on a part of it is named
BIG = 1e5  # tonnes from which on a change is news by itself


def stated(figure: Figure, unit: Unit, told: str | None = None, period: Period | str = "") -> str:
    """Alumina exports, March 2024: 140 kt; `told` in the place of its level."""
    told = quantities.level(figure, unit) if told is None else told
    series = quantities.label(figure)
    line = say("report.stated", series=series, period=period or figure.period, told=told)
    return once(line) if figure.series.flow == "net" else line


def once(told: str) -> str:
    """Alumina net exports, where its name and its side make "net trade: net exports"."""
    return told.replace(say("report.net_twice"), say("report.net_once"))


def figures(answer: Answer, question: Question) -> Report:
    """One figure in two lines; the newest of several periods, or a month of several series, and a table."""
    if len(answer.figures) == 1:
        return one(answer, question)
    if len(question.periods) < 2:
        return month(answer, question)
    every, unit = sorted(answer.figures, key=lambda each: each.end), question.unit
    newest, table = every[-1], of_periods(every, unit, naming.span_name)
    if len({each.series for each in every}) > 1:
        return Report(_titled(every, newest.period), table=table)
    return Report(stated(newest, unit), quantities.on_year(newest), table=table)


def one(answer: Answer, question: Question) -> Report:
    """The number with its change on the year; below it the month before and the year to date."""
    figure, unit = answer.figures[0], question.unit
    beside, move = [quantities.on_month(figure.move)], figure.move
    if move and move.pct == 0 and move.base == "month" and not quantities.is_marked(figure):
        before = month_name(figure.end.plus(-1).number)
        beside = [say("report.also", month=before, level=quantities.level(figure))]
    for total in answer.around[:1]:
        told = say("report.total", period=naming.to_date(total.period), level=quantities.level(total, unit))
        grown = quantities.leading(total.growth) if language() == "en" else quantities.on_year(total)
        beside.append(comma([*filter(None, [told, grown])]))
    line = say("report.dot").join(filter(None, beside))
    if figure.value is None:
        told = stated(figure, unit, quantities.on_year(figure))
        return Report(told, say("report.change_only"), (line,))
    return Report(stated(figure, unit), quantities.on_year(figure), (line,))


def growth(answer: Answer, question: Question) -> Report:
    """The change that was asked for; of several series a table."""
    if len(answer.figures) != 1:
        return month(answer, question)
    figure, unit, of_month = answer.figures[0], question.unit, question.change == "mom"
    told = quantities.on_month(figure.move) if of_month and figure.move else quantities.on_year(figure)
    if not told:
        return one(answer, question)
    lost = of_month and not figure.move and figure.period.length == 1
    line = say("report.base_lost", period=figure.period.plus(-1)) if lost else ""
    return Report(stated(figure, unit, told), quantities.level(figure, unit), (line,))


def month(answer: Answer, question: Question) -> Report:
    """All series of a period: what moved most in a sentence, the figures in a table."""
    period = question.period or answer.figures[0].period
    own = [figure for figure in answer.figures if figure.period == period] or answer.figures
    every = question.view == "overview" or len(own) > len(question.pairs) > 3
    title = _larger(own, question) or _titled(own, period, every=every)
    return Report(title, lines=(lead(own, answer),), table=of_month(answer, period, question.unit))


def _larger(own: Sequence[Figure], question: Question) -> str:
    """Of two that are compared which is the larger; nothing where rounding leaves that open."""
    told = [each for each in own if each.range and each.series.flow != "net"]
    if question.view != "compare" or len(told) != 2:
        return ""
    less, more = sorted(told, key=lambda each: each.value or 0)
    if (less.range or (0, 0))[1] >= (more.range or (0, 0))[0]:
        return ""
    low, high = (quantities.level(each, question.unit) for each in (less, more))
    names = {"first": more.series, "second": naming.in_sentence(less.series)}
    return say("report.larger", high=high, low=low, period=more.period, **names)


def _titled(own: Sequence[Figure], period: Period, *, every: bool = False) -> str:
    names = list(dict.fromkeys(naming.series_name(each.series) for each in own))
    if every or len(names) > NAMED:
        return say("report.everything", period=period)
    return say("report.titled", series=naming.named_together(names), period=period)


def lead(own: Sequence[Figure], answer: Answer) -> str:
    """Aluminium imports nearly doubled on the year, to 380 kt; alumina imports rose ~310 %, to ~309 kt."""
    whole = [each for each in own if not answer.catalogue[each.series.commodity].inside] or own
    told = [each for each in whole if each.value is not None and quantities.leading(each.growth)]
    ranked = sorted(told, key=_surprise, reverse=True)
    firm = [each for each in ranked if not each.estimated][:1]
    news = [*firm, *(each for each in ranked if each not in firm)][:2]
    if not news:
        return ""
    first, *rest = [_moved(figure) + _part_of(figure, own, answer) for figure in news]
    return say("report.sentence", told=clauses([first, *map(naming.lower_first, rest)]))


def _part_of(whole: Figure, own: Sequence[Figure], answer: Answer) -> str:
    """How much of it is a series inside it: 66 % of it primary."""
    for part in own:
        commodity = answer.catalogue[part.series.commodity]
        inside = commodity.inside == whole.series.commodity and part.series.flow == whole.series.flow
        share = part.value / whole.value if inside and part.value and whole.value else 0
        if share >= WORTH_SAYING:
            name = naming.lower_first(naming.commodity_name(commodity.id))
            return say("report.part_of", share=quantities.percent(grouped(100 * share, 0)), name=name)
    return ""


def _surprise(figure: Figure) -> float:
    """How much of news a change is: its size on a scale of doublings, less where little is traded."""
    weight = 1.0 if figure.unit != "t" or (figure.value or 0) >= BIG else 0.5
    return abs(log(1 + max(figure.growth.pct or 0.0, -95.0) / 100)) * weight


def _moved(figure: Figure) -> str:
    """Aluminium imports rose 89.8 % on the year, to 380 kt."""
    pct = figure.growth.pct or 0.0
    way = "rise" if pct > 0 else "fall"  # a verb where an arrow stands for it; Chinese has words anyhow
    told = quantities.leading(figure.growth).replace(say(f"report.arrow_{way}"), say(f"report.verb_{way}"))
    held = (verb for low, high, verb in MULTIPLES if low <= 1 + pct / 100 < high)
    kind = "times" if pct >= quantities.TIMES_FROM else next(held, "alone")
    values = {"change": told, "times": quantities.times(pct)}
    return say(f"report.moved_{kind}", series=figure.series, level=quantities.level(figure), **values)


def compare(answer: Answer, question: Question) -> Report:
    """Two periods of one series in a line, of several in one table."""
    if not answer.contrasts:
        made, lost = figures(answer, question), answer.missing[:1] if question.against else ()
        one_lost = lost and len(answer.figures) == 1
        return made._replace(lines=(say("report.base_lost", period=lost[0].period),)) if one_lost else made
    item, *others = answer.contrasts
    if others:
        names = list(dict.fromkeys(naming.series_name(each.now.series) for each in answer.contrasts))
        periods = {"now": item.now.period, "then": item.then.period}
        title = say("report.versus", **periods)
        if len(names) <= NAMED:
            title = say("report.named_versus", series=naming.named_together(names), **periods)
        return Report(title, table=of_contrasts(answer.contrasts, question.unit))
    now, then = (quantities.level(each, question.unit) for each in (item.now, item.then))
    values = {"series": quantities.label(item.now), "period": item.now.period, "other": item.then.period}
    (earlier, later), told = item.in_time, ""
    if is_growth(item):  # the printed one first
        told = quantities.leading(later.growth)
    if not told and item.pct is not None and item.range:
        told = quantities.change(item.pct, item.range)
    if told and earlier is item.now:  # to which, where it is named second
        told = say("report.to_later", change=told, period=later.period)
    return Report(once(say("report.against", now=now, then=then, **values)), told)
