"""What each view says: its first line with the number in it, its lines, its table, its file."""

import csv
from dataclasses import replace
from typing import Any

import pytest

from bot.answers.bounds import LISTS
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.document import document
from bot.messages.headline import headline
from bot.messages.render import render
from bot.messages.script import script
from bot.questions import understand
from bot.questions.question import Question
from tests.looped import looped
from tests.spaces import spaced

JULY_2026, MARCH_2024 = Period.month(Month(2026, 7)), Period.month(Month(2024, 3))
YEAR_2025 = Period.whole_year(2025)
ALUMINA = Question.of(("alumina",), ("export",), None, "trend")
SCRAP = Question.of(("aluminium_scrap",), ("import",), YEAR_2025, "trend")
UNWROUGHT = Question.of(("unwrought_aluminium",), ("export",), Period.whole_year(2020), "trend")
DERIVED = Question.of(("unwrought_aluminium",), ("import",), Period.month(Month(2023, 8)))
BAUXITE_IN_JULY = Question.of(("bauxite",), ("import",), Period.month(Month(2026, 7)))
GUINEA = Question.of(
    ("bauxite",), ("import",), Period.month(Month(2024, 1)), partner="Guinea", measure="value", unit="%"
)
EVERYTHING = Question.of(
    ("unwrought_aluminium", "alumina", "bauxite", "primary_aluminium", "aluminium_scrap"),
    ("export", "import"), None, "trend",
)  # fmt: skip

