"""Each kind says the figures of data/figures.csv, in both languages, first answers and follow-ups."""

import csv

from bot.answers.answer import Answer
from bot.answers.conversation import converse, with_newest
from bot.answers.monthly import monthly_summary
from bot.dataset.calendar import Month
from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Dataset
from bot.messages.document import document
from bot.messages.render import render
from tests.looped import looped
from tests.messages.asked import lines as lines_of
from tests.tables import tables

CASES = tables("messages/said.yaml")


def kt(period: str, commodity: str, flow: str, kind: str = "month") -> tuple[float, float | None]:
    """The last printed level in thousand tonnes and the change on the year in figures.csv."""
    with (data_folder() / "figures.csv").open(encoding="utf-8") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if (row["period"], row["commodity"], row["flow"], row["kind"]) == (period, commodity, flow, kind)
            and not row["partner"]
            and row["measure"] == "quantity"
            and row["value"]
        ]
    changes = [float(row["yoy_pct"]) for row in rows if row["yoy_pct"]]
    return float(rows[-1]["value"]) / 1_000, changes[-1] if changes else None


def last(dataset: Dataset, *turns: str) -> Answer:
    return with_newest(list(converse(turns, dataset))[-1], dataset)


def told(dataset: Dataset, *turns: str) -> str:
    """The message as lines of text, with plain spaces and without the marks of bold."""
    return lines_of(render(last(dataset, *turns)))


EXPORTS, CHANGE = kt("2024-03", "alumina", "export")
JULY, JULY_CHANGE = kt("2026-07", "alumina", "export")
FEBRUARY, TO_MARCH = kt("2024-02", "alumina", "export")[0], kt("2024-03", "alumina", "export", "ytd")[0]
TONNES = {"exports": EXPORTS, "july": JULY, "february": FEBRUARY, "to_march": TO_MARCH}
NUMBERS = TONNES | {"change": CHANGE, "july_change": JULY_CHANGE}
NUMBERS |= {f"{name}_wan": kilotonnes / 10 for name, kilotonnes in TONNES.items()}


@looped(("turns", "said"), CASES["kinds"].items())
def test_a_kind_says_its_figures(dataset: Dataset, turns: str, said: list[str]) -> None:
    text = told(dataset, *turns.split(" / "))
    assert [line for line in said if line.format(**NUMBERS) not in text] == [], text


def test_against_last_month_is_no_time(dataset: Dataset) -> None:
    for text in ("alumina exports vs last month", "氧化铝出口较上月增减多少"):
        assert last(dataset, text).not_out is None, text


def test_a_month_shows_the_printed_levels_and_changes(dataset: Dataset) -> None:
    text = told(dataset, "july 2026")
    for commodity, flow, name in (
        ("unwrought_aluminium", "export", "Aluminium exports"),
        ("unwrought_aluminium", "import", "Aluminium imports"),
        ("alumina", "export", "Alumina exports"),
        ("bauxite", "import", "Bauxite imports"),
    ):
        level, change = kt("2026-07", commodity, flow)
        arrow = "▲" if (change or 0) > 0 else "▼"
        assert f"{name} | {level:,.0f} | {arrow} {abs(change or 0):.1f} |" in text


def test_a_follow_up_is_shorter_than_a_first_answer(dataset: Dataset) -> None:
    turns = ("alumina exports july 2026", "vs a year ago")
    assert len(told(dataset, *turns)) < len(told(dataset, turns[0])) + 20


def test_the_document_keeps_its_contract(dataset: Dataset) -> None:
    found = document(last(dataset, "alumina exports march 2024"))
    bound = "text outcome understood suggestions question figures highlights notes sources questions instead"
    assert {*bound.split(), "reading"} <= set(found)
    (figure,) = found["figures"]
    changes = (figure["yoy_pct"], figure["yoy_origin"])
    assert (figure["value"], *changes) == (EXPORTS * 1_000, CHANGE, "published")
    assert figure["range"] == [135_000, 145_000]
    assert "140 kt" in found["text"]


