"""What holds for every condition and every text."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.firing import firings, missed, months
from bot.dataset.folder import data_folder
from bot.dataset.load import load_dataset
from bot.dataset.model import Series
from bot.messages.conditions import as_typed, fired, said_back, why_none
from bot.questions.amounts import SIZES, Amount
from bot.questions.condition import (
    Condition,
    NewRecord,
    PercentChange,
    Revision,
    SignChange,
    Test,
    Threshold,
)
from bot.questions.condition_reading import read_condition
from bot.words import LANGUAGES, Language, speaking

from .test_reading import CASES

DATASET = load_dataset(data_folder(), date(2026, 11, 24))
# Every series on record by the month, without a code and with each that a code can name.
SERIES = [
    (series, scope)
    for series in DATASET.lines
    for scope in (None, *(each for each in DATASET.lines[series] if each.startswith("HS ")))
    if DATASET.months(series, scope)
]
READ = [case["typed"] for case in CASES["read"]]
TEXTS = [*READ, *(case["typed"] for case in CASES["asked_back"])]
WORDS = sorted({word for text in TEXTS for word in text.split()} | {">", "<", "5", "%", "US$", "kt", "；"})
numbers = st.decimals(min_value=Decimal("0.001"), max_value=Decimal(10) ** 11, places=3)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """Any that can be asked for."""
    series, scope = draw(st.sampled_from(SERIES))
    printed = series.flow != "net" and series.measure != "unit_value"
    tests = [levels(series), changes, st.builds(NewRecord, st.sampled_from(["highest", "lowest", "either"]))]
    tests += [turns("yoy")] + ([turns("balance")] if series.flow == "net" else [])
    tests += [st.just(Revision())] if printed else []
    return Condition(series, draw(st.one_of(tests)), draw(st.booleans()), scope)


def levels(series: Series) -> st.SearchStrategy[Test]:
    units = [unit for unit in SIZES if Amount(Decimal(1), unit).measure == series.measure]
    signed = (
        st.builds(lambda n, s: n * s, numbers, st.sampled_from([1, -1])) if series.flow == "net" else numbers
    )
    amounts = st.builds(Amount, signed, st.sampled_from(units))
    return st.builds(Threshold, st.sampled_from(["above", "below", "at least", "at most"]), amounts)


def turns(of: str) -> st.SearchStrategy[Test]:
    return st.builds(SignChange, st.just(of), st.sampled_from(["positive", "negative", "either"]))  # type: ignore[arg-type]


changes = st.builds(
    PercentChange,
    st.sampled_from(["yoy", "mom"]),
    st.sampled_from(["up", "down", "either"]),
    st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99.99"), places=2),
)


@given(conditions(), st.sampled_from(LANGUAGES))
def test_what_the_terminal_says_to_try_can_be_typed(condition: Condition, language: Language) -> None:
    with speaking(language):
        shown = as_typed(condition, DATASET.catalogue)
    reading = read_condition(shown, DATASET)
    assert (reading.condition, reading.language) == (condition, language), (shown, reading)


@given(conditions())
def test_every_month_fires_or_not_or_says_why(condition: Condition) -> None:
    """No month both fires and cannot be told; what fires carries a figure of the dataset and can be said."""
    found, lost = firings(condition, DATASET), missed(condition, DATASET)
    assert not {each.month for each in found} & {each.month for each in lost}
    assert {each.month for each in (*found, *lost)} <= set(months(condition, DATASET))
    for language in LANGUAGES:
        with speaking(language):
            assert all(said_back(condition, DATASET))
            assert all(fired(each, DATASET.catalogue) for each in found[:3])
    for each in found if not isinstance(condition.test, Revision) else ():
        assert each.figure == DATASET.figure(condition.series, each.figure.period, condition.scope)


@given(st.text(max_size=200))
def test_any_text_gives_a_condition_or_a_reason(text: str) -> None:
    reading = read_condition(text, DATASET)
    assert bool(reading.condition) != bool(why_none(reading, DATASET.catalogue))


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_words_of_alerts_give_a_condition_or_a_reason(text: str) -> None:
    reading = read_condition(text, DATASET)
    assert bool(reading.condition) != bool(why_none(reading, DATASET.catalogue))
    for each in reading.offers if reading.reason else filter(None, [reading.condition]):
        assert DATASET.months(each.series, each.scope)
        assert Condition.from_json(each.to_json()) == each


@given(
    st.sampled_from([text for text in READ if "&" not in text]),
    st.sampled_from([str.upper, str.title, lambda text: f"  {text.replace(' ', '   ')}. "]),
)
def test_case_spaces_and_the_last_full_stop_change_nothing(text: str, written) -> None:  # type: ignore[no-untyped-def]
    first, second = read_condition(text, DATASET), read_condition(written(text), DATASET)
    assert first.condition
    assert first.condition == second.condition, second
