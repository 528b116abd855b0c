"""Draws mutations by seed over all rooms; knows which tests are each room's own."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tools.mutate.operators import Change, changes

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers")
LEFT_OUT = ("bot/store/migrations", "bot/playground/page")
LARGE = 1000  # lines from which a room takes part in every draw that has a place for it
SINGLES = "bot/*.py"

# A room's own tests lie in the folder of its name under tests/, and here where that does not say it.
TESTS: Mapping[str, Sequence[str]] = yaml.safe_load((Path(__file__).parent / "own_tests.yaml").read_text())


@dataclass(frozen=True, slots=True)
class Mutation:
    """A change of one file of the tree."""

    path: str
    change: Change

    @property
    def place(self):
        """Returns file:line."""
        return f"{self.path}:{self.change.line}"

    def words(self, root=ROOT):
        """Returns the line before and after."""
        before, after = self.change.lines((root / self.path).read_text(encoding="utf-8"))
        return f"{self.change.operator}: {before}  =>  {after}"


def draw(seed, count, root=ROOT):
    """Draws `count` different mutations, each room by its lines and every large one at least once."""
    files = _files(root)
    lines = Counter[str]()
    for path, source in files.items():
        lines[room_of(path)] += source.count("\n")
    rng = random.Random(seed)
    large = [room for room in sorted(lines) if lines[room] >= LARGE]
    order = rng.sample(large, len(large)) + rng.choices([*lines], [*lines.values()], k=count)
    return _some(rng, files, order[:count])


def room_of(path):
    """Returns the folder of bot/, handlers, or one name for the single files of bot/."""
    package, _, rest = path.partition("/")
    if package != "bot":
        return package
    return f"bot/{rest.split('/')[0]}" if "/" in rest else SINGLES


def own_tests(path):
    """Returns the test files and folders that a mutation of this file is run against first."""
    room = room_of(path)
    return [*(TESTS.get(path) or TESTS.get(room) or (f"tests/{Path(room).name}",))]


def other_tests(path):
    """Returns all tests but those, as arguments of pytest."""
    return ["tests", *(f"--ignore={each}" for each in own_tests(path))]


def _some(rng, files, rooms):
    """Draws one mutation for each named room, none twice."""
    found = {room: list(_mutations(files, room)) for room in sorted(set(rooms))}
    drawn: list[Mutation] = []
    for room in rooms:
        rng.shuffle(found[room])
        while found[room]:
            mutation = found[room].pop()
            if mutation.change.compiles(files[mutation.path]):
                drawn.append(mutation)
                break
    return drawn


def _mutations(files, room):
    for path, source in files.items():
        if room_of(path) == room:
            yield from (Mutation(path, change) for change in changes(source))


def _files(root):
    """Returns the source of every file that can be mutated, by its path in the tree."""
    paths = sorted(path for package in PACKAGES for path in (root / package).rglob("*.py"))
    named = {path.relative_to(root).as_posix(): path for path in paths}
    return {
        name: path.read_text(encoding="utf-8")
        for name, path in named.items()
        if not name.startswith(LEFT_OUT)
    }
