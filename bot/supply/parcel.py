"""What a file or a page brings: rows and where they were read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.dataset.dataset import Dataset
from bot.dataset.load import load_rows, load_sources
from bot.dataset.model import Row, Source
from bot.sources.comtrade import pages_of
from bot.sources.page import Page, read_page
from bot.supply.saved_file import content_of, is_csv, page_of


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


def parcel_of_pages(name: str, pages: Sequence[Page]) -> Parcel:
    """The rows of several pages that came in one file."""
    rows = tuple(row for page in pages for row in page.rows)
    notes = tuple(dict.fromkeys(note for page in pages for note in page.notes))
    return Parcel(name, rows, {page.source.id: page.source for page in pages}, notes)


def parcel_of_file(path: Path, dataset: Dataset, sources: Path | None = None) -> Parcel:
    """A CSV in the dataset's columns, a saved page, or a saved answer of UN Comtrade.

    `sources` is a file in the columns of sources.csv with what the CSV names beyond those on record. A
    DataFileError or SourceError where the file is none of these.
    """
    content = content_of(path)
    if is_csv(path, content):
        known = {**(load_sources(sources) if sources else {}), **dataset.record.sources}
        rows = tuple(load_rows(path, dataset.catalogue, known, dataset.today))
        return Parcel(path.name, rows, {row.source: known[row.source] for row in rows})
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return parcel_of_pages(path.name, pages_of(content, path.name, dataset.catalogue, dataset.today))
    page = page_of(content, path.name)
    return parcel_of_page(read_page(page, path.name, dataset.catalogue, dataset, dataset.today))
