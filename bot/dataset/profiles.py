"""What a data folder says of itself into its profile: what is not written follows from the rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import floor, log10
from pathlib import Path
from typing import Any

from bot.dataset.calendar import Month
from bot.dataset.cells import Cell, columns_of, read_keys
from bot.dataset.companions import Catalogue
from bot.dataset.data_files import TomlEntry, whole_file
from bot.dataset.model import Row
from bot.dataset.releases import LAG, STAGES
from bot.profile import DAYS, Line, Profile

FOLLOWING = {"post_waits_for", "examples", "example_month", "example_level", "counted_since"}  # from the rows
ELSEWHERE = {"post_waits_for", "releases", "partners"}  # keys that the profile holds in another form
Months = Mapping[Line, Sequence[tuple[Month, float]]]
LEVEL = 150_000.0  # tonnes, of which an example is made where none are on record
SMALL = 10_000  # tonnes a month, below which tables tell tonnes


def load_profile(folder: Path, catalogue: Catalogue, rows: Iterable[Row], strands: Sequence[Row]) -> Profile:
    """The folder's own words and ways; a DataFileError where a key of its files is not as expected."""
    entry = whole_file(folder / "dataset.toml")
    known = [(name, flow) for name, each in catalogue.items() for flow in each.flows]
    named = {" ".join(line): line for line in known}
    lines: Cell = (
        f"a list of series with their flow: {', '.join(named)}",
        lambda texts: tuple(map(named.__getitem__, texts)),
    )
    columns = columns_of("dataset", examples=lines, post_waits_for=lines, ratio=lines)
    told = read_keys(entry, columns, ("title_en", "reporter_en"))
    if len(told.get("ratio", ())) not in (0, 2):
        entry.refuse("ratio", "two series: what is made into the other, and the other")
    rules = TomlEntry(entry.file, entry.line, "releases", told.get("releases", {}), entry.text)
    own: dict[str, Any] = {"title_zh": told["title_en"], "reporter_zh": told["reporter_en"]}
    own |= _releases(read_keys(rules, columns_of("rules", **dict.fromkeys(STAGES, lines))), known)
    own |= _from_rows(told, known, {} if told.keys() >= FOLLOWING else _months(rows))
    own |= {key: value for key, value in told.items() if value and key not in ELSEWHERE}
    words = {name: tuple(map(str.strip, each.split(","))) for name, each in told.get("partners", {}).items()}
    on_record = sorted({row.series.partner for row in strands} - {""})
    return Profile(
        **own,
        catalogue=catalogue,
        words=tuple((*each.aliases, each.name_en, each.name_zh) for each in catalogue.values()),
        lines=tuple(known),
        partners={name: words.get(name, ()) for name in on_record},
        vocabulary=_optional(folder / "vocabulary.toml"),
        gallery=_optional(folder / "gallery.toml"),
    )


def _from_rows(told: Mapping[str, Any], known: Sequence[Line], months: Months) -> dict[str, Any]:
    """What a post waits for and what examples are made of, as it is on record of late."""
    newest = {line: max(each) for line, each in months.items()}
    last = max((end for end, _ in newest.values()), default=None)
    live = [line for line in known if line in newest and last and newest[line][0].until(last) <= LAG] or known
    examples = told.get("examples") or (live[0], *(line for line in live if line[0] != live[0][0]))[:2]
    month, level = newest.get(examples[0], (Month(2024, 3), LEVEL))
    first = min((end for each in months.values() for end, _ in each), default=month)
    return {
        "awaited": told.get("post_waits_for") or tuple(live),
        "examples": examples,
        "example_month": tuple(month),
        "example_level": _two_thirds(level or LEVEL),
        "small": 0 < max((tonnes for _, tonnes in newest.values()), default=0) < SMALL,
        "counted_since": tuple(first),
    }


def _releases(rules: Mapping[str, Any], known: Sequence[Line]) -> dict[str, Any]:
    """Which release first holds which line (the bulletin, where nothing says), and by which day it is out."""
    stages = {line: stage for stage in STAGES for line in rules.get(stage, ())}
    days = {name.removesuffix("_day"): day for name, day in rules.items() if "_day" in name}
    return {
        "stages": stages or dict.fromkeys(known, "bulletin"),
        "days": dict(DAYS) | days,
        "january_with_february": rules.get("january_with_february", False),
    }


def _months(rows: Iterable[Row]) -> Months:
    """The months that each line has, with the tonnes of a month; none where only US$ are on record."""
    found: dict[Line, list[tuple[Month, float]]] = defaultdict(list)
    for row in rows:
        series, line = row.series, (row.series.commodity, row.series.flow)
        if row.value and not series.partner:
            tonnes = row.value / row.period.length if series.measure == "quantity" else 0.0
            found[line].append((row.period.end, tonnes))
    return found


def _two_thirds(level: float) -> float:
    """With one digit, rounded down: 200,000 of 310,000."""
    size = 10.0 ** floor(log10(level * 2 / 3))
    return floor(level * 2 / 3 / size) * size


def _optional(path: Path) -> Mapping[str, Any]:
    return whole_file(path).table if path.exists() else {}
