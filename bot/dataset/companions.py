"""The files beside the figures: the events, and those that no answer reads yet, checked all the same."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from bot.dataset.calendar import Period, period_of
from bot.dataset.csv_tables import Rule, matches, one_of, read_table
from bot.dataset.model import Event, Series
from bot.dataset.rules import ADDRESS, MONTH, NUMBER, iso_date
from bot.dataset.text_table import Flags, Table

EVENTS = ("date", "title", "commodities", "source_name", "source_url")
HS_CODES = ("hs", "description_short", "belongs_to", "source_url")
DISAGREEMENTS = (
    "period", "flow", "commodity", "kind", "measure", "printed", "on_record", "printed_by", "url", "reason",
)  # fmt: skip
Printed = tuple[str, Series, Period, float | None]  # who printed what of which figure
TEXT = r"\S.*"
WIDER = " (wider)"  # what holds more than the series


def load_events(path: Path, names: Collection[str]) -> tuple[Event, ...]:
    """The events, the oldest first; none where there is no such file."""
    if not path.exists():
        return ()
    table = read_table(path, EVENTS, _events(names))
    return tuple(
        Event(date.fromisoformat(day), title, tuple(commodities.split(";")), name, url)
        for day, title, commodities, name, url in sorted(table.rows(EVENTS))
    )


def check_companions(folder: Path, names: Collection[str]) -> None:
    """Reads HS codes and disagreements where they are; a DataFileError where one is wrong."""
    for file, columns, rules in (
        ("hs_codes.csv", HS_CODES, _hs_codes(names)),
        ("disagreements.csv", DISAGREEMENTS, _disagreements(names)),
    ):
        if (folder / file).exists():
            read_table(folder / file, columns, rules)


def load_disagreements(path: Path, names: Collection[str]) -> set[Printed]:
    """What was printed somewhere and is kept out; nothing where there is no such file."""
    if not path.exists():
        return set()
    table = read_table(path, DISAGREEMENTS, _disagreements(names))
    wanted = ("printed_by", "commodity", "flow", "measure", "kind", "period", "printed")
    return {
        (publisher, Series(commodity, flow, "", measure), period_of(kind, month), float(printed))
        for publisher, commodity, flow, measure, kind, month, printed in table.rows(wanted)
    }


def _events(names: Collection[str]) -> list[Rule]:
    def known(table: Table) -> Flags:
        return table.columns["commodities"].each(lambda cell: set(cell.split(";")) <= set(names))

    return [
        iso_date("date"),
        matches("title", TEXT, "a title"),
        Rule("commodities", "commodities of commodities.toml, parted by semicolons", known),
        matches("source_name", TEXT, "a name"),
        matches("source_url", ADDRESS, "an address or blank"),
    ]


def _hs_codes(names: Collection[str]) -> list[Rule]:
    return [
        matches("hs", r"[0-9]{4}([0-9]{2}){0,2}", "an HS code of 4, 6 or 8 digits"),
        matches("description_short", TEXT, "a description"),
        one_of("belongs_to", [*names, *(name + WIDER for name in names)], "a commodity of commodities.toml"),
        matches("source_url", ADDRESS, "an address or blank"),
    ]


def _disagreements(names: Collection[str]) -> list[Rule]:
    return [
        matches("period", MONTH, "a month such as 2024-03"),
        one_of("flow", ("export", "import")),
        one_of("commodity", tuple(names), "a commodity of commodities.toml"),
        one_of("kind", ("month", "ytd")),
        one_of("measure", ("quantity", "value")),
        matches("printed", NUMBER, "a number"),
        matches("on_record", f"({NUMBER})?", "a number or blank"),
        matches("printed_by", TEXT, "a publisher"),
        matches("url", ADDRESS, "an address or blank"),
        matches("reason", TEXT, "a reason"),
    ]
