"""A bad data file gives one error that names file, line, column, value and what was expected; or nothing."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.dataset.calendar import Month
from bot.dataset.dataset import Record
from bot.dataset.folder import data_folder
from bot.dataset.load import FIGURE_COLUMNS, RELEASE_COLUMNS, SOURCE_COLUMNS, load_dataset, load_record
from bot.dataset.model import Series
from bot.errors import DataFileError, SettingError

from .rows import month

FIGURE = dict(zip(FIGURE_COLUMNS, [
    "2024-03", "export", "alumina", "", "month", "quantity", "140000", "10000", "169.6", "HS 28182000",
    "bulletin", "article", "2024-04-18", "1", "",
], strict=True))  # fmt: skip
SOURCE = dict(zip(SOURCE_COLUMNS, [
    "article", "An Article", "Exports surge", "https://example.org/a", "", "2026-11-24",
], strict=True))  # fmt: skip
RELEASE = dict(zip(RELEASE_COLUMNS, [
    "2024-03", "bulletin", "2024-04-18", "no", "https://example.org/b",
], strict=True))  # fmt: skip

# A good first row of each file; the row under test follows as line 3.
FIRST = {
    "figures.csv": FIGURE | {"period": "2023-03"},
    "sources.csv": SOURCE,
    "releases.csv": RELEASE | {"reference_month": "2023-03"},
}
SECOND = {"figures.csv": FIGURE, "sources.csv": SOURCE | {"id": "second"}, "releases.csv": RELEASE}


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\n') else cell


def table(*rows: Mapping[str, str]) -> str:
    lines = [",".join(rows[0]), *(",".join(map(quoted, row.values())) for row in rows)]
    return "".join(line + "\n" for line in lines)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small good data folder: two rows in each file, the shipped catalogue."""
    shutil.copy(data_folder() / "commodities.toml", tmp_path)
    for file in FIRST:
        (tmp_path / file).write_text(table(FIRST[file], SECOND[file]), encoding="utf-8")
    return tmp_path


def put(folder: Path, file: str, **changed: str) -> None:
    """Changes cells of the row in line 3."""
    (folder / file).write_text(table(FIRST[file], SECOND[file] | changed), encoding="utf-8")


def refused(folder: Path) -> DataFileError:
    with pytest.raises(DataFileError) as caught:
        load_record(folder)
    return caught.value


def test_the_small_folder_is_good(folder: Path) -> None:
    record = load_record(folder)
    assert [row.value for row in record.rows] == [140_000, 140_000]
    assert [row.line for row in record.rows] == [2, 3]
    assert set(record.sources) == {"article", "second"}


# One bad cell. Several values a line: file, column, what the sentence must speak of, values.

NOT_NUMBERS = [
    "NaN",
    "nan",
    "inf",
    "-inf",
    "1e5",
    "1_000",
    "0x10",
    "five",
    "1.",
    ".5",
    "１２",
    " 5",
    "5 ",
    "5\n",
]
NOT_DATES = [
    "2024-4-18",
    "18.04.2024",
    "2024-02-30",
    "2024-13-01",
    "20240418",
    "soon",
    "2024-04-18T09:00",
    "２024-04-18",
]

NOT_MONTHS = [
    "", "2024-13", "2024-00", "2024-3", "202403", "1824-03", " 2024-03", "２024-03", "March 2024", "2024-03\n"
]  # fmt: skip

