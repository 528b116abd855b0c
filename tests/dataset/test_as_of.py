"""The record as it stood on a day: what comes out or is read later is not known before."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.dataset.calendar import Month, Period
from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Record
from bot.dataset.load import load_record
from bot.dataset.model import Series, Source
from bot.dataset.releases import ReleaseCalendar
from tests.dataset.rows import by_period, row
from tests.looped import looped

JULY = Period.month(Month(2026, 7))
ALUMINA = Series("alumina", "export")


def test_another_day_shows_what_has_come_since(record: Record) -> None:
    early = record.as_of(date(2026, 8, 5))
    assert early.figure(ALUMINA, JULY) is None
    assert early.on(date(2026, 8, 25)).figure(ALUMINA, JULY) is not None


def test_a_day_without_news_has_the_same_figures_derived_once(record: Record) -> None:
    first, next_day = record.as_of(date(2026, 11, 2)), record.as_of(date(2026, 11, 3))
    assert next_day.lines is first.lines
    assert next_day.today == date(2026, 11, 3)
    told = [
        each.record.as_of(each.today, first=True).figure(ALUMINA, JULY)
        for each in (first, first, first.on(next_day.today))
    ]
    assert told[0]
    assert all(each is told[0] for each in told)


def test_a_day_gone_by_is_as_if_nothing_had_come_since(record: Record) -> None:
    then = record.as_of(date(2025, 5, 3))
    alone = replace(record, rows=[row for row in record.rows if record.calendar.out_since(row) <= then.today])
    for series, lines in alone.as_of(then.today).lines.items():
        for scope, line in lines.items():
            assert by_period(line) == by_period(then.lines[series][scope])


READ = date(2026, 11, 24)
URL = "https://comtradeapi.un.org/public/v1/preview"
OWN = Source("un-comtrade-2026-02", "UN Comtrade", "Monthly", URL, "", READ)
COPY = replace(OWN, id="un-comtrade-copy", via="copy in github.com/somebody")


@looped(
    ("source", "published", "known_from"),
    [
        (OWN, None, READ),
        (OWN, date(2026, 8, 1), date(2026, 8, 1)),  # printed: that decides
        (COPY, None, date(2026, 3, 20)),  # the stage `query` of February
        (replace(OWN, publisher="China Customs"), None, date(2026, 3, 20)),
    ],
)
def test_a_row_is_known_from_the_day_printed_else_from_that_of_its_arrival(
    source: Source, published: date | None, known_from: date, record: Record
) -> None:
    printed = row("2026-02", 1, 1, source=source.id, status="query", published=published)
    (added,) = record.with_rows([printed], {source.id: source}, 1).rows[-1:]
    assert ReleaseCalendar().out_since(added) == known_from
    assert added.published == published  # what publishers print stays theirs


def test_it_stays_so_once_it_was_exported_into_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    source = f"{OWN.id},{OWN.publisher},{OWN.title},{OWN.url},,,{READ}"
    figure = f"2026-02,import,primary_aluminium,Russia,month,quantity,7,1,,HS 760110,query,{OWN.id},,1,"
    for name, line in (("sources.csv", source), ("figures.csv", figure)):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    last = load_record(folder).rows[-1]
    assert (last.arrived, ReleaseCalendar().out_since(last)) == (READ, READ)
