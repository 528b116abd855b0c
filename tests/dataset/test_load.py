"""The files of a data folder as a whole: headers, rows, text, the catalogue; all of it loads, or nothing."""

from dataclasses import replace
from datetime import date

import pytest

from bot.dataset.calendar import Month
from bot.dataset.companions import load_glossary
from bot.dataset.data_files import data_folder
from bot.dataset.load import FIGURES, load_dataset, load_record
from bot.dataset.model import Series
from bot.errors import DataFileError, SettingError
from tests.dataset.conftest import FIGURE, FIRST, SECOND, fill, put, refused, table
from tests.dataset.rows import month
from tests.tables import looped, tables

CELLS = tables("dataset/cells.yaml")

FILES = [*FIRST, "commodities.toml"]


def edit(folder, file, change):
    path = fill(folder) / file
    path.write_bytes(change(path.read_bytes()))


def test_the_small_folder_is_good(folder):
    put(folder, "sources.csv", copy_url="https://example.org/copy", via="copy in example.org")
    record = load_record(folder)
    assert [(row.line, row.value) for row in record.rows] == [(2, 140_000), (3, 140_000)]
    assert set(record.sources) == {"article", "second"}
    source = record.sources["second"]
    assert (source.url, source.copy_url) == ("https://example.org/a", "https://example.org/copy")
    dataset = load_dataset(folder, date(2024, 4, 18))
    figure = dataset.figure(Series("alumina", "export"), month("2024-03"))
    assert (figure.value, dataset.newest(("alumina",), ("export",))) == (140_000, Month(2024, 3))


@looped("status", ["final", "Flash", " ", "estimate"])
def test_a_row_of_unknown_status_is_left_out_alone_and_named(folder, status):
    put(folder, "figures.csv", status=status)
    record = load_record(folder)
    assert [row.line for row in record.rows] == [2]
    [error] = record.refused
    assert (error.file, error.line, error.column, error.value) == ("figures.csv", 3, "status", status)
    assert "(blank), estimated, flash, bulletin, query, revised" in str(error)
    assert "left out until it is corrected" in str(error)


def test_beside_a_row_of_unknown_status_every_other_is_checked(folder):
    rows = [FIGURE | {"status": "final", "value": "many"}, FIGURE | {"period": "2024-99", "published": ""}]
    (folder / "figures.csv").write_text(table(*rows), encoding="utf-8")
    assert (refused(folder).line, refused(folder).column) == (3, "period")
    (folder / "figures.csv").write_text(table(rows[0], FIGURE), encoding="utf-8")
    assert [row.line for row in load_record(folder).rows] == [3]


# The table as a whole.


@looped("file", list(FIRST))
@looped(
    "change",
    [
        lambda header: header + b",extra",
        lambda header: b",".join(reversed(header.split(b","))),
        lambda header: header.replace(b",", b";"),
    ],
)
def test_a_wrong_header_is_named(folder, file, change):
    edit(folder, file, lambda text: b"\n".join([change(text.split(b"\n")[0]), *text.split(b"\n")[1:]]))
    error = refused(folder)
    assert (error.file, error.line, error.column) == (file, 1, "(header)")
    assert ",".join(FIRST[file]) in error.expected
    edit(folder, file, lambda text: b"")
    assert (refused(folder).file, refused(folder).column) == (file, "(header)")


@looped("file", list(FIRST))
@looped("change", [lambda line: line.rsplit(",", 1)[0], lambda line: line + ",more", lambda line: ""])
def test_a_row_of_the_wrong_width_is_named(folder, file, change):
    fill(folder)
    header, first, second, _ = (folder / file).read_text(encoding="utf-8").split("\n")
    (folder / file).write_text(f"{header}\n{first}\n{change(second)}\n", encoding="utf-8")
    error = refused(folder)
    assert (error.file, error.line, error.column) == (file, 3, "(row)")
    assert str(len(FIRST[file])) in error.expected


