"""How much one person, and one channel, may ask; and that it is said once."""

from handlers.pace import MOST_TOLD, SIZE, Buckets, Pace


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_minute_s_worth_may_be_asked_at_once_and_then_it_fills_again() -> None:
    clock = Clock()
    bucket = Buckets(6, clock)
    assert [bucket.take("T", "U", "U") for _ in range(8)] == ["yes"] * 6 + ["tell", "no"]
    clock.seconds += 10  # six a minute are one in ten seconds
    assert [bucket.take("T", "U", "U") for _ in range(2)] == ["yes", "no"]
    clock.seconds += 60
    assert [bucket.take("T", "U", "U") for _ in range(7)] == ["yes"] * 6 + ["tell"]


def test_people_do_not_share_a_bucket() -> None:
    bucket = Buckets(1, Clock())
    askers = [("T1", "U1"), ("T1", "U2"), ("T2", "U1"), ("T1", "U1")]
    assert [bucket.take(team, user, user) for team, user in askers] == ["yes", "yes", "yes", "tell"]


def test_the_limit_that_is_named_is_the_one_that_was_met() -> None:
    people, channels = Buckets(2, Clock()), Buckets(3, Clock())
    pace = Pace(people, channels)
    assert [pace.allows("T", "U1", "C") for _ in range(3)] == [
        ("yes", channels),
        ("yes", channels),
        ("tell", people),
    ]
    assert [pace.allows("T", "U2", "C") for _ in range(2)] == [("yes", channels), ("tell", channels)]
    assert pace.allows("T", "U3", "") == ("yes", people)


def test_each_person_in_a_busy_channel_is_told_once() -> None:
    clock = Clock()
    channel = Buckets(1, clock)
    askers = ["U1", "U2", "U2", "U3", "U1", "U1"]
    assert [channel.take("T", "C", user) for user in askers] == ["yes", "tell", "no", "tell", "tell", "no"]
    told = [channel.take("T", "C", f"U1{number}") for number in range(100)]
    assert told == ["tell"] * (MOST_TOLD - 3) + ["no"] * (103 - MOST_TOLD)
    clock.seconds += 60
    assert [channel.take("T", "C", user) for user in ("U1", "U2")] == ["yes", "tell"]


def test_no_limit() -> None:
    assert {Buckets(0, Clock()).take("T", "U", "U") for _ in range(1000)} == {"yes"}


def test_what_is_remembered_does_not_grow_without_an_end() -> None:
    bucket = Buckets(1, Clock())
    for number in range(SIZE + 500):
        bucket.take("T", f"U{number}", "U")
    assert len(bucket._buckets) == SIZE
