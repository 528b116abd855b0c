"""The fixture pages, and reading them with what was on record the day before they came out."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.dataset.dataset import Dataset, Record
from bot.dataset.model import Row
from bot.sources.markup import document
from bot.sources.page import Page, read_page
from bot.sources.titles import published_on

TODAY = date(2026, 11, 24)  # for what is read without a record
PAGES = Path(__file__).parent / "pages"

Reader = Callable[[bytes | str], Page]


def saved(name: str) -> bytes:
    """A fixture page."""
    return (PAGES / name).read_bytes()


def printed(row: Row) -> tuple[object, ...]:
    """What a row says, without where it was read."""
    return (row.series, row.period, row.scope, row.value, row.step, row.yoy_pct, row.status)


@pytest.fixture(scope="session")
def reader(record: Record, dataset: Dataset) -> Reader:
    """Reads a page against the record of the day before its own date."""

    def read(content: bytes | str) -> Page:
        raw = content.encode() if isinstance(content, str) else content
        day = published_on(document(raw, "page.html"))
        known = record.as_of(day - timedelta(days=1)) if day else dataset
        return read_page(raw, "page.html", record.catalogue, known)

    return read
