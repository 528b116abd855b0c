"""When posts are due and which come next: dates reckoned by hand, on clocks and records of our own.

Customs' days where none are on record: flash on the 9th (the 15th after a quarter's end), bulletin on the
18th, query on the 20th; January with February, in March.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.releases import Release, ReleaseCalendar
from bot.posts.due import due, late_by, newest_now
from bot.posts.order import Order, monthly, scheduled
from bot.posts.rows import Post
from bot.posts.schedule import Outlook, outlook
from bot.questions.question import Pair, Question
from tests.looped import looped
from tests.posts.record import record, released

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def at(text: str) -> dt.datetime:
    """2026-08-20 01:00 in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def channel(name: str = "C1", **fields: Any) -> Order:
    return monthly("T1", name, **{"created_at": LONG_AGO, "changed_at": LONG_AGO} | fields)


def post(edition: str, kind: str = "monthly", channel: str = "C1") -> Post:
    return Post("T1", channel, kind, edition)


def ledger_of(text: str) -> set[Post]:
    """2026-07: the month's message alone; 2026-07/bulletin: a stage of it; 2026-07+: it and all its stages,
    as of a month that was posted when it was complete.
    """
    found = set()
    for each in text.split():
        edition, _, kind = each.removesuffix("+").partition("/")
        kinds = ["monthly", "bulletin", "query"] if each.endswith("+") else [kind or "monthly"]
        found |= {post(edition, kind) for kind in kinds}
    return found


def found(now: dt.datetime, who: Order, dataset: Dataset, ledger: Collection[Post] = ()) -> list[str]:
    """What is to be sent: kind, edition and since when it is due."""
    told = due(now, [who], dataset, set(ledger))
    return [
        f"{each.post.kind} {each.post.edition} {each.due_at:%Y-%m-%d %H:%M}"
        for each in told
        if not each.silent
    ]


JULY = "2026-06 2026-07"
# The moment in UTC from which July 2026, whose query is due on Thursday 20 August, is posted.
IN_ZONES: list[tuple[dict[str, Any], str]] = [
    ({"zone": "Asia/Shanghai"}, "2026-08-20 01:00"),
    ({"zone": "Asia/Shanghai", "time": dt.time(0, 30)}, "2026-08-19 16:30"),
    ({"zone": "Europe/London"}, "2026-08-20 08:00"),  # summer time, UTC+1
    ({"zone": "America/New_York"}, "2026-08-20 13:00"),  # summer time, UTC-4
    ({"zone": "Asia/Kolkata", "time": dt.time(18, 30)}, "2026-08-20 13:00"),
    ({"zone": "Australia/Sydney"}, "2026-08-19 23:00"),
    ({"zone": "UTC", "time": dt.time(23, 59)}, "2026-08-20 23:59"),
    ({"cron": "0 9 1 * *"}, "2026-09-01 01:00"),
    ({"cron": "30 8 * * mon"}, "2026-08-24 00:30"),
    ({"cron": "30 8 * * 1"}, "2026-08-24 00:30"),  # numbers count from Sunday
    ({"cron": "0 18 * * 0", "zone": "Europe/London"}, "2026-08-23 17:00"),
    ({"cron": "0 18 * * 7", "zone": "Europe/London"}, "2026-08-23 17:00"),
    ({"cron": "0 9 * * 1-5", "zone": "America/New_York"}, "2026-08-20 13:00"),
    ({"cron": "0 9 31 * *", "zone": "America/New_York"}, "2026-08-31 13:00"),
    ({"cron": "*/15 7 * * *", "zone": "UTC"}, "2026-08-20 07:00"),
    ({"cron": "0 0 29 2 *", "zone": "UTC"}, "2028-02-29 00:00"),
    # Asked for on the morning of the release: it waits for its time.
    ({"changed_at": at("2026-08-20 00:10")}, "2026-08-20 01:00"),
]


