"""The next editions of a subscription: dates reckoned by hand from the rules."""

import datetime as dt
from typing import Any

import pytest

from bot.dataset.calendar import Month
from bot.dataset.releases import Release, ReleaseCalendar
from bot.posts.due import due
from bot.posts.schedule import Outlook, outlook
from tests.looped import looped
from tests.posts.record import record, released
from tests.posts.test_due import at, channel


def ahead(now: str, months: str, posted: str = "", **fields: Any) -> Outlook:
    """What comes next after these months are on record and `posted` stands in the channel."""
    newest = Month.from_text(posted) if posted else None
    return outlook(channel(**fields), at(now), record(months), newest)


def dates(found: Outlook) -> list[str]:
    """Edition and moment in UTC."""
    return [f"{each.month} {each.at:%Y-%m-%d %H:%M}" for each in found.coming]


LONDON, NEW_YORK = {"zone": "Europe/London"}, {"zone": "America/New_York"}
# Now, the months on record, the newest one posted, what is wanted, what comes next (what is left out: any).
COMING: list[tuple[str, str, str, dict[str, Any], list[str]]] = [
    # December on 20 January, January and February on 20 March, March on 20 April; 09:00 in Shanghai.
    ("2026-12-24 00:00", "2026-11", "2026-11", {},
     ["2026-12 2027-01-20 01:00", "2027-02 2027-03-20 01:00", "2027-03 2027-04-20 01:00"]),
    # Of the months that a cron brings together the newest: on the first of every quarter July, complete on
    # 20 August, gives way to August, complete on 20 September.
    ("2026-08-25 00:00", "2026-07", "2026-06", {"cron": "0 9 1 */3 *"},
     ["2026-08 2026-10-01 01:00", "2026-11 2027-01-01 01:00", "2027-02 2027-04-01 01:00"]),
    # The flash: November on 9 December, December on 15 January, January and February on 9 March.
    ("2026-11-24 00:00", "2026-10", "2026-10", {"at": "flash"} | LONDON,
     ["2026-11 2026-12-09 09:00", "2026-12 2027-01-15 09:00", "2027-02 2027-03-09 09:00"]),
    ("2026-08-01 00:00", "2026-06", "2026-06", {"commodities": ("bauxite",)}, ["2026-07 2026-08-18 01:00"]),
    # Fridays at 18:00 in London after 20 August, 20 September and 20 October 2026.
    ("2026-08-01 00:00", "2026-06", "2026-06", {"cron": "0 18 * * fri"} | LONDON,
     ["2026-07 2026-08-21 17:00", "2026-08 2026-09-25 17:00", "2026-09 2026-10-23 17:00"]),
    # An hour stays that of its place: summer time ends between October and November.
    ("2026-10-01 00:00", "2026-08", "2026-08", NEW_YORK,
     ["2026-09 2026-10-20 13:00", "2026-10 2026-11-20 14:00", "2026-11 2026-12-20 14:00"]),
    # On record and not posted, Tuesday 24 November 2026: it waits for the cron's next Monday.
    ("2026-11-24 00:00", "2026-07", "", {"cron": "0 9 * * mon", "changed_at": at("2026-11-24 00:00")},
     ["2026-07 2026-11-30 01:00"]),
    # On the day of a release its time decides.
    ("2026-08-20 00:59", "2026-06", "2026-06", {}, ["2026-07 2026-08-20 01:00"]),
    ("2026-08-20 01:00", "2026-06", "2026-06", {}, ["2026-08 2026-09-20 01:00"]),
]  # fmt: skip


@looped(("now", "months", "posted", "wanted", "coming"), COMING)
def test_what_comes_next(
    now: str, months: str, posted: str, wanted: dict[str, Any], coming: list[str]
) -> None:
    found = ahead(now, months, posted, **{"at": "cron" if "cron" in wanted else "complete"} | wanted)
    assert dates(found)[: len(coming)] == coming
    assert not any(each.at_once for each in found.coming)
    assert all(each.expected != each.on_record for each in found.coming)


def test_a_cron_of_leap_days_comes_every_four_years_and_one_that_never_comes_has_no_next() -> None:
    leap = ahead("2026-08-25 00:00", "2026-07", posted="2026-06", at="cron", cron="0 9 29 2 *")
    assert [str(each.at)[:10] for each in leap.coming] == ["2028-02-29", "2032-02-29", "2036-02-29"]
    never = ahead("2026-08-20 00:00", "2026-06", at="cron", cron="0 0 30 2 *")
    assert never == Outlook((), ())


def test_a_day_on_record_is_not_called_expected() -> None:
    release = Release(dt.date(2026, 8, 21), expected=False)
    days = {(Month(2026, 7), stage): release for stage in ("bulletin", "query")}
    dataset = released(record("2026-06"), ReleaseCalendar(days))
    who = channel(commodities=("alumina",))
    found = outlook(who, at("2026-08-10 00:00"), dataset, Month(2026, 6))
    assert dates(found)[0] == "2026-07 2026-08-21 01:00"
    assert [each.expected for each in found.coming] == [False, True, True]


def test_what_is_on_record_and_not_posted_comes_first_and_at_once() -> None:
    found = ahead("2026-11-24 00:00", "2026-07", changed_at=at("2026-11-24 00:00"))
    first, *later = found.coming
    assert (first.month, first.on_record, first.at_once) == (Month(2026, 7), True, True)
    assert [str(month) for month in found.overdue] == ["2026-08", "2026-09", "2026-10"]
    assert [str(each.month) for each in later] == ["2026-11", "2026-12"]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"])
@looped("form", [{}, {"at": "flash"}, {"at": "cron", "cron": "0 9 * * mon"}])
def test_what_is_shown_is_what_becomes_due(zone: str, form: dict[str, Any]) -> None:
    """Each edition that is shown is due from its moment on, once its figures are there, and not before."""
    who = channel(zone=zone, **form)
    shown = outlook(who, at("2026-06-25 00:00"), record("2026-05"), Month(2026, 5), most=12)
    assert len(shown.coming) == 12
    for item in shown.coming:
        told = due(item.at, [who], record(str(item.month)), frozenset())
        assert [each.due_at for each in told if each.post.kind == "monthly"] == [item.at]
