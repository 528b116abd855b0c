"""One parcel into the table, in one transaction, weighed against all that is on record by then."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.dataset.dataset import Dataset, Record
from bot.dataset.intake import Arrival, Intake, take_in
from bot.dataset.model import UNUSUAL, Row
from bot.errors import InternalError
from bot.store.current import with_contents
from bot.store.figures import Change, Contents, Figures, SeenPage
from bot.supply.parcel import Parcel

TRIES = 20


@dataclass(frozen=True, slots=True)
class Depot:
    """The files' record and the table beside it, on one day."""

    base: Record
    figures: Figures
    today: date

    async def dataset(self) -> Dataset:
        """Everything that is served at this moment."""
        record = with_contents(self.base, await self.figures.contents())
        return await asyncio.to_thread(record.as_of, self.today)

    async def take(self, parcel: Parcel, now: datetime, page: SeenPage | None = None) -> Intake:
        """Adds what is new and holds what cannot be true; weighed again where another process was faster."""
        for _ in range(TRIES):
            contents = await self.figures.contents()
            record = with_contents(self.base, contents)
            # Beside the event loop: questions are answered meanwhile.
            intake = await asyncio.to_thread(weigh, parcel, record, contents, self.today)
            if not (intake.arrivals or intake.held or page):
                return intake
            if await self.figures.add(_change(parcel, intake, page), contents.version, now):
                return intake
        raise InternalError(f"{parcel.name}: other processes kept changing the figures.")


def weigh(parcel: Parcel, record: Record, contents: Contents, today: date) -> Intake:
    """What the parcel's rows are to that record."""
    aside = [each.row for each in contents.rows if each.state in ("held", "rejected")]
    return take_in(record.as_of(today), parcel.rows, {**record.sources, **parcel.sources}, aside)


def _change(parcel: Parcel, intake: Intake, page: SeenPage | None) -> Change:
    rows = [each.row for each in intake.arrivals] + [slip.row for slip in intake.held]
    used = {row.source for row in rows}
    return Change(
        what=parcel.name,
        served=[_marked(each) for each in intake.arrivals],
        held=[(slip.row, slip.reason) for slip in intake.held],
        sources=[source for name, source in parcel.sources.items() if name in used],
        pages=[page] if page else [],
        confirmed=[row.line for row in intake.confirmed],
        worth_telling=bool(intake.held or intake.changes),
    )


def _marked(arrival: Arrival) -> Row:
    """The row as it is kept: an unusual one says so."""
    notes = (arrival.row.note, UNUSUAL if arrival.unusual else "")
    return replace(arrival.row, note="; ".join(filter(None, notes)))
