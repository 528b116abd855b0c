"""Partner countries by the names that the record has for them."""

import re

from bot.words.catalogue import say_or


def country(name: str) -> str:
    """Guinea, 几内亚; one that the catalogue does not know as it is on record."""
    return say_or(name, f"countries.{re.sub('[^a-z]+', '_', name.lower())}")
