"""What came in, in words: for the terminal and for the owner."""

from collections.abc import Iterator, Sequence

from bot.dataset.intake import Changes, Intake
from bot.dataset.model import Row
from bot.messages.numbers import of_row, printed_percent
from bot.messages.speech import Names, series_name

SHOWN = 40  # lines of one sort; a backfill has thousands


def figure_words(row: Row, names: Names) -> str:
    """Bauxite imports, July 2026: 17.65 Mt (bulletin)."""
    stage = f" ({row.status})" if row.status else ""
    return f"{series_name(row.series, names)}, {row.period.name}: {value_words(row)}{stage}"


def value_words(row: Row) -> str:
    """The value with its printed decimals, or the change where that is all."""
    if row.value is None:
        return f"{printed_percent(row.yoy_pct or 0)} on the year"
    return of_row(row.value, row)


def held_words(row: Row, why: str, names: Names) -> str:
    """The figure and why it is held."""
    return f"{figure_words(row, names)}: {why}"


def intake_lines(intake: Intake, names: Names) -> Iterator[str]:
    """A line for each row that is new, changes something, is held or is left out; the known are counted."""
    yield from _first([f"held     {held_words(slip.row, slip.reason, names)}" for slip in intake.held])
    yield from _first([f"error    {held_words(row, each.reason, names)}" for row, each in intake.errors])
    yield from _first([_arrived(intake, place, names) for place in range(len(intake.arrivals))])
    replacing = f", {len(intake.changes):,} of them in place of another number" if intake.changes else ""
    yield (
        f"{len(intake.arrivals):,} new{replacing}; {len(intake.held):,} held,"
        f" {len(intake.errors):,} known errors left out, {len(intake.known):,} known already."
    )


def owner_lines(changes: Changes, names: Names) -> Iterator[str]:
    """What the owner hears of: what is held and how to decide, and which old numbers are new ones now."""
    if changes.held:
        yield "These figures cannot be true as they were printed. They are held back and not shown:"
        yield from _first([f"• {held_words(row, why, names)}" for row, why in changes.held])
        yield "Look at them with `alumina data review`."
    if changes.changed:
        yield "These figures were changed by their publisher:"
        words = (
            f"• {figure_words(now, names)}, was {value_words(before)}" for before, now in changes.changed
        )
        yield from _first(list(words))


def _arrived(intake: Intake, place: int, names: Names) -> str:
    each = intake.arrivals[place]
    unusual = "; unusual: outside the last 36 months" if each.unusual else ""
    if each.before:
        return f"changed  {figure_words(each.row, names)}, was {value_words(each.before)}{unusual}"
    return f"new      {figure_words(each.row, names)}{unusual}"


def _first(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"         and {len(lines) - SHOWN:,} more like these"
