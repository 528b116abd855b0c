"""Short ways to write a Question in a test."""

from dataclasses import replace

from bot.dataset.calendar import Month, Period
from bot.questions.question import Pair, Question, View

EXPORTS, IMPORTS, NET = Pair("alumina", "export"), Pair("alumina", "import"), Pair("alumina", "net")
METAL, SCRAP = Pair("unwrought_aluminium", "export"), Pair("aluminium_scrap", "import")
BAUXITE = Pair("bauxite", "import")


def month(text: str) -> Period:
    return Period.month(Month.from_text(text))


def span(first: str, last: str) -> Period:
    return Period.span(Month.from_text(first), Month.from_text(last))


def asked(view: View, pairs: Pair | tuple[Pair, ...], *periods: Period, **more: object) -> Question:
    """The question of one pair, or of several, in these periods."""
    return replace(Question((pairs,) if isinstance(pairs, Pair) else pairs, periods, view), **more)
