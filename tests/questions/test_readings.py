"""What is read of single texts and in threads, as readings.yaml and docs/asking.md have it."""

from itertools import groupby
from pathlib import Path

import yaml

from bot.questions import understand, words
from bot.questions.turn import Turn
from bot.words import speaking
from tests.questions.conftest import SmallRecord
from tests.tables import looped


def brief(reading):
    """The outcome, why, and each Question; offers stand after a >."""
    parts = [] if reading.outcome == "asks" else [reading.outcome]
    parts += [reading.reason.kind] if reading.reason else []
    parts += [" + ".join(map(question_brief, reading.questions))] if reading.questions else []
    offered = [f"> {question_brief(offer)}" for offer in reading.offers[:1]]
    return " ".join((*parts, *offered))


def question_brief(question):
    """View, lines, periods and whatever is not at its default."""
    everything = len(question.commodities) > 3
    lines = ["all"] if everything else ["/".join(filter(None, pair)) for pair in question.pairs]
    periods = [f"{period.kind}:{period.label}" for period in question.periods]
    against = [f"vs {question.against.label}"] if question.against else []
    return " ".join((_view(question), *lines, *periods, *against, *_rest(question)))


def _view(question):
    view = f"{question.view}-{question.by}" if question.by else question.view
    if question.view == "partners":
        return f"{view}-{question.top}"
    return f"{view}-{question.order}-{question.top}" if question.view == "ranking" else view


def _rest(question):
    criterion, claim = question.criterion, question.claim
    told = (
        question.measure != "quantity" and question.measure,
        question.unit not in ("t", "USD", "USD/t") and question.unit,
        question.change,
        question.scope,
        question.as_of and f"as of {question.as_of}",
        question.first and "first",
        question.since and f"since {question.since}",
        *question.topics,
        criterion and f"{criterion.side} {criterion.bound:g} {criterion.of}",
        claim and f"claim {claim.value or claim.pct or claim.way}",
    )
    return [str(each) for each in told if each]


CASES = yaml.safe_load((Path(__file__).parent / "readings.yaml").read_text(encoding="utf-8"))
SINGLES = list(CASES["singles"].items())
ASIDES = ("Hi all, hope you are well. ", "My boss is waiting. ", "Quick one before the call: ")


def after(reading, before):
    """The thread after a turn whose every question was answered."""
    if reading.outcome == "asks":
        shown = tuple(question for question in reading.questions if question.pairs)
        return before.answered(shown, running=reading.running) if shown else before
    if reading.outcome in ("courtesy", "silent"):
        return before
    return before.refused(reading.offers, reading.half)


@looped(("text", "expected"), SINGLES)
def test_a_text_is_read_whatever_its_case_and_spaces(text, expected, record):
    forms = [text, f"  {text}  ", *([text.swapcase()] if text.isascii() else [])]
    readings = [understand(form, record=record) for form in forms]
    assert {brief(reading) for reading in readings} == {expected}
    for offer in readings[0].offers:
        assert offer.pairs
        assert offer.periods or offer.view in ("ranking", "count", "streak", "export"), offer


@looped("turns", CASES["threads"])
def test_a_thread_is_read_as_expected(turns, record):
    shown = Turn()
    for text, expected in turns:
        addressed = not text.startswith("~")
        reading = understand(text.lstrip("~ "), record=record, shown=shown, addressed=addressed)
        assert brief(reading) == expected, text
        shown = after(reading, Turn.from_json(shown.to_json()))


@looped(
    ("text", "expected"), [case for case in SINGLES if case[1].startswith(("figure", "growth", "compare"))]
)
def test_an_aside_changes_nothing(text, expected, record):
    for aside in ASIDES if text.isascii() else ():
        assert brief(understand(aside + text, record=record)) == expected, aside


RECORD = SmallRecord()
PAGE = (Path(__file__).parents[2] / "docs" / "asking.md").read_text(encoding="utf-8").splitlines()
TABLES = [
    [line.strip("| ").split(" | ") for line in lines]
    for is_table, lines in groupby(PAGE, lambda line: line.startswith("|"))
    if is_table
]


def rows(left, right):
    """The rows of each table under these headings."""
    return [table[2:] for table in TABLES if table[0] == [left, right]]


def told(reading):
    said = []
    for question in reading.questions:
        with speaking(question.language):
            said.append(words(question, RECORD.catalogue))
    return "; ".join(said) or "asked back"


@looped(("typed", "read"), [row for table in rows("typed", "read as") for row in table])
def test_an_example_is_read_as_it_says(typed, read):
    assert told(understand(typed, record=RECORD)) == read


@looped("turns", rows("typed in one thread", "read as"))
def test_a_thread_is_read_as_it_says(turns):
    shown = Turn()
    for typed, read in turns:
        reading = understand(typed, record=RECORD, shown=shown)
        assert told(reading) == read
        shown = after(reading, shown)


@looped(("typed", "why"), rows("typed", "why")[0])
def test_what_is_not_answered_is_refused_for_that_reason(typed, why):
    reading = understand(typed, record=RECORD)
    assert reading.outcome == "outside"
    assert reading.reason.kind == why


# An overview and a comparison of two lines need no word of their own; a claim is not said again.
SAME = {"overview": "figure", "compare": "figure"}


@looped(("text", "expected"), SINGLES)
def test_what_is_said_of_a_question_is_read_as_it(text, expected):
    reading = understand(text, record=RECORD)
    for question in (*reading.questions, *reading.offers):
        if question.claim or question.view == "definition":
            continue
        with speaking(question.language):
            again = understand(words(question, RECORD.catalogue), record=RECORD)
        assert again.questions, words(question, RECORD.catalogue)
        read, asked = question_brief(again.questions[0]), question_brief(question)
        assert _plain(read) == _plain(asked)


def _plain(brief):
    view, _, rest = brief.partition(" ")
    return f"{SAME.get(view, view)} {rest}"
