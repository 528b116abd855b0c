"""Why what was typed is no condition, in words, and what was mended in what is one."""

from bot.messages.conditions import amount_name
from bot.messages.names import Names
from bot.messages.understanding import worded
from bot.questions.condition_reading import ConditionReading
from bot.words import say


def why_none(reading: ConditionReading, names: Names) -> str:
    """The sentence for the reason; '' where there is a condition."""
    reason = reading.reason
    if reason is None:
        return ""
    if reading.outcome == "outside" or reason.kind == "may_be_meant":
        return worded(reason, names)
    said = reason.words[0] if reason.words else ""
    amount = amount_name(reading.amount) if reading.amount else ""
    return say(f"no_condition.{reason.kind}", said=said, amount=amount)


def mended(reading: ConditionReading) -> tuple[str, ...]:
    """A clause for each slip that was set right."""
    slips = reading.corrected.items()
    return tuple(say("reading.read_as", said=typed, meant=meant) for typed, meant in slips)
