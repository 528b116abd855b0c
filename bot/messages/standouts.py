"""Highlights as short sentences in the trade press's style, each with its comparison."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.answers.answer import Highlight
from bot.answers.highlights.choice import newsworthy
from bot.dataset.calendar import Period
from bot.messages import names as naming
from bot.messages import quantities
from bot.messages.number_format import grouped
from bot.words import say
from bot.words.folder import country

NAMES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
TURN = 3  # months of one way, after which the first of the other is news


def highlight(item: Highlight) -> str:
    """One highlight in one sentence."""
    values = _values(item)
    return naming.upper_first("".join(say(f"standouts.{part}", **values) for part in _parts(item)))


def news(highlights: Sequence[Highlight]) -> list[str]:
    """The sentences of highlights that are news, the largest surprise first."""
    return [highlight(item) for item in newsworthy(highlights)]


def _parts(item: Highlight) -> Iterator[str]:
    """The names of its sentence and of the clauses behind it."""
    figure, pct = item.figure, item.figure.growth.pct or 0.0
    name, way = NAMES["sentences"].get(item.rule, item.rule), _way(pct)
    if pct >= quantities.TIMES_FROM:
        name = NAMES["in_times"].get(name, name)
    if not item.since:
        name = NAMES["within_run"].get(name, name)
    side = "export" if (figure.value or 0) > 0 else "import"
    yield name.format(way=way, side=side, flow=figure.series.flow)
    if item.rule == "turn" and item.since and item.count >= TURN:
        yield f"first_{way}"
    if item.rule == "net_turn" and item.since:
        yield "first_since"
    if item.new_year:
        yield "new_year"


def _values(item: Highlight) -> dict[str, object]:
    figure, period = item.figure, item.figure.period
    subject = quantities.label(figure)
    if figure.series.measure == "unit_value":  # the unit value of bauxite imports
        tonnes = naming.in_sentence(figure.series._replace(measure="quantity"))
        subject = say("standouts.unit_value", series=tonnes)
    values: dict[str, object] = {"subject": subject, "period": period, "month": figure.end, "move": ""}
    values |= {"level": quantities.level(figure), "size": quantities.size(figure), "since": item.since or ""}
    pct, edges = figure.growth.pct or 0.0, quantities.leading_range(figure.growth)
    values |= {"change": _pct(pct, edges), "times": quantities.times(pct)}
    values["commodity"] = naming.lower_first(naming.commodity_name(figure.series.commodity))
    values["months"] = item.run_start.until(figure.end) + 1 if item.run_start else item.count
    if move := figure.move:  # rose 12.1 % on the month, to 300 kt
        way = f"{'month' if move.base == 'month' else 'mean'}_{_way(move.pct)}"
        values["move"] = say(f"standouts.on_{way}", change=_pct(move.pct, move.range), level=values["level"])
    when = Period.whole_year(figure.end.year) if period.length == 12 else period
    values["lead"] = say("standouts.at", **values)
    values["total"] = say("standouts.so_far", **values | {"period": when})
    if item.new_year:
        values |= zip(("this", "last"), item.new_year, strict=True)
    if item.rule == "share_turn":
        world = naming.in_sentence(figure.series._replace(partner=""))
        values |= {"country": country(figure.series.partner), "world": world}
        for name, (one, other) in {"now": item.evidence[:2], "before": item.evidence[2:]}.items():
            values[name] = grouped(100 * (one.value or 0) / (other.value or 1), 0)
    return values


def _way(pct: float | None) -> str:
    return "up" if (pct or 0) > 0 else "down"


def _pct(pct: float, edges: quantities.Edges | None) -> str:
    return quantities.percent(quantities.marked(quantities.change_digits(pct, edges), edges))
