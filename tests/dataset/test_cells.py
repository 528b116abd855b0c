"""Each cell of a data file is checked: one error names file, line, column, value and what was expected."""

from datetime import date
from pathlib import Path

from bot.dataset.load import load_record
from tests.looped import looped

from .files import FIGURE, put, refused, table

# One bad cell. Several values a line: file, column, what the sentence must speak of, values.

NOT_NUMBERS = [
    "NaN", "nan", "inf", "-inf", "1e5", "1_000", "0x10", "five", "1.", ".5", "１２", " 5", "5 ", "5\n"
]  # fmt: skip
NOT_DATES = [
    "2024-4-18", "18.04.2024", "2024-02-30", "2024-13-01", "20240418", "soon", "2024-04-18T09:00",
    "２024-04-18",
]  # fmt: skip

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
    ("figures.csv", "source", "sources.csv", ["", "nobody", "Article"]),
    ("figures.csv", "published", "date", NOT_DATES),
    ("figures.csv", "published", "after", ["2024-02-18", "2024-03-18", "2023-04-18"]),
    ("figures.csv", "confirmed_by", "whole number", ["", "0", "-1", "1.5", "many", "１"]),
    ("sources.csv", "id", "id", ["", "Two Words", "UPPER", "under_score", "id "]),
    ("sources.csv", "id", "twice", ["article"]),
    ("sources.csv", "publisher", "publisher", ["", " "]),
    ("sources.csv", "title", "title", ["", " "]),
    ("sources.csv", "url", "address", ["www.example.org", "ftp://example.org", "http://a b", " "]),
    ("sources.csv", "copy_url", "address", ["www.example.org", " "]),
    ("sources.csv", "retrieved", "date", ["", *NOT_DATES]),
    ("releases.csv", "reference_month", "month", ["", "2024-13", "2024", "2024-Q1"]),
    ("releases.csv", "stage", "flash", ["", "revised", "Flash"]),
    ("releases.csv", "published", "date", ["", *NOT_DATES]),
    ("releases.csv", "published", "after", ["2024-02-18", "2024-03-18"]),
    ("releases.csv", "planned", "yes", ["", "True", "maybe"]),
    ("releases.csv", "source_url", "address", ["customs.gov.cn", "http://a b"]),
]  # fmt: skip


@looped(
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


@looped(
    ("changed", "column", "value"),
    [
        ({"step": ""}, "step", ""),  # a value without a step, and the other way round
        ({"value": ""}, "step", "10000"),
        ({"value": "", "step": "", "yoy_pct": ""}, "yoy_pct", ""),
        ({"commodity": "bauxite", "scope": "HS 2606"}, "flow", "export"),  # a flow the commodity has not
        ({"commodity": "aluminium_scrap", "flow": "import"}, "scope", "HS 28182000"),
        ({"period": "2023-03"}, "period", "2023-03"),  # the same row again, but for its note
        ({"period": "2023-03", "note": "again"}, "period", "2023-03"),
        ({"flow": "out", "value": "many"}, "flow", "out"),  # the leftmost of two bad cells
    ],
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


def test_every_bad_cell_is_named_and_none_that_follows_from_another(folder: Path) -> None:
    rows = [FIGURE | {"period": f"2024-{number:02d}", "published": ""} for number in (4, 5, 6)]
    rows[0] |= {"value": "many", "commodity": "copper"}  # its flow and scope are not asked of copper
    rows[2] |= {"confirmed_by": "0"}
    (folder / "figures.csv").write_text(table(*rows), encoding="utf-8")
    error = refused(folder)
    found = [(each.line, each.column, each.value) for each in (error, *error.others)]
    assert found == [(2, "commodity", "copper"), (2, "value", "many"), (4, "confirmed_by", "0")]
    assert str(error).count("\n") == 2


# Cells that are good.


@looped(
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
        {"status": "estimated", "step": "20000"},
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
