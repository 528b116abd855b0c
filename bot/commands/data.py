"""The bodies of `alumina data new | check | coverage | import | review | export`."""

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.commands import TEXTS
from bot.dataset.calendar import Period
from bot.dataset.companions import Printed, check_matches, fitting, load_disagreements
from bot.dataset.coverage import Covered, Mark, counts, covered, first_counted, world_series
from bot.dataset.data_files import data_folder, read_utf8
from bot.dataset.dataset import Dataset, Record
from bot.dataset.guard.slips import blamed
from bot.dataset.intake import Intake
from bot.dataset.load import SOURCES, load_figures, load_record
from bot.errors import DataFileError, UsageError
from bot.messages.names import series_name
from bot.messages.supply import held_words, intake_lines
from bot.settings import Settings
from bot.sources import Parcel
from bot.store.engine import run_on_store
from bot.store.figures import Figures, State, added, base_record, with_contents
from bot.supply.take import Depot, parcel_of_file, refresh_lock, weigh
from bot.words import say

LETTERS: dict[Mark, str] = {
    "estimated": "E", "flash": "F", "bulletin": "B", "query": "Q", "revised": "R", "printed": "P",
    "derived": "d", "missing": ".",
}  # fmt: skip
KINDS: tuple[Mark, ...] = ("printed", "estimated", "derived")  # of months on record
LISTED = 'Decide with: alumina data review --accept NUMBER (or --reject NUMBER) --reason "..."'
SKELETON = Path(__file__).parent / "skeleton"


