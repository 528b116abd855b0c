"""How much one person, and one channel, may ask; and that it is said once."""

import pytest

from bot.words import say
from handlers.rate_limit import MOST_TOLD, SIZE, RateLimit


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def ask(
    limit: RateLimit, times: int = 1, user: str = "U", channel: str = "", team: str = "T"
) -> list[str | None]:
    return [limit.refusal(team, user, channel) for _ in range(times)]


def test_a_minute_s_worth_may_be_asked_at_once_and_then_it_fills_again(clock: Clock) -> None:
    limit, slower = RateLimit(6, 0, clock), say("replies.slower", limit=6)
    assert ask(limit, 8) == [None] * 6 + [slower, ""]
    clock.seconds += 10  # six a minute are one in ten seconds
    assert ask(limit, 2) == [None, ""]
    clock.seconds += 60
    assert ask(limit, 7) == [None] * 6 + [slower]


def test_nobody_shares_a_bucket_and_the_limit_that_is_named_is_the_one_that_was_met(clock: Clock) -> None:
    limit = RateLimit(2, 3, clock)
    assert ask(limit, 3, "U1", "C") == [None, None, say("replies.slower", limit=2)]
    assert ask(limit, 2, "U2", "C") == [None, say("replies.busy", limit=3)]
    assert ask(limit, 1, "U3") == ask(limit, 1, "U1", "C", team="T2") == [None]


def test_each_person_in_a_busy_channel_is_told_once(clock: Clock) -> None:
    limit, busy = RateLimit(0, 1, clock), say("replies.busy", limit=1)
    askers = ["U1", "U2", "U2", "U3", "U1", "U1"]
    assert [ask(limit, 1, user, "C")[0] for user in askers] == [None, busy, "", busy, busy, ""]
    told = [ask(limit, 1, f"U1{number}", "C")[0] for number in range(100)]
    assert told == [busy] * (MOST_TOLD - 3) + [""] * (103 - MOST_TOLD)
    clock.seconds += 60
    assert [ask(limit, 1, user, "C")[0] for user in ("U1", "U2")] == [None, busy]


def test_no_limit_and_no_end_of_memory(clock: Clock) -> None:
    assert set(ask(RateLimit(0, 0, clock), 1000, "U", "C")) == {None}
    limit = RateLimit(1, 0, clock)
    for number in range(SIZE + 500):
        ask(limit, user=f"U{number}")
    assert len(limit._buckets) == SIZE
