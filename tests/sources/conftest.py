"""The fixture pages, and reading them with what was on record the day before they came out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sources import Parcel
from bot.sources.markup import document, naming
from bot.sources.page import read_page
from bot.sources.titles import published_on

PAGES = Path(__file__).parent / "pages"

Reader = Callable[[bytes | str], Parcel]


def saved(name):
    """A fixture page."""
    return (PAGES / name).read_bytes()


JULY = saved("bulletin-export-2026-07.html").decode()
FLASH = saved("flash-export-2026-05.html").decode()
TABLE = JULY[JULY.index("<table border") : JULY.rindex("</table>") + len("</table>")]


def swapped(text, *pairs):
    """The text with each first of a pair replaced by the second; it has to be there."""
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def printed(row):
    """What a row says, without where it was read."""
    return (row.series, row.period, row.scope, row.value, row.step, row.yoy_pct, row.status)


def printed_rows(page):
    return {printed(row) for row in page.rows}


@pytest.fixture(scope="session")
def nothing(record, dataset):
    """The catalogue without a single figure."""
    return replace(record, rows=(), _newest=[]).as_of(dataset.today)


@pytest.fixture(scope="session")
def reader(record, dataset):
    """Reads a page against the record of the day before its own date."""

    def read(content):
        raw = content.encode() if isinstance(content, str) else content
        with naming("page.html"):
            day = published_on(document(raw))
        return read_page(raw, "page.html", record.as_of(day - timedelta(days=1)) if day else dataset)

    return read