FIRST_LINES = {
    # 158,675.68 t in January, 194,102.07 in December, at least 155,414.4 in September
    "trend": (
        SCRAP,
        "Aluminium scrap imports, 2025: 158.7 kt in January 2025 to 194.1 kt in December 2025;"
        " highest 194.1 kt in December 2025, lowest 155.4 kt in September 2025",
    ),
    "ranking": (
        replace(SCRAP, view="ranking", top=2),
        "Aluminium scrap imports, highest months of January 2025 to December 2025:"
        " December 2025 194.1 kt, April 2025 190.4 kt",
    ),
    # printed +40.0 % in February, the largest of 2025
    "largest rise": (
        replace(SCRAP, view="ranking", order="rise", top=1),
        "Aluminium scrap imports, largest rises on a year earlier of January 2025 to December 2025:"
        " February 2025 +40.0 % (164.4 kt)",
    ),
    "record": (
        replace(UNWROUGHT.at(Period.month(Month(2026, 8))), view="record", order="lowest"),
        "Aluminium exports, August 2026: 626 kt, the lowest since April 2026: 598 kt in April 2026 was lower",
    ),
    # 2,016,068.580 t by twelve
    "average": (
        replace(SCRAP, view="average"),
        "Aluminium scrap imports, 2025: 168.0 kt a month, the mean of 12 months",
    ),
    "no average": (
        replace(UNWROUGHT.at(Period.span(Month(2020, 2), Month(2020, 5))), view="average"),
        "Aluminium exports, February 2020 to May 2020: no average, for lack of February 2020",
    ),
    # 4,860 kt within 5 by twelve
    "average of a total": (
        replace(UNWROUGHT, view="average"),
        "Aluminium exports, 2020: about 405.0 kt a month (404.58 to 405.42 kt), the total of 4.86 Mt by"
        " 12 months, as January and February 2020 are not on record singly",
    ),
    # 4,860 kt by 366 days
    "average of a total by the day": (
        replace(UNWROUGHT, view="average", unit="t/day"),
        "Aluminium exports, 2020: about 13,279 t/day (13,265 to 13,293 t/day), the total of 4.86 Mt by"
        " 366 days, as January and February 2020 are not on record singly",
    ),
    # printed of January to July
    "a year under way": (
        Question.of(("bauxite",), ("import",), Period.whole_year(2026)),
        "Bauxite imports, 2026: not on record; due 18 January 2027;"
        " January-July 2026 is on record: 139.88 Mt; nearest on record: 2025.",
    ),
    "a quarter under way": (
        Question.of(("bauxite",), ("import",), Period.quarter(2026, 3)),
        "Bauxite imports, Q3 2026: not on record; was due 18 October 2026;"
        " July 2026 is on record: 19.04 Mt; nearest on record: Q2 2026.",
    ),
    "a total over two scopes": (
        Question.of(("alumina",), ("import",), Period.span(Month(2024, 12), Month(2025, 1))),
        "Alumina imports, December 2024 to January 2025: no total, as its months are on record in scopes that"
        " are not mixed: December 2024 as HS 2818, January 2025 as HS 28182000;"
        " on record for it: value in US$.",
    ),
    "growth": (
        replace(ALUMINA.at(MARCH_2024), view="growth"),
        "Alumina exports, March 2024: +169.6 % on a year earlier, at 140 kt",
    ),
    # 210 kt against November's 170, both within 5: from 205 / 175 to 215 / 165
    "growth on the month": (
        replace(ALUMINA.at(Period.month(Month(2025, 12))), view="growth", change="mom"),
        "Alumina exports, December 2025: about +23.5 % (17.1 to 30.3) on the month before, at 210 kt",
    ),
    "a change in dispute": (
        replace(ALUMINA.at(JULY_2026), view="growth"),
        "Alumina exports, July 2026: 300 kt; the printed change on a year earlier and the computed one,"
        " both below, are more than a point apart",
    ),
    "highlights": (
        Question.of(("alumina",), ("import",), JULY_2026, "highlights"),
        "What stands out in July 2026: Alumina imports rose 191.3 % on a year earlier, to 366.6 kt",
    ),
    "sources": (
        replace(DERIVED, view="sources"),
        "Aluminium imports, August 2023: about 278 kt (267.5 to 288.5 kt, derived), from 3 published figures",
    ),
    "export": (
        replace(ALUMINA.at(MARCH_2024), view="export"),
        "Alumina exports, March 2024: 140 kt; as CSV",
    ),
    "release": (
        Question.of(("alumina",), ("export",), None, "release"),
        "Next release: November 2026 monthly bulletin, 18 December 2026, expected",
    ),
    # the planned day of the bulletin, the 18th, was past on the 24th
    "release of a month": (
        Question.of(("alumina",), ("export",), Period.month(Month(2026, 10)), "release"),
        "October 2026: monthly bulletin was due on 18 November 2026;"
        " next release: November 2026 monthly bulletin, 18 December 2026, expected",
    ),
    # figures.csv has scrap by the query of 42 of the 84 months from June 2019 to May 2026; on 24
    # November 2026 the query is out to October
    "coverage": (
        Question.of(("aluminium_scrap",), ("import",), None, "coverage"),
        "On record of aluminium scrap imports: 42 months from June 2019 to May 2026,"
        " 42 between them missing, waiting for June to October 2026",
    ),
    # US$612,863,015 of US$821,937,118 = 74.56 %
    "share": (
        GUINEA,
        "Guinea's share of bauxite imports by value, January 2024: 74.6 %, US$612.9m of US$821.9m",
    ),
    # 140,000 / 31 = 4,516, within 5,000 / 31 = 161
    "tonnes a day": (
        replace(ALUMINA.at(MARCH_2024), view="figure", unit="t/day"),
        "Alumina exports, March 2024: about 4,520 t/day (4,354 to 4,678 t/day), +169.6 % on a year earlier",
    ),
    # 140 within 5 against 110 within 5
    "compare": (
        replace(ALUMINA.at(MARCH_2024), view="compare", against=Period.month(Month(2023, 5))),
        "Alumina exports, March 2024: 140 kt, against 110 kt in May 2023, about +27.3 % (17.4 to 38.1)",
    ),
    # 2,550 within 5 against 1,790 within 5: from 2,545 / 1,795 to 2,555 / 1,785
    "compare, the earlier first": (
        replace(ALUMINA.at(Period.whole_year(2024)), view="compare", against=YEAR_2025),
        "Alumina exports, 2024: 1.79 Mt, against 2.55 Mt in 2025;"
        " 2025 is about 42.5 % above 2024 (41.8 to 43.1)",
    ),
    # -8.0 % was printed with the 6.134 Mt of 2025
    "compare, the earlier first, as printed": (
        replace(UNWROUGHT.at(Period.whole_year(2024)), view="compare", against=YEAR_2025),
        "Aluminium exports, 2024: 6.665 Mt, against 6.134 Mt in 2025; 2025 is 8.0 % below 2024 as printed",
    ),
    # -4.6 % was printed; 19.04 / 20.06 = 0.9492, and of 19.035 / 20.065 to 19.045 / 20.055 it is -5.1 to -5.0
    "compare, the levels make another change than was printed": (
        replace(BAUXITE_IN_JULY, view="compare", against=Period.month(Month(2025, 7))),
        "Bauxite imports, July 2026: 19.04 Mt, against 20.06 Mt in July 2025, -4.6 % as printed,"
        " about -5.1 % (-5.1 to -5.0) computed",
    ),
    # printed with the figure; the base itself is not on record
    "compare with a year ago": (
        replace(ALUMINA.at(MARCH_2024), view="compare", against=MARCH_2024.year_before),
        "Alumina exports, March 2024: 140 kt, +169.6 % on a year earlier; March 2023 is not on record",
    ),
    "compare with a year ago, in dispute": (
        replace(ALUMINA.at(JULY_2026), view="compare", against=JULY_2026.year_before),
        "Alumina exports, July 2026: 300 kt, against 230 kt in July 2025",
    ),
    "nothing at all": (
        Question.of(("bauxite",), ("export",), None, "trend"),
        "Bauxite exports: not on record.",
    ),
}  # fmt: skip


