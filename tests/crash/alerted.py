"""Alerts of the crash test: real ones, by figures on record, each as many times as it is to be told."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.alerts.news import Evaluator
from bot.dataset.model import Series
from bot.posts.alerts.alert_store import AlertStore
from bot.posts.order import Alert
from bot.posts.rows import Post
from bot.questions.amounts import Amount
from bot.questions.condition import Condition, Threshold
from bot.settings import Settings
from bot.store.current import base_record
from bot.store.tables import alerts as table

DAY = date(2026, 8, 19)
LONG_AGO = datetime(2026, 5, 1, tzinfo=UTC)
EVERY = Condition(Series("alumina", "export"), Threshold("above", Amount(Decimal(200), "kt")))
ONCE = Condition(Series("bauxite", "import"), Threshold("above", Amount(Decimal(10), "Mt")), once=True)
# Printed in bulletins of 18 June, 22 July and 18 August: of alumina exports 280, 270 and 300 kt; of bauxite
# imports in the last two 20.32 and 19.04 Mt. Once: the newest.
TOLD = {EVERY: ("2026-05", "2026-06", "2026-07"), ONCE: ("2026-07",)}
WHERE = {EVERY: ("C1", "C2"), ONCE: ("C1",)}

# Worked out here: processes are forked with it.
NEWS = Evaluator(base_record(Settings.from_env({})).as_of(DAY), lambda: DAY)
NEWS.of(TOLD)


def alerts(teams: Iterable[str]) -> list[Alert]:
    """Every alert; the same ones each time."""
    return [
        Alert(
            team, channel, condition, f"alert-{team}-{channel}-{number}",
            created_by="U_ANA", created_at=LONG_AGO, changed_at=LONG_AGO,
        )
        for team in teams
        for number, condition in enumerate(WHERE)
        for channel in WHERE[condition]
    ]  # fmt: skip


def posts(teams: Iterable[str]) -> list[Post]:
    """What has to stand in the channels, each once."""
    return [
        Post(each.workspace, each.channel, each.id, edition)
        for each in alerts(teams)
        if each.condition
        for edition in TOLD[each.condition]
    ]


async def set_all(engine: AsyncEngine, teams: Iterable[str]) -> None:
    """Sets those that are not there."""
    for each in alerts(teams):
        await AlertStore(engine).save(each)


async def done(engine: AsyncEngine) -> set[str]:
    """Those that were told once."""
    async with engine.connect() as connection:
        return set(await connection.scalars(select(table.c.id).where(table.c.state == "done")))
