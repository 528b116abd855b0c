"""Several printings of one figure, what was known on a day, and what is held."""

import shutil
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import permutations

from bot.dataset.calendar import Month, Period
from bot.dataset.data_files import data_folder
from bot.dataset.growth import printed_change
from bot.dataset.load import load_record
from bot.dataset.model import Held, Series, Source
from bot.dataset.releases import ReleaseCalendar, in_order
from tests.dataset.rows import ALUMINA, by_period, derived, figure_of, month, row, rows_of, small_dataset, ytd
from tests.tables import looped, tables

CASES = tables("dataset/derived.yaml")

printing = partial(row, "2025-03", 500_000)


@looped(("older", "newer"), CASES["newer"])
def test_the_newer_printing_comes_last(older, newer):
    first, second = printing(**older), printing(**newer)
    assert in_order([second, first]) == in_order([first, second]) == (first, second)


def test_the_order_of_several_does_not_hang_on_the_order_they_are_read_in():
    """Dates say query before bulletin, stages say the row without a date stands between: still one order."""
    rows = [
        printing(status="query", published=date(2025, 4, 20)),
        printing(status="bulletin", published=date(2025, 5, 2)),
        printing(1),
        printing(status="flash"),
    ]
    (order,) = {in_order(shuffled) for shuffled in permutations(rows)}
    assert [item.status for item in order if item.published] == ["query", "bulletin"]
    assert order[0].status == "flash"


def test_todays_figure_is_the_newest_printing_and_the_others_are_kept():
    first = row("2025-03", 859_000, 1_000, status="flash")
    revised = row("2025-03", 861_000, 1_000, status="revised")
    figure = derived(revised, first)[month("2025-03")]
    assert (figure.value, figure.row, figure.vintages) == (861_000, revised, (first, revised))


def test_a_newer_change_alone_does_not_hide_the_level():
    level, change = row("2025-03", 859_000), row("2025-03", None, yoy_pct=3.0, status="revised")
    figure = derived(level, change)[month("2025-03")]
    assert (figure.value, figure.row, figure.growth.printed) == (859_000, level, change)


@looped(("printed", "told", "moved"), CASES["moved"])
def test_the_newest_printed_change_and_whether_it_moved(printed, told, moved):
    rows = rows_of(printed)
    assert printed_change(rows[-1], rows) == (None if told is None else rows[told], moved)
    assert printed_change(None, []) == (None, False)


def test_every_vintage_of_the_record_can_be_asked_for(dataset, record):
    kept = {
        vintage.line
        for series, lines in dataset.lines.items()
        for line in (lines.values() if series.measure != "unit_value" else ())
        for figure in line.figures()
        for vintage in figure.vintages
    }
    assert kept == {item.line for item in record.rows}


def test_a_later_coarser_printing_confirms_a_finer_one_within_its_rounding():
    coarse = row("2024-03", 140_000, 10_000, published=date(2024, 4, 18), yoy_pct=169.6)
    for value, confirmed in ((141_250, True), (148_000, False)):
        fine = row("2024-03", value, 1, published=date(2024, 4, 7))
        assert in_order([fine, coarse]) == ((coarse, fine) if confirmed else (fine, coarse))
        figure = derived(fine, coarse)[month("2024-03")]
        assert (figure.value, figure.growth.pct) == (value if confirmed else 140_000, 169.6)


JULY = Period.month(Month(2026, 7))


def test_another_day_shows_what_has_come_since(record):
    early = record.as_of(date(2026, 8, 5))
    assert early.figure(ALUMINA, JULY) is None
    assert early.on(date(2026, 8, 25)).figure(ALUMINA, JULY) is not None


def test_a_day_without_news_has_the_same_figures_derived_once(record):
    first, next_day = record.as_of(date(2026, 11, 2)), record.as_of(date(2026, 11, 3))
    assert next_day.lines is first.lines
    assert next_day.today == date(2026, 11, 3)
    told = [
        each.record.as_of(each.today, first=True).figure(ALUMINA, JULY)
        for each in (first, first, first.on(next_day.today))
    ]
    assert told[0]
    assert all(each is told[0] for each in told)


def test_a_day_gone_by_is_as_if_nothing_had_come_since(record):
    then = record.as_of(date(2025, 5, 3))
    alone = replace(record, rows=[row for row in record.rows if record.calendar.out_since(row) <= then.today])
    for series, lines in alone.as_of(then.today).lines.items():
        for scope, line in lines.items():
            assert by_period(line) == by_period(then.lines[series][scope])