@looped(("form", "moment"), IN_ZONES)
def test_it_is_posted_at_its_time_in_the_channel_s_zone(form: dict[str, Any], moment: str) -> None:
    """A minute before nothing is due; from the moment on it is, since that moment."""
    who = channel(**{"at": "cron" if "cron" in form else "complete"} | form)
    assert found(at(moment) - MINUTE, who, record(JULY), ledger_of("2026-06+")) == []
    assert found(at(moment), who, record(JULY), ledger_of("2026-06+")) == [f"monthly 2026-07 {moment}"]


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
@looped(("zone", "time", "day", "moment"), AROUND_CHANGES)
def test_on_days_when_the_clock_changes(zone: str, time: str, day: str, moment: str, as_cron: bool) -> None:
    release = Release(dt.date.fromisoformat(day), expected=False)
    days = {(Month(2025, 11), stage): release for stage in ("bulletin", "query")}
    own = dt.time.fromisoformat(time)
    form = {"at": "cron", "cron": f"{own.minute} {own.hour} * * *"} if as_cron else {"time": own}
    who = channel(zone=zone, commodities=("alumina",), **form)
    november = released(record("2025-11"), ReleaseCalendar(days))
    assert found(at(moment) - MINUTE, who, november) == []
    assert found(at(moment), who, november) == [f"monthly 2025-11 {moment}"]


