"""What every process of the bot has open, whether it answers or only posts: Slack, database, clockwork."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dataset.dataset import Dataset
from bot.posts.ledger import Ledger
from bot.posts.subscription import Subscription
from bot.posts.tick import Rounds, Ticker, cron_of, ticking
from bot.settings import Settings
from bot.slack import Identity, check_scopes, identify, slack_client
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


@asynccontextmanager
async def scheduled(settings: Settings, dataset: Dataset, place: Workplace) -> AsyncIterator[Ticker]:
    """The clockwork of the posts, ticking."""
    channels = [settings.alumina_channel] if settings.alumina_channel else []
    rounds = Rounds(
        dataset=dataset,
        today=settings.today,
        subscriptions=tuple(
            Subscription(place.identity.team_id, channel, changed_at=LONG_AGO) for channel in channels
        ),
        ledger=Ledger(place.engine),
        client=place.client,
        clock=lambda: datetime.now(settings.zone),
    )
    ticker = Ticker(rounds, cron_of(settings))
    async with ticking(ticker, settings):
        yield ticker
