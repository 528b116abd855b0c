"""Where many workspaces may install the bot: one of them takes it away, or its token back.

Slack is told that it was heard once all is done, else it tells again: a database that does not write, or
Slack itself not saying whether a token holds, is a 500.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.slack.installs.endings import forget_people, put_to_sleep
from bot.slack.installs.workspaces import Workspaces
from bot.store.group_commit import GroupCommit
from handlers.desk import Next

Body = Mapping[str, Any]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Endings:
    """Hears of both events, which come together when the app is removed, in no promised order."""

    workspaces: Workspaces
    engine: AsyncEngine
    writer: GroupCommit

    async def hear(self, body: Body, context: AsyncBoltContext, next: Next) -> BoltResponse | None:
        """Before all others: there is nobody left there to answer."""
        team, event = context.team_id, body.get("event") or {}
        removed = event.get("type") == "app_uninstalled"
        revoked = event.get("type") == "tokens_revoked"
        if not (removed or revoked):
            await next()
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
            await self.writer.settled()  # what would be written later would stay
            await forget_people(self.engine, team)
        return log.info("taken_away" if for_good else "token_revoked", extra={"team": team})
