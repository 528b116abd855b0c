"""What posts say of their own: of an alert its condition and what fires it; of a month how it grows. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from bot.alerts.firing import Firing, firings, months_judged
from bot.answers.answer import Answer
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.growth import PRINTED_HALF_POINT
from bot.dataset.model import UNITS, Figure, Growth, Series
from bot.dataset.releases import Stage, stage_of
from bot.messages.names import in_sentence, series_name, stage_name, status_of
from bot.messages.quantities import is_later_scope, leading, level, on_month, on_year, plain
from bot.messages.reporting import worded
from bot.questions.amounts import Amount, AmountUnit
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, SignChange, Threshold
from bot.questions.condition_reading import ConditionReading
from bot.questions.named import day_name, named, period_name
from bot.questions.question import Unit
from bot.words import clauses, comma, enumeration, in_brackets, say, say_count, say_or
from bot.words.folder import own_name

FEW = 3  # firings that are named
_NET = ("net_imports", "net_exports")
_UNITS: Mapping[AmountUnit, Unit] = {"kt": "kt", "Mt": "Mt", "万吨": "wan_t", "lb": "lb", "short tons": "st"}
A_YEAR, MOST = 12, 3  # months in which changes are looked for, and changes that are told


def condition_name(condition: Condition) -> str:
    """Alumina exports above 200 kt; a balance by its side: Alumina net trade, net imports above 50 kt."""
    series, values = series_name(condition.series), dict[str, str]()
    if condition.scope:
        series = say("alerts.in_scope", series=series, scope=condition.scope)
    match condition.test:
        case Threshold(side, amount):
            # Net imports of more than an amount are a balance below it, on the other side of zero.
            of = "level" if condition.series.flow != "net" else _NET[amount.number >= 0]
            kind, values = f"{of}_{side.replace(' ', '_')}", {"amount": amount_name(amount)}
            if of != "level":
                values["amount"] = values["amount"].removeprefix("-")
        case PercentChange(on, way, pct):
            kind, values = f"change_{on}_{way}", {"pct": f"{pct.normalize():,f}"}
        case NewRecord(extreme):
            kind = f"record_{extreme}"
        case SignChange(of, to):
            kind = f"turn_{of}_{to}"
        case Revision():
            kind = "revised"
    return say(f"alerts.when_{kind}", series=series, **values)


def amount_name(amount: Amount) -> str:
    """As the language that is spoken writes it: 200 kt, 20万吨, US$1.5bn, US$500/t."""
    told = plain(abs(amount.value), UNITS[amount.measure], _UNITS.get(amount.unit, "t"))
    return f"-{told}" if amount.number < 0 else told


def said_back(condition: Condition, dataset: Dataset, *, crossing: bool = False) -> tuple[str, ...]:
    """The condition and how often it is told; in how many months it would have fired, and in which last."""
    name, test = condition_name(condition), condition.test
    extreme = f"_{test.extreme}" if isinstance(test, NewRecord) else ""
    often = say("alerts.once") if condition.once else say(f"alerts.every_{test.kind}{extreme}")
    said = say("alerts.said", condition=name, often=often)
    said = say("alerts.crossing", condition=name) if crossing else said
    found, count, last = firings(condition, dataset), months_judged(condition, dataset), list[str]()
    if not found:
        return said, say_count("alerts.never", count) if count else say("alerts.none_judged")
    for each in reversed(found[-FEW:]):
        status = enumeration(list(dict.fromkeys(status_of(item.row) for item in each.figure.inputs)))
        last.append(say("alerts.firing", month=each.month, told=_told(each)[0], status=status))
    fired_in, newest = len({each.month for each in found}), say("alerts.between").join(last)
    return said, say_count("alerts.would_have_fired", count, fired=fired_in, newest=newest)


def fired(firing: Firing) -> str:
    """The first line of a post: the condition, the figure that fires it, whether rounding could undo it."""
    later = not firing.condition.scope and is_later_scope(firing.figure)
    scope = in_brackets(own_name(firing.figure.scope)) if later else ""
    values = {"told": _told(firing)[1], "month": named(firing.month) + scope}
    values["condition"] = condition_name(firing.condition)
    if firing.back:
        return say("alerts.back", **values)
    return say("alerts.fired_within_rounding" if firing.within_rounding else "alerts.fired", **values)


def _told(firing: Firing) -> tuple[str, str]:
    """What a firing rests on, in brief and with all that is known of it."""
    figure, before, test = firing.figure, firing.before, firing.condition.test
    now = level(figure, _UNITS.get(test.amount.unit, "t") if isinstance(test, Threshold) else "t")
    match test:
        case PercentChange(on):
            change = on_month(figure.move) if on == "mom" else leading(figure.growth) or on_year(figure)
            return change or now, comma([now, change or now])
        case NewRecord() if firing.standing:
            most, start = "highest" if firing.standing.highest_known else "lowest", firing.standing.run_start
            return now, say(f"alerts.run_{most}", told=now, count=firing.standing.months, start=named(start))
        case SignChange(of) if before:
            grown = [leading(each.growth) if of == "yoy" else "" for each in (figure, before)]
            told, earlier = (own or level(each) for own, each in zip(grown, (figure, before), strict=True))
            return told, say("alerts.after", told=told, before=earlier, month=before.end)
        case Revision() if before:
            in_full = say("alerts.anew", before=level(before), now=now, day=firing.day)
            return say("alerts.from_to", before=level(before), now=now), in_full
    return now, now


def why_none(reading: ConditionReading) -> str:
    """The sentence for the reason; '' where there is a condition."""
    if not (reason := reading.reason):
        return ""
    return say_or(worded(reason), f"no_condition.{reason.kind}", said=reason.words[0] if reason.words else "")


def still_to_come(lacking: Iterable[Stage], month: Month, dataset: Dataset) -> str:
    """The stages that a month still lacks, with their days; '' where it lacks none."""
    told = list[str]()
    releases = [(dataset.calendar.release(month, stage), stage) for stage in lacking]
    for release, stage in sorted(releases, key=lambda each: each[0].day):
        when = day_name(release.day)
        if release.day <= dataset.today:
            when = say("stages.was_due", day=when)
        elif release.expected:
            when = say("stages.expected", day=when)
        told.append(say("stages.stage", stage=stage_name(stage), when=when))
    how = "one" if len(told) == 1 else "several"
    return say(f"stages.to_come_{how}", stages=enumeration(told)) if told else ""


def brought(stage: Stage, month: Month, answer: Answer, dataset: Dataset) -> Iterator[str]:
    """What a stage has brought of a month; and what it changed of what stood there, by more than rounding.

    The monthly bulletin of July 2026 is out: alumina exports 300 kt; bauxite imports 19.04 Mt, -4.6 %.
    """
    period, told = answer.question.period if answer.question else None, list[str]()
    of_month = [figure for figure in answer.figures if figure.period == period]
    came = [figure for figure in of_month if stage_of(figure.series) == stage]
    for each in came:
        named = say("report.named", series=in_sentence(each.series), level=level(each))
        told.append(comma([*filter(None, [named, on_year(each)])]))
    out = {"stage": stage_name(stage), "month": month}
    yield say("stages.out", told=clauses(told), **out) if told else say("stages.out_above", **out)
    if came:
        # A figure is out on the day of the last row behind it.
        day = min(max(map(dataset.calendar.out_since, figure.rows)) for figure in came)
        before = dataset.on(day - timedelta(days=1))
        pairs = ((now, before.figure(now.series, now.period, now.scope)) for now in answer.figures)
        if moved := [clause for now, was in pairs if was and (clause := changed(now, was))]:
            yield say("stages.changed", told=clauses(moved))


def _span(growth: Growth) -> tuple[float, float] | None:
    if growth.pct is None or growth.origin == "computed":
        return growth.range
    return growth.pct - PRINTED_HALF_POINT, growth.pct + PRINTED_HALF_POINT


def _apart(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    return bool(one and other and (one[1] < other[0] or other[1] < one[0]))


def since(day: date, last: Month, commodities: Sequence[str], dataset: Dataset) -> str:
    """What is new, revised or has turned since a day in the year up to the month that was told last."""
    known, before, told = dataset.catalogue, dataset.on(min(day, dataset.today)), list[str]()
    every = [Series(name, flow) for name in commodities or known for flow in known[name].flows]
    for month in (last.plus(-back) for back in range(A_YEAR)):  # the newest first
        for now in (dataset.figure(each, Period.month(month)) for each in every):
            if now and (clause := changed(now, before.figure(now.series, now.period, now.scope))):
                told.append(clause)
    if len(told) > MOST + 1:  # never "1 more"
        told = [*told[:MOST], say_count("stages.since_more", len(told) - MOST)]
    return say("stages.since", told=clauses(told)) if told else ""


def changed(now: Figure, was: Figure | None) -> str:
    """That a figure is new, or what is told otherwise than before by more than rounding; '' for nothing."""
    values = {"series": in_sentence(now.series), "period": period_name(now.period)}
    if was is None:
        return say("stages.since_new", now=level(now), **values)
    moved = _apart(now.range, was.range)
    if not moved and not _apart(_span(now.growth), _span(was.growth)):
        return ""
    grown = {"now": on_year(now), "before": leading(was.growth)}
    if (now.growth.pct or 0) * (was.growth.pct or 0) < 0:
        return say("stages.since_turned", **grown, **values)
    told = {"now": level(now), "before": level(was)} if moved else grown
    return say("stages.since_revised", **told, **values)
