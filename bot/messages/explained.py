"""Reports in words: why, a check of a number, definitions, events, releases, coverage, revisions, help."""

import re
from collections.abc import Sequence

from bot.answers.answer import Answer, Publication, Revised
from bot.answers.results import Check, Why
from bot.dataset.calendar import Month, Period
from bot.dataset.coverage import Covered
from bot.dataset.glossary import Entry
from bot.dataset.model import Event
from bot.messages.events import event_line
from bot.messages.month_lists import month_list
from bot.messages.names import lower_first, series_name, stage_name, status_of
from bot.messages.of_figures import once, stated
from bot.messages.quantities import change, label, level, on_month, on_year, plain
from bot.messages.report import Cell, Item, Report, Table, cells
from bot.messages.short_names import short_month, short_period, span_name
from bot.messages.standouts import news
from bot.messages.worked_out import percent
from bot.questions.named import day_name, named
from bot.questions.question import Claim, Question, Unit
from bot.words import language, say, say_count
from bot.words.countries import country
from bot.words.joints import comma, enumeration

EVENTS, HIGHLIGHTS, REVISED, RELEASES, HELP = 3, 4, 8, 4, 6
ROWS = 9


def why(answer: Answer, question: Question, item: Why) -> Report:
    """The figure and its change; what arithmetic says; at most three dated events, and no cause."""
    figure = item.figure
    tail = on_month(figure.move) if question.change == "mom" and figure.move else on_year(figure)
    lines = [_part(item), _partner(item, question)]
    lines.append(say("explained.around_then" if item.events else "explained.no_events_near"))
    items = tuple(event_item(event) for event in item.events[:EVENTS])
    told = stated(figure, answer, level(figure, question.unit))
    return Report(told, tail, tuple(filter(None, lines)), items)


def _part(item: Why) -> str:
    """Unit value ▲ 3 %: what moved beside the tonnes."""
    for part in item.computed:
        measure = part.of[0].series.measure
        told = change(part.value, part.range)
        if measure != item.figure.series.measure and told:
            return say(f"explained.part_{measure}", change=told)
    return ""


def _partner(item: Why, question: Question) -> str:
    if not item.partner:
        return ""
    now, then = item.partner
    name = country(now.series.partner)
    return say(
        "explained.partner", partner=name, now=level(now, question.unit), then=level(then, question.unit)
    )


def event_item(event: Event) -> Item:
    """6 Apr 2018: United States puts Rusal under sanctions."""
    return Item(event_line(event), url=event.source_url)


def events(answer: Answer, question: Question) -> Report:
    """How many dated events there are of the period, and the newest of them."""
    when = enumeration([span_name(period) for period in question.periods])
    if not answer.events:
        return Report(say("explained.no_events", when=when) if when else say("explained.no_events_at_all"))
    title = (
        say_count("explained.events", len(answer.events), when=when)
        if when
        else say("explained.newest_events")
    )
    return Report(title, items=tuple(event_item(each) for each in answer.events[:ROWS]))


def check(answer: Answer, question: Question, item: Check) -> Report:
    """Yes: 542.0 kt printed; or no, with what it is."""
    figure = item.figure
    told = level(figure, question.unit) if item.value or not item.change else _change(item, question)
    claimed = _claimed(item.claim, question.unit, figure.unit)
    status = status_of(item.row) if item.row else ""
    about = stated(figure, answer, told)
    head = say(f"explained.verdict_{item.verdict}", told=lower_first(about))
    beside = say(f"explained.claim_{item.verdict}", claimed=claimed, status=status) if claimed else ""
    grown = on_year(figure) if item.value and not item.change else ""
    return Report(once(head), beside, tuple(filter(None, [grown])))


def _change(item: Check, question: Question) -> str:
    """▲ 169.6 % on the year; on the second period."""
    if not item.change:
        return level(item.figure, question.unit)
    pct, edges, printed = item.change
    told = change(pct, None if printed else edges) or say("explained.open")
    if question.against:
        return say("explained.on_period", change=told, period=span_name(question.against))
    return say("quantities.on_month" if question.change == "mom" else "quantities.on_year", change=told)


def _claimed(claim: Claim, unit: Unit, base: str) -> str:
    """What was claimed: 542 kt, a rise."""
    told = [plain(claim.value, base, unit)] if claim.value is not None else []
    told += [percent(-abs(claim.pct) if claim.way == "fall" else claim.pct)] if claim.pct is not None else []
    if not told and claim.way:
        told = [say("explained.claimed_rise" if claim.way == "rise" else "explained.claimed_fall")]
    return comma(told)


def definition(answer: Answer, question: Question) -> Report:
    """The term, and what it means."""
    if not answer.definitions:
        return Report(say("explained.no_definition"))
    if len(answer.definitions) > 1:
        items = tuple(Item(f"{term(each)}: {_meaning(each)[0]}") for each in answer.definitions[:ROWS])
        return Report(enumeration([term(each) for each in answer.definitions]), items=items)
    entry = answer.definitions[0]
    return Report(term(entry), lines=tuple(_meaning(entry)[:1]))


def _meaning(entry: Entry) -> list[str]:
    """What it means, sentence by sentence."""
    text = entry.text_zh if language() == "zh" else entry.text_en
    return [each for each in re.split(r"(?<=[。])|(?<=\.) (?=[A-Z])", text) if each]


def term(entry: Entry) -> str:
    """Its name in the language that is spoken."""
    return entry.name_zh if language() == "zh" else entry.name_en


