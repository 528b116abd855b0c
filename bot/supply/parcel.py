"""What a page or a file that somebody saved brings: its rows, or one sentence on how to save it instead."""

import re
from pathlib import Path

from bot.dataset.dataset import Dataset
from bot.dataset.load import load_rows, load_sources
from bot.errors import SourceError
from bot.sources import Parcel
from bot.sources.comtrade import saved_answer
from bot.sources.markup import LIMIT_BYTES
from bot.sources.page import read_page

_CSV = re.compile(rb"(?:\xef\xbb\xbf)?\"?period\"?,")  # how its first column is headed
_NEITHER = (
    "it is neither a page in HTML nor a CSV with commas; in a browser save the page as “Web page, HTML only”,"
    " of a workbook the sheet as “CSV UTF-8 (comma delimited)”"
)


def parcel_of_file(path: Path, dataset: Dataset, sources: Path | None = None) -> Parcel:
    """A saved page or answer, or a CSV with `sources` beyond those known; DataFileError, SourceError."""
    content = _content(path)
    if path.suffix.lower() == ".csv" or _CSV.match(content):
        known = {**(load_sources(sources) if sources else {}), **dataset.record.sources}
        rows = tuple(load_rows(path, dataset.catalogue, known, dataset.today))
        return Parcel(path.name, rows, {row.source: known[row.source] for row in rows})
    begins = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if begins not in (b"{", b"<"):
        raise SourceError(path.name, _NEITHER)
    return (saved_answer if begins == b"{" else read_page)(content, path.name, dataset)


def _content(path: Path) -> bytes:
    """What a file of a bearable size holds; a SourceError for anything else, read no further."""
    try:
        if not path.is_file():
            raise SourceError(path.name, "there is no such file")
        if path.stat().st_size > LIMIT_BYTES:
            raise SourceError(path.name, f"it is larger than {LIMIT_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path.name, f"it cannot be read ({error.strerror})") from error
