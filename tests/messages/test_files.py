"""The CSV file of an answer: what a spreadsheet opens, with where every figure comes from."""

import csv
import datetime as dt
from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.messages.buttons import next_asks
from bot.messages.command_line import document, drawn, terminal, views
from bot.messages.for_programs import HEADER, every_line, release_calendar
from bot.messages.render import render
from bot.questions.question import Question
from tests.commandline import alumina
from tests.hostile import FORMULAS, HOSTILE
from tests.tables import looped

ALUMINA = Question.of(("alumina",), ("export",), Period.span(Month(2026, 1), Month(2026, 4)), "export")
APRIL = ALUMINA.at(Period.month(Month(2026, 4)))


def rows_of(answer):
    message = render(answer)
    return list(csv.DictReader(message.file.content.decode("utf-8-sig").splitlines()))


def test_the_file_is_what_a_spreadsheet_opens(dataset):
    message = render(respond(ALUMINA, dataset))
    file = message.file
    assert file.content.startswith(b"\xef\xbb\xbfperiod,kind,")
    lines = file.content.split(b"\r\n")
    assert (len(lines), lines[-1]) == (6, b"")  # a header, four months
    assert all(b"\n" not in line for line in lines)
    assert file.name == "aluminium-2026-01-2026-04.csv"
    assert render(respond(APRIL, dataset)).file.name == "aluminium-2026-04.csv"
    assert file.title == "Alumina exports, Jan–Apr 2026: 4 figures as CSV"
    assert render(respond(replace(ALUMINA, view="trend"), dataset)).file is None  # all of it fits


def test_a_file_is_offered_where_it_may_be_meant_and_not_below_figures(dataset):
    meant = Answer("ask_back", None, suggestions=(ALUMINA,), catalogue=dataset.catalogue)
    assert [ask.question for ask in next_asks([meant])] == [ALUMINA]
    figures = respond(replace(ALUMINA, view="trend"), dataset)  # below them the menu has it
    assert "export" not in {ask.question.view for ask in next_asks([figures])}


def test_every_figure_has_its_rounding_scope_status_and_source(dataset):
    april = rows_of(respond(ALUMINA, dataset))[3]
    assert list(april) == HEADER
    # printed: 520 kt in April 2026, to the nearest 10 kt, +96.6 %
    wanted = "2026-04 520000 t 10000 515000 525000 no 96.6 published bulletin china-customs-250f7f".split()
    names = "period value unit step low high derived yoy_pct yoy_origin status source".split()
    assert [april[name] for name in names] == wanted
    assert april["scope"] == "HS 28182000"
    assert april["source_title"] == "Monthly bulletin, major commodities in quantity and value"
    assert april["source_url"] == "http://english.customs.gov.cn/statics/report/monthly.html"
    (june,) = rows_of(respond(ALUMINA.at(Period.month(Month(2025, 6))), dataset))
    assert june["published"] == "2025-09-19"  # where it is known


def test_a_derived_figure_names_its_inputs(dataset):
    august = ALUMINA.about(commodities=("unwrought_aluminium",), flows=("import",))
    (row,) = rows_of(respond(august.at(Period.month(Month(2023, 8))), dataset))
    # 2,040 kt of January-September, less the printed total to April, and the printed months but August
    assert row["derived"] == "yes"
    months = "2023-05 month 191701 - 2023-06 month 211235 - 2023-07 month 231452 - 2023-09 month 332000"
    assert row["inputs"] == f"2023-09 ytd 2040000 - 2023-04 ytd 797602 - {months}"


def test_the_terminal_and_the_document_have_the_lines_themselves(dataset):
    answer = respond(ALUMINA, dataset)
    shared = {"question", "questions", "figures", "instead", "highlights", "notes", "sources", "reading"}
    assert shared.isdisjoint(views(answer))  # no view takes a key of the document
    lines = every_line(answer)
    assert document(answer)["csv"].splitlines() == list(lines)
    console = terminal()
    with console.capture() as captured:
        console.print(drawn(answer), soft_wrap=True)
    assert lines[1] in captured.get()


@looped("text", HOSTILE)
def test_a_cell_is_no_formula_and_holds_nothing_unseen(dataset, text):
    answer = respond(APRIL, dataset)
    (figure,), (citation, *others) = answer.figures, answer.citations
    source = citation._replace(source=replace(citation.source, title=text, url=text))
    hostile = answer._replace(figures=(replace(figure, scope=text),), citations=(source, *others))
    (_, line) = every_line(hostile)
    (row,) = csv.reader([line])
    assert len(row) == len(HEADER)
    cells = [row[HEADER.index(name)] for name in ("scope", "source_title", "source_url")]
    assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for cell in cells)
    assert not any(sign in cell for cell in cells for sign in "\r\n\t\u200b\u202e\x00")
    if text in FORMULAS:
        assert any(sign in cells[0] for sign in "=+-@＝＋－＠")  # it is shown, as text


async def test_in_the_terminal_a_file_gets_the_lines_alone(tmp_path):
    run = await alumina(
        "ask", "csv of alumina exports april 2026", env={"ALUMINA_TODAY": "2026-11-24"}, folder=tmp_path
    )
    assert (run.status, len(run.out.splitlines())) == (0, 2)
    assert [row["period"] for row in csv.DictReader(run.out.splitlines())] == ["2026-04"]


def test_each_release_is_a_day_of_its_own(dataset):
    """The flash of November 2026 is expected on 9 December; January and February 2027 come together."""
    file = release_calendar(dataset.on(dt.date(2026, 11, 24)))
    assert file.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert file.endswith("END:VCALENDAR\r\n")
    events = file.split("BEGIN:VEVENT\r\n")[1:]
    [flash] = [each for each in events if "UID:flash-2026-11@alumina" in each]
    assert "DTSTART;VALUE=DATE:20261209\r\nDTEND;VALUE=DATE:20261210\r\n" in flash
    assert "SUMMARY:Preliminary release\\, November 2026 (expected)\r\n" in flash
    assert "STATUS:TENTATIVE" in flash
    assert not [each for each in events if "-2027-01@" in each]
    [both] = [each for each in events if "UID:query-2027-02@alumina" in each]
    assert "Jan–Feb 2027" in both
    assert len(events) == len({each.split("\r\n")[0] for each in events})
