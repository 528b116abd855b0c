"""`alumina data ...` as it is typed: what it says, what it leaves behind, and its exit status."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.dataset.folder import data_folder
from tests.commandline import Run, alumina
from tests.sources.conftest import PAGES

from .conftest import WriteCsv
from .rows import ALUMINA, SLIP

ENV = {"ALUMINA_TODAY": "2026-11-24"}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


async def run(here: Path, *words: object, env: Mapping[str, str] = ENV) -> Run:
    return await alumina(*map(str, words), env=env, folder=here)


async def test_a_dry_run_shows_the_difference_and_leaves_nothing(here: Path) -> None:
    page = PAGES / "bulletin-import-2026-07.html"
    shown = await run(here, "data", "import", page, "--dry-run")
    assert shown.status == 0
    assert "Monthly bulletin, major import commodities in quantity and value, July 2026" in shown.out
    assert "0 held" in shown.out
    assert shown.out.endswith("Nothing was changed.\n")
    assert os.listdir(here) == []


async def test_an_answer_says_which_of_its_numbers_came_in_as_unusual(here: Path, csv: WriteCsv) -> None:
    # figures.csv: the most since August 2023 were 520,000 t, in April 2026.
    await run(here, "data", "import", csv(ALUMINA | {"value": "560000"}))
    note = "August 2026 was unusual when it came in"
    asked = await run(here, "ask", "alumina exports august 2026")
    assert note in " ".join(asked.out.split())
    total = await run(here, "ask", "alumina exports ytd august 2026")  # derived from it
    assert note in " ".join(total.out.split())
    assert "Unusual" not in (await run(here, "ask", "alumina exports july 2026")).out


async def test_a_file_is_taken_in_reviewed_and_exported(here: Path, csv: WriteCsv) -> None:
    path = csv(ALUMINA, SLIP)
    taken = await run(here, "data", "import", path)
    assert "held     Bauxite imports, August 2026: 1.76 Mt (bulletin): 10 times too little" in taken.out
    assert "new      Alumina exports, August 2026: 210 kt (bulletin)" in taken.out
    assert taken.out.endswith("\n1 new; 1 held, 0 known errors left out, 0 known already.\n")
    asked = await run(here, "ask", "alumina exports august 2026")
    assert (asked.status, "210 kt" in asked.out) == (0, True)
    listed = await run(here, "data", "review")
    number = listed.out.split()[0]
    assert (await run(here, "data", "review", "--reject", number)).status == 2
    assert (await run(here, "data", "review", "--reject", "99", "--reason", "none")).status == 2
    assert (await run(here, "data", "review", "--reject", number, "--reason", "a tenth")).status == 0
    assert (await run(here, "data", "review")).out == "Nothing is held.\n"
    assert (await run(here, "ask", "bauxite imports august 2026")).status == 1

    exported = await run(here, "data", "export")
    own = (data_folder() / "figures.csv").read_text(encoding="utf-8")
    assert exported.out == own + ",".join(ALUMINA.values()) + "\n"
    assert (await run(here, "data", "export", "--sources")).out == (data_folder() / "sources.csv").read_text(
        encoding="utf-8"
    )


async def test_a_number_in_place_of_another_is_counted(here: Path, csv: WriteCsv) -> None:
    await run(here, "data", "import", csv(ALUMINA))
    later = ALUMINA | {"value": "230000", "published": "2026-10-18"}
    taken = await run(here, "data", "import", csv(later))
    assert "changed  Alumina exports, August 2026: 230 kt (bulletin), was 210 kt" in taken.out
    said = "1 new, 1 of them in place of another number; 0 held, 0 known errors left out, 0 known already."
    assert taken.out.splitlines()[-1] == said


async def test_what_cannot_be_read_is_65_and_leaves_nothing(here: Path, csv: WriteCsv) -> None:
    odd = csv(ALUMINA | {"value": "many"})
    wrong = await run(here, "data", "import", odd)
    assert (wrong.status, "new.csv, line 2, column value" in wrong.err) == (65, True)
    assert (await run(here, "data", "import", here / "none.html")).status == 65
    assert "Traceback" not in wrong.err


def packaged(folder: Path) -> str:
    """The packaged files in a folder of their own, and the text of the figures."""
    shutil.copytree(data_folder(), folder)
    return (folder / "figures.csv").read_text(encoding="utf-8")


async def test_the_check_finds_a_slip_in_a_data_folder(here: Path) -> None:
    shipped = await run(here, "data", "check")
    assert (shipped.status, shipped.out) == (0, "1320 rows and 253 sources: all as they should be.\n")
    folder = here / "data"
    text = packaged(folder)
    june = "2026-06,import,bauxite,,month,quantity,"
    value = text.split(june)[1].split(",")[0]
    moved = text.replace(f"{june}{value},", f"{june}{value}0,")
    (folder / "figures.csv").write_text(moved, encoding="utf-8")
    found = await run(here, "data", "check", env=ENV | {"ALUMINA_DATA": str(folder)})
    assert found.status == 65
    assert "Bauxite imports, June 2026" in found.out
    assert "10 times too much" in found.out
    assert len(found.out.splitlines()) == 1


async def test_the_check_names_a_row_of_unknown_status_and_the_others_are_served(here: Path) -> None:
    folder = here / "data"
    text = packaged(folder)
    april = "2026-04,export,alumina,,month,quantity,520000,10000,96.6,HS 28182000,bulletin,"
    (folder / "figures.csv").write_text(text.replace(april, april.replace("bulletin", "final")), "utf-8")
    environment = ENV | {"ALUMINA_DATA": str(folder)}
    found = await run(here, "data", "check", env=environment)
    assert (found.status, len(found.out.splitlines())) == (65, 1)
    assert "column status: 'final' is not one of (blank), estimated, flash" in found.out
    assert "this row alone is left out" in found.out
    assert "280 kt" in (await run(here, "ask", "alumina exports may 2026", env=environment)).out
    assert (await run(here, "doctor", env=environment)).out.count("column status: 'final'") == 1


async def test_a_correction_that_matches_nothing_fails_the_check(here: Path) -> None:
    folder = here / "data"
    shutil.copytree(data_folder(), folder)
    entry = (folder / "corrections.toml").read_text(encoding="utf-8").replace("1_620_000", "1_630_000")
    (folder / "corrections.toml").write_text(entry, encoding="utf-8")
    found = await run(here, "data", "check", env=ENV | {"ALUMINA_DATA": str(folder)})
    assert found.status == 65
    assert "corrections.toml" in found.err
    assert "1630000" in found.err


async def test_coverage_names_every_series_and_what_it_waits_for(here: Path) -> None:
    shown = (await run(here, "data", "coverage")).out
    heads = {line.index("J F M A M J") for line in shown.splitlines() if "J F M A M J" in line}
    assert len(heads) == 1  # the months stand below one another, and none runs into a name
    assert "Primary aluminium exports  J F" in shown
    # releases.csv and README.md: alumina imports, primary and scrap come with the query, months late.
    for name in ("Alumina imports", "Primary aluminium imports", "Aluminium scrap imports"):
        assert f"{name}: waiting for " in shown
    # figures.csv prints each month of 2026 to July by the bulletin.
    exports = shown.split("Alumina exports ")[1].split("\n\n")[0].splitlines()[-1]
    assert exports.split() == ["2026", "B", "B", "B", "B", "B", "B", "B", ".", ".", "."]


async def test_both_decisions_at_once_are_wrong_usage(here: Path) -> None:
    assert (await run(here, "data", "review", "--accept", "1", "--reject", "2", "--reason", "x")).status == 2
    assert (await run(here, "data", "import")).status == 2


async def test_holes_of_the_last_year_are_waited_for_too(here: Path) -> None:
    shown = (await run(here, "data", "coverage")).out
    # figures.csv has primary aluminium to November 2025 and of August 2026, scrap to May 2026, and on 24
    # November 2026 the query by HS code is out to October.
    assert (
        "Primary aluminium imports: waiting for December 2025 to July 2026 and September and October" in shown
    )
    assert "Aluminium scrap imports: waiting for June to October 2026, due from 20 July 2026" in shown
    assert "Alumina imports: waiting for August to October 2026" in shown
    assert shown.count("which UN Comtrade has months later") == 4  # alumina imports, primary both ways, scrap


async def test_a_file_brings_its_own_sources(here: Path, csv: WriteCsv) -> None:
    file = csv(ALUMINA | {"source": "a-page"})
    sources = here / "sources.csv"
    header = "id,publisher,title,url,copy_url,via,retrieved"
    sources.write_text(f"{header}\na-page,China Customs,A page,https://example.org/a,,,2026-10-20\n", "utf-8")
    assert (await run(here, "data", "import", file)).status == 65
    taken = await run(here, "data", "import", file, "--sources", sources)
    assert (taken.status, "1 new" in taken.out) == (0, True)
    assert "a-page,China Customs,A page" in (await run(here, "data", "export", "--sources")).out


async def test_coverage_counts_the_months_on_record(here: Path) -> None:
    # data/figures.csv: 736 months are 92 from January 2019 to August 2026 of eight series.
    whole = await run(here, "data", "coverage")
    assert "of 736 months of 8 series in tonnes" in whole.out
    assert "Alumina imports, HS 2818: 11 printed, 24 estimated, 57 missing of 92 months" in whole.out
    one = await run(here, "data", "coverage", "--series", "bauxite", "--partners")
    assert "Bauxite imports from Guinea, HS 2606: 91 printed, 1 missing" in one.out
    assert "Alumina" not in one.out
    assert (await run(here, "data", "coverage", "--series", "copper")).status == 2
