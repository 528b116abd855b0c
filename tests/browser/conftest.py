from pathlib import Path

import pytest

from bot.playground.demo import playground
from bot.settings import Settings
from tests.browser.pages import CHROMIUM, launched
from tests.patience import patient

__all__ = ["patient"]


def pytest_collection_modifyitems(items):
    """All tests here drive a browser, where there is one; in `make test` a newcomer's journey alone."""
    reason = "/usr/bin/chromium is not installed: apt-get install chromium"
    missing = pytest.mark.skipif(not CHROMIUM.exists(), reason=reason)
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            item.add_marker(missing)
            if "newcomer" not in item.name:
                item.add_marker(pytest.mark.slow)


@pytest.fixture
async def browser():
    async with launched() as chromium:
        yield chromium


@pytest.fixture
async def slack(tmp_path):
    """The playground with the bot at work in it."""
    async with playground(Settings.from_env({"ALUMINA_TODAY": "2026-11-24"}), 0, tmp_path) as slack:
        yield slack
