"""Reports of the figures of a period: one figure, a month of all series, growth, two periods side by side."""

from collections.abc import Sequence
from math import log

from bot.answers.answer import Answer
from bot.answers.results import Contrast
from bot.dataset.calendar import Period
from bot.dataset.model import Figure
from bot.messages import names as naming
from bot.messages import quantities
from bot.messages.number_format import grouped
from bot.messages.report import Report
from bot.messages.tabulated import is_growth, of_contrasts, of_month, of_periods
from bot.questions.named import month_name
from bot.questions.question import Question
from bot.words import language, say
from bot.words.joints import clauses, comma

NAMED = 3  # series in a title
NEWS = 2  # series that a month's line names
MULTIPLES = (
    (1.85, 1.97, "nearly_doubled"), (1.97, 2.1, "doubled"), (2.9, 3.1, "tripled"), (3.85, 4.15, "quadrupled"),
)  # fmt: skip
WORTH_SAYING = 0.2  # of a line: from here on a part of it is named
BIG = 1e5  # tonnes from which on a change is news by itself


def stated(figure: Figure, answer: Answer, told: str | None = None, period: str = "") -> str:
    """Alumina exports, March 2024: 140 kt; `told` in the place of its level."""
    unit = answer.question.unit if answer.question else "t"
    told = quantities.level(figure, unit) if told is None else told
    series, when = quantities.label(figure, answer.catalogue), period or naming.span_name(figure.period)
    line = say("report.stated", series=series, period=when, told=told)
    return once(line) if figure.series.flow == "net" else line


def once(told: str) -> str:
    """Alumina net exports, where its name and its side make "net trade: net exports"."""
    return told.replace(say("report.net_twice"), say("report.net_once"))


def figures(answer: Answer, question: Question) -> Report:
    """One figure in two lines; several as a table under a line that leads with what moved most."""
    if len(question.periods) > 1 and len(answer.figures) > 1:
        return _periods(answer, question)
    return one(answer, question) if len(answer.figures) == 1 else month(answer, question)


def one(answer: Answer, question: Question) -> Report:
    """The number with its change on the year; below it the month before and the year to date."""
    figure, unit = answer.figures[0], question.unit
    beside, move = [quantities.on_month(figure.move)], figure.move
    if move and move.pct == 0 and move.base == "month" and not quantities.is_marked(figure):
        beside = [
            say("report.also", month=month_name(figure.end.plus(-1).number), level=quantities.level(figure))
        ]
    for total in answer.around[:1]:
        told = say("report.total", period=naming.to_date(total.period), level=quantities.level(total, unit))
        grown = quantities.leading(total.growth) if language() == "en" else quantities.on_year(total)
        beside.append(comma([*filter(None, [told, quantities.grown(total, unit, grown)])]))
    line = say("report.dot").join(filter(None, beside))
    if figure.value is None:
        return Report(stated(figure, answer, quantities.on_year(figure)), say("report.change_only"), (line,))
    return Report(stated(figure, answer), quantities.grown(figure, question.unit), (line,))


def growth(answer: Answer, question: Question) -> Report:
    """The change that was asked for; of several series a table."""
    if len(answer.figures) != 1:
        return month(answer, question)
    figure = answer.figures[0]
    of_month = question.change == "mom"
    told = quantities.on_month(figure.move) if of_month and figure.move else quantities.on_year(figure)
    size, base = (
        quantities.level(figure, question.unit),
        "" if of_month else quantities.base_of(figure, question.unit),
    )
    size = say("quantities.from_to", base=base, level=size) if base else size
    lost = of_month and not figure.move and figure.period.length == 1
    lines = (say("report.base_lost", period=figure.period.plus(-1)),) if lost else ()
    return Report(stated(figure, answer, told), size, lines) if told else one(answer, question)


def month(answer: Answer, question: Question) -> Report:
    """All series of a period: what moved most in a sentence, the figures in a table."""
    period = question.period or answer.figures[0].period
    own = [figure for figure in answer.figures if figure.period == period]
    every = question.view == "overview" or len(own) > len(question.pairs) > 3
    title = _larger(own, answer, question) or _titled(own or answer.figures, answer, period, every=every)
    table = of_month(answer, period, question.unit)
    return Report(title, lines=(lead(own or answer.figures, answer),), table=table)


def _larger(own: Sequence[Figure], answer: Answer, question: Question) -> str:
    """Of two that are compared which is the larger; nothing where rounding leaves that open."""
    told = [each for each in own if each.range and each.series.flow != "net"]
    if question.view != "compare" or len(told) != 2:
        return ""
    less, more = sorted(told, key=lambda each: each.value or 0)
    if (less.range or (0, 0))[1] >= (more.range or (0, 0))[0]:
        return ""
    first, second = (naming.series_name(each.series, answer.catalogue) for each in (more, less))
    names = {"first": first, "second": naming.lower_first(second), "period": more.period}
    return say(
        "report.larger",
        high=quantities.level(more, question.unit),
        low=quantities.level(less, question.unit),
        **names,
    )


def _titled(own: Sequence[Figure], answer: Answer, period: Period, *, every: bool = False) -> str:
    names = list(dict.fromkeys(naming.series_name(each.series, answer.catalogue) for each in own))
    if every or len(names) > NAMED:
        return say("report.everything", period=period)
    return say("report.titled", series=naming.named_together(names), period=period)


