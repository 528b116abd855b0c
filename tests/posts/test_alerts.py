"""What alerts have to tell and have not: pure; and the alerts as they are kept, on both databases."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.alerts.firing import editions_out, news
from bot.posts.order import alert
from bot.posts.order_messages import Editions
from bot.posts.order_service import OrderService
from bot.posts.order_store import OrderStore
from bot.posts.rows import Claim, Delivery, Due, Entry, Post
from bot.posts.schedule import alerts_due, told_once
from bot.questions.amounts import Amount
from bot.questions.condition import Condition, Revision, Threshold
from bot.questions.condition_reading import read_condition
from bot.words import speaking
from tests.dataset.rows import ALUMINA, row, small_dataset
from tests.posts.conftest import LEASE
from tests.tables import looped

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()
ABOVE = Condition(ALUMINA, Threshold("above", Amount(Decimal(200), "kt")))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
ALERT = alert("T1", "C1", ABOVE, created_by="U_ANA", id="alert-1", changed_at=LONG_AGO)
REVISED = Condition(ALUMINA, Revision())
ONLY_ONCE = replace(ALERT, often="once")


def dataset(*rows):
    return small_dataset([row(month, value, published=day) for month, value, day in rows], TODAY)


def condition(text, record):
    found = read_condition(text, record).condition
    assert found
    return found


# Three months above 200 kt, one of them printed anew, and one below.
RECORD = dataset(
    ("2026-07", 210_000, date(2026, 8, 18)),
    ("2026-08", 190_000, date(2026, 9, 18)),
    ("2026-09", 220_000, date(2026, 10, 18)),
    ("2026-07", 260_000, date(2026, 11, 10)),
    ("2026-10", 230_000, date(2026, 11, 18)),
)


def editions(record, wanted=ABOVE, since=date(2026, 1, 1)):
    return [(each.day, each.edition) for each in news(wanted, record, since)]


def test_a_month_is_news_when_it_comes_first_and_not_when_it_is_printed_anew():
    assert editions(RECORD) == [
        (date(2026, 8, 18), "2026-07"), (date(2026, 10, 18), "2026-09"), (date(2026, 11, 18), "2026-10"),
    ]  # fmt: skip
    assert editions(RECORD, since=date(2026, 10, 19)) == [(date(2026, 11, 18), "2026-10")]
    assert editions(RECORD, REVISED) == [(date(2026, 11, 10), "2026-07/260000")]


def test_what_is_out_is_out_whether_the_condition_holds_or_not():
    assert editions_out(ABOVE, RECORD, date(2026, 9, 1)) == ("2026-08", "2026-09", "2026-10")
    assert editions_out(REVISED, RECORD, date(2026, 9, 1)) == ("2026-07/260000",)
    assert editions_out(REVISED, RECORD, date(2026, 11, 11)) == ()


def test_net_trade_is_out_once_both_its_sides_are():
    imports = ALUMINA._replace(flow="import")
    rows = [
        row("2026-09", 100_000, published=date(2026, 10, 18)),
        row("2026-09", 130_000, published=date(2026, 10, 20), series=imports),
        row("2026-09", 140_000, published=date(2026, 11, 1)),
    ]
    record = small_dataset(rows, TODAY)
    found = editions(record, condition("alumina net trade above 0 t", record))
    assert found == [(date(2026, 10, 20), "2026-09")]


def wanted(order=ALERT, entries=None):
    told = {order.post(edition): Entry(state, NOW) for edition, state in (entries or {}).items()}
    return list(alerts_due(NOW, [order], lambda _: news(ABOVE, RECORD, date(2026, 8, 24)), told))


def test_each_firing_that_the_ledger_does_not_know_is_due_the_oldest_first():
    assert [(each.post.kind, each.post.edition, each.due_at) for each in wanted()] == [
        ("alert-1", "2026-09", datetime(2026, 10, 19, tzinfo=UTC)),
        ("alert-1", "2026-10", datetime(2026, 11, 19, tzinfo=UTC)),
    ]
    assert not any(each.silent for each in wanted())


def test_it_is_due_since_it_was_saved_where_its_figure_is_older():
    saved = NOW - timedelta(minutes=9)
    assert [each.due_at for each in wanted(replace(ALERT, changed_at=saved))] == [saved, saved]


def test_a_crossing_is_the_first_month_of_several_and_the_one_in_which_they_end():
    """Above 200 kt in July, not in August, in September and October."""
    told = news(ABOVE, RECORD, date(2026, 1, 1), crossing=True)
    assert [(each.edition, each.back) for each in told] == [
        ("2026-07", False), ("2026-08/back", True), ("2026-09", False),
    ]  # fmt: skip


@looped(
    ("order", "state", "due"),
    [
        *((ALERT, state, ["2026-10"]) for state in ("due", "claimed", "posted", "told", "refused")),
        (ALERT, "parked", ["2026-09", "2026-10"]),
        *((ONLY_ONCE, state, []) for state in ("due", "claimed", "posted")),
        *((ONLY_ONCE, state, ["2026-10"]) for state in ("", "told")),  # the newest, and nothing beside it
    ],
)
def test_of_what_stands_in_the_ledger_the_parked_alone_is_due(order, state, due):
    assert [each.post.edition for each in wanted(order, {"2026-09": state} if state else {})] == due


def test_what_is_to_be_told_once_is_done_once_it_stands():
    fired = {ALERT.post("2026-09"): Entry("posted", NOW)}
    assert told_once([ONLY_ONCE, ALERT], fired) == [ONLY_ONCE]


@pytest.fixture
def database(any_database):
    return any_database


@pytest.fixture
def alerts(engine):
    return OrderStore(engine, lambda: NOW)


@pytest.fixture
def office(ledger, alerts):
    return OrderService(alerts, ledger, Editions(RECORD, lambda: TODAY))


async def test_it_is_kept_as_it_was_set_and_has_its_states(alerts):
    order = replace(ALERT, language="zh", created_at=NOW, changed_at=NOW)
    assert await alerts.save(order) == "made"
    assert await alerts.get("alert-1") == order
    assert await alerts.active() == [order]
    turned = [
        await alerts.turn(ALERT, state, "U_BEN") for state in ("active", "paused", "paused", "done", "active")
    ]
    assert turned == [False, True, False, False, True]
    await alerts.park_channel("T1", "C1", "archived")
    parked = replace(order, state="parked", why="archived", changed_by="U_BEN")
    assert await alerts.get("alert-1") == parked
    assert await alerts.active() == []
    assert await alerts.turn(ALERT, "active", "U_BEN")
    assert await alerts.turn(ALERT, "done")
    assert not await alerts.turn(ALERT, "paused", "U_BEN")
    assert not await alerts.turn(ALERT, "active", "U_BEN")
    assert [await alerts.delete(ALERT, "U_BEN") for _ in range(2)] == [True, False]


async def test_a_channel_has_each_alert_once(alerts, monkeypatch):
    monkeypatch.setattr("bot.posts.order_store.MOST", 3)
    for number in range(3):
        above = Threshold("above", Amount(Decimal(number + 1), "kt"))
        each = replace(ONLY_ONCE, id=f"alert-{number}", what=Condition(ALUMINA, above))
        assert await alerts.save(each) == "made"
    assert await alerts.save(replace(ALERT, id="alert-more")) == "full"
    assert await alerts.save(replace(ALERT, id="alert-more", channel="C2")) == "made"
    for kt, saved in {"200": "known", "201": "made"}.items():
        what = condition(f"alumina exports above {kt} kt", RECORD)
        again = replace(ALERT, id=f"alert-{saved}", channel="C2", what=what)
        assert await alerts.save(again) == saved
    assert await alerts.turn(replace(ALERT, id="alert-more"), "done")
    assert await alerts.save(replace(ALERT, id="alert-again", channel="C2")) == "made"


async def test_an_alert_takes_no_part_in_its_month(ledger):
    """It has the edition of a month's message: it is no part of what that told, nor the newest month."""
    month, fired = Post("T1", "C1", "monthly", "2026-07"), Post("T1", "C1", "alert-1", "2026-07")
    silent = [Due(replace(month, kind=stage), NOW, silent=True) for stage in ("bulletin", "query")]
    told = Due(replace(fired, kind="alert-2"), NOW, silent=True)
    await ledger.enqueue([Due(month, NOW), Due(fired, NOW), told, *silent], NOW)
    await ledger.enqueue([Due(replace(fired, edition="2026-09"), NOW)], NOW)
    assert str(await ledger.newest()) == "2026-07"
    assert [each.kind for each in await ledger.of_month(month)] == ["bulletin", "monthly", "query"]
    await ledger.recall([replace(month, kind="query")], NOW)
    states = {post.kind: entry.state for post, entry in (await ledger.entries()).items()}
    assert (states["query"], states["bulletin"], states["alert-2"]) == ("due", "told", "told")


