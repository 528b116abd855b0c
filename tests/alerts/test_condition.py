"""A condition as a value: its JSON, and which conditions are the same."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from bot.dataset.model import Series
from bot.errors import InternalError, StoredValueError
from bot.messages.buttons import VALUE
from bot.posts.alerts.alert_messages import button_value, from_button
from bot.questions.amounts import Amount, AmountUnit
from bot.questions.condition import Condition, NewRecord, PercentChange, Revision, SignChange, Test, Threshold
from bot.words import LANGUAGES
from tests.looped import looped

from .test_properties import conditions

EXPORTS, NET = Series("alumina", "export"), Series("alumina", "net")


def above(number: str, unit: AmountUnit, series: Series = EXPORTS) -> Condition:
    return Condition(series, Threshold("above", Amount(Decimal(number), unit)))


STORED = (
    '{"once":true,"scope":"HS 2818","series":{"commodity":"bauxite","flow":"import","measure":"quantity",'
    '"partner":"Guinea"},"test":{"amount":{"number":"20.5","unit":"万吨"},"kind":"threshold",'
    '"side":"at least"},"v":1}'
)


def test_a_condition_is_stored_in_full() -> None:
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
def test_each_test_has_its_form(test: Test, stored: dict[str, str]) -> None:
    assert json.loads(Condition(EXPORTS if test == Revision() else NET, test).to_json())["test"] == stored


@given(conditions())
def test_it_round_trips_through_storage_and_through_a_button(condition: Condition) -> None:
    assert Condition.from_json(condition.to_json()) == condition
    for spoken in LANGUAGES:
        value = button_value(condition, spoken)
        assert from_button(value) == (spoken, condition)
        assert len(value) <= VALUE


def test_equal_conditions_have_one_form() -> None:
    forms = {above(number, "kt").to_json() for number in ("200", "200.0", "2E+2", "0200")}
    assert len(forms) == 1
    assert len({above(number, "t", NET).to_json() for number in ("0", "-0", "0.00")}) == 1


def test_the_same_amount_in_another_unit_is_the_same_to_watch_for() -> None:
    same = [above("200", "kt"), above("20", "万吨"), above("0.2", "Mt"), above("200000", "t")]
    assert len({each.normalised for each in same}) == 1
    assert len(set(same)) == 4
    assert above("1", "lb").normalised == above("0.00045359237", "t").normalised
    others = [above("201", "kt"), above("200", "kt", Series("alumina", "import"))]
    assert same[0].normalised not in {each.normalised for each in others}


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
def test_what_can_never_be_watched_is_no_condition(series: Series, test: Test) -> None:
    with pytest.raises(InternalError):
        Condition(series, test)


A_CHANGE = {"kind": "percent_change", "on": "yoy", "way": "up", "pct": "5"}
A_TURN = {"kind": "sign_change", "of": "yoy", "to": "either"}
LEFT_OUT = object()
# What stands at a path, "" being the condition itself, and is no condition's.
WRONG: dict[str, list[dict[str, Any]]] = {
    "": [
        {"v": 2}, {"v": "1"}, {"v": LEFT_OUT}, {"note": ""}, {"scope": LEFT_OUT}, {"scope": ""},
        {"scope": ["HS 2818"]}, {"once": 1}, {"series": LEFT_OUT}, {"test": ["threshold"]},
        {"test": A_CHANGE | {"on": "qoq"}}, {"test": A_CHANGE | {"way": "sideways"}},
        {"test": {"kind": "new_record", "extreme": "mean"}}, {"test": A_TURN | {"of": "mom"}},
        {"test": A_TURN | {"to": "zero"}},
    ],
    "series": [{"commodity": 1}, {"commodity": ""}, {"flow": "transit"}, {"flow": ["import"]},
               {"measure": "value"}],
    "test": [{"note": ""}, {"kind": "level"}, {"kind": ["threshold"]}, {"side": "beside"}],
    "test amount": [{"unit": "stone"}, {"number": 20.5}, {"number": "1E+999999999"}, {"number": "20.50"},
                    {"number": "NaN"}],
}  # fmt: skip
TEXTS = (
    "alumina exports above 200 kt, every time", "", "[]", STORED[:-1], STORED.replace(",", ", "),
    STORED.replace('"v":1', '"v":1,"v":1'), "[" * 100_000,
)  # fmt: skip


def changed(path: str, change: dict[str, Any]) -> str:
    """What is stored, in the same form, with one thing changed."""
    value = json.loads(STORED)
    place = value
    for name in path.split():
        place = place[name]
    place |= change
    for name in [name for name, each in change.items() if each is LEFT_OUT]:
        del place[name]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def test_nothing_but_the_exact_form_is_read() -> None:
    assert changed("", {}) == STORED
    for text in (*TEXTS, *(changed(path, each) for path, changes in WRONG.items() for each in changes)):
        with pytest.raises(StoredValueError, match="A stored value cannot be read"):
            pytest.fail(f"read as {Condition.from_json(text)}")


@looped("value", [STORED, f"fr {STORED}", f"en  {STORED}", "en alumina exports above 2 kt", ""])
def test_no_button_holds_anything_else(value: str) -> None:
    with pytest.raises(StoredValueError):
        from_button(value)