@looped("broken", ['"never closed', '"closed" too early'])
def test_broken_quotes_are_named_by_the_line_they_stand_in(folder, broken):
    text = table(FIRST["figures.csv"], SECOND["figures.csv"], FIGURE | {"period": "2024-05"})
    lines = text.split("\n")
    lines[2] = lines[2] + broken
    (folder / "figures.csv").write_bytes("\n".join(lines).encode())
    error = refused(folder)
    assert (error.file, error.line) == ("figures.csv", 3)
    assert error.column in ("(row)", "note")


def test_a_row_after_a_note_of_two_lines_is_named_by_its_own_line(folder):
    rows = [FIGURE | {"note": "two\nlines"}, FIGURE | {"period": "2024-99"}]
    (folder / "figures.csv").write_text(table(*rows), encoding="utf-8")
    assert (refused(folder).line, refused(folder).column) == (4, "period")


@looped("file", FILES)
def test_a_file_that_cannot_be_read_is_named(folder, file):
    edit(folder, file, lambda text: text.replace(b"\n", "氧化铝\n".encode("gbk"), 3))
    assert (refused(folder).file, refused(folder).line) == (file, 1)
    assert "UTF-8" in refused(folder).expected
    (folder / file).unlink()
    if file != "releases.csv":  # without which the rules alone say when a month is out
        assert refused(folder).file == file
    fill(folder)


@looped("file", FILES)
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(folder, file):
    before = load_record(fill(folder))
    edit(folder, file, lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    after = load_record(folder)
    assert replace(after, rows=tuple(after.rows)) == replace(before, rows=tuple(before.rows))


def test_a_figures_file_without_rows_is_a_record_without_figures(folder):
    (folder / "figures.csv").write_text(",".join(FIGURES) + "\n", encoding="utf-8")
    assert not load_record(folder).rows
    assert load_dataset(folder, date(2026, 11, 24)).lines == {}


# The catalogue and the glossary.

ALUMINA_LINE = 19  # [alumina] in commodities.toml


@looped(("old", "new", "column"), CELLS["catalogue"])
def test_a_bad_entry_of_the_catalogue_is_named(folder, old, new, column):
    text = (fill(folder) / "commodities.toml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    assert text.split("\n")[ALUMINA_LINE - 1] == "[alumina]"
    (folder / "commodities.toml").write_text(wrong := text.replace(old, new), encoding="utf-8")
    error, entry = refused(folder), wrong.split("\n")[ALUMINA_LINE - 1 :]
    keys = [line.partition(" = ")[0] for line in entry[: entry.index("[bauxite]")]]
    key = column.removeprefix("alumina.")  # one that lacks is told where the entry begins
    line = ALUMINA_LINE + (keys.index(key) if key in keys else 0)
    assert (error.file, error.line, error.column) == ("commodities.toml", line, column)


@looped(("text", "line"), [("[alumina]\nname_en = \n", 2), ("[alumina", 1), ('alumina = "a word"\n', 1)])
def test_a_broken_catalogue_is_named(folder, text, line):
    (folder / "commodities.toml").write_text(text, encoding="utf-8")
    assert (refused(folder).file, refused(folder).line) == ("commodities.toml", line)


def test_an_entry_of_the_glossary_has_names_and_texts_in_both_languages(tmp_path):
    path = tmp_path / "glossary.toml"
    assert load_glossary(path) == {}
    names = '[net]\nname_en = "Net trade"\nname_zh = "净进出口"\n'
    entry = names + 'text_en = "Exports less imports."\ntext_zh = "出口减进口。"\n'
    path.write_text(entry + 'aliases = ["balance"]\n', encoding="utf-8")
    net = load_glossary(path)["net"]
    assert (net.name_en, net.name_zh, net.aliases) == ("Net trade", "净进出口", ("balance",))
    for wrong, named in (
        (entry.replace("text_zh", "text_fr"), "line 1, column net.text_zh"),
        (entry + "aliases = [3]\n", "line 6, column net.aliases"),
        ("[net", r"\(file\)"),
    ):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(DataFileError, match=named):
            load_glossary(path)


# The folder.


def test_a_folder_without_figures_is_a_wrong_setting(tmp_path, folder):
    assert data_folder(folder) == folder
    with pytest.raises(SettingError, match="ALUMINA_DATA"):
        data_folder(tmp_path / "nowhere")
