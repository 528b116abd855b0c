"""What has to be said beside the figures: what is missing, derived, refused, and from where it all is."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.answer import Answer, Lack, Missing, ScopeClash, Stretch
from bot.dataset.calendar import Month
from bot.dataset.commodities import Commodity
from bot.dataset.model import Figure
from bot.messages import vintage_notes
from bot.messages.citations import publisher
from bot.messages.coverage_calendar import notes as coverage_notes
from bot.messages.derivations import derivations
from bot.messages.month_lists import month_list
from bot.messages.names import Names, full_name, lower_first, scope_name, series_name, short_name
from bot.messages.speech import is_later_scope, value
from bot.messages.supply import figure_words
from bot.questions.named import day_in_year, day_name, month_name, named, period_name
from bot.words import say, say_count
from bot.words.joints import clauses, comma, enumeration, in_brackets


def notes(answer: Answer) -> list[str]:
    """Every sentence that belongs beside the figures."""
    return [
        *_cut(answer),
        *(missing(item, answer.catalogue) for item in answer.missing),
        *(line for stretch in answer.stretches for line in _lacking(stretch, answer)),
        *(_clash(clash, answer.catalogue) for clash in answer.clashes),
        *_view_notes(answer),
        *vintage_notes.notes(answer),
        *coverage_notes(answer),
        *_unusual(answer),
        *_figure_notes(answer),
        *_definitions(answer),
        *_behind(answer),
    ]


def _cut(answer: Answer) -> Iterator[str]:
    """That there are the newest months alone of those asked for, or the first places."""
    shown = answer.question.period if answer.question else None
    if answer.cut and shown:
        yield say_count(
            "notes.newest_months", shown.length, shown=period_name(shown), asked=period_name(answer.cut)
        )
    if answer.top and answer.question:
        yield say_count("notes.first_places", answer.question.top, asked=answer.top)


def derived_caveat(figures: Iterable[Figure]) -> str:
    """What the ranges of derived figures do not cover."""
    estimated = any(figure.estimated for figure in figures)
    return say("notes.derived_caveat_estimated" if estimated else "notes.derived_caveat")


def _behind(answer: Answer) -> Iterator[str]:
    """Whose further publications the highlights are measured against, and a chart shows."""
    publishers = list(dict.fromkeys(publisher(item.source) for item in answer.behind))
    if publishers and (answer.highlights or answer.plots):
        what = "both" if answer.highlights and answer.plots else "chart" if answer.plots else "highlights"
        yield say(f"notes.behind_{what}", publishers=enumeration(publishers))


def missing(item: Missing, names: Names) -> str:
    """What is not on record, and what is instead: the nearest periods, other measures, when it is due."""
    return say(
        "notes.missing",
        series=series_name(item.series, names),
        scope=in_brackets(scope_name(item.scope)) if item.scope else "",
        period=period_name(item.period),
        lost=_lost(item),
        more="".join(_instead(item)),
    )


def _instead(item: Missing) -> Iterator[str]:
    """The clauses of what there is in its place, each with the sign that it begins with."""
    if item.together:
        yield _as_one(item.together)
    if item.due:
        yield say("notes.overdue" if item.overdue else "notes.due", day=day_name(item.due))
    if item.so_far:
        period = period_name(item.so_far.period)
        yield say("notes.so_far", period=period, value=value(item.so_far))
    if not (item.nearest or item.told or item.measures):
        yield say("notes.none_such")
    if item.nearest and not item.parts:
        yield say("notes.nearest", periods=enumeration([period_name(period) for period in item.nearest]))
    if item.measures:
        measures = [say(f"notes.measure_{name}") for name in item.measures]
        yield say("notes.measures", measures=enumeration(measures))


def _as_one(figure: Figure) -> str:
    """January and February, which are on record as one figure."""
    return say("notes.as_one", period=period_name(figure.period), value=value(figure))


def _lost(item: Missing) -> str:
    if item.parts:
        return say("notes.lost_in_parts", scopes=_in_scopes(item))
    if item.period.kind != "range" or not item.nearest or len(item.holes) == item.period.length:
        return say("notes.lost")
    if not item.holes:
        return say("notes.lost_unmixed")
    return say("notes.lost_for_lack", months=month_list(item.holes))


def _in_scopes(item: Missing) -> str:
    """December 2024 as HS 2818, January 2025 as HS 28182000; and what is in none."""
    months: dict[str, list[Month]] = {}
    for part in item.parts:
        months.setdefault(part.scope, []).extend(part.months)
    told = comma(
        [say("notes.part", months=month_list(own), scope=scope_name(scope)) for scope, own in months.items()]
    )
    return say("notes.part_holes", parts=told, months=month_list(item.holes)) if item.holes else told


def _lacking(stretch: Stretch, answer: Answer) -> Iterator[str]:
    """Which months of a stretch are not on record, and what there is of them."""
    if not stretch.holes:
        return
    ranked = answer.question and answer.question.view == "ranking"
    more = "".join(map(_as_one, stretch.together)) + _elsewhere(stretch)
    yield say_count(
        "notes.lacking_in_rank" if ranked else "notes.lacking",
        len(stretch.holes),
        series=series_name(stretch.series, answer.catalogue),
        months=month_list(stretch.holes),
        more=more,
    )


def _elsewhere(stretch: Stretch) -> str:
    """Which of its months are on record in another scope alone."""
    if not stretch.other_scope:
        return ""
    return say_count(
        "notes.elsewhere",
        len(stretch.elsewhere),
        scope=scope_name(stretch.scope),
        months=month_list(stretch.elsewhere),
        other=scope_name(stretch.other_scope),
    )


def _view_notes(answer: Answer) -> Iterator[str]:
    """What has to be known of a ranking, a mean, a comparison or tonnes a day."""
    question = answer.question
    if question is None or not answer.figures:
        return
    if question.unit == "t/day":
        yield say("notes.per_day")
    if any(rank.first < rank.last for rank in answer.ranks):
        yield say("notes.shared_places")
    if question.view == "average" and question.measure == "unit_value":
        yield say("notes.mean_of_unit_values")
    if any(item.now.period.length != item.then.period.length and not item.range for item in answer.contrasts):
        yield say("notes.unequal")


def _clash(clash: ScopeClash, names: Names) -> str:
    """Which operation was refused, and what each of its two figures counts."""
    told = {
        "series": series_name(clash.series, names),
        "period": period_name(clash.period),
        "scope": scope_name(clash.scope),
        "other_period": period_name(clash.other_period),
        "other": scope_name(clash.other_scope),
    }
    return say(f"notes.clash_{clash.operation}", **told)


def _figure_notes(answer: Answer) -> Iterator[str]:
    figures = answer.figures + answer.around
    derived = [figure for figure in figures if figure.derived and figure.series.measure != "unit_value"]
    if not (answer.question and answer.question.view == "sources"):  # its lines hold every input
        yield from derivations(derived, answer)
    if derived:
        yield derived_caveat(derived)
    if any(figure.move and figure.move.base != "month" for figure in figures):
        yield say("notes.mean_base")
    chosen = answer.stretches or (answer.question and answer.question.scope)
    later = (f for f in figures if is_later_scope(f, answer.catalogue))
    for name, scope in dict.fromkeys((f.series.commodity, f.scope) for f in later):
        yield _later_scope(scope, answer.catalogue[name], instead=not chosen)


def _later_scope(scope: str, commodity: Commodity, *, instead: bool) -> str:
    """How much more or less a later scope counts; `instead`: that the first one is not on record."""
    kind = "part" if scope in commodity.narrower_scopes else "wider"
    beside = "_instead" if instead else ""
    return say(f"notes.scope_{kind}{beside}", scope=scope_name(scope), name=lower_first(full_name(commodity)))


def _unusual(answer: Answer) -> Iterator[str]:
    """Which numbers behind the figures were unusual when they came in: worth a second look."""
    figures = answer.figures + answer.around
    rows = dict.fromkeys(item.row for figure in figures for item in figure.inputs if item.row.unusual)
    if rows:
        told = clauses([figure_words(row, answer.catalogue) for row in rows])
        yield say("notes.unusual", figures=told)


def _definitions(answer: Answer) -> Iterator[str]:
    for name in dict.fromkeys(figure.series.commodity for figure in answer.figures):
        commodity = answer.catalogue[name]
        short, full = short_name(commodity), full_name(commodity)
        if short != full and "(" not in full:
            yield say("notes.definition", short=short, name=lower_first(full))
        if commodity.inside and commodity.inside in answer.catalogue:
            whole = lower_first(full_name(answer.catalogue[commodity.inside]))
            yield say("notes.inside", name=full, whole=whole)


def lack(item: Lack) -> str:
    """Figures to July 2026 on record; October has been due since 20 November."""
    newest = named(item.newest)
    if not (item.due and item.since):
        when = "in_part" if item.following in item.partly else "whole"
        month = _month(item.following, item.newest)
        return say(f"notes.expected_{when}", newest=newest, month=month, day=day_name(item.expected))
    since = day_in_year(item.since) if item.since.year == item.newest.year else day_name(item.since)
    month, between = _month(item.due, item.newest), _between(item)
    return say("notes.overdue_since", newest=newest, month=month, since=since, between=between)


def _between(item: Lack) -> str:
    """What there is of the months between: August is on record in part, September is not on record."""
    partly, beside = item.partly, item.newest
    none = [month for month in item.between if month not in partly]
    told = [say_count("notes.in_part", len(partly), months=_months(partly, beside))] if partly else []
    told += [say_count("notes.none_either", len(none), months=_months(none, beside))] if none else []
    return in_brackets(comma(told)) if told else ""


def _months(months: Sequence[Month], beside: Month) -> str:
    """August and September; of more than one year each run of them with its years."""
    if any(month.year != beside.year for month in months):
        return month_list(months)
    return enumeration([month_name(month.number) for month in months])


def _month(month: Month, beside: Month) -> str:
    return month_name(month.number) if month.year == beside.year else named(month)
