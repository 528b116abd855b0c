"""Which of the pages that the site lists are worth asking for."""

from collections.abc import Container, Iterable
from datetime import date

from bot.dataset.calendar import Month
from bot.dataset.dataset import Dataset
from bot.dataset.model import Flow
from bot.dataset.releases import FIRST_STAGE
from bot.sources.index import Link

LOOKED_AT_AGAIN = 2  # the newest months of each table: customs exchange a page now and then


def month_of(link: Link, today: date) -> Month:
    """The link's month; in a list that does not say its year, the last such month that is over."""
    if link.year:
        return Month(link.year, link.month)
    return Month(today.year - (link.month >= today.month), link.month)


def newest(links: Iterable[Link], known: Dataset) -> list[Link]:
    """Pages of months that are not on record, and the newest of each table to see whether they changed."""
    there = _on_record(known)
    ordered = _ordered(links, known.today)
    again = _newest_of_each(ordered)
    return [
        link
        for link in ordered
        if link in again or (link.stage, link.flow, month_of(link, known.today)) not in there
    ]


def since(year: int, links: Iterable[Link], known: Dataset, taken: Container[str]) -> list[Link]:
    """Pages from a year on that were not taken yet, and the newest of each table."""
    ordered = [link for link in _ordered(links, known.today) if month_of(link, known.today).year >= year]
    again = _newest_of_each(ordered)
    return [link for link in ordered if link in again or link.address not in taken]


def _ordered(links: Iterable[Link], today: date) -> list[Link]:
    """The oldest first: a page is weighed against those before it. A flash of imports has no line of ours."""
    flashes = {flow for (_, flow), stage in FIRST_STAGE.items() if stage == "flash"}
    kept = [link for link in dict.fromkeys(links) if link.stage == "bulletin" or link.flow in flashes]
    return sorted(kept, key=lambda link: (month_of(link, today), link.stage != "flash", link.flow))


def _newest_of_each(ordered: list[Link]) -> set[Link]:
    tables = {(link.stage, link.flow) for link in ordered}
    each = ([link for link in ordered if (link.stage, link.flow) == table] for table in tables)
    return {link for links in each for link in links[-LOOKED_AT_AGAIN:]}


def _on_record(known: Dataset) -> set[tuple[str, Flow, Month]]:
    rows = (row for row in known.record.rows if not row.series.partner)
    return {(row.status, row.series.flow, row.period.end) for row in rows if row.status}
