"""Reports in words: why, a check of a number, definitions, events, releases, coverage, revisions, help."""

import re
from collections.abc import Sequence

from bot.answers.answer import Answer, Publication
from bot.answers.results import Check, Why
from bot.dataset.calendar import Period
from bot.dataset.model import Event
from bot.messages import names as naming
from bot.messages.of_figures import once, stated
from bot.messages.quantities import change, label, level, named_percent, on_month, on_year, plain
from bot.messages.report import Cell, Item, Report, Table
from bot.messages.standouts import news
from bot.questions.named import day_name, named
from bot.questions.question import Claim, Question, Unit
from bot.words import comma, enumeration, language, say, say_count
from bot.words.folder import country, own_name

EVENTS, HIGHLIGHTS, REVISED, RELEASES, ROWS = 3, 4, 8, 4, 9
SENTENCE_END = re.compile(r"(?<=[。])|(?<=\.) (?=[A-Z])")


def why(answer: Answer, question: Question, item: Why) -> Report:
    """The figure and its changes; what moved beside the tonnes; at most three dated events, and no cause."""
    figure, unit = item.figure, question.unit
    changes = [on_year(figure), on_month(figure.move)]
    tail, other = reversed(changes) if question.change == "mom" and figure.move else changes
    moved = ((each.of[0].series.measure, change(each.value, each.range)) for each in item.computed)
    parts = [(name, told) for name, told in moved if told and name != figure.series.measure]
    lines = [other, *(say(f"explained.part_{name}", change=told) for name, told in parts[:1])]
    if item.partner:
        now, then = item.partner
        values = {"partner": country(now.series.partner), "month": then.end}
        lines.append(say("explained.partner", now=level(now, unit), then=level(then, unit), **values))
    lines.append(say("explained.around_then" if item.events else "explained.no_events_near"))
    return Report(stated(figure, unit), tail, tuple(lines), items=tuple(map(_event, item.events[:EVENTS])))


def _event(event: Event) -> Item:
    return Item(say("events.line", day=event.day, title=own_name(event.title)), url=event.source_url)


def events(answer: Answer, question: Question) -> Report:
    """How many dated events there are of the period, and the newest of them."""
    when, count = enumeration(list(map(naming.span_name, question.periods))), len(answer.events)
    if not count:
        return Report(say("explained.no_events", when=when) if when else say("explained.no_events_at_all"))
    title = say_count("explained.events", count, when=when) if when else say("explained.newest_events")
    return Report(title, items=tuple(map(_event, answer.events[:ROWS])))


def check(answer: Answer, question: Question, item: Check) -> Report:
    """Yes: 542.0 kt printed; or no, with what it is."""
    figure, unit, by_level = item.figure, question.unit, item.value or not item.change
    about = naming.lower_first(stated(figure, unit, None if by_level else _change(item, question)))
    head = once(say(f"explained.verdict_{item.verdict}", told=about))
    claimed = _claimed(item.claim, unit, figure.unit)
    tail = say(f"explained.claim_{item.verdict}", claimed=claimed) if claimed else ""
    if item.criterion and item.verdict != "open":
        tail = ""  # yes or no, to a bound, says all
    return Report(head, tail, (on_year(figure) if item.value and not item.change else "",))


def _change(item: Check, question: Question) -> str:
    pct, edges, printed = item.change or (0.0, (0.0, 0.0), False)
    told = change(pct, None if printed else edges) or say("explained.open")
    on_month = question.change == "mom" or (item.criterion and item.criterion.of == "mom")
    on_mean = on_month and item.figure.move and item.figure.move.base != "month"
    base = "mean" if on_mean else "month" if on_month else "year"
    return say(f"quantities.on_{base}", change=told)


def _claimed(claim: Claim, unit: Unit, base: str) -> str:
    told = [plain(claim.value, base, unit)] if claim.value is not None else []
    if claim.pct is not None:
        told.append(named_percent(-abs(claim.pct) if claim.way == "fall" else claim.pct))
    elif claim.way and not told:
        told.append(say("explained.claimed_rise" if claim.way == "rise" else "explained.claimed_fall"))
    return comma(told)


def definition(answer: Answer, question: Question) -> Report:
    """The terms, and what each means in its first sentence."""
    own = "zh" if language() == "zh" else "en"
    names = [getattr(each, f"name_{own}") for each in answer.definitions]
    texts = (SENTENCE_END.split(getattr(each, f"text_{own}")) for each in answer.definitions)
    told = [next(filter(None, parts), "") for parts in texts]
    title = enumeration(names) or say("explained.no_definition")
    if len(names) < 2:
        return Report(title, lines=tuple(told))
    items = (Item(f"{name}: {first}") for name, first in zip(names, told, strict=True))
    return Report(title, items=tuple(items)[:ROWS])


def help_report(answer: Answer, question: Question) -> Report:
    """What to ask for, by example."""
    items = tuple(Item(say(f"explained.help_{place}")) for place in range(1, 8))  # as many as are worded
    return Report(say("explained.help"), items=items, lines=(say("explained.help_try"),))


def highlights(answer: Answer, question: Question) -> Report:
    """What stands out in a month, the strongest first."""
    period = question.period or answer.figures[0].period
    told = tuple(map(Item, news(answer.highlights)[:HIGHLIGHTS]))
    title = say("explained.stands_out" if told else "explained.nothing_stands_out", period=period)
    return Report(title, items=told)


