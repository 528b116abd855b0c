"""More than a month: the figures of the cases in tests/conversations/answers_more.yaml."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from tests.asked import asked as understand
from tests.looped import looped
from tests.questions.sums import period, rows

FILE = Path(__file__).parents[1] / "conversations" / "answers_more.yaml"
CASES: list[dict[str, Any]] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)


def terms(text: object) -> list[float]:
    """The signed numbers of a sum in words: 550000 - 330000."""
    first, *others = str(text).split()
    signs = [1.0 if sign == "+" else -1.0 for sign in others[::2]]
    return [float(first), *(sign * float(number) for sign, number in zip(signs, others[1::2], strict=True))]


def expected(case: dict[str, Any]) -> Iterator[tuple[Series, object, float]]:
    for named, text in case["figures"].items():
        commodity, flow, *when = named.split()
        series = Series(commodity, flow, measure=case.get("measure", "quantity"))
        yield series, period(" ".join(when)), sum(terms(text))


def answer_to(case: dict[str, Any], dataset: Dataset) -> Answer:
    return respond(understand(case["typed"], record=dataset), dataset)


@looped("case", CASES)
def test_the_answer_holds_the_reckoned_figures_and_no_others(case: dict[str, Any], dataset: Dataset) -> None:
    figures = answer_to(case, dataset).figures
    wanted = list(expected(case))
    assert [(figure.series, figure.period) for figure in figures] == [(one, when) for one, when, _ in wanted]
    assert [figure.value for figure in figures] == pytest.approx([value for _, _, value in wanted])


@looped("case", CASES)
def test_every_number_of_the_arithmetic_was_published(case: dict[str, Any]) -> None:
    for named, text in case["figures"].items():
        commodity, flow, *_ = named.split()
        printed = {
            float(row["value"])
            for row in rows()
            if row["value"]
            and not row["partner"]
            and (row["commodity"], row["measure"]) == (commodity, case.get("measure", "quantity"))
            and flow in ("net", row["flow"])
        }
        assert set(map(abs, terms(text))) <= printed


@looped("case", CASES)
def test_a_comparison_tells_the_change_between_the_two(case: dict[str, Any], dataset: Dataset) -> None:
    contrasts = answer_to(case, dataset).contrasts
    assert [round(item.pct or 0, 1) for item in contrasts] == ([case["change"]] if "change" in case else [])


@looped("case", CASES)
def test_an_average_is_the_sum_by_the_number_of_months(case: dict[str, Any], dataset: Dataset) -> None:
    means = [figure.value for figure in answer_to(case, dataset).averages]
    total, months = case.get("mean", ("0", 1))
    assert means == pytest.approx([sum(terms(total)) / months] if "mean" in case else [])


def test_there_are_cases_of_every_kind() -> None:
    assert len(CASES) >= 40
    kinds = {period(" ".join(named.split()[2:])).kind for case in CASES for named in case["figures"]}
    assert kinds == {"month", "ytd", "quarter", "half", "year", "range"}
