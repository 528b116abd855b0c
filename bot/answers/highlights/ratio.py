"""Bauxite imported for each tonne of alumina imported: ore to be refined at home, or the refined oxide."""

from collections.abc import Iterator
from math import log2

from bot.answers.answer import Highlight
from bot.answers.highlights.course import Course, Span
from bot.dataset.calendar import Month
from bot.dataset.model import Series

BAUXITE, ALUMINA = Series("bauxite", "import"), Series("alumina", "import")
LEAST_FACTOR = 1.5  # the ratio's change on a year earlier


def ratio(bauxite: Course, alumina: Course, edition: Month) -> Iterator[Highlight]:
    """The ratio where it grew or shrank by half on a year earlier, each side in one scope throughout.

    The evidence is bauxite and alumina now, bauxite and alumina a year earlier.
    """
    months = (edition, edition.plus(-12))
    if not all(month in course.spans for month in months for course in (bauxite, alumina)):
        return
    now, then = (_quotient(bauxite.spans[month], alumina.spans[month]) for month in months)
    if not now or not then:
        return
    grown, shrunk = now[0] / then[1], then[0] / now[1]
    if max(grown, shrunk) >= LEAST_FACTOR:
        yield Highlight(
            "bauxite_to_alumina",
            bauxite.months[edition],
            surprise=0.5 * log2(1 + max(grown, shrunk)),
            evidence=tuple(course.months[month] for month in months for course in (bauxite, alumina)),
        )


def _quotient(above: Span, below: Span) -> Span | None:
    return (above[0] / below[1], above[1] / below[0]) if below[0] > 0 and above[0] > 0 else None
