"""Any answer fits, in each language and each form: by whole lines and rows, never by a part of one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import cycle, product
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import Answer
from bot.answers.behind import printed
from bot.answers.monthly import monthly_summary
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset, Record
from bot.dataset.folder import data_folder
from bot.dataset.load import load_dataset
from bot.dataset.model import Series, Source
from bot.messages.blocks import bullets, escape, noted
from bot.messages.controls import with_controls
from bot.messages.forms import FORMS, in_form
from bot.messages.how import how_view
from bot.messages.limits import problems
from bot.messages.message import Message
from bot.messages.modal_limits import view_problems
from bot.messages.pictures import pictures
from bot.messages.plain_text import folded
from bot.messages.render import first_line, linked, render
from bot.messages.safe import neutral
from bot.messages.script import script
from bot.questions.question import Order, Pair, Question, View
from bot.words import LANGUAGES, Language, speaking
from handlers.notes import asked_by
from tests.conftest import TODAY
from tests.dataset.rows import row
from tests.looped import looped
from tests.spaces import spaced

DATASET = load_dataset(data_folder(), TODAY)
NAMES = tuple(DATASET.catalogue)
FLOWS = [("export",), ("import",), ("net",), ("export", "import"), ("export", "import", "net")]
LONG_NAME = "Bars, rods, profiles and wire of alloys with silicon, magnesium and copper, number"
UNITS = {
    "quantity": ["t", "kt", "Mt", "wan_t", "lb", "st", "t/day", "%"],
    "value": ["USD", "%"],
    "unit_value": ["USD/t"],
}  # fmt: skip
MORE = re.compile(
    r"^\d+ (more|earlier) (line|note|source|highlight|row|column)s?\."
    r"|^(此前)?另有\d+(行|列|条说明|个来源|条看点)。"
)
WORDS = "every <!channel> & `all` of it, " * 8
days = st.sampled_from([date(year, 8, 20) for year in (2019, 2022, 2024, 2025, 2026, 2027)])
months = st.builds(Month, st.integers(2016, 2028), st.integers(1, 12))
WHOLE = Period.span(Month(2012, 1), Month(2026, 8))


@cache
def large() -> Dataset:
    """Twenty-four series with long names over 176 months, each month of another publisher."""
    alumina = DATASET.catalogue["alumina"]
    named = [f"aluminium_alloy_{number}" for number in range(24)]
    catalogue = {
        name: replace(
            alumina, id=name, name_en=f"{LONG_NAME} {name[-2:]}", short_en=f"{LONG_NAME} {name[-2:]}",
            scopes=(f"HS 7604{place:04}",), narrower_scopes=(), flows=("export", "import"),
        )
        for place, name in enumerate(named)
    }  # fmt: skip
    ends = [WHOLE.start.plus(step) for step in range(WHOLE.length)]
    sources = {
        str(end): Source(
            str(end), f"The Customs Gazette of {end.name}", LONG_NAME, f"https://a.example/{end}", "", TODAY
        )
        for end in ends
    }
    rows = [
        row(
            str(end), 1_234_567.0 + 98_765 * ((7 * place + 3 * step + len(flow)) % 11), 1,
            series=Series(name, flow, measure=measure), scope=catalogue[name].scopes[0], source=str(end),
        )
        for place, name in enumerate(named)
        for flow, measure in product(("export", "import"), ("quantity", "value"))
        for step, end in enumerate(ends)
    ]  # fmt: skip
    return Record(catalogue, sources, tuple(rows), DATASET.record.calendar).as_of(TODAY)


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
def questions(draw: st.DrawFn, dataset: Dataset = DATASET, today: bool = False) -> Question:
    """Any question that the program can make, and some that it would not."""
    view = draw(st.sampled_from(get_args(View)))
    measure = draw(st.sampled_from(sorted(UNITS)))
    needs_period = view in ("figure", "overview")
    names, flows = tuple(dataset.catalogue), draw(st.sampled_from(FLOWS))
    chosen = st.lists(st.sampled_from(names), min_size=1, unique=True).map(tuple)
    partner = draw(st.sampled_from(["", "", "", *dataset.partners]))
    pairs = product(draw(st.just(names) | chosen), flows) if draw(st.booleans()) else zip(names, cycle(flows))
    period = draw(periods() if needs_period else st.none() | periods())
    return Question(
        tuple(Pair(*pair, partner) for pair in pairs),
        (period,) if period else (),
        view,
        measure,  # type: ignore[arg-type]
        draw(st.sampled_from(UNITS[measure])),
        draw(st.none() | periods()),
        order=draw(st.sampled_from(get_args(Order))),
        top=draw(st.sampled_from([1, 5, 100])),
        change=draw(st.sampled_from([None, "yoy", "mom", "ytd"])),
        open_ended=draw(st.booleans()),
        monthly=draw(st.booleans()),
        scope=draw(st.none() | st.sampled_from(scopes(dataset))),
        restated=draw(st.sampled_from([(), ("“marhc” read as march",), (WORDS,) * 3])),
        as_of=None if today else draw(st.none() | days),
        first=not today and draw(st.booleans()),
        since=draw(st.none() | days),
        language=draw(st.sampled_from(LANGUAGES)),
    )


def scopes(dataset: Dataset) -> list[str]:
    return sorted({scope for commodity in dataset.catalogue.values() for scope in commodity.all_scopes})


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
    told |= {escape(neutral(line)) for line in lines}  # where it repeats what was typed
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


@given(questions())
def test_any_answer_fits_by_whole_lines(question: Question) -> None:
    kept(question, DATASET)


@pytest.mark.slow
@given(st.data())
def test_any_answer_of_a_far_larger_record_fits_by_whole_lines(data: st.DataObject) -> None:
    # On another day's knowledge each question derives the whole record anew.
    kept(data.draw(questions(large(), today=True)), large())


@pytest.mark.slow
@looped("view", get_args(View))
def test_all_of_a_far_larger_record_at_once_fits_by_whole_lines(view: View) -> None:
    everything = Question.of(tuple(large().catalogue), ("export", "import", "net"), WHOLE, view, top=1_000)
    by_value = replace(everything, measure="value", unit="USD", monthly=True)
    for question, language in zip((everything, by_value), LANGUAGES, strict=True):
        kept(question, large(), (language,))


def kept(question: Question, dataset: Dataset, languages: Sequence[Language] = LANGUAGES) -> None:
    """The answer, and how it was computed, within every limit."""
    answer = respond(question, dataset)
    said_whole(answer, languages)
    for language in languages:
        assert view_problems(how_view(printed(replace(answer, language=language), dataset))) == []


def said_whole(answer: Answer, languages: Sequence[Language] = LANGUAGES) -> None:
    """It can be said in each of these languages."""
    for language in languages:
        message = render(replace(answer, language=language))
        fits(message)
        with speaking(language):
            whole(message, replace(answer, language=language))


@looped("year", [2021, 2025])
def test_every_monthly_post_fits_by_whole_lines(dataset: Dataset, year: int) -> None:
    for number in range(1, 13):
        for commodities in ((), ("alumina", "bauxite")):
            said_whole(monthly_summary(dataset, Month(year, number), commodities))


def years_of_exports(count: int) -> Iterator[Question]:
    for year in range(1900, 1900 + count):
        yield Question.of(("alumina",), ("export",), Period.whole_year(year))


@looped("times", [2, 10, 60])
def test_more_than_the_record_holds_fits_too(dataset: Dataset, times: int) -> None:
    everything = Question.of(
        NAMES, ("export", "import"), Period.span(Month(2018, 1), Month(2026, 8)), "trend"
    )
    post = monthly_summary(dataset, Month(2026, 7))
    for answer in (respond(everything, dataset), post):
        swollen = replace(
            answer,
            highlights=post.highlights * times,
            missing=post.missing * times,
            citations=answer.citations + post.behind * times,
            suggestions=answer.suggestions + tuple(years_of_exports(times)),
            plots=answer.plots * times,
        )
        said_whole(swollen)
