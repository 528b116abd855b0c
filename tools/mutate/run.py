"""Runs tests against a mutated copy of the tree; the tree itself is never written to."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.mutate.draw import ROOT

PYTEST = [*"-m pytest -x -q --tb=no -p no:cacheprovider -m".split(), "not slow", "--dist", "worksteal"]
NOT_COPIED = shutil.ignore_patterns(".*", "build", "dist")
HANG_SECONDS = 10 * 60  # more than twice what every test takes together
KILLER = re.compile(r"^(?:FAILED|ERROR) (\S+\.py(?:::.+?)?)(?: - .*)?$", re.MULTILINE)
NO_TESTS = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """Says what killed a mutation, or None."""

    killed_by: str | None
    seconds: float


def outcome(mutation, tests, processes, root=ROOT):
    """Runs the tests against a copy of the tree that has the mutation."""
    with mutated(mutation, root) as copy:
        started = time.monotonic()
        killed_by = _killer(copy, [*PYTEST, "--numprocesses", processes, *tests])
        return Outcome(killed_by, time.monotonic() - started)


@contextmanager
def mutated(mutation, root=ROOT):
    """Makes a copy of the tree with the mutation in it and removes it afterwards."""
    with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(root, copy, ignore=NOT_COPIED)
        path = copy / mutation.path
        path.write_text(mutation.change.apply(path.read_text(encoding="utf-8")), encoding="utf-8")
        yield copy


def _killer(copy, words):
    """Returns the test that failed, "hang", "import error" or a signal; None where all passed."""
    env = {**os.environ, "PYTHONPATH": str(copy), "COLUMNS": "1000", "TMPDIR": str(copy.parent)}
    run = subprocess.Popen(
        [sys.executable, *words],
        cwd=copy,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        printed, _ = run.communicate(timeout=HANG_SECONDS)
    except subprocess.TimeoutExpired:
        return "hang"
    finally:
        _end(run)
    return _read(run.returncode, printed)


def _read(status, printed):
    """Reads pytest's exit status and what it printed."""
    if status == 0:
        return None
    if status == NO_TESTS:
        raise ValueError(printed)
    if status < 0:
        return f"signal {-status}"
    found = KILLER.search(printed)
    if not found:
        return "import error"
    return found[1] if "::" in found[1] else f"import error in {found[1]}"


def _end(run):
    """Kills what is left of a run: its workers too."""
    try:
        os.killpg(run.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    run.wait()
