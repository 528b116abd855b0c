"""What is said of subscriptions, in the home tab and in the monthly post at each stage of its month."""

import datetime as dt
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.answers.monthly import monthly_summary
from bot.answers.respond import respond
from bot.dataset.calendar import Month, Period
from bot.dataset.model import Series
from bot.home import home_view, newest_edition
from bot.messages.conditions import changed
from bot.messages.render import render
from bot.playground.limits import problems, view_problems
from bot.posts.form import CRON_LENGTH, form_view, memo_of
from bot.posts.order import monthly
from bot.posts.order_list import agenda, history, listing
from bot.posts.order_messages import Editions, is_notable
from bot.posts.order_store import Change
from bot.posts.rows import Entry, Post
from bot.posts.schedule import Coming, Outlook, plan
from bot.questions.question import Question
from bot.words import LANGUAGES, say, speaking
from tests.asked import held
from tests.posts.office import FAR
from tests.posts.office import record as held_as
from tests.tables import looped, tables

CASES = tables("posts/listing.yaml")

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def channel(name="C1", **fields):
    return monthly("T1", name, **{"changed_by": "U1", "created_at": NOW, "changed_at": NOW} | fields)


def cells(message):
    [table] = [block for block in message.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_the_history_says_when_due_when_sent_how_late_and_why_not(dataset):
    def entry(state, due, sent=None, why=""):
        at = dt.datetime(2026, 8, 1, 8, tzinfo=dt.UTC)
        return Entry(state, at.replace(day=due), sent_at=at.replace(day=sent) if sent else None, why=why)

    entries = {
        Post("T1", "C1", "query", "2026-07"): entry("parked", 20, why="not_in_channel"),
        Post("T1", "C1", "bulletin", "2026-07"): entry("told", 18),
        Post("T1", "C1", "monthly", "2026-07"): entry("posted", 9, 14),
        Post("T1", "C1", "monthly", "2026-02"): entry("posted", 20, 20),
        Post("T1", "C1", "monthly", "2026-01"): entry("due", 20, why="ratelimited"),
    }
    told = history([channel(zone="Europe/London")], "C1", entries, [], dataset.catalogue)
    assert cells(told)[1:] == [
        [
            "July 2026", "query by HS code", "20 August 2026, 09:00", "–", "–",
            "the bot is not in the channel; type /invite @alumina there (not_in_channel)",
        ],
        ["July 2026", "monthly post", "9 August 2026, 09:00", "14 August 2026, 09:00", "5 days", "–"],
        [
            "January–February 2026", "monthly post", "20 August 2026, 09:00", "20 August 2026, 09:00",
            "–", "–",
        ],
        ["January 2026", "monthly post", "20 August 2026, 09:00", "–", "–", "waiting: ratelimited"],
    ]  # fmt: skip
    assert "July 2026 · monthly post · 9 August 2026, 09:00 · 14 August 2026, 09:00 · 5 days · –" in told.text


def test_the_history_of_an_unposted_channel_says_so_and_who_did_what(dataset):
    changes = [Change("parked", "", NOW, why="is_archived"), Change("made", "U1", NOW, channel())]
    told = history([], "C1", {}, changes, dataset.catalogue)
    assert "nothing was posted yet" in told.blocks[0]["text"]["text"]
    assert told.text.split("\n")[1:] == [
        "24 November 2026, 12:00: Alumina put it on hold (the channel is archived (is_archived))",
        "24 November 2026, 12:00: <@U1> set it up (monthly post of everything, once a month is complete,"
        " not before 09:00 (Shanghai))",
    ]


def test_a_list_of_many_channels_fits_into_a_message(dataset):
    ahead = plan(channel(), dataset).outlook(NOW)
    states: list[dict[str, Any]] = [
        {}, {"state": "paused"}, {"state": "parked", "why": "the bot is not in the channel <!here>"},
        {"at": "cron", "cron": "0 9 * * mon,tue,wed,thu,fri" + " " * 60},
        {"commodities": tuple(dataset.catalogue)[:4]}, {"only_notable": True},
    ]  # fmt: skip
    many = [
        replace(ahead, order=channel(f"C{number:010}", **states[number % len(states)]))
        for number in range(120)
    ]
    told = listing(many, "C9", dataset.catalogue)
    assert problems(told.text, told.blocks) == []
    assert "Nothing is set up in <#C9> yet" in told.text
    assert "100 more" in str(told.blocks[-1])
    assert "<!here>" not in told.text


def test_january_and_february_are_announced_together(dataset):
    """On 25 January 2027 the next flash is expected on 9 March."""
    now = dt.datetime(2027, 1, 25, 12, tzinfo=dt.UTC)
    later = dataset.on(now.date())
    releases = render(respond(Question.of((), (), None, view="release"), later))
    own = channel(zone="Europe/London", changed_at=now)
    listed = plan(own, later).outlook(now, posted=Month(2026, 12))
    told = agenda(releases, [listed], "C1", later.catalogue)
    assert problems(told.text, told.blocks) == []
    assert "preliminary release of January–February 2027, 9 March 2027, expected" in told.text
    assert ": Saturday 20 March 2027, 09:00 (London), expected" in told.text
    alone = agenda(releases, [], "C1", later.catalogue)
    assert "`/alumina subscribe` sets up the monthly post" in alone.text


@pytest.mark.parametrize("at", ["flash", "complete", "cron"])
@pytest.mark.parametrize("own_zone", ["", "America/Argentina/ComodRivadavia", "Asia/Shanghai"])
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Pacific/Kiritimati", "UTC"])
def test_every_form_is_one_that_slack_takes(dataset, at, own_zone, zone):
    cron = "0 9 * * mon" + " " * (CRON_LENGTH - 11) if at == "cron" else ""
    form = channel("C" * 32, at=at, cron=cron, zone=zone)
    far = Coming(Month(2027, 2), NOW, expected=True)
    for ahead in (Outlook(form), Outlook(form, (far,) * 3, (Month(2026, 8),) * 24), "x" * 300):
        view = form_view(form, memo_of(form, known=True, own_zone=own_zone), dataset, ahead)
        assert view_problems(view) == []


# The first has no complete month at all; in March January and February are out together.
DAYS = [dt.date(2018, 1, 2), dt.date(2021, 6, 1), dt.date(2024, 3, 25), dt.date(2026, 8, 25)]
days = pytest.mark.parametrize("day", DAYS, ids=str)


@days
def test_it_keeps_slack_s_limits_however_many_subscriptions_there_are(record, day):
    dataset = record.as_of(day)
    now = dt.datetime.combine(day, dt.time(12), dt.UTC)
    own = [monthly("T", f"C{number}", created_at=now, changed_at=now) for number in range(200)]
    ahead = plan(own[0], dataset).outlook(now)
    view = home_view(dataset, [replace(ahead, order=each) for each in own], "a note")
    assert view_problems(view) == []
    assert "190 more" in str(view)  # ten are listed


@pytest.mark.parametrize("spoken", LANGUAGES)
@days
def test_every_example_is_a_question_in_its_language(record, day, spoken):
    dataset = record.as_of(day)
    with speaking(spoken):
        blocks = home_view(dataset)["blocks"]
    elements = [each for block in blocks if block["type"] == "actions" for each in block["elements"]]
    asked = [Question.from_json(each["value"]) for each in elements]
    assert asked
    for question in asked:
        assert question.language == spoken
        assert respond(question, dataset).outcome == "answered"


def test_without_a_complete_month_it_says_so(record):
    assert say("home.nothing") in str(home_view(record.as_of(DAYS[0])))


def test_january_and_february_are_one_month(record):
    dataset = record.as_of(dt.date(2026, 3, 25))
    assert str(newest_edition(dataset)) == "2026-02"
    assert "January–February 2026, and its change on the year" in str(home_view(dataset))


def test_a_month_is_notable_by_a_new_high_or_low_or_a_turn(dataset):
    """In April 2026 alumina exports were at their highest in 28 months; in August 2025 what rose went on."""
    april, august = (monthly_summary(dataset, Month(*month), ()) for month in ((2026, 4), (2025, 8)))
    assert (is_notable(april), is_notable(august)) == (True, False)


COMPLETE = date(2026, 7, 25)
JUNE = Month(2026, 6)


@looped("case", list(CASES["editions"].values()))
def test_what_the_message_of_an_edition_says_and_its_line(case, record):
    order, day = monthly("T1", "C1", commodities=tuple(case.get("of", ())), at="flash"), case["day"]
    post = order.post(JUNE, case.get("kind", "monthly"))
    late = timedelta(days=case["late"]) if "late" in case else None
    made = Editions(record.as_of(day), lambda: day).edition(post, order, late)
    texts = {"text": made.message.text, "line": made.line.text if made.line else ""}
    for name, text in texts.items():
        assert text.startswith(case.get(f"{name} begins", ""))
        assert [part for part in case.get(f"{name} says", ()) if part not in text] == []
        assert [part for part in case.get(f"{name} lacks", ()) if part in text] == []
    assert not (case.get("no line") and texts["line"])
    assert held(made.question) == case.get("question", held(made.question))


@looped(("kind", "at", "told", "held", "has"), CASES["has"])
def test_what_a_post_is_about_is_here_once_all_that_it_says_is_on_record(kind, at, told, held, has):
    summaries = Editions(held_as(**held), lambda: FAR)
    assert summaries.has(Post("T1", "C1", kind, "2026-07"), monthly("T1", "C1", at=at), told) == has


def test_a_line_of_a_stage_that_is_no_longer_waited_for_waits_for_nothing():
    bauxite = monthly("T1", "C1", commodities=("bauxite",))  # which comes with the bulletin
    assert Editions(held_as(), lambda: FAR).has(Post("T1", "C1", "query", "2026-07"), bauxite, ())


def test_january_and_february_are_one_where_nothing_else_was_published(record):
    # unwrought exports of February 2020 were published with January only
    summaries = Editions(record.as_of(date(2026, 11, 24)), lambda: date(2026, 11, 24))
    made = summaries.edition(Post("T1", "C1", "monthly", "2020-02"), monthly("T1", "C1"), None)
    assert "January–February 2020" in made.message.text.splitlines()[0]


def test_a_change_beyond_rounding_is_told_and_one_within_is_not(record):
    dataset = record.as_of(date(2026, 11, 24))
    alumina, june, july = Series("alumina", "export"), Period.month(JUNE), Period.month(Month(2026, 7))
    now, other = dataset.figure(alumina, july), dataset.figure(alumina, june)
    assert now
    assert other
    assert changed(now, now) == ""
    told = changed(now, other)
    assert told == "alumina exports, July 2026, revised to 300 kt from 270 kt"  # each within 5


def test_in_chinese_the_post_its_line_and_what_a_reply_follows_are_chinese(record):
    summaries = Editions(record.as_of(COMPLETE), lambda: COMPLETE)
    chinese = monthly("T1", "C2", language="zh")
    made = summaries.edition(chinese.post(JUNE, "bulletin"), chinese, None)
    # the bulletin: bauxite imports 20.32 Mt, +12.6 %
    assert "铝土矿进口2032万吨，同比增长12.6%" in made.line.text
    assert made.message.text.startswith("2026年6月")
    assert held(made.question) == "2026年6月全部品种"
    late = summaries.edition(chinese.post(JUNE), chinese, timedelta(days=3))
    assert "本期推迟了3天发送。" in late.message.text
