"""An answer in the terminal: whole, whatever it is written to."""

import re

import pytest

from bot.messages.sheet import HEADER
from tests.commandline import alumina


async def test_the_lines_of_a_file_are_whole_in_a_pipe() -> None:
    run = await alumina("ask", "csv alumina exports 2025", env={"ALUMINA_TODAY": "2026-11-24"})
    _, header, line, *_ = run.out.splitlines()
    assert header == ",".join(HEADER)
    assert "http://english.customs.gov.cn/" in line


async def test_a_table_is_in_the_language_of_its_question() -> None:
    run = await alumina("ask", "2025年废铝进口走势", env={"ALUMINA_TODAY": "2026-11-24"})
    _, header, _, january, *_ = run.out.splitlines()
    assert header.split()[::2] == ["月份", "数值（万吨）", "同比", "环比", "状态、来源"]
    assert january.split()[:3] == ["2025年1月", "│", "15.87"]  # 158,675.68 t


@pytest.mark.parametrize("asked", ["2026年7月", "July 2026"])
async def test_nothing_of_a_table_is_cut_off_and_no_number_broken(asked: str) -> None:
    run = await alumina("ask", asked, env={"ALUMINA_TODAY": "2026-11-24"})
    assert "…" not in run.out
    assert "†" in run.out.split("\n†")[0]  # in the cell of the sentence below
    assert re.search(r"-10\.8\b", run.out)
    assert not re.search(r"[\d.]\n[\d.]", run.out)
