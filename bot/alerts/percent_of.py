"""So much of what it was, as a change: above 120% of last year is up by more than 20% on a year earlier.

What is above 80% of it may be down, and so much of a change is another thing: both stay as they were written.
"""

import re
from decimal import Decimal

from bot.alerts.phrases import PHRASES

_AGO = "(?:ago|earlier|before)"
_YEAR = rf"(?:same (?:month|period) (?:of |in )?)?(?:last year|previous year|(?:the |a )?year[ -]{_AGO})"
_MONTH = rf"last month|previous month|(?:a )?month[ -]{_AGO}"
_OF_IT = re.compile(
    r"(?<!by )(?<!of )(?<!t )(?<!no )(?<!never )"
    r"(?P<side>above|exceed(?:s|ed|ing)?|below|under"
    r"|(?P<by>over|more than|higher than|at least|less than|lower than|at most))\s+"
    r"(?P<pct>\d{2,4}(?:\.\d{1,2})?) ?(?:%|per ?cent) of (?:the |its |their )?"
    rf"(?:(?P<year>{_YEAR})|{_MONTH})(?: ?['’]?s)?(?: (?:level|figure|value|number|volume))?"
    r"(?=[.,;!?]*(?:$| (?:once|every|please)))"
)
_LOWER = frozenset(("below", "under", "less than", "lower than", "at most"))
_CHANGES = [
    pattern for sense, value, pattern in PHRASES if sense == "on" or (sense, value) == ("way", "either")
]
_WAYS = [pattern for sense, _, pattern in PHRASES if sense == "way"]


def by_so_much(text: str) -> str:
    """The text with the change in the place of so much of what it was, where it is one beyond that."""
    return _OF_IT.sub(_change, text)


def _change(match: re.Match[str]) -> str:
    more, way = Decimal(match["pct"]) - 100, "down" if match["side"] in _LOWER else "up"
    # A rise to above 120% of it is one by 20%, and a rise of more than 120% perhaps not.
    others = _WAYS + _CHANGES if match["by"] else _CHANGES
    if (more < 0 if way == "up" else more > 0) or _before(match, others):
        return match.group()
    than = "at least" if match["side"].startswith("at ") else "more than"
    return f"{'yoy' if match['year'] else 'mom'} {way} {than} {abs(more).normalize():f}%"


def _before(match: re.Match[str], patterns: list[re.Pattern[str]]) -> bool:
    said = match.string[: match.start()]
    return any(pattern.search(said) for pattern in patterns)
