"""The figures beside those of the files: added in one transaction and numbered; the record with them."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import Literal

from sqlalchemy import RowMapping, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Dataset, Record
from bot.dataset.intake import Intake
from bot.dataset.load import load_record
from bot.dataset.model import PRINTED, Held, Row, Source, Sources
from bot.settings import Settings
from bot.sources import Validators
from bot.store.engine import connecting, has_tables, opening, upsert, writing
from bot.store.glance import nothing_added
from bot.store.tables import figure_pages, figure_sources, figure_versions, figures

SeenPage = tuple[str, Validators]  # the address of a page that was read, and what to ask it again with
State = Literal["served", "unusual", "held", "accepted", "rejected"]
SERVED = ("served", "unusual", "accepted")  # unusual: when it came in
IS_HELD = figures.c.state == "held"
CONFIRMED = "another publisher prints the same"
CELLS = figures.c.keys()[2:-3]  # those of figures.csv
_printing = attrgetter("series", "period", *PRINTED[:-2])  # one row as it was printed, wherever it is kept
AT_ONCE = 10_000  # rows that are written in one go: more would only take memory


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of the table: what was printed, whether it is served, why not, and what was decided."""

    id: int
    version: int
    row: Row
    state: State
    why: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """All of the table at one version, in the order in which it came."""

    version: int = 0
    rows: tuple[Stored, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def served(self) -> tuple[Row, ...]:
        """What answers are made of."""
        return tuple(each.row for each in self.rows if each.state in SERVED)

    @property
    def held(self) -> tuple[Stored, ...]:
        """What waits for a person's decision."""
        return tuple(each for each in self.rows if each.state == "held")


class Figures:
    """The table of one database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    async def version(self) -> int:
        """The number of the newest change, 0 before the first."""
        async with self.engine.connect() as connection:
            return await _version(connection)

    async def contents(self) -> Contents:
        """Everything there is, as of one moment."""
        async with self.engine.begin() as connection:
            version = await _version(connection)
            rows = await connection.execute(select(figures).order_by(figures.c.id))
            sources = await connection.execute(select(figure_sources))
        known = {each["id"]: Source(**each) for each in sources.mappings()}
        return Contents(version, tuple(_stored(each) for each in rows.mappings()), known)

    async def add(
        self, what: str, intake: Intake, sources: Sources, seen: int, now: datetime, page: SeenPage | None
    ) -> bool:
        """Adds an intake, and its page as read, as a new version; False where `seen` is not the newest."""
        async with writing(self.engine) as connection:
            await _one_at_a_time(connection)
            if await _version(connection) != seen:
                return False
            told = not (intake.held or intake.changes)
            version = await _new_version(connection, what, now, told=told)
            await _add_rows(connection, intake, sources, version)
            if intake.confirmed:
                confirmed = figures.c.id.in_([row.line for row in intake.confirmed])
                accepted = {"state": "accepted", "decision": CONFIRMED}
                await connection.execute(update(figures).where(confirmed & IS_HELD).values(accepted))
            if page:
                address, seen_as = page
                read = asdict(seen_as) | {"read_at": now}
                await connection.execute(upsert(self.engine, figure_pages, {"address": address}, read))
            return True

    async def decide(self, number: int, state: State, decision: str, now: datetime) -> bool:
        """Accepts or rejects a held row, with the reason; False where there is no such held row."""
        decided = update(figures).where(IS_HELD, figures.c.id == number)
        async with writing(self.engine) as connection:
            await _one_at_a_time(connection)
            done = await connection.execute(decided.values(state=state, decision=decision))
            if done.rowcount:
                await _new_version(connection, f"{state}: figure {number}", now, told=True)
            return bool(done.rowcount)

    async def pages(self) -> Mapping[str, Validators]:
        """What to ask the pages again with that were read, by address."""
        async with self.engine.connect() as connection:
            rows = await connection.execute(select(figure_pages))
        return {row.address: Validators(row.etag, row.modified) for row in rows}

    async def untold(self, upto: int) -> list[int]:
        """The versions that the owner is to hear of, up to that one; each is given to one process alone."""
        waiting = figure_versions.c.told.is_(False) & (figure_versions.c.version <= upto)
        async with writing(self.engine) as connection:
            await _one_at_a_time(connection)
            versions = await connection.execute(select(figure_versions.c.version).where(waiting))
            if found := versions.scalars().all():
                await connection.execute(update(figure_versions).where(waiting).values(told=True))
        return sorted(found)


async def _version(connection: AsyncConnection) -> int:
    return (await connection.execute(select(func.max(figure_versions.c.version)))).scalar() or 0


async def _one_at_a_time(connection: AsyncConnection) -> None:
    if connection.dialect.name == "postgresql":  # on SQLite a writing transaction is alone already
        await connection.execute(text("LOCK TABLE figure_versions IN EXCLUSIVE MODE"))


async def _new_version(connection: AsyncConnection, what: str, now: datetime, *, told: bool) -> int:
    version = await _version(connection) + 1
    await connection.execute(insert(figure_versions).values(version=version, at=now, what=what, told=told))
    return version


async def _add_rows(connection: AsyncConnection, intake: Intake, sources: Sources, version: int) -> None:
    rows = [(each.row, "unusual" if each.row.unusual else "served", "") for each in intake.arrivals]
    rows += [(each.row, "held", each.why) for each in intake.held]
    known = set((await connection.execute(select(figure_sources.c.id))).scalars())
    if new := {row.source for row, *_ in rows} & sources.keys() - known:
        await connection.execute(insert(figure_sources), [asdict(sources[name]) for name in sorted(new)])
    records = (
        {"version": version, **row.cells(), "state": state, "why": why, "decision": ""}
        for row, state, why in rows
    )
    while some := list(islice(records, AT_ONCE)):
        await connection.execute(insert(figures), some)


def _stored(each: RowMapping) -> Stored:
    cells = {name: each[name] for name in CELLS} | {"status": each["status"] or None}
    row = Row.of_cells(each["id"], cells)
    row = replace(row, unusual=True) if each["state"] == "unusual" else row
    return Stored(each["id"], each["version"], row, each["state"], each["why"], each["decision"])


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
    own, known = {_printing(row) for row in record.alike(contents.served)}, record.catalogue
    rows = [row for row in contents.served if row.series.commodity in known and _printing(row) not in own]
    held = [Held(each.row, each.why) for each in contents.held if each.row.series.commodity in known]
    return record.with_rows(rows, contents.sources, contents.version, held)


def added(settings: Settings) -> Contents:
    """What the database holds; nothing, and no file is made, where there is no database yet."""

    async def read() -> Contents:
        async with connecting(settings) as engine:
            with opening():
                return await Figures(engine).contents() if await has_tables(engine) else Contents()

    return Contents() if nothing_added(settings) else asyncio.run(read())
