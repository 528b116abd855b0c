"""Any answer fits, in each of the three forms: by whole lines and rows, never by a part of one."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer import Answer
from bot.answers.monthly import monthly_summary
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.folder import data_folder
from bot.dataset.load import load_dataset
from bot.messages.blocks import bullets, escape, noted
from bot.messages.controls import with_controls
from bot.messages.forms import FORMS, in_form
from bot.messages.limits import problems
from bot.messages.message import Message
from bot.messages.pictures import pictures
from bot.messages.render import first_line, linked, render
from bot.messages.script import script
from bot.messages.spoken import folded
from bot.questions.question import Order, Question, View
from handlers.notes import asked_by
from tests.conftest import TODAY
from tests.spaces import spaced

DATASET = load_dataset(data_folder(), TODAY)
NAMES = tuple(DATASET.catalogue)
FLOWS = [("export",), ("import",), ("net",), ("export", "import"), ("export", "import", "net")]
UNITS = {
    "quantity": ["t", "kt", "Mt", "wan_t", "lb", "st", "t/day", "%"],
    "value": ["USD", "%"],
    "unit_value": ["USD/t"],
}  # fmt: skip
MORE = re.compile(r"^\d+ (more|earlier) (line|note|source|highlight|row)s?\.")
months = st.builds(Month, st.integers(2016, 2028), st.integers(1, 12))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any kind of period, around the record."""
    month = draw(months)
    year = month.year
    kinds = [
        Period.month(month),
        Period.ytd(month),
        Period.quarter(year, (month.number + 2) // 3),
        Period.half(year, (month.number + 5) // 6),
        Period.whole_year(year),
        Period.span(month, month.plus(draw(st.integers(0, 140)))),
    ]
    return draw(st.sampled_from(kinds))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Any question that the program can make, and some that it would not."""
    view = draw(st.sampled_from([view for view in get_args(View) if view != "help"]))
    measure = draw(st.sampled_from(sorted(UNITS)))
    needs_period = view in ("figure", "overview")
    return Question(
        tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))),
        draw(st.sampled_from(FLOWS)),
        draw(periods() if needs_period else st.none() | periods()),
        view,
        draw(st.sampled_from(["", "", "", *DATASET.partners])),
        measure,  # type: ignore[arg-type]
        draw(st.sampled_from(UNITS[measure])),
        draw(st.none() | periods()),
        order=draw(st.sampled_from(get_args(Order))),
        top=draw(st.sampled_from([1, 5, 100])),
        change=draw(st.sampled_from([None, "yoy", "mom", "ytd"])),
        open_ended=draw(st.booleans()),
    )


def fits(message: Message) -> None:
    """In every form, with all that is put around an answer."""
    asked = asked_by(
        noted(with_controls(message, "U012AB3CD"), "This post is late, by 3 days."), "U1", "&" * 999
    )
    for form in FORMS:
        shown = in_form(asked, form)
        assert problems(shown.text, shown.blocks) == [], form
        if form == "table":
            newer = {"data_table", "data_visualization", "context_actions"}
            assert not newer & {block["type"] for block in shown.blocks}


def whole(message: Message, answer: Answer) -> None:
    """Every line and cell is one that the answer's words have, or a count of those that do not fit."""
    said = script(answer)
    lines = [said.headline, *said.facts, *said.tries, *bullets(said.highlights), *said.happened]
    lines += [*said.notes, *folded(said.sources), *said.ending, *(said.grid.notes if said.grid else ())]
    under = [line for picture in pictures(answer) for line in picture.lines]
    told = {escape(line) for line in [*lines, *under]} | {f"*{first_line(said, answer)}*", *linked(said)}
    grid = said.grid
    cells = {cell for row in (grid.header, *grid.texts) for cell in row} if grid else set()
    for line in (*message.text.split("\n"), *map(spaced, shown_lines(message.blocks))):
        assert line in told or MORE.match(line) or (message.file and message.file.name in line), line
    for block in message.blocks:
        if block["type"] == "data_table":
            assert {spaced(cell["text"]) for row in block["rows"] for cell in row} <= cells


def shown_lines(blocks: tuple[dict[str, Any], ...]) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "section":
            yield from block["text"]["text"].split("\n")
        if block["type"] == "context":
            yield from block["elements"][0]["text"].split("\n")


@settings(max_examples=400, deadline=None)
@given(questions())
def test_any_answer_fits_by_whole_lines(question: Question) -> None:
    answer = respond(question, DATASET)
    message = render(answer)
    fits(message)
    whole(message, answer)


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_monthly_post_fits_by_whole_lines(dataset: Dataset, year: int) -> None:
    for number in range(1, 13):
        for commodities in ((), ("alumina", "bauxite")):
            answer = monthly_summary(dataset, Month(year, number), commodities)
            message = render(answer)
            fits(message)
            whole(message, answer)


@pytest.mark.parametrize("times", [2, 10, 60])
def test_more_than_the_record_holds_fits_too(dataset: Dataset, times: int) -> None:
    everything = Question(NAMES, ("export", "import"), Period.span(Month(2018, 1), Month(2026, 8)), "trend")
    post = monthly_summary(dataset, Month(2026, 7))
    for answer in (respond(everything, dataset), post):
        swollen = replace(
            answer,
            highlights=post.highlights * times,
            missing=post.missing * times,
            citations=answer.citations + post.behind * times,
            suggestions=answer.suggestions + tuple(f"alumina exports {1900 + at}" for at in range(times)),
            plots=answer.plots * times,
        )
        message = render(swollen)
        fits(message)
        whole(message, swollen)
