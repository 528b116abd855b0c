"""Counts, streaks, checks, whys, events, definitions and longer periods, against the printed rows."""

import re
from typing import Any

import pytest

from bot.answers.respond import respond
from bot.answers.results import Check, Count, Streak, Why
from bot.dataset.calendar import Period
from bot.dataset.model import Series
from bot.questions.question import Criterion, Question
from tests.answers.asking import BAUXITE, asked
from tests.asked import asked as understand
from tests.dataset.rows import month, span
from tests.published import cells, printed, value
from tests.tables import looped, tables

WHOLE = span("2024-01", "2026-07")
ABOVE_200, YEAR_2025 = Criterion("above", 200_000), Period.whole_year(2025)


def result(question, dataset):
    (found,) = respond(question, dataset).results
    assert isinstance(found, Count | Streak | Check | Why)
    return found


def test_why_has_the_change_the_unit_value_and_the_events_near_it(dataset):
    answer = respond(asked("why", BAUXITE, month("2025-08")), dataset)
    (why,) = answer.results
    assert isinstance(why, Why)
    level, _, change = printed("bauxite", "import", "2025-08")
    assert (answer.figures[0].value, answer.figures[0].growth.pct) == (level, change)
    now = value("bauxite", "import", "2025-08", measure="value") / level
    then = value("bauxite", "import", "2024-08", measure="value") / value("bauxite", "import", "2024-08")
    unit_value = next(each for each in why.computed if each.of[0].series.measure == "unit_value")
    assert unit_value.value == pytest.approx((now / then - 1) * 100)
    assert [str(event.day) for event in why.events] == ["2025-08-04"]


def test_the_glossary_has_every_series_and_no_other_term_is_told(dataset):
    assert respond(Question(view="definition", topics=("nothing",)), dataset).outcome == "outside"
    assert set(dataset.catalogue) <= set(dataset.record.glossary)


CASES: list[dict[str, Any]] = tables("conversations/answers_more.yaml")


def terms(text):
    """The signed numbers of a sum in words: 550000 - 330000."""
    first, *others = str(text).split()
    signs = [1.0 if sign == "+" else -1.0 for sign in others[::2]]
    return [float(first), *(sign * float(number) for sign, number in zip(signs, others[1::2], strict=True))]


def period(text):
    """2024-03, ytd 2024-03, 2024-Q1, 2024-H1, 2024, 2024-01..2024-06."""
    return Period.from_text(re.sub(r"ytd (.+)", r"\1 ytd", str(text)))


def expected(case):
    for named, text in case["figures"].items():
        commodity, flow, *when = named.split()
        series = Series(commodity, flow, measure=case.get("measure", "quantity"))
        yield series, period(" ".join(when)), sum(terms(text))


@looped("case", CASES)
def test_figures_changes_and_averages_are_the_reckoned_ones(case, dataset):
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
def test_every_number_of_the_arithmetic_was_published(case):
    for named, text in case["figures"].items():
        commodity, flow, *_ = named.split()
        wanted = {"commodity": commodity, "partner": "", "measure": case.get("measure", "quantity")}
        wanted |= {"flow": flow} if flow != "net" else {}
        printed = {float(row["value"]) for row in cells() if row["value"] and wanted.items() <= row.items()}
        assert set(map(abs, terms(text))) <= printed
