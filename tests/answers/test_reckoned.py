"""More than a month: the figures of the cases in tests/conversations/answers_more.yaml."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.answers.respond import respond
from bot.dataset.calendar import Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from tests.asked import asked as understand
from tests.looped import looped
from tests.published import cells
from tests.tables import tables

CASES: list[dict[str, Any]] = tables("conversations/answers_more.yaml")


def terms(text: object) -> list[float]:
    """The signed numbers of a sum in words: 550000 - 330000."""
    first, *others = str(text).split()
    signs = [1.0 if sign == "+" else -1.0 for sign in others[::2]]
    return [float(first), *(sign * float(number) for sign, number in zip(signs, others[1::2], strict=True))]


def period(text: object) -> Period:
    """2024-03, ytd 2024-03, 2024-Q1, 2024-H1, 2024, 2024-01..2024-06."""
    return Period.from_text(re.sub(r"ytd (.+)", r"\1 ytd", str(text)))


def expected(case: dict[str, Any]) -> Iterator[tuple[Series, object, float]]:
    for named, text in case["figures"].items():
        commodity, flow, *when = named.split()
        series = Series(commodity, flow, measure=case.get("measure", "quantity"))
        yield series, period(" ".join(when)), sum(terms(text))


@looped("case", CASES)
def test_figures_changes_and_averages_are_the_reckoned_ones(case: dict[str, Any], dataset: Dataset) -> None:
    answer, wanted = respond(understand(case["typed"], record=dataset), dataset), list(expected(case))
    found = [(figure.series, figure.period) for figure in answer.figures]
    assert found == [(one, when) for one, when, _ in wanted]  # and no others
    assert [figure.value for figure in answer.figures] == pytest.approx([value for _, _, value in wanted])
    changes = [round(item.pct or 0, 1) for item in answer.contrasts]
    assert changes == ([case["change"]] if "change" in case else [])
    total, months = case.get("mean", ("0", 1))
    means = [sum(terms(total)) / months] if "mean" in case else []
    assert [figure.value for figure in answer.averages] == pytest.approx(means)


@looped("case", CASES)
def test_every_number_of_the_arithmetic_was_published(case: dict[str, Any]) -> None:
    for named, text in case["figures"].items():
        commodity, flow, *_ = named.split()
        wanted = {"commodity": commodity, "partner": "", "measure": case.get("measure", "quantity")}
        wanted |= {"flow": flow} if flow != "net" else {}
        printed = {float(row["value"]) for row in cells() if row["value"] and wanted.items() <= row.items()}
        assert set(map(abs, terms(text))) <= printed


def test_there_are_cases_of_every_kind() -> None:
    assert len(CASES) >= 40
    kinds = {period(" ".join(named.split()[2:])).kind for case in CASES for named in case["figures"]}
    assert kinds == {"month", "ytd", "quarter", "half", "year", "range"}
