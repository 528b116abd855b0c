"""What a file or a page brings: rows and where they were read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.dataset.dataset import Dataset
from bot.dataset.load import load_rows
from bot.dataset.model import Row, Source
from bot.errors import SourceError
from bot.sources.markup import LIMIT_BYTES
from bot.sources.page import Page, read_page

CSV_BEGINS = (b"period,", b"\xef\xbb\xbfperiod,")


@dataclass(frozen=True, slots=True)
class Parcel:
    """Rows that came together; `notes` say what the reader decided about them."""

    name: str
    rows: tuple[Row, ...]
    sources: Mapping[str, Source]
    notes: tuple[str, ...] = ()


def parcel_of_page(page: Page) -> Parcel:
    """A page's rows."""
    return Parcel(page.source.title, page.rows, {page.source.id: page.source}, page.notes)


def parcel_of_file(path: Path, dataset: Dataset) -> Parcel:
    """A CSV in the dataset's columns, or a saved page; a DataFileError or SourceError where it is neither."""
    content = _content(path)
    if path.suffix.lower() == ".csv" or content.startswith(CSV_BEGINS):
        rows = load_rows(path, dataset.catalogue, dataset.record.sources, dataset.today)
        return Parcel(path.name, rows, {row.source: dataset.source(row.source) for row in rows})
    return parcel_of_page(read_page(content, path.name, dataset.catalogue, dataset, dataset.today))


def _content(path: Path) -> bytes:
    """The file, read only where it is a file of a bearable size."""
    try:
        if not path.is_file():
            raise SourceError(path.name, "it is not there, or is no file")
        if path.stat().st_size > LIMIT_BYTES:
            raise SourceError(path.name, f"it is larger than {LIMIT_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path.name, f"it cannot be read ({error.strerror})") from error
