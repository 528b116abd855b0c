"""Which of the catalogue's series a line of customs' tables is, whatever its spelling of the day."""

import re
from collections.abc import Mapping

from bot.dataset.commodities import Commodity
from bot.sources.markup import clean

Words = frozenset[str]

_JOINING = {"and", "of", "its", "their", "the", "thereof", "&"}
_OURS = re.compile(r"alumin|bauxit|铝")


def series_by_words(catalogue: Mapping[str, Commodity]) -> dict[Words, str]:
    """Commodities by the words of the lines that commodities.toml gives them."""
    return {words_of(line): name for name, item in catalogue.items() for line in item.lines}


def words_of(name: str) -> Words:
    """A line's words: no case, plural or order, Aluminum as Aluminium, without marks and joining words."""
    plain = re.sub(r"[*#,.;:/()\[\]'\"`‘’“”-]", " ", clean(name).lower()).replace("aluminum", "aluminium")
    words = (re.sub(r"(?<=[a-z]{3})s$", "", word) for word in plain.split())
    return frozenset(word for word in words if word not in _JOINING)


def sounds_like_ours(name: str) -> bool:
    """Whether a line that is none of the catalogue's speaks of aluminium all the same."""
    return bool(_OURS.search(clean(name).lower()))
