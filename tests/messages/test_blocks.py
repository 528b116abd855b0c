"""Messages within Slack's limits, whatever the answer."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from bot.answers.answer import Answer
from bot.answers.monthly import monthly_summary
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.blocks import context, escape, fitting, section
from bot.messages.document import document
from bot.messages.limits import problems
from bot.messages.render import render
from bot.messages.script import script
from bot.questions.question import Issue, Question, Unresolved
from tests.looped import looped
from tests.spaces import spaced

MEASURES = ("quantity", "value", "unit_value")


def every_answer(dataset: Dataset) -> Iterator[Answer]:
    """Overviews, single series and pairs of every period around the record, in every measure."""
    everything = tuple(dataset.catalogue)
    for year, number, measure in product(range(2017, 2028), range(1, 13, 2), MEASURES):
        end = Month(year, number)
        periods = [
            Period.month(end),
            Period.ytd(end),
            Period.quarter(year, number // 4 + 1),
            Period.whole_year(year),
        ]
        for period in periods:
            question = Question.of(
                everything, ("export", "import"), period, "overview", measure=measure, open_ended=True
            )
            yield respond(question, dataset)
            yield respond(Question.of(("alumina",), ("export", "import"), period, measure=measure), dataset)
            against = period.year_before
            yield respond(Question.of(everything, ("import",), period, "compare", against=against), dataset)


def test_every_answer_fits_into_a_message(dataset: Dataset) -> None:
    count = 0
    for answer in every_answer(dataset):
        message = render(answer)
        assert problems(message.text, message.blocks) == [], answer.question
        count += 1
    assert count > 2_000


def test_every_monthly_post_fits_into_a_message(dataset: Dataset) -> None:
    for step in range(31):
        message = render(monthly_summary(dataset, Month(2024, 1).plus(step)))
        assert problems(message.text, message.blocks) == []


def cells(message_blocks: tuple[dict[str, Any], ...]) -> list[list[str]]:
    (table,) = [block for block in message_blocks if block["type"] == "data_table"]
    return [[spaced(cell["text"]) for cell in row] for row in table["rows"]]


def test_an_overview_is_a_table_with_status_and_source_in_every_row(dataset: Dataset) -> None:
    question = Question.of(
        tuple(dataset.catalogue), ("export", "import"), Period.month(Month(2024, 3)), "overview"
    )
    header, *rows = cells(render(respond(question, dataset)).blocks)
    assert header == [
        "Series", "March 2024, kt", "On a year earlier", "On the month",
        "January-March 2024, kt", "On a year earlier", "Status, source",
    ]  # fmt: skip
    told = {row[0]: row for row in rows}
    assert told["Aluminium imports"][1:6] == [
        "380 ±5", "+89.8 %", "about +11.8 % (8.7 to 14.9)", "1,100 ±5", "+92.3 %",
    ]  # fmt: skip
    assert told["Bauxite imports"][2] == "-1.43 %"
    assert all("[" in row[-1] for row in rows)


def test_the_text_says_all_that_the_blocks_show(dataset: Dataset) -> None:
    answer = monthly_summary(dataset, Month(2026, 7))
    message, grid = render(answer), script(answer).grid
    assert grid
    _, *shown = cells(message.blocks)
    for row, texts in zip(grid.rows, shown, strict=True):
        assert [cell.text for cell in row] == texts
        assert all(cell.said in message.text for cell in row)


@looped(
    ("told", "shown"),
    [
        ("140 kt, +169.6 %", "140\u00a0kt, +169.6\u00a0%"),
        ("2.645 Mt, 10 t, 14 万吨", "2.645\u00a0Mt, 10\u00a0t, 14\u00a0万吨"),
        ("210 ±15, 2024 to 2025, 7 the", "210 ±15, 2024 to 2025, 7 the"),
    ],
)
def test_no_line_breaks_between_a_number_and_its_unit(told: str, shown: str) -> None:
    assert section(told)["text"]["text"] == context(told)["elements"][0]["text"] == shown


def test_what_programs_read_has_plain_spaces(dataset: Dataset) -> None:
    answer = monthly_summary(dataset, Month(2026, 7))
    message = render(answer)
    assert any("\u00a0" in cell["text"] for block in message.blocks for cell in block.get("rows", [[]])[-1])
    assert "\u00a0" not in message.text
    assert "\u00a0" not in document(answer)["text"]


def test_what_a_user_typed_can_neither_mention_nor_link() -> None:
    sentence = "“<!channel> <https://example.com|x>” is not known."
    answer = Answer("not_understood", None, issues=(Issue("<!channel>", sentence),))
    (block,) = render(answer).blocks
    assert "<!channel>" not in block["text"]["text"]
    assert escape(sentence) in block["text"]["text"]


def test_an_unresolved_question_is_answered_with_its_sentences_and_what_to_try(dataset: Dataset) -> None:
    offered = Question.of(("alumina",), ("export",), Period.month(Month(2024, 3)))
    asked = Unresolved("outside", (Issue("copper", "Copper is not in this data."),), (offered,))
    text = render(respond(asked, dataset)).text
    assert text == "Copper is not in this data.\nTry: alumina exports March 2024"


@looped(
    ("room", "kept"), [(100, ["one", "two", "three"]), (20, ["one", "2 more lines."]), (0, ["3 more lines."])]
)
def test_what_does_not_fit_is_counted_never_cut(room: int, kept: list[str]) -> None:
    assert fitting(["one", "two", "three"], room, "lines") == kept
