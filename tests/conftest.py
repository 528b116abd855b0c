"""The shipped record and the dataset derived from it, loaded once for all tests."""

import gc
import os
from datetime import date

import pytest
from hypothesis import settings

from bot.dataset.data_files import data_folder
from bot.dataset.load import load_dataset, load_record
from bot.manifest import SCOPES
from bot.playground.limits import Problem, problems
from bot.profile import profile, use
from bot.settings import Settings
from bot.slack.sending import shapes
from bot.store.engine import store
from tests.commandline import kept_port
from tests.databases import Postgres, sqlite_at
from tests.gear.slack import LocalSlack

TODAY = date(2026, 11, 24)  # the day the record was collected

# Hypothesis asks no machine to be quick, and tries the same examples each time; `make long` draws new ones.
settings.register_profile("new", deadline=None, max_examples=400)
settings.register_profile("same", deadline=None, max_examples=30, derandomize=True)
settings.load_profile("same")

# Rooms whose tests wait for processes, leases and servers: begun first, they run beside all the others.
PATIENT = ("attack", "soak", "operations", "crash", "delivery", "supply", "posts", "containers", "store")


def pytest_collection_modifyitems(items):
    """Gives each worker its part of the tests that wait, at the head of what it begins with."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    waiting = [item for item in items if item.path.parent.name in PATIENT]
    quick = [item for item in items if item.path.parent.name not in PATIENT]
    size = -(-len(quick) // workers)
    blocks = [waiting[at::workers] + quick[at * size : (at + 1) * size] for at in range(workers)]
    items[:] = [item for block in blocks for item in block]


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Spares what outlives every test from being searched for garbage again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True)
def within_limits(request, monkeypatch):
    """No test sends what breaks a limit of Slack's, but for those that are about it."""
    broken: list[Problem] = []

    def checked(message):
        for form, shaped in shapes(message):
            broken.extend(problems(shaped.text, shaped.blocks))
            yield form, shaped

    monkeypatch.setattr("bot.slack.sending.shapes", checked)
    yield
    assert not broken or request.node.get_closest_marker("breaks_limits")


@pytest.fixture(scope="session")
def record():
    """Every published row that ships with the bot."""
    return load_record(data_folder())


@pytest.fixture(scope="session")
def dataset():
    """The shipped figures as they stood on the day of collection."""
    return load_dataset(data_folder(), TODAY)


@pytest.fixture(scope="session")
def packaged():
    """What the shipped folder says of itself."""
    load_record(data_folder())
    return profile()


@pytest.fixture(autouse=True)
def of_the_packaged_folder(packaged):
    """After every test the words are those of the shipped folder, whatever another one was loaded by it."""
    yield
    use(packaged)


@pytest.fixture
def free_port():
    """A port for a bot that is yet to start."""
    with kept_port() as port:
        yield port


@pytest.fixture(scope="session")
def postgres():
    """A real PostgreSQL, started for the first test that needs one."""
    with Postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request, tmp_path, postgres):
    """A database of each kind with every table."""
    if request.param == "sqlite":
        yield sqlite_at(tmp_path / "ledger.sqlite3")
    else:
        with postgres.database() as url:
            yield url


@pytest.fixture
async def engine(any_database):
    """The engine of a database of each kind."""
    async with store(Settings.from_env({"DATABASE_URL": any_database})) as engine:
        yield engine


@pytest.fixture
async def slack():
    """A local Slack in which the bot has its scopes."""
    async with LocalSlack(scopes=SCOPES) as slack:
        yield slack
