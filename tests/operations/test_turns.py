"""Between the two processes: whose call comes next, values that arrive in pieces, and what is raised."""

import subprocess
import sys
from typing import Any

import pytest

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
WORKING = """
import asyncio, datetime
from bot.worker import Worker

class Bytes(bytes):
    def on(self, day):
        return self

async def main(worker):
    async with worker.open():
        for call in (ord, memoryview, len):
            try:
                print(await worker.run("ana", call))
            except TypeError as problem:
                print(type(problem).__name__)

asyncio.run(main(Worker(Bytes(b"abc"), datetime.date.today, forked={forked})))
"""


@pytest.mark.parametrize("forked", [True, False])
def test_what_a_call_raises_is_raised_and_the_work_goes_on(forked: bool) -> None:
    code = WORKING.format(forked=forked)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["TypeError", "TypeError", "3"]
