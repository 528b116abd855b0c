"""The post of an alert that has fired; one that cannot be read is parked, and its maker told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from bot.alerts.firing import firings
from bot.dataset.model import Series, Source
from bot.messages.blocks import Message
from bot.messages.report import signed
from bot.posts.ledger import Ledger
from bot.posts.order import alert, monthly
from bot.posts.order_list import listing
from bot.posts.order_messages import Editions, fired, with_own_line
from bot.posts.order_service import OrderService
from bot.posts.order_store import OrderStore
from bot.posts.rows import PACE, Edition
from bot.posts.schedule import Outlook
from bot.questions.amounts import Amount
from bot.questions.condition import Condition, Threshold
from bot.questions.condition_reading import read_condition
from bot.store.engine import writing
from bot.store.tables import FORGOTTEN
from bot.store.tables import orders as table
from tests.dataset.rows import ALUMINA, row, rows_of, small_dataset
from tests.posts.conftest import LEASE
from tests.posts.office import office_of
from tests.tables import looped, tables

# Exports of alumina in 10 kt.
ROWS = rows_of("month 2024-03 210 bulletin; month 2025-02 160 bulletin; month 2025-03 230 bulletin")


PAGE = Source("page", "A Page", "A page", "https://example.org", "", date(2026, 11, 24))


def dataset_of(rows):
    """These rows alone, with their source."""
    record = replace(small_dataset(rows).record, sources={"page": PAGE})
    return record.as_of(date(2026, 11, 24))


def posted(text, dataset, late=None):
    """The post of the newest firing of the alert."""
    reading = read_condition(text, dataset)
    assert reading.condition, reading
    order = alert("T1", "C1", reading.condition, language=reading.language, created_by="U_ANA")
    return fired(order, firings(reading.condition, dataset)[-1], dataset, late).message


def bold(message):
    """The bold lines of it."""
    texts = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    return [text.split("*")[1].replace("\u00a0", " ") for text in texts]


@pytest.mark.parametrize("text", ["alumina exports above 220kt", "alumina exports mom up more than 40%"])
def test_its_figure_is_said_once(text):
    message = posted(text, dataset_of(ROWS))
    [lead] = bold(message)
    assert message.text.startswith(signed(lead))
    assert "230 kt" in lead
    assert "March 2025" in lead
    assert message.text.replace("\u00a0", " ").count("230 kt") == 1
    assert ".\nAlert of <@U_ANA>: Alumina exports " in message.text


def test_a_turn_says_both_changes_where_they_are_apart():
    """210 kt on 230 kt is -8.7 %; 240 kt on 210 kt is +14.3 %, where +20.0 % was printed."""
    before = "month 2023-02 230 bulletin; month 2023-03 210 bulletin"
    rows = rows_of(f"{before}; month 2024-02 210 bulletin; month 2024-03 240 bulletin +20.0%")
    [lead] = bold(posted("alumina exports yoy turns positive", dataset_of(rows)))
    assert "▲ 20.0 %, after ▼ ~10 % in February 2024" in lead


@looped(("scope", "text", "names"), tables("alerts/said.yaml")["scopes"])
def test_a_later_scope_is_named(scope, text, names):
    dataset = dataset_of([row("2025-03", 230_000, status="bulletin", scope=scope)])
    [lead] = bold(posted(text, dataset))
    assert names in lead
    assert lead.count("HS 2818") == (scope == "HS 2818")


def test_all_of_it_is_in_the_alert_s_language():
    """23 on 21 is +9.5 %, at worst 22.5 on 21.5, at best 23.5 on 20.5."""
    message = posted("氧化铝出口超过22万吨", dataset_of(ROWS), timedelta(days=3))
    shown = message.text + str(message.blocks)
    assert bold(message) == ["氧化铝出口高于22万吨：2025年3月23万吨"]
    assert "有帮助" in shown
    assert "Helpful" not in shown
    assert "late" not in message.text


RECORD = dataset_of([row("2026-10", 230_000, status="bulletin", published=date(2026, 11, 18))])
ABOVE = Condition(ALUMINA, Threshold("above", Amount(Decimal(200), "kt")))
GOOD = alert("T0LOCAL", "C_ALUMINIUM", ABOVE, id="alert-good", created_by="U_ANA")
OLD = replace(GOOD, id="alert-old", channel="C_DESK", created_by="U_BEN", language="zh", changed_by="U_ANA")
GOLD = replace(OLD, id="alert-gold", created_by="U_ANA", language="en")
NEWER = monthly("T0LOCAL", "C_PARTNERS", created_by="U_ANA")
BESIDE = replace(GOOD, id="alert-beside", channel="C_DESK")
EDITED = {
    OLD.id: "alumina exports above 200 kt, every time",
    GOLD.id: replace(GOLD, what=replace(ABOVE, series=Series("gold", "export"))).to_json(),
    NEWER.id: NEWER.to_json().replace('"v":1', '"v":2'),
}


@pytest.fixture
def database(any_database):
    return any_database


class Desk:
    """The alerts and what delivers them, on the day after the figure came."""

    def __init__(self, engine, client):
        self.engine, self.alerts, self.ledger = engine, OrderStore(engine), Ledger(engine, LEASE)
        editions = Editions(RECORD, lambda: date(2026, 11, 24))
        self.service = OrderService(self.alerts, self.ledger, editions)
        self.office = office_of(self.ledger, self.service, client)

    async def tick(self):
        """Queues what is due and delivers it; what became of each row."""
        now = datetime.now(UTC)
        await self.ledger.enqueue(await self.service.due(now, set()), now - LEASE)
        found: dict[str, str] = {}
        # A channel gets one message a second.
        while claims := await self.ledger.claim(now := now + 2 * PACE, 10):
            for claim in claims:
                delivery = await self.office.deliver(claim)
                found[claim.post.kind] = delivery.outcome
        return found

    async def states(self):
        return {each.id: each.state for each in await self.alerts.all("T0LOCAL")}


@pytest.fixture
async def desk(engine, client):
    desk = Desk(engine, client)
    for number, each in enumerate((GOOD, OLD, GOLD, BESIDE), start=1):
        test = Threshold("above", Amount(Decimal(number), "kt"))
        assert await desk.alerts.save(replace(each, what=replace(ABOVE, test=test))) == "made"
    assert await desk.alerts.save(NEWER) == "made"
    async with writing(engine) as connection:
        for alert, stored in EDITED.items():
            await connection.execute(update(table).where(table.c.id == alert).values(what=stored))
    return desk


async def test_its_maker_is_told_and_the_others_go_on(slack, desk):
    lost = dict.fromkeys((OLD.id, GOLD.id, NEWER.id), "parked")
    fine = (GOOD.id, BESIDE.id)
    assert await desk.tick() == lost | dict.fromkeys(fine, "posted")
    assert await desk.states() == lost | dict.fromkeys(fine, "active")
    for channel in ("C_ALUMINIUM", "C_DESK"):
        [post] = slack.messages(channel)
        assert "230 kt, October 2026" in post.text
    [of_old], of_ana = slack.messages("D_BEN"), slack.messages("D_ANA")
    [of_newer] = [each for each in of_ana if "<#C_PARTNERS>" in each.text]
    [of_gold] = [each for each in of_ana if each is not of_newer]
    assert "it cannot be read" in of_newer.text
    assert "无法读取" in of_old.text
    assert "<#C_DESK>" in of_old.text
    assert "its series is not in my data any more" in of_gold.text
    await desk.tick()
    assert len(slack.messages("D_BEN")) == 1
    assert await desk.alerts.turn(OLD, "active", "U_ANA")
    assert (await desk.tick())[OLD.id] == "parked"
    assert len(slack.messages("D_BEN")) == 2
    assert (await desk.states())[OLD.id] == "parked"


async def test_a_broken_alert_is_listed_can_be_deleted_and_blocks_no_other(desk):
    await desk.tick()
    [old] = [each for each in await desk.alerts.of_channel("T0LOCAL", "C_DESK") if each.id == OLD.id]
    message = listing([Outlook(old)], "C_DESK", RECORD.catalogue)
    assert "something that cannot be read" in message.text
    assert "Delete it and set it up again" in message.text
    pressed = [each["action_id"] for block in message.blocks for each in block.get("elements", ())]
    assert pressed == ["order_history_1", "order_delete_1"]
    anew = replace(OLD, id="alert-anew", what=replace(ABOVE, series=Series("bauxite", "import")))
    assert await desk.alerts.save(anew) == "made"
    assert await desk.alerts.delete(old, "U_ANA")


def test_its_own_line_stands_above_and_has_no_power_and_nobody_is_named_who_is_forgotten():
    reading = read_condition("alumina exports above 220kt", RECORD)
    assert reading.condition
    order = alert("T1", "C1", reading.condition, line="For the <!channel>", mentions=("U_BEN", FORGOTTEN))
    made = Edition(Message("An alert", ()), "")
    assert with_own_line(made, order).message.text == "<@U_BEN> For the &lt;!channel&gt;\nAn alert"
    assert with_own_line(made, GOOD) == made
