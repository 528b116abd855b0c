"""Hundreds of pages in the site's layouts, with true figures: each gives exactly what it prints."""

from datetime import timedelta
from random import Random

from bot.dataset.dataset import Dataset, Record
from bot.sources.page import read_page

from .laid_out import ADDRESS, page
from .sheets import sheets_of

VARIANTS = 300
DECIDED_AT_LEAST = 0.6  # of the changes: for the others no year before is on record, or both readings fit


def test_a_page_gives_the_figures_that_it_prints_and_no_other(record: Record, dataset: Dataset) -> None:
    printed = taken = 0
    sheets = sheets_of(record)
    for number in range(VARIANTS):
        draw, sheet = Random(number), sheets[number % len(sheets)]
        # In a backfill it is read beside everything on record, its own figures too.
        backfill = sheet.end.year < 2022 or draw.random() < 0.5
        lying = backfill and sheet.has_values and sheet.stage == "bulletin" and draw.random() < 0.5
        known = dataset if backfill else record.as_of(sheet.day - timedelta(days=1))
        found = read_page(page(draw, sheet, lying=lying), "page.html", known)
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
