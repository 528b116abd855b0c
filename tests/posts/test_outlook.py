"""The next editions of a subscription: dates reckoned by hand from the rules."""

import datetime as dt
from typing import Any

import pytest

from bot.dataset.calendar import Month
from bot.dataset.releases import Release, ReleaseCalendar
from bot.posts.due import due
from bot.posts.schedule import Outlook, outlook
from bot.posts.subscription import Subscription
from tests.posts.record import record

RULES = ReleaseCalendar({})
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def channel(**fields: Any) -> Subscription:
    return Subscription("T1", "C1", **{"created_at": LONG_AGO, "changed_at": LONG_AGO} | fields)


def ahead(
    now: str, months: str, posted: str = "", calendar: ReleaseCalendar = RULES, **fields: Any
) -> Outlook:
    """What comes next after these months are on record and `posted` stands in the channel."""
    newest = Month.from_text(posted) if posted else None
    return outlook(channel(**fields), at(now), calendar, record(months), newest)


def dates(found: Outlook) -> list[tuple[str, str]]:
    """Edition and moment in UTC."""
    return [(str(each.month), each.at.isoformat(" ")[:16]) for each in found.coming]


def test_three_months_ahead_with_january_and_february_together() -> None:
    """December on 20 January, January and February on 20 March, March on 20 April; 09:00 in Shanghai."""
    found = ahead("2026-12-24 00:00", "2026-11", posted="2026-11")
    assert dates(found) == [
        ("2026-12", "2027-01-20 01:00"),
        ("2027-02", "2027-03-20 01:00"),
        ("2027-03", "2027-04-20 01:00"),
    ]
    assert found.overdue == ()
    assert all(each.expected and not each.on_record for each in found.coming)


def test_of_the_months_that_a_cron_brings_together_the_newest_is_posted() -> None:
    """The first of every quarter: July, complete on 20 August, gives way to August, complete on 20 September.

    September comes on 20 October, November on 20 December, January and February on 20 March.
    """
    found = ahead("2026-08-25 00:00", "2026-07", posted="2026-06", at="cron", cron="0 9 1 */3 *")
    assert dates(found) == [
        ("2026-08", "2026-10-01 01:00"),
        ("2026-11", "2027-01-01 01:00"),
        ("2027-02", "2027-04-01 01:00"),
    ]
    leap = ahead("2026-08-25 00:00", "2026-07", posted="2026-06", at="cron", cron="0 9 29 2 *")
    assert [when for _, when in dates(leap)] == [f"{year}-02-29 01:00" for year in (2028, 2032, 2036)]


def test_the_flash_has_its_own_days() -> None:
    """November on 9 December, December on 15 January, January and February on 9 March."""
    found = ahead("2026-11-24 00:00", "2026-10", posted="2026-10", at="flash", zone="Europe/London")
    assert dates(found) == [
        ("2026-11", "2026-12-09 09:00"),
        ("2026-12", "2027-01-15 09:00"),
        ("2027-02", "2027-03-09 09:00"),
    ]


def test_series_of_the_bulletin_alone_come_with_it() -> None:
    found = ahead("2026-08-01 00:00", "2026-06", posted="2026-06", commodities=("bauxite",))
    assert dates(found)[0] == ("2026-07", "2026-08-18 01:00")


def test_a_cron_falls_on_its_next_time_after_each_release() -> None:
    """Fridays at 18:00 in London after 20 August, 20 September and 20 October 2026."""
    found = ahead("2026-08-01 00:00", "2026-06", posted="2026-06", at="cron", cron="0 18 * * fri",
                  zone="Europe/London")  # fmt: skip
    assert dates(found) == [
        ("2026-07", "2026-08-21 17:00"),
        ("2026-08", "2026-09-25 17:00"),
        ("2026-09", "2026-10-23 17:00"),
    ]


def test_an_hour_that_changes_with_the_season_stays_the_hour_of_the_place() -> None:
    found = ahead("2026-10-01 00:00", "2026-08", posted="2026-08", zone="America/New_York")
    assert [moment for _, moment in dates(found)] == [
        "2026-10-20 13:00",  # summer time
        "2026-11-20 14:00",
        "2026-12-20 14:00",
    ]


def test_a_day_on_record_is_not_called_expected() -> None:
    days = {
        (Month(2026, 7), stage): Release(dt.date(2026, 8, 21), expected=False)
        for stage in ("bulletin", "query")
    }
    found = ahead("2026-08-10 00:00", "2026-06", posted="2026-06", calendar=ReleaseCalendar(days),
                  commodities=("alumina",))  # fmt: skip
    assert dates(found)[0] == ("2026-07", "2026-08-21 01:00")
    assert [each.expected for each in found.coming] == [False, True, True]


def test_what_is_on_record_and_not_posted_comes_first_and_at_once() -> None:
    found = ahead("2026-11-24 00:00", "2026-07", changed_at=at("2026-11-24 00:00"))
    assert found.coming[0].month == Month(2026, 7)
    assert (found.coming[0].on_record, found.coming[0].at_once) == (True, True)
    assert [str(month) for month in found.overdue] == ["2026-08", "2026-09", "2026-10"]
    assert dates(found)[1:] == [("2026-11", "2026-12-20 01:00"), ("2026-12", "2027-01-20 01:00")]


def test_what_is_on_record_waits_for_a_cron_s_next_time() -> None:
    """Tuesday 24 November 2026; the next Monday is the 30th."""
    found = ahead("2026-11-24 00:00", "2026-07", at="cron", cron="0 9 * * mon",
                  changed_at=at("2026-11-24 00:00"))  # fmt: skip
    assert dates(found)[0] == ("2026-07", "2026-11-30 01:00")
    assert not found.coming[0].at_once


def test_on_the_day_of_a_release_its_time_decides() -> None:
    assert dates(ahead("2026-08-20 00:59", "2026-06", posted="2026-06"))[0][0] == "2026-07"
    later = ahead("2026-08-20 01:00", "2026-06", posted="2026-06")
    assert (later.overdue, dates(later)[0][0]) == ((Month(2026, 7),), "2026-08")


def test_a_cron_that_never_comes_has_no_next() -> None:
    found = ahead("2026-08-20 00:00", "2026-06", at="cron", cron="0 0 30 2 *")
    assert found == Outlook((), ())


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/London", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize("form", [{}, {"at": "flash"}, {"at": "cron", "cron": "0 9 * * mon"}])
def test_what_is_shown_is_what_becomes_due(zone: str, form: dict[str, Any]) -> None:
    """Each edition that is shown is due from its moment on, once its figures are there, and not before."""
    who = channel(zone=zone, **form)
    shown = outlook(who, at("2026-06-25 00:00"), RULES, record("2026-05"), Month(2026, 5), most=12)
    assert len(shown.coming) == 12
    for item in shown.coming:
        told = due(item.at, [who], RULES, record(str(item.month)), ())
        assert [each.due_at for each in told if each.post.kind == "monthly"] == [item.at]
