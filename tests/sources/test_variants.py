"""Hundreds of pages and lists in the site's layouts, with true figures: each gives exactly what it prints."""

from datetime import timedelta
from random import Random

import pytest

from bot.dataset.dataset import Dataset, Record
from bot.errors import SourceError
from bot.sources.index import links_of
from bot.sources.page import Page, read_page
from bot.supply.parcel import unarchived
from tests.looped import looped

from .lists import address_of, listed
from .skins import ADDRESS, archived, page
from .truth import Sheet, bulletins, flashes

SHEETS = (*bulletins(), *flashes())
VARIANTS = 300
NEW = 2026  # the year whose list has none in its address
DECIDED_AT_LEAST = 0.6  # of the changes: for the others no year before is on record, or both readings fit


def variant(number: int) -> tuple[Sheet, bytes, bool]:
    """A page, and whether it is read in a backfill: beside everything on record, its own figures too."""
    draw = Random(number)
    sheet = SHEETS[number % len(SHEETS)]
    backfill = sheet.end.year < 2022 or draw.random() < 0.5
    values = any(row.series.measure == "value" for _, row in sheet.rows)
    content = page(
        draw, sheet, lying=backfill and values and sheet.stage == "bulletin" and draw.random() < 0.5
    )
    alone = draw.random() < 0.9 or b"\0" in content  # no browser archives a page in UTF-16
    return sheet, content if alone else archived(content), backfill


def read(number: int, record: Record, dataset: Dataset) -> tuple[Sheet, Page]:
    sheet, content, backfill = variant(number)
    known = dataset if backfill else record.as_of(sheet.day - timedelta(days=1))
    return sheet, read_page(unarchived(content, "page.html"), "page.html", known)


def test_a_page_gives_the_figures_that_it_prints_and_no_other(record: Record, dataset: Dataset) -> None:
    printed = taken = 0
    for number in range(VARIANTS):
        sheet, found = read(number, record, dataset)
        levels = {
            (row.series, row.period, row.scope, row.value, row.step, row.status)
            for row in found.rows
            if row.value is not None
        }
        changes = {(row.series, row.period, row.yoy_pct) for row in found.rows if row.yoy_pct is not None}
        assert levels == sheet.levels(), number
        assert changes <= sheet.changes(), number
        assert (found.period, {row.published for row in found.rows}) == (sheet.end, {sheet.day}), number
        assert found.source.url in ("", ADDRESS), number
        printed, taken = printed + len(sheet.changes()), taken + len(changes)
    assert taken >= DECIDED_AT_LEAST * printed


@looped("stage", ["bulletin", "flash"])
@looped("year", range(2018, NEW + 1))
@looped("out", [0, 1, 5, 12])
def test_a_list_gives_the_pages_of_our_tables_and_no_other(stage: str, year: int, out: int) -> None:
    address = address_of(stage, year, NEW)  # type: ignore[arg-type]
    known = None if year == NEW else year
    content, links = listed(Random(f"{stage} {year} {out}"), stage, address, known, out)  # type: ignore[arg-type]
    assert set(links_of(content, address)) == links


# What is done to a page, and whether anything is left to be told of it.
DAMAGES = {
    "no title": (b"Quantity and Value", b"Volume and Worth"),
    "another table": (b"Commodities", b"Countries"),
    "no quantities": (b"Quantity", b"Weight"),
    "no units": (b"Unit", b"Rank"),
    "no values": (b"Value", b"Price"),
    "unknown changes": (b"Percentage", b"Ranked"),
    "no table": (b"<table", b"<list"),
    "no rows": (b"<tr", b"<row"),
    "no cells": (b"<td", b"<cell"),
    "no aluminium": (b"lumin", b"rgentin"),
}


@looped("damage", DAMAGES)
@looped("number", range(6))
def test_an_unknown_layout_is_one_error_with_the_page_and_what_is_missing(
    damage: str, number: int, dataset: Dataset
) -> None:
    sheet = bulletins()[number * 17 % len(bulletins())]
    content = page(Random(number), sheet).decode("utf-8", "replace").replace("\0", "").encode()
    old, new = DAMAGES[damage]
    damaged = content.replace(old, new).replace(old.upper(), new)
    with pytest.raises(SourceError) as refused:
        read_page(damaged, "page.html", dataset)
    assert str(refused.value).startswith("page.html: ")
    assert str(refused.value).endswith(". Nothing was taken from it.")
    assert len(refused.value.missing) > 10