READ = date(2026, 11, 24)
URL = "https://comtradeapi.un.org/public/v1/preview"
OWN = Source("un-comtrade-2026-02", "UN Comtrade", "Monthly", URL, "", READ)
COPY = replace(OWN, id="un-comtrade-copy", via="copy in github.com/somebody")


@looped(
    ("source", "published", "known_from"),
    [
        (OWN, None, READ),
        (OWN, date(2026, 8, 1), date(2026, 8, 1)),  # printed: that decides
        (COPY, None, date(2026, 3, 20)),  # the stage `query` of February
        (replace(OWN, publisher="China Customs"), None, date(2026, 3, 20)),
    ],
)
def test_a_row_is_known_from_the_day_printed_else_from_that_of_its_arrival(
    source, published, known_from, record
):
    printed = row("2026-02", 1, 1, source=source.id, status="query", published=published)
    (added,) = record.with_rows([printed], {source.id: source}, 1).rows[-1:]
    assert ReleaseCalendar().out_since(added) == known_from
    assert added.published == published  # what publishers print stays theirs


def test_it_stays_so_once_it_was_exported_into_the_files(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    source = f"{OWN.id},{OWN.publisher},{OWN.title},{OWN.url},,,{READ}"
    figure = f"2026-02,import,primary_aluminium,Russia,month,quantity,7,1,,HS 760110,query,{OWN.id},,1,"
    for name, line in (("sources.csv", source), ("figures.csv", figure)):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    last = load_record(folder).rows[-1]
    assert (last.arrived, ReleaseCalendar().out_since(last)) == (READ, READ)


HELD = row("2024-03", 1_400_000)
AROUND = "ytd 2024-02 280; ytd 2024-04 550; month 2024-04 130"  # March follows from these


def with_held(printed, held=HELD):
    record = small_dataset(rows_of(printed)).record
    return replace(record, held=(Held(held, "ten times too much"),)).as_of(date(2026, 11, 24))


def test_a_month_between_two_totals_is_not_derived_while_it_is_held():
    assert small_dataset(rows_of(AROUND)).figure(ALUMINA, month("2024-03")) is not None
    data = with_held(AROUND)
    for period in (month("2024-03"), ytd("2024-03"), Period.around(Month(2024, 3), "quarter")):
        assert data.figure(ALUMINA, period) is None
    assert Month(2024, 3) not in data.months(ALUMINA)


def test_what_was_printed_and_taken_stands():
    data = with_held("ytd 2024-02 280; ytd 2024-04 550; month 2024-03 140")
    for period, value in ((month("2024-03"), 140_000), (ytd("2024-04"), 550_000)):
        assert figure_of(data, ALUMINA, period).value == value


def test_no_change_is_computed_on_a_held_month():
    printed = f"{AROUND}; month 2025-03 150"
    for data, known in ((small_dataset(rows_of(printed)), True), (with_held(printed), False)):
        figure = figure_of(data, ALUMINA, month("2025-03"))
        assert (figure.growth.pct is not None) == known


def test_the_run_of_months_ends_before_a_held_one():
    months = "; ".join(f"month 2024-0{number} {100 + number}/1" for number in (1, 2, 4, 5))
    data = with_held(f"{months}; ytd 2024-02 203/1; ytd 2024-05 515/1")
    figure = figure_of(data, ALUMINA, month("2024-05"))
    standing = data.line(ALUMINA, figure.scope).standing(figure.period)
    assert (standing.run_start, standing.months) == (Month(2024, 4), 2)


def test_the_answer_can_say_that_a_figure_is_held():
    data = with_held("month 2024-02 140")
    assert [each.row for each in data.held(ALUMINA, month("2024-03"))] == [HELD]
    unit_value = data.held(ALUMINA._replace(measure="unit_value"), Period.around(Month(2024, 3), "quarter"))
    assert [each.row for each in unit_value] == [HELD]
    assert data.held(ALUMINA, month("2024-02")) == ()
    assert data.held(Series("bauxite", "import"), month("2024-03")) == ()


def test_a_day_gone_by_knows_nothing_of_what_came_later():
    record = with_held(AROUND, held=replace(HELD, published=date(2026, 10, 1))).record
    assert record.as_of(date(2026, 9, 1)).figure(ALUMINA, month("2024-03")) is not None
    assert record.as_of(date(2026, 10, 1)).figure(ALUMINA, month("2024-03")) is None