SPREAD = {"complete": "2026-07", "bulletin": "2026-08", "flash": "2026-09"}
NO_QUERY = {"complete": "2026-07", "bulletin": "2026-08"}
FLASH, BULLETIN, ALL, MAY = (
    {"complete": "2026-06", "flash": "2026-07"},
    {"complete": "2026-06", "bulletin": "2026-07"},
    {"complete": JULY},
    {"complete": f"2026-05 {JULY}"},
)
AT_FLASH, MIXED = {"at": "flash"}, {"commodities": ("bauxite", "alumina")}
ON_TIME = "monthly 2026-07 2026-08-20 01:00"
Case = tuple[str, dict[str, Any], dict[str, str], str, str]  # now, wanted, on record, in the ledger: due
CASES: dict[str, list[Case]] = {
    "it waits for the series that the channel reads": [
        ("2026-12-24 12:00", {}, SPREAD, "", ON_TIME),
        ("2026-12-24 12:00", {"commodities": ("bauxite",)}, SPREAD, "", "monthly 2026-08 2026-09-18 01:00"),
        ("2026-12-24 12:00", {"commodities": ("unwrought_aluminium",)}, NO_QUERY, "",
         "monthly 2026-08 2026-09-18 01:00"),
        ("2026-12-24 12:00", {"commodities": ("alumina",)}, NO_QUERY, "", ON_TIME),  # imports: by the query
        ("2026-12-24 12:00", MIXED, NO_QUERY, "", ON_TIME),
    ],
    "without data nothing is due whatever the day, nor by a cron that never comes": [
        ("2027-06-01 00:00", {}, {"flash": "2026-07"}, "", ""),
        ("2027-06-01 00:00", {"commodities": ("aluminium_scrap",)}, ALL, "", ""),
        ("2027-01-01 00:00", {"at": "cron", "cron": "0 9 30 2 *"}, ALL, "", ""),
    ],
    "late data is posted when it comes": [
        ("2026-08-25 05:59", {}, {"complete": "2026-06"}, "2026-06+", ""),
        ("2026-08-25 06:00", {}, ALL, "2026-06+", ON_TIME),
    ],
    "early data is posted at that day's time": [
        ("2026-08-17 00:59", {}, ALL, "2026-06+", ""),
        ("2026-08-17 01:00", {}, ALL, "2026-06+", "monthly 2026-07 2026-08-17 01:00"),
    ],
    "after days down the newest month alone is caught up with": [
        ("2026-08-23 04:00", {}, MAY, "2026-04+", ON_TIME),
    ],
    "a clock that jumps repeats nothing, makes nothing of nothing, and lets nobody wait for a year": [
        *[(now, {}, ALL, "2026-07+", "") for now in ("2026-08-20 01:00", "2026-08-19 01:00",
                                                     "2019-01-01 00:00", "2031-01-01 00:00")],
        ("2026-08-25 06:00", {"changed_at": at("2027-08-28 09:00")}, ALL, "2026-06+",
         "monthly 2026-07 2026-08-25 06:00"),
    ],
    "an older month never follows a newer one, which was taken back": [
        ("2026-09-25 00:00", {}, ALL, "2026-08+", ""),
    ],
    "January and February come together in March; a January on record alone does not": [
        ("2027-02-20 01:00", {}, {"complete": "2026-12"}, "2026-12+", ""),
        ("2027-03-19 01:00", {}, {"complete": "2026-12"}, "2026-12+", ""),
        ("2027-03-20 01:00", {}, {"complete": "2026-12 2027-02"}, "2026-12+",
         "monthly 2027-02 2027-03-20 01:00"),
        ("2027-03-20 01:00", {}, {"complete": "2026-12 2027-02+"}, "2026-12+",
         "monthly 2027-02 2027-03-20 01:00"),
        ("2027-03-20 01:00", {}, {"complete": "2026-12 2027-01"}, "2026-12+", ""),
    ],
    "a month comes in three steps where the flash is asked for": [
        ("2026-08-09 00:59", AT_FLASH, FLASH, "2026-06+", ""),
        ("2026-08-09 01:00", AT_FLASH, FLASH, "2026-06+", "monthly 2026-07 2026-08-09 01:00"),
        ("2026-08-18 01:00", AT_FLASH, FLASH, "2026-06+ 2026-07", ""),
        ("2026-08-18 00:59", AT_FLASH, BULLETIN, "2026-06+ 2026-07", ""),
        ("2026-08-18 01:00", AT_FLASH, BULLETIN, "2026-06+ 2026-07", "bulletin 2026-07 2026-08-18 01:00"),
        ("2026-08-20 01:00", AT_FLASH, BULLETIN, "2026-06+ 2026-07 2026-07/bulletin", ""),
        ("2026-08-20 01:00", AT_FLASH, ALL, "2026-06+ 2026-07 2026-07/bulletin",
         "query 2026-07 2026-08-20 01:00"),
        ("2026-08-21 01:00", AT_FLASH, ALL, "2026-06+ 2026-07+", ""),
    ],
    "after a quarter the flash is later": [
        ("2026-10-15 00:59", AT_FLASH, {"complete": "2026-06", "flash": "2026-09"}, "2026-06+", ""),
        ("2026-10-15 01:00", AT_FLASH, {"complete": "2026-06", "flash": "2026-09"}, "2026-06+",
         "monthly 2026-09 2026-10-15 01:00"),
    ],
    "a message of the flash grows though the channel wants complete months now": [
        ("2026-08-18 01:00", {}, BULLETIN, "2026-06+ 2026-07", "bulletin 2026-07 2026-08-18 01:00"),
    ],
    "a message grows by what the channel has asked for since": [
        ("2026-08-20 01:00", MIXED, ALL, "2026-06+ 2026-07 2026-07/bulletin",
         "query 2026-07 2026-08-20 01:00"),
    ],
    "a message grows still when the next flash is out": [
        ("2026-09-10 12:00", AT_FLASH, {"complete": JULY, "flash": "2026-08"},
         "2026-07 2026-07/bulletin 2026-08", "query 2026-07 2026-08-20 01:00"),
    ],
    "a flash of series that it does not hold is the complete month": [
        ("2026-08-19 00:00", {"at": "flash", "commodities": ("bauxite",)}, FLASH, "2026-06+", ""),
        ("2026-08-19 00:00", {"at": "flash", "commodities": ("bauxite",)}, BULLETIN, "2026-06+",
         "monthly 2026-07 2026-08-18 01:00"),
    ],
    "paused and parked channels get nothing": [
        ("2026-08-25 00:00", {"state": "paused"}, ALL, "", ""),
        ("2026-08-25 00:00", {"state": "parked"}, ALL, "", ""),
    ],
    "who resumes or subscribes later gets the newest month, due since then": [
        ("2026-08-28 09:00", {"changed_at": at("2026-08-28 09:00")}, ALL, "2026-06+",
         "monthly 2026-07 2026-08-28 09:00"),
        ("2026-08-26 12:35", {"changed_at": at("2026-08-26 12:34")}, MAY, "",
         "monthly 2026-07 2026-08-26 12:34"),
    ],
}  # fmt: skip


@looped("rule", list(CASES))
def test_what_is_due(rule: str) -> None:
    for now, wanted, held, ledger, told in CASES[rule]:
        own = found(at(now), channel(**wanted), record(**held), ledger_of(ledger))
        assert own == ([told] if told else []), (now, wanted)


def test_a_january_with_a_day_of_its_own_is_posted() -> None:
    """As the release of 14 February 2019 was."""
    release = Release(dt.date(2019, 2, 14), expected=False)
    days = {(Month(2019, 1), stage): release for stage in ("flash", "bulletin", "query")}
    january = released(record("2019-01"), ReleaseCalendar(days))
    who = channel(changed_at=at("2018-01-01 00:00"))
    assert found(at("2019-02-14 01:00"), who, january) == ["monthly 2019-01 2019-02-14 01:00"]


