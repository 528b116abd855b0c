"""What is said stays true wherever in their ranges the true figures lie: drawn many times a highlight."""

from collections.abc import Callable
from itertools import product
from random import Random

from bot.answers.answer import Highlight, HighlightRule
from bot.answers.highlights.choice import every_highlight
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Figure
from tests.looped import looped

from ..dataset.rows import row, small_dataset

DRAWS = 20
# Two years that rise, with a fall near their end and one not as far in their last month: the second lowest.
RISING = small_dataset(
    [
        row(str(Month(2022, 1).plus(step)), {20: 90_000, 23: 95_000}.get(step, 100_000 + 2_000 * step), 1_000)
        for step in range(24)
    ]
)
Draw = Callable[[Figure], float]


def drawn(random: Random) -> Draw:
    """A true value for each figure: within its rounding, 1 % further where it is derived; often an edge."""

    def draw(figure: Figure) -> float:
        assert figure.range
        assert figure.value is not None
        spare = figure.value / 100 if figure.derived else 0.0
        low, high = figure.range[0] - spare, figure.range[1] + spare
        return random.choice((low, high, random.uniform(low, high)))

    return draw


def way(item: Highlight) -> int:
    return 1 if (item.figure.growth.pct or 0) > 0 else -1


def change_holds(item: Highlight, draw: Draw) -> bool:
    """A computed change; a printed one is the source's."""
    then = [figure for figure in item.evidence if figure.period == item.figure.period.year_before]
    if item.figure.growth.origin == "published":
        return True
    return bool(then) and (draw(item.figure) - draw(then[0])) * way(item) > 0


def move_holds(item: Highlight, draw: Draw) -> bool:
    now, base = item.evidence[:2]
    assert now.move
    earlier = draw(base) / (2 if base.period.kind == "ytd" else 1)
    return (draw(now) - earlier) * now.move.pct > 0


def record_holds(item: Highlight, draw: Draw) -> bool:
    since = [figure for figure in item.evidence[1:] if not item.since or figure.end > item.since]
    now, others = draw(item.figure), [draw(figure) for figure in since]
    return now > max(others) if item.rule == "highest_since" else now < min(others)


def place_holds(item: Highlight, draw: Draw) -> bool:
    now, others = draw(item.figure), [draw(figure) for figure in item.evidence[1:]]
    above = sum(other > now for other in others)
    return above + 1 == (item.count if item.rule == "nth_highest" else len(others) + 2 - item.count)


def most_holds(item: Highlight, draw: Draw) -> bool:
    return draw(item.figure) > max(map(draw, item.evidence[1:]))


def passed_holds(item: Highlight, draw: Draw) -> bool:
    return item.before is not None and draw(item.figure) > draw(item.before)


def ratio_holds(item: Highlight, draw: Draw) -> bool:
    bauxite, alumina, bauxite_then, alumina_then = map(draw, item.evidence)
    changed = bauxite / alumina / (bauxite_then / alumina_then)
    return max(changed, 1 / changed) >= 1.5 - 1e-9


def share_holds(item: Highlight, draw: Draw) -> bool:
    part, whole, part_then, whole_then = map(draw, item.evidence)
    now, then = part / whole, part_then / whole_then
    return abs(now - then) >= 0.1 - 1e-9 or min(now, then) < 0.5 < max(now, then)


HOLDS: dict[HighlightRule, Callable[[Highlight, Draw], bool]] = {
    "largest_rise": change_holds, "largest_fall": change_holds, "year_to_date": change_holds,
    "month_move": move_holds, "against_season": move_holds,
    "highest_since": record_holds, "lowest_since": record_holds,
    "nth_highest": place_holds, "nth_lowest": place_holds,
    "year_to_date_highest": most_holds, "passed_last_year": passed_holds, "input_ratio": ratio_holds,
    "share_turn": share_holds,
}  # fmt: skip


@looped("rule", HOLDS)
def test_no_rounding_and_no_correction_makes_it_untrue(dataset: Dataset, rule: HighlightRule) -> None:
    draw, tried = drawn(Random(2024)), 0
    for each, edition in product((dataset, RISING), (Month(2018, 1).plus(step) for step in range(104))):
        for item in every_highlight(each, edition):
            if item.rule == rule and item.figure.series.measure == "quantity":
                tried += 1
                assert all(HOLDS[rule](item, draw) for _ in range(DRAWS)), (str(edition), item.figure)
    assert tried
