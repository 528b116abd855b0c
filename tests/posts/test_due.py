"""When posts are due: tables of dates reckoned by hand from the rules, on clocks and records of our own.

Customs' days where none are on record: flash on the 9th (the 15th after a quarter's end), bulletin on the
18th, query on the 20th; January with February, in March.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

import pytest

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import Release, ReleaseCalendar
from bot.posts.due import due, late_by, newest_now
from bot.posts.ledger import Post
from bot.posts.subscription import Subscription
from tests.posts.record import record

RULES = ReleaseCalendar({})
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def at(text: str) -> dt.datetime:
    """2026-08-20 01:00 in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def channel(name: str = "C1", **fields: Any) -> Subscription:
    return Subscription("T1", name, **{"created_at": LONG_AGO, "changed_at": LONG_AGO} | fields)


def post(edition: str, kind: str = "monthly", channel: str = "C1") -> Post:
    return Post("T1", channel, kind, edition)


def whole(edition: str) -> set[Post]:
    """A month that was posted when it was complete: its message says the later stages already."""
    return {post(edition, kind) for kind in ("monthly", "bulletin", "query")}


def found(
    now: str,
    subscription: Subscription,
    dataset: Dataset,
    ledger: Collection[Post] = (),
    releases: ReleaseCalendar = RULES,
) -> list[tuple[str, str, dt.datetime]]:
    """Kind, edition and due time of what is to be sent."""
    told = due(at(now), [subscription], releases, dataset, ledger)
    return [(each.post.kind, each.post.edition, each.due_at) for each in told if not each.silent]


def turns(subscription: Subscription, moment: str, dataset: Dataset, edition: str) -> None:
    """A minute before nothing is due; from the moment on it is, since that moment."""
    before = (at(moment) - dt.timedelta(minutes=1)).isoformat(" ")[:16]
    ledger = whole(str(Month.from_text(edition).plus(-1)))
    assert found(before, subscription, dataset, ledger) == []
    assert found(moment, subscription, dataset, ledger) == [("monthly", edition, at(moment))]


JULY = "2026-06 2026-07"

# The moment in UTC from which July 2026, whose query is due on 20 August, is posted.
IN_ZONES = [
    ("Asia/Shanghai", "09:00", "2026-08-20 01:00"),
    ("Asia/Shanghai", "00:30", "2026-08-19 16:30"),
    ("Europe/London", "09:00", "2026-08-20 08:00"),  # summer time, UTC+1
    ("America/New_York", "09:00", "2026-08-20 13:00"),  # summer time, UTC-4
    ("Asia/Kolkata", "18:30", "2026-08-20 13:00"),
    ("Australia/Sydney", "09:00", "2026-08-19 23:00"),
    ("UTC", "23:59", "2026-08-20 23:59"),
]


@pytest.mark.parametrize(("zone", "time", "moment"), IN_ZONES)
def test_it_is_posted_at_the_time_of_day_in_the_channel_s_zone(zone: str, time: str, moment: str) -> None:
    turns(channel(zone=zone, time=dt.time.fromisoformat(time)), moment, record(JULY), "2026-07")


# New York changes on 8 March and 1 November 2026, London on 29 March and 25 October; Shanghai never.
# The calendars put the release on the day of the change.
AROUND_CHANGES = [
    ("America/New_York", "09:00", "2026-03-07", "2026-03-07 14:00"),
    ("America/New_York", "09:00", "2026-03-08", "2026-03-08 13:00"),
    ("America/New_York", "02:30", "2026-03-08", "2026-03-08 07:30"),  # not on the clock: counted from before
    ("America/New_York", "01:30", "2026-11-01", "2026-11-01 05:30"),  # twice on the clock: the first
    ("America/New_York", "09:00", "2026-11-01", "2026-11-01 14:00"),
    ("Europe/London", "09:00", "2026-03-28", "2026-03-28 09:00"),
    ("Europe/London", "09:00", "2026-03-29", "2026-03-29 08:00"),
    ("Europe/London", "01:30", "2026-03-29", "2026-03-29 01:30"),  # not on the clock
    ("Europe/London", "01:30", "2026-10-25", "2026-10-25 00:30"),  # twice on the clock
    ("Europe/London", "09:00", "2026-10-25", "2026-10-25 09:00"),
    ("Asia/Shanghai", "02:30", "2026-03-08", "2026-03-07 18:30"),
    ("Asia/Shanghai", "01:30", "2026-11-01", "2026-10-31 17:30"),
    ("Asia/Shanghai", "09:00", "2026-10-31", "2026-10-31 01:00"),  # month ends, a leap day, a year's end
    ("Asia/Shanghai", "09:00", "2028-02-29", "2028-02-29 01:00"),
    ("America/New_York", "23:30", "2028-02-29", "2028-03-01 04:30"),
    ("America/New_York", "20:00", "2026-12-31", "2027-01-01 01:00"),
]


