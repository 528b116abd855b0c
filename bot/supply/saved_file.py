"""A file that somebody saved: its bytes, or one sentence on what it is and how to save it instead."""

import re
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from bot.errors import SourceError
from bot.sources.markup import LIMIT_BYTES

AS_PAGE = "save the page in a browser as “Web page, HTML only”"
AS_CSV = "save the sheet as “CSV UTF-8 (comma delimited)”, its numbers with decimal points"
CSV_BEGINS = (b"period,", b'"period",', b"\xef\xbb\xbfperiod,", b'\xef\xbb\xbf"period",')

# What files of other kinds begin with, and what they are.
_OTHERS = {
    b"PK\x03\x04": f"it is a workbook or an archive; {AS_CSV}",
    b"\xd0\xcf\x11\xe0": f"it is an old workbook; {AS_CSV}",
    b"%PDF": f"it is a PDF; {AS_PAGE}",
    b"bplist": f"it is a web archive of Safari; {AS_PAGE}, there called “Page Source”",
}
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16
_ARCHIVE = re.compile(rb"^(?:from|mime-version|subject|date|snapshot-content-location)\s*:", re.IGNORECASE)
_RELATED = b"multipart/related"


def content_of(path: Path) -> bytes:
    """What a readable file of a bearable size holds; a SourceError for anything else, read no further."""
    try:
        if path.is_dir():
            said = "it is a folder; give the page that was saved beside it (.html), or a CSV"
            raise SourceError(path.name, said)
        if not path.is_file():
            raise SourceError(path.name, "there is no such file")
        if path.stat().st_size > LIMIT_BYTES:
            raise SourceError(path.name, f"it is larger than {LIMIT_BYTES // 1_000_000} MB")
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(path.name, f"it cannot be read ({error.strerror})") from error
    _check(content, path.name, csv=path.suffix.lower() == ".csv")
    return content


def is_csv(path: Path, content: bytes) -> bool:
    """Whether it is a file in the dataset's columns, by its name or by how it begins."""
    return path.suffix.lower() == ".csv" or content.startswith(CSV_BEGINS)


def _check(content: bytes, name: str, *, csv: bool) -> None:
    if not content.strip():
        raise SourceError(name, f"it is empty; {AS_CSV if csv else AS_PAGE}")
    for begins, said in _OTHERS.items():
        if content.startswith(begins):
            raise SourceError(name, said)
    if csv and content.startswith(_MARKS):
        raise SourceError(name, f"it is text in UTF-16; {AS_CSV}")
    if b"\0" in content and not content.startswith((*_MARKS, b"<\0", b"\0<")):
        raise SourceError(name, f"it is not text; {AS_CSV if csv else AS_PAGE}")
    if csv and _separator(content) not in (None, b","):
        raise SourceError(name, f"its cells are not parted by commas; {AS_CSV}")


def _separator(content: bytes) -> bytes | None:
    """What stands behind the name of the first column."""
    match = re.match(rb"(?:\xef\xbb\xbf)?\"?period\"?([,;\t|])", content)
    return match[1] if match else None


def page_of(content: bytes, name: str) -> bytes:
    """The page itself: out of a browser's archive (.mhtml), with its address, else as it is."""
    if not (_ARCHIVE.match(content) and _RELATED in content[:4096].lower()):
        return content
    try:
        archive = message_from_bytes(content)
        parts = [part for part in archive.walk() if part.get_content_type() == "text/html"]
    except RecursionError as error:
        raise SourceError(name, f"its parts are too deep in one another; {AS_PAGE}") from error
    if not parts:
        raise SourceError(name, f"it is an archive without a page; {AS_PAGE}")
    return _saved_from(archive) + bytes(parts[0].get_payload(decode=True) or b"")


def _saved_from(archive: Message) -> bytes:
    """The address, as browsers write it into a page that they save alone."""
    address = str(archive.get("Snapshot-Content-Location", "")).strip()
    return f"<!-- saved from url=({len(address):04}){address} -->\n".encode("ascii", "ignore")
