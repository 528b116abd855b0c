"""Between the two processes: whose call comes next, values that arrive in pieces, and what is raised."""

import subprocess
import sys
from typing import Any

from bot.worker import Frames, Turns, framed


def test_of_each_person_one_call_in_turn() -> None:
    turns, taken = Turns(), list[Any]()
    for number in range(3):
        turns.put("ana", "ana", number)
    turns.put("ben", "ben", 0)
    taken.append(turns.next())
    turns.put("eve", "eve", 0)
    while turns:
        taken.append(turns.next())
    assert taken == [("ana", 0), ("ben", 0), ("ana", 1), ("eve", 0), ("ana", 2)]


def test_values_arrive_whole_however_they_are_cut() -> None:
    values = ["", "x" * 300, {"a": [1, 2]}, None]
    sent = b"".join(map(framed, values))
    for size in (1, 3, 7, 100, len(sent)):
        frames = Frames()
        pieces = (sent[at : at + size] for at in range(0, len(sent), size))
        assert [value for piece in pieces for value in frames.of(piece)] == values


# In place of a dataset three bytes: they are no sign, their view cannot be copied, their length can.
FORKING = """
import asyncio
from bot.worker import Forked

async def main(forked):
    async with forked.reading():
        for call in (ord, memoryview, len):
            try:
                print(await forked.run(call))
            except TypeError as problem:
                print(type(problem).__name__)

asyncio.run(main(Forked(b"abc")))
"""


def test_what_a_call_raises_is_raised_and_the_process_goes_on() -> None:
    done = subprocess.run([sys.executable, "-c", FORKING], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["TypeError", "TypeError", "3"]
