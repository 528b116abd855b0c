"""A record is over one unbroken run; a month on record before it that outranks it is told."""

from dataclasses import replace
from datetime import date

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.messages.document import document
from bot.questions.question import Question

from ..dataset.rows import row, small_dataset
from .test_rankings import PAGE


def test_what_stands_before_the_run_is_told_and_in_the_document() -> None:
    # January 2022 lies before a hole; January and February 2023 are the run
    rows = (row("2022-01", 200_000), row("2023-01", 100_000), row("2023-02", 110_000))
    dataset = replace(small_dataset(rows).record, sources={"page": PAGE}).as_of(date(2026, 11, 24))
    february = Question.of(("alumina",), ("export",), Period.month(Month(2023, 2)), "record")
    answer = respond(february, dataset)
    assert [figure.value for figure in answer.around] == [200_000]
    assert [told["value"] for told in document(answer)["outside_run"]] == [200_000]
