"""The wired application: opened in order, and closed in order."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from cachetools import LRUCache
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.dataset.dataset import Dataset
from bot.feedback import Feedback
from bot.manifest import EVENTS_PATH, INSTALL_PATH, MCP_PATH, REDIRECT_PATH
from bot.mcp.http import Assistants
from bot.messages.for_programs import release_calendar
from bot.operations import Operations, checks_of
from bot.posts.ledger import Ledger
from bot.posts.order_messages import Editions
from bot.posts.order_service import OrderService
from bot.posts.order_store import OrderStore
from bot.settings import Settings
from bot.slack.bolt_app import App, Authorized, slack_request
from bot.slack.inbox import Inbox
from bot.slack.installs.flow import Flow
from bot.slack.sockets import connected
from bot.slack.threads import Contexts, Threads
from bot.slack.web_client import Seat, with_token
from bot.store.clock import Clock, utc_now
from bot.store.figures import Figures
from bot.taught_words import TaughtWords
from bot.words import say, speaking
from bot.worker import Worker
from bot.workplace import Workplace, kept_up, scheduled
from handlers.access import Endings
from handlers.desk import Desk, DeskOf
from handlers.places import Places
from handlers.rate_limit import RateLimit
from handlers.register import register
from handlers.requests import taking_up


def reception(dataset: Dataset, place: Workplace, inbox: Inbox, worker: Worker, clock: Clock) -> DeskOf:
    """The desk of each seat that is asked, kept as long as the bot speaks there with the same token."""
    settings, engine, contexts = place.settings, place.engine, Contexts(place.writer, clock)
    ledger, editions = Ledger(engine, settings.lease), Editions(dataset, settings.today)
    kept = LRUCache[str, Desk](1_000)  # others are made anew, without what they remembered of channels
    desk_with = partial(
        Desk,
        settings=settings,
        dataset=dataset,
        inbox=inbox,
        rate_limit=RateLimit(settings.alumina_user_rate, settings.alumina_channel_rate),
        orders=OrderService(OrderStore(engine, settings.now), ledger, editions),
        feedback=Feedback(engine),
        figures=Figures(engine),
        owner=place.owner,
        worker=worker,
        words=TaughtWords(engine, settings.now),
        contexts=contexts,
    )

    def desk_of(seat: Seat) -> Desk:
        client, identity = seat.client, seat.identity
        desk = kept.get(identity.team_id)
        if desk is None or desk.client is not client:
            threads = Threads(client, identity.user_id, contexts)
            desk = desk_with(client=client, identity=identity, threads=threads, places=Places(client))
            kept[identity.team_id] = desk
        return desk

    return desk_of


def build_app(place: Workplace, desk_of: DeskOf, inbox: Inbox) -> App:
    """Bolt's app with every trigger connected; asks Slack nothing."""
    settings, of_many = place.settings, dict[str, Any]()
    if place.many:
        at = f": {settings.alumina_url}{INSTALL_PATH}" if settings.alumina_url else ""
        with speaking(settings.alumina_language):
            gone = say("installing.taken_away", at=at)
        flow = Flow(settings, place.client, place.many, OrderStore(place.engine).wake)
        of_many = {"oauth_flow": flow, "user_facing_authorize_error_message": gone}
    app = App(
        inbox,
        name="alumina",
        client=with_token(place.client, None),  # of each request that of its workspace
        authorize=Authorized(place.clients),
        # In Socket Mode no request is signed, and Bolt takes an empty secret to mean just that.
        signing_secret="" if settings.socket_mode else settings.need("SLACK_SIGNING_SECRET"),
        attaching_conversation_kwargs_enabled=False,
        attaching_function_token_enabled=False,
        **of_many,
    )
    if place.many:
        app.use(Endings(place.many, place.writer).hear)
    register(app, place.clients, desk_of)
    return app


@asynccontextmanager
async def running(
    settings: Settings,
    dataset: Dataset,
    operations: Operations | None = None,
    clock: Clock = utc_now,
    worker: Worker | None = None,
    assistants: Assistants | None = None,
) -> AsyncIterator[App]:
    """The whole bot at work: answering, and posting on schedule unless ALUMINA_SCHEDULER=off."""
    worker = worker or Worker(dataset, settings.today)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(worker.open())
        forked = worker if worker.is_forked else None
        place = await stack.enter_async_context(kept_up(settings, dataset, forked))
        inbox = Inbox(place.writer, settings.lease, clock)
        desk_of = reception(dataset, place, inbox, worker, clock)
        app = build_app(place, desk_of, inbox)
        if assistants:
            await stack.enter_async_context(assistants.open(place.clients, worker))
        await stack.enter_async_context(taking_up(inbox, place, app, desk_of))
        stack.push_async_callback(app.ended)
        if settings.alumina_scheduler == "on":
            await stack.enter_async_context(scheduled(dataset, place, clock))
        stack.callback(app.end)  # the last answers and the last posts have the same seconds
        if settings.socket_mode:
            await stack.enter_async_context(connected(app, settings.need("SLACK_APP_TOKEN")))
        if operations:
            operations.open(checks_of(dataset, place))
        yield app


def build_http_app(
    settings: Settings,
    dataset: Dataset,
    operations: Operations | None = None,
    clock: Clock = utc_now,
    worker: Worker | None = None,
) -> Starlette:
    """The ASGI app with all its routes; its lifespan opens everything, before requests come."""
    watched = operations or Operations()
    assistants = Assistants(settings, dataset) if settings.alumina_mcp == "on" else None

    @asynccontextmanager
    async def lifespan(http: Starlette) -> AsyncIterator[None]:
        async with running(settings, dataset, watched, clock, worker, assistants) as app:
            http.state.slack = app
            yield

    async def install(request: Request) -> Response:
        return await AsyncSlackRequestHandler(request.app.state.slack).handle(request)

    def calendar(_request: Request) -> Response:
        with speaking(settings.alumina_language):
            file = release_calendar(dataset.on(settings.today()))
        return Response(file, media_type="text/calendar")

    routes = watched.routes(with_metrics=settings.alumina_metrics == "on")
    routes.append(Route("/calendar.ics", calendar))
    if assistants:
        routes.append(Route(f"/{MCP_PATH}", assistants))
    if not settings.socket_mode:
        routes.append(Route(f"/{EVENTS_PATH}", slack_request, methods=["POST"]))
    if settings.many:
        routes += [Route(f"/{path}", install, methods=["GET"]) for path in (INSTALL_PATH, REDIRECT_PATH)]
    return Starlette(lifespan=lifespan, routes=routes)
