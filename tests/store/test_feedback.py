"""The table of verdicts, on both databases."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from bot.store.engine import store
from bot.verdicts import REASON_LENGTH, Feedback, Place

NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
ANA = Place("T1", "C1", "1795600000.000100", "U_ANA")
BEN = Place("T1", "C1", "1795600000.000100", "U_BEN")


class Clock:
    """A minute later whenever it is looked at."""

    def __init__(self) -> None:
        self._now = NOON

    def __call__(self) -> dt.datetime:
        self._now += dt.timedelta(minutes=1)
        return self._now


@pytest.fixture
async def feedback(any_database: str) -> AsyncIterator[Feedback]:
    async with store(Settings.from_env({"DATABASE_URL": any_database})) as engine:
        yield Feedback(engine, Clock())


async def test_a_person_s_last_verdict_counts(feedback: Feedback) -> None:
    await feedback.give(ANA, "down", "alumina exports March 2024")
    await feedback.give(BEN, "down")
    await feedback.give(ANA, "up", "alumina exports April 2024")
    told = [(each.place, each.verdict, each.question, each.given_at) for each in await feedback.all()]
    assert told == [
        (ANA, "up", "alumina exports April 2024", NOON + dt.timedelta(minutes=3)),
        (BEN, "down", "", NOON + dt.timedelta(minutes=2)),
    ]


async def test_a_reason_belongs_to_the_verdict_it_was_given_for(feedback: Feedback) -> None:
    await feedback.give(ANA, "down")
    assert await feedback.explain(ANA, "down", "the wrong month")
    assert not await feedback.explain(BEN, "down", "not mine")
    assert [each.reason for each in await feedback.all()] == ["the wrong month"]
    await feedback.give(ANA, "up")
    assert not await feedback.explain(ANA, "down", "too late")
    assert [each.reason for each in await feedback.all()] == [""]


async def test_a_long_reason_is_kept_to_its_length(feedback: Feedback) -> None:
    await feedback.give(ANA, "down")
    await feedback.explain(ANA, "down", "x" * (REASON_LENGTH + 1))
    assert [len(each.reason) for each in await feedback.all()] == [REASON_LENGTH]
