"""An answer in the terminal: whole, whatever it is written to."""

from bot.messages.sheet import HEADER
from tests.commandline import alumina


async def test_the_lines_of_a_file_are_whole_in_a_pipe() -> None:
    run = await alumina("ask", "csv alumina exports 2025", env={"ALUMINA_TODAY": "2026-11-24"})
    _, header, line, *_ = run.out.splitlines()
    assert header == ",".join(HEADER)
    assert "https://" in line