def sources(answer: Answer, question: Question) -> Report:
    """Where a figure comes from; each printing is in Details."""
    figure = answer.figures[0]
    cited = {each.source.id: each.source for each in answer.citations}
    sources = (cited[row.source] for each in answer.figures for row in each.rows)
    items = list(dict.fromkeys(Item(each.title, url=each.url) for each in sources))
    return Report(stated(figure, question.unit), on_year(figure), items=tuple(items[:EVENTS]))


def release(answer: Answer, question: Question) -> Report:
    """What customs publish next, a line each; of a month when it came out, and what of it is here."""
    months = {period.end for period in question.periods}
    if asked := [each for each in answer.publications if each.month in months]:
        return _released(sorted(asked, key=lambda one: (one.month, one.day)), question)
    coming = sorted(answer.publications, key=lambda one: (one.day, one.month))
    if not coming:
        return Report(say("explained.no_release"))
    first = next((each for each in coming if not each.past), coming[0])
    values = {"stage": naming.stage_name(first.stage), "month": _months(first), "day": _day(first)}
    return Report(say("explained.release", **values), items=tuple(map(_published, coming[:RELEASES])))


def _released(asked: Sequence[Publication], question: Question) -> Report:
    here = [naming.in_sentence(each) for item in asked for each in item.on_record]
    lost = [naming.in_sentence(each) for item in asked for each in item.series if each not in item.on_record]
    when = naming.month_list(list(dict.fromkeys(item.month for item in asked)))
    lines = tuple([say("explained.here", series=enumeration(here))] if here else [])
    if lost and (here or len(lost) <= EVENTS):
        lines += (say("explained.not_here", series=enumeration(lost)),)
    if len(asked) == 1 and not question.whether:
        values = {"stage": naming.stage_name(asked[0].stage), "day": _day(asked[0])}
        return Report(naming.upper_first(say("explained.released_once", month=when, **values)), lines=lines)
    head = say("explained.released", month=when)
    if question.whether:
        state = "yes" if not lost else "part" if here else "no"
        head = say(f"explained.out_{state}", month=when, count=len(here), every=len([*here, *lost]))
    return Report(head, lines=lines, items=tuple(map(_published, asked[:ROWS])))


def _months(item: Publication) -> str:
    """November 2026; January–February 2027, which come together."""
    return naming.edition_name(item.month.plus(1)) if item.with_next else named(item.month)


def _day(item: Publication) -> str:
    if not item.expected:
        return day_name(item.day)
    return say("explained.by_calendar" if item.past else "explained.expected", day=item.day)


def _published(item: Publication) -> Item:
    names = [naming.in_sentence(each) for each in item.series[:EVENTS]]
    names += [say("explained.others")] if len(item.series) > EVENTS else []
    stage = comma([_months(item), naming.stage_name(item.stage)])
    return Item(f"{_day(item)} · {stage}" + (f": {comma(names)}" if names else ""))


def coverage(answer: Answer, question: Question) -> Report:
    """From when to when each series is on record, and how many months between lack."""
    rows, line = [], ""
    for each in answer.covered:
        if months := [month for month, cell in each.cells.items() if cell != "missing"]:
            lost = [each for each in Period.span(months[0], months[-1]).months if each not in months]
            first, last, name = months[0], months[-1], naming.series_name(each.series)
            title = say_count("explained.covered", len(months), series=name, first=first, last=last)
            line = say("explained.missing_months", months=naming.month_list(lost)) if lost else ""
            rows.append([name, naming.short_month(first), naming.short_month(last), str(len(lost) or "–")])
    if len(rows) < 2:
        return Report(title, lines=(line,)) if rows else Report(say("explained.nothing_on_record"))
    cells = [tuple(map(Cell, row)) for row in rows[:ROWS]]
    header = tuple(say(f"explained.head_{head}") for head in ("series", "first", "last", "missing"))
    return Report(say("explained.coverage"), table=Table(header, tuple(cells)))


def revisions(answer: Answer, question: Question) -> Report:
    """What was revised and to what; that nothing was, of how many figures."""
    told = answer.revisions
    when = say("explained.of_period", period=question.period) if question.period else ""
    when += say("explained.since", day=question.since) if question.since else ""
    moved, more = sum(each.moved for each in told), len(told) - REVISED
    head = say_count("explained.revised", moved, when=when)
    head = head if moved else say("explained.not_revised", when=when)
    items = []
    for each in told[:REVISED]:  # Aluminium exports, March 2025: 506 kt, before 510 kt
        first, last = (level(each.steps[at].figure, question.unit) for at in (0, -1))
        values = {"series": label(each.steps[-1].figure), "period": naming.short_period(each.period)}
        value = say("explained.from_to", before=first, now=last) if len(each.steps) > 1 else last
        items.append(Item(f"{say('report.titled', **values)} · ", value))
    return Report(head, lines=(say_count("explained.more", more) if more > 0 else "",), items=tuple(items))


def export(answer: Answer, question: Question) -> Report:
    """What is in the file."""
    figures = sorted(answer.figures, key=lambda each: each.end)
    series = {each.series for each in figures}
    name = naming.series_name(*series) if len(series) == 1 else say("report.count", count=len(series))
    period = naming.short_period(Period.span(figures[0].period.start, figures[-1].end))
    return Report(say_count("explained.as_csv", len(figures), series=name, period=period))
