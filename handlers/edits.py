"""When the asker edits a question, its answer is edited too."""

import asyncio
from dataclasses import replace

from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.inbox import Request
from handlers.desk import Desk, Next
from handlers.entrance import tell_beside, too_fast
from handlers.messages import AGAIN, SPOKEN, Event, request_of, revise_answer

# An edit may come while its question is still being answered. Whoever dies over that leaves the message to
# the next, which reads it as it stands; until then it is waited.
LOOK_SECONDS = 0.25


async def take_edit(
    event: Event, context: AsyncBoltContext, req: AsyncBoltRequest, next: Next, desk: Desk
) -> BoltResponse | None:
    """Writes down that a message is open again, before Slack is told that we have the edit."""
    asked = edited_question(event, desk.team_of(context))
    if asked is None or await desk.inbox.state(asked) in ("unknown", "early"):
        return BoltResponse(status=200)
    user = str(event["message"].get("user") or "")
    if AGAIN not in req.headers and (note := too_fast(user, asked.channel, desk)) is not None:
        await tell_beside(asked, user, note, desk)
        return BoltResponse(status=200)
    context["desk"], context["reopened"] = replace(desk, request=asked), await desk.inbox.reopen(asked)
    if context["reopened"]:
        context["request"] = asked
    await next()
    return None


def edited_question(event: Event, team: str) -> Request | None:
    """Returns the message whose text a person changed; None where a link was unfurled or a thread begun."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if message.get("bot_id") or message.get("subtype") not in SPOKEN:
        return None
    return request_of(message, event["channel"], team) if message.get("text") != before.get("text") else None


async def follow_edit(context: AsyncBoltContext, reopened: bool, desk: Desk) -> None:
    """Has the answer follow its edited question, once nobody else has the message in hand."""
    if not reopened:
        if not await _free(desk):
            return
        desk.inbox.hold(desk.asked)
        context["request"] = desk.asked  # closed when this listener ends
    await revise_answer(desk)


async def _free(desk: Desk) -> bool:
    for _ in range(int(2 * desk.inbox.lease.total_seconds() / LOOK_SECONDS)):
        if await desk.inbox.reopen(desk.asked):
            return True
        await asyncio.sleep(LOOK_SECONDS)
    return False
