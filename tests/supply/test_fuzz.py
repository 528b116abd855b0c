"""Files that were damaged on their way: an error, or the rows as they were meant, and never others."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import DataFileError, SourceError
from bot.supply.take import parcel_of_file
from tests.supply.conftest import ALUMINA, BAUXITE, csv_of

GENTLY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path, dataset):
    try:
        return parcel_of_file(path, dataset).rows
    except (DataFileError, SourceError):
        return None


@GENTLY
@given(cut=st.integers(0, 400), order=st.permutations(range(15)))
def test_a_file_cut_or_with_columns_in_another_order_gives_its_rows_or_an_error(
    cut, order, tmp_path, dataset
):
    path = csv_of(tmp_path, ALUMINA, BAUXITE)
    text, whole = path.read_text(encoding="utf-8"), set(parcel_of_file(path, dataset).rows)
    turned = (",".join(line.split(",")[place] for place in order) + "\n" for line in text.splitlines())
    for damaged in (text[:cut], "".join(turned)):
        path.write_text(damaged, encoding="utf-8")
        assert set(read(path, dataset) or ()) <= whole


@GENTLY
@given(noise=st.binary(max_size=3_000), name=st.sampled_from(["a.csv", "a.html", "a"]))
def test_noise_is_an_error(noise, name, tmp_path, dataset):
    (tmp_path / name).write_bytes(noise)
    assert read(tmp_path / name, dataset) is None