BAD_CELLS = [
    ("figures.csv", "period", "month", NOT_MONTHS),
    ("figures.csv", "flow", "export", ["", "exports", "Export", "net"]),
    ("figures.csv", "commodity", "commodities.toml", ["", "copper", "Alumina"]),
    ("figures.csv", "partner", "partner", [" ", "Guinea ", " Guinea", "7", "Guinea;Brazil", "-"]),
    ("figures.csv", "kind", "ytd", ["", "quarter", "YTD", "year"]),
    ("figures.csv", "measure", "quantity", ["", "tonnes", "unit_value"]),
    ("figures.csv", "value", "number", [*NOT_NUMBERS, "140,000", "140 000", "-140000", "+140000", "1" * 16]),
    ("figures.csv", "step", "step", [*NOT_NUMBERS, "", "0", "0.0", "-1", "10,000"]),
    ("figures.csv", "yoy_pct", "percentage", [*NOT_NUMBERS, "3,1", "+3.1", "3.1%", "--3", "1" * 8]),
    ("figures.csv", "yoy_pct", "-100", ["-100.1", "-250"]),
    ("figures.csv", "scope", "scope", ["", "HS 9999", "HS 2606", "hs 28182000"]),
    ("figures.csv", "status", "flash", ["final", "Flash", " "]),
    ("figures.csv", "source", "sources.csv", ["", "nobody", "Article"]),
    ("figures.csv", "published", "date", NOT_DATES),
    ("figures.csv", "published", "after", ["2024-02-18", "2024-03-18", "2023-04-18"]),
    ("figures.csv", "confirmed_by", "whole number", ["", "0", "-1", "1.5", "many", "１"]),
    ("sources.csv", "id", "id", ["", "Two Words", "UPPER", "under_score", "id "]),
    ("sources.csv", "id", "twice", ["article"]),
    ("sources.csv", "publisher", "publisher", ["", " "]),
    ("sources.csv", "title", "title", ["", " "]),
    ("sources.csv", "url", "address", ["www.example.org", "ftp://example.org", "http://a b", " "]),
    ("sources.csv", "retrieved", "date", ["", *NOT_DATES]),
    ("releases.csv", "reference_month", "month", ["", "2024-13", "2024", "2024-Q1"]),
    ("releases.csv", "stage", "flash", ["", "revised", "Flash"]),
    ("releases.csv", "published", "date", ["", *NOT_DATES]),
    ("releases.csv", "published", "after", ["2024-02-18", "2024-03-18"]),
    ("releases.csv", "planned", "yes", ["", "True", "maybe"]),
    ("releases.csv", "source_url", "address", ["customs.gov.cn", "http://a b"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "column", "words", "value"),
    [(file, column, words, value) for file, column, words, values in BAD_CELLS for value in values],
)
def test_a_bad_cell_is_named(folder: Path, file: str, column: str, words: str, value: str) -> None:
    put(folder, file, **{column: value})
    error = refused(folder)
    assert (error.file, error.line, error.column, error.value) == (file, 3, column, value)
    assert words in error.expected
    for part in (file, "line 3", f"column {column}", repr(value), error.expected):
        assert part in str(error)
    assert (error.exit_status, str(error).count("\n")) == (65, 0)


# Cells that are bad beside others.

BAD_TOGETHER = [
    ("a value without a step", {"step": ""}, "step", ""),
    ("a step without a value", {"value": ""}, "step", "10000"),
    ("neither value nor change", {"value": "", "step": "", "yoy_pct": ""}, "yoy_pct", ""),
    ("a flow the commodity has not", {"commodity": "bauxite", "scope": "HS 2606"}, "flow", "export"),
    ("another commodity's scope", {"commodity": "aluminium_scrap", "flow": "import"}, "scope", "HS 28182000"),
    ("the same row again", {"period": "2023-03"}, "period", "2023-03"),
    ("the same row but for its note", {"period": "2023-03", "note": "again"}, "period", "2023-03"),
    ("the leftmost of two bad cells", {"flow": "out", "value": "many"}, "flow", "out"),
]


@pytest.mark.parametrize(
    ("changed", "column", "value"),
    [case[1:] for case in BAD_TOGETHER],
    ids=[case[0] for case in BAD_TOGETHER],
)
def test_cells_that_do_not_fit_together_are_named(
    folder: Path, changed: dict[str, str], column: str, value: str
) -> None:
    put(folder, "figures.csv", **changed)
    error = refused(folder)
    assert (error.file, error.line, error.column, error.value) == ("figures.csv", 3, column, value)


def test_two_releases_of_one_month_and_stage_are_a_twin(folder: Path) -> None:
    put(folder, "releases.csv", reference_month="2023-03", published="2024-05-01")
    error = refused(folder)
    assert (error.file, error.line, error.column) == ("releases.csv", 3, "reference_month")
    assert "twice" in error.expected


def test_the_first_bad_row_is_named(folder: Path) -> None:
    rows = [FIGURE | {"period": f"2024-{number:02d}", "published": ""} for number in (4, 5, 6)]
    rows[1]["confirmed_by"] = "0"
    rows[2]["period"] = "2024-99"
    (folder / "figures.csv").write_text(table(*rows), encoding="utf-8")
    assert (refused(folder).line, refused(folder).column) == (3, "confirmed_by")


# Cells that are good.


@pytest.mark.parametrize(
    "changed",
    [
        {"value": "0"},
        {"value": "155427.263", "step": "1"},
        {"value": "", "step": ""},
        {"yoy_pct": ""},
        {"yoy_pct": "-100"},
        {"yoy_pct": "2927.91"},
        {"published": ""},
        {"published": "2024-04-01"},
        {"partner": "Guinea"},
        {"partner": "Côte d’Ivoire"},
        {"status": ""},
        {"kind": "ytd"},
        {"note": 'a "quoted" word, a comma,\na second line, 万吨'},
        {"period": "2023-03", "source": "second"},  # another vintage
        {"period": "2023-03", "value": "150000"},
    ],
)
def test_a_good_row_is_loaded(folder: Path, changed: dict[str, str]) -> None:
    put(folder, "figures.csv", **changed)
    row = load_record(folder).rows[1]
    expected = FIGURE | changed
    assert (row.series.partner, row.note, row.status) == (
        expected["partner"], expected["note"], expected["status"] or None
    )  # fmt: skip
    assert row.value == (float(expected["value"]) if expected["value"] else None)
    assert row.yoy_pct == (float(expected["yoy_pct"]) if expected["yoy_pct"] else None)
    assert row.published == (date.fromisoformat(expected["published"]) if expected["published"] else None)


# The table as a whole.


@pytest.mark.parametrize("file", list(FIRST))
@pytest.mark.parametrize(
    "edit",
    [
        lambda header: header.rsplit(",", 1)[0],
        lambda header: header + ",extra",
        lambda header: ",".join(reversed(header.split(","))),
        lambda header: header.upper(),
        lambda header: header.replace(",", ";"),
        lambda header: "",
    ],
    ids=["short", "long", "reversed", "upper", "semicolons", "blank"],
)
def test_a_wrong_header_is_named(folder: Path, file: str, edit: object) -> None:
    header, rest = (folder / file).read_text(encoding="utf-8").split("\n", 1)
    (folder / file).write_text(f"{edit(header)}\n{rest}", encoding="utf-8")  # type: ignore[operator]
    error = refused(folder)
    assert (error.file, error.line, error.column) == (file, 1, "(header)")
    assert header in error.expected


@pytest.mark.parametrize("file", list(FIRST))
def test_an_empty_file_has_no_header(folder: Path, file: str) -> None:
    (folder / file).write_text("", encoding="utf-8")
    assert (refused(folder).file, refused(folder).column) == (file, "(header)")


@pytest.mark.parametrize("file", list(FIRST))
@pytest.mark.parametrize(
    "edit",
    [lambda line: line.rsplit(",", 1)[0], lambda line: line + ",more", lambda line: ""],
    ids=["short", "long", "blank"],
)
def test_a_row_of_the_wrong_width_is_named(folder: Path, file: str, edit: object) -> None:
    header, first, second, _ = (folder / file).read_text(encoding="utf-8").split("\n")
    (folder / file).write_text(f"{header}\n{first}\n{edit(second)}\n", encoding="utf-8")  # type: ignore[operator]
    error = refused(folder)
    assert (error.file, error.line, error.column) == (file, 3, "(row)")
    assert str(len(FIRST[file])) in error.expected


@pytest.mark.parametrize("broken", ['"never closed', '"closed" too early'])
def test_broken_quotes_are_named_by_the_line_they_stand_in(folder: Path, broken: str) -> None:
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


@pytest.mark.parametrize("file", [*FIRST, "commodities.toml"])
def test_text_that_is_not_utf8_is_named_by_its_line(folder: Path, file: str) -> None:
    lines = (folder / file).read_bytes().split(b"\n")
    lines[2] += "氧化铝".encode("gbk")
    (folder / file).write_bytes(b"\n".join(lines))
    error = refused(folder)
    assert (error.file, error.line) == (file, 3)
    assert "UTF-8" in error.expected


@pytest.mark.parametrize("file", [*FIRST, "commodities.toml"])
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert refused(folder).file == file


@pytest.mark.parametrize("file", [*FIRST, "commodities.toml"])
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(folder: Path, file: str) -> None:
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

ALUMINA_LINE = 17  # [alumina] in commodities.toml


@pytest.mark.parametrize(
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
    path = folder / "commodities.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    assert text.split("\n")[ALUMINA_LINE - 1] == "[alumina]"
    path.write_text(text.replace(old, new), encoding="utf-8")
    error = refused(folder)
    assert (error.file, error.line, error.column) == ("commodities.toml", ALUMINA_LINE, column)


@pytest.mark.parametrize("flow", ["net", "transit"])
def test_a_flow_that_is_never_published_is_refused(folder: Path, flow: str) -> None:
    path = folder / "commodities.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('flows = ["export", "import"]', f'flows = ["export", "{flow}"]'), encoding="utf-8"
    )
    error = refused(folder)
    assert (error.value, error.expected) == (flow, "export or import")


@pytest.mark.parametrize(
    ("text", "line"), [("[alumina]\nname_en = \n", 2), ("[alumina", 1), ('alumina = "a word"\n', 1)]
)
def test_a_broken_catalogue_is_named(folder: Path, text: str, line: int) -> None:
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
