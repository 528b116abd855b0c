"""The newest month: common to all that was asked while nothing lags far behind, else the newest of any."""

from collections.abc import Mapping

from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.messages.headline import headline
from bot.messages.script import script
from bot.questions import understand
from bot.questions.question import Question
from tests.looped import looped
from tests.offered import worded

from ..dataset.rows import row, small_dataset

EXPORT, IMPORT = Series("alumina", "export"), Series("alumina", "import")


def of_two(months: Mapping[Series, str]) -> Dataset:
    """Both series in May 2025, and each in one later month."""
    first = [row("2025-05", 100_000, series=series) for series in months]
    return small_dataset([*first, *(row(month, 200_000, series=series) for series, month in months.items())])


@looped(
    ("exports", "imports", "newest"),
    [("2025-06", "2025-06", "2025-06"), ("2025-08", "2025-06", "2025-05"), ("2025-09", "2025-06", "2025-09")],
)
def test_a_common_month_counts_unless_it_is_more_than_a_quarter_old(
    exports: str, imports: str, newest: str
) -> None:
    dataset = of_two({EXPORT: exports, IMPORT: imports})
    assert str(dataset.newest(("alumina",), ("export", "import"))) == newest


@looped("typed", ["alumina unit value", "latest alumina unit value"])
def test_the_flow_that_ends_earlier_is_named_and_its_newest_month_offered(
    dataset: Dataset, typed: str
) -> None:
    # exports have value and tonnes of July 2026 in one scope, imports only to December 2025
    answer = respond(understand(typed, record=dataset), dataset)
    assert [(figure.series.flow, str(figure.end)) for figure in answer.figures] == [("export", "2026-07")]
    assert headline(answer).endswith("; alumina imports, unit value: newest on record December 2025")
    assert worded(answer.suggestions) == ("alumina imports unit value December 2025",)
    (offered,) = worded(answer.suggestions)
    assert respond(understand(offered, record=dataset), dataset).outcome == "answered"


def test_the_newer_end_is_told_without_a_list_of_months_on_record_in_part(dataset: Dataset) -> None:
    answer = respond(understand("alumina unit value", record=dataset), dataset)
    assert script(answer).ending[0].startswith("Figures to July 2026 on record; ")


def test_a_month_that_was_named_offers_nothing_beside_its_figures(dataset: Dataset) -> None:
    july = Period.month(Month(2026, 7))
    answer = respond(Question.of(("alumina",), ("export", "import"), july, measure="unit_value"), dataset)
    assert (len(answer.figures), answer.suggestions) == (1, ())
    assert "newest on record" not in headline(answer)
