"""What every process of the bot has open, whether it answers or only posts: Slack, database, clockwork."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dataset.dataset import Dataset
from bot.errors import SettingError, UsageError
from bot.posts.courier import Courier, Office
from bot.posts.cron import crontab
from bot.posts.editions import Subscribers
from bot.posts.ledger import Ledger
from bot.posts.subscription import Subscription
from bot.posts.summaries import Summaries
from bot.posts.tick import Subscribed, posting
from bot.settings import Settings
from bot.slack import Identity, OneWorkspace, check_scopes, identify, once_only, slack_client
from bot.store.engine import store

log = logging.getLogger(__name__)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Workplace:
    """What is open while the bot runs."""

    client: AsyncWebClient
    identity: Identity
    engine: AsyncEngine


@asynccontextmanager
async def workplace(settings: Settings) -> AsyncIterator[Workplace]:
    """Slack reached and known, the database up to date; a wrong token or a missing scope is one sentence."""
    async with slack_client(settings) as client:
        identity = await identify(client)
        check_scopes(identity)
        async with store(settings) as engine:
            log.info("connected", extra={"team": identity.team, "bot": identity.name})
            yield Workplace(client, identity, engine)


def cron_of(settings: Settings) -> str:
    """ALUMINA_POST_CRON; SettingError where it is no cron."""
    try:
        crontab(settings.alumina_post_cron, settings.alumina_timezone)
    except UsageError as problem:
        raise SettingError(f"ALUMINA_POST_CRON is wrong: {problem}") from problem
    return settings.alumina_post_cron


class OfTheEnvironment:
    """ALUMINA_CHANNEL's subscription; what is parked is parked until the next start."""

    def __init__(self, settings: Settings, workspace: str) -> None:
        channel, cron = settings.alumina_channel, cron_of(settings)
        when: dict[str, Any] = {"at": "cron", "cron": cron, "zone": settings.alumina_timezone}
        self._one = Subscription(workspace, channel, changed_at=LONG_AGO, **when) if channel else None

    async def active(self) -> Sequence[Subscription]:
        """The one, unless it is parked."""
        return [self._one] if self._one and self._one.state == "active" else []

    async def get(self, workspace: str, channel: str) -> Subscription | None:
        """The one, where it is this channel's."""
        one = self._one
        return one if one and (one.workspace, one.channel) == (workspace, channel) else None

    async def park(self, workspace: str, channel: str, why: str) -> None:
        """Parks the one."""
        if one := await self.get(workspace, channel):
            self._one = replace(one, state="parked", why=why)


@asynccontextmanager
async def scheduled(settings: Settings, dataset: Dataset, place: Workplace) -> AsyncIterator[None]:
    """The posts, queued and delivered as they become due."""
    subscribers: Subscribers = OfTheEnvironment(settings, place.identity.team_id)
    ledger = Ledger(place.engine, settings.lease)
    office = Office(
        ledger=ledger,
        clients=OneWorkspace(place.identity.team_id, once_only(place.client)),
        editions=Summaries(dataset, settings.today),
        subscribers=subscribers,
        clock=_now,
        timeout_seconds=settings.alumina_timeout_seconds,
        owner=settings.alumina_owner,
    )
    agenda = Subscribed(dataset, subscribers)
    async with posting(agenda, Courier(office), ledger, now=settings.now, clock=_now):
        yield


def _now() -> datetime:
    return datetime.now(UTC)
