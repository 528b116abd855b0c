"""The table of verdicts, on both databases."""

import datetime as dt
from collections.abc import AsyncIterator
from itertools import count

import pytest

from bot.settings import Settings
from bot.store.engine import store
from bot.verdicts import REASON_LENGTH, Feedback, Place, Verdict

NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
ANA = Place("T1", "C1", "1795600000.000100", "U_ANA")
BEN = Place("T1", "C1", "1795600000.000100", "U_BEN")


@pytest.fixture
async def feedback(any_database: str) -> AsyncIterator[Feedback]:
    """At another minute for each verdict."""
    minutes = (NOON + dt.timedelta(minutes=number) for number in count(1))
    async with store(Settings.from_env({"DATABASE_URL": any_database})) as engine:
        yield Feedback(engine, lambda: next(minutes))


async def test_a_person_s_last_verdict_counts_and_a_reason_is_of_one_verdict(feedback: Feedback) -> None:
    await feedback.give(ANA, "down", "alumina exports March 2024")
    assert await feedback.explain(ANA, "down", "x" * (REASON_LENGTH + 1))
    assert not await feedback.explain(BEN, "down", "not mine")
    assert [each.reason for each in await feedback.all()] == ["x" * REASON_LENGTH]
    await feedback.give(BEN, "down")
    await feedback.give(ANA, "up", "alumina exports April 2024")
    assert not await feedback.explain(ANA, "down", "too late")
    assert await feedback.all() == [
        Verdict(ANA, "up", "alumina exports April 2024", "", NOON + dt.timedelta(minutes=3)),
        Verdict(BEN, "down", "", "", NOON + dt.timedelta(minutes=2)),
    ]
