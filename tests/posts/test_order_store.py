"""Orders as they are kept: one monthly post a channel, who changed what, the environment's; crontabs."""

import datetime as dt
from dataclasses import replace
from unittest.mock import ANY

import pytest

from bot.crontab import crontab
from bot.errors import StoredValueError, UsageError
from bot.posts.order import monthly
from bot.posts.order_store import OrderStore
from bot.settings import Settings
from bot.workplace import of_environment
from tests.tables import looped, tables

CRONTABS = tables("posts/crontabs.yaml")

START = dt.datetime(2026, 8, 1, 12, tzinfo=dt.UTC)


class Clock:
    """Another minute at each look."""

    def __init__(self):
        self.now = START

    def __call__(self):
        self.now += dt.timedelta(minutes=1)
        return self.now


@pytest.fixture
def kept(engine):
    return OrderStore(engine, Clock())


@pytest.fixture
def database(any_database):
    return any_database


def wanted(channel="C1", **fields):
    return monthly("T1", channel, **{"id": f"monthly-{channel}", "changed_by": "U_ANA"} | fields)


async def saved(kept, order):
    await kept.save(order)
    found = await kept.monthly(*order.place)
    assert found
    return found


async def test_what_is_saved_is_read_back_as_it_was(kept):
    form = wanted(
        commodities=("alumina", "bauxite"), at="cron", cron="0 9 * * mon", time=dt.time(7, 30),
        zone="America/New_York",
    )  # fmt: skip
    await kept.save(form)
    found = await kept.monthly("T1", "C1")
    assert found == replace(
        form, created_by="U_ANA", created_at=found.created_at, changed_at=found.changed_at
    )
    assert found.created_at == found.changed_at == START + dt.timedelta(minutes=1)
    assert await kept.monthly("T1", "C2") is None
    assert await kept.monthly("T2", "C1") is None


async def test_saving_again_edits_the_channel_s_one_subscription(kept):
    first = await saved(kept, wanted())
    second = await saved(kept, wanted(id="monthly-other", at="flash", changed_by="U_BEN"))
    assert await kept.all("T1") == [second]
    assert (second.at, second.created_by, second.changed_by) == ("flash", "U_ANA", "U_BEN")
    assert (second.created_at, second.changed_at) == (
        first.created_at,
        first.created_at + dt.timedelta(minutes=1),
    )


async def test_who_changed_what_is_recorded_the_newest_first(kept):
    first = await saved(kept, wanted())
    await kept.save(wanted(zone="Europe/London", changed_by="U_BEN"))
    await kept.turn(wanted(), "paused", "U_ANA")
    await kept.turn(wanted(), "active", "U_BEN")
    resumed = await kept.monthly("T1", "C1")
    assert resumed == replace(  # it counts from then and keeps its form
        first, zone="Europe/London", changed_by="U_BEN", changed_at=START + dt.timedelta(minutes=4)
    )
    await kept.turn(wanted(), "parked", why="the channel is archived")
    await kept.delete(wanted(), "U_ANA")
    await kept.save(wanted("C2"))
    told = await kept.changes("T1", "C1")
    assert [(each.what, each.by) for each in told] == [
        ("deleted", "U_ANA"), ("parked", ""), ("resumed", "U_BEN"), ("paused", "U_ANA"),
        ("edited", "U_BEN"), ("made", "U_ANA"),
    ]  # fmt: skip
    assert told[1].why == "the channel is archived"
    assert told[4].order
    assert told[4].order.zone == "Europe/London"
    assert told[5].at == START + dt.timedelta(minutes=1)


async def test_only_active_ones_want_posts(kept):
    for channel in ("C1", "C2", "C3"):
        await kept.save(wanted(channel))
    assert await kept.turn(wanted(), "paused", "U_ANA")
    await kept.turn(wanted("C2"), "parked", why="is archived")
    assert [each.channel for each in await kept.active()] == ["C3"]
    states = {each.channel: (each.state, each.why) for each in await kept.all("T1")}
    assert states == {"C1": ("paused", ""), "C2": ("parked", "is archived"), "C3": ("active", "")}
    woken = await saved(kept, wanted("C2"))  # by subscribing again
    assert (woken.state, woken.why) == ("active", "")