def new_folder(folder: Path) -> str:
    """Writes the skeleton, and says what to do with it; UsageError where something would be overwritten."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already, and nothing in it was changed: name a new folder.")
    try:
        shutil.copytree(SKELETON, folder, dirs_exist_ok=True)
    except OSError as trouble:
        raise UsageError(f"{folder} cannot be written: {trouble.strerror}.") from trouble
    files = ", ".join(sorted(path.name for path in folder.iterdir()))
    return TEXTS["data"]["new"].format(folder=folder, count=len(load_record(folder).rows), files=files)


def check(settings: Settings) -> int:
    """Checks every file, the entries beside them and, by the guard, every figure; 65 where one is amiss."""
    folder = data_folder(settings.alumina_data)
    record = load_record(folder)
    printed = _printed(folder, record)
    check_matches("corrections.toml", record.corrections, printed)
    check_matches("confirmed.toml", record.confirmed, printed)
    for refused in record.refused:
        print(refused)
    sure = [row for row in record.rows if fitting(row, record.sources, record.confirmed)]
    held = blamed(record.rows, sure)
    for each in held:
        print(f"figures.csv, line {each.row.line}: {held_words(each.row, each.why)}.")
    if held or record.refused:
        return DataFileError.exit_status
    print(f"{len(record.rows)} rows and {len(record.sources)} sources: all as they should be.")
    return 0


def _printed(folder: Path, record: Record) -> set[Printed]:
    """Everything that publishers printed, served or not."""
    rows, _ = load_figures(folder / "figures.csv", record.catalogue, record.sources)
    return {
        *((record.sources[row.source].publisher, row.series, row.period, row.value) for row in rows),
        *load_disagreements(folder / "disagreements.csv", record.catalogue),
    }


def coverage_lines(dataset: Dataset, named: str | None, *, partners: bool) -> Iterator[str]:
    """The calendar of each series, and how many months of each are on record; UsageError for no series."""
    if named and named not in dataset.catalogue:
        raise UsageError(f"There is no series {named!r}: {', '.join(dataset.catalogue)}.")
    names = [named] if named else list(dataset.catalogue)
    if not partners:
        series = [each for each in world_series(dataset) if each.commodity in names]
        yield say("coverage.legend", letters=say("coverage.letters"))
        width = max((len(series_name(each)) for each in series), default=0)
        for each in series:
            yield from ("", *_calendar(covered(each, dataset), width))
        yield ""
    yield from _counted(counts(dataset, names, partners=partners))


def _calendar(found: Covered, width: int) -> Iterator[str]:
    """The name of a series, and below it a line a year, a letter a month."""
    yield f"{series_name(found.series):<{width}}  {say('coverage.months')}"
    for year in sorted({month.year for month in found.cells}):
        cells = (found.cells.get(month) for month in Period.whole_year(year).months)
        letters = " ".join(LETTERS[cell] if cell else " " for cell in cells)  # none where it is not due
        yield f"{year:>{width}}  {letters}".rstrip()
    if not found.cells:
        yield f"{say('coverage.nothing'):>{width}}"


def _counted(found: Sequence[Covered]) -> Iterator[str]:
    """A line for each series and scope."""
    for each in found:
        name = series_name(each.series)
        told = ", ".join(f"{each.count[kind]} {kind}" for kind in KINDS if each.count[kind]) or "nothing"
        of_all = f"{each.count['missing']} missing of {len(each.cells)} months since {first_counted()}"
        yield f"{name}, {each.scope}: {told}, {of_all}"


def import_file(settings: Settings, path: Path, sources: Path | None, *, dry_run: bool) -> int:
    """Takes in a file, or only says what it would bring."""
    base = base_record(settings)
    if dry_run:
        contents = added(settings)
        record = with_contents(base, contents)
        parcel = parcel_of_file(path, record.as_of(settings.today()), sources)
        intake = weigh(parcel, record, contents, settings.today())
    else:

        async def taken(engine: AsyncEngine) -> tuple[Parcel, Intake]:
            depot = Depot(base, Figures(engine), settings.today())
            async with refresh_lock(settings, engine):
                parcel = parcel_of_file(path, await depot.dataset(), sources)
                return parcel, await depot.take(parcel, settings.now())

        parcel, intake = run_on_store(settings, taken)
    count = len(parcel.rows)
    print(f"{parcel.name}: {count} figure{'' if count == 1 else 's'}.")
    for line in (*(f"note     {note}" for note in parcel.notes), *intake_lines(intake)):
        print(line)
    if dry_run:
        print("Nothing was changed.")
    return 0


def review(settings: Settings, number: int | None, reason: str, *, accept: bool) -> int:
    """Lists what is held, or accepts or rejects one with a reason that is kept."""
    base_record(settings)  # whose profile names the series
    if number is None:
        held = added(settings).held
        for each in held:
            print(f"{each.id:>5}  {held_words(each.row, each.why)} [{each.row.source}]")
        print(LISTED if held else "Nothing is held.")
        return 0
    if not reason.strip():
        raise UsageError("Say why: --reason TEXT is kept with the decision.")
    state: State = "accepted" if accept else "rejected"
    why, now = reason.strip(), settings.now()
    if not run_on_store(settings, lambda engine: Figures(engine).decide(number, state, why, now)):
        raise UsageError(f"No held figure has the number {number}: alumina data review lists them.")
    print(f"Figure {number} is {state}.")
    return 0


def export(settings: Settings, *, sources: bool) -> Iterator[str]:
    """figures.csv (or sources.csv) for a commit: the file's own text, and after it what was added."""
    folder = data_folder(settings.alumina_data)
    name = "sources.csv" if sources else "figures.csv"
    yield read_utf8(folder / name).decode().rstrip("\n")
    base, contents = base_record(settings), added(settings)
    if sources:
        new = [source for id, source in contents.sources.items() if id not in base.sources]
        yield from map(_line, ([getattr(each, column) for column in SOURCES] for each in new))
    else:
        yield from (_line(row.cells().values()) for row in contents.served)


def _line(values: Iterable[object]) -> str:
    """A line of CSV; numbers without an exponent, and without a point where they are whole."""
    plain = (f"{each:.6f}".rstrip("0").rstrip(".") if isinstance(each, float) else each for each in values)
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(plain)
    return text.getvalue()
