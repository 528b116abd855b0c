"""Whatever is typed gives a Reading, soon; no text is too long or too strange."""

import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.dataset.calendar import Month, Period
from bot.questions import understand
from bot.questions.question import Pair, Question
from bot.questions.reading import Reading
from bot.questions.turn import Turn
from tests.questions.conftest import SmallRecord
from tests.questions.test_readings import SINGLES
from tests.tables import looped, tables

RECORD = SmallRecord()
ORDINARY = "alumina exports march 2024 and scrap imports vs a year ago"
MOST_TIMES = 80  # the longest texts take 30 times an ordinary one; growth by the square, hundreds
SHOWN = Turn(((Question((Pair("alumina", "export"),), (Period.month(Month(2026, 6)),)),),))
WORDS = sorted({word for text, _ in SINGLES for word in text.split()})


@looped("piece", tables("questions/cases.yaml")["pieces"])
def test_the_longest_text_is_read_at_once(piece):
    for text in ((piece * 10_000)[:10_000], f"alumina exports march 2024 {piece * 10_000}"[:10_000]):
        understand(text, record=RECORD)
        long, ordinary = zip(*((_cpu(text), _cpu(ORDINARY)) for _ in range(3)), strict=True)
        assert min(long) < MOST_TIMES * min(ordinary)


def _cpu(text):
    began = time.process_time()
    understand(text, record=RECORD)
    return time.process_time() - began


@example("67 months to january 2019 vs since 1950", False, True)
@example("last march wrong 年度", False, True)
@example("fattest 进口出口 2022 to 2025, balance of trade 2023年1-8月", False, True)
@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.booleans(), st.booleans())
def test_any_words_of_the_trade_give_a_reading(text, follows, addressed):
    reading = understand(text, record=RECORD, shown=SHOWN if follows else Turn(), addressed=addressed)
    assert isinstance(reading, Reading)
    assert bool(reading.questions) == (reading.outcome == "asks")


@given(st.text(max_size=200))
def test_any_text_gives_a_reading(text):
    assert isinstance(understand(text, record=RECORD), Reading)


def test_half_of_a_pair_and_invisible_signs_are_read_past():
    assert understand("alu\u00admina ex\u200bports \ud800 march 2024", record=RECORD).outcome == "asks"


def test_what_says_more_than_is_read_is_refused_where_it_was_said_to_us():
    text = "氧化铝出口" * 110
    assert understand(text, record=RECORD).outcome == "not_understood"
    assert understand(text, record=RECORD, addressed=False).outcome == "silent"


def test_a_code_of_thousands_of_digits_is_no_character():
    assert understand("alumina exports march 2024 &#" + "1" * 9_000, record=RECORD).outcome == "asks"


def test_markup_is_no_word():
    plain = understand("alumina exports march 2024", record=RECORD)
    marked = understand("<@U04BOT> *alumina* _exports_ &lt;march 2024&gt; :pray:", record=RECORD)
    assert marked.questions == plain.questions
