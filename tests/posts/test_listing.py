"""What is said about subscriptions: never more than Slack takes, and dates on the clock they are meant on."""

import datetime as dt
from typing import Any

import pytest

from bot.answers.respond import respond
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.messages.limits import problems, view_problems
from bot.messages.message import Message
from bot.messages.render import render
from bot.posts.form import CRON_LENGTH, Memo, form_view
from bot.posts.order import Subscription
from bot.posts.order_list import pressed
from bot.posts.rows import Entry, Post
from bot.posts.schedule import Coming, Outlook, outlook
from bot.posts.subscription_messages import Listed, agenda, history, listing, span_told
from bot.posts.subscriptions import Change
from bot.posts.wording import for_reader
from bot.questions.question import Question
from bot.words import LANGUAGES, speaking
from tests.looped import looped

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
NOTHING = Outlook((), ())


def channel(name: str = "C1", **fields: Any) -> Subscription:
    return Subscription("T1", name, **{"changed_by": "U1", "created_at": NOW, "changed_at": NOW} | fields)


def cells(message: Message) -> list[list[str]]:
    [table] = [block for block in message.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_the_history_says_when_due_when_sent_how_late_and_why_not() -> None:
    def entry(state: Any, due: int, sent: int | None = None, why: str = "") -> Entry:
        at = dt.datetime(2026, 8, 1, 8, tzinfo=dt.UTC)
        return Entry(state, at.replace(day=due), sent_at=at.replace(day=sent) if sent else None, why=why)

    entries = {
        Post("T1", "C1", "query", "2026-07"): entry("parked", 20, why="not_in_channel"),
        Post("T1", "C1", "bulletin", "2026-07"): entry("told", 18),
        Post("T1", "C1", "monthly", "2026-07"): entry("posted", 9, 14),
        Post("T1", "C1", "monthly", "2026-02"): entry("posted", 20, 20),
        Post("T1", "C1", "monthly", "2026-01"): entry("due", 20, why="ratelimited"),
    }
    told = history(channel(zone="Europe/London"), "C1", entries, [], NOTHING)
    assert cells(told)[1:] == [
        ["July 2026", "query by HS code", "20 August 2026, 09:00", "-", "-", "not_in_channel"],
        ["July 2026", "monthly post", "9 August 2026, 09:00", "14 August 2026, 09:00", "5 days", "-"],
        [
            "January and February 2026", "monthly post", "20 August 2026, 09:00", "20 August 2026, 09:00",
            "-", "-",
        ],
        ["January 2026", "monthly post", "20 August 2026, 09:00", "-", "-", "waiting: ratelimited"],
    ]  # fmt: skip
    assert (
        "July 2026: monthly post; due 9 August 2026, 09:00; sent 14 August 2026, 09:00; late by 5 days."
        in told.text
    )


def test_the_history_of_an_unposted_channel_says_so_and_who_did_what() -> None:
    changes = [Change("parked", "", NOW, "is_archived"), Change("subscribed", "U1", NOW, "everything")]
    told = history(None, "C1", {}, changes, None)
    assert "nothing was posted yet" in told.blocks[0]["text"]["text"]
    assert told.text.split("\n")[1:] == [
        "24 November 2026, 12:00: Alumina put it on hold (is_archived)",
        "24 November 2026, 12:00: <@U1> subscribed the channel (everything)",
    ]


def test_how_late_in_words() -> None:
    told = [span_told(dt.timedelta(days=days, hours=3 * (days == 5), minutes=59)) for days in (1, 5, 97)]
    assert told == ["1 day", "5 days 3 h", "97 days"]


def test_a_list_of_many_channels_fits_into_a_message(dataset: Dataset) -> None:
    ahead = outlook(channel(), NOW, dataset)
    states: list[dict[str, Any]] = [
        {}, {"state": "paused"}, {"state": "parked", "why": "the bot is not in the channel <!here>"},
        {"at": "cron", "cron": "0 9 * * mon,tue,wed,thu,fri" + " " * 60},
        {"commodities": tuple(dataset.catalogue)[:4]},
    ]  # fmt: skip
    many = [Listed(channel(f"C{number:010}", **states[number % len(states)]), ahead) for number in range(120)]
    told = listing(many, "C9", dataset.catalogue)
    assert problems(told.text, told.blocks) == []
    assert "No subscription in <#C9> yet" in told.text
    assert told.text.endswith("more channels.")
    assert "<!here>" not in told.text


def test_january_and_february_are_announced_together(dataset: Dataset) -> None:
    """On 25 January 2027 the next flash is expected on 9 March."""
    now = dt.datetime(2027, 1, 25, 12, tzinfo=dt.UTC)
    later = dataset.on(now.date())
    releases = render(respond(Question.of((), (), None, view="release"), later))
    own = channel(zone="Europe/London", changed_at=now)
    listed = Listed(own, outlook(own, now, later, posted=Month(2026, 12)))
    told = agenda(releases, listed, "C1", later.catalogue)
    assert problems(told.text, told.blocks) == []
    assert "preliminary release of January and February 2027, 9 March 2027, expected" in told.text
    assert "|Saturday 20 March 2027, 09:00 (London)>, expected" in told.text
    alone = agenda(releases, None, "C1", later.catalogue)
    assert "`/alumina subscribe` makes one" in alone.text


@looped(
    ("action", "verb"),
    {
        "subscription_edit_0": "edit", "subscription_now_12": "now", "subscription_series": "", "ask_0": "",
        "subscription_drop_1": "", "alert_discard": "discard", "alert_pause_3": "pause", "alert_edit": "",
    }.items(),
)  # fmt: skip
def test_only_their_own_buttons_are_the_lists_(action: str, verb: str) -> None:
    assert pressed(action) == verb


@pytest.mark.parametrize("at", ["flash", "complete", "cron"])
@pytest.mark.parametrize("own_zone", ["", "America/Argentina/ComodRivadavia", "Asia/Shanghai"])
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Pacific/Kiritimati", "UTC"])
def test_every_form_is_one_that_slack_takes(dataset: Dataset, at: Any, own_zone: str, zone: str) -> None:
    cron = "0 9 * * mon" + " " * (CRON_LENGTH - 11) if at == "cron" else ""
    form = channel("C" * 32, at=at, cron=cron, zone=zone)
    far = Coming(Month(2027, 2), NOW, expected=True)
    for ahead in (NOTHING, Outlook((far,) * 3, (Month(2026, 8),) * 24), "x" * 300):
        view = form_view(form, Memo("C" * 32, known=True, own_zone=own_zone), dataset.catalogue, ahead)
        assert view_problems(view) == []


def test_a_moment_is_given_to_slack_in_its_own_form() -> None:
    # 24 November 2026 is a Tuesday; noon UTC is eight in the evening in Shanghai.
    told = {}
    for spoken in LANGUAGES:
        with speaking(spoken):
            told[spoken] = for_reader(NOW, "Asia/Shanghai")
    seconds = int(NOW.timestamp())
    assert told == {
        "en": f"<!date^{seconds}^{{date_long}}, {{time}}|Tuesday 24 November 2026, 20:00 (Shanghai)>",
        "zh": f"<!date^{seconds}^{{date_long}} {{time}}|2026年11月24日星期二20:00（上海）>",
    }
