"""Counts and places, in words and in digits."""

from bot.words import say

IN_WORDS = 12  # so far counts and places are words, from there on digits


def count_of(number: int) -> str:
    """Seven; from 13 on the digits."""
    return say(f"wordings.count_{number}") if number <= IN_WORDS else str(number)


def place_of(number: int) -> str:
    """Seventh; from the 13th on the digits."""
    return say(f"wordings.place_{number}") if number <= IN_WORDS else _ordinal(number)


def places(first: int, last: int) -> str:
    """2nd; 2nd or 3rd; 2nd to 4th."""
    if first == last:
        return _ordinal(first)
    edges = {"first": _ordinal(first), "last": _ordinal(last)}
    return say("numbers.two_places" if last == first + 1 else "numbers.places", **edges)


def _ordinal(place: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st; 第1."""
    last = 0 if 11 <= place % 100 <= 13 else place % 10
    return say(f"numbers.place_{last if last in (1, 2, 3) else 'other'}", place=place)
