"""A record of 200,000 rows, months by partner: what loading it, a look-up in it and its memory cost.

`python -m benchmarks.scale FOLDER` loads a folder alone, and prints the most megabytes that it took.
"""

import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.questions import TODAY, BenchmarkError, packaged
from bot.dataset.calendar import Month, Period
from bot.dataset.data_files import data_folder
from bot.dataset.dataset import Dataset
from bot.dataset.intake import take_in
from bot.dataset.load import load_dataset
from bot.dataset.model import Row, Series

FIRST, LAST = Month(2009, 1), Month(2026, 7)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LINES = (
    ("export", "alumina", "HS 28182000"),
    ("import", "alumina", "HS 28182000"),
    ("import", "bauxite", "HS 2606"),
    ("export", "primary_aluminium", "HS 760110"),
    ("import", "primary_aluminium", "HS 760110"),
    ("import", "aluminium_scrap", "HS 7602"),
)
LOOK_UPS = 20_000
SERIES = 1_000  # of which a month comes in


@dataclass(frozen=True, slots=True)
class Scale:
    """What was measured: seconds of the process's own CPU, as others may be busy on the machine; medians."""

    rows: int
    read_csv_s: float
    load_s: float
    look_up_ratio: float
    import_s: float
    memory_mb: float

    def __str__(self) -> str:
        return (
            f"{self.rows:,} rows: loaded in {self.load_s:.2f} s of CPU, {self.load_s / self.read_csv_s:.1f}"
            f" times pandas.read_csv ({self.read_csv_s:.2f} s); a look-up costs {self.look_up_ratio:.2f}"
            f" times that in the shipped record; a month of {SERIES:,} series is weighed in"
            f" {self.import_s:.1f} s; {self.memory_mb:.0f} MB at most for a process that loads it"
        )


def scale(rows: int, repeats: int = 5) -> Scale:
    """Loads a folder of so many rows made up from a fixed rule, beside the shipped one."""
    import pandas as pd  # not by whoever only loads

    with TemporaryDirectory(prefix="alumina-") as place:
        folder = folder_of(Path(place) / "data", rows)
        large, small = load_dataset(folder, TODAY), packaged()
        if (count := len(large.record.rows)) < rows:
            raise BenchmarkError(f"{count} rows were loaded of {rows}")
        read_s, load_s = _side_by_side(
            repeats,
            lambda: pd.read_csv(folder / "figures.csv", low_memory=False),
            lambda: load_dataset(folder, TODAY),
        )
        large_s, small_s = _side_by_side(repeats, _look_up(large), _look_up(small))
        (import_s,) = _side_by_side(1, lambda: take_in(large, _month(large), large.record.sources))
        return Scale(count, read_s, load_s, large_s / small_s, import_s, _memory_mb(folder))


def folder_of(folder: Path, rows: int) -> Path:
    """The shipped folder with so many rows of trade by partner after its own."""
    shutil.copytree(data_folder(), folder)
    source = (folder / "sources.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    with (folder / "figures.csv").open("a", encoding="utf-8") as file:
        file.writelines(islice(_rows(source), rows))
    return folder


def _month(dataset: Dataset) -> list[Row]:
    """The month after the last one of so many series by partner."""
    newest = {(row.series, row.scope): row for row in dataset.record.rows if row.series.partner}
    chosen = islice(newest.values(), SERIES)
    return [replace(row, period=Period.month(LAST.plus(1)), line=0) for row in chosen]


def _rows(source: str) -> Iterator[str]:
    months = [FIRST.plus(step) for step in range(FIRST.until(LAST) + 1)]
    for first in ALPHABET:
        for second in ALPHABET:
            for flow, commodity, scope in LINES:
                for place, month in enumerate(months):
                    value = 1_000 + (ord(first) * 7_919 + ord(second) * 104_729 + place * 15_485_863) % 90_000
                    yield (
                        f"{month},{flow},{commodity},Land {first}{second},month,quantity,{value},1,,{scope},"
                        f"query,{source},,1,\n"
                    )


def _side_by_side(repeats: int, *works: Callable[[], object]) -> list[float]:
    """The median CPU seconds of each, taken in turns."""
    taken = [[_cpu_s(work) for work in works] for _ in range(repeats)]
    return [statistics.median(each) for each in zip(*taken, strict=True)]


def _cpu_s(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _look_up(dataset: Dataset) -> Callable[[], None]:
    """Many look-ups, of series that were looked at before."""
    series = [Series(name, flow) for name, item in dataset.catalogue.items() for flow in item.flows]
    months = [Period.month(LAST.plus(-back)) for back in range(60)]
    wanted = [(each, month) for each in series for month in months]
    dataset.derived()

    def look_up() -> None:
        for place in range(LOOK_UPS):
            dataset.figure(*wanted[place % len(wanted)])

    return look_up


def _memory_mb(folder: Path) -> float:
    """The most that a process uses in which nothing else is done."""
    command = [sys.executable, "-m", "benchmarks.scale", str(folder)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def _load_alone(folder: Path) -> float:
    """The megabytes of this process at their most."""
    load_dataset(folder, TODAY)
    status = Path("/proc/self/status")
    if status.exists():  # on Linux the other count begins with what the starting process has
        return float(re.findall(r"VmHWM:\s*([0-9]+) kB", status.read_text(encoding="utf-8"))[0]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    print(_load_alone(Path(sys.argv[1])))
