"""Whether figures were added is seen without SQLAlchemy, and an answer in the terminal loads none of it."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.store.engine import has_tables, run_on_store
from bot.store.glance import nothing_added

QUESTION = ["-m", "bot", "ask", "alumina exports march 2024"]


def settings(url: str) -> Settings:
    return Settings.from_env({"DATABASE_URL": url})


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of ours without a figure."""
    path = tmp_path / "plain.sqlite3"
    run_on_store(settings(f"sqlite:///{path}"), has_tables)
    return path


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_file_that_is_not_there_adds_nothing_and_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite3"
    assert nothing_added(settings(f"sqlite:///{path}"))
    assert not path.exists()


def test_a_database_without_figures_adds_nothing_and_a_version_does(database: Path) -> None:
    assert nothing_added(settings(f"sqlite:///{database}"))
    assert nothing_added(settings(f"sqlite+aiosqlite:///{database}"))
    change(database, "INSERT INTO figure_versions (version, at, what, told) VALUES (1, '2026-11-24', 'x', 1)")
    assert not nothing_added(settings(f"sqlite:///{database}"))


def test_another_layout_is_left_to_who_can_say_so(database: Path) -> None:
    change(database, "UPDATE alembic_version SET version_num = '0011'")
    assert not nothing_added(settings(f"sqlite:///{database}"))


def test_what_is_not_plain_is_left_to_who_asks_the_database_itself(tmp_path: Path, database: Path) -> None:
    other = tmp_path / "other.sqlite3"
    other.write_bytes(b"no database")
    empty = tmp_path / "empty.sqlite3"
    empty.touch()
    for url in (
        f"sqlite:///{other}",
        f"sqlite:///{empty}",  # without our tables
        f"sqlite:///{database}?timeout=1",
        "sqlite:///:memory:",
        "postgresql://user@host/name",
    ):
        assert not nothing_added(settings(url)), url


def test_an_answer_loads_no_database_no_slack_and_no_alerts(tmp_path: Path) -> None:
    code = (
        "import sys, runpy\n"
        f"sys.argv = {['bot', *QUESTION[2:]]!r}\n"
        "try: runpy.run_module('bot', run_name='__main__')\n"
        "except SystemExit as done: assert done.code == 0\n"
        "heavy = ('sqlalchemy', 'slack_bolt', 'slack_sdk', 'apscheduler', 'aiohttp', 'lxml', 'bot.alerts')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    asked = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert asked.stdout.splitlines()[-1] == "[]"