@pytest.mark.parametrize("as_cron", [False, True])
@pytest.mark.parametrize(("zone", "time", "day", "moment"), AROUND_CHANGES)
def test_on_days_when_the_clock_changes_and_on_the_last_of_a_month(
    zone: str, time: str, day: str, moment: str, as_cron: bool
) -> None:
    days = {
        (Month(2025, 11), stage): Release(dt.date.fromisoformat(day), expected=False)
        for stage in ("bulletin", "query")
    }
    own = dt.time.fromisoformat(time)
    form = {"at": "cron", "cron": f"{own.minute} {own.hour} * * *"} if as_cron else {"time": own}
    who = channel(zone=zone, commodities=("alumina",), **form)
    november, before = record("2025-11"), (at(moment) - dt.timedelta(minutes=1)).isoformat(" ")[:16]
    assert found(before, who, november, releases=ReleaseCalendar(days)) == []
    told = found(moment, who, november, releases=ReleaseCalendar(days))
    assert told == [("monthly", "2025-11", at(moment))]


CRONS = [
    ("0 9 1 * *", "Asia/Shanghai", "2026-09-01 01:00"),
    ("30 8 * * mon", "Asia/Shanghai", "2026-08-24 00:30"),  # 20 August 2026 is a Thursday
    ("30 8 * * 1", "Asia/Shanghai", "2026-08-24 00:30"),  # numbers count from Sunday
    ("0 18 * * 0", "Europe/London", "2026-08-23 17:00"),
    ("0 18 * * 7", "Europe/London", "2026-08-23 17:00"),
    ("0 9 * * 1-5", "America/New_York", "2026-08-20 13:00"),
    ("0 9 31 * *", "America/New_York", "2026-08-31 13:00"),
    ("*/15 7 * * *", "UTC", "2026-08-20 07:00"),
    ("0 0 29 2 *", "UTC", "2028-02-29 00:00"),
]


@pytest.mark.parametrize(("cron", "zone", "moment"), CRONS)
def test_a_cron_posts_at_its_next_time_after_the_release(cron: str, zone: str, moment: str) -> None:
    turns(channel(at="cron", cron=cron, zone=zone), moment, record(JULY), "2026-07")


def test_a_cron_that_never_comes_posts_nothing() -> None:
    assert found("2027-01-01 00:00", channel(at="cron", cron="0 9 30 2 *"), record(JULY)) == []


# What is waited for.


@pytest.mark.parametrize(
    ("commodities", "on_record", "edition"),
    [
        ((), record(complete="2026-07", bulletin="2026-08", flash="2026-09"), "2026-07"),
        (("bauxite",), record(complete="2026-07", bulletin="2026-08", flash="2026-09"), "2026-08"),
        (("unwrought_aluminium",), record(complete="2026-07", bulletin="2026-08"), "2026-08"),
        (("alumina",), record(complete="2026-07", bulletin="2026-08"), "2026-07"),  # imports: by the query
        (("bauxite", "alumina"), record(complete="2026-07", bulletin="2026-08"), "2026-07"),
    ],
)
def test_a_post_waits_for_the_series_that_the_channel_reads(
    commodities: tuple[str, ...], on_record: Dataset, edition: str
) -> None:
    [(kind, month, _)] = found("2026-12-24 12:00", channel(commodities=commodities), on_record)
    assert (kind, month) == ("monthly", edition)


