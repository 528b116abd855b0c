"""Who is served where and how often, in which language, and what stands around an answer."""

from datetime import timedelta

import pytest

from bot.messages.blocks import Message, noted
from bot.playground.deliver import Retry
from bot.playground.people import BEN
from bot.settings import Settings
from bot.words import say
from handlers.access import home_of, split_private, told_in, turned_away
from handlers.delivery import ECHO, asked_by, echo
from handlers.places import is_shared
from handlers.rate_limit import MOST_TOLD, SIZE, RateLimit
from tests.gear.clock import SetClock as Clock
from tests.slack.dialogue import dialogues
from tests.slack.events import by_bot, deliver, events, rows, settled
from tests.slack.example import MENTION
from tests.tables import tables

HOMES = tables("slack/contexts.yaml")


def whispers(slack, channel="C_ALUMINIUM", user="U_ANA"):
    return [message.text for message in slack.ephemerals(user) if message.channel == channel]


@pytest.mark.parametrize(("listed", "served"), [("T1", True), ("E1", True), ("E2,T2", False)])
def test_a_workspace_is_listed_by_itself_or_by_its_organisation(listed, served):
    settings, why = Settings.from_env({"ALUMINA_TEAMS": listed}), say("replies.not_this_workspace")
    assert turned_away("C1", "", {"T1", "E1"}, settings) == (None if served else why)


@pytest.mark.parametrize(("event", "home"), HOMES["homes"])
def test_where_a_person_belongs(event, home):
    body = {"event": {"type": "message", **event}, "is_ext_shared_channel": True}
    assert home_of(body, {"T1", "E1"}) == home


async def test_redeliveries_count_for_no_limit(slack, serve, tmp_path):
    async with serve(ALUMINA_CHANNEL_RATE="2"):
        url = slack.bot_url or ""
        first = await settled(slack, slack.say(MENTION))
        for number in range(5):
            await deliver(slack, [url], events(slack, first), Retry(number + 1, "http_timeout"))
        second = await slack.say(MENTION, user=BEN)
        third = await settled(slack, slack.say(MENTION))
        await settled(slack, deliver(slack, [url], events(slack, third), Retry(1, "http_timeout")))
        answers = [len(by_bot(slack, "C_ALUMINIUM", ts)) for ts in (first, second, third)]
        assert sorted(answers) == [0, 1, 1]  # of two that come together either may be the one too many
        assert answers[0] == 1
        assert whispers(slack) + whispers(slack, user=BEN) == [say("replies.busy", limit=2)]
        assert {state for *_, state in rows(tmp_path)} == {"answered"}


@pytest.fixture
def clock():
    return Clock(1000.0)


async def test_who_is_refused_is_told_beside_and_never_answered_later(slack, serve, tmp_path, caplog):
    async with serve(ALUMINA_CHANNEL_RATE="1"):
        await settled(slack, slack.say(MENTION))
        url, slack.bot_url = str(slack.bot_url), None
        held = slack.faults.hold("chat.postEphemeral", when="before")
        ts = await slack.say(MENTION)
        replies = await deliver(slack, [url], events(slack, ts))
        assert {reply.status for reply in replies} == {200}
        await held.reached.wait()  # Slack has its acknowledgement, and keeps us waiting
        held.let_go()
        await slack.settle()
        assert "not_told" not in caplog.messages  # as it would be, had the acknowledgement waited for it
        slack.clock.forward(timedelta(minutes=1))
    async with serve():
        await slack.settle()
    assert (by_bot(slack, "C_ALUMINIUM", ts), {state for *_, state in rows(tmp_path)}) == ([], {"answered"})


def ask(limit, times=1, user="U", channel="", team="T"):
    return [limit.refusal(team, user, channel) for _ in range(times)]


def test_a_minute_s_worth_may_be_asked_at_once_and_then_it_fills_again(clock):
    limit, slower = RateLimit(6, 0, clock), say("replies.slower", limit=6)
    assert ask(limit, 8) == [None] * 6 + [slower, ""]
    clock.now += 10  # six a minute are one in ten seconds
    assert ask(limit, 2) == [None, ""]
    clock.now += 60
    assert ask(limit, 7) == [None] * 6 + [slower]


def test_of_no_rate_is_a_question_lost_in_rounding(clock):
    clock.now = 9_876_543.21
    for rate in range(1, 200):
        assert ask(RateLimit(rate, 0, clock), rate + 1)[-2:] == [None, say("replies.slower", limit=rate)]


def test_nobody_shares_a_bucket_and_the_limit_that_is_named_is_the_one_that_was_met(clock):
    limit = RateLimit(2, 3, clock)
    assert ask(limit, 3, "U1", "C") == [None, None, say("replies.slower", limit=2)]
    assert ask(limit, 2, "U2", "C") == [None, say("replies.busy", limit=3)]
    assert ask(limit, 1, "U3") == ask(limit, 1, "U1", "C", team="T2") == [None]


def test_each_person_in_a_busy_channel_is_told_once(clock):
    limit, busy = RateLimit(0, 1, clock), say("replies.busy", limit=1)
    askers = ["U1", "U2", "U2", "U3", "U1", "U1"]
    assert [ask(limit, 1, user, "C")[0] for user in askers] == [None, busy, "", busy, busy, ""]
    told = [ask(limit, 1, f"U1{number}", "C")[0] for number in range(100)]
    assert told == [busy] * (MOST_TOLD - 3) + [""] * (103 - MOST_TOLD)
    clock.now += 60
    assert [ask(limit, 1, user, "C")[0] for user in ("U1", "U2")] == [None, busy]


def test_no_limit_and_no_end_of_memory(clock):
    assert set(ask(RateLimit(0, 0, clock), 1000, "U", "C")) == {None}
    limit = RateLimit(1, 0, clock)
    for number in range(SIZE + 500):
        ask(limit, user=f"U{number}")
    assert len(limit._buckets) == SIZE


CASES = tables("slack/notes.yaml")

test_dialogues = dialogues("slack/languages.yaml")
ANSWER = Message("140 kt", ({"type": "divider"},))


@pytest.mark.parametrize(("typed", "shown"), CASES["echoes"])
def test_what_was_typed_is_repeated_on_one_line_and_can_notify_nobody(typed, shown):
    assert echo(typed) == shown


def test_a_long_question_is_shortened():
    assert echo("a" * (ECHO + 1)) == "a" * (ECHO - 1) + "…"
    assert echo("a" * ECHO) == "a" * ECHO
    assert echo("&" * 40_000) == "&amp;" * (ECHO - 1) + "…"  # an escaped sign is kept whole


def test_the_asker_stands_above_the_answer_and_a_note_below_it_in_its_text_too():
    message = noted(asked_by(ANSWER, "U1", "march"), "Only you can see this.")
    assert message.text == "<@U1> asked: march\n140 kt\nOnly you can see this."
    assert [block["type"] for block in message.blocks] == ["context", "divider", "context"]


@pytest.mark.parametrize(("typed", "private", "rest"), CASES["private"])
def test_private_is_the_first_word(typed, private, rest):
    assert split_private(typed) == (private, rest)


@pytest.mark.parametrize(("channel", "shared"), CASES["shared"])
def test_which_channels_are_shared_with_another_company(channel, shared):
    assert is_shared(channel) is shared


@pytest.mark.parametrize(("body", "spoken"), CASES["spoken"])
def test_where_the_language_is_told(body, spoken):
    assert told_in(body) == spoken
