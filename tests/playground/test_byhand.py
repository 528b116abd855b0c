"""The address of a bot that is started by hand, and the line that starts it."""

import sys
from pathlib import Path

import pytest

from bot.playground.byhand import is_address, serve_line
from tests.looped import looped
from tests.tables import tables

CASES = tables("playground/cases.yaml")

LOCAL = "http://127.0.0.1:3000"


HOSTS = [LOCAL, f"{LOCAL}/", "https://bot.example", "http://[::1]:3117"]
NO_HOST = "127.0.0.1:3000 http:// http://[::1 ftp://bot.example http://127.0.0.1:http http://127.0.0.1:70000"


@looped("bot", [*HOSTS, *NO_HOST.split(), f"{LOCAL}/slack/events", f"{LOCAL}/?a=b", f"{LOCAL}/#a"])
def test_a_host_is_an_address_and_nothing_else(bot: str) -> None:
    assert is_address(bot) == (bot in HOSTS)


@looped(("bot", "end"), CASES["lines"])
def test_it_listens_where_the_address_is(bot: str, end: str) -> None:
    assert serve_line(bot, {}).endswith(end)


@pytest.mark.parametrize(("started", "folder", "typed"), CASES["commands"])
def test_the_command_is_said_as_it_is_found_from_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: str, folder: str, typed: str
) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / folder)
    monkeypatch.setattr(sys, "argv", [started.format(base=tmp_path), "demo"])
    line = serve_line(LOCAL, {"SLACK_BOT_TOKEN": "a b"})
    assert line == f"SLACK_BOT_TOKEN='a b' {typed.format(base=tmp_path)} serve"
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "bot" / "__main__.py"), "demo"])  # as a module
    assert serve_line(LOCAL, {}).split() == [sys.executable, "-m", "bot", "serve"]