def test_without_data_nothing_is_due_whatever_the_day() -> None:
    assert found("2027-06-01 00:00", channel(), record(flash="2026-07")) == []
    assert found("2027-06-01 00:00", channel(commodities=("aluminium_scrap",)), record(JULY)) == []


def test_late_data_is_posted_when_it_comes_and_is_late() -> None:
    """July was due on the 20th at 09:00 in Shanghai; it is on record on the 25th."""
    ledger = whole("2026-06")
    assert found("2026-08-25 05:59", channel(), record("2026-06"), ledger) == []
    [(_, edition, due_at)] = found("2026-08-25 06:00", channel(), record(JULY), ledger)
    assert (edition, due_at) == ("2026-07", at("2026-08-20 01:00"))
    assert late_by(due_at, at("2026-08-25 06:00")) == dt.timedelta(days=5, hours=5)


def test_a_day_s_delay_is_not_called_late() -> None:
    assert late_by(at("2026-08-20 01:00"), at("2026-08-21 01:00")) is None
    assert late_by(at("2026-08-20 01:00"), at("2026-08-21 01:01")) == dt.timedelta(days=1, minutes=1)


def test_early_data_is_posted_at_that_day_s_time_and_not_before() -> None:
    """July is on record on the 17th already, three days before it is expected."""
    ledger = whole("2026-06")
    assert found("2026-08-17 00:59", channel(), record(JULY), ledger) == []
    assert found("2026-08-17 01:00", channel(), record(JULY), ledger) == [
        ("monthly", "2026-07", at("2026-08-17 01:00"))
    ]


def test_after_three_days_down_the_newest_month_alone_is_caught_up_with() -> None:
    three_missed = record("2026-05 2026-06 2026-07")
    assert found("2026-08-23 04:00", channel(), three_missed, whole("2026-04")) == [
        ("monthly", "2026-07", at("2026-08-20 01:00"))
    ]


# The clock.


def test_a_clock_that_jumps_back_posts_nothing_again() -> None:
    ledger = whole("2026-07")
    for now in ("2026-08-20 01:00", "2026-08-19 01:00", "2026-07-20 01:00", "2019-01-01 00:00"):
        assert found(now, channel(), record(JULY), ledger) == []


def test_a_clock_that_jumps_forward_posts_no_month_without_data() -> None:
    assert found("2031-01-01 00:00", channel(), record(JULY), whole("2026-07")) == []


def test_a_channel_subscribed_on_a_clock_that_was_ahead_waits_no_year() -> None:
    ahead = channel(changed_at=at("2027-08-28 09:00"))
    assert found("2026-08-25 06:00", ahead, record(JULY), whole("2026-06")) == [
        ("monthly", "2026-07", at("2026-08-25 06:00"))
    ]


def test_an_older_month_never_follows_a_newer_one() -> None:
    """What was the newest month is taken back from the record."""
    assert found("2026-09-25 00:00", channel(), record(JULY), whole("2026-08")) == []


# January and February.


@pytest.mark.parametrize("february", ["2027-02", "2027-02+"])
def test_january_and_february_come_together_in_march(february: str) -> None:
    before, both = record("2026-12"), record(f"2026-12 {february}")
    ledger = whole("2026-12")
    for now in ("2027-02-20 01:00", "2027-03-19 01:00"):
        assert found(now, channel(), before, ledger) == []
    turns_in_march = found("2027-03-20 01:00", channel(), both, ledger)
    assert turns_in_march == [("monthly", "2027-02", at("2027-03-20 01:00"))]


def test_a_january_that_is_on_record_alone_is_not_posted() -> None:
    alone = record("2026-12 2027-01")
    assert found("2027-03-20 01:00", channel(), alone, whole("2026-12")) == []


def test_a_january_with_a_day_of_its_own_is_posted() -> None:
    """As the release of 14 February 2019 was."""
    days = {
        (Month(2019, 1), stage): Release(dt.date(2019, 2, 14), expected=False)
        for stage in ("flash", "bulletin", "query")
    }
    told = found("2019-02-14 01:00", channel(changed_at=at("2018-01-01 00:00")), record("2019-01"), (),
                 ReleaseCalendar(days))  # fmt: skip
    assert told == [("monthly", "2019-01", at("2019-02-14 01:00"))]


# The flash, and what it grows by.


