"""What a data folder says of itself into its profile: what is not written follows from the rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import floor, log10
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, Strict, StrictBool, TypeAdapter, ValidationError

from bot.dataset.calendar import Month
from bot.dataset.cells import columns_of, read_keys
from bot.dataset.companions import Catalogue
from bot.dataset.data_files import TomlEntry, whole_file
from bot.dataset.model import Row
from bot.dataset.releases import LAG, STAGES
from bot.profile import DAYS, Line, Profile

TEXTS = columns_of("dataset")
FOLLOWING = {"post_waits_for", "examples", "example_month", "example_level", "counted_since"}  # from the rows
NEEDED, MONTHS = ("title_en", "reporter_en"), ("example_month", "counted_since")
LINES = 'a list of series with their flow, as in commodities.toml, such as ["copper export"]'
PRICES = "two numbers: what a tonne is worth at least and at most, in US$"
FLAG, TABLE = "true or false", "a table of texts"
KEYS = (
    *TEXTS, "reporter_aliases", "examples", "example_level", "post_waits_for", "ratio", "releases",
    "partners", "zh", "lunar_new_year", "price_range",
)  # fmt: skip
Texts = tuple[Annotated[str, Field(pattern=r"\S")], ...]
Number = Annotated[float, Strict()]
Tonnes = Annotated[Number, Field(ge=0)]
Months = Mapping[Line, Sequence[tuple[Month, float]]]
LEVEL = 150_000.0  # tonnes, of which an example is made where none are on record
SMALL = 10_000  # tonnes a month, below which tables tell tonnes


def load_profile(folder: Path, catalogue: Catalogue, rows: Iterable[Row], strands: Sequence[Row]) -> Profile:
    """The folder's own words and ways; a DataFileError where a key of its files is not as expected."""
    entry = whole_file(folder / "dataset.toml")
    for key in entry.table.keys() - KEYS:
        entry.refuse(key, f"one of {', '.join(KEYS)}")
    known = [(name, flow) for name, each in catalogue.items() for flow in each.flows]
    texts = {key: text.strip() for key, text in read_keys(entry, TEXTS, NEEDED).items()}
    own: dict[str, Any] = {"title_zh": texts["title_en"], "reporter_zh": texts["reporter_en"]}
    own |= _releases(entry, known)
    own |= _from_rows(entry, known, {} if entry.table.keys() >= FOLLOWING else _months(rows))
    own |= {key: tuple(Month.from_text(text)) if key in MONTHS else text for key, text in texts.items()}
    ratio = _lines(entry, "ratio", known)
    if len(ratio) not in (0, 2):
        entry.refuse("ratio", "two series: what is made into the other, and the other")
    on_record = sorted({row.series.partner for row in strands} - {""})
    partners = _checked(entry, "partners", {}, dict[str, str], TABLE)
    words = {name: tuple(each.strip() for each in told.split(",")) for name, told in partners.items()}
    return Profile(
        **own,
        reporter_aliases=_checked(entry, "reporter_aliases", [], Texts, "a list of texts"),
        names={name: (each.short_en, each.short_zh) for name, each in catalogue.items()},
        words=tuple((*each.aliases, each.name_en, each.name_zh) for each in catalogue.values()),
        lines=tuple(known),
        lunar_new_year=_checked(entry, "lunar_new_year", False, StrictBool, FLAG),
        price_range=_checked(entry, "price_range", (0.01, 1e9), tuple[Number, Number], PRICES),
        ratio=ratio,
        partners={name: words.get(name, ()) for name in on_record},
        zh=_checked(entry, "zh", {}, dict[str, str], TABLE),
        vocabulary=_optional(folder / "vocabulary.toml"),
        gallery=_optional(folder / "gallery.toml"),
    )


def _from_rows(entry: TomlEntry, known: Sequence[Line], months: Months) -> dict[str, Any]:
    """What a post waits for and what examples are made of: as written, else what is on record of late."""
    newest = {line: max(each) for line, each in months.items()}
    last = max((end for end, _ in newest.values()), default=None)
    live = [line for line in known if line in newest and last and newest[line][0].until(last) <= LAG] or known
    examples = (
        _lines(entry, "examples", known) or (live[0], *(line for line in live if line[0] != live[0][0]))[:2]
    )
    month, level = newest.get(examples[0], (Month(2024, 3), LEVEL))
    first = min((end for each in months.values() for end, _ in each), default=month)
    return {
        "awaited": _lines(entry, "post_waits_for", known) or tuple(live),
        "examples": examples,
        "example_month": tuple(month),
        "example_level": _checked(entry, "example_level", 0, Tonnes, "a number of tonnes")
        or _two_thirds(level or LEVEL),
        "small": 0 < max((tonnes for _, tonnes in newest.values()), default=0) < SMALL,
        "counted_since": tuple(first),
    }


def _checked(entry: TomlEntry, key: str, usual: object, kind: Any, expected: str) -> Any:
    """What a key holds, the usual where it lacks; refused where it is not of that kind."""
    try:
        return TypeAdapter(kind).validate_python(entry.table.get(key, usual))
    except ValidationError:
        return entry.refuse(key, expected)


def _lines(entry: TomlEntry, key: str, known: Sequence[Line]) -> tuple[Line, ...]:
    """The lines that a key names, each as "copper export"."""
    named = {" ".join(line): line for line in known}
    for each in (values := _checked(entry, key, [], Texts, LINES)):
        if each not in named:
            entry.refuse(key, f"one of {', '.join(named)}", each)
    return tuple(named[each] for each in values)


def _releases(entry: TomlEntry, known: Sequence[Line]) -> dict[str, Any]:
    """Which release first holds which line (the bulletin, where nothing says), and by which day it is out."""
    table = _checked(entry, "releases", {}, dict[str, Any], "a table")
    own = TomlEntry(entry.file, entry.line, "releases", table, entry.text)
    days, by_day = dict(DAYS), [*(f"{stage}_day" for stage in STAGES), "flash_day_after_quarter"]
    for key in table.keys() - {*STAGES, *by_day, "january_with_february"}:
        own.refuse(key, f"one of {', '.join([*STAGES, *by_day])} or january_with_february")
    for key in table.keys() & set(by_day):
        if type(table[key]) is not int or not 1 <= table[key] <= 28:
            own.refuse(key, "a day of the month after, from 1 to 28")
        days[key.removesuffix("_day")] = table[key]
    named = {stage: _lines(own, stage, known) for stage in STAGES}
    stages = {line: stage for stage, lines in named.items() for line in lines}
    usual = {} if stages else dict.fromkeys(known, "bulletin")
    return {
        "stages": usual | stages,
        "days": days,
        "january_with_february": _checked(own, "january_with_february", False, StrictBool, FLAG),
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
