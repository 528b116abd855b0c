"""`make audit` fails unless everything pinned was asked about; `make long` allows that nobody was reached."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
UNREACHED = "requests.exceptions.ProxyError: HTTPSConnectionPool(host='api.osv.dev', port=443)"
CRASH = "ModuleNotFoundError: No module named 'pip_audit'"
FLAG = "pip-audit: error: unrecognized arguments: --vulnerability-servce"
FOUND = "for last; do :; done; echo found > $last; echo 'Found 1 known vulnerability' >&2; exit 1"


def ends(folder, target, audits):
    """Whether make says that all is well where pip-audit does that."""
    for name, does in (("pip-audit", audits), ("python", "exit 0")):
        program = folder / name
        program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        program.chmod(0o755)
    for made in (".runtime", ".dev"):
        (folder / made).touch()
    words = ["make", f"VENV={folder}", f"BIN={folder}", target]
    return subprocess.run(words, cwd=ROOT, capture_output=True, timeout=60).returncode == 0


@pytest.mark.parametrize(
    ("audits", "alone", "in_long"),
    [
        ("exit 0", True, True),
        (f'echo "{UNREACHED}" >&2; exit 1', False, True),
        (f'echo "{CRASH}" >&2; exit 1', False, False),
        (f'echo "{FLAG}" >&2; exit 2', False, False),
        (FOUND, False, False),
    ],
    ids=["clean", "unreached", "crash", "flag", "found"],
)
def test_nothing_passes_unasked(tmp_path, audits, *, alone, in_long):
    assert (ends(tmp_path, "audit", audits), ends(tmp_path, "long", audits)) == (alone, in_long)
