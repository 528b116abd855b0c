"""The mutations: which are drawn, what they change, and that the tree is left as it is."""

import ast
from pathlib import Path

import pytest

from tests.mutate.__main__ import main
from tests.mutate.draw import LARGE, Mutation, draw, other_tests, room_of, tests_of
from tests.mutate.operators import changes
from tests.mutate.run import mutated, outcome

SOURCE = '''"""A docstring is left alone: 1 < 2."""

import logging
from dataclasses import dataclass

log = logging.getLogger(__name__)
__all__ = ["Room", *(["named"] if 1 < 2 else [])]
WAIT_SECONDS = 7


@dataclass(frozen=True)
class Room:
    size: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"{1 + 1}" + str(1 + 1)


def named(ä: int, text: str = "") -> list[str]:
    """Says nothing of 1."""
    log.warning("%s", 3 < 4)
    if not (ä < 5) and text == "ä":
        print(text)
    return [text] * ä if text is not None or ä % 3 else [text + f"{ä + 1}"]
'''

# What each operator makes of SOURCE.
CHANGED = {
    "drop the call": {"        pass"},
    "return nothing": {"    return None"},
    "one more": {"    if not (ä < 6) and text == \"ä\":", "    return [text] * ä if text is not None or ä % 4 else [text + f\"{ä + 1}\"]"},
    "one less": {"    if not (ä < 4) and text == \"ä\":", "    return [text] * ä if text is not None or ä % 2 else [text + f\"{ä + 1}\"]"},
    "compare otherwise": {
        "    if not (ä <= 5) and text == \"ä\":",
        "    if not (ä < 5) and text != \"ä\":",
        "    return [text] * ä if text is None or ä % 3 else [text + f\"{ä + 1}\"]",
    },
    "compare with another word": {"    if not (ä < 5) and text == 'ä~':"},
    "and for or": {
        "    if not (ä < 5) or text == \"ä\":",
        "    return [text] * ä if text is not None and ä % 3 else [text + f\"{ä + 1}\"]",
    },
    "drop the not": {"    if (ä < 5) and text == \"ä\":"},
    "reckon otherwise": {"    return [text] * ä if text is not None or ä * 3 else [text + f\"{ä + 1}\"]"},
}  # fmt: skip
FLIPPED = "def on(now=True):\n    return now\n"
EMPTIED = "def all_of(now):\n    return [each for each in now]\n"


def test_each_operator_changes_the_lines_it_is_for_and_no_other() -> None:
    found: dict[str, set[str]] = {}
    for change in changes(SOURCE):
        assert change.compiles(SOURCE)
        before, after = SOURCE.splitlines(), change.apply(SOURCE).splitlines()
        (at,) = [number for number, line in enumerate(before) if line != after[number]]
        assert (len(before), change.line) == (len(after), at + 1)
        found.setdefault(change.operator, set()).add(after[at])
    assert found == CHANGED


@pytest.mark.parametrize(
    ("source", "mutant"),
    [
        (FLIPPED, "def on(now=False):\n    return now\n"),
        (EMPTIED, "def all_of(now):\n    return []\n"),
    ],
)
def test_truth_is_flipped_and_a_list_is_emptied(source: str, mutant: str) -> None:
    assert mutant in [change.apply(source) for change in changes(source)]


def test_a_change_that_warns_or_changes_nothing_is_no_mutation() -> None:
    warns = "same = (lambda a: a == 1)(2)\n"
    assert [change.apply(warns) for change in changes(warns) if change.compiles(warns)]
    doubled = "for each in (1, 2):\n    print(each\n    (each))\n"
    assert all(ast.parse(change.apply(doubled)) for change in changes(doubled) if change.compiles(doubled))


def test_the_same_seed_draws_the_same_and_another_seed_others() -> None:
    assert draw(7, 15) == draw(7, 15)
    assert draw(7, 15) != draw(8, 15)


def test_a_draw_takes_part_in_every_large_room_and_none_twice() -> None:
    drawn = draw(3, 30)
    assert len(set(drawn)) == 30
    assert {"bot/questions", "bot/messages", "bot/sources", "handlers"} <= {
        room_of(each.path) for each in drawn
    }
    assert not [
        each.path for each in drawn if each.path.startswith(("bot/store/migrations", "bot/playground/page"))
    ]


def test_a_draw_from_one_room_stays_in_it() -> None:
    assert {room_of(each.path) for each in draw(1, 5, ["bot/alerts"])} == {"bot/alerts"}