JUNE = whole("2026-06")


def stages(now: str, on_record: Dataset, *kinds: str) -> list[tuple[str, dt.datetime]]:
    """What is due of July, with its due time, where the ledger has June and these kinds of July."""
    ledger = {post("2026-07", kind) for kind in kinds} | JUNE
    told = found(now, channel(at="flash"), on_record, ledger)
    assert {edition for _, edition, _ in told} <= {"2026-07"}
    return [(kind, due_at) for kind, _, due_at in told]


FLASH, BULLETIN, ALL = (
    record("2026-06", flash="2026-07"),
    record("2026-06", bulletin="2026-07"),
    record("2026-06 2026-07"),
)


def test_a_month_comes_in_three_steps_where_the_flash_is_asked_for() -> None:
    """July: flash on 9 August, bulletin on the 18th, query on the 20th, each at 09:00 in Shanghai."""
    assert stages("2026-08-09 00:59", FLASH) == []
    assert stages("2026-08-09 01:00", FLASH) == [("monthly", at("2026-08-09 01:00"))]
    assert stages("2026-08-18 01:00", FLASH, "monthly") == []
    assert stages("2026-08-18 00:59", BULLETIN, "monthly") == []
    assert stages("2026-08-18 01:00", BULLETIN, "monthly") == [("bulletin", at("2026-08-18 01:00"))]
    assert stages("2026-08-20 01:00", BULLETIN, "monthly", "bulletin") == []
    assert stages("2026-08-20 01:00", ALL, "monthly", "bulletin") == [("query", at("2026-08-20 01:00"))]
    assert stages("2026-08-21 01:00", ALL, "monthly", "bulletin", "query") == []


def test_after_a_quarter_the_flash_is_later() -> None:
    """September 2026: 15 October."""
    who, september = channel(at="flash"), record("2026-06", flash="2026-09")
    assert found("2026-10-15 00:59", who, september, JUNE) == []
    assert found("2026-10-15 01:00", who, september, JUNE) == [("monthly", "2026-09", at("2026-10-15 01:00"))]


def test_what_is_on_record_with_the_first_message_is_told_by_it() -> None:
    """Down from the 9th to the 19th: the message holds the bulletin already, the query comes later."""
    told = due(at("2026-08-19 04:00"), [channel(at="flash")], RULES, BULLETIN, JUNE)
    assert [(each.post.kind, each.silent) for each in told] == [("monthly", False), ("bulletin", True)]
    ledger = {each.post for each in told} | JUNE
    assert due(at("2026-08-19 04:01"), [channel(at="flash")], RULES, BULLETIN, ledger) == []
    [late] = due(at("2026-08-20 01:00"), [channel(at="flash")], RULES, ALL, ledger)
    assert (late.post.kind, late.silent) == ("query", False)


def test_the_complete_month_is_one_message_that_does_not_grow() -> None:
    told = due(at("2026-08-20 01:00"), [channel()], RULES, ALL, whole("2026-06"))
    assert [each.post.kind for each in told if not each.silent] == ["monthly"]
    assert due(at("2026-08-20 02:00"), [channel()], RULES, ALL, {each.post for each in told}) == []


def test_a_message_of_the_flash_grows_though_the_channel_wants_complete_months_now() -> None:
    """It says that it will, and an edit of the subscription in between takes nothing of that back."""
    told = due(at("2026-08-18 01:00"), [channel()], RULES, BULLETIN, {post("2026-07")} | JUNE)
    assert [each.post for each in told] == [post("2026-07", "bulletin")]


def test_a_message_grows_by_what_the_channel_has_asked_for_since() -> None:
    """Posted for bauxite alone, which comes with the bulletin; alumina comes with the query."""
    ledger = {post("2026-07"), post("2026-07", "bulletin")} | JUNE
    who = channel(commodities=("bauxite", "alumina"))
    assert found("2026-08-20 01:00", who, ALL, ledger) == [("query", "2026-07", at("2026-08-20 01:00"))]


def test_a_message_grows_still_when_the_next_flash_is_out() -> None:
    late = record("2026-06 2026-07", flash="2026-08")
    ledger = {post("2026-07"), post("2026-08"), post("2026-07", "bulletin")}
    assert found("2026-09-10 12:00", channel(at="flash"), late, ledger) == [
        ("query", "2026-07", at("2026-08-20 01:00"))
    ]


