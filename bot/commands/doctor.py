"""`alumina doctor`: what is in order and what is not, a line each, with what to do."""

import os
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from bot.commands.slack_checks import Check, TroubleError, looked_at, slack_checks, workspace_checks
from bot.dataset.coverage import overdue
from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Dataset
from bot.dataset.load import load_dataset
from bot.errors import SettingError
from bot.gallery import Specimen, specimens
from bot.messages.names import in_sentence, month_list
from bot.posts.order_store import every_channel
from bot.settings import Settings
from bot.store.engine import (
    OPENED,
    check_file,
    check_writable,
    connecting,
    database_url,
    has_tables,
    sqlite_file,
)
from bot.store.figures import Figures, with_contents
from bot.words import enumeration
from bot.workplace import check_cron

NEWER_ROWS = "alumina data refresh brings in what is out, alumina data import a page saved in a browser"

EMPTY = "empty: its tables are made at the first start"
CLIENT_ID = re.compile(r"\d+\.\d+")
NO_CLIENT_ID = (
    "SLACK_CLIENT_ID is none of Slack's, such as 123456.7890123: see the app's page Basic Information."
)

Gallery = Callable[[Dataset, date], Sequence[Specimen]]


@dataclass
class Findings:
    """What one check has found and a later one needs."""

    dataset: Dataset | None = None
    channels: list[tuple[str, str]] = field(default_factory=list)
    has_tables: bool = False


async def examine(settings: Settings) -> int:
    """Prints a line for each check; the exit status is that of the first trouble, 0 only if there is none."""
    status = 0
    async for name, fine, trouble in checks(settings):
        print(f"{'!!' if trouble else 'ok'}  {name}: {trouble or fine}", flush=True)
        status = status or (trouble.exit_status if trouble else 0)
    return status


async def checks(settings: Settings, gallery: Gallery = specimens) -> AsyncIterator[Check]:
    """Every check, one after the other; `gallery` makes what Slack is asked to look at."""
    found = Findings()
    yield await looked_at("settings", _settings(settings))
    yield await looked_at("data", _data(settings, found))
    yield await looked_at("database", _database(settings, found))
    if found.dataset:  # with the newer figures of the database
        yield await looked_at("freshness", partial(freshness, found.dataset))
    if settings.many:
        rest = workspace_checks(settings, has_tables=found.has_tables)
    elif not settings.slack_bot_token:  # nobody can be asked, and the settings' line has said so
        return
    else:
        shown = gallery(found.dataset, settings.today()) if found.dataset else ()
        rest = slack_checks(settings, found.channels, shown)
    async for check in rest:
        yield check


async def _settings(settings: Settings) -> str:
    check_cron(settings)
    if not settings.many:
        settings.need("SLACK_BOT_TOKEN")
    elif not CLIENT_ID.fullmatch(settings.need("SLACK_CLIENT_ID")):
        raise TroubleError(NO_CLIENT_ID)
    if not settings.socket_mode:
        settings.need("SLACK_SIGNING_SECRET")
    way = "Socket Mode" if settings.socket_mode else "HTTP at /slack/events, its secret untried"
    way = f"many workspaces, {way}" if settings.many else way
    return f"{way}, today is {settings.today()} in {settings.alumina_timezone}"


async def _data(settings: Settings, found: Findings) -> str:
    folder = data_folder(settings.alumina_data)
    found.dataset = load_dataset(folder, settings.today())
    if refused := found.dataset.record.refused:
        raise TroubleError(" ".join(map(str, refused)))
    newest = found.dataset.newest_complete()
    return f"{folder}, the newest complete month is {newest.name if newest else 'none'}"


def freshness(dataset: Dataset) -> str:
    """Whether all that the release calendar says is out is on record."""
    if late := overdue(dataset):
        lacking = [f"{in_sentence(each.series)} of {month_list(each.months)}" for each in late]
        raise TroubleError(f"out, but not on record: {enumeration(lacking)}; {NEWER_ROWS}.")
    return "all that the release calendar says is out is on record"


async def _database(settings: Settings, found: Findings) -> str:
    if (file := sqlite_file(settings)) and not file.exists():  # to open it would make it
        if not os.access(file.parent, os.W_OK | os.X_OK):
            raise SettingError(f"DATABASE_URL: {OPENED.format(f'{file} cannot be made')}.")
        return f"{file}, {EMPTY}"
    check_file(settings)
    async with connecting(settings) as engine:
        found.has_tables = await has_tables(engine)
        if found.has_tables:
            await check_writable(engine)
            found.channels = await every_channel(engine)
            contents = await Figures(engine).contents()
            if found.dataset:
                found.dataset = with_contents(found.dataset.record, contents).as_of(settings.today())
    state = "can be read and written" if found.has_tables else EMPTY
    return f"{file or database_url(settings).render_as_string()}, {state}"
