"""`alumina data ...` as it is typed: what it says, what it leaves behind, and its exit status."""

import os
import shutil

import pytest

from bot.dataset.data_files import data_folder
from tests.commandline import alumina
from tests.sources.conftest import PAGES
from tests.supply.conftest import ALUMINA, SLIP

ENV = {"ALUMINA_TODAY": "2026-11-24"}


@pytest.fixture
def here(tmp_path):
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


async def run(here, *words, env=ENV):
    return await alumina(*map(str, words), env=env, folder=here)


async def test_a_dry_run_shows_the_difference_and_leaves_nothing(here):
    page = PAGES / "bulletin-import-2026-07.html"
    shown = await run(here, "data", "import", page, "--dry-run")
    assert shown.status == 0
    assert "Monthly bulletin, major import commodities in quantity and value, July 2026" in shown.out
    assert "0 held" in shown.out
    assert shown.out.endswith("Nothing was changed.\n")
    assert os.listdir(here) == []


async def test_a_file_is_taken_in_with_its_sources_reviewed_and_exported(here, csv):
    # figures.csv: the most since August 2023 were 520,000 t, in April 2026: 560,000 t are unusual.
    path, sources = csv(ALUMINA | {"value": "560000", "source": "a-page"}, SLIP), here / "sources.csv"
    header = "id,publisher,title,url,copy_url,via,retrieved"
    sources.write_text(f"{header}\na-page,China Customs,A page,https://example.org/a,,,2026-10-20\n", "utf-8")
    unknown = await run(here, "data", "import", path)
    assert (unknown.status, "new.csv, line 2, column source" in unknown.err) == (65, True)
    taken = await run(here, "data", "import", path, "--sources", sources)
    assert "held     Bauxite imports, August 2026: 1.76 Mt (bulletin): it does not fit" in taken.out
    assert "new      Alumina exports, August 2026: 560 kt (bulletin)" in taken.out
    assert taken.out.endswith("\n1 new; 1 held, 0 known errors left out, 0 known already.\n")
    for question in ("alumina exports august 2026", "alumina exports ytd august 2026"):  # derived from it
        asked = await run(here, "ask", question)
        assert "August 2026 was unusual when it came in" in " ".join(asked.out.split())

    number = (await run(here, "data", "review")).out.split()[0]
    assert (await run(here, "data", "review", "--reject", number)).status == 2
    assert (await run(here, "data", "review", "--reject", number, "--reason", "a tenth")).status == 0
    assert (await run(here, "data", "review")).out == "Nothing is held.\n"
    assert (await run(here, "ask", "bauxite imports august 2026")).status == 1

    later = ALUMINA | {"value": "540000", "published": "2026-10-18"}
    changed = await run(here, "data", "import", csv(later))
    assert "changed  Alumina exports, August 2026: 540 kt (bulletin), was 560 kt" in changed.out
    said = "1 new, 1 of them in place of another number; 0 held, 0 known errors left out, 0 known already."
    assert changed.out.splitlines()[-1] == said

    exported = await run(here, "data", "export")
    own = (data_folder() / "figures.csv").read_text(encoding="utf-8")
    assert exported.out.startswith(own)
    assert ",".join(later.values()) in exported.out
    assert "a-page,China Customs,A page" in (await run(here, "data", "export", "--sources")).out


async def test_an_undecided_or_unknown_decision_is_wrong_usage(here):
    both = ("--accept", "1", "--reject", "2", "--reason", "x")
    for words in (both, ("--reject", "99", "--reason", "none")):
        assert (await run(here, "data", "review", *words)).status == 2


async def test_the_check_finds_what_is_wrong_in_a_data_folder_and_the_rest_is_served(here):
    shipped = await run(here, "data", "check")
    assert (shipped.status, shipped.out) == (0, "1320 rows and 253 sources: all as they should be.\n")
    folder = here / "data"
    shutil.copytree(data_folder(), folder)
    text = (folder / "figures.csv").read_text(encoding="utf-8")
    june = "2026-06,import,bauxite,,month,quantity,"
    value = text.split(june)[1].split(",")[0]
    april = "2026-04,export,alumina,,month,quantity,520000,10000,96.6,HS 28182000,bulletin,"
    moved = text.replace(f"{june}{value},", f"{june}{value}0,")
    moved = moved.replace(april, april.replace("bulletin", "final"))
    (folder / "figures.csv").write_text(moved, encoding="utf-8")
    environment = ENV | {"ALUMINA_DATA": str(folder)}
    found = await run(here, "data", "check", env=environment)
    assert (found.status, len(found.out.splitlines())) == (65, 2)
    for said in (
        "Bauxite imports, June 2026",
        "it does not fit",
        "column status: 'final' is not one of (blank), estimated, flash",
        "this row alone is left out",
    ):
        assert said in found.out
    assert "280 kt" in (await run(here, "ask", "alumina exports may 2026", env=environment)).out
    assert (await run(here, "doctor", env=environment)).out.count("column status: 'final'") == 1
    entry = (folder / "corrections.toml").read_text(encoding="utf-8").replace("1_620_000", "1_630_000")
    (folder / "corrections.toml").write_text(entry, encoding="utf-8")
    unmatched = await run(here, "data", "check", env=environment)  # a correction that corrects nothing
    assert unmatched.status == 65
    assert "corrections.toml" in unmatched.err
    assert "1630000" in unmatched.err


async def test_coverage_names_every_series_and_what_it_has(here):
    shown = (await run(here, "data", "coverage")).out
    heads = {line.index("J F M A M J") for line in shown.splitlines() if "J F M A M J" in line}
    assert len(heads) == 1  # the months stand below one another, and none runs into a name
    # figures.csv prints each month of 2026 to July by the bulletin.
    exports = shown.split("Alumina exports ")[1].split("\n\n")[0].splitlines()[-1]
    assert exports.split() == ["2026", "B", "B", "B", "B", "B", "B", "B", ".", ".", "."]
    assert "Primary aluminium exports  J F" in shown
    # 92 months are those from January 2019 to August 2026.
    assert "Alumina imports, HS 2818: 11 printed, 24 estimated, 57 missing of 92 months" in shown
    one = await run(here, "data", "coverage", "--series", "bauxite", "--partners")
    assert "Bauxite imports from Guinea, HS 2606: 91 printed, 1 missing" in one.out
    assert "Alumina" not in one.out
    assert (await run(here, "data", "coverage", "--series", "copper")).status == 2
