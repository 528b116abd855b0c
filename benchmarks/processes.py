"""What a person waits for: a question in the terminal, and the demo's first answer; whole processes."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from benchmarks.questions import BenchmarkError
from bot.profile import profile

ALUMINA = str(Path(sys.executable).with_name("alumina"))
COMMAND = "/alumina march"
ANSWER_SECONDS = 60
OURS = ("ALUMINA_", "SLACK_", "DATABASE_URL", "PORT")


def ask_seconds(runs: int) -> float:
    """Median time of `alumina ask march 2024`, from the start of the process to its end."""
    return statistics.median(_ask_seconds() for _ in range(runs))


def _ask_seconds() -> float:
    with _folder() as folder:
        start = time.perf_counter()
        done = subprocess.run(
            [ALUMINA, "ask", "march", "2024"],
            cwd=folder,
            env=_environment(),
            capture_output=True,
            check=False,
        )
        seconds = time.perf_counter() - start
    if done.returncode or b"March 2024" not in done.stdout:
        raise BenchmarkError(f"alumina ask did not answer:\n{done.stderr.decode()}")
    return seconds


def demo_seconds() -> float:
    """Time from the start of `alumina demo` until the answer to /alumina march stands in the channel."""
    start = time.perf_counter()
    with _demo() as address, httpx.Client(base_url=address, trust_env=False) as page:
        typed = {"text": COMMAND, "channel": profile().channel_id}
        page.post("/page/typed", json=typed).raise_for_status()
        while not _answered(page):
            if time.perf_counter() - start > ANSWER_SECONDS:
                raise BenchmarkError(f"the demo did not answer {COMMAND} in {ANSWER_SECONDS} seconds")
            time.sleep(0.01)
        return time.perf_counter() - start


def _answered(page: httpx.Client) -> bool:
    messages = page.get("/page/workspace").json()["messages"]
    return any("asked: march" in message["text"] for message in messages)


@contextmanager
def _demo() -> Iterator[str]:
    """The address that the demo prints, while it runs."""
    with _folder() as folder:
        command = [ALUMINA, "demo", "--no-open", "--port", "0"]
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with process:
            try:
                yield _address(process)
            finally:
                process.terminate()


def _address(process: "subprocess.Popen[str]") -> str:
    line = process.stdout.readline() if process.stdout else ""
    address = line.rpartition(" ")[2].strip()
    if not address.startswith("http"):
        raise BenchmarkError(f"the demo printed no address: {line!r}")
    return address


@contextmanager
def _folder() -> Iterator[str]:
    with TemporaryDirectory(prefix="alumina-bench-") as folder:
        yield folder


def _environment() -> dict[str, str]:
    """The machine's environment without what would set the bot up in another way."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