@looped("name", FIRST_LINES)
def test_the_first_line_restates_the_question_with_the_number_in_it(dataset: Dataset, name: str) -> None:
    question, said = FIRST_LINES[name]
    assert headline(respond(question, dataset)) == said


def notes(question: Question, dataset: Dataset) -> list[str]:
    return list(script(respond(question, dataset)).notes)


def test_holes_are_named_in_the_notes(dataset: Dataset) -> None:
    assert (
        "Aluminium exports: January and February 2020 are not on record;"
        " January-February 2020 is on record as one figure, 669.2 kt." in notes(UNWROUGHT, dataset)
    )


def test_a_share_over_what_is_missing_says_what_there_is(dataset: Dataset) -> None:
    said = script(respond(GUINEA.about(partner="Australia"), dataset))
    assert "on record for it: tonnes" in said.headline


def test_months_side_by_side_are_a_table_with_a_row_a_month(dataset: Dataset) -> None:
    asked = Question.of(("alumina", "bauxite"), ("import",), YEAR_2025, "trend")
    (table,) = tables(render(respond(asked, dataset)).blocks)
    assert table[0] == ["Month", "Alumina imports, kt", "Bauxite imports, Mt", "Status, source"]
    assert [row[0] for row in table[1:4]] == ["January 2025", "February 2025", "March 2025"]
    assert table[5][1] == "67.5"  # 67,493.48 t in May
    assert len(table) == 13


def test_a_ranking_is_a_table_with_ranks(dataset: Dataset) -> None:
    (table,) = tables(render(respond(replace(SCRAP, view="ranking", top=2), dataset)).blocks)
    assert [row[:3] for row in table] == [
        ["Place", "Month", "Level, kt"], ["1", "December 2025", "194.1"], ["2", "April 2025", "190.4"],
    ]  # fmt: skip
    asked = replace(SCRAP.about(commodities=("alumina", "aluminium_scrap")), view="ranking", top=1)
    (table,) = tables(render(respond(asked, dataset)).blocks)
    assert [row[:4] for row in table[1:]] == [
        ["1", "Alumina imports", "November 2025", "232.4"],
        ["1", "Aluminium scrap imports", "December 2025", "194.1"],
    ]


def test_the_lines_of_the_text_are_the_rows_of_the_table(dataset: Dataset) -> None:
    said = script(respond(replace(SCRAP, view="ranking", top=2), dataset))
    # printed +22.82 %; 194,102.07 / 162,756.17 = +19.26 %
    assert said.facts[0].startswith(
        "1. December 2025: 194.1 kt; on a year earlier +22.82 %; on the month +19.3 %; query ["
    )


def test_several_series_of_two_periods_are_a_table_with_the_change(dataset: Dataset) -> None:
    asked = Question.of(
        ("alumina", "bauxite"), ("export", "import"), JULY_2026, "compare", against=JULY_2026.year_before
    )
    (table,) = tables(render(respond(asked, dataset)).blocks)
    assert table[0] == [
        "Series",
        "July 2026, kt",
        "July 2025, kt",
        "Change from July 2025 to July 2026",
        "Status, source",
    ]
    # 366,577.68 / 125,828.37 = +191.3 %
    assert table[2][:4] == ["Alumina imports", "366.6", "125.8", "+191.3 %"]


def test_a_long_table_keeps_its_newest_rows_whole_and_counts_the_others(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LISTS, "trend", 1_000)  # more than are listed
    asked = EVERYTHING.at(Period.span(Month(2018, 1), Month(2026, 7)))
    blocks = render(respond(asked, dataset)).blocks
    (table,) = tables(blocks)
    assert table[-1][0] == "July 2026"
    (more,) = [text for text in contexts(blocks) if " earlier rows." in text]
    rows = {figure.end for figure in respond(asked, dataset).figures}
    assert more == f"{len(rows) - len(table) + 1} earlier rows."


def test_a_long_text_keeps_the_newest_months(dataset: Dataset) -> None:
    text = render(respond(EVERYTHING.at(Period.span(Month(2018, 1), Month(2026, 7))), dataset)).text
    lines = text.split("\n")
    assert any(line.startswith("July 2026: ") for line in lines)
    assert lines[1].endswith("earlier lines.")