def test_a_flash_of_series_that_it_does_not_hold_is_the_complete_month() -> None:
    who = channel(at="flash", commodities=("bauxite",))
    assert found("2026-08-19 00:00", who, FLASH, whole("2026-06")) == []
    assert found("2026-08-19 00:00", who, BULLETIN, whole("2026-06")) == [
        ("monthly", "2026-07", at("2026-08-18 01:00"))
    ]


def test_what_is_sent_now_is_the_newest_month_with_what_it_says_already() -> None:
    """At any time of day, of a cron too; the stages that it holds are not told again."""
    now = at("2026-08-19 22:22")
    for form in (
        {"at": "flash"},
        {"at": "cron", "cron": "0 9 1 1 *", "commodities": ("unwrought_aluminium",)},
    ):
        told = newest_now(now, channel(**form), RULES, BULLETIN)
        assert [(each.post, each.due_at, each.silent) for each in told] == [
            (post("2026-07"), now, False),
            (post("2026-07", "bulletin"), now, True),
        ]
    assert newest_now(now, channel(), RULES, record(flash="2026-07")) == []


# What people do.


@pytest.mark.parametrize("state", ["paused", "parked"])
def test_paused_and_parked_channels_get_nothing(state: str) -> None:
    assert found("2026-08-25 00:00", channel(state=state), record(JULY)) == []


def test_a_channel_that_is_resumed_gets_the_newest_month_and_is_not_late() -> None:
    """Paused over the release, resumed on the 28th at 10:00 in London: due since then, not since the 20th."""
    resumed = channel(changed_at=at("2026-08-28 09:00"))
    assert found("2026-08-28 09:00", resumed, record(JULY), whole("2026-06")) == [
        ("monthly", "2026-07", at("2026-08-28 09:00"))
    ]


def test_a_channel_subscribed_in_the_middle_of_a_month_gets_the_newest_month_at_once() -> None:
    new = channel(created_at=at("2026-08-26 12:34"), changed_at=at("2026-08-26 12:34"))
    assert found("2026-08-26 12:35", new, record("2026-05 2026-06 2026-07")) == [
        ("monthly", "2026-07", at("2026-08-26 12:34"))
    ]


def test_a_channel_subscribed_on_the_morning_of_a_release_waits_for_its_time() -> None:
    new = channel(created_at=at("2026-08-20 00:10"), changed_at=at("2026-08-20 00:10"))
    turns(new, "2026-08-20 01:00", record(JULY), "2026-07")


def test_a_channel_subscribed_twice_gets_one_post() -> None:
    twice = [channel(), channel(zone="Europe/London")]
    told = due(at("2026-08-25 00:00"), twice, RULES, record(JULY), ())
    assert [each.post for each in told if not each.silent] == [post("2026-07")]


def test_the_same_channel_id_in_another_workspace_is_another_channel() -> None:
    two = [channel(), Subscription("T2", "C1", created_at=LONG_AGO, changed_at=LONG_AGO)]
    told = due(at("2026-08-25 00:00"), two, RULES, record(JULY), whole("2026-07"))
    assert [each.post.workspace for each in told if not each.silent] == ["T2"]


def test_every_channel_has_its_own_time_and_they_come_in_a_fixed_order() -> None:
    three = [
        channel("C3"),
        channel("C1", zone="America/New_York"),
        channel("C2", zone="Europe/London"),
    ]
    told = due(at("2026-08-20 08:00"), three, RULES, record(JULY), ())
    assert [(each.post.channel, each.due_at) for each in told if not each.silent] == [
        ("C2", at("2026-08-20 08:00")),
        ("C3", at("2026-08-20 01:00")),
    ]


def test_the_shipped_record_posts_july_on_its_day(dataset: Dataset) -> None:
    """July 2026: no query on record, so the 20th of August is expected."""
    who = channel(zone="Europe/London")
    told = found("2026-11-24 00:00", who, dataset, whole("2026-06"), dataset.calendar)
    assert told == [("monthly", "2026-07", at("2026-08-20 08:00"))]
