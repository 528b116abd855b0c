"""Where many workspaces may install the bot: one of them takes it away, or its token back.

Slack is told that it was heard once all is done, else it tells again: a database that does not write, or
Slack itself not saying whether a token holds, is a 500.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.installs.endings import forget_people, put_to_sleep
from bot.installs.workspaces import Workspaces
from bot.threads.contexts import Contexts
from handlers.before import Next

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Endings:
    """Hears of both events, which come together when the app is removed, in no promised order."""

    workspaces: Workspaces
    engine: AsyncEngine
    contexts: Contexts

    async def hear(self, request: AsyncBoltRequest, next_: Next) -> BoltResponse | None:
        """Before all others: there is nobody left there to answer."""
        body, team = request.body, request.context.team_id
        event = body.get("event") or {}
        removed = event.get("type") == "app_uninstalled"
        revoked = event.get("type") == "tokens_revoked"
        if not (removed or revoked):
            await next_()
            return None
        if team and (removed or (event.get("tokens") or {}).get("bot")):
            await self._end(team, datetime.fromtimestamp(int(body["event_time"]), UTC), for_good=removed)
        return BoltResponse(status=200)

    async def _end(self, team: str, at: datetime, *, for_good: bool) -> None:
        """What is told of late, after the workspace has installed the bot again, ends nothing."""
        since = await self.workspaces.installations.since(team)
        if since and since > at and await self.workspaces.holds(team):
            return log.info("installed_again", extra={"team": team})
        await self.workspaces.take_away(team)
        await put_to_sleep(self.engine, team)
        if for_good:
            await self.contexts.write()  # what would be written later would stay
            await forget_people(self.engine, team)
        return log.info("taken_away" if for_good else "token_revoked", extra={"team": team})