async def test_what_waits_of_an_alert_is_set_aside_and_what_is_sent_is_not(ledger):
    sent, waiting, other = (Post("T1", channel, kind, "2026-07") for channel, kind in
                            (("C1", "alert-1"), ("C2", "alert-1"), ("C3", "alert-10")))  # fmt: skip
    await ledger.enqueue([Due(each, NOW) for each in (sent, waiting, other)], NOW)
    claim = await ledger.take(sent, NOW + LEASE)
    assert isinstance(claim, Claim)
    await ledger.set_aside("alert-1", "refused", "the alert was deleted", NOW + LEASE)
    entries = await ledger.entries()
    assert [entries[each].state for each in (sent, waiting, other)] == ["claimed", "refused", "due"]


def fired(edition="2026-10"):
    return Post("T1", "C1", ALERT.id, edition)


async def test_an_order_holds_as_long_as_it_is_wanted(office, alerts):
    assert await office.edition(fired(), None) == Delivery("refused", "order_deleted")
    await alerts.save(ALERT)
    assert await office.edition(fired("2026-08"), None) == Delivery("waiting", "no_more")  # 190 kt
    await alerts.turn(ALERT, "paused", "U_ANA")
    assert await office.edition(fired(), None) == Delivery("refused", "order_paused")
    await alerts.turn(ALERT, "active", "U_ANA")
    told: list[Collection[str]] = []

    async def tell(people, _message):
        told.append(people)

    await office.park(fired(), "archived", tell)
    assert told == [{"U_ANA"}]
    assert await office.edition(fired(), None) == Delivery("parked", "order_parked")


async def test_why_nothing_is_sent_is_stored_by_its_name(office, alerts):
    await alerts.save(ALERT)
    await office.ledger.enqueue([Due(fired(), NOW)], NOW)
    with speaking("zh"):
        await office.delete(ALERT, "U_ANA")
    assert (await office.ledger.entries())[fired()].why == "order_deleted"


async def test_a_once_alert_queued_twice_is_told_once(office, alerts):
    """As by two processes of which one has the newer figures first."""
    await alerts.save(ONLY_ONCE)
    await office.ledger.enqueue([Due(fired("2026-09"), NOW), Due(fired(), NOW)], NOW)
    [claim] = await office.ledger.claim(NOW + LEASE, 5)
    await office.ledger.mark(claim, "1.0", NOW + LEASE)
    assert await office.edition(fired(), None) == Delivery("refused", "order_done")
    assert await office.due(NOW, set()) == []
    done = await alerts.get(ALERT.id)
    assert done.state == "done"
    assert (await office.ledger.entries())[fired()].state == "refused"