def test_a_file_has_a_line_a_figure_in_base_units(dataset: Dataset) -> None:
    asked = replace(SCRAP.at(Period.span(Month(2025, 1), Month(2025, 2))), view="export")
    answer = respond(asked, dataset)
    rows = list(csv.DictReader(document(answer)["csv"].splitlines()))
    assert [(row["period"], row["value"], row["unit"], row["yoy_pct"]) for row in rows] == [
        ("2025-01", "158675.68", "t", "-7.0"), ("2025-02", "164429.78", "t", "40.0"),
    ]  # fmt: skip


def test_sources_are_written_out_input_by_input(dataset: Dataset) -> None:
    lines = script(respond(replace(DERIVED, view="sources"), dataset)).facts
    assert lines[1:4] == (
        "+ January-September 2023 2.04 Mt, to the nearest 10 kt, bulletin [1].",
        "- September 2023 332 kt, to the nearest 1 kt, bulletin [1].",
        "- January-July 2023 1.43 Mt, to the nearest 10 kt, bulletin [2].",
    )


def test_the_document_holds_what_the_view_adds(dataset: Dataset) -> None:
    average = document(respond(replace(SCRAP, view="average"), dataset))["average"]
    assert [(item["months"], item["unit"]) for item in average] == [(12, "t")]
    (share,) = document(respond(GUINEA, dataset))["shares"]
    assert (share["partner"], share["pct"], share["scope"]) == ("Guinea", 74.6, "HS 2606")
    (stretch,) = document(respond(UNWROUGHT, dataset))["stretches"]
    assert stretch["holes"] == ["2020-01", "2020-02"]
    (release,) = document(respond(Question.of(("alumina",), ("export",), None, "release"), dataset))[
        "releases"
    ]
    assert (release["stage"], release["month"], release["date"]) == ("bulletin", "2026-11", "2026-12-18")
    (figure,) = document(respond(replace(ALUMINA.at(MARCH_2024), view="figure", unit="t/day"), dataset))[
        "figures"
    ]
    assert (figure["value"], figure["unit"], round(figure["per_day"])) == (140_000, "t", 4516)


def tables(blocks: tuple[dict[str, Any], ...]) -> list[list[list[str]]]:
    found = [block for block in blocks if block["type"] == "data_table"]
    return [[[spaced(cell["text"]) for cell in row] for row in block["rows"]] for block in found]


def contexts(blocks: tuple[dict[str, Any], ...]) -> list[str]:
    return [spaced(block["elements"][0]["text"]) for block in blocks if block["type"] == "context"]


def test_several_series_of_a_month_have_their_running_totals_beside_them(dataset: Dataset) -> None:
    asked = Question.of(("alumina", "bauxite"), ("import",), Period.month(Month(2025, 3)))
    (table,) = tables(render(respond(asked, dataset)).blocks)
    assert table[0] == [
        "Series", "March 2025, kt", "On a year earlier", "On the month",
        "January-March 2025, kt", "On a year earlier", "Status, source",
    ]  # fmt: skip
    # 35,893.94 + 41,689.57 + 11,168.87 = 88,752.38 t; bauxite 47.09 Mt, printed with +30.0 %
    assert [row[4:6] for row in table[1:]] == [["88.8, derived", "not on record"], ["47,070 ±5", "+29.6 %"]]


def test_where_only_changes_are_asked_for_there_is_no_column_of_totals(dataset: Dataset) -> None:
    asked = Question.of(("alumina", "bauxite"), ("import",), Period.month(Month(2025, 3)), "growth")
    (table,) = tables(render(respond(asked, dataset)).blocks)
    assert table[0] == ["Series", "March 2025, kt", "On a year earlier", "On the month", "Status, source"]


@looped("typed", ["everything 2025 vs 2024", "top months everything 2025", "everything trend 2025"])
def test_the_bold_line_names_the_leading_series_and_the_text_as_many_as_before(
    typed: str, dataset: Dataset
) -> None:
    asked = understand(typed, record=dataset)
    message = render(respond(asked, dataset))
    bold, complete = spaced(message.blocks[0]["text"]["text"]), message.text.split("\n")[0]
    assert bold.endswith("; and 5 more below*")  # of eight series
    assert complete.startswith(bold.strip("*").removesuffix("; and 5 more below"))
    assert len(complete) > len(bold)
    (table,) = tables(message.blocks)
    assert "Bauxite imports" in str(table)


def test_three_series_or_fewer_are_all_in_the_bold_line(dataset: Dataset) -> None:
    asked = understand("alumina exports and imports 2025 vs 2024", record=dataset)
    message = render(respond(asked, dataset))
    assert spaced(message.blocks[0]["text"]["text"]).strip("*") == message.text.split("\n")[0]


def test_means_are_never_left_to_the_table_of_their_months(dataset: Dataset) -> None:
    message = render(respond(understand("average of everything 2025", record=dataset), dataset))
    assert spaced(message.blocks[0]["text"]["text"]).strip("*") == message.text.split("\n")[0]
