"""`alumina data new`: a folder that passes the check and answers; and what is said of a wrong one."""

from datetime import date
from pathlib import Path

import pytest

from bot.answers.conversation import converse
from bot.commands.data import check, new_folder
from bot.dataset.load import FIGURES, load_dataset, load_record
from bot.errors import DataFileError, SettingError, UsageError
from bot.messages.render import render
from bot.settings import Settings
from tests.looped import looped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_folder(tmp_path / "mine")
    return tmp_path / "mine"


def test_the_skeleton_passes_the_check_and_answers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(Settings.from_env({"ALUMINA_DATA": str(folder)})) == 0
    assert capsys.readouterr().out.startswith("10 rows and 1 sources")
    dataset = load_dataset(folder, date(2026, 5, 1))
    # As its rows say: 168,000 t, printed with +5.0 %; 168 of 140 are +20 %; 150 + 140 + 168 = 458.
    (answer,) = converse(["copper march"], dataset)
    assert all(part in render(answer).text for part in ("168 kt", "5.0 %", "+20 %", "458 kt"))
    (answer,) = converse(["2026年3月铜出口"], dataset)
    assert "16.8万吨" in render(answer).text


ONE = {
    "dataset.toml": 'title_en = "Ghana\'s cocoa exports"\nreporter_en = "Ghana"\n',
    "commodities.toml": '[cocoa]\nname_en = "Cocoa"\nscopes = ["beans"]\nflows = ["export"]\n',
    "sources.csv": "id,publisher,title,url,copy_url,via,retrieved\nboard,Cocoa Board,Exports,,,,2026-07-20\n",
    "figures.csv": ",".join(FIGURES)
    + "\n2026-02,export,cocoa,,month,quantity,50000,1000,,beans,,board,,1,"
    + "\n2026-03,export,cocoa,,month,quantity,60000,1000,,beans,,board,,1,"
    + "\n2026-03,export,cocoa,Netherlands,month,quantity,21000,1000,,beans,,board,,1,\n",
}
# 60 of 50 are +20 %; 21 of 60 are 35 %. Whose trade it is says no partner, and Chinese takes English names.
OF_ONE = {
    "march": ("Cocoa exports, March 2026: 60 kt", "+20 %"),
    "exports": ("Cocoa exports, March 2026: 60 kt",),
    "ghana cocoa exports february": ("February 2026: 50 kt",),
    "cocoa to the netherlands": ("Cocoa exports to Netherlands, March 2026: 21 kt",),
    "share of the netherlands in cocoa exports march 2026": ("35 %",),
    "cocoa imports": ("only the other flow is on record",),
    "march 2020": ("not on record",),
    "alumina exports": ("“alumina”: this data holds only Ghana's cocoa exports",),
    "2026年3月": ("2026年3月Cocoa出口6.0万吨",),
    "出口到荷兰": ("2.1万吨",),
}


@pytest.fixture(scope="module")
def of_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("one")
    for name, text in ONE.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@looped("asked", OF_ONE)
def test_one_series_of_one_flow_without_chinese_names_is_enough(of_one: Path, asked: str) -> None:
    (answer,) = converse([asked], load_dataset(of_one, date(2026, 5, 1)))
    text = render(answer).text
    assert [part for part in OF_ONE[asked] if part not in text] == [], text


def test_nothing_is_overwritten(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(UsageError, match="is there already"):
        new_folder(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with pytest.raises(UsageError, match="is there already"):
        new_folder(folder / "figures.csv")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert "10 invented figures" in new_folder(tmp_path)


# What is put in the place of what, and file, line and column of the error.
WRONG = {
    ("dataset.toml", 'reporter_en = "Chile"', 'reporter_en = ""'): (5, "reporter_en", "the country"),
    ("dataset.toml", "title_zh", "titel"): (4, "titel", "one of title_en"),
    ("dataset.toml", "bulletin_day = 20", "bulletin_day = 31"): (21, "releases.bulletin_day", "from 1 to 28"),
    ("dataset.toml", '"copper_ore export"]\nbull', '"ore export"]\nbull'): (
        20,
        "releases.bulletin",
        "copper_ore",
    ),
    ("dataset.toml", "[zh]", "[zh"): (28, "(file)", "readable TOML"),
    ("commodities.toml", 'flows = ["export"]', 'flows = ["out"]'): (12, "copper.flows", "export or import"),
    ("commodities.toml", "aliases = [", "alias = ["): (10, "copper.alias", "one of name_en"),
    ("commodities.toml", "[copper_ore]", "[Copper-Ore]"): (14, "Copper-Ore", "lower case letters"),
    ("figures.csv", "168000,1000,5.0", "168.000 t,1000,5.0"): (5, "value", "a number"),
    ("figures.csv", "2025-03,export,copper,,", "2025-3,export,copper,,"): (2, "period", "a month"),
    ("figures.csv", "150000,1000,,copper cathodes", "150000,1000,,cathodes"): (
        3,
        "scope",
        "commodities.toml",
    ),
    ("sources.csv", "2026-04-20", "20 April"): (2, "retrieved", "a date"),
}


@looped("edit", WRONG)
def test_what_is_wrong_is_named_by_file_line_and_column(tmp_path: Path, edit: tuple[str, str, str]) -> None:
    name, old, new = edit
    folder = tmp_path / str(abs(hash(edit)))
    new_folder(folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_record(folder)
    line, column, expected = WRONG[edit]
    assert (caught.value.file, caught.value.line, caught.value.column) == (name, line, column)
    assert expected in caught.value.expected
    assert caught.value.exit_status == 65


@looped("name", ["commodities.toml", "dataset.toml", "figures.csv", "sources.csv"])
def test_a_file_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    new_folder(folder)
    (folder / name).unlink()
    with pytest.raises((DataFileError, SettingError), match=name):
        check(Settings.from_env({"ALUMINA_DATA": str(folder)}))
