"""A question moved on to another month, by hand; and what of it is due."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.dataset.calendar import Month, Period
from bot.errors import StoredValueError
from bot.posts.order import Order, scheduled
from bot.posts.order_messages import button_value, from_button
from bot.posts.rows import Post
from bot.posts.schedule import due, month_told
from bot.questions.question import Pair, Question, is_schedulable, moved
from tests.posts.office import record
from tests.tables import looped

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
def test_its_newest_period_is_the_last_that_is_over(asked: Period, newest: Period, told: str) -> None:
    question = replace(ALUMINA, periods=(asked,))
    assert moved(question, JULY).periods == (newest,)
    assert str(month_told(order(question), JULY)) == told


def test_several_periods_and_what_they_are_compared_with_keep_their_distance() -> None:
    asked = replace(ALUMINA, periods=(Period.month(Month(2025, 3)), Period.month(MARCH)), view="compare")
    assert moved(asked, JULY).periods == (Period.month(Month(2025, 7)), Period.month(JULY))
    against = replace(ALUMINA, against=Period.month(Month(2026, 2)), view="compare")
    assert moved(against, JULY).against == Period.month(Month(2026, 6))


def order(question: Question = ALUMINA) -> Order:
    return scheduled("T1", "C1", question, id="question-1", created_at=LONG_AGO, changed_at=LONG_AGO)


def test_the_same_question_of_another_month_is_the_same_to_a_channel() -> None:
    april = replace(ALUMINA, periods=(Period.month(Month(2026, 4)),))
    assert order().subject == order(april).subject
    assert order().subject != order(replace(april, view="trend")).subject


@looped(
    ("now", "held", "told", "wanted"),
    [
        # Alumina exports come with the bulletin, on 18 August; at nine in Shanghai.
        ("2026-08-18 00:59", "2026-07", (), []),
        ("2026-08-18 01:00", "2026-07", (), ["2026-07"]),
        ("2026-08-25 01:00", "2026-06", ("2026-06",), []),
        ("2026-08-25 01:00", "2026-07", ("2026-06",), ["2026-07"]),
        ("2026-08-25 01:00", "2026-07", ("2026-07",), []),
        ("2026-12-01 01:00", "2026-05 2026-06 2026-07", ("2026-04",), ["2026-07"]),
    ],
)
def test_it_is_due_once_a_release(now: str, held: str, told: tuple[str, ...], wanted: list[str]) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    ledger = {Post("T1", "C1", "question-1", each) for each in told}
    found = due(moment, [order()], record(bulletin=held), ledger)
    assert [(each.post.kind, each.post.edition) for each in found] == [
        ("question-1", each) for each in wanted
    ]
    assert all(each.due_at <= moment for each in found)
    later = {*ledger, *(each.post for each in found)}
    assert due(moment, [order()], record(bulletin=held), later) == []


def test_a_button_holds_it_whole_and_nothing_else() -> None:
    value = button_value(order())
    found = from_button(value)
    assert (found.what, found.at, found.zone) == (ALUMINA, "release", "Asia/Shanghai")
    for wrong in (value.replace('"v":1', '"v":2'), f"fr{value[2:]}", value[:-1], ""):
        try:
            from_button(wrong)
        except StoredValueError:
            continue
        raise AssertionError(wrong)


def test_what_does_not_move_on_is_not_scheduled() -> None:
    assert is_schedulable(ALUMINA)
    assert not is_schedulable(Question(view="help"))
    assert not is_schedulable(replace(ALUMINA, view="overview"))
