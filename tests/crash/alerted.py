"""Alerts and scheduled answers of the crash test: real ones, each to be told as often as it is due."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select

from bot.alerts.firing import firings
from bot.dataset.calendar import Month, Period
from bot.dataset.model import Series
from bot.posts.order import alert, scheduled
from bot.posts.order_store import OrderStore
from bot.questions.amounts import Amount
from bot.questions.condition import Condition, Threshold
from bot.questions.question import Pair, Question
from bot.settings import Settings
from bot.store.figures import base_record
from bot.store.tables import orders as table

DAY = date(2026, 8, 19)
LONG_AGO = datetime(2026, 5, 1, tzinfo=UTC)
EVERY = Condition(Series("alumina", "export"), Threshold("above", Amount(Decimal(200), "kt")))
ONCE = Condition(Series("bauxite", "import"), Threshold("above", Amount(Decimal(10), "Mt")), once=True)
# Printed in bulletins of 18 June, 22 July and 18 August: of alumina exports 280, 270 and 300 kt; of bauxite
# imports in the last two 20.32 and 19.04 Mt. Once: the newest.
TOLD = {EVERY: ("2026-05", "2026-06", "2026-07"), ONCE: ("2026-07",)}
# Its newest month is July, whichever it was asked of.
ASKED = Question((Pair("alumina", "export"),), (Period.month(Month(2024, 3)),))
WHERE = {EVERY: ("C1", "C2"), ONCE: ("C1",)}

# Worked out here: processes are forked with it.
RECORD = base_record(Settings.from_env({})).as_of(DAY)
for _each in TOLD:
    firings(_each, RECORD)


def alerts(teams):
    """Every alert and scheduled answer; the same ones each time."""
    made = {"created_by": "U_ANA", "created_at": LONG_AGO, "changed_at": LONG_AGO}
    answers = [scheduled(team, "C2", ASKED, id=f"question-{team}", **made) for team in teams]
    return answers + [
        alert(
            team, channel, condition, id=f"alert-{team}-{channel}-{number}",
            created_by="U_ANA", created_at=LONG_AGO, changed_at=LONG_AGO,
        )
        for team in teams
        for number, condition in enumerate(WHERE)
        for channel in WHERE[condition]
    ]  # fmt: skip


def posts(teams):
    """What has to stand in the channels, each once."""
    told = {condition.series: editions for condition, editions in TOLD.items()}
    return [
        each.post(edition)
        for each in alerts(teams)
        for edition in (told[each.what.series] if isinstance(each.what, Condition) else ("2026-07",))
    ]


async def set_all(engine, teams):
    """Sets those that are not there."""
    kept = OrderStore(engine, lambda: LONG_AGO)
    for each in alerts(teams):
        if await kept.get(each.id) is None:
            await kept.save(each)


async def done(engine):
    """Those that were told once."""
    async with engine.connect() as connection:
        return set(await connection.scalars(select(table.c.id).where(table.c.state == "done")))
