"""What came in, in words: for the terminal and for the owner."""

from collections.abc import Iterator, Sequence

from bot.dataset.intake import Intake
from bot.dataset.model import Row
from bot.messages.blocks import SECTION, Block, Message, bullets, escape, fitting, section
from bot.messages.buttons import button, button_row
from bot.messages.names import status_of
from bot.messages.number_format import of_row
from bot.messages.quantities import change
from bot.questions.named import period_name
from bot.words import in_brackets, say

SHOWN = 40  # lines of one sort; a backfill has thousands
DECIDED_HERE = 20  # held figures of one message, two blocks each


def held_words(row: Row, why: str) -> str:
    """The figure and why it is held."""
    return say("supply.held", figure=_figure(row), why=why)


def intake_lines(intake: Intake) -> Iterator[str]:
    """A line for each row that is new, changes something, is held or is left out; the known are counted."""
    errors = [held_words(row, each.reason) for row, each in intake.errors]
    yield from _first([say("supply.line_held", told=held_words(each.row, each.why)) for each in intake.held])
    yield from _first([say("supply.line_error", told=told) for told in errors])
    arrived = []
    for each in intake.arrivals:
        values = {"told": _figure(each.row), "unusual": say("supply.unusual") if each.row.unusual else ""}
        values |= {"before": _value(each.before)} if each.before else {}
        arrived.append(say("supply.line_changed" if each.before else "supply.line_new", **values))
    yield from _first(arrived)
    rows = {"new": intake.arrivals, "held": intake.held, "errors": intake.errors, "known": intake.known}
    replacing = say("supply.replacing", changed=f"{len(intake.changes):,}") if intake.changes else ""
    yield say("supply.count", replacing=replacing, **{name: f"{len(own):,}" for name, own in rows.items()})


def owner_message(held: Sequence[tuple[Row, str]], changed: Sequence[tuple[Row, Row]]) -> Message | None:
    """For the owner: what is held, with a button for either decision; which old numbers are new ones now."""
    text, blocks = list[str](), list[Block]()
    if held:
        lines = bullets([escape(held_words(*each)) for each in held])
        first, review = say("supply.owner_held"), say("supply.owner_review")
        text, blocks = [first, *_first(lines), review], [section(first)]
        kinds = [(f"held_{state}", say(f"supply.button_{state}")) for state in ("accepted", "rejected")]
        for (row, _), line in zip(held[:DECIDED_HERE], lines, strict=False):
            blocks += [section(line), button_row(button(*each, str(row.line)) for each in kinds)]
        blocks.append(section("\n".join(fitting([*_first(lines[DECIDED_HERE:]), review], SECTION, "lines"))))
    if changed:
        told = [say("supply.changed", figure=_figure(now), before=_value(old)) for old, now in changed]
        lines = [say("supply.owner_changed"), *_first(bullets(list(map(escape, told))))]
        text += lines
        blocks.append(section("\n".join(fitting(lines, SECTION, "lines"))))
    return Message("\n".join(text), tuple(blocks)) if text else None


def _figure(row: Row) -> str:
    """Bauxite imports, July 2026: 17.65 Mt (bulletin)."""
    stage = in_brackets(status_of(row)) if row.status else ""
    period = period_name(row.period)
    return say("supply.figure", series=row.series, period=period, value=_value(row), stage=stage)


def _value(row: Row) -> str:
    only = row.value is None
    return say("supply.change_only", change=change(row.yoy_pct or 0)) if only else of_row(row.value or 0, row)


def _first(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield say("supply.more", count=f"{len(lines) - SHOWN:,}")
