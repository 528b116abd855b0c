"""What came in, in words: for the terminal and for the owner."""

from collections.abc import Iterator, Sequence

from bot.dataset.intake import Changes, Intake
from bot.dataset.model import Row
from bot.messages.blocks import bullets
from bot.messages.names import Names, series_name, status_of
from bot.messages.number_format import of_row
from bot.messages.quantities import change
from bot.questions.named import period_name
from bot.words import say
from bot.words.joints import in_brackets

SHOWN = 40  # lines of one sort; a backfill has thousands


def figure_words(row: Row, names: Names) -> str:
    """Bauxite imports, July 2026: 17.65 Mt (bulletin)."""
    return say(
        "supply.figure",
        series=series_name(row.series, names),
        period=period_name(row.period),
        value=value_words(row),
        stage=in_brackets(status_of(row)) if row.status else "",
    )


def value_words(row: Row) -> str:
    """The value with its printed decimals, or the change where that is all."""
    if row.value is None:
        return say("supply.change_only", change=change(row.yoy_pct or 0))
    return of_row(row.value, row)


def held_words(row: Row, why: str, names: Names) -> str:
    """The figure and why it is held."""
    return say("supply.held", figure=figure_words(row, names), why=why)


def intake_lines(intake: Intake, names: Names) -> Iterator[str]:
    """A line for each row that is new, changes something, is held or is left out; the known are counted."""
    held = (held_words(slip.row, slip.reason, names) for slip in intake.held)
    errors = (held_words(row, each.reason, names) for row, each in intake.errors)
    yield from _first([say("supply.line_held", told=told) for told in held])
    yield from _first([say("supply.line_error", told=told) for told in errors])
    yield from _first([_arrived(intake, place, names) for place in range(len(intake.arrivals))])
    yield say(
        "supply.count",
        new=f"{len(intake.arrivals):,}",
        replacing=say("supply.replacing", changed=f"{len(intake.changes):,}") if intake.changes else "",
        held=f"{len(intake.held):,}",
        errors=f"{len(intake.errors):,}",
        known=f"{len(intake.known):,}",
    )


def owner_lines(changes: Changes, names: Names) -> Iterator[str]:
    """What the owner hears of: what is held and how to decide, and which old numbers are new ones now."""
    if changes.held:
        held = [held_words(row, why, names) for row, why in changes.held]
        yield say("supply.owner_held")
        yield from _first(bullets(held))
        yield say("supply.owner_review")
    if changes.changed:
        changed = [_changed(now, before, names) for before, now in changes.changed]
        yield say("supply.owner_changed")
        yield from _first(bullets(changed))


def _changed(now: Row, before: Row, names: Names) -> str:
    return say("supply.changed", figure=figure_words(now, names), before=value_words(before))


def _arrived(intake: Intake, place: int, names: Names) -> str:
    each = intake.arrivals[place]
    told, unusual = figure_words(each.row, names), say("supply.unusual") if each.unusual else ""
    if each.before:
        before = value_words(each.before)
        return say("supply.line_changed", told=told, before=before, unusual=unusual)
    return say("supply.line_new", told=told, unusual=unusual)


def _first(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield say("supply.more", count=f"{len(lines) - SHOWN:,}")
