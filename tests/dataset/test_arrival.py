"""UN Comtrade's months come late and print no day: they are known from the day they were read."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Record
from bot.dataset.load import load_record
from bot.dataset.model import Source
from bot.dataset.releases import ReleaseCalendar
from tests.dataset.rows import row
from tests.looped import looped

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
