"""Counts and places in words."""

from bot.messages.numbers import ordinal

COUNTS = "no one two three four five six seven eight nine ten eleven twelve".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()


def count_of(number: int) -> str:
    """Seven; from 13 on the digits."""
    return COUNTS[number] if number < len(COUNTS) else str(number)


def place_of(number: int) -> str:
    """Seventh; from the 13th on the digits."""
    return ORDINALS[number - 1] if number <= len(ORDINALS) else ordinal(number)