async def test_what_is_so_already_is_neither_changed_nor_recorded(kept):
    assert not await kept.turn(wanted(), "paused", "U_ANA")
    assert not await kept.delete(wanted(), "U_ANA")
    await kept.save(wanted())
    assert not await kept.turn(wanted(), "active", "U_ANA")
    await kept.turn(wanted(), "paused", "U_ANA")
    assert not await kept.turn(wanted(), "paused", "U_BEN")
    await kept.turn(wanted(), "parked", why="gone")  # a person's pause is not overwritten
    assert [each.what for each in await kept.changes("T1", "C1")] == ["paused", "made"]


# The environment's own.


@looped(("variables", "made"), CRONTABS["environment"])
def test_the_environment_s_channel_has_defaults(variables, made):
    own = of_environment(Settings.from_env({"ALUMINA_CHANNEL": "C1"} | variables), "T1")
    assert own == replace(wanted(id=ANY, changed_by="", **made), created_at=ANY, changed_at=ANY)
    assert of_environment(Settings.from_env(variables), "T1") is None


async def test_the_environment_s_channel_is_subscribed_once_and_keeps_its_date(kept):
    await kept.follow(replace(wanted(changed_by=""), changed_at=START))
    await kept.follow(replace(wanted(changed_by=""), changed_at=START + dt.timedelta(days=9)))
    assert [each.changed_at for each in await kept.active()] == [START]


async def test_parked_it_is_tried_anew_and_a_person_s_change_of_it_wins(kept):
    own = wanted(changed_by="")
    await kept.follow(own)
    await kept.turn(wanted(), "parked", why="not in the channel")
    assert await kept.active() == []
    await kept.follow(own)  # as at a start
    assert [each.channel for each in await kept.active()] == ["C1"]
    await kept.save(wanted(at="flash", changed_by="U_BEN"))
    await kept.follow(own)
    assert [each.at for each in await kept.active()] == ["flash"]
    await kept.turn(wanted(), "paused", "U_BEN")
    await kept.follow(own)
    assert await kept.active() == []
    await kept.delete(wanted(), "U_BEN")
    await kept.follow(own)
    assert await kept.all("T1") == []


async def test_only_the_subscriptions_of_our_workspaces_are_looked_after(engine):
    for team in ("T1", "T2"):
        await OrderStore(engine).save(replace(wanted(), id=f"monthly-{team}", workspace=team))
    ours = OrderStore(engine, ours=lambda workspace: workspace == "T2")
    assert [each.workspace for each in await ours.active()] == ["T2"]


SUNDAY = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@looped(("field", "days"), CRONTABS["weekdays"].items())
def test_weekdays(field, days):
    """The days of the week from Sunday 22 November 2026 on at which it fires at noon."""
    trigger, found = crontab(f"0 12 * * {field}", "UTC"), ""
    for day in range(7):
        start = SUNDAY + dt.timedelta(days=day)
        fires = trigger.get_next_fire_time(None, start) == start + dt.timedelta(hours=12)
        found += "SMTWTFS"[day] if fires else "-"
    assert found == days


@looped(("told", "text"), [(told, text) for told, texts in CRONTABS["mistakes"].items() for text in texts])
def test_a_mistake_is_told_with_an_example(told, text):
    with pytest.raises(UsageError, match=told) as caught:
        crontab(text, "UTC")
    assert "0 9 * * mon" in str(caught.value)


def test_an_order_whose_times_are_none_cannot_be_read():
    order = wanted(at="cron", cron="0 9 * * 1-5")
    with pytest.raises(StoredValueError):
        order.with_json(order.to_json())
