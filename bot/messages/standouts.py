"""Highlights as sentences, in the press's style."""

from bot.answers.answer import Highlight
from bot.messages.speech import Names, change, moved, opening, value


def highlight(item: Highlight, names: Names) -> str:
    """One highlight in one sentence, in the press's style."""
    figure = item.figure
    named, level = opening(figure, names), value(figure)
    if item.rule in ("highest_since", "lowest_since"):
        return _record(item, named, level)
    if item.rule == "turn" and item.before:
        before = change(item.before.growth)
        return (
            f"{named} turned to {change(figure.growth)} on a year earlier, "
            f"after {before} in {item.before.period.name}: {level}."
        )
    if item.rule == "month_move" and figure.move:
        verb = "rose" if figure.move.pct > 0 else "fell"
        base = "the month" if figure.move.base == "month" else "the mean of January and February"
        return f"{named} {verb} {_unsigned(moved(figure.move))} on {base}, to {level}."
    verb = "rose" if item.rule == "largest_rise" else "fell"
    return f"{named} {verb} {_unsigned(change(figure.growth))} on a year earlier, to {level}."


def _record(item: Highlight, named: str, level: str) -> str:
    most = "highest" if item.rule == "highest_since" else "lowest"
    run = f"months on record unbroken from {item.run_start.name}" if item.run_start else ""
    if item.since:
        return f"{named} at {level}: the {most} since {item.since.name} ({run})."
    return f"{named} at {level}: the {most} on record ({run})."


def _unsigned(told: str) -> str:
    head, bracket, rest = told.partition(" (")
    return head.replace("+", "").replace("-", "") + bracket + rest
