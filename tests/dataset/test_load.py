"""The files of a data folder as a whole: headers, rows, text, the catalogue; all of it loads, or nothing."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.dataset.calendar import Month
from bot.dataset.dataset import Record
from bot.dataset.folder import data_folder
from bot.dataset.load import FIGURE_COLUMNS, load_dataset, load_record
from bot.dataset.model import Series
from bot.errors import SettingError
from tests.looped import looped

from .files import FIGURE, FIRST, SECOND, fill, put, refused, table
from .rows import month

pytestmark = pytest.mark.usefixtures("either_reader")


def test_the_small_folder_is_good(folder: Path) -> None:
    record = load_record(folder)
    assert [row.value for row in record.rows] == [140_000, 140_000]
    assert [row.line for row in record.rows] == [2, 3]
    assert set(record.sources) == {"article", "second"}


@pytest.mark.parametrize("status", ["final", "Flash", " ", "estimate"])
def test_a_row_of_unknown_status_is_left_out_alone_and_named(folder: Path, status: str) -> None:
    put(folder, "figures.csv", status=status)
    record = load_record(folder)
    assert [row.line for row in record.rows] == [2]
    [error] = record.refused
    assert (error.file, error.line, error.column, error.value) == ("figures.csv", 3, "status", status)
    assert "(blank), estimated, flash, bulletin, query, revised" in str(error)
    assert "left out until it is corrected" in str(error)


def test_beside_a_row_of_unknown_status_every_other_is_checked(folder: Path) -> None:
    rows = [FIGURE | {"status": "final"}, FIGURE | {"period": "2024-99", "published": ""}]
    (folder / "figures.csv").write_text(table(*rows), encoding="utf-8")
    assert (refused(folder).line, refused(folder).column) == (3, "period")


def test_where_a_copy_was_read_is_kept_beside_the_page(folder: Path) -> None:
    put(folder, "sources.csv", copy_url="https://example.org/copy", via="copy in example.org")
    source = load_record(folder).sources["second"]
    assert (source.url, source.copy_url) == ("https://example.org/a", "https://example.org/copy")


# The table as a whole.


@looped("file", list(FIRST))
@looped(
    "edit",
    [
        lambda header: header.rsplit(",", 1)[0],
        lambda header: header + ",extra",
        lambda header: ",".join(reversed(header.split(","))),
        lambda header: header.upper(),
        lambda header: header.replace(",", ";"),
        lambda header: "",
    ],
)
def test_a_wrong_header_is_named(folder: Path, file: str, edit: object) -> None:
    fill(folder)
    header, rest = (folder / file).read_text(encoding="utf-8").split("\n", 1)
    (folder / file).write_text(f"{edit(header)}\n{rest}", encoding="utf-8")  # type: ignore[operator]
    error = refused(folder)
    assert (error.file, error.line, error.column) == (file, 1, "(header)")
    assert header in error.expected


@looped("file", list(FIRST))
def test_an_empty_file_has_no_header(folder: Path, file: str) -> None:
    fill(folder)
    (folder / file).write_text("", encoding="utf-8")
    assert (refused(folder).file, refused(folder).column) == (file, "(header)")


@looped("file", list(FIRST))
@looped(
    "edit",
    [lambda line: line.rsplit(",", 1)[0], lambda line: line + ",more", lambda line: ""],
)
def test_a_row_of_the_wrong_width_is_named(folder: Path, file: str, edit: object) -> None:
    fill(folder)
    header, first, second, _ = (folder / file).read_text(encoding="utf-8").split("\n")
    (folder / file).write_text(f"{header}\n{first}\n{edit(second)}\n", encoding="utf-8")  # type: ignore[operator]
    error = refused(folder)
    assert (error.file, error.line, error.column) == (file, 3, "(row)")
    assert str(len(FIRST[file])) in error.expected


@looped("broken", ['"never closed', '"closed" too early'])
def test_broken_quotes_are_named_by_the_line_they_stand_in(folder: Path, broken: str) -> None:
    fill(folder)
    text = table(FIRST["figures.csv"], SECOND["figures.csv"], FIGURE | {"period": "2024-05"})
    lines = text.split("\n")
    lines[2] = lines[2] + broken
    (folder / "figures.csv").write_bytes("\n".join(lines).encode())
    error = refused(folder)
    assert (error.file, error.line) == ("figures.csv", 3)
    assert error.column in ("(row)", "note")


def test_a_row_after_a_note_of_two_lines_is_named_by_its_own_line(folder: Path) -> None:
    rows = [FIGURE | {"note": "two\nlines"}, FIGURE | {"period": "2024-99"}]
    (folder / "figures.csv").write_text(table(*rows), encoding="utf-8")
    assert (refused(folder).line, refused(folder).column) == (4, "period")


@looped("file", [*FIRST, "commodities.toml"])
def test_text_that_is_not_utf8_is_named_by_its_line(folder: Path, file: str) -> None:
    fill(folder)
    lines = (folder / file).read_bytes().split(b"\n")
    lines[2] += "氧化铝".encode("gbk")
    (folder / file).write_bytes(b"\n".join(lines))
    error = refused(folder)
    assert (error.file, error.line) == (file, 3)
    assert "UTF-8" in error.expected


@looped("file", [*FIRST, "commodities.toml"])
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    fill(folder)
    (folder / file).unlink()
    assert refused(folder).file == file


@looped("file", [*FIRST, "commodities.toml"])
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(folder: Path, file: str) -> None:
    fill(folder)
    before = load_record(folder)
    text = (folder / file).read_bytes()
    (folder / file).write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert load_record(folder) == before


def test_a_figures_file_without_rows_is_a_record_without_figures(folder: Path) -> None:
    (folder / "figures.csv").write_text(",".join(FIGURE_COLUMNS) + "\n", encoding="utf-8")
    assert load_record(folder).rows == ()
    assert load_dataset(folder, date(2026, 11, 24)).lines == {}


def test_one_damaged_cell_in_the_shipped_figures_loads_nothing(tmp_path: Path, record: Record) -> None:
    folder = Path(shutil.copytree(data_folder(), tmp_path / "data"))
    text = (folder / "figures.csv").read_text(encoding="utf-8")
    assert text.count("7468534000,1000") == 1
    (folder / "figures.csv").write_text(text.replace("7468534000", "7.468534e9"), encoding="utf-8")
    error = refused(folder)
    assert (error.column, error.value, error.line) == ("value", "7.468534e9", record.rows[-1].line)


# The catalogue.

ALUMINA_LINE = 19  # [alumina] in commodities.toml


@looped(
    ("old", "new", "column"),
    [
        ('name_en = "Alumina"\n', "", "alumina.name_en"),
        ('name_en = "Alumina"', 'name_en = ""', "alumina.name_en"),
        ('name_en = "Alumina"', "name_en = 7", "alumina.name_en"),
        ('name_en = "Alumina"', 'short_en = 7\nname_en = "Alumina"', "alumina.short_en"),
        ('name_en = "Alumina"', 'inside = "copper"\nname_en = "Alumina"', "alumina.inside"),
        ('name_en = "Alumina"', 'inside = ["bauxite"]\nname_en = "Alumina"', "alumina.inside"),
        ('scopes = ["HS 28182000", "HS 2818"]', "scopes = []", "alumina.scopes"),
        ('scopes = ["HS 28182000", "HS 2818"]', 'scopes = "HS 28182000"', "alumina.scopes"),
        ('scopes = ["HS 28182000", "HS 2818"]', "scopes = [28182000]", "alumina.scopes"),
        ('hs = ["281820"]', "", "alumina.hs"),
    ],
)
def test_a_bad_entry_of_the_catalogue_is_named(folder: Path, old: str, new: str, column: str) -> None:
    fill(folder)
    path = folder / "commodities.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    assert text.split("\n")[ALUMINA_LINE - 1] == "[alumina]"
    path.write_text(text.replace(old, new), encoding="utf-8")
    error = refused(folder)
    assert (error.file, error.line, error.column) == ("commodities.toml", ALUMINA_LINE, column)


@looped("flow", ["net", "transit"])
def test_a_flow_that_is_never_published_is_refused(folder: Path, flow: str) -> None:
    fill(folder)
    path = folder / "commodities.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('flows = ["export", "import"]', f'flows = ["export", "{flow}"]'), encoding="utf-8"
    )
    error = refused(folder)
    assert (error.value, error.expected) == (flow, "export or import")


@looped(("text", "line"), [("[alumina]\nname_en = \n", 2), ("[alumina", 1), ('alumina = "a word"\n', 1)])
def test_a_broken_catalogue_is_named(folder: Path, text: str, line: int) -> None:
    fill(folder)
    (folder / "commodities.toml").write_text(text, encoding="utf-8")
    error = refused(folder)
    assert (error.file, error.line) == ("commodities.toml", line)


# The folder.


def test_a_folder_without_figures_is_a_wrong_setting(tmp_path: Path, folder: Path) -> None:
    assert data_folder(folder) == folder
    with pytest.raises(SettingError, match="ALUMINA_DATA"):
        data_folder(tmp_path / "nowhere")


def test_the_shipped_folder_loads(record: Record) -> None:
    lines = (data_folder() / "figures.csv").read_text(encoding="utf-8").splitlines()
    assert len(record.rows) == len(lines) - 1
    assert {row.source for row in record.rows} <= set(record.sources)
    assert list(record.catalogue) == [
        "unwrought_aluminium", "alumina", "bauxite", "primary_aluminium", "aluminium_scrap"
    ]  # fmt: skip


def test_a_source_is_loaded_with_every_cell(record: Record) -> None:
    source = record.sources["reference-article"]
    assert source.publisher == "Industry article citing China Customs"
    assert source.title == "China's Aluminum Exports Surge in 2024: Growth Trends and Market Dynamics"
    assert (source.url, source.via, source.retrieved) == ("", "", date(2026, 11, 24))


def test_the_dataset_is_what_the_folder_holds(folder: Path) -> None:
    dataset = load_dataset(folder, date(2024, 4, 18))
    figure = dataset.figure(Series("alumina", "export"), month("2024-03"))
    assert figure is not None
    assert (figure.value, dataset.newest(("alumina",), ("export",))) == (140_000, Month(2024, 3))
