"""Files as people save them: the rows of the page, or one sentence that says what to do."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest

from bot.dataset.load import FIGURES
from bot.errors import DataFileError, SourceError
from bot.sources import Parcel
from bot.sources.markup import LIMIT_BYTES
from bot.supply.take import parcel_of_file
from tests.sources.conftest import printed, saved
from tests.supply.conftest import ALUMINA, csv_of
from tests.tables import tables

JULY = saved("bulletin-export-2026-07.html")
ADDRESS = "http://english.customs.gov.cn/Statics/abc.html"
NEITHER = "neither a page in HTML nor a CSV with commas"
HEADER, ROW = ",".join(FIGURES), ",".join(ALUMINA.values())

Saved = Callable[[str, bytes], Parcel]


@pytest.fixture
def read(tmp_path, dataset):
    def of(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return parcel_of_file(path, dataset)

    return of


PAGES = {
    "July.html": JULY,
    "complete.html": f"<!-- saved from url=({len(ADDRESS):04}){ADDRESS} -->\n".encode()
    + JULY.replace(b"<head>", b'<head><link rel=stylesheet href="./July_files/style.css">'),
    "chinese.html": JULY.decode().encode("gb18030"),
    "page.txt": JULY,
}


def test_a_page_gives_its_rows_and_keeps_its_address_however_it_was_saved(read):
    plain = {printed(row) for row in read("plain.html", JULY).rows}
    assert len(plain) == 8
    for name, content in PAGES.items():
        parcel = read(name, content)
        assert {printed(row) for row in parcel.rows} == plain, name
        (source,) = parcel.sources.values()
        assert source.url == (ADDRESS if ADDRESS.encode() in content else ""), name


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\r\n{ROW}\r\n".encode("utf-8-sig"),
        "".join('"' + line.replace(",", '","') + '"\n' for line in (HEADER, ROW)).encode(),
        f"{HEADER}\n{ROW}".encode(),
    ],
)
def test_a_csv_as_programs_write_it_gives_its_rows(content, read):
    for name in ("new.csv", "NEW.CSV", "figures"):
        assert [row.value for row in read(name, content).rows] == [210_000]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.html", b"", NEITHER),
        ("a.xlsx", b"PK\x03\x04\x14\0", NEITHER),
        ("a.pdf", b"%PDF-1.7\n", NEITHER),
        ("a.webarchive", b"bplist00\xd1", NEITHER),
        ("a.mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + JULY, NEITHER),
        ("a.html", JULY.decode().encode("utf-16-le"), "it is not text"),
        ("a.html", b" " * (LIMIT_BYTES + 1), "larger than 20 MB"),
    ],
)
def test_what_is_no_page_nor_csv_is_one_sentence(name, content, said, read):
    with pytest.raises(SourceError) as refused:
        read(name, content)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"{name}: ")
    assert str(refused.value).count("\n") == 0


@pytest.mark.parametrize(
    ("content", "column"),
    [
        (b" \r\n", "(header)"),
        (b"PK\x03\x04\x14\0", "(header)"),
        (f"{HEADER}\n{ROW}\n".encode("utf-16"), "(file)"),
        (f"{HEADER}\n{ROW}\n".replace(",", ";").encode(), "(header)"),
        (f"\ufeff{HEADER}\n{ROW}\n".replace(",", "\t").encode(), "(header)"),
    ],
)
def test_a_csv_of_another_form_is_named_by_its_place(content, column, read):
    with pytest.raises(DataFileError) as refused:
        read("new.csv", content)
    assert (refused.value.line, refused.value.column) == (1, column)


def test_a_file_that_is_not_there_says_so(tmp_path, dataset):
    for path in (tmp_path, tmp_path / "July.html"):
        with pytest.raises(SourceError, match="there is no such file"):
            parcel_of_file(path, dataset)


@pytest.mark.parametrize(("changed", "said"), tables("supply/cases.yaml")["rows"])
def test_a_row_from_the_future_or_too_long_refuses_its_file(changed, said, dataset, tmp_path):
    path = csv_of(tmp_path, ALUMINA, ALUMINA | {"period": "2026-07"} | changed)
    with pytest.raises(DataFileError) if said else nullcontext() as refused:
        assert len(parcel_of_file(path, dataset).rows) == 2
    if refused:
        assert refused.value.line == 3
        assert said in str(refused.value)
