"""A condition as a value: its JSON, which are the same, and what holds for all of them and every text."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.alerts.firing import firings, months
from bot.dataset.data_files import data_folder
from bot.dataset.load import load_dataset
from bot.dataset.model import Series
from bot.errors import InternalError, StoredValueError
from bot.messages.buttons import VALUE
from bot.messages.conditions import fired, said_back, why_none
from bot.posts.order import alert, button_value, from_button
from bot.questions.amounts import SIZES, UNITS, Amount, AmountUnit
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, SignChange, Threshold
from bot.questions.condition_reading import read_condition
from bot.words import LANGUAGES, speaking
from tests.alerts.test_reading import CASES, written
from tests.tables import looped, tables

DATASET = load_dataset(data_folder(), date(2026, 11, 24))
# Every series on record by the month, without a code and with each that a code can name.
SERIES = [
    (series, scope)
    for series in DATASET.lines
    for scope in (None, *(each for each in DATASET.lines[series] if each.startswith("HS ")))
    if DATASET.months(series, scope)
]
READ = [case["typed"] for case in CASES["read"]]
SENTENCES = [*READ, *(text for texts in CASES["asked_back"].values() for text in texts)]
WORDS = sorted(
    {word for text in SENTENCES for word in text.split()} | {">", "<", "5", "%", "US$", "kt", "；"}
)
numbers = st.decimals(min_value=Decimal("0.001"), max_value=Decimal(10) ** 11, places=3)


@st.composite
def conditions(draw):
    """Any that can be asked for."""
    series, scope = draw(st.sampled_from(SERIES))
    printed = series.flow != "net" and series.measure != "unit_value"
    tests = [levels(series), changes, st.builds(NewRecord, st.sampled_from(["highest", "lowest", "either"]))]
    tests += [turns("yoy")] + ([turns("balance")] if series.flow == "net" else [])
    tests += [st.just(Revision())] if printed else []
    return Condition(series, draw(st.one_of(tests)), draw(st.booleans()), scope)


def levels(series):
    units = [unit for unit in SIZES if Amount(Decimal(1), unit).measure == series.measure]
    signed = (
        st.builds(lambda n, s: n * s, numbers, st.sampled_from([1, -1])) if series.flow == "net" else numbers
    )
    amounts = st.builds(Amount, signed, st.sampled_from(units))
    return st.builds(Threshold, st.sampled_from(["above", "below", "at least", "at most"]), amounts)


def turns(of):
    return st.builds(SignChange, st.just(of), st.sampled_from(["positive", "negative", "either"]))  # type: ignore[arg-type]


changes = st.builds(
    PercentChange,
    st.sampled_from(["yoy", "mom"]),
    st.sampled_from(["up", "down", "either"]),
    st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99.99"), places=2),
)


TINY = Threshold("above", Amount(Decimal("1.000000001"), "Mt"))


@example(Condition(Series("alumina", "export"), TINY))
@given(conditions())
def test_what_is_written_plainly_is_read(condition):
    reading = read_condition(written(condition), DATASET)
    assert reading.condition, (written(condition), reading)
    assert plain(reading.condition) == plain(condition), (written(condition), reading)


def plain(condition):
    """Its amount aside, which may be US$0.001m or US$1,000."""
    match condition.test:
        case Threshold(side, amount):
            unit: AmountUnit = next(iter(UNITS[amount.measure]))
            return replace(condition, test=Threshold(side, Amount(Decimal(0), unit))), f"{amount.value:.9g}"
    return condition, ""


@given(conditions())
def test_every_firing_carries_a_figure_and_can_be_said(condition):
    found = firings(condition, DATASET)
    assert {each.month for each in found} <= set(months(condition, DATASET))
    for language in LANGUAGES:
        with speaking(language):
            assert all(said_back(condition, DATASET))
            assert all(fired(each) for each in found[:3])
    for each in found if not isinstance(condition.test, Revision) else ():
        assert each.figure == DATASET.figure(condition.series, each.figure.period, condition.scope)


@given(st.text(max_size=200) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_text_gives_a_condition_or_a_reason(text):
    reading = read_condition(text, DATASET)
    assert bool(reading.condition) != bool(why_none(reading))
    for each in reading.offers if reading.reason else filter(None, [reading.condition]):
        assert DATASET.months(each.series, each.scope)
        assert Condition.from_json(each.to_json()) == each


@given(
    st.sampled_from([text for text in READ if "&" not in text]),
    st.sampled_from([str.upper, str.title, lambda text: f"  {text.replace(' ', '   ')}. "]),
)
def test_case_spaces_and_the_last_full_stop_change_nothing(text, written):  # type: ignore[no-untyped-def]
    first, second = read_condition(text, DATASET), read_condition(written(text), DATASET)
    assert first.condition
    assert first.condition == second.condition, second


EXPORTS, NET = Series("alumina", "export"), Series("alumina", "net")


def above(number, unit, series=EXPORTS):
    return Condition(series, Threshold("above", Amount(Decimal(number), unit)))


STORED = (
    '{"once":true,"scope":"HS 2818","series":{"commodity":"bauxite","flow":"import","measure":"quantity",'
    '"partner":"Guinea"},"test":{"amount":{"number":"20.5","unit":"万吨"},"kind":"threshold",'
    '"side":"at least"},"v":1}'
)


def test_a_condition_is_stored_in_full():
    series = Series("bauxite", "import", "Guinea")
    test = Threshold("at least", Amount(Decimal("20.50"), "万吨"))
    assert Condition(series, test, once=True, scope="HS 2818").to_json() == STORED
    assert Condition.from_json(STORED) == Condition(series, test, once=True, scope="HS 2818")


@looped(
    ("test", "stored"),
    [
        (PercentChange("mom", "either", Decimal("5.5")),
         {"kind": "percent_change", "on": "mom", "pct": "5.5", "way": "either"}),
        (NewRecord("lowest"), {"extreme": "lowest", "kind": "new_record"}),
        (SignChange("balance", "negative"), {"kind": "sign_change", "of": "balance", "to": "negative"}),
        (SignChange("yoy", "either"), {"kind": "sign_change", "of": "yoy", "to": "either"}),
        (Revision(), {"kind": "revision"}),
    ],
)  # fmt: skip
def test_each_test_has_its_form(test, stored):
    assert json.loads(Condition(EXPORTS if test == Revision() else NET, test).to_json())["test"] == stored


@given(conditions())
def test_it_round_trips_through_storage_and_through_a_button(condition):
    assert Condition.from_json(condition.to_json()) == condition
    for spoken in LANGUAGES:
        order = alert("", "", condition, id="", language=spoken)
        value = button_value(order)
        found = from_button(value)
        assert (found.what, found.often, found.language) == (order.what, order.often, spoken)
        assert len(value) <= VALUE


def test_equal_conditions_have_one_form():
    forms = {above(number, "kt").to_json() for number in ("200", "200.0", "2E+2", "0200")}
    assert len(forms) == 1
    assert len({above(number, "t", NET).to_json() for number in ("0", "-0", "0.00")}) == 1


@looped(
    ("series", "test"),
    [
        (EXPORTS, Threshold("above", Amount(Decimal(1), "US$"))),
        (EXPORTS, PercentChange("yoy", "up", Decimal(-1))),
        (EXPORTS, SignChange("balance", "either")),
        (NET, Revision()),
        (Series("alumina", "export", "", "unit_value"), Revision()),
    ],
)
def test_what_can_never_be_watched_is_no_condition(series, test):
    with pytest.raises(InternalError):
        Condition(series, test)


TABLES = tables("alerts/conditions.yaml")
TEXTS = (
    "alumina exports above 200 kt, every time", "", "[]", STORED[:-1], STORED.replace(",", ", "),
    STORED.replace('"v":1', '"v":1,"v":1'), "[" * 100_000,
)  # fmt: skip


def changed(path, change, left_out=""):
    """What is stored, in the same form, with one thing changed."""
    value = json.loads(STORED)
    place = value
    for name in path.split():
        place = place[name]
    place |= change
    place.pop(left_out, None)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def test_nothing_but_the_exact_form_is_read():
    assert changed("", {}) == STORED
    wrong = [changed(path, each) for path, changes in TABLES["wrong"].items() for each in changes]
    wrong += [changed("", {}, name) for name in TABLES["left_out"]]
    for text in (*TEXTS, *wrong):
        with pytest.raises(StoredValueError, match="A stored value cannot be read"):
            pytest.fail(f"read as {Condition.from_json(text)}")
