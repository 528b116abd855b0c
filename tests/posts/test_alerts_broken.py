"""A stored condition that cannot be watched: its maker is told, it is parked, and the others go on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.alerts.news import Evaluator
from bot.dataset.model import Series
from bot.posts.alerts.alert_messages import Listed, alert_name, listing
from bot.posts.alerts.alert_service import AlertService
from bot.posts.alerts.alert_store import AlertStore
from bot.posts.claims import PACE
from bot.posts.ledger import Ledger
from bot.posts.order import Alert
from bot.questions.amounts import Amount
from bot.questions.condition import Condition, Threshold
from bot.store.engine import writing
from bot.store.tables import alerts as table
from tests.dataset.rows import ALUMINA, row
from tests.gear.slack import LocalSlack
from tests.posts.conftest import LEASE
from tests.posts.office import Book, Fixed, office_of
from tests.posts.test_alerts_told import dataset_of

RECORD = dataset_of([row("2026-10", 230_000, status="bulletin", published=date(2026, 11, 18))])
ABOVE = Condition(ALUMINA, Threshold("above", Amount(Decimal(200), "kt")))
GOOD = Alert("T0LOCAL", "C_ALUMINIUM", ABOVE, "alert-good", created_by="U_ANA")
OLD = replace(GOOD, id="alert-old", channel="C_DESK", created_by="U_BEN", language="zh", changed_by="U_ANA")
GOLD = replace(OLD, id="alert-gold", created_by="U_ANA", language="en")
BESIDE = replace(GOOD, id="alert-beside", channel="C_DESK")
EDITED = {
    OLD.id: "alumina exports above 200 kt, every time",
    GOLD.id: replace(ABOVE, series=Series("gold", "export")).to_json(),
}


@pytest.fixture
def database(any_database: str) -> str:
    return any_database


class Desk:
    """The alerts and what delivers them, on the day after the figure came."""

    def __init__(self, engine: AsyncEngine, client: AsyncWebClient) -> None:
        self.engine, self.alerts, self.ledger = engine, AlertStore(engine), Ledger(engine, LEASE)
        evaluator = Evaluator(RECORD, lambda: date(2026, 11, 24))
        self.service = AlertService(self.alerts, self.ledger, evaluator)
        self.office = office_of(
            self.ledger, Fixed(Book([]), [], datetime.now(UTC)), client, alerts=self.service
        )

    async def tick(self) -> dict[str, str]:
        """Queues what is due and delivers it; what became of each row."""
        now = datetime.now(UTC)
        await self.ledger.enqueue(await self.service.due(now), now - LEASE)
        found: dict[str, str] = {}
        # A channel gets one message a second.
        while claims := await self.ledger.claim(now := now + 2 * PACE, 10):
            for claim in claims:
                delivery = await self.office.deliver(claim)
                found[claim.post.kind] = delivery.outcome
        return found

    async def states(self) -> dict[str, str]:
        return {each.id: each.state for each in await self.alerts.all("T0LOCAL")}


@pytest.fixture
async def desk(engine: AsyncEngine, client: AsyncWebClient) -> Desk:
    desk = Desk(engine, client)
    for number, each in enumerate((GOOD, OLD, GOLD, BESIDE), start=1):
        test = Threshold("above", Amount(Decimal(number), "kt"))
        assert await desk.alerts.save(replace(each, condition=replace(ABOVE, test=test))) == "saved"
    async with writing(engine) as connection:
        for alert, stored in EDITED.items():
            await connection.execute(update(table).where(table.c.id == alert).values(condition=stored))
    return desk


async def test_its_maker_is_told_and_the_others_go_on(slack: LocalSlack, desk: Desk) -> None:
    lost, fine = {OLD.id: "parked", GOLD.id: "parked"}, (GOOD.id, BESIDE.id)
    assert await desk.tick() == lost | dict.fromkeys(fine, "posted")
    assert await desk.states() == lost | dict.fromkeys(fine, "active")
    for channel in ("C_ALUMINIUM", "C_DESK"):
        [post] = slack.messages(channel)
        assert "230 kt, October 2026" in post.text
    [of_old], [of_gold] = slack.messages("D_BEN"), slack.messages("D_ANA")
    assert "无法读取" in of_old.text
    assert "<#C_DESK>" in of_old.text
    assert "its series is not in my data any more" in of_gold.text
    await desk.tick()
    assert len(slack.messages("D_BEN")) == 1
    assert await desk.alerts.resume(OLD, "U_ANA")
    assert (await desk.tick())[OLD.id] == "parked"
    assert len(slack.messages("D_BEN")) == 2
    assert (await desk.states())[OLD.id] == "parked"


async def test_the_list_says_so_and_lets_it_be_deleted_alone_and_it_keeps_no_other_from_being_set(
    desk: Desk,
) -> None:
    await desk.tick()
    [old] = [each for each in await desk.alerts.of_channel("T0LOCAL", "C_DESK") if each.id == OLD.id]
    message = listing([Listed(old, alert_name(old, RECORD))], "C_DESK")
    assert "an alert that cannot be read" in message.text
    assert "Delete it, and set it anew" in message.text
    pressed = [each["action_id"] for block in message.blocks for each in block.get("elements", ())]
    assert pressed == ["alert_delete_0"]
    anew = replace(OLD, id="alert-anew", condition=replace(ABOVE, series=Series("bauxite", "import")))
    assert await desk.alerts.save(anew) == "saved"
    assert await desk.alerts.delete(old, "U_ANA")
