"""Any question that the program can make, and some that it would not."""

from datetime import date
from itertools import cycle, product
from typing import get_args

from hypothesis import strategies as st

from bot.dataset.calendar import Month, Period
from bot.dataset.data_files import data_folder
from bot.dataset.load import load_dataset
from bot.questions.question import Order, Pair, Question, View
from bot.words import LANGUAGES
from tests.conftest import TODAY

DATASET = load_dataset(data_folder(), TODAY)
FLOWS = [("export",), ("import",), ("net",), ("export", "import"), ("export", "import", "net")]
UNITS = {
    "quantity": ["t", "kt", "Mt", "wan_t", "lb", "st", "t/day", "%"],
    "value": ["USD", "%"],
    "unit_value": ["USD/t"],
}  # fmt: skip
days = st.sampled_from([date(year, 8, 20) for year in (2019, 2022, 2024, 2025, 2026, 2027)])
months = st.builds(Month, st.integers(2016, 2028), st.integers(1, 12))


@st.composite
def periods(draw):
    """Any kind of period, around the record."""
    month = draw(months)
    kinds = [Period.month(month), Period.ytd(month), Period.around(month, "quarter")]
    kinds += [Period.around(month, "half"), Period.whole_year(month.year)]
    return draw(st.sampled_from([*kinds, Period.span(month, month.plus(draw(st.integers(0, 140))))]))


@st.composite
def questions(draw, dataset=DATASET, today=False):
    """Any question that the program can make, and some that it would not."""
    view = draw(st.sampled_from(get_args(View)))
    measure = draw(st.sampled_from(sorted(UNITS)))
    needs_period = view in ("figure", "overview")
    names, flows = tuple(dataset.catalogue), draw(st.sampled_from(FLOWS))
    chosen = st.lists(st.sampled_from(names), min_size=1, unique=True).map(tuple)
    partner = draw(st.sampled_from(["", "", "", *dataset.partners]))
    pairs = product(draw(st.just(names) | chosen), flows) if draw(st.booleans()) else zip(names, cycle(flows))
    period = draw(periods() if needs_period else st.none() | periods())
    scopes = sorted({scope for commodity in dataset.catalogue.values() for scope in commodity.all_scopes})
    return Question(
        tuple(Pair(*pair, partner) for pair in pairs),
        (period,) if period else (),
        view,
        measure,  # type: ignore[arg-type]
        draw(st.sampled_from(UNITS[measure])),
        draw(st.none() | periods()),
        order=draw(st.sampled_from(get_args(Order))),
        top=draw(st.sampled_from([1, 5, 100])),
        change=draw(st.sampled_from([None, "yoy", "mom"])),
        open_ended=draw(st.booleans()),
        scope=draw(st.none() | st.sampled_from(scopes)),
        as_of=None if today else draw(st.none() | days),
        first=not today and draw(st.booleans()),
        since=draw(st.none() | days),
        language=draw(st.sampled_from(LANGUAGES)),
    )
