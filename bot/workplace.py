"""What every process of the bot has open, whether it answers or only posts: Slack, database, clockwork."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dataset.dataset import Dataset
from bot.errors import SettingError, UsageError
from bot.posts.courier import Courier, Office, utc_now
from bot.posts.cron import crontab
from bot.posts.ledger import Ledger
from bot.posts.subscriptions import Subscriptions, of_environment
from bot.posts.summaries import Summaries
from bot.posts.tick import Subscribed, posting
from bot.settings import Settings
from bot.slack import Clients, Identity, OneWorkspace, check_scopes, identify, once_only, slack_client
from bot.store.engine import store

log = logging.getLogger(__name__)


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


@asynccontextmanager
async def scheduled(settings: Settings, dataset: Dataset, place: Workplace) -> AsyncIterator[None]:
    """The posts, queued and delivered as they become due."""
    cron_of(settings)
    subscribers = Subscriptions(place.engine, settings.now)
    # Where the variable is not set nothing is taken away: another process may have it.
    if own := of_environment(settings, place.identity.team_id):
        await subscribers.follow(own)
    clients = OneWorkspace(place.identity.team_id, once_only(place.client))
    async with posting_to(clients, settings, dataset, place.engine):
        yield


@asynccontextmanager
async def posting_to(
    clients: Clients, settings: Settings, dataset: Dataset, engine: AsyncEngine
) -> AsyncIterator[None]:
    """The posts of every workspace that there is a client of."""
    subscribers, ledger = Subscriptions(engine, settings.now), Ledger(engine, settings.lease)
    office = Office(
        ledger=ledger,
        clients=clients,
        editions=Summaries(dataset, settings.today),
        subscribers=subscribers,
        clock=utc_now,
        now=settings.now,
        timeout_seconds=settings.alumina_timeout_seconds,
        owner=settings.alumina_owner,
    )
    agenda, courier = Subscribed(dataset, subscribers), Courier(office)
    every = settings.alumina_tick_seconds
    async with posting(agenda, courier, ledger, now=settings.now, clock=utc_now, every_seconds=every):
        yield
