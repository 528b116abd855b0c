"""A printed and a computed change that are told together: short in the cell, whole in a note below the table.

Rows of data/figures.csv: alumina exports of July 2026 were printed as 300 kt, +33.0 %; those of July 2025 as
230 kt, so the levels give 300 / 230 = +30.4 %, with rounding 295 / 235 to 305 / 225.
Aluminium exports of January-February 2025: 861 kt against 965 kt, -10.8 %; -11.0 % was printed with 859 kt.
"""

import csv
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from bot.answers.conversation import converse
from bot.answers.monthly import monthly_summary
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.messages.message import Message
from bot.messages.render import render
from bot.messages.script import script
from bot.messages.terminal import drawn
from bot.words import say
from tests.looped import looped
from tests.spaces import spaced

SHORT = "+33.0 or about +30.4 %†"
BOTH = "+33.0 % printed, about +30.4 % (25.5 to 35.6) computed"
NOTE = (
    "† Alumina exports, July 2026: +33.0 % printed [1], about +30.4 % (25.5 to 35.6)"
    " computed from the levels."
)


def told(words: str, dataset: Dataset) -> Message:
    (answer,) = converse([words], dataset)
    return render(answer)


def below_the_table(message: Message) -> tuple[dict[str, Any], str]:
    """The table, and what stands right below it."""
    (place,) = [at for at, block in enumerate(message.blocks) if block["type"] == "data_table"]
    return message.blocks[place], spaced(message.blocks[place + 1]["elements"][0]["text"])


@looped("words", ["july 2026", "july 2026 vs july 2025", "aluminium and alumina exports july 2026"])
def test_a_change_in_dispute_is_short_in_its_cell_and_whole_below(dataset: Dataset, words: str) -> None:
    message = told(words, dataset)
    table, note = below_the_table(message)
    cells = [cell for row in table["rows"] for cell in row if spaced(cell["text"]) == SHORT]
    assert [cell.get("value", 33.0) for cell in cells] == [33.0]
    assert NOTE in note.split("\n")
    assert BOTH in message.text
    assert "33.0" not in message.blocks[0]["text"]["text"]


def test_a_comparison_of_several_series_has_it_as_well(dataset: Dataset) -> None:
    table, note = below_the_table(told("aluminium and alumina exports july 2026 vs july 2025", dataset))
    assert SHORT in [spaced(cell["text"]) for row in table["rows"] for cell in row]
    assert "+33.0 % printed [" in note


def test_where_the_level_has_moved_the_computed_change_stands_with_its_range(dataset: Dataset) -> None:
    message = told("aluminium exports and bauxite imports january-february 2025", dataset)
    table, note = below_the_table(message)
    assert "about -10.8 % (-10.9 to -10.7)†" in [spaced(row[2]["text"]) for row in table["rows"]]
    assert note == (
        "† Aluminium exports, January-February 2025: about -10.8 % (-10.9 to -10.7) computed from the"
        " levels; -11.0 % printed [2], before the level changed."
    )


def test_the_terminal_has_the_note_below_the_table(dataset: Dataset) -> None:
    console = Console(width=400, file=StringIO())
    (answer,) = converse(["july 2026"], dataset)
    console.print(drawn(answer))
    lines = [line.rstrip() for line in console.file.getvalue().split("\n")]  # type: ignore[attr-defined]
    assert any(SHORT in line for line in lines)
    assert lines.index(NOTE) == max(at for at, line in enumerate(lines) if "│" in line) + 1


def test_the_file_has_both_changes_and_says_that_they_are_in_dispute(dataset: Dataset) -> None:
    file = told("csv alumina exports july 2026", dataset).file
    assert file
    (row,) = csv.DictReader(file.content.decode("utf-8-sig").splitlines())
    names = ("yoy_printed_pct", "yoy_computed_pct", "yoy_computed_low", "yoy_computed_high", "yoy_disputed")
    assert [row[name] for name in names] == ["33.0", "30.43", "25.53", "35.56", "yes"]
    assert row["yoy_printed_source"] == row["source"] == "china-customs-172b3d"


def test_a_table_without_such_a_change_has_no_note(dataset: Dataset) -> None:
    (answer,) = converse(["alumina and bauxite imports july 2026"], dataset)
    grid = script(answer).grid
    assert grid
    assert grid.notes == []


def test_a_monthly_post_promises_no_file(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.messages.render.FURTHER_TEXT", 7_500)  # leaves room for a part of the table
    message = render(monthly_summary(dataset, Month(2026, 7)))
    assert message.file is None
    ask = say("render.ask_for_file")
    assert f"more rows. {ask}" in message.text
    assert any(f"more rows. {ask}" in str(block) for block in message.blocks)
    (_, filed) = converse(["july 2026", "csv"], dataset)
    assert render(filed).file
    of_month = {figure.series for figure in monthly_summary(dataset, Month(2026, 7)).figures}
    assert {figure.series for figure in filed.figures} == of_month
