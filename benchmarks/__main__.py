"""`python -m benchmarks [--quick]`: measures, and prints tables; nothing is asserted of a time.

`python -m benchmarks slowest [--count N] [--seed S]` prints the random questions that cost most.
"""

import argparse
import asyncio
import os
import platform
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console

from benchmarks.beside import Size, comparison, measured
from benchmarks.fanout import Crowd, fan_out
from benchmarks.load import IN_FLIGHT, PER_SECOND
from benchmarks.mcp import paced
from benchmarks.parts import costs
from benchmarks.processes import ask_seconds, demo_seconds
from benchmarks.questions import BenchmarkError
from benchmarks.rows import rows_cpu_ms
from benchmarks.scale import scale
from benchmarks.slowest import slowest

FULL, QUICK = Size(runs=5, commands=1000, warmup=100), Size(runs=1, commands=300, warmup=100)

FEW = Crowd(workspaces=5, channels=20)


def machine() -> str:
    """Processor, cores, Python and system, and how busy the machine is with other things."""
    load = f"; load {os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{_processor()}, {os.cpu_count()} cores; Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()}{load}; {datetime.now().astimezone():%Y-%m-%d %H:%M}"
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def bench(size: Size, *, repeats: int, crowd: Crowd, rows: int) -> None:
    """Everything `make bench` prints."""
    console = Console(soft_wrap=True)
    console.print(machine(), highlight=False)
    runs = []
    for run in measured(size):
        runs.append(run)
        console.print(f"{run.bot}: {run.answers_per_s:.0f} answers/s, {run.bot_cpu_ms:.2f} ms CPU each")
    console.print(comparison(runs, size))
    for at_once in (1, IN_FLIGHT):
        spent = asyncio.run(rows_cpu_ms(size.commands, at_once))
        console.print(f"all rows of an answer, {at_once} at a time: {spent:.2f} ms of CPU")
    p50, p99 = asyncio.run(paced(size.commands))
    console.print(f"/mcp, ask, {PER_SECOND} a second: {p50:.1f} ms, 99th percentile {p99:.1f} ms")
    console.print(f"alumina ask march 2024: {ask_seconds(repeats):.2f} s, the whole process")
    console.print(f"alumina demo, first answer: {demo_seconds():.2f} s from its start")
    console.print(costs(repeats))
    console.print(str(scale(rows)), highlight=False)
    console.print(str(fan_out(crowd)), highlight=False)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short run of each")
    slow = parser.add_subparsers(dest="only").add_parser(
        "slowest", help="the random questions that cost most"
    )
    slow.add_argument("--count", type=int, default=10_000)
    slow.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    try:
        if asked.only:
            Console(soft_wrap=True).print(slowest(asked.count, asked.seed))
        elif asked.quick:
            bench(QUICK, repeats=1, crowd=FEW, rows=2_000)
        else:
            bench(FULL, repeats=7, crowd=Crowd(), rows=200_000)
    except BenchmarkError as error:
        raise SystemExit(f"Nothing was measured: {error}") from error


if __name__ == "__main__":
    main()
