"""Numbers one can compare: what was printed as it was, `~` for the rest, and only digits that hold."""

from bot.dataset.model import Growth
from bot.messages.number_format import grouped
from bot.messages.quantities import change, disagrees, percent, share_digits
from bot.messages.tabulated import pct_cell
from bot.words import speaking
from tests.looped import looped


@looped(
    ("pct", "edges", "said", "cell"),
    [
        (169.6, None, "▲ 169.6 %", "▲ 169.6"),
        (-4.6, None, "▼ 4.6 %", "▼ 4.6"),
        (28.25, None, "▲ 28.25 %", "▲ 28.2"),
        (18.4, (10.0, 27.0), "▲ ~20 %", "▲ ~20"),
        (18.4, (18.0, 18.9), "▲ ~18 %", "▲ ~18"),
        (18.4, (18.36, 18.44), "▲ ~18.4 %", "▲ ~18.4"),
        (311.9, (263.4, 375.2), "▲ ~310 %", "▲ ~310"),
        (2.0, (-3.0, 7.0), "", "–"),
        (2931.0, (2900.0, 2960.0), "30 times", "30 times"),
        (0.0, None, "flat", "= 0.0"),
    ],
)
def test_a_change(pct: float, edges: tuple[float, float] | None, said: str, cell: str) -> None:
    assert change(pct, edges) == said
    assert pct_cell(pct, edges).text.replace("\u00a0", " ") == cell


def test_a_change_in_chinese_is_said_in_words() -> None:
    with speaking("zh"):
        assert change(169.6) == "增长169.6%"
        assert change(-18.4, (-18.44, -18.36)) == "下降约18.4%"


def test_a_share_and_signs_that_differ_within_rounding() -> None:
    assert percent(share_digits(77.94, (77.93, 77.95))) == "77.9 %"
    assert share_digits(7.8, (7.5, 8.1)) == "~7.8"
    assert not disagrees(Growth(3.0, "published", computed_pct=-1.0, range=(-4.0, 2.0)))


def test_a_half_is_rounded_away_from_zero() -> None:
    assert grouped(103.25, 1) == "103.3"  # 103,250,000 t
    assert grouped(-103.25, 1) == "-103.3"
    assert grouped(1_350.0, -2) == "1,400"
    assert grouped(-0.04, 1) == "0.0"
