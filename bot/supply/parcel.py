"""What a page or a file that somebody saved brings: its rows, or one sentence on how to save it instead."""

import re
from email import message_from_bytes
from pathlib import Path

from bot.dataset.dataset import Dataset
from bot.dataset.load import load_rows, load_sources
from bot.errors import SourceError
from bot.sources import Parcel
from bot.sources.comtrade import saved_answer
from bot.sources.markup import LIMIT_BYTES
from bot.sources.page import read_page

AS_PAGE = "save the page in a browser as “Web page, HTML only”"
AS_CSV = "save the sheet as “CSV UTF-8 (comma delimited)”, its numbers with decimal points"
# What files of other kinds begin with, and what they are.
_OTHERS = {
    b"PK\x03\x04": f"it is a workbook or an archive; {AS_CSV}",
    b"\xd0\xcf\x11\xe0": f"it is an old workbook; {AS_CSV}",
    b"%PDF": f"it is a PDF; {AS_PAGE}",
    b"bplist": f"it is a web archive of Safari; {AS_PAGE}, there called “Page Source”",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_FIRST_COLUMN = re.compile(rb"(?:\xef\xbb\xbf)?\"?period\"?([,;\t|])")  # and what parts it from the next
_ARCHIVE = re.compile(rb"^(?:from|mime-version|subject|date|snapshot-content-location)\s*:", re.IGNORECASE)


def parcel_of_file(path: Path, dataset: Dataset, sources: Path | None = None) -> Parcel:
    """A saved page or answer, or a CSV with `sources` beyond those known; DataFileError, SourceError."""
    content, named_csv = _content(path), path.suffix.lower() == ".csv"
    separator = _FIRST_COLUMN.match(content)
    _check(content, path.name, separator[1] if separator else b",", csv=named_csv)
    if named_csv or (separator and separator[1] == b","):
        known = {**(load_sources(sources) if sources else {}), **dataset.record.sources}
        rows = tuple(load_rows(path, dataset.catalogue, known, dataset.today))
        return Parcel(path.name, rows, {row.source: known[row.source] for row in rows})
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return saved_answer(content, path.name, dataset)
    return read_page(unarchived(content, path.name), path.name, dataset)


def _content(path: Path) -> bytes:
    """What a file of a bearable size holds; a SourceError for anything else, read no further."""
    try:
        if path.is_dir():
            said = "it is a folder; give the page that was saved beside it (.html), or a CSV"
            raise SourceError(path.name, said)
        if not path.is_file():
            raise SourceError(path.name, "there is no such file")
        if path.stat().st_size > LIMIT_BYTES:
            raise SourceError(path.name, f"it is larger than {LIMIT_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path.name, f"it cannot be read ({error.strerror})") from error


def _check(content: bytes, name: str, separator: bytes, *, csv: bool) -> None:
    """A SourceError that says what to save instead, where it is neither a page nor a CSV with commas."""
    instead = AS_CSV if csv else AS_PAGE
    amiss = {
        f"it is empty; {instead}": not content.strip(),
        **{said: content.startswith(begins) for begins, said in _OTHERS.items()},
        f"it is text in UTF-16; {instead}": csv and content.startswith(_UTF16[:2]),
        f"it is not text; {instead}": b"\0" in content and not content.startswith(_UTF16),
        f"its cells are not parted by commas; {instead}": csv and separator != b",",
    }
    if told := next((said for said, is_so in amiss.items() if is_so), None):
        raise SourceError(name, told)


def unarchived(content: bytes, name: str) -> bytes:
    """The page itself: out of a browser's archive (.mhtml), with its address, else as it is."""
    if not (_ARCHIVE.match(content) and b"multipart/related" in content[:4096].lower()):
        return content
    try:
        archive = message_from_bytes(content)
        pages = [part for part in archive.walk() if part.get_content_type() == "text/html"]
    except RecursionError as error:
        raise SourceError(name, f"its parts are too deep in one another; {AS_PAGE}") from error
    if not pages:
        raise SourceError(name, f"it is an archive without a page; {AS_PAGE}")
    # As browsers write the address into a page that they save alone.
    address = str(archive.get("Snapshot-Content-Location", "")).strip()
    saved_from = f"<!-- saved from url=({len(address):04}){address} -->\n".encode("ascii", "ignore")
    return saved_from + bytes(pages[0].get_payload(decode=True) or b"")
