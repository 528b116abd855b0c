"""Highlights as short sentences in the trade press's style, each with its comparison."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.news import newsworthy
from bot.dataset.calendar import Period
from bot.dataset.model import Figure
from bot.messages.names import Names, commodity_name, event_line, lower_first, series_name, upper_first
from bot.messages.number_format import grouped
from bot.messages.ordinals import count_of, place_of
from bot.messages.period_names import span_name
from bot.messages.quantities import TIMES_FROM, about, change_digits, label, leading_range, level, size
from bot.messages.quantities import times as times_of
from bot.questions.named import day_in_year, month_name, named
from bot.words import say
from bot.words.countries import country

QUOTIENTS: Mapping[HighlightRule, int] = {"bauxite_to_alumina": 1, "share_turn": 100}  # of its figures, times
FAR = 2  # times the usual change: from here on what is usual is said
TURN = 3  # months of one way, after which the first of the other is news


def highlight(item: Highlight, names: Names) -> str:
    """One highlight in one sentence."""
    if item.event:
        return upper_first(event_line(item.event))
    values = _values(item, names)
    return upper_first("".join(say(f"standouts.{part}", **values) for part in _parts(item)))


def news(highlights: Sequence[Highlight], names: Names) -> list[str]:
    """The sentences of highlights that are news, the largest surprise first."""
    return [highlight(item, names) for item in newsworthy(highlights)]


def _parts(item: Highlight) -> Iterator[str]:
    """The names of its sentence and of the clauses behind it."""
    figure, pct = item.figure, item.figure.growth.pct or 0.0
    way, times = _way(pct), pct >= TIMES_FROM
    side = "export" if (figure.value or 0) > 0 else "import"
    match item.rule:
        case "largest_rise" | "largest_fall":
            yield "times" if times else f"year_{way}"
            if item.usual_pct and item.usual_pct >= 1 and abs(pct) >= FAR * item.usual_pct:
                yield "usual"
        case "month_move":
            yield "moved"
        case "against_season":
            yield f"against_season_{_month_way(figure)}"
        case "turn":
            yield "times" if times else f"year_{way}"
            yield f"first_{way}" if item.count >= TURN and item.since else "after"
        case "streak":
            yield f"streak_{way}"
        case "month_streak":
            yield f"month_streak_{_month_way(figure)}"
        case "highest_since" | "lowest_since":  # nothing is claimed across a hole
            yield item.rule if item.since else f"{item.rule.removesuffix('_since')}_of_months"
        case "year_to_date" | "year_to_date_turn":
            yield "times_to_date" if times else f"pace_{way}"
            if item.rule == "year_to_date_turn":
                yield "after"
        case "year_to_date_highest" | "year_to_date_lowest":
            stretch = "year" if figure.period.length == 12 else "stretch"
            yield f"total_{item.rule.removeprefix('year_to_date_')}_{stretch}"
        case "share_turn":
            yield f"share_turn_{figure.series.flow}"
        case "net_turn":
            yield f"turned_{side}"
            if item.since:
                yield "first_since"
        case "net_streak" | "net_twelve_months":
            yield f"{item.rule}_{side}"
        case _:
            yield item.rule
    if item.new_year:
        yield "new_year"


def _values(item: Highlight, names: Names) -> dict[str, object]:
    figure, period = item.figure, item.figure.period
    subject = label(figure, names)
    if figure.series.measure == "unit_value":  # the unit value of bauxite imports
        tonnes = series_name(replace(figure.series, measure="quantity"), names)
        subject = say("standouts.unit_value", series=lower_first(tonnes))
    values: dict[str, object] = {
        "subject": subject,
        "commodity": lower_first(commodity_name(names[figure.series.commodity])),
        "period": span_name(period),
        "month": named(figure.end),
        "of_year": month_name(figure.end.number),
        "level": level(figure),
        "size": size(figure),
        "change": _year_pct(figure),
        "times": times_of(figure.growth.pct or 0),
        "usual": f"{item.usual_pct or 0:.0f}",
        "since": named(item.since) if item.since else "",
        "place": place_of(item.count) if item.count else "",
        "years": count_of(item.count) if item.count else "",
        "months": item.run_start.until(figure.end) + 1 if item.run_start else item.count,
        "move": _month_move(figure),
    }
    when = Period.whole_year(figure.end.year) if period.length == 12 else period
    values["lead"] = say("standouts.at", **values)
    values["total"] = say("standouts.so_far", **values | {"period": span_name(when)})
    if before := item.before:
        values |= {"before": level(before), "year": span_name(Period.whole_year(before.end.year))}
        earlier = {"change": _year_pct(before), "period": span_name(before.period)}
        values["earlier"] = say(f"standouts.before_{_way(before.growth.pct)}", **earlier)
    if item.new_year:
        values |= zip(("this", "last"), map(day_in_year, item.new_year), strict=True)
    if item.rule == "share_turn":
        world = series_name(replace(figure.series, partner=""), names)
        values |= {"country": country(figure.series.partner), "world": lower_first(world)}
    if item.rule in QUOTIENTS:
        times, pairs = QUOTIENTS[item.rule], (item.evidence[:2], item.evidence[2:])
        values |= zip(("now", "before"), (_quotient(pair, times) for pair in pairs), strict=True)
    return values


def _way(pct: float | None) -> str:
    return "up" if (pct or 0) > 0 else "down"


def _month_way(figure: Figure) -> str:
    return _way(figure.move.pct if figure.move else 0)


def _year_pct(figure: Figure) -> str:
    return _pct(figure.growth.pct, leading_range(figure.growth))


def _pct(pct: float | None, edges: tuple[float, float] | None) -> str:
    """169.6 %, ~18 %: without a sign."""
    told = change_digits(pct or 0.0, edges)
    return say("quantities.percent", number=about(told) if edges and edges[0] != edges[1] else told)


def _month_move(figure: Figure) -> str:
    """Rose 12.1 % on the month, to 300 kt."""
    if not figure.move:
        return ""
    base = "month" if figure.move.base == "month" else "mean"
    change = _pct(figure.move.pct, figure.move.range)
    return say(f"standouts.on_{base}_{_month_way(figure)}", change=change, level=level(figure))


def _quotient(pair: Sequence[Figure], times: int) -> str:
    one, other = pair
    return grouped(times * (one.value or 0) / (other.value or 1), 0)
