"""Files as people save them: the rows of the page, or one sentence that says what to do."""

import quopri
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from bot.dataset.dataset import Dataset
from bot.dataset.load import FIGURES
from bot.errors import DataFileError, SourceError
from bot.sources import Parcel
from bot.sources.markup import LIMIT_BYTES
from bot.supply.parcel import parcel_of_file
from tests.sources.conftest import printed, saved
from tests.tables import tables

from .rows import ALUMINA, csv_of

JULY = saved("bulletin-export-2026-07.html")
ADDRESS = "http://english.customs.gov.cn/Statics/abc.html"
PART = "----MultipartBoundary--abc----"
HEADER, ROW = ",".join(FIGURES), ",".join(ALUMINA.values())

Saved = Callable[[str, bytes], Parcel]


@pytest.fixture
def read(tmp_path: Path, dataset: Dataset) -> Saved:
    def of(name: str, content: bytes) -> Parcel:
        path = tmp_path / name
        path.write_bytes(content)
        return parcel_of_file(path, dataset)

    return of


def archive(page: bytes, encoding: str = "quoted-printable") -> bytes:
    """What Chrome writes as “Webpage, Single File”."""
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{PART}"\r\n\r\n\r\n'
        f"--{PART}\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    frame = f"\r\n--{PART}\r\nContent-Type: text/html\r\n\r\n<html>an advertisement</html>\r\n--{PART}--\r\n"
    return head.encode() + page.replace(b"\n", b"\r\n") + frame.encode()


PAGES = {
    "July.html": JULY,
    "complete.html": f"<!-- saved from url=({len(ADDRESS):04}){ADDRESS} -->\n".encode()
    + JULY.replace(b"<head>", b'<head><link rel=stylesheet href="./July_files/style.css">'),
    "archive.mhtml": archive(quopri.encodestring(JULY)),
    "archive.mht": archive(JULY, "8bit"),
    "marked.html": JULY.decode().encode("utf-16"),
    "bare.html": JULY.decode().encode("utf-16-le"),
    "big.html": JULY.decode().encode("utf-16-be"),
    "chinese.html": JULY.decode().encode("gb18030"),
    "page.txt": JULY,
}


def test_a_page_gives_its_rows_and_keeps_its_address_however_it_was_saved(read: Saved) -> None:
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
def test_a_csv_as_programs_write_it_gives_its_rows(content: bytes, read: Saved) -> None:
    for name in ("new.csv", "NEW.CSV", "figures"):
        assert [row.value for row in read(name, content).rows] == [210_000]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.html", b"", "it is empty; save the page in a browser"),
        ("a.csv", b" \r\n", "it is empty; save the sheet"),
        ("a.xlsx", b"PK\x03\x04\x14\0", "it is a workbook or an archive; save the sheet as “CSV UTF-8"),
        ("a.csv", b"PK\x03\x04\x14\0", "it is a workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "it is an old workbook"),
        ("a.pdf", b"%PDF-1.7\n", "it is a PDF; save the page in a browser"),
        ("a.webarchive", b"bplist00\xd1", "Safari"),
        ("a.bin", b"\x00\x01\x02" * 400, "it is not text; save the page"),
        ("a.csv", f"{HEADER}\n{ROW}\n".encode("utf-16"), "it is text in UTF-16; save the sheet"),
        ("a.csv", f"{HEADER}\n{ROW},3\n".replace(",", ";").encode(), "not parted by commas; save the sheet"),
        ("a.csv", f"\ufeff{HEADER}\n{ROW}\n".replace(",", "\t").encode(), "not parted by commas"),
        ("a.mhtml", archive(b"<html><body>Welcome</body></html>", "8bit"), "no title such as"),
        ("a.mhtml", archive(JULY).replace(b"text/html", b"image/png"), "an archive without a page"),
        ("a.html", b" " * (LIMIT_BYTES + 1), "larger than 20 MB"),
    ],
)
def test_what_is_no_page_nor_csv_is_one_sentence(name: str, content: bytes, said: str, read: Saved) -> None:
    with pytest.raises(SourceError) as refused:
        read(name, content)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"{name}: ")
    assert str(refused.value).count("\n") == 0


def test_a_folder_and_a_file_that_is_not_there_say_so(tmp_path: Path, dataset: Dataset) -> None:
    with pytest.raises(SourceError, match="it is a folder; give the page that was saved beside it"):
        parcel_of_file(tmp_path, dataset)
    with pytest.raises(SourceError, match="there is no such file"):
        parcel_of_file(tmp_path / "July.html", dataset)


@pytest.mark.parametrize(("changed", "said"), tables("supply/cases.yaml")["rows"])
def test_a_row_from_the_future_or_too_long_refuses_its_file(
    changed: dict[str, str], said: str | None, dataset: Dataset, tmp_path: Path
) -> None:
    path = csv_of(tmp_path, ALUMINA, ALUMINA | {"period": "2026-07"} | changed)
    with pytest.raises(DataFileError) if said else nullcontext() as refused:
        assert len(parcel_of_file(path, dataset).rows) == 2
    if refused:
        assert refused.value.line == 3
        assert said in str(refused.value)
