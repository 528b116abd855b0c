"""The record that is served now: the files', and the figures that were added to it in the database."""

import asyncio
from operator import attrgetter

from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Dataset, Record
from bot.dataset.load import load_record
from bot.dataset.model import PRINTED, Held
from bot.settings import Settings
from bot.store.engine import connecting, has_tables, opening
from bot.store.figures import Contents, Figures
from bot.store.glance import nothing_added

# One row as it was printed, wherever it is kept.
_printing = attrgetter("series", "period", *PRINTED[:-2])


def base_record(settings: Settings) -> Record:
    """The record of the files alone, of the settings' folder."""
    return load_record(data_folder(settings.alumina_data))


def current_dataset(settings: Settings) -> Dataset:
    """The figures as they stand on the settings' day, for a program without an event loop."""
    return with_contents(base_record(settings), added(settings)).as_of(settings.today())


def with_contents(record: Record, contents: Contents) -> Record:
    """The files' record with what was added, but what they hold by now, or of a series that is no more."""
    if not contents.version:
        return record
    own = {_printing(row) for row in record.alike(contents.served)}
    rows = [
        row
        for row in contents.served
        if row.series.commodity in record.catalogue and _printing(row) not in own
    ]
    held = [
        Held(each.row, each.why) for each in contents.held if each.row.series.commodity in record.catalogue
    ]
    return record.with_rows(rows, contents.sources, contents.version, held)


def added(settings: Settings) -> Contents:
    """What the database holds; nothing, and no file is made, where there is no database yet."""
    return Contents() if nothing_added(settings) else asyncio.run(_added(settings))


async def _added(settings: Settings) -> Contents:
    """Reads alone: an empty database stays empty."""
    async with connecting(settings) as engine:
        with opening():
            return await Figures(engine).contents() if await has_tables(engine) else Contents()
