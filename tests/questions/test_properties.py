"""What holds for every text: an answer or a refusal, whatever the case, the spaces and the last full stop."""

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.dataset.calendar import Month, Period
from bot.dataset.model import UNITS, Flow, Measure
from bot.questions import remembered, understand, words
from bot.questions.question import Question, Unit, Unresolved
from bot.questions.as_of import FIRST_VIEWS
from bot.words import LANGUAGES, Language, speaking

from .cases import SmallRecord, single_cases

RECORD = SmallRecord()
TYPED = [case.typed for file in ("questions.yaml", "refusals.yaml") for case in single_cases(file)]
WORDS = sorted({word for typed in TYPED for word in typed.split()})
PLAIN = [  # without those in which a sign means something, an abbreviation's full stop too
    typed for typed in TYPED if typed.isascii() and not set(typed) & set("<>:&;`*_~+\t") and ". " not in typed
]
QUICK = settings(max_examples=150)


def unlike(got: Question | Unresolved) -> object:
    """What must not change: the question, or the outcome of a refusal."""
    return replace(got, restated=(), language="en") if isinstance(got, Question) else got.outcome


LAST = understand("alumina exports march 2024", record=RECORD)
assert isinstance(LAST, Question)


@QUICK
@given(st.text(max_size=200))
def test_any_text_gives_a_question_or_a_refusal(text: str) -> None:
    assert isinstance(understand(text, record=RECORD), Question | Unresolved)


@QUICK
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.sampled_from([None, LAST]))
def test_any_words_of_the_trade_give_a_question_or_a_refusal(text: str, last: Question | None) -> None:
    got = understand(text, record=RECORD, last=last)
    if isinstance(got, Question):
        with speaking(got.language):
            said = remembered(got, RECORD.catalogue)
        again = understand(said, record=RECORD)
        assert isinstance(again, Question), said
        assert replace(again, restated=()) == replace(got, restated=(), open_ended=False), said
    else:
        assert got.issues
        assert all(issue.sentence for issue in got.issues)


@settings(max_examples=10)
@given(st.sampled_from([*"a1 .-/月铝<:&", "march ", "1-", "alumini ", "2024 to ", "and ", "zq", "vs "]))
def test_the_longest_text_gives_a_question_or_a_refusal(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    assert isinstance(understand(text, record=RECORD), Question | Unresolved)


def test_a_text_beyond_the_longest_is_refused() -> None:
    got = understand("march " * 2_000, record=RECORD)
    assert isinstance(got, Unresolved)
    assert "too long" in got.issues[0].sentence


@QUICK
@given(st.sampled_from(PLAIN), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_does_not_matter(typed: str, change: "type[str]") -> None:
    assert unlike(understand(change(typed), record=RECORD)) == unlike(understand(typed, record=RECORD))


@QUICK
@given(
    st.sampled_from(PLAIN),
    st.sampled_from(["  ", "\t", "\n", " \u00a0 "]),
    st.sampled_from(["", "?", "!!", ".", " …"]),
)
def test_spaces_and_the_last_sign_do_not_matter(typed: str, space: str, end: str) -> None:
    changed = space + typed.replace(" ", space) + end
    assert unlike(understand(changed, record=RECORD)) == unlike(understand(typed, record=RECORD))


@QUICK
@given(st.sampled_from(PLAIN), st.randoms(use_true_random=False))
def test_punctuation_between_the_words_does_not_matter(typed: str, chance: Random) -> None:
    signs = [" ", ", ", "; ", ": ", " (", ") ", "! ", " … ", ' "', " *", "_ "]
    changed = "".join(word + chance.choice(signs) for word in typed.split())
    assert unlike(understand(changed, record=RECORD)) == unlike(understand(typed, record=RECORD))


MONTHS = st.builds(Month, st.integers(2001, 2030), st.integers(1, 12))
YEARS = st.integers(2001, 2030)
PERIODS = st.one_of(
    MONTHS.map(Period.month),
    MONTHS.map(Period.ytd),
    st.builds(Period.quarter, YEARS, st.integers(1, 4)),
    st.builds(Period.half, YEARS, st.integers(1, 2)),
    YEARS.map(Period.whole_year),
    st.builds(
        lambda start, length: Period("range", start, start.plus(length)),
        MONTHS.filter(lambda month: month.number > 1),
        st.integers(1, 30),
    ),
)
BOTH: tuple[Flow, ...] = ("export", "import")
SUBJECTS: st.SearchStrategy[tuple[tuple[str, ...], tuple[Flow, ...]]] = st.one_of(
    st.tuples(
        st.lists(
            st.sampled_from(["alumina", "unwrought_aluminium", "primary_aluminium"]), min_size=1, unique=True
        ).map(tuple),
        st.sampled_from([("export",), ("import",), BOTH, ("net",)]),
    ),
    st.sampled_from(
        [(("bauxite",), ("import",)), (("bauxite", "alumina"), BOTH), (("aluminium_scrap",), ("import",))]
    ),
    st.tuples(st.just(tuple(RECORD.catalogue)), st.sampled_from([("export",), ("import",), BOTH])),
)
MEASURES: st.SearchStrategy[tuple[Measure, Unit]] = st.sampled_from(
    [("quantity", unit) for unit in ("t", "kt", "Mt", "wan_t", "lb", "st", "t/day")]
    + [("value", "USD"), ("unit_value", "USD/t")]
)


PAIRS = (("alumina", "export"), ("bauxite", "import"))
# Series each with its own flow, and a code that picks what is counted: what they are of, and the field.
OWN: st.SearchStrategy[tuple[tuple[str, ...], tuple[Flow, ...], dict[str, object]]] = st.sampled_from(
    [
        (("alumina", "bauxite"), BOTH, {"pairs": PAIRS}),
        (("alumina",), ("import",), {"scope": "HS 2818"}),
        (("alumina",), BOTH, {"scope": "HS 28182000"}),
        (("primary_aluminium",), ("net",), {"scope": "HS 760110"}),
    ]
)
VIEWS: st.SearchStrategy[dict[str, object]] = st.one_of(
    st.just({"view": "figure"}),
    st.just({"view": "compare"}),
    st.builds(
        lambda change: {"view": "trend", "change": change}, st.sampled_from([None, "yoy", "mom", "ytd"])
    ),
    st.builds(
        lambda change: {"view": "growth", "change": change}, st.sampled_from([None, "yoy", "mom", "ytd"])
    ),
    st.builds(
        lambda order, change, top: {"view": "ranking", "order": order, "change": change, "top": top},
        st.sampled_from(["rise", "fall"]),
        st.sampled_from([None, "yoy", "mom"]),
        st.integers(1, 100),
    ),
    st.builds(
        lambda order, top: {"view": "ranking", "order": order, "top": top},
        st.sampled_from(["highest", "lowest"]),
        st.integers(1, 100),
    ),
    st.builds(lambda order: {"view": "record", "order": order}, st.sampled_from(["highest", "lowest"])),
    st.sampled_from([{"view": view} for view in ("average", "highlights", "sources", "export", "revisions")]),
    st.sampled_from([{"view": view} for view in ("release", "coverage")]),
    st.just({"view": "export", "monthly": True}),
)
DAYS = st.dates(date(2023, 10, 1), date(2026, 11, 1))  # on which the record that is asked holds something
KNOWLEDGE: st.SearchStrategy[dict[str, object]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"as_of": DAYS}),
    st.just({"first": True}),
    st.fixed_dictionaries({"since": DAYS}),
)


