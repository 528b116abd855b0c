"""The bodies of `alumina data new | check | coverage | import | refresh | review | export`."""

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import aclosing
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.commands import TEXTS
from bot.dataset.calendar import Period
from bot.dataset.companions import Printed, check_matches, fitting, load_disagreements
from bot.dataset.coverage import Covered, Mark, counts, covered, first_counted, world_series
from bot.dataset.data_files import data_folder, read_utf8
from bot.dataset.dataset import Dataset
from bot.dataset.guard.slips import blamed
from bot.dataset.intake import Intake
from bot.dataset.load import SOURCES, load_figures, load_record
from bot.errors import DataFileError, UsageError
from bot.messages.names import series_name
from bot.messages.supply import held_words, intake_lines
from bot.profile import profile
from bot.settings import Settings
from bot.sources import Parcel
from bot.sources.refreshes import FIRST_YEAR, PUBLISHER, PageResult
from bot.store.engine import run_on_store, store
from bot.store.figures import Figures, State, added, base_record, with_contents
from bot.supply.take import Depot, parcel_of_file, refresh_lock, refreshed, weigh
from bot.words import say

KINDS: tuple[Mark, ...] = ("printed", "estimated", "derived")  # of months on record
LETTERS: Mapping[Mark, str] = {
    "estimated": "E", "flash": "F", "bulletin": "B", "query": "Q", "revised": "R",
    "printed": "P", "derived": "d", "missing": ".",
}  # fmt: skip


def new_folder(folder: Path) -> str:
    """Writes the skeleton, and says what to do with it; UsageError where something would be overwritten."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already, and nothing in it was changed: name a new folder.")
    try:
        shutil.copytree(Path(__file__).parent / "skeleton", folder, dirs_exist_ok=True)
    except OSError as trouble:
        raise UsageError(f"{folder} cannot be written: {trouble.strerror}.") from trouble
    files = ", ".join(sorted(path.name for path in folder.iterdir()))
    return TEXTS["data"]["new"].format(folder=folder, count=len(load_record(folder).rows), files=files)


def check(settings: Settings) -> int:
    """Checks every file, the entries beside them and, by the guard, every figure; 65 where one is amiss."""
    folder = data_folder(settings.alumina_data)
    record = load_record(folder)
    rows, _ = load_figures(folder / "figures.csv", record.catalogue, record.sources)
    printed: set[Printed] = {
        *((record.sources[row.source].publisher, row.series, row.period, row.value) for row in rows),
        *load_disagreements(folder / "disagreements.csv", record.catalogue),
    }
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
    for found in counts(dataset, names, partners=partners):
        told = ", ".join(f"{found.count[kind]} {kind}" for kind in KINDS if found.count[kind]) or "nothing"
        of_all = f"{found.count['missing']} missing of {len(found.cells)} months since {first_counted()}"
        yield f"{series_name(found.series)}, {found.scope}: {told}, {of_all}"


def _calendar(found: Covered, width: int) -> Iterator[str]:
    yield f"{series_name(found.series):<{width}}  {say('coverage.months')}"
    for year in sorted({month.year for month in found.cells}):
        cells = (found.cells.get(month) for month in Period.whole_year(year).months)
        letters = " ".join(LETTERS[cell] if cell else " " for cell in cells)  # none where it is not due
        yield f"{year:>{width}}  {letters}".rstrip()
    if not found.cells:
        yield f"{say('coverage.nothing'):>{width}}"


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


async def refresh(settings: Settings, since: int | None) -> int:
    """Takes in what there is, a few lines a page; 1 where a page could not be had."""
    if since is not None and not FIRST_YEAR <= since <= settings.today().year:
        raise UsageError(f"--since takes a year from {FIRST_YEAR} on: the site's lists begin there.")
    base = base_record(settings)
    if profile().publisher != PUBLISHER:
        raise UsageError(TEXTS["refresh"]["other_publisher"].format(publisher=PUBLISHER))
    pages = failed = 0
    async with store(settings) as engine:
        depot = Depot(base, Figures(engine), settings.today())
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)

            def show(done: int, total: int, name: str) -> None:
                bar.update(task, completed=done, total=total, description=name)

            found = refreshed(settings, depot, settings.now, since=since, progress=show)
            async with aclosing(found) as reports:
                async for report in reports:
                    pages, failed = pages + 1, failed + (report.what == "failed")
                    print(_said(report), flush=True)
                    for line in intake_lines(report.intake) if report.intake else ():
                        print(f"  {line}", flush=True)
    print(f"{pages} pages looked at, {failed} of them failed." if pages else TEXTS["refresh"]["nothing_new"])
    return 1 if failed else 0


def _said(report: PageResult) -> str:
    if report.parcel:
        return report.parcel.name
    month = report.month.name if report.month else ""
    return report.why or TEXTS["refresh"][report.what].format(address=report.address, month=month)


def review(settings: Settings, number: int | None, reason: str, *, accept: bool) -> int:
    """Lists what is held, or accepts or rejects one with a reason that is kept."""
    base_record(settings)  # whose profile names the series
    if number is None:
        held = added(settings).held
        for each in held:
            print(f"{each.id:>5}  {held_words(each.row, each.why)} [{each.row.source}]")
        print(TEXTS["data"]["listed"] if held else "Nothing is held.")
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
