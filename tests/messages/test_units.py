"""Numbers in both languages: the same quantities, read back."""

import re
from collections import namedtuple
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from bot.dataset.calendar import Month, Period
from bot.dataset.model import Figure, Growth, Input, Measure, Series
from bot.messages.number_format import amount, grouped, of_row, span
from bot.messages.quantities import change, disagrees, percent, share_digits
from bot.messages.tabulated import pct_cell
from bot.questions.question import Unit
from bot.words import LANGUAGES, speaking
from tests.dataset.rows import row
from tests.tables import looped, tables

CASES = tables("messages/said.yaml")

NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
# What a unit of each language holds of its base unit, written down here once more.
HOLDS = {
    " t": 1, " kt": 1e3, " Mt": 1e6, "": 1, "m": 1e6, "bn": 1e9, "/t": 1,
    "吨": 1, "万吨": 1e4, "美元": 1, "万美元": 1e4, "亿美元": 1e8, "美元/吨": 1,
}  # fmt: skip
ASKED: list[Unit] = ["kt", "Mt", "wan_t", "lb", "st", "t/day"]


Read = namedtuple("Read", "value last")  # a number as it was said: how much it is, how much its last digit is


def read(told, unit=""):
    """Digits and their unit; an edge of a range may have its unit at the other edge alone."""
    found = NUMBER.search(told)
    assert found, told
    holds = HOLDS[unit or told[found.end() :]]
    _, _, decimals = found[0].partition(".")
    return Read(float(found[0].replace(",", "")) * holds, holds / 10 ** len(decimals))


@st.composite
def figures(draw):
    """Printed to any power of ten, or a sum with one that is; the range reaches as far as that of several."""
    measure: Measure = draw(st.sampled_from(["quantity", "value", "unit_value"]))
    step = 1.0 if measure == "unit_value" else 10.0 ** draw(st.integers(0, 6))
    value = step * draw(st.integers(1, 300_000)) + draw(st.integers(0, int(step) - 1))
    below, above = (step / 2 * draw(st.integers(1, 5)) for _ in "ba")
    end = Month(draw(st.integers(2015, 2027)), draw(st.integers(1, 12)))
    printed = row(str(end), value, step, series=Series("alumina", "export", measure=measure))
    span_of = (max(0.0, value - below), value + above)
    period = Period.month(end)
    inputs = (Input("+", printed),)
    return Figure(printed.series, period, "HS 2818", value, step, span_of, draw(st.booleans()), None, inputs)


def both(figure, say):
    """What is said of it in English and in Chinese."""
    with speaking("zh"):
        chinese = say(figure)
    return say(figure), chinese


@given(figures())
def test_a_value_is_the_same_quantity_in_both(figure):
    value, step = figure.value or 0, figure.step or 0
    for said in map(read, both(figure, amount)):
        # To the last digit that is shown; zeros end what was printed in hundreds.
        assert abs(said.value - value) <= max(said.last, step / 10) / 2 * (1 + 1e-6) + value * 1e-12, said


@given(figures())
def test_a_range_is_never_cut_inward(figure):
    low, high = figure.range or (0, 0)
    for language in LANGUAGES:
        with speaking(language):
            edges, value = span(figure), read(amount(figure))
        if not edges:
            assert high - low <= value.last
            continue
        first, last = (read(edge, NUMBER.split(edges[1], maxsplit=1)[-1]) for edge in edges)
        most = max(first.last, (figure.step or 0) / 10)
        noise = high * 1e-12 + most * 1e-5
        for more in (low - first.value, last.value - high):
            # it holds all, and at each end less than so much more
            assert -noise <= more < most + noise


@given(figures(), st.sampled_from(ASKED))
def test_a_unit_that_was_asked_for_stays_with_its_digits(figure, unit):
    english, chinese = both(figure, lambda each: amount(each, unit))
    if figure.unit == "t":
        assert NUMBER.findall(english.replace(",", "")) == NUMBER.findall(chinese.replace(",", ""))
        assert not re.search("[a-z]", chinese)


@given(figures())
def test_a_rounding_step_is_said_in_full(figure):
    for language in LANGUAGES:
        with speaking(language):
            assert figure.unit == "USD/t" or isclose(
                read(of_row(figure.step or 0, figure.row)).value, figure.step or 0
            )


def of(value, step, half=0, measure="quantity"):
    """A figure of that step, of which rounding leaves so much open."""
    printed = row("2025-07", value, step, series=Series("alumina", "export", measure=measure))
    edges, inputs = (value - half, value + half), (Input("+", printed),)
    return Figure(printed.series, printed.period, "", value, step, edges, True, None, inputs)


@looped(("value", "step", "measure", "said"), CASES["chinese_numbers"])
def test_numbers_as_customs_write_them(value, step, measure, said):
    with speaking("zh"):
        assert amount(of(value, step, measure=measure)) == said


@looped(
    ("figure", "edges", "edges_zh"),
    [  # 200.53 Mt to 10 kt less 103.4 Mt to 100 kt; a month to 10 kt; edges that begin with the same digit
        (of(97_130_000, 1e5, 55_000), ("97.07", "97.19 Mt"), ("9707", "9719万吨")),
        (of(140_000, 1e4, 5_000), ("135", "145 kt"), ("13.5", "14.5万吨")),
        (of(11_000, 1e4, 10_000), ("1", "21 kt"), ("0.1", "2.1万吨")),
    ],
)
def test_edges_in_their_digits(figure, edges, edges_zh):
    for _ in range(2):  # one language leaves nothing behind for the other
        assert both(figure, span) == (edges, edges_zh)


@looped(("pct", "edges", "said", "cell"), CASES["changes"])
def test_a_change(pct, edges, said, cell):
    assert change(pct, edges) == said
    assert pct_cell(pct, edges).text.replace("\u00a0", " ") == cell


def test_a_share_a_half_and_what_differs_within_rounding():
    with speaking("zh"):
        assert change(-18.4, (-18.44, -18.36)) == "下降约18.4%"
    assert percent(share_digits(77.94, (77.93, 77.95))) == "77.9 %"
    assert share_digits(7.8, (7.5, 8.1)) == "~7.8"
    assert not disagrees(Growth(3.0, "published", computed_pct=-1.0, range=(-4.0, 2.0)))
    assert grouped(103.25, 1) == "103.3"  # 103,250,000 t: away from zero
    assert grouped(-103.25, 1) == "-103.3"
    assert grouped(1_350.0, -2) == "1,400"
    assert grouped(-0.04, 1) == "0.0"
