"""An answer in the terminal: whole, whatever it is written to."""

from bot.messages.sheet import HEADER
from tests.commandline import alumina


async def test_the_lines_of_a_file_are_whole_in_a_pipe() -> None:
    run = await alumina("ask", "csv alumina exports 2025", env={"ALUMINA_TODAY": "2026-11-24"})
    _, header, line, *_ = run.out.splitlines()
    assert header == ",".join(HEADER)
    assert "https://" in line


async def test_a_table_is_in_the_language_of_its_question() -> None:
    run = await alumina("ask", "2025年废铝进口走势", env={"ALUMINA_TODAY": "2026-11-24"})
    _, header, _, january, *_ = run.out.splitlines()
    assert header.split()[::2] == ["月份", "数值（万吨）", "同比", "环比", "状态、来源"]
    assert january.split()[:3] == ["2025年1月", "│", "15.87"]  # 158,675.68 t
