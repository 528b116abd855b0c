"""A file of days or months that have not come is refused, whole, by the day that the bot lives on."""

import pytest

from bot.dataset.dataset import Record
from bot.errors import DataFileError
from bot.supply.parcel import parcel_of_file

from .conftest import WriteCsv
from .rows import ALUMINA, TODAY

JULY = {"period": "2026-07"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"published": "2026-11-26"}, "a day that has come (today is 2026-11-24)"),
        ({"published": "2027-09-18"}, "a day that has come"),
        ({"published": "", "period": "2026-11"}, "a month that is over (today is 2026-11-24)"),
        ({"published": "", "period": "2027-03"}, "a month that is over"),
    ],
)
def test_a_row_from_the_future_is_refused(
    changed: dict[str, str], said: str, base: Record, csv: WriteCsv
) -> None:
    with pytest.raises(DataFileError) as refused:
        parcel_of_file(csv(ALUMINA, ALUMINA | JULY | changed), base.as_of(TODAY))
    assert refused.value.line == 3
    assert said in str(refused.value)


@pytest.mark.parametrize("changed", [{"published": "2026-11-25"}, {"published": "", "period": "2026-10"}])
def test_what_is_out_by_tomorrow_is_taken(changed: dict[str, str], base: Record, csv: WriteCsv) -> None:
    assert len(parcel_of_file(csv(ALUMINA | changed), base.as_of(TODAY)).rows) == 1


@pytest.mark.parametrize(("letters", "taken"), [(64, True), (65, False)])
def test_a_partner_longer_than_the_table_keeps_is_refused(
    letters: int, taken: bool, base: Record, csv: WriteCsv
) -> None:
    path = csv(ALUMINA | {"partner": "A" * letters})
    if taken:
        assert len(parcel_of_file(path, base.as_of(TODAY)).rows) == 1
        return
    with pytest.raises(DataFileError, match="up to 64 characters"):
        parcel_of_file(path, base.as_of(TODAY))
