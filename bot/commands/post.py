"""`alumina post`: one month's summary into channels, through the ledger."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.commands import TEXTS
from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.releases import STAGES, awaited
from bot.errors import SettingError, UsageError
from bot.messages.names import lower_first, series_name
from bot.messages.slack_names import why_told
from bot.posts.ledger import Ledger
from bot.posts.order_messages import as_edition, summary
from bot.posts.order_store import OrderStore
from bot.posts.post_claimed import Way, deliver
from bot.posts.rows import MONTHLY, Claim, Delivery, Due, Edition, Post
from bot.settings import CHANNEL, CHANNEL_FORM, Settings
from bot.store.clock import utc_now
from bot.store.figures import current_dataset
from bot.words import Language, enumeration, speaking
from bot.workplace import workplace

TOLD = TEXTS["post"]  # by what a delivery came to
LATER = tuple(stage for stage in STAGES if stage != "flash")


def post_month(
    settings: Settings, month: Month, channels: Sequence[str], *, dry_run: bool, again: bool
) -> int:
    """Posts and prints a line for each channel; the exit status, 1 where a channel stays without."""
    dataset = current_dataset(settings)
    if missing := [each for each in awaited() if month not in dataset.months(each)]:
        first, *others = [series_name(each) for each in missing]
        names = enumeration([first, *map(lower_first, others)])
        print(f"{month.name} is not complete: {names} are not on record.")
        return 1
    if dry_run:
        print(_edition(dataset, month, settings.alumina_language).message.text)
        return 0
    for channel in channels:
        if not CHANNEL.fullmatch(channel):
            raise UsageError(f"{channel!r} is not a channel: {CHANNEL_FORM}.")
    wanted = channels or [settings.need("ALUMINA_CHANNEL")]
    deliveries = asyncio.run(_post(settings, dataset, month, wanted, again))
    for channel, each in deliveries.items():
        values = {"why": why_told(each.why), "lease": settings.alumina_lease_seconds}
        print(TOLD[each.outcome].format(month=month.name, channel=channel, **values))
    return 0 if all(each.outcome in ("posted", "already") for each in deliveries.values()) else 1


async def _post(
    settings: Settings, dataset: Dataset, month: Month, wanted: Sequence[str], again: bool
) -> dict[str, Delivery]:
    async with workplace(settings) as place:
        if place.identity is None:
            raise SettingError(TOLD["many"])
        ledger, team = Ledger(place.engine, settings.lease), place.identity.team_id
        way = Way(await place.clients.client_of(team), ledger, utc_now, settings.alumina_timeout_seconds)
        kept, usual = OrderStore(place.engine), settings.alumina_language
        deliveries = {}
        for channel in dict.fromkeys(wanted):
            own = await kept.monthly(team, channel)
            edition = _edition(dataset, month, own.language if own else usual)
            post = Post(team, channel, MONTHLY, str(month))
            deliveries[channel] = await _deliver(post, edition, way, again)
        return deliveries


def _edition(dataset: Dataset, month: Month, spoken: Language) -> Edition:
    with speaking(spoken):
        return replace(as_edition(*summary(dataset, month)), stages=LATER)


async def _deliver(post: Post, edition: Edition, way: Way, again: bool) -> Delivery:
    now = utc_now()
    claim = await way.ledger.take(post, now, again=again)
    if not isinstance(claim, Claim):  # what stands there may be a flash, which still grows
        return Delivery("already" if claim == "posted" else "in_hand")
    # The month is complete: its message says the later stages, and has nothing to grow by.
    await way.ledger.enqueue([Due(replace(post, kind=each), now, silent=True) for each in LATER], now)
    delivery = await deliver(claim, edition, way, again=again)
    await way.ledger.settle(claim, delivery, utc_now())
    return delivery
