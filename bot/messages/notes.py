"""What has to be said beside the figures: what is missing, derived, refused, and from where it all is."""

from collections.abc import Iterator, Sequence

from bot.answers.answer import Answer, Citation, Lack, Missing, ScopeClash, Stretch
from bot.dataset.calendar import MONTH_NAMES, Month
from bot.dataset.catalogue import Commodity
from bot.messages import vintages
from bot.messages.coverage import notes as coverage_notes
from bot.messages.derivations import derivations
from bot.messages.speech import (
    Names,
    day,
    enumeration,
    is_later_scope,
    lower_first,
    month_list,
    series_name,
    value,
)  # fmt: skip
from bot.messages.supply import figure_words

DERIVED_CAVEAT = (
    "Ranges cover rounding only; corrections of earlier months, up to 1 %, can lie in a derived figure."
)


def notes(answer: Answer) -> list[str]:
    """Every sentence that belongs beside the figures."""
    return [
        *(missing(item, answer.catalogue) for item in answer.missing),
        *(line for stretch in answer.stretches for line in _lacking(stretch, answer)),
        *(_clash(clash, answer.catalogue) for clash in answer.clashes),
        *_view_notes(answer),
        *vintages.notes(answer),
        *coverage_notes(answer),
        *_unusual(answer),
        *_figure_notes(answer),
        *_definitions(answer),
        *_behind(answer),
    ]


def _behind(answer: Answer) -> Iterator[str]:
    """Whose further publications the highlights are measured against, and a chart shows."""
    what = ["what stands out"] * bool(answer.highlights) + ["the chart"] * bool(answer.plots)
    if publishers := list(dict.fromkeys(item.source.publisher for item in answer.behind)):
        named = enumeration(what)
        rest = f"also rest{'s' if len(what) == 1 else ''} on figures of other periods as told by"
        yield f"{named[:1].upper()}{named[1:]} {rest} {enumeration(publishers)}."


def missing(item: Missing, names: Names) -> str:
    """What is not on record, and what is instead: the nearest periods, other measures, when it is due."""
    scope = f" ({item.scope})" if item.scope else ""
    told = f"{series_name(item.series, names)}{scope}, {item.period.name}: {_lost(item)}"
    if item.together:
        told += f"; {item.together.period.name} is on record as one figure, {value(item.together)}"
    if item.due:
        told += f"; {'was due' if item.overdue else 'due'} {day(item.due)}"
    if item.so_far:
        told += f"; {item.so_far.period.name} is on record: {value(item.so_far)}"
    if not (item.nearest or item.told or item.measures):
        told += ", nor is any other such period of it"
    if item.nearest and not item.parts:
        told += f"; nearest on record: {enumeration([period.name for period in item.nearest])}"
    if item.measures:
        told += f"; on record for it: {enumeration([MEASURE_NAMES[name] for name in item.measures])}"
    return told + "."


def _lost(item: Missing) -> str:
    if item.parts:
        return f"no total, as its months are on record in scopes that are not mixed: {_in_scopes(item)}"
    if item.period.kind != "range" or not item.nearest or len(item.holes) == item.period.length:
        return "not on record"
    if not item.holes:
        return "no total, as first printings and revised figures are not added up"
    return f"no total, for lack of {month_list(item.holes)}"


def _in_scopes(item: Missing) -> str:
    """December 2024 as HS 2818, January 2025 as HS 28182000; and what is in none."""
    months: dict[str, list[Month]] = {}
    for part in item.parts:
        months.setdefault(part.scope, []).extend(part.months)
    told = ", ".join(f"{month_list(own)} as {scope}" for scope, own in months.items())
    return told + (f"; {month_list(item.holes)} not on record" if item.holes else "")


def _lacking(stretch: Stretch, answer: Answer) -> Iterator[str]:
    """Which months of a stretch are not on record, and what there is of them."""
    if not stretch.holes:
        return
    verb = "is" if len(stretch.holes) == 1 else "are"
    ranked = answer.question and answer.question.view == "ranking"
    state = "left out, as the record is broken there" if ranked else "not on record"
    named = series_name(stretch.series, answer.catalogue)
    told = f"{named}: {month_list(stretch.holes)} {verb} {state}"
    for figure in stretch.together:
        told += f"; {figure.period.name} is on record as one figure, {value(figure)}"
    if stretch.other_scope:
        there = f"{month_list(stretch.elsewhere)} {'is' if len(stretch.elsewhere) == 1 else 'are'}"
        told += f"; this counts {stretch.scope}, {there} on record as {stretch.other_scope} and not mixed in"
    yield f"{told}."


def _view_notes(answer: Answer) -> Iterator[str]:
    """What has to be known of a ranking, a mean, a comparison or tonnes a day."""
    question = answer.question
    if question is None or not answer.figures:
        return
    if question.unit == "t/day":
        yield "Tonnes a day are tonnes by calendar days; changes are computed from these where days differ."
    if any(rank.first < rank.last for rank in answer.ranks):
        yield "Months that share places could stand in either order: their rounding ranges overlap."
    if question.view == "average" and question.measure == "unit_value":
        yield "The mean of the months' unit values, not weighted by tonnes."
    if any(item.now.period.length != item.then.period.length and not item.range for item in answer.contrasts):
        yield "The two periods differ in length: no change is worked out."


