"""What came in, in words: for the terminal, for the owner, for the thread of a month's post."""

from collections.abc import Iterator, Sequence

from bot.dataset.calendar import Month
from bot.dataset.intake import Arrival, Intake
from bot.dataset.model import Figure, Growth, Row
from bot.dataset.releases import Stage
from bot.messages.blocks import SECTION, bullets, escape, fitting, section
from bot.messages.buttons import ask_button
from bot.messages.message import Block, Message
from bot.messages.names import Names, lower_first, series_name, stage_name, status_of
from bot.messages.number_format import of_row
from bot.messages.quantities import change, leading, level, on_year
from bot.questions.named import period_name
from bot.words import say
from bot.words.joints import clauses, comma, in_brackets

PRINTED_HALF_STEP_PCT = 0.05  # a printed change has one decimal
SHOWN = 40  # lines of one sort; a backfill has thousands
DECIDED_HERE = 20  # held figures of one message, two blocks each


def held_words(row: Row, why: str, names: Names) -> str:
    """The figure and why it is held."""
    return say("supply.held", figure=_figure(row, names), why=why)


def intake_lines(intake: Intake, names: Names) -> Iterator[str]:
    """A line for each row that is new, changes something, is held or is left out; the known are counted."""
    held = [held_words(each.row, each.why, names) for each in intake.held]
    errors = [held_words(row, each.reason, names) for row, each in intake.errors]
    yield from _first([say("supply.line_held", told=told) for told in held])
    yield from _first([say("supply.line_error", told=told) for told in errors])
    yield from _first([_arrived(each, names) for each in intake.arrivals])
    rows = {"new": intake.arrivals, "held": intake.held, "errors": intake.errors, "known": intake.known}
    replacing = say("supply.replacing", changed=f"{len(intake.changes):,}") if intake.changes else ""
    yield say("supply.count", replacing=replacing, **{name: f"{len(own):,}" for name, own in rows.items()})


def owner_message(
    held: Sequence[tuple[Row, str]], changed: Sequence[tuple[Row, Row]], names: Names
) -> Message | None:
    """What the owner hears of: what is held, with a button for either decision, and which old numbers are new
    ones now; None where there is neither.
    """
    text, blocks = list[str](), list[Block]()
    if held:
        lines = bullets([escape(held_words(*each, names)) for each in held])
        first, review = say("supply.owner_held"), say("supply.owner_review")
        text, blocks = [first, *_first(lines), review], [section(first)]
        kinds = [(f"held_{state}", say(f"supply.button_{state}")) for state in ("accepted", "rejected")]
        for (row, _), line in zip(held[:DECIDED_HERE], lines, strict=False):
            buttons = [ask_button(*each, str(row.line)) for each in kinds]
            blocks += [section(line), {"type": "actions", "elements": buttons}]
        blocks.append(section("\n".join(fitting([*_first(lines[DECIDED_HERE:]), review], SECTION, "lines"))))
    if changed:
        told = [say("supply.changed", figure=_figure(now, names), before=_value(old)) for old, now in changed]
        lines = [say("supply.owner_changed"), *_first(bullets(list(map(escape, told))))]
        text += lines
        blocks.append(section("\n".join(fitting(lines, SECTION, "lines"))))
    return Message("\n".join(text), tuple(blocks)) if text else None


def _arrived(each: Arrival, names: Names) -> str:
    values = {"told": _figure(each.row, names), "unusual": say("supply.unusual") if each.row.unusual else ""}
    if each.before:
        return say("supply.line_changed", before=_value(each.before), **values)
    return say("supply.line_new", **values)


def _figure(row: Row, names: Names) -> str:
    """Bauxite imports, July 2026: 17.65 Mt (bulletin)."""
    stage = in_brackets(status_of(row)) if row.status else ""
    values = {"series": series_name(row.series, names), "period": period_name(row.period)}
    return say("supply.figure", value=_value(row), stage=stage, **values)


def _value(row: Row) -> str:
    only = row.value is None
    return say("supply.change_only", change=change(row.yoy_pct or 0)) if only else of_row(row.value or 0, row)


def _first(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield say("supply.more", count=f"{len(lines) - SHOWN:,}")


def arrived(stage: Stage, month: Month, figures: Sequence[Figure], names: Names) -> str:
    """The monthly bulletin of July 2026 is out: alumina exports 300 kt; bauxite imports 19.04 Mt, -4.6 %."""
    told, out = [], {"stage": stage_name(stage), "month": month}
    for each in figures:
        named = say("report.named", series=lower_first(series_name(each.series, names)), level=level(each))
        told.append(comma([*filter(None, [named, on_year(each)])]))
    return say("stages.out", told=clauses(told), **out) if told else say("stages.out_above", **out)


def changed(now: Figure, was: Figure, names: Names) -> str:
    """What is said otherwise than before by more than rounding; '' where nothing is."""
    if (told := difference(now, was)) is None:
        return ""
    series, period = lower_first(series_name(now.series, names)), period_name(now.period)
    return say("stages.changed", series=series, period=period, now=told[0], before=told[1])


def difference(now: Figure, was: Figure) -> tuple[str, str] | None:
    """What is told now and was told before, where these are apart by more than rounding."""
    if _apart(now.range, was.range):
        return level(now), level(was)
    if _apart(_span(now.growth), _span(was.growth)):
        return on_year(now), leading(was.growth)
    return None


def _span(growth: Growth) -> tuple[float, float] | None:
    """Within which the change that is told lies."""
    if growth.pct is None:
        return None
    printed = growth.pct - PRINTED_HALF_STEP_PCT, growth.pct + PRINTED_HALF_STEP_PCT
    return growth.range if growth.origin == "computed" and growth.range else printed


def _apart(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    return bool(one and other and (one[1] < other[0] or other[1] < one[0]))
