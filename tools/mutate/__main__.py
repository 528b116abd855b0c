"""Mutates the code and lists the mutations that no test notices: `make mutate`.

Each mutation meets its room's tests first; what survives those meets all the others. Status 1 where any is
left. Run it on a tree whose tests pass.
"""

import sys
from argparse import ArgumentParser

from tools.mutate.draw import draw, other_tests, own_tests
from tools.mutate.run import Outcome, outcome


def main(words):
    """Prints a line for each mutation and returns the exit status."""
    asked = _asked(words)
    drawn = draw(asked.seed, asked.count)
    alive = [each for each in drawn if not _killed(each, own_tests(each.path), asked.processes)]
    alive = [each for each in alive if not _killed(each, other_tests(each.path), asked.processes)]
    for each in alive:
        print(f"SURVIVED  {each.place}  {each.words()}")
    print(f"{len(drawn)} mutations, {len(alive)} survived.")
    return 1 if alive else 0


def _asked(words):
    parser = ArgumentParser("python -m tools.mutate", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same from the same tree")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--processes", default="auto", help="how many processes pytest uses")
    return parser.parse_args(words)


def _killed(mutation, tests, processes):
    """Runs the tests and prints what became of the mutation."""
    found: Outcome = outcome(mutation, tests, processes)
    what = f"killed by {found.killed_by}" if found.killed_by else f"not killed by {' '.join(tests)}"
    print(f"{mutation.place}  {mutation.words()}\n    {what} ({found.seconds:.0f} s)", flush=True)
    return found.killed_by is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
