"""When posts are due and which come next: dates reckoned by hand, on clocks and records of our own.

Customs' days where none are on record: flash on the 9th (the 15th after a quarter's end), bulletin on the
18th, query on the 20th; January with February, in March.
"""

import datetime as dt

import pytest

from bot.dataset.calendar import Month, Period
from bot.dataset.releases import Release, ReleaseCalendar
from bot.posts.order import monthly, scheduled
from bot.posts.rows import Post, late_by
from bot.posts.schedule import due, plan
from bot.questions.question import Pair, Question
from tests.posts.office import record, released
from tests.tables import looped, tables

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
CASES = tables("posts/due.yaml")


def at(text):
    """2026-08-20 01:00 in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def channel(name="C1", **fields):
    return monthly("T1", name, **{"created_at": LONG_AGO, "changed_at": LONG_AGO} | fields)


def form_of(case):
    """What a channel wants, of a case."""
    read = {"time": dt.time.fromisoformat, "changed_at": at, "commodities": tuple}
    return {"at": "cron" if "cron" in case else "complete"} | {
        name: read.get(name, str)(each) for name, each in case.items()
    }


def post(edition, kind="monthly", channel="C1"):
    return Post("T1", channel, kind, edition)


def ledger_of(text):
    """2026-07: the month's message alone; 2026-07/bulletin: a stage of it; 2026-07+: it and all its stages,
    as of a month that was posted when it was complete.
    """
    found = set()
    for each in text.split():
        edition, _, kind = each.removesuffix("+").partition("/")
        kinds = ["monthly", "bulletin", "query"] if each.endswith("+") else [kind or "monthly"]
        found |= {post(edition, kind) for kind in kinds}
    return found


def found(now, who, dataset, ledger=()):
    """What is to be sent: kind, edition and since when it is due."""
    told = due(now, [who], dataset, set(ledger))
    said = (each for each in told if not each.silent)
    return [f"{each.post.kind} {each.post.edition} {each.due_at:%Y-%m-%d %H:%M}" for each in said]


JULY = "2026-06 2026-07"


@looped(("form", "moment"), CASES["in_zones"])
def test_it_is_posted_at_its_time_in_the_channel_s_zone(form, moment):
    """A minute before nothing is due; from the moment on it is, since that moment."""
    who = channel(**form_of(form))
    assert found(at(moment) - MINUTE, who, record(JULY), ledger_of("2026-06+")) == []
    assert found(at(moment), who, record(JULY), ledger_of("2026-06+")) == [f"monthly 2026-07 {moment}"]


@pytest.mark.parametrize("as_cron", [False, True])
@looped(("zone", "time", "day", "moment"), CASES["around_changes"])
def test_on_days_when_the_clock_changes(zone, time, day, moment, as_cron):
    release = Release(dt.date.fromisoformat(day), expected=False)
    days = {(Month(2025, 11), stage): release for stage in ("bulletin", "query")}
    own = dt.time.fromisoformat(time)
    form = {"at": "cron", "cron": f"{own.minute} {own.hour} * * *"} if as_cron else {"time": own}
    who = channel(zone=zone, commodities=("alumina",), **form)
    november = released(record("2025-11"), ReleaseCalendar(days))
    assert found(at(moment) - MINUTE, who, november) == []
    assert found(at(moment), who, november) == [f"monthly 2025-11 {moment}"]


BULLETIN, ALL = {"complete": "2026-06", "bulletin": "2026-07"}, {"complete": JULY}
AT_FLASH = {"at": "flash"}


@looped("rule", list(CASES["rules"]))
def test_what_is_due(rule):
    for now, wanted, held, ledger, told in CASES["rules"][rule]:
        own = found(at(now), channel(**form_of(wanted)), record(**held), ledger_of(ledger))
        assert own == ([told] if told else []), (now, wanted)


def test_a_january_with_a_day_of_its_own_is_posted():
    """As the release of 14 February 2019 was."""
    release = Release(dt.date(2019, 2, 14), expected=False)
    days = {(Month(2019, 1), stage): release for stage in ("flash", "bulletin", "query")}
    january = released(record("2019-01"), ReleaseCalendar(days))
    who = channel(changed_at=at("2018-01-01 00:00"))
    assert found(at("2019-02-14 01:00"), who, january) == ["monthly 2019-01 2019-02-14 01:00"]


def test_a_day_s_delay_is_not_called_late():
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
def test_what_is_on_record_with_the_first_message_is_told_by_it(now, wanted, held, silent, later):
    told = due(at(now), [channel(**wanted)], record(**held), ledger_of("2026-06+"))
    kinds = [("monthly", False), *((kind, True) for kind in silent)]
    assert [(each.post.kind, each.silent) for each in told] == kinds
    ledger = {each.post for each in told} | ledger_of("2026-06+")
    assert due(at(now) + MINUTE, [channel(**wanted)], record(**held), ledger) == []
    grown = due(at("2026-08-20 02:00"), [channel(**wanted)], record(**ALL), ledger)
    assert [(each.post.kind, each.silent) for each in grown] == [(kind, False) for kind in later]


def test_what_is_sent_now_is_the_newest_month_with_what_it_says_already():
    """At any time of day, of a cron too; the stages that it holds are not told again."""
    now = at("2026-08-19 22:22")
    yearly = {"at": "cron", "cron": "0 9 1 1 *", "commodities": ("unwrought_aluminium",)}
    for form in (AT_FLASH, yearly):
        wanted = plan(channel(**form), record(**BULLETIN))
        assert wanted.newest
        told = wanted.posts(wanted.newest, now)
        assert [(each.post, each.due_at, each.silent) for each in told] == [
            (post("2026-07"), now, False),
            (post("2026-07", "bulletin"), now, True),
        ]
    assert plan(channel(), record(flash="2026-07")).newest is None


def test_every_channel_of_every_workspace_has_its_own_time_and_they_come_in_a_fixed_order():
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


def test_what_is_out_already_is_promised_of_the_monthly_post_alone():
    now = at("2026-08-20 08:00")
    asked = Question((Pair("alumina", "export"),), (Period.month(Month(2026, 7)),))
    answer = scheduled("T1", "C1", asked, created_at=now, changed_at=now)
    told = [plan(each, record(JULY)).outlook(now).coming[0] for each in (answer, channel(changed_at=now))]
    assert [(each.month, each.on_record) for each in told] == [
        (Month(2026, 8), False),
        (Month(2026, 7), True),
    ]


def ahead(now, months, posted="", **fields):
    """What comes next after these months are on record and `posted` stands in the channel."""
    newest = Month.from_text(posted) if posted else None
    return plan(channel(**fields), record(months)).outlook(at(now), newest)


def dates(found):
    """Edition and moment in UTC."""
    return [f"{each.month} {each.at:%Y-%m-%d %H:%M}" for each in found.coming]


@looped(("now", "months", "posted", "wanted", "coming"), CASES["coming"])
def test_what_is_next(now, months, posted, wanted, coming):
    found = ahead(now, months, posted, **form_of(wanted))
    assert dates(found)[: len(coming)] == coming
    assert not any(each.at_once for each in found.coming)
    assert all(each.expected != each.on_record for each in found.coming)


def test_a_cron_that_never_comes_has_no_next():
    found = ahead("2026-08-20 00:00", "2026-06", at="cron", cron="0 0 30 2 *")
    assert (found.coming, found.overdue) == ((), ())


def test_a_day_on_record_is_not_called_expected():
    release = Release(dt.date(2026, 8, 21), expected=False)
    days = {(Month(2026, 7), stage): release for stage in ("bulletin", "query")}
    dataset = released(record("2026-06"), ReleaseCalendar(days))
    who = channel(commodities=("alumina",))
    found = plan(who, dataset).outlook(at("2026-08-10 00:00"), Month(2026, 6))
    assert dates(found)[0] == "2026-07 2026-08-21 01:00"
    assert [each.expected for each in found.coming] == [False, True, True]


def test_what_is_on_record_and_not_posted_comes_first_and_at_once():
    found = ahead("2026-11-24 00:00", "2026-07", changed_at=at("2026-11-24 00:00"))
    first, *later = found.coming
    assert (first.month, first.on_record, first.at_once) == (Month(2026, 7), True, True)
    assert [str(month) for month in found.overdue] == ["2026-08", "2026-09", "2026-10"]
    assert [str(each.month) for each in later] == ["2026-11", "2026-12"]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"])
@looped("form", [{}, {"at": "flash"}, {"at": "cron", "cron": "0 9 * * mon"}])
def test_what_is_shown_is_what_becomes_due(zone, form):
    """Each edition that is shown is due from its moment on, once its figures are there, and not before."""
    who = channel(zone=zone, **form)
    shown = plan(who, record("2026-05")).outlook(at("2026-06-25 00:00"), Month(2026, 5), most=12)
    assert len(shown.coming) == 12
    for item in shown.coming:
        told = due(item.at, [who], record(str(item.month)), frozenset())
        assert [each.due_at for each in told if each.post.kind == "monthly"] == [item.at]
