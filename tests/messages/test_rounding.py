"""First lines say neither more nor less where rounding could turn it round."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series, Source
from bot.messages.facts import facts
from bot.messages.headline import headline
from bot.messages.percents import computed_percent, share_percent
from bot.questions.question import Question
from tests.looped import looped

from ..dataset.rows import row, small_dataset

EXPORT, IMPORT = Series("alumina", "export"), Series("alumina", "import")
PAGE = Source("page", "A Page", "A page", "https://example.org", "", date(2026, 11, 24))
MAY, MARCH = Period.month(Month(2023, 5)), Period.month(Month(2023, 3))
COMPARED = Question.of(("alumina",), ("export",), MAY, "compare", against=MARCH)


def printed(levels: Mapping[tuple[Series, str], float]) -> Dataset:
    """These months, each printed to 10 kt."""
    rows = [row(month, value, series=series) for (series, month), value in levels.items()]
    return replace(small_dataset(rows).record, sources={"page": PAGE}).as_of(date(2026, 11, 24))


def test_two_periods_closer_than_rounding_differ_in_nothing_that_is_known() -> None:
    # 150 kt within 5 against 145 kt within 5: from 145/150 to 155/140
    dataset = printed({(EXPORT, "2023-05"): 150_000, (EXPORT, "2023-03"): 145_000})
    assert headline(respond(COMPARED, dataset)) == (
        "Alumina exports, May 2023: 150 kt, against 145 kt in March 2023,"
        " no difference beyond rounding (-3.3 to 10.7 %)"
    )


def test_two_periods_further_apart_differ_by_a_percentage() -> None:
    # 180 kt within 5 against 150 kt within 5: from 175/155 to 185/145
    dataset = printed({(EXPORT, "2023-05"): 180_000, (EXPORT, "2023-03"): 150_000})
    assert headline(respond(COMPARED, dataset)).endswith(", about +20.0 % (12.9 to 27.6)")


@looped(
    ("imports", "said"),
    [
        (150_000, "alumina imports 150 kt, unchanged within rounding on a year earlier"),
        (300_000, "alumina imports 300 kt, about +106.9 % on a year earlier"),
    ],
)
def test_a_change_in_short_is_not_told_where_rounding_could_turn_it(imports: float, said: str) -> None:
    # imports a year before 145 kt within 5
    levels = {(EXPORT, "2023-05"): 150_000.0, (IMPORT, "2023-05"): imports, (IMPORT, "2022-05"): 145_000}
    asked = Question.of(("alumina",), ("export", "import"), MAY)
    assert headline(respond(asked, printed(levels))).endswith(f"; {said}")


def test_a_balance_that_rounding_could_turn_keeps_its_range() -> None:
    levels = {(EXPORT, "2023-05"): 150_000.0, (IMPORT, "2023-05"): 147_000}
    asked = Question.of(("alumina",), ("export", "net"), MAY)
    # 3 kt within 5 and 5
    assert headline(respond(asked, printed(levels))).endswith(
        "; alumina net exports about 3 kt (-7 to 13 kt, derived)"
    )


def test_nothing_is_told_as_minus_zero() -> None:
    assert computed_percent(0.5, (-0.04, 1.1)) == "about +0.5 % (0.0 to 1.1)"
    assert computed_percent(0.0, (-0.02, 0.03)) == "0.0 %"
    assert share_percent(0.01, (-0.01, 0.02)) == "0.0 %"


@looped(
    ("step", "told"),
    [
        (10_000, "Printed to the nearest 10 kt (135 to 145 kt); bulletin."),
        (100, "Printed to the nearest 100 t (139.95 to 140.05 kt); bulletin."),
        (1, "Printed to the nearest 1 t; bulletin."),  # 139.9995 to 140.0005 kt is no news beside 140.0 kt
    ],
)
def test_what_rounding_leaves_is_told_where_it_reaches_beyond_the_digits(step: float, told: str) -> None:
    rows = [row("2023-05", 140_000, step=step, status="bulletin")]
    dataset = replace(small_dataset(rows).record, sources={"page": PAGE}).as_of(date(2026, 11, 24))
    assert facts(respond(Question.of(("alumina",), ("export",), MAY), dataset))[0] == told
