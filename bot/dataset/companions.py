"""The files beside the figures: the events, and those that no answer reads yet, checked all the same."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from bot.dataset.calendar import Period, period_of
from bot.dataset.csv_frame import ADDRESS, MONTH, NUMBER, TEXT, Rule, iso_date, matches, one_of, read_table
from bot.dataset.model import Event, Series

EVENTS = ("date", "title", "commodities", "source_name", "source_url")
HS_CODES = ("hs", "description_short", "belongs_to", "source_url")
DISAGREEMENTS = (
    "period", "flow", "commodity", "partner", "kind", "measure", "printed", "on_record", "printed_by", "url",
    "reason",
)  # fmt: skip
PARTNER = r"([^\W\d_]([\w .'’-]{0,62}[\w.])?)?"  # as long as the column of the database at most
WIDER = " (wider)"  # what holds more than the series

Printed = tuple[str, Series, Period, float | None]  # who printed what of which figure


def load_events(path: Path, names: Collection[str]) -> tuple[Event, ...]:
    """The events, the oldest first; none where there is no such file."""
    if not path.exists():
        return ()
    return tuple(
        Event(date.fromisoformat(day), title, tuple(commodities.split(";")), name, url)
        for day, title, commodities, name, url in sorted(
            read_table(path, EVENTS, _events(names)).rows(EVENTS)
        )
    )


def check_companions(folder: Path, names: Collection[str]) -> None:
    """Reads HS codes and disagreements where they are; a DataFileError where one is wrong."""
    if (path := folder / "hs_codes.csv").exists():
        read_table(path, HS_CODES, _hs_codes(names))
    load_disagreements(folder / "disagreements.csv", names)


def load_disagreements(path: Path, names: Collection[str]) -> set[Printed]:
    """What was printed somewhere and is kept out; nothing where there is no such file."""
    if not path.exists():
        return set()
    wanted = ("printed_by", "commodity", "flow", "partner", "measure", "kind", "period", "printed")
    return {
        (publisher, Series(commodity, flow, partner, measure), period_of(kind, month), float(printed))  # type: ignore[arg-type]
        for publisher, commodity, flow, partner, measure, kind, month, printed in read_table(
            path, DISAGREEMENTS, _disagreements(names)
        ).rows(wanted)
    }


def _events(names: Collection[str]) -> list[Rule]:
    known = "commodities of commodities.toml, parted by semicolons"
    return [
        iso_date("date"),
        matches("title", TEXT, "a title"),
        Rule(
            "commodities",
            known,
            lambda table: table.each("commodities", lambda cell: set(cell.split(";")) <= set(names)),
        ),
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
        matches("partner", PARTNER, "a partner's name or blank for the world"),
        one_of("kind", ("month", "ytd")),
        one_of("measure", ("quantity", "value")),
        matches("printed", NUMBER, "a number"),
        matches("on_record", f"({NUMBER})?", "a number or blank"),
        matches("printed_by", TEXT, "a publisher"),
        matches("url", ADDRESS, "an address or blank"),
        matches("reason", TEXT, "a reason"),
    ]
