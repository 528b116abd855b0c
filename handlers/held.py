"""A held figure is accepted or rejected by whoever runs the bot, with a reason, as in the terminal."""

import json
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.messages.actions import HELD
from bot.messages.modal import DECISION, decision_view, error_beside, typed_in
from bot.posts.courier import Person
from bot.slack.sending import open_modal
from bot.words import say
from handlers.asker import Asker, Press
from handlers.delivery import tell
from handlers.desk import Desk


async def press_held(press: Press, desk: Desk) -> None:
    """A button beside a held figure: a modal asks why."""
    verb, number = HELD.match(press.action_id), press.value
    if not verb or desk.owner != Person(desk.team, press.user):
        return await tell(press, say("supply.owner_decides"), desk)
    memo = json.dumps({"state": verb[1], "number": number, "channel": press.channel})
    view = decision_view(verb[1], say("supply.decision_asked", number=number), memo)
    return await open_modal(desk.client, press.trigger_id, view)


async def take_decision(ack: AsyncAck, body: Mapping[str, Any], view: Mapping[str, Any], desk: Desk) -> None:
    """The modal was sent: what came of it stands in the owner's messages with us."""
    memo, reason = json.loads(view["private_metadata"]), typed_in(view, DECISION)
    if not reason:
        await ack(response_action="errors", errors=error_beside(DECISION, say("supply.reason")))
        return
    await ack()
    state, number, user = memo["state"], memo["number"], body["user"]["id"]
    decided = number.isdecimal() and desk.owner == Person(desk.team, user)
    decided = decided and await desk.figures.decide(int(number), state, reason, desk.settings.now())
    told = say(f"supply.decided_{state}" if decided else "supply.decided_before", number=number)
    await tell(Asker(desk.team, user, memo["channel"]), told, desk)
