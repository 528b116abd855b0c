"""The mutations: what is changed, which are drawn, what becomes of them, and that the tree stays as it is."""

import ast
import asyncio
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.commandline import Run, finish
from tests.mutate.draw import PACKAGES, ROOT, draw, own_tests, room_of
from tests.mutate.operators import Change, changes
from tests.tables import tables

CASES = tables("mutations.yaml")
SOURCE, TREE, WAITS = CASES["source"], CASES["tree"], CASES["waits"]


def test_each_operator_changes_the_line_it_is_for() -> None:
    named, found = ast.parse(SOURCE).body[-1], dict[str, list[str]]()
    for change in changes(SOURCE):
        assert change.compiles(SOURCE)
        before, after = change.lines(SOURCE)
        assert before == ast.unparse(named).splitlines()[change.line - named.lineno].strip()
        found.setdefault(change.operator, []).append(after)
    assert {operator: sorted(set(lines)) for operator, lines in found.items()} == CASES["changed"]


@pytest.mark.parametrize("after", ["2", "(2)", "2 is 3"])
def test_what_warns_or_means_the_same_is_no_mutation(after: str) -> None:
    assert not Change("one more", 1, 1, "value", after).compiles("a = 2\n")


def test_the_same_seed_draws_the_same_and_another_seed_others(tmp_path: Path) -> None:
    planted(tmp_path, {"bot/large/one.py": "x = 1 < 2\n" * 40, "bot/small.py": "y = 3\n"})
    assert draw(7, 15, root=tmp_path) == draw(7, 15, root=tmp_path)
    assert draw(7, 15, root=tmp_path) != draw(8, 15, root=tmp_path)


def test_a_draw_takes_from_every_large_room_and_nothing_twice() -> None:
    drawn = draw(1, 30)
    assert len(set(drawn)) == 30
    large = {"questions", "answers", "messages", "dataset", "sources", "posts"}
    assert {"handlers", *(f"bot/{room}" for room in large)} <= {room_of(each.path) for each in drawn}


def test_a_draw_from_one_room_stays_in_it() -> None:
    assert {room_of(each.path) for each in draw(1, 5, ["bot/alerts"])} == {"bot/alerts"}


def test_every_room_has_tests_of_its_own() -> None:
    paths = [path.relative_to(ROOT).as_posix() for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    assert {tests for path in paths for tests in own_tests(path) if not (ROOT / tests).exists()} == set()


@pytest.mark.slow
async def test_a_mutation_meets_its_rooms_tests_then_others_survivors_are_listed(tmp_path: Path) -> None:
    run = await finish(await mutate(planted(tmp_path / "tree", TREE)))
    assert (run.status, run.err) == (1, "")
    assert survivors(run) == {"UNUSED = False"}
    assert run.out.count("killed by tests/sums/test_sums.py::test_own") == 1
    assert run.out.count("killed by tests/said/test_said.py::test_other") == 1
    assert run.out.count("killed by import error in tests/sums/test_sums.py") == 1
    assert run.out.endswith("4 mutations, 1 survived.\n")


@pytest.mark.slow
async def test_a_run_that_is_ended_leaves_the_tree_and_nothing_else(tmp_path: Path) -> None:
    began = tmp_path / "began"
    tree = planted(tmp_path / "tree", TREE | {"tests/sums/test_sums.py": WAITS.format(began=str(began))})
    before = contents(tree)
    process = await mutate(tree)
    while not began.exists():
        assert process.returncode is None
        await asyncio.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert (await finish(process)).status == 128 + signal.SIGTERM
    assert contents(tree) == before
    assert not list((tmp_path / "tmp").iterdir())


def planted(root: Path, files: dict[str, str]) -> Path:
    """Writes a small tree that has the mutations' own code in it."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "tests" / "mutate", root / "tests" / "mutate", dirs_exist_ok=True)
    return root


async def mutate(tree: Path) -> asyncio.subprocess.Process:
    """Starts the mutations of a tree."""
    (tree.parent / "tmp").mkdir()
    pipe = asyncio.subprocess.PIPE
    env = {"PATH": os.environ["PATH"], "TMPDIR": str(tree.parent / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = (sys.executable, "-m", "tests.mutate", "--processes", "0")
    return await asyncio.create_subprocess_exec(*command, cwd=tree, env=env, stdout=pipe, stderr=pipe)


def survivors(run: Run) -> set[str]:
    return {line.split("  =>  ")[1] for line in run.out.splitlines() if line.startswith("SURVIVED")}


def contents(tree: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
