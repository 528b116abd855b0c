"""Every derived level of the shipped record, computed a second time and in another way.

The arithmetic is exact, and the identity is relaxed until no expression
gets a narrower range: an expression is a sum of printed rows, and rows that cancel carry no rounding.
"""

from collections import defaultdict
from fractions import Fraction
from functools import cache

import pytest

from bot.dataset.calendar import Month
from bot.dataset.model import Series
from tests.dataset.rows import by_period
from tests.published import cells
from tests.tables import looped

Term = tuple[str, int]  # "month" or "ytd", and the month's number
Expression = frozenset[tuple[int, int]]  # line of the file, times added (or taken away)
Key = tuple[str, str, str, str, str, str]  # commodity, flow, partner, measure, scope, year

STAGES = {"estimated": 0, "flash": 1, "": 2, "bulletin": 2, "query": 3, "revised": 4}


def age(line):
    """Good enough for one term of one vintage: no two of them are dated against each other in the file."""
    cell = cells()[line]
    finer = -Fraction(cell["step"] or 0)
    return STAGES[cell["status"]], cell["published"], finer, int(cell["confirmed_by"]), line


@cache
def printed():
    found: dict[Key, dict[Term, list[int]]] = defaultdict(lambda: defaultdict(list))
    for line, cell in enumerate(cells()):
        if cell["value"]:
            year, number = cell["period"].split("-")
            key = tuple(cell[name] for name in ("commodity", "flow", "partner", "measure", "scope"))
            found[(*key, year)][cell["kind"], int(number)].append(line)  # type: ignore[index]
    return found


def amount(expression):
    return sum((times * Fraction(cells()[line]["value"]) for line, times in expression), Fraction())


def spread(expression):
    return sum((abs(times) * Fraction(cells()[line]["step"]) / 2 for line, times in expression), Fraction())


def combine(*parts):
    sums: dict[int, int] = defaultdict(int)
    for sign, expression in parts:
        for line, times in expression:
            sums[line] += sign * times
    return frozenset((line, times) for line, times in sums.items() if times)


def ways(known):
    """Each of the three terms of the identity at each month, from the two others."""
    nothing: set[Expression] = {frozenset()}
    for number in range(1, 13):
        alone, upto = known.get(("month", number), set()), known.get(("ytd", number), set())
        before = known.get(("ytd", number - 1), set()) if number > 1 else nothing
        yield from ((("ytd", number), combine((1, b), (1, a))) for b in before for a in alone)
        yield from ((("month", number), combine((1, u), (-1, b))) for u in upto for b in before)
        if number > 1:
            yield from ((("ytd", number - 1), combine((1, u), (-1, a))) for u in upto for a in alone)


def closure(rows):
    """Every way to each term that has the narrowest range, past coarse prints too."""
    known: dict[Term, set[Expression]] = {term: {frozenset({(line, 1)})} for term, line in rows.items()}
    while True:
        before = {term: set(found) for term, found in known.items()}
        for term, expression in ways(before):
            best = min((spread(other) for other in known.get(term, ())), default=None)
            if best is None or spread(expression) < best:
                known[term] = {expression}
            elif spread(expression) == best:
                known[term].add(expression)
        if known == before:
            return known


@cache
def expected(key):
    """Printed today; else from revised printings; else from first ones."""
    today = {term: max(lines, key=age) for term, lines in printed()[key].items()}
    vintages = []
    for revised in (False, True):
        own = {
            term: [line for line in lines if (cells()[line]["status"] == "revised") == revised]
            for term, lines in printed()[key].items()
        }
        vintages.append(closure({term: max(lines, key=age) for term, lines in own.items() if lines}))
    return vintages[0] | vintages[1] | {term: {frozenset({(line, 1)})} for term, line in today.items()}


def served(dataset, key):
    """Value and half-range of each month and running total, as the program has them."""
    commodity, flow, partner, measure, scope, year = key
    line = dataset.lines[Series(commodity, flow, partner, measure)][scope]  # type: ignore[arg-type]
    return {
        (period.kind, period.end.number): (figure.value, figure.range[1] - figure.value)
        for period, figure in by_period(line).items()
        if period.kind in ("month", "ytd") and period.end.year == int(year)
        if figure.value is not None and figure.range is not None
    }


@looped("key", sorted(printed()))
def test_every_level_and_range_agrees_with_an_exact_recomputation(dataset, key):
    ours, theirs = expected(key), served(dataset, key)
    assert set(ours) == set(theirs)
    for term, expressions in ours.items():
        value, half_range = theirs[term]
        assert half_range == pytest.approx(float(spread(next(iter(expressions)))), abs=1e-5), term
        assert any(value == pytest.approx(float(amount(one)), abs=1e-5) for one in expressions), term


def test_the_rows_behind_every_figure_cover_its_months_exactly_once(dataset):
    """Quarters, halves and years too: what is added, less what is taken away, is the period itself."""
    count = 0
    for series, lines in dataset.lines.items():
        for line in lines.values() if series.measure != "unit_value" and series.flow != "net" else ():
            for period, figure in by_period(line).items():
                count += figure.derived
                assert coverage(figure) == {period.start.plus(step): 1 for step in range(period.length)}
    assert count > 100


def coverage(figure):
    covered: dict[Month, int] = defaultdict(int)
    for item in figure.inputs:
        for step in range(item.row.period.length):
            covered[item.row.period.start.plus(step)] += -1 if item.role == "-" else 1
    return {month: times for month, times in covered.items() if times}


def test_the_closure_used_above_agrees_with_arithmetic_by_hand():
    """November 2023 of bauxite: 141.38 - 11.87 - 117.7 Mt; two roundings of 5,000 t and one of 50,000 t."""
    november = expected(("bauxite", "import", "", "quantity", "HS 2606", "2023"))["month", 11]
    assert {(amount(one), spread(one)) for one in november} == {(Fraction(11_810_000), Fraction(60_000))}
