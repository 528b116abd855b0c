"""What a file or a page brings: rows and where they were read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.dataset.dataset import Dataset
from bot.dataset.load import load_rows
from bot.dataset.model import Row, Source
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


def parcel_of_file(path: Path, dataset: Dataset) -> Parcel:
    """A CSV in the dataset's columns, or a saved page; a DataFileError or SourceError where it is neither."""
    content = content_of(path)
    if is_csv(path, content):
        rows = tuple(load_rows(path, dataset.catalogue, dataset.record.sources, dataset.today))
        return Parcel(path.name, rows, {row.source: dataset.source(row.source) for row in rows})
    page = page_of(content, path.name)
    return parcel_of_page(read_page(page, path.name, dataset.catalogue, dataset, dataset.today))