MEASURE_NAMES = {"quantity": "tonnes", "value": "value in US$", "unit_value": "unit value"}
OPERATIONS = {
    "year": "no change on a year earlier is worked out",
    "month": "no change on the month is worked out",
    "unit_value": "no unit value",
    "net": "no net trade",
    "compare": "no change between the two is worked out",
    "share": "no share",
}


def _clash(clash: ScopeClash, names: Names) -> str:
    named = f"{series_name(clash.series, names)}, {clash.period.name}: {OPERATIONS[clash.operation]}"
    if clash.operation == "unit_value":
        return f"{named}: the value counts {clash.scope}, the quantity {clash.other_scope}."
    if clash.operation == "net":
        return f"{named}: exports count {clash.scope}, imports {clash.other_scope}."
    if clash.operation == "share":
        return f"{named}: the partner's figure counts {clash.scope}, the world's {clash.other_scope}."
    return (
        f"{named}: this figure counts {clash.scope}, "
        f"{clash.other_period.name} is on record as {clash.other_scope}."
    )


def _figure_notes(answer: Answer) -> Iterator[str]:
    figures = answer.figures + answer.around
    derived = [figure for figure in figures if figure.derived and figure.series.measure != "unit_value"]
    if not (answer.question and answer.question.view == "sources"):  # its lines hold every input
        yield from derivations(derived, answer)
    if derived:
        yield DERIVED_CAVEAT
    if any(figure.move and figure.move.base != "month" for figure in figures):
        yield "March is measured against the mean of January and February, which are published as one figure."
    chosen = answer.stretches or (answer.question and answer.question.scope)
    instead = "" if chosen else ", which is not on record for this period"
    later = (f for f in figures if is_later_scope(f, answer.catalogue))
    for name, scope in dict.fromkeys((f.series.commodity, f.scope) for f in later):
        yield f"{scope} is {_beside_the_series(scope, answer.catalogue[name])}{instead}."


def _beside_the_series(scope: str, commodity: Commodity) -> str:
    if scope in commodity.narrower_scopes:
        return f"only a part of {lower_first(commodity.name_en)}"
    return "wider than the series itself"


def _unusual(answer: Answer) -> Iterator[str]:
    """Which numbers behind the figures were unusual when they came in: worth a second look."""
    figures = answer.figures + answer.around
    rows = dict.fromkeys(item.row for figure in figures for item in figure.inputs if item.row.unusual)
    if rows:
        named = "; ".join(figure_words(row, answer.catalogue) for row in rows)
        yield f"Unusual, by month outside the 36 months before: {named}."


def _definitions(answer: Answer) -> Iterator[str]:
    for name in dict.fromkeys(figure.series.commodity for figure in answer.figures):
        commodity = answer.catalogue[name]
        if commodity.short_en != commodity.name_en and "(" not in commodity.name_en:
            yield f"{commodity.short_en}: {lower_first(commodity.name_en)}."
        if commodity.inside and commodity.inside in answer.catalogue:
            whole = answer.catalogue[commodity.inside]
            yield f"{commodity.name_en} is part of {lower_first(whole.name_en)}: never add the two."


def lack(item: Lack) -> str:
    """Figures to July 2026 on record; October has been due since 20 November."""
    told = f"Figures to {item.newest.name} on record; "
    if not (item.due and item.since):
        part = " (it is on record in part)" if item.following in item.partly else ""
        return f"{told}{_month(item.following, item.newest)} is expected about {day(item.expected)}{part}."
    since = f"{item.since.day} {MONTH_NAMES[item.since.month - 1]}"
    since += f" {item.since.year}" if item.since.year != item.newest.year else ""
    return f"{told}{_month(item.due, item.newest)} has been due since {since}{_between(item)}."


def _between(item: Lack) -> str:
    """What there is of the months between: August is on record in part, September is not on record."""
    partly = [_month(month, item.newest) for month in item.partly]
    none = [_month(month, item.newest) for month in item.between if month not in item.partly]
    told = [f"{enumeration(partly)} {_verb(partly)} on record in part"] if partly else []
    told += [f"{enumeration(none)} {_verb(none)} not on record either"] if none else []
    return f" ({', '.join(told)})" if told else ""


def _verb(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _month(month: Month, beside: Month) -> str:
    return MONTH_NAMES[month.number - 1] if month.year == beside.year else month.name


def source_line(citation: Citation) -> str:
    """Publisher, "title", date, via where the page is a copy."""
    source = citation.source
    when = day(citation.published) if citation.published else f"date not known, read {day(source.retrieved)}"
    via = f", via {source.via.removeprefix('via ')}" if source.via else ""
    return f"{source.publisher}, {source_title(citation)}, {when}{via}"


def source_title(citation: Citation) -> str:
    """The title as it is quoted."""
    return f"“{citation.source.title}”"