def rests(view: object, knowledge: str) -> bool:
    """Whether questions of that view can rest on another day's knowledge, on first printings, since a day."""
    if knowledge == "since":
        return view == "revisions"
    return view in FIRST_VIEWS if knowledge == "first" else view != "release"


SPANNED, MONTHLY = ("trend", "average", "ranking"), ("record", "highlights")


def fits(view: object, period: Period) -> bool:
    """Whether that view is ever asked of such a period: a record of one month, a trend of several."""
    single = period.kind == "month"
    return not (view in SPANNED and single) and not (view in MONTHLY and not single)


@settings(max_examples=600)
@given(
    st.one_of(SUBJECTS.map(lambda subject: (*subject, {})), OWN),
    PERIODS,
    MEASURES,
    st.sampled_from(["", "Guinea", "Russia"]),
    st.sampled_from([0, 1, 2]),
    VIEWS,
    st.booleans(),
    KNOWLEDGE,
    st.sampled_from(LANGUAGES),
)
def test_the_words_of_any_question_read_back_as_that_question(
    subject: tuple[tuple[str, ...], tuple[Flow, ...], dict[str, object]],
    period: Period,
    measured: tuple[Measure, Unit],
    partner: str,
    years_back: int,
    manner: dict[str, object],
    unsaid: bool,
    knowledge: dict[str, object],
    spoken: Language,
) -> None:
    (commodities, flows, own), (measure, unit), view = subject, measured, manner["view"]
    assume(fits(view, period))
    assume("monthly" not in manner or period.kind not in ("month", "range"))
    paired = view in ("compare", "sources", "export") and "monthly" not in manner
    against = period.plus(-12 * (years_back or 1)) if view == "compare" or (paired and years_back) else None
    if view == "figure" and commodities == tuple(RECORD.catalogue):
        manner = {"view": "overview"}
    known = {key: value for key, value in knowledge.items() if rests(manner["view"], key)}
    question = Question(
        commodities,
        flows,
        None if unsaid and view in ("ranking", "release", "coverage", "revisions") else period,
        partner=partner,
        measure=measure,
        unit="%" if partner and unit in ("kt", "USD") else unit,
        against=against,
        **manner,  # type: ignore[arg-type]
        **own,  # type: ignore[arg-type]
        **known,  # type: ignore[arg-type]
    )
    after = replace(question, earlier=period.plus(-12))
    with speaking(spoken):
        told = {
            words(question): question,
            words(question, RECORD.catalogue): question,
            remembered(after, RECORD.catalogue): after,
        }
    for said, asked in told.items():
        again = understand(said, record=RECORD)
        assert isinstance(again, Question), said
        assert replace(again, restated=()) == replace(asked, language=spoken), said


def test_every_measure_has_its_unit() -> None:
    assert {UNITS[measure] for measure in ("quantity", "value", "unit_value")} == {"t", "USD", "USD/t"}
