"""The mutations: what is changed, which are drawn, and what becomes of them."""

import ast
import os
import shutil
import subprocess
import sys

import pytest

from tests.tables import tables
from tools.mutate.draw import PACKAGES, ROOT, draw, own_tests
from tools.mutate.operators import changes

CASES = tables("mutations.yaml")
SOURCE, TREE = CASES["source"], CASES["tree"]


def test_each_operator_changes_the_line_it_is_for():
    named, found = ast.parse(SOURCE).body[-1], dict[str, list[str]]()
    for change in changes(SOURCE):
        assert change.compiles(SOURCE)
        before, after = change.lines(SOURCE)
        assert before == ast.unparse(named).splitlines()[change.line - named.lineno].strip()
        found.setdefault(change.operator, []).append(after)
    assert {operator: sorted(set(lines)) for operator, lines in found.items()} == CASES["changed"]


def test_the_same_seed_draws_the_same_and_another_seed_others(tmp_path):
    planted(tmp_path, {"bot/large/one.py": "x = 1 < 2\n" * 40, "bot/small.py": "y = 3\n"})
    assert draw(7, 15, root=tmp_path) == draw(7, 15, root=tmp_path)
    assert draw(7, 15, root=tmp_path) != draw(8, 15, root=tmp_path)


def test_every_room_has_tests_of_its_own():
    paths = [path.relative_to(ROOT).as_posix() for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    assert {tests for path in paths for tests in own_tests(path) if not (ROOT / tests).exists()} == set()


@pytest.mark.slow
def test_a_mutation_meets_its_rooms_tests_then_others_survivors_are_listed(tmp_path):
    tree = planted(tmp_path, TREE)
    shutil.copytree(ROOT / "tools" / "mutate", tree / "tools" / "mutate", dirs_exist_ok=True)
    words = (sys.executable, "-m", "tools.mutate", "--processes", "0")
    run = subprocess.run(words, cwd=tree, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (1, "")
    lines = run.stdout.splitlines()
    assert [line.split("  =>  ")[1] for line in lines if line.startswith("SURVIVED")] == ["UNUSED = False"]
    assert run.stdout.count("killed by tests/sums/test_sums.py::test_own") == 1
    assert run.stdout.count("killed by tests/said/test_said.py::test_other") == 1
    assert run.stdout.count("killed by import error in tests/sums/test_sums.py") == 1
    assert lines[-1] == "4 mutations, 1 survived."


def planted(root, files):
    """Writes a small tree."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