def help_report(answer: Answer, question: Question) -> Report:
    """What to ask for, by example."""
    items = tuple(Item(say(f"explained.help_{place}")) for place in range(1, HELP + 1))
    return Report(say("explained.help"), items=items, lines=(say("explained.help_try"),))


def highlights(answer: Answer, question: Question) -> Report:
    """What stands out in a month, the strongest first."""
    period = question.period or answer.figures[0].period
    if not answer.highlights:
        return Report(say("explained.nothing_stands_out", period=span_name(period)))
    told = news(answer.highlights, answer.catalogue)[:HIGHLIGHTS]
    return Report(say("explained.stands_out", period=span_name(period)), items=tuple(map(Item, told)))


def sources(answer: Answer, question: Question) -> Report:
    """Where a figure comes from; each printing is in Details."""
    figure = answer.figures[0]
    rows = list(dict.fromkeys(row for each in answer.figures for row in each.rows))
    titles = {each.source.id: each.source for each in answer.citations}
    found = list(dict.fromkeys((titles[row.source].title, titles[row.source].url) for row in rows))
    items = tuple(Item(title, url=url) for title, url in found[:EVENTS])
    return Report(stated(figure, answer, level(figure, question.unit)), on_year(figure), items=items)


def release(answer: Answer, question: Question) -> Report:
    """What customs publish next, a line each."""
    coming = sorted(answer.publications, key=lambda one: (one.day, one.month))
    if not coming:
        return Report(say("explained.no_release"))
    ahead = [each for each in coming if not each.past] or coming
    first = ahead[0]
    title = say("explained.release", stage=stage_name(first.stage), month=_months(first), day=_day(first))
    items = [_published(each, answer) for each in coming[:RELEASES]]
    return Report(title, items=tuple(items))


def _months(item: Publication) -> str:
    """November 2026; January and February 2027, which come together."""
    return month_list([item.month, item.month.plus(1)] if item.with_next else [item.month])


def _day(item: Publication) -> str:
    return say("explained.expected", day=day_name(item.day)) if item.expected else day_name(item.day)


def _published(item: Publication, answer: Answer) -> Item:
    names = [lower_first(series_name(each, answer.catalogue)) for each in item.series[:EVENTS]]
    more = [say("explained.others")] if len(item.series) > EVENTS else []
    stage = comma([_months(item), stage_name(item.stage)])
    return Item(f"{_day(item)} · {stage}" + (f": {comma([*names, *more])}" if names else ""))


def coverage(answer: Answer, question: Question) -> Report:
    """From when to when each series is on record, and how many months between lack."""
    held = [
        (each, [month for month, cell in each.cells.items() if cell != "missing"]) for each in answer.covered
    ]
    told = [(each, months) for each, months in held if months]
    if not told:
        return Report(say("explained.nothing_on_record"))
    if len(told) == 1:
        return _of_one(*told[0], answer)
    rows = [_reach(each, months, answer) for each, months in told[:ROWS]]
    heads = ("series", "first", "last", "missing")
    header = tuple(say(f"explained.head_{head}") for head in heads)
    return Report(say("explained.coverage"), table=Table(header, tuple(rows)))


def _reach(each: Covered, months: Sequence[Month], answer: Answer) -> tuple[Cell, ...]:
    lost = months[0].until(months[-1]) + 1 - len(months)
    name = series_name(each.series, answer.catalogue)
    return cells((name, short_month(months[0]), short_month(months[-1]), str(lost or "–")))


def _of_one(each: Covered, months: Sequence[Month], answer: Answer) -> Report:
    name = series_name(each.series, answer.catalogue)
    title = say_count(
        "explained.covered", len(months), series=name, first=named(months[0]), last=named(months[-1])
    )
    lost = [
        month for month, cell in each.cells.items() if cell == "missing" and months[0] <= month <= months[-1]
    ]
    lines = (say("explained.missing_months", months=month_list(lost)),) if lost else ()
    return Report(title, lines=lines)


def revisions(answer: Answer, question: Question) -> Report:
    """What was revised and to what; that nothing was, of how many figures."""
    told = [each for item in answer.revisions for each in item.told if each.moved or item.alone]
    when = say("explained.of_period", period=span_name(question.period)) if question.period else ""
    when += say("explained.since", day=day_name(question.since)) if question.since else ""
    if not told:
        return Report(say("explained.not_revised", when=when))
    title = say_count("explained.revised", len(told), when=when)
    return Report(
        title, items=tuple(_revised(each, answer, question) for each in told[:REVISED]), lines=_rest(told)
    )


def _rest(told: Sequence[Revised]) -> tuple[str, ...]:
    more = len(told) - REVISED
    return (say_count("explained.more", more),) if more > 0 else ()


def _revised(item: Revised, answer: Answer, question: Question) -> Item:
    """Aluminium exports, March 2025: 506 kt, before 510 kt."""
    first, last = item.steps[0].figure, item.steps[-1].figure
    name = say("report.titled", series=label(last, answer.catalogue), period=short_period(item.period))
    now, before = level(last, question.unit), level(first, question.unit)
    if len(item.steps) == 1:
        return Item(f"{name} · ", now)
    return Item(f"{name} · ", say("explained.from_to", before=before, now=now))


def export(answer: Answer, question: Question) -> Report:
    """What is in the file."""
    figures = sorted(answer.figures, key=lambda each: each.end)
    names = list(dict.fromkeys(series_name(each.series, answer.catalogue) for each in figures))
    name = names[0] if len(names) == 1 else say("report.count", count=len(names))
    period = short_period(Period.span(figures[0].period.start, figures[-1].end))
    title = say_count("explained.as_csv", len(figures), series=name, period=period)
    return Report(title)