def test_several_answers_stand_in_one_message_that_names_a_publisher_once(dataset: Dataset) -> None:
    asked = "alumina exports and bauxite imports march 2024 and aluminium exports may 2025"
    message = render(last(dataset, asked))
    assert "Aluminium exports, May 2025" in lines_of(message)
    sources = message.text.splitlines()[-1]
    assert sources.count("China Customs") == 1
    assert "trade press" in sources


def test_a_month_without_any_figure_is_said_to_have_none(dataset: Dataset) -> None:
    summary = monthly_summary(dataset, Month(2019, 1), ("alumina",))
    assert lines_of(render(summary)).startswith(
        "Alumina exports and alumina imports, January 2019: not on record"
    )


def test_each_publication_links_to_its_own_page(dataset: Dataset) -> None:
    foot = render(last(dataset, "march 2026")).blocks[-2]["elements"][0]["text"]
    assert "/monthly.html|monthly bulletin>, query by HS code" in foot


def test_years_that_follow_on_each_other_are_told_together(dataset: Dataset) -> None:
    # as printed: 141,380 + 158,770 + 200,530 kt = 500,680 kt
    assert "2023–2025 together: ~500.7 Mt" in told(dataset, "bauxite imports 2023 to 2025")


def test_what_was_printed_once_is_not_called_revised(dataset: Dataset) -> None:
    assert told(dataset, "alumina exports july 2026 revised?").startswith("Nothing was revised, July 2026\n")
    revised = told(dataset, "how much was guinea bauxite revised this year")
    assert revised.startswith("10 figures revised")
    assert revised.count("Jan 2025") == 1  # January's total is January


def test_a_revised_row_is_named_by_what_it_was_printed_in(dataset: Dataset) -> None:
    assert "China Customs, query by HS code" in told(dataset, "bauxite imports from guinea 2025")


def test_a_bound_is_confirmed_or_refuted_by_its_side(dataset: Dataset) -> None:
    # as printed: 6,134,000 t, down 8.0 %
    assert told(dataset, "did aluminium exports top 6 million tonnes in 2025?").startswith(
        "Yes: aluminium exports, 2025: 6.134 Mt · above 6 Mt"
    )
    assert told(dataset, "were aluminium exports under 6 Mt in 2025?").startswith(
        "No: aluminium exports, 2025: 6.134 Mt · above 6 Mt"
    )
    assert told(dataset, "2025年铝出口超过600万吨了吗").startswith(
        "对：2025年铝及铝材出口613.4万吨 · 高于600万吨"
    )
    # 8.0 % as printed may be a little less than 8
    assert told(dataset, "was the fall of aluminium exports in 2025 more than 8 %?").startswith("Open:")


def test_why_it_fell_takes_the_change_that_fell(dataset: Dataset) -> None:
    # 510 kt after 668.9 kt the month before, and up 3.1 % on the year
    said = told(dataset, "why did aluminium exports fall in december 2024")
    assert "▼ ~24 % on the month" in said
    assert "▲ 3.1 % on the year" in said


def test_the_largest_quarter_leads(dataset: Dataset) -> None:
    # 103,250 less 47,070 kt to March is 56,180 kt of the quarter in running totals
    assert told(dataset, "which quarter of 2025 was the largest for bauxite imports").startswith(
        "Bauxite imports, Q2 2025: "
    )


def test_months_ago_are_counted_from_the_newest(dataset: Dataset) -> None:
    said = told(dataset, "alumina exports two months ago")
    assert said.startswith("Alumina exports, June 2026: 270 kt")  # the newest is July
    assert "September 2026 is not on record yet" in said


def test_no_month_is_said_with_what_rounding_leaves_open_and_its_source(dataset: Dataset) -> None:
    # March 2025 was printed as 300 kt, to the nearest 10
    said = told(dataset, "how many months of 2025 were alumina exports above 302 kt")
    assert "0 of 12 months" in said
    assert "Rounding leaves 1 month open" in said
    assert "China Customs, " in said
