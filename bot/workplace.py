"""What every process of the bot has open, whether it answers or only posts: Slack, database, clockwork."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.crontab import crontab
from bot.dataset.dataset import Dataset
from bot.errors import SettingError, UsageError
from bot.posts.courier import LOOK_SECONDS, Office, Person, posting, tell
from bot.posts.ledger import Ledger
from bot.posts.order import Order, monthly
from bot.posts.order_messages import Editions
from bot.posts.order_service import OrderService
from bot.posts.order_store import OrderStore
from bot.privacy import retaining
from bot.settings import Settings
from bot.slack.installs.workspaces import Clients, Keys, Workspaces
from bot.slack.threads import Contexts
from bot.slack.web_client import Identity, OneWorkspace, Seat, check_scopes, identify, slack_client
from bot.store.clock import Clock, utc_now
from bot.store.engine import store
from bot.store.figures import Figures
from bot.store.group_commit import GroupCommit, group_commit
from bot.supply.watch import Tell, Watch, refreshes, watching
from bot.worker import Worker

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Workplace:
    """What is open while the bot runs: for one workspace (`identity`) or `many`; `owner` runs the bot."""

    settings: Settings
    client: AsyncWebClient
    engine: AsyncEngine
    writer: GroupCommit
    clients: Clients
    owner: Person | None
    identity: Identity | None = None
    many: Workspaces | None = None

    @property
    def tell(self) -> Tell | None:
        """Tells the owner something; None where there is none."""
        return partial(tell, self.owner, clients=self.clients) if self.owner else None


@asynccontextmanager
async def workplace(settings: Settings) -> AsyncIterator[Workplace]:
    """Slack reached, the database up to date; a wrong token, scope or key is one sentence."""
    keys = Keys(settings.token_keys) if settings.many else None
    async with slack_client(settings) as client:
        identity = None if keys else await identify(client)
        if identity:
            check_scopes(identity)
        named, _, user = (settings.alumina_owner or "").rpartition("/")
        owner = Person(named or (identity.team_id if identity else ""), user) if user else None
        async with store(settings) as engine, group_commit(settings) as writer:
            if keys:
                client_id, only = settings.need("SLACK_CLIENT_ID"), settings.alumina_teams
                many = Workspaces(client_id, engine, keys, client, only)
                log.info("connected", extra={"workspaces": len(await many.teams())})
                yield Workplace(settings, client, engine, writer, many, owner, many=many)
            elif identity:
                log.info("connected", extra={"team": identity.team, "bot": identity.name})
                clients = OneWorkspace(Seat(client, identity))
                yield Workplace(settings, client, engine, writer, clients, owner, identity)


@asynccontextmanager
async def kept_up(
    settings: Settings, dataset: Dataset, forked: Worker | None = None
) -> AsyncIterator[Workplace]:
    """The workplace of a process that goes on: the newest figures are served, and old rows taken away."""
    async with workplace(settings) as place:
        watch = Watch(dataset.record, Figures(place.engine), settings, place.tell, forked)
        looking = settings.alumina_scheduler == "on" and refreshes(settings)
        async with (
            watching(watch, settings.alumina_tick_seconds, refreshing=looking),
            retaining(place.engine, settings.alumina_retention_days),
        ):
            yield place


def check_cron(settings: Settings) -> None:
    """SettingError where ALUMINA_POST_CRON is no cron."""
    try:
        crontab(settings.alumina_post_cron, settings.alumina_timezone)
    except UsageError as problem:
        raise SettingError(f"ALUMINA_POST_CRON is wrong: {problem}") from problem


def of_environment(settings: Settings, workspace: str) -> Order | None:
    """The monthly post of ALUMINA_CHANNEL, by ALUMINA_POST_CRON where that is set; None without a channel."""
    if not settings.alumina_channel:
        return None
    cron, now = settings.alumina_post_cron, settings.now()
    usual = Settings.model_fields["alumina_post_cron"].default
    when: dict[str, Any] = {"at": "cron", "cron": cron} if cron != usual else {}
    when |= {"zone": settings.alumina_timezone, "created_at": now, "changed_at": now}
    return monthly(workspace, settings.alumina_channel, language=settings.alumina_language, **when)


@asynccontextmanager
async def scheduled(dataset: Dataset, place: Workplace, clock: Clock = utc_now) -> AsyncIterator[None]:
    """The posts of every workspace that there is a client of, queued and delivered as they become due."""
    settings, ours = place.settings, place.clients.ours
    check_cron(settings)
    # Where the variable is not set nothing is taken away: another process may have it.
    if place.identity and (own := of_environment(settings, place.identity.team_id)):
        await OrderStore(place.engine, settings.now).follow(own)
    ledger, kept = Ledger(place.engine, settings.lease, ours), OrderStore(place.engine, settings.now, ours)
    office = Office(
        ledger=ledger,
        clients=place.clients,
        orders=OrderService(kept, ledger, Editions(dataset, settings.today)),
        clock=clock,
        now=settings.now,
        timeout_seconds=settings.alumina_timeout_seconds,
        owner=place.owner,
        contexts=Contexts(place.writer, clock),
    )
    every = settings.alumina_tick_seconds
    async with posting(office, every, min(every, LOOK_SECONDS)):
        yield
