"""Files that were damaged on their way: an error, or the rows as they were meant, and never others."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dataset.dataset import Dataset
from bot.dataset.model import Row
from bot.errors import DataFileError, SourceError
from bot.supply.parcel import Parcel, parcel_of_file

from .rows import ALUMINA, BAUXITE, csv_of

GENTLY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path, dataset: Dataset) -> Parcel | None:
    try:
        return parcel_of_file(path, dataset)
    except (DataFileError, SourceError):
        return None


def said(rows: tuple[Row, ...]) -> set[tuple[object, ...]]:
    return {(row.series, row.period, row.scope, row.value, row.step, row.yoy_pct) for row in rows}


@GENTLY
@given(cut=st.integers(0, 400))
def test_a_file_that_ends_early_gives_whole_rows_or_an_error(
    cut: int, tmp_path: Path, dataset: Dataset
) -> None:
    path = csv_of(tmp_path, ALUMINA, BAUXITE)
    whole = said(parcel_of_file(path, dataset).rows)
    path.write_bytes(path.read_bytes()[:cut])
    parcel = read(path, dataset)
    assert parcel is None or said(parcel.rows) <= whole


@GENTLY
@given(noise=st.binary(max_size=3_000), name=st.sampled_from(["a.csv", "a.html", "a"]))
def test_noise_is_an_error(noise: bytes, name: str, tmp_path: Path, dataset: Dataset) -> None:
    path = tmp_path / name
    path.write_bytes(noise)
    assert read(path, dataset) is None


@GENTLY
@given(order=st.permutations(range(15)))
def test_columns_in_another_order_are_an_error(order: list[int], tmp_path: Path, dataset: Dataset) -> None:
    path = csv_of(tmp_path, ALUMINA, BAUXITE)
    whole = said(parcel_of_file(path, dataset).rows)
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(",".join(line[place] for place in order) + "\n" for line in lines))
    parcel = read(path, dataset)
    assert parcel is None or said(parcel.rows) == whole
