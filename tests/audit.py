"""Asks a public list of vulnerabilities about every pinned dependency: `make audit`, part of `make long`.

Status 0: asked about each, none is known. 1: some are. 75: it could not be asked, so nothing is known.
"""

import json
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CLEAN, FOUND, NOT_ASKED = 0, 1, 75
SECONDS_A_QUESTION = 15
MINUTES = 15

NOT_AUDITED = (
    "NOT AUDITED: the list of vulnerabilities could not be asked ({why}). Whether a dependency has a known"
    " one is not known; run `make audit` where the internet can be reached."
)

Dependency = dict[str, Any]


class NotAskedError(Exception):
    """Nothing is known; says why in a few words."""


def main(more: Sequence[str]) -> int:
    """Prints what was found; `more` are further arguments of pip-audit's."""
    try:
        asked = [each for path in sorted(ROOT.glob("requirements*.txt")) for each in _asked(path, more)]
    except NotAskedError as trouble:
        print(NOT_AUDITED.format(why=trouble), file=sys.stderr)
        return NOT_ASKED
    return _told({(each["name"], each["version"]): each for each in asked}.values())


def _asked(pinned: Path, more: Sequence[str]) -> list[Dependency]:
    """What the public list says of everything in a list of ours, as it is pinned; nothing is installed."""
    how = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    service = ["--vulnerability-service", "osv", "--timeout", str(SECONDS_A_QUESTION)]
    words = [sys.executable, "-m", "pip_audit", *how, *service, "--requirement", str(pinned), *more]
    try:
        ended = subprocess.run(words, capture_output=True, text=True, timeout=MINUTES * 60)
    except subprocess.TimeoutExpired:
        raise NotAskedError(f"no end after {MINUTES} minutes") from None
    if not ended.stdout.strip():
        raise NotAskedError((ended.stderr.strip() or f"status {ended.returncode}").splitlines()[-1])
    asked: list[Dependency] = json.loads(ended.stdout)["dependencies"]
    if unknown := [each["name"] for each in asked if "skip_reason" in each]:
        raise NotAskedError(f"not about {', '.join(unknown)}")
    if not asked:
        raise NotAskedError(f"about nothing in {pinned.name}")
    return asked


def _told(asked: Collection[Dependency]) -> int:
    found = [(each, vulnerability) for each in asked for vulnerability in each["vulns"]]
    for each, vulnerability in found:
        mended = ", ".join(vulnerability["fix_versions"]) or "no version yet"
        print(f"{each['name']} {each['version']}: {vulnerability['id']}, mended in {mended}")
    print(f"{len(asked)} dependencies asked about, {len(found)} known vulnerabilities.")
    return FOUND if found else CLEAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