def test_a_day_s_delay_is_not_called_late() -> None:
    assert late_by(at("2026-08-20 01:00"), at("2026-08-21 01:00")) is None
    assert late_by(at("2026-08-20 01:00"), at("2026-08-21 01:01")) == dt.timedelta(days=1, minutes=1)


@looped(
    ("now", "wanted", "held", "silent", "later"),
    [
        # Down from the 9th to the 19th: the message holds the bulletin already, the query comes later.
        ("2026-08-19 04:00", AT_FLASH, BULLETIN, ["bulletin"], ["query"]),
        ("2026-08-20 01:00", {}, ALL, ["bulletin", "query"], []),
    ],
)
def test_what_is_on_record_with_the_first_message_is_told_by_it(
    now: str, wanted: dict[str, Any], held: dict[str, str], silent: list[str], later: list[str]
) -> None:
    told = due(at(now), [channel(**wanted)], record(**held), ledger_of("2026-06+"))
    kinds = [("monthly", False), *((kind, True) for kind in silent)]
    assert [(each.post.kind, each.silent) for each in told] == kinds
    ledger = {each.post for each in told} | ledger_of("2026-06+")
    assert due(at(now) + MINUTE, [channel(**wanted)], record(**held), ledger) == []
    grown = due(at("2026-08-20 02:00"), [channel(**wanted)], record(**ALL), ledger)
    assert [(each.post.kind, each.silent) for each in grown] == [(kind, False) for kind in later]


def test_what_is_sent_now_is_the_newest_month_with_what_it_says_already() -> None:
    """At any time of day, of a cron too; the stages that it holds are not told again."""
    now = at("2026-08-19 22:22")
    yearly = {"at": "cron", "cron": "0 9 1 1 *", "commodities": ("unwrought_aluminium",)}
    for form in (AT_FLASH, yearly):
        told = newest_now(now, channel(**form), record(**BULLETIN))
        assert [(each.post, each.due_at, each.silent) for each in told] == [
            (post("2026-07"), now, False),
            (post("2026-07", "bulletin"), now, True),
        ]
    assert newest_now(now, channel(), record(flash="2026-07")) == []


def test_every_channel_of_every_workspace_has_its_own_time_and_they_come_in_a_fixed_order() -> None:
    several = [
        channel("C3"), channel("C1", zone="America/New_York"), channel("C2", zone="Europe/London"),
        monthly("T2", "C3", created_at=LONG_AGO, changed_at=LONG_AGO), channel("C4"),
    ]  # fmt: skip
    ledger = {post("2026-07", kind, "C4") for kind in ("monthly", "bulletin", "query")}
    told = due(at("2026-08-20 08:00"), several, record(JULY), ledger)
    assert [(*each.post.place, each.due_at) for each in told if not each.silent] == [
        ("T1", "C2", at("2026-08-20 08:00")),
        ("T1", "C3", at("2026-08-20 01:00")),
        ("T2", "C3", at("2026-08-20 01:00")),
    ]


def test_what_is_out_already_is_promised_of_the_monthly_post_alone() -> None:
    now = at("2026-08-20 08:00")
    asked = Question((Pair("alumina", "export"),), (Period.month(Month(2026, 7)),))
    answer = scheduled("T1", "C1", asked, created_at=now, changed_at=now)
    told = [outlook(each, now, record(JULY)).coming[0] for each in (answer, channel(changed_at=now))]
    assert [(each.month, each.on_record) for each in told] == [
        (Month(2026, 8), False),
        (Month(2026, 7), True),
    ]


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
def test_what_is_next(now: str, months: str, posted: str, wanted: dict[str, Any], coming: list[str]) -> None:
    found = ahead(now, months, posted, **{"at": "cron" if "cron" in wanted else "complete"} | wanted)
    assert dates(found)[: len(coming)] == coming
    assert not any(each.at_once for each in found.coming)
    assert all(each.expected != each.on_record for each in found.coming)


def test_a_cron_that_never_comes_has_no_next() -> None:
    assert ahead("2026-08-20 00:00", "2026-06", at="cron", cron="0 0 30 2 *") == Outlook((), ())


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
