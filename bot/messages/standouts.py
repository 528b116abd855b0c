"""Highlights as short sentences in the trade press's style, each with its comparison."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.news import newsworthy
from bot.dataset.calendar import Period
from bot.dataset.model import Figure, Move
from bot.messages.events import event_line
from bot.messages.names import Names, lower_first, series_name, short, short_name
from bot.messages.number_format import grouped
from bot.messages.quantities import TIMES_FROM, about, change_digits, label, level, size
from bot.messages.short_names import span_name
from bot.messages.wordings import count_of, place_of
from bot.questions.named import day_in_year, month_name, named
from bot.words import say


def highlight(item: Highlight, names: Names) -> str:
    """One highlight in one sentence."""
    told = SENTENCES[item.rule](item, names)
    return say("standouts.sentence", told=told[:1].upper() + told[1:])


def news(highlights: Sequence[Highlight], names: Names) -> list[str]:
    """The sentences of highlights that are news, the largest surprise first."""
    return [highlight(item, names) for item in newsworthy(highlights)]


def _way(pct: float | None) -> str:
    return "up" if (pct or 0) > 0 else "down"


def _subject(item: Highlight, names: Names) -> str:
    """Alumina imports; the unit value of bauxite imports."""
    figure = item.figure
    if figure.series.measure != "unit_value":
        return label(figure, names)
    tonnes = lower_first(series_name(replace(figure.series, measure="quantity"), names))
    return say("standouts.unit_value", series=tonnes)


def _pct(pct: float | None, edges: tuple[float, float] | None, *, printed: bool) -> str:
    """169.6 %, ~18 %: without a sign."""
    told = change_digits(pct or 0.0, None if printed else edges)
    plain = printed or not edges or edges[0] == edges[1]
    return say("quantities.percent", number=told if plain else about(told))


def _year_pct(figure: Figure) -> str:
    growth = figure.growth
    return _pct(growth.pct, growth.range, printed=growth.origin == "published")


def _month_pct(move: Move) -> str:
    return _pct(move.pct, move.range, printed=False)


def _on_the_year(item: Highlight, names: Names) -> str:
    return f"{_year_move(item, names)}{_usual(item)}{_new_year(item)}"


def _usual(item: Highlight) -> str:
    """What the series usually does, where this is far from it."""
    pct = item.figure.growth.pct
    far = item.usual_pct and item.usual_pct >= 1 and abs(pct or 0) >= 2 * item.usual_pct
    return say("standouts.usual", usual=f"{item.usual_pct:.0f}") if far else ""


def _new_year(item: Highlight) -> str:
    """When Lunar New Year was, where it bears on the change."""
    if not item.new_year:
        return ""
    this, last = (day_in_year(day) for day in item.new_year)
    return say("standouts.new_year", this=this, last=last)


def _year_move(item: Highlight, names: Names) -> str:
    """Alumina exports rose 169.6 % on the year, to 140 kt; were 30 times a year before."""
    pct, told = item.figure.growth.pct or 0.0, level(item.figure)
    if pct >= TIMES_FROM:
        return say(
            "standouts.times", subject=_subject(item, names), times=grouped(pct / 100 + 1, 0), level=told
        )
    return say(
        f"standouts.year_{_way(pct)}",
        subject=_subject(item, names),
        change=_year_pct(item.figure),
        level=told,
    )


def _month_move(figure: Figure) -> str:
    """Rose 12.1 % on the month, to 300 kt."""
    assert figure.move
    base = "month" if figure.move.base == "month" else "mean"
    return say(
        f"standouts.on_{base}_{_way(figure.move.pct)}", change=_month_pct(figure.move), level=level(figure)
    )


def _on_the_month(item: Highlight, names: Names) -> str:
    return say("standouts.moved", subject=_subject(item, names), move=_month_move(item.figure)) + _new_year(
        item
    )


def _against_season(item: Highlight, names: Names) -> str:
    assert item.figure.move
    return say(
        f"standouts.against_season_{_way(item.figure.move.pct)}",
        subject=_subject(item, names),
        move=_month_move(item.figure),
        month=month_name(item.figure.end.number),
        years=count_of(item.count),
    ) + _new_year(item)


def _turn(item: Highlight, names: Names) -> str:
    way = _way(item.figure.growth.pct)
    told = _year_move(item, names)
    if item.count >= 3 and item.since:
        return told + say(f"standouts.first_{way}", since=named(item.since)) + _new_year(item)
    assert item.before
    return told + say("standouts.after", before=_before(item.before)) + _new_year(item)


def _before(figure: Figure) -> str:
    """A rise of 12.6 % in June 2026."""
    way = _way(figure.growth.pct)
    return say(f"standouts.before_{way}", change=_year_pct(figure), period=span_name(figure.period))


def _streak(item: Highlight, names: Names) -> str:
    way = _way(item.figure.growth.pct)
    return say(
        f"standouts.streak_{way}",
        subject=_subject(item, names),
        place=place_of(item.count),
        change=_year_pct(item.figure),
    )


def _month_streak(item: Highlight, names: Names) -> str:
    way = _way(item.figure.move.pct if item.figure.move else 0)
    return say(
        f"standouts.month_streak_{way}",
        subject=_subject(item, names),
        place=place_of(item.count),
        level=level(item.figure),
    )


def _lead(item: Highlight, names: Names) -> str:
    return say("standouts.at", subject=_subject(item, names), level=level(item.figure))


def _record(item: Highlight, names: Names) -> str:
    """The highest since a month; else the highest of so many, as nothing is claimed across a hole."""
    end = item.rule.removesuffix("_since")
    if item.since:
        return say(f"standouts.{end}_since", lead=_lead(item, names), since=named(item.since))
    return say(f"standouts.{end}_of_months", lead=_lead(item, names), months=_months(item))


def _place(item: Highlight, names: Names) -> str:
    end = item.rule.removeprefix("nth_")
    return say(
        f"standouts.nth_{end}", lead=_lead(item, names), place=place_of(item.count), months=_months(item)
    )


def _months(item: Highlight) -> int:
    """How many months there are from the beginning of the unbroken record."""
    return item.run_start.until(item.figure.end) + 1 if item.run_start else item.count


def _pace(item: Highlight, names: Names) -> str:
    pct = item.figure.growth.pct or 0.0
    if pct >= TIMES_FROM:
        times = grouped(pct / 100 + 1, 0)
        return say("standouts.times_to_date", total=_so_far(item, names), times=times)
    way = _way(pct)
    return say(f"standouts.pace_{way}", total=_so_far(item, names), change=_year_pct(item.figure))


def _pace_turn(item: Highlight, names: Names) -> str:
    assert item.before
    return _pace(item, names) + say("standouts.after", before=_before(item.before))


def _passed(item: Highlight, names: Names) -> str:
    assert item.before
    year = span_name(Period.whole_year(item.before.end.year))
    return say("standouts.passed", total=_so_far(item, names), year=year, before=level(item.before))


def _of_years(item: Highlight, names: Names) -> str:
    end = item.rule.removeprefix("year_to_date_")
    stretch = "year" if item.figure.period.length == 12 else "stretch"
    return say(f"standouts.total_{end}_{stretch}", total=_so_far(item, names), years=count_of(item.count))


def _so_far(item: Highlight, names: Names) -> str:
    """Bauxite imports in January-July 2026 came to 120 Mt."""
    period = item.figure.period
    when = Period.whole_year(period.end.year) if period.length == 12 else period
    return say(
        "standouts.so_far", subject=_subject(item, names), period=span_name(when), level=level(item.figure)
    )


def _revised(item: Highlight, names: Names) -> str:
    assert item.before
    values = {"level": level(item.figure), "before": level(item.before)}
    return say(
        "standouts.revised", subject=_subject(item, names), period=span_name(item.figure.period), **values
    )


def _event(item: Highlight, names: Names) -> str:
    assert item.event
    return event_line(item.event)


def _side(net: Figure) -> str:
    return "export" if (net.value or 0) > 0 else "import"


def _commodity(item: Highlight, names: Names) -> str:
    return lower_first(short(short_name(names[item.figure.series.commodity])))


def _net_turn(item: Highlight, names: Names) -> str:
    """China turned net importer of alumina in March 2026, by 67 kt, for the first time since June 2020."""
    first = say("standouts.first_since", since=named(item.since)) if item.since else ""
    values = {
        "commodity": _commodity(item, names),
        "month": named(item.figure.end),
        "size": size(item.figure),
    }
    return say(f"standouts.turned_{_side(item.figure)}", **values) + first


def _net_streak(item: Highlight, names: Names) -> str:
    values = {"commodity": _commodity(item, names), "place": place_of(item.count), "size": size(item.figure)}
    return say(f"standouts.net_{_side(item.figure)}", **values)


def _twelve_months(item: Highlight, names: Names) -> str:
    values = {
        "commodity": _commodity(item, names),
        "month": named(item.figure.end),
        "size": size(item.figure),
    }
    return say(f"standouts.became_{_side(item.figure)}", **values)


def _ratio(item: Highlight, names: Names) -> str:
    bauxite, alumina, bauxite_before, alumina_before = item.evidence
    now, before = (_quotient(*pair) for pair in ((bauxite, alumina), (bauxite_before, alumina_before)))
    return say("standouts.ratio", now=now, before=before)


def _quotient(bauxite: Figure, alumina: Figure) -> str:
    return grouped((bauxite.value or 0) / (alumina.value or 1), 0)


SENTENCES: Mapping[HighlightRule, Callable[[Highlight, Names], str]] = {
    "largest_rise": _on_the_year,
    "largest_fall": _on_the_year,
    "month_move": _on_the_month,
    "against_season": _against_season,
    "turn": _turn,
    "streak": _streak,
    "month_streak": _month_streak,
    "highest_since": _record,
    "lowest_since": _record,
    "nth_highest": _place,
    "nth_lowest": _place,
    "year_to_date": _pace,
    "year_to_date_turn": _pace_turn,
    "year_to_date_highest": _of_years,
    "year_to_date_lowest": _of_years,
    "passed_last_year": _passed,
    "net_turn": _net_turn,
    "net_streak": _net_streak,
    "net_twelve_months": _twelve_months,
    "bauxite_to_alumina": _ratio,
    "event": _event,
    "revised": _revised,
}
