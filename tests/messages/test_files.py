"""The CSV file of an answer: what a spreadsheet opens, with where every figure comes from."""

import csv
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.document import document
from bot.messages.render import render
from bot.messages.sheet import HEADER, every_line
from bot.messages.terminal import drawn, terminal
from bot.questions.question import Question
from tests.hostile import FORMULAS, HOSTILE
from tests.looped import looped

ALUMINA = Question.of(("alumina",), ("export",), Period.span(Month(2026, 1), Month(2026, 4)), "export")
EVERYTHING = ("unwrought_aluminium", "alumina", "bauxite", "primary_aluminium", "aluminium_scrap")


def rows_of(answer: Answer) -> list[dict[str, str]]:
    message = render(answer)
    assert message.file
    return list(csv.DictReader(message.file.content.decode("utf-8-sig").splitlines()))


def test_the_file_is_what_a_spreadsheet_opens(dataset: Dataset) -> None:
    file = render(respond(ALUMINA, dataset)).file
    assert file
    assert file.content.startswith(b"\xef\xbb\xbfperiod,kind,")
    lines = file.content.split(b"\r\n")
    assert (len(lines), lines[-1]) == (6, b"")  # a header, four months
    assert all(b"\n" not in line for line in lines)
    assert file.name == "alumina-exports-january-2026-to-april-2026.csv"
    assert file.title.startswith("Alumina exports")


def test_every_figure_has_its_rounding_scope_status_and_source(dataset: Dataset) -> None:
    rows = rows_of(respond(ALUMINA, dataset))
    april = rows[3]
    assert list(april) == HEADER
    # printed: 520 kt in April 2026, to the nearest 10 kt, +96.6 %
    assert [april[name] for name in ("period", "value", "unit", "step", "low", "high", "derived")] == [
        "2026-04", "520000", "t", "10000", "515000", "525000", "no",
    ]  # fmt: skip
    assert [april[name] for name in ("yoy_pct", "yoy_origin", "status", "scope")] == [
        "96.6", "published", "bulletin", "HS 28182000",
    ]  # fmt: skip
    assert april["source"] == "china-customs-250f7f"
    assert april["source_title"] == "Monthly bulletin, major commodities in quantity and value"
    assert april["source_url"] == "http://english.customs.gov.cn/statics/report/monthly.html"


def test_a_derived_figure_names_its_inputs(dataset: Dataset) -> None:
    august = ALUMINA.about(commodities=("unwrought_aluminium",), flows=("import",))
    (row,) = rows_of(respond(august.at(Period.month(Month(2023, 8))), dataset))
    # 2,040 kt of January-September, less the printed total to April, and the printed months but August
    assert row["derived"] == "yes"
    months = "2023-05 month 191701 - 2023-06 month 211235 - 2023-07 month 231452 - 2023-09 month 332000"
    assert row["inputs"] == f"2023-09 ytd 2040000 - 2023-04 ytd 797602 - {months}"


def test_the_dates_of_publication_stand_where_they_are_known(dataset: Dataset) -> None:
    asked = ALUMINA.at(Period.month(Month(2025, 6)))
    assert rows_of(respond(asked, dataset))[0]["published"] == "2025-09-19"


def test_the_message_names_the_file(dataset: Dataset) -> None:
    message = render(respond(ALUMINA, dataset))
    assert message.file
    remark = f"4 figures in {message.file.name}"
    assert message.file.note == remark
    assert remark not in message.text + str(message.blocks)  # it is said once the file is there
    assert "month,alumina" not in message.text


def test_an_answer_that_fits_has_no_file(dataset: Dataset) -> None:
    assert render(respond(replace(ALUMINA, view="trend"), dataset)).file is None


def test_the_terminal_and_the_document_have_the_lines_themselves(dataset: Dataset) -> None:
    answer = respond(ALUMINA, dataset)
    lines = every_line(answer)
    assert document(answer)["csv"].splitlines() == list(lines)
    console = terminal()
    with console.capture() as captured:
        console.print(drawn(answer), soft_wrap=True)
    assert lines[1] in captured.get()


@looped("text", HOSTILE)
def test_a_cell_is_no_formula_and_holds_nothing_unseen(dataset: Dataset, text: str) -> None:
    answer = respond(ALUMINA.at(Period.month(Month(2026, 4))), dataset)
    (figure,), (citation,) = answer.figures, answer.citations[:1]
    hostile = replace(figure, scope=text)
    source = replace(citation, source=replace(citation.source, title=text, url=text))
    (_, line) = every_line(replace(answer, figures=(hostile,), citations=(source, *answer.citations[1:])))
    (row,) = csv.reader([line])
    assert len(row) == len(HEADER)
    cells = [row[HEADER.index(name)] for name in ("scope", "source_title", "source_url")]
    assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for cell in cells)
    assert not any(sign in cell for cell in cells for sign in "\r\n\t\u200b\u202e\x00")
    if text in FORMULAS:
        assert any(sign in cells[0] for sign in "=+-@＝＋－＠")  # it is shown, as text
