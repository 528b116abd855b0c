"""Alerts as people set them in the local Slack, and what they are told."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.dataset.model import Series
from bot.playground.limits import problems
from bot.playground.workspace import Message
from bot.questions.amounts import Amount, AmountUnit
from bot.questions.condition import Condition, Threshold
from tests.gear.slack import LocalSlack
from tests.slack.events import in_database, settled
from tests.slack.pressing import press

KEPT = (
    "SELECT channel, json_extract(what, '$.what'), language, state, created_by"
    " FROM orders ORDER BY created_at"
)
# Alumina exports of June came out on 22 July 2026 (270 kt), of July on 18 August 2026 (300 kt).
BEFORE, AFTER = "2026-08-17", "2026-08-19"


async def told(slack: LocalSlack, text: str, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> Message:
    """What only the asker sees after a command."""
    before = len(slack.ephemerals(user))
    reply = await slack.command(text, channel=channel, user=user)
    assert (reply.status, reply.failure) == (200, "")
    await settled(slack, slack.wait_for(lambda: len(slack.ephemerals(user)) > before))
    message = slack.ephemerals(user)[-1]
    assert reply.body in ("", message.text)  # who is turned away reads so in the acknowledgement
    assert problems(message.text, message.blocks) == []
    return message


async def set_alert(
    slack: LocalSlack, text: str, where: str = "here", channel: str = "C_ALUMINIUM", user: str = "U_ANA"
) -> Message:
    """Asks for an alert and saves it; what then stands in the place of the proposal."""
    message = await told(slack, f"alert {text}", channel, user)
    await press(slack, message, f"alert_{where}", user=user)
    return slack.ephemerals(user)[-1]


async def listed(slack: LocalSlack, channel: str = "C_ALUMINIUM", user: str = "U_ANA") -> Message:
    return await told(slack, "alerts", channel, user)


async def fires(slack: LocalSlack, count: int = 1, channel: str = "C_ALUMINIUM") -> list[Message]:
    """The messages of alerts in a channel, once there are so many and no more come."""

    def found() -> list[Message]:
        return [each for each in slack.messages(channel) if "alert-" in str(each.metadata)]

    await settled(slack, slack.wait_for(lambda: len(found()) >= count))
    return found()


def state(folder: Path) -> list[str]:
    return [row[3] for row in in_database(folder, KEPT)]


def exports_above(number: str, unit: AmountUnit, once: bool = False) -> str:
    """A condition of alumina exports as it is stored."""
    test = Threshold("above", Amount(Decimal(number), unit))
    return Condition(Series("alumina", "export"), test, once).to_json()


def elements(message: Message) -> list[dict[str, Any]]:
    """All that can be pressed."""
    return [one for block in message.blocks for one in block.get("elements") or () if "action_id" in one]
