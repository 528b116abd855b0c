"""Trade by partner in one scope beside the world's figure."""

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.model import Series
from bot.dataset.partners import by_partner

from .rows import month, row, small_dataset

BAUXITE = Series("bauxite", "import")


def test_partners_are_ranked_and_the_worlds_figure_stands_beside() -> None:
    rows = [
        row("2024-03", value, 1_000, series=Series("bauxite", "import", partner), scope="HS 2606")
        for partner, value in (("Guinea", 800_000), ("Australia", 150_000), ("", 1_000_000))
    ]
    found = by_partner(small_dataset(rows), BAUXITE, month("2024-03"))
    ranked = [(each.series.partner, each.value) for each in found.partners]
    assert ranked == [("Guinea", 800_000), ("Australia", 150_000)]
    assert (found.scope, found.named, found.covered) == ("HS 2606", 950_000, 0.95)
    # Where none is on record there is nothing.
    assert by_partner(small_dataset([row("2024-03", 140_000)]), BAUXITE, month("2024-03")) is None


def test_all_origins_of_bauxite_in_november_2024_make_the_worlds_figure(dataset: Dataset) -> None:
    # data/README.md: the whole of the world's figure in April and November 2024.
    for end in (Month(2024, 4), Month(2024, 11)):
        found = by_partner(dataset, BAUXITE, Period.month(end))
        assert found.partners[0].series.partner == "Guinea"
        assert 0.97 < (found.covered or 0) < 1.03
