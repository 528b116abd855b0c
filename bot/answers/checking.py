"""A claim about a figure: confirmed, its rounding, an earlier printing, or refuted by what is on record."""

from math import floor, log10

from bot.answers.answer import Answer
from bot.answers.lookup import answer_of, asked_back, look_up, series_of, to_date
from bot.answers.one_scope import in_one_scope
from bot.answers.readings import edges_of
from bot.answers.results import Check, Computed, Verdict
from bot.dataset.dataset import Dataset
from bot.dataset.growth import PRINTED_HALF_POINT, change_pct
from bot.dataset.model import Figure, Row
from bot.questions.question import Claim, Question

DIGITS = 15  # of a number, at most
NEAR = 0.01  # of a value: a coarser rounding of it is another number
NEAR_POINTS = 0.5  # of a change
Edges = tuple[float, float]
Found = tuple[float, Edges, bool]  # a change, its range, and whether it was printed


def check(question: Question, dataset: Dataset) -> Answer:
    """Holds the claim against each figure, or its change; against a second period where one is named."""
    claim = question.claim
    if claim is None or claim == Claim():
        return asked_back("claim_missing", [], dataset)
    asked = to_date(question)
    wanted = [(series, period) for period in asked.periods[:1] for series in series_of(asked, dataset)]
    found, missing = look_up(wanted, asked, dataset)
    checks = tuple(_checked(figure, claim, asked, dataset) for figure in found)
    figures = [each for item in checks for each in (item.figure, *_bases(item))]
    return answer_of(asked, dataset, figures, missing=missing, results=checks)


def _bases(item: Check) -> tuple[Figure, ...]:
    """The figure of the second period, where that was named."""
    return tuple(base for computed in item.computed for base in computed.of[1:])


def _checked(figure: Figure, claim: Claim, question: Question, dataset: Dataset) -> Check:
    beside = _beside(figure, question, dataset)
    change = (beside.value, beside.range, False) if beside else None
    if not question.against:
        change = _on_the_month(figure) if question.change == "mom" else _on_the_year(figure)
    row = _earlier(figure, claim.value) if claim.value is not None else None
    return Check(
        figure, claim,
        value=_value(figure, claim.value, row) if claim.value is not None else None,
        pct=_pct(_signed(claim), change) if claim.pct is not None else None,
        way=_way(claim, change) if claim.way else None,
        change=change, row=row,
        computed=(beside,) if beside else (),
    )  # fmt: skip


def _beside(figure: Figure, question: Question, dataset: Dataset) -> Computed | None:
    """The change from the second period to the figure, both in one scope."""
    if not question.against:
        return None
    now, then = in_one_scope(
        ((figure.series, figure.period), (figure.series, question.against)), question, dataset
    )
    if not now or not then or now.scope != then.scope or now.period.length != then.period.length:
        return None
    change = change_pct(now, then)
    return Computed("change", *change, "%", (now, then)) if change else None


def _on_the_year(figure: Figure) -> Found | None:
    growth, edges = figure.growth, edges_of(figure.growth)
    return (growth.pct, edges, growth.origin == "published") if growth.pct is not None and edges else None


def _on_the_month(figure: Figure) -> Found | None:
    return (figure.move.pct, figure.move.range, False) if figure.move else None


def _signed(claim: Claim) -> float:
    """The claimed change with the sign of the direction that was claimed."""
    pct = claim.pct or 0.0
    return -abs(pct) if claim.way == "fall" else pct


def _value(figure: Figure, claimed: float, row: Row | None) -> Verdict:
    if figure.value is None or figure.range is None:
        return "open"
    found = abs(figure.value) if figure.series.flow == "net" else figure.value
    if _same(found, claimed):
        return "exact"
    if _rounds_to(found, claimed, NEAR * found):
        return "rounded"
    low, high = sorted(map(abs, figure.range)) if figure.series.flow == "net" else figure.range
    if low <= claimed <= high:
        return "within"
    return "earlier" if row else "no"


def _same(found: float, claimed: float) -> bool:
    return abs(found - claimed) <= 1e-6 * max(abs(found), 1.0)


def _rounds_to(found: float, claimed: float, most: float) -> bool:
    """Whether the claim is the number to fewer digits, and not far from it."""
    return claimed != 0 and abs(found - claimed) <= min(_last_digit(claimed) / 2, most)


def _last_digit(claimed: float) -> float:
    """What one of the last digit that is not zero stands for: 1,000 in 542,000."""
    digits = f"{abs(claimed):.{DIGITS - 1}e}".partition("e")[0].replace(".", "").rstrip("0")
    return float(10.0 ** (floor(log10(abs(claimed))) + 1 - len(digits)))


def _earlier(figure: Figure, claimed: float) -> Row | None:
    """The printing before today's that has the claimed value, or rounds to it."""
    rows = [row for row in figure.vintages if row.value is not None and row != figure.row]
    near = (row for row in reversed(rows) if _same(row.value or 0, claimed))
    rounded = (row for row in reversed(rows) if _rounds_to(row.value or 0, claimed, NEAR * (row.value or 0)))
    return next(near, None) or next(rounded, None)


def _pct(claimed: float, change: Found | None) -> Verdict:
    if change is None:
        return "open"
    found, (low, high), printed = change
    if printed and abs(found - claimed) < 1e-9:
        return "exact"
    if _rounds_to(found, claimed, NEAR_POINTS) or abs(found - claimed) < PRINTED_HALF_POINT:
        return "rounded"
    return "within" if low <= claimed <= high else "no"


def _way(claim: Claim, change: Found | None) -> Verdict:
    if change is None or change[1][0] < 0 < change[1][1]:
        return "open"
    low, high = change[1]
    rises = high > 0 if low >= 0 else False
    falls = low < 0 if high <= 0 else False
    return "exact" if (rises if claim.way == "rise" else falls) else "no"