def lead(own: Sequence[Figure], answer: Answer) -> str:
    """Aluminium imports nearly doubled on the year, to 380 kt; alumina imports rose ~310 %, to ~309 kt."""
    whole = [each for each in own if not answer.catalogue[each.series.commodity].inside] or own
    told = [each for each in whole if quantities.leads(each.growth) and each.value is not None]
    ranked = sorted(told, key=_surprise, reverse=True)
    firm = [each for each in ranked if not each.estimated][:1]
    news = [*firm, *(each for each in ranked if each not in firm)][:NEWS]
    if not news:
        return ""
    first, *rest = [_moved(figure, answer) + _part_of(figure, own, answer) for figure in news]
    return say("report.sentence", told=clauses([first, *map(naming.lower_first, rest)]))


def _part_of(whole: Figure, own: Sequence[Figure], answer: Answer) -> str:
    """How much of it is a series inside it: 66 % of it primary."""
    for part in own:
        commodity = answer.catalogue[part.series.commodity]
        inside = commodity.inside == whole.series.commodity and part.series.flow == whole.series.flow
        share = part.value / whole.value if inside and part.value and whole.value else 0
        if share >= WORTH_SAYING:
            name = naming.lower_first(naming.commodity_name(commodity))
            return say("report.part_of", share=quantities.percent(grouped(100 * share, 0)), name=name)
    return ""


def _surprise(figure: Figure) -> float:
    """How much of news a change is: its size on a scale of doublings, less where little is traded."""
    pct = max(figure.growth.pct or 0.0, -95.0)
    weight = 1.0 if figure.unit != "t" or (figure.value or 0) >= BIG else 0.5
    return abs(log(1 + pct / 100)) * weight


def _moved(figure: Figure, answer: Answer) -> str:
    """Aluminium imports rose 89.8 % on the year, to 380 kt."""
    pct, base = figure.growth.pct or 0.0, quantities.base_of(figure)
    way = "rise" if pct > 0 else "fall"  # a verb where an arrow stands for it; Chinese has words anyhow
    told = quantities.leading(figure.growth).replace(say(f"report.arrow_{way}"), say(f"report.verb_{way}"))
    held = (verb for low, high, verb in MULTIPLES if low <= 1 + pct / 100 < high)
    kind = "times" if pct >= quantities.TIMES_FROM else next(held, "from" if base else "alone")
    values = {
        "series": naming.series_name(figure.series, answer.catalogue),
        "level": quantities.level(figure),
    }
    return say(f"report.moved_{kind}", change=told, base=base, times=quantities.times(pct), **values)


def _periods(answer: Answer, question: Question) -> Report:
    """Figures of several periods: each in the line where there are two, else the newest; then a table."""
    figures, unit = sorted(answer.figures, key=lambda each: each.end), question.unit
    newest, table = figures[-1], of_periods(answer, figures, unit, lambda each: naming.span_name(each.period))
    if len({each.series for each in figures}) > 1:
        return Report(_titled(figures, answer, newest.period), table=table)
    around = [(naming.short_period(each.period), quantities.level(each, unit)) for each in answer.around]
    lines = tuple(say("report.together", period=period, value=value) for period, value in around)
    return Report(stated(newest, answer), quantities.on_year(newest), lines, table=table)


def compare(answer: Answer, question: Question) -> Report:
    """Two periods of one series in a line, of several in one table."""
    if not answer.contrasts:
        return figures(answer, question) if not question.against else _half(answer, question)
    if len(answer.contrasts) > 1:
        return _side_by_side(answer, question)
    item = answer.contrasts[0]
    now, then = (quantities.level(each, question.unit) for each in (item.now, item.then))
    names = {"series": quantities.label(item.now, answer.catalogue), "period": item.now.period}
    told = say("report.against", now=now, then=then, other=item.then.period, **names)
    return Report(once(told), between(item))


def between(item: Contrast) -> str:
    """The change from the earlier to the later, the printed one first; to which, where it is named second."""
    told = quantities.leading(item.in_time[1].growth) if is_growth(item) else ""
    told = told or (quantities.change(item.pct, item.range) if item.pct is not None and item.range else "")
    if told and item.backwards:
        return say("report.to_later", change=told, period=item.in_time[1].period)
    return told


def _half(answer: Answer, question: Question) -> Report:
    """One of the two periods is not on record; the change on the year may still have been printed."""
    if len(answer.figures) > 1 and len({each.series for each in answer.figures}) > 1:
        return month(answer, question)
    figure = answer.figures[0]
    tail = quantities.on_year(figure) if question.against == figure.period.year_before else ""
    own = [item for item in answer.missing if item.series == figure.series]
    lost = [say("report.base_lost", period=item.period) for item in own[:1]]
    return Report(stated(figure, answer), tail, tuple(lost))


def _side_by_side(answer: Answer, question: Question) -> Report:
    contrasts = answer.contrasts
    now, then = (naming.span_name(each.period) for each in (contrasts[0].now, contrasts[0].then))
    title = say("report.versus", now=now, then=then)
    names = list(dict.fromkeys(naming.series_name(each.now.series, answer.catalogue) for each in contrasts))
    if len(names) <= NAMED:
        title = say("report.named_versus", series=naming.named_together(names), now=now, then=then)
    if len({each.now.series.partner for each in contrasts}) == len(contrasts):
        whole = naming.series_name(contrasts[0].now.series._replace(partner=""), answer.catalogue)
        title = say("partner_table.versus", series=whole, now=now, then=then)
    moving = [item for item in contrasts if between(item) and item.pct is not None]
    moving.sort(key=lambda item: -abs(log(max(1 + (item.pct or 0) / 100, 0.05))))
    named = [
        (naming.lower_first(naming.series_name(each.now.series, answer.catalogue)), each)
        for each in moving[:1]
    ]
    lines = tuple(say("report.moved_most", series=name, change=between(most)) for name, most in named)
    return Report(title, lines=lines, table=of_contrasts(answer, contrasts, question.unit))
