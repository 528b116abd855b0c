"""A question moved on to another month, and the line on what changed of earlier ones."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.dataset.calendar import Month, Period
from bot.errors import StoredValueError
from bot.messages.blocks import Message
from bot.posts.order import button_value, from_button, monthly, scheduled
from bot.posts.order_messages import Editions
from bot.posts.rows import Edition, Entry, Post
from bot.posts.schedule import due, month_told
from bot.questions.question import Pair, Question, is_schedulable, moved
from tests.dataset.rows import row, small_dataset
from tests.posts.office import record
from tests.tables import looped, tables

MARCH, JULY = Month(2026, 3), Month(2026, 7)
ALUMINA = Question((Pair("alumina", "export"),), (Period.month(MARCH),))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@looped(
    ("asked", "newest", "told"),
    [
        (Period.month(MARCH), Period.month(JULY), "2026-07"),
        (Period.ytd(MARCH), Period.ytd(JULY), "2026-07"),
        # The second quarter is over in July, the third is not; the last whole year is 2025.
        (Period.around(MARCH, "quarter"), Period.around(Month(2026, 6), "quarter"), "2026-06"),
        (Period.around(MARCH, "half"), Period.around(Month(2026, 6), "half"), "2026-06"),
        (Period.whole_year(2024), Period.whole_year(2025), "2025-12"),
        (Period.span(Month(2025, 3), MARCH), Period.span(Month(2025, 7), JULY), "2026-07"),
    ],
)
def test_its_newest_period_is_the_last_that_is_over(asked, newest, told):
    question = replace(ALUMINA, periods=(asked,))
    assert moved(question, JULY).periods == (newest,)
    assert str(month_told(order(question), JULY)) == told


def test_several_periods_and_what_they_are_compared_with_keep_their_distance():
    asked = replace(ALUMINA, periods=(Period.month(Month(2025, 3)), Period.month(MARCH)), view="compare")
    assert moved(asked, JULY).periods == (Period.month(Month(2025, 7)), Period.month(JULY))
    against = replace(ALUMINA, against=Period.month(Month(2026, 2)), view="compare")
    assert moved(against, JULY).against == Period.month(Month(2026, 6))


def order(question=ALUMINA):
    return scheduled("T1", "C1", question, id="question-1", created_at=LONG_AGO, changed_at=LONG_AGO)


def test_the_same_question_of_another_month_is_the_same_to_a_channel():
    april = replace(ALUMINA, periods=(Period.month(Month(2026, 4)),))
    assert order().subject == order(april).subject
    assert order().subject != order(replace(april, view="trend")).subject


@looped(("now", "held", "told", "wanted"), tables("posts/due.yaml")["of_a_question"])
def test_it_is_due_once_a_release(now, held, told, wanted):
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    ledger = {Post("T1", "C1", "question-1", each) for each in told}
    found = due(moment, [order()], record(bulletin=held), ledger)
    assert [(each.post.kind, each.post.edition) for each in found] == [("question-1", e) for e in wanted]
    assert all(each.due_at <= moment for each in found)
    later = {*ledger, *(each.post for each in found)}
    assert due(moment, [order()], record(bulletin=held), later) == []


def test_a_button_holds_it_whole_and_nothing_else():
    value = button_value(order())
    found = from_button(value)
    assert (found.what, found.at, found.zone) == (ALUMINA, "release", "Asia/Shanghai")
    wrong = [value.replace('"v":1', '"v":2'), f"fr{value[2:]}", value[:-1], value[3:], f"en  {value[3:]}"]
    for text in (*wrong, "en alumina exports above 2 kt", ""):
        with pytest.raises(StoredValueError):
            pytest.fail(f"read as {from_button(text)}")


def test_what_does_not_move_on_is_not_scheduled():
    assert is_schedulable(ALUMINA)
    assert not is_schedulable(Question(view="help"))
    assert not is_schedulable(replace(ALUMINA, view="overview"))


JUNE_POST, JULY_POST = (Post("T", "C", "monthly", f"2026-0{number}") for number in (6, 7))
# The post on June stands since 22 July; that on July is made on 20 August.
SENT = Entry("posted", datetime(2026, 7, 22, 9, tzinfo=UTC), sent_at=datetime(2026, 7, 22, 9, tzinfo=UTC))
BEFORE, AFTER = date(2026, 7, 18), date(2026, 8, 18)
HEAD = "China's aluminium trade, July 2026"


def printed(*rows):
    built = [row(month, kt * 1_000, published=day, yoy_pct=pct) for month, kt, day, pct in rows]
    return small_dataset(built, date(2026, 8, 20))


def line(dataset, entries, language="en", **fields):
    made = Edition(Message(HEAD, ()), "")
    order = monthly("T", "C", language=language, **fields)
    editions = Editions(dataset, lambda: dataset.today)
    told = editions.with_changes(made, JULY_POST, order, entries).message.text
    return told.removeprefix(HEAD).strip().replace("\u00a0", " ")


def test_a_revised_a_new_and_a_turned_figure_are_one_line():
    """Alumina exports: June 270 kt, then 300; May new; April 100 kt, 5.0 % up and then 2.0 % down."""
    dataset = printed(
        ("2026-06", 270, BEFORE, None), ("2026-06", 300, AFTER, None), ("2026-05", 280, AFTER, None),
        ("2026-04", 100, BEFORE, 5.0), ("2026-04", 100, AFTER, -2.0), ("2026-03", 210, BEFORE, None),
        ("2026-07", 310, AFTER, None),
    )  # fmt: skip
    assert line(dataset, {JUNE_POST: SENT}) == (
        "Since the last post: alumina exports, June 2026, revised to 300 kt from 270 kt; alumina exports, "
        "May 2026, new: 280 kt; alumina exports, April 2026, turned: ▼ 2.0 % on the year, before ▲ 5.0 %."
    )
    chinese = line(dataset, {JUNE_POST: SENT}, "zh")
    assert chinese.startswith("上次发送以来的变动：2026年6月氧化铝出口由27万吨修订为30万吨；")
    assert line(dataset, {JUNE_POST: SENT}, commodities=("bauxite",)) == ""


def test_without_a_change_or_a_post_before_there_is_none():
    same = printed(("2026-06", 270, BEFORE, None), ("2026-07", 310, AFTER, None))
    within = printed(("2026-06", 270, BEFORE, None), ("2026-06", 275, AFTER, None))  # each to 10 kt
    assert line(same, {JUNE_POST: SENT}) == line(within, {JUNE_POST: SENT}) == ""
    revised = printed(("2026-06", 270, BEFORE, None), ("2026-06", 300, AFTER, None))
    others = [{JULY_POST: SENT}, {Post("T", "C", "query", "2026-06"): SENT}]
    for entries in ({}, *others, {JUNE_POST: Entry("told", SENT.due_at)}):
        assert line(revised, entries) == ""


def test_of_many_three_are_told():
    months = [f"2026-0{number}" for number in range(1, 7)]
    many = [(month, kt, day, None) for kt, day in ((100, BEFORE), (200, AFTER)) for month in months]
    assert line(printed(*many), {JUNE_POST: SENT}).endswith("revised to 200 kt from 100 kt; 3 more figures.")
