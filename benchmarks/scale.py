"""A record of 200,000 rows, months by partner: what loading it, a look-up in it and its memory cost."""

import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pandas as pd

from benchmarks.questions import TODAY, BenchmarkError, packaged
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.dataset.folder import data_folder
from bot.dataset.load import load_dataset
from bot.dataset.model import Series

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

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scale:
    """What was measured; times are the best of three."""

    rows: int
    read_csv_s: float
    load_s: float
    look_up_ratio: float
    memory_mb: float

    def __str__(self) -> str:
        return (
            f"{self.rows:,} rows: loaded in {self.load_s:.2f} s, {self.load_s / self.read_csv_s:.1f} times"
            f" pandas.read_csv ({self.read_csv_s:.2f} s); a look-up costs {self.look_up_ratio:.2f} times that"
            f" in the shipped record; {self.memory_mb:.0f} MB at most"
        )


def scale(rows: int, repeats: int = 3) -> Scale:
    """Loads a folder of so many rows made up from a fixed rule, beside the shipped one."""
    with TemporaryDirectory(prefix="alumina-") as place:
        folder = folder_of(Path(place) / "data", rows)
        read_s, _ = _best(repeats, lambda: pd.read_csv(folder / "figures.csv", low_memory=False))
        load_s, large = _best(repeats, lambda: load_dataset(folder, TODAY))
    if large.rows < rows:
        raise BenchmarkError(f"{large.rows} rows were loaded of {rows}")
    ratio = _look_up_s(large, repeats) / _look_up_s(packaged(), repeats)
    return Scale(large.rows, read_s, load_s, ratio, _memory_mb())


def folder_of(folder: Path, rows: int) -> Path:
    """The shipped folder with so many rows of trade by partner after its own."""
    shutil.copytree(data_folder(), folder)
    source = (folder / "sources.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    with (folder / "figures.csv").open("a", encoding="utf-8") as file:
        file.writelines(islice(_rows(source), rows))
    return folder


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


def _best(repeats: int, work: Callable[[], T]) -> tuple[float, T]:
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - start)
    return min(taken), found


def _look_up_s(dataset: Dataset, repeats: int) -> float:
    series = [Series(name, flow) for name, item in dataset.catalogue.items() for flow in item.flows]
    months = [Period.month(LAST.plus(-back)) for back in range(60)]
    wanted = [(each, month) for each in series for month in months]

    def look_up() -> None:
        for place in range(LOOK_UPS):
            dataset.figure(*wanted[place % len(wanted)])

    return _best(repeats, look_up)[0]


def _memory_mb() -> float:
    """The most that this process has used: kilobytes on Linux, bytes on macOS."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)
