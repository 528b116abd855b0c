"""Whether an answer helped, and why not: written down, one verdict a person and message."""

import json
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond

from bot.feedback import Place
from bot.messages.actions import DOWN, HOW, UP
from bot.messages.message import Message
from bot.messages.modal import REASON, error_beside, reason_view, typed_in
from bot.slack.sending import open_modal
from bot.words import say
from handlers.desk import Desk
from handlers.presses import Press, press_of, values_in

Json = Mapping[str, Any]


async def take_verdict(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, respond: AsyncRespond, desk: Desk
) -> None:
    """Helpful or not; where not, a modal asks why."""
    await ack()
    press = press_of(body, action, desk.team_of(context))
    if press.value not in (UP, DOWN) or not _is_ours(press, desk):
        return await desk.whisper(respond, Message(say("replies.stale"), ()), thread_ts=press.thread_ts)
    question = next(iter(values_in(press.shown, HOW)), "")
    await desk.feedback.give(Place(press.team, press.channel, press.ts, press.user), press.value, question)
    if press.value == UP:
        return await desk.whisper(respond, Message(say("replies.thanks"), ()), thread_ts=press.thread_ts)
    memo = json.dumps({"channel": press.channel, "ts": press.ts})
    await open_modal(desk.client, press.trigger_id, reason_view(memo))
    return None


def _is_ours(press: Press, desk: Desk) -> bool:
    """What only one person sees comes without its text; nobody else's message has such a button."""
    return press.alone or press.shown.get("user") == desk.identity.user_id


async def take_reason(ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, desk: Desk) -> None:
    """Why an answer did not help: kept with the verdict, if that still stands."""
    memo, team = json.loads(view["private_metadata"]), desk.team_of(context)
    place = Place(team, memo["channel"], memo["ts"], body["user"]["id"])
    if await desk.feedback.explain(place, DOWN, typed_in(view, REASON)):
        await ack()
    else:
        await ack(response_action="errors", errors=error_beside(REASON, say("replies.verdict_gone")))
