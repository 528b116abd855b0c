"""One line in the monthly post on what changed of earlier months since the last one in its channel."""

from datetime import UTC, date, datetime
from typing import Any

from bot.dataset.dataset import Dataset
from bot.messages.message import Message
from bot.posts.order import monthly
from bot.posts.rows import Edition, Entry, Post
from bot.posts.summaries import Editions
from bot.words import Language
from tests.dataset.rows import row, small_dataset

JUNE, JULY = (Post("T", "C", "monthly", f"2026-0{number}") for number in (6, 7))
# The post on June stands since 22 July; that on July is made on 20 August.
SENT = Entry("posted", datetime(2026, 7, 22, 9, tzinfo=UTC), sent_at=datetime(2026, 7, 22, 9, tzinfo=UTC))
BEFORE, AFTER = date(2026, 7, 18), date(2026, 8, 18)
HEAD = "China's aluminium trade, July 2026"


def printed(*rows: tuple[str, float, date, float | None]) -> Dataset:
    built = [row(month, kt * 1_000, published=day, yoy_pct=pct) for month, kt, day, pct in rows]
    return small_dataset(built, date(2026, 8, 20))


def line(dataset: Dataset, entries: Any, language: Language = "en", **fields: Any) -> str:
    made = Edition(Message(HEAD, ()), "")
    order = monthly("T", "C", language=language, **fields)
    editions = Editions(dataset, lambda: dataset.today)
    told = editions.with_changes(made, JULY, order, entries).message.text
    return told.removeprefix(HEAD).strip().replace("\u00a0", " ")


def test_a_revised_a_new_and_a_turned_figure_are_one_line() -> None:
    """Alumina exports: June 270 kt, then 300; May new; April 100 kt, 5.0 % up and then 2.0 % down."""
    dataset = printed(
        ("2026-06", 270, BEFORE, None), ("2026-06", 300, AFTER, None), ("2026-05", 280, AFTER, None),
        ("2026-04", 100, BEFORE, 5.0), ("2026-04", 100, AFTER, -2.0), ("2026-03", 210, BEFORE, None),
        ("2026-07", 310, AFTER, None),
    )  # fmt: skip
    assert line(dataset, {JUNE: SENT}) == (
        "Since the last post: alumina exports, June 2026, revised to 300 kt from 270 kt; alumina exports, "
        "May 2026, new: 280 kt; alumina exports, April 2026, turned: ▼ 2.0 % on the year, before ▲ 5.0 %."
    )
    chinese = line(dataset, {JUNE: SENT}, "zh")
    assert chinese.startswith("上次发送以来的变动：2026年6月氧化铝出口由27万吨修订为30万吨；")
    assert line(dataset, {JUNE: SENT}, commodities=("bauxite",)) == ""


def test_without_a_change_or_a_post_before_there_is_none() -> None:
    same = printed(("2026-06", 270, BEFORE, None), ("2026-07", 310, AFTER, None))
    within = printed(("2026-06", 270, BEFORE, None), ("2026-06", 275, AFTER, None))  # each to 10 kt
    assert line(same, {JUNE: SENT}) == line(within, {JUNE: SENT}) == ""
    revised = printed(("2026-06", 270, BEFORE, None), ("2026-06", 300, AFTER, None))
    for entries in (
        {},
        {JULY: SENT},
        {JUNE: Entry("told", SENT.due_at)},
        {Post("T", "C", "query", "2026-06"): SENT},
    ):
        assert line(revised, entries) == ""


def test_of_many_three_are_told() -> None:
    months = [f"2026-0{number}" for number in range(1, 7)]
    many = [(month, kt, day, None) for kt, day in ((100, BEFORE), (200, AFTER)) for month in months]
    assert line(printed(*many), {JUNE: SENT}).endswith("revised to 200 kt from 100 kt; 3 more figures.")
