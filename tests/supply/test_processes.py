"""A refresh as a process of its own: beside another one, and killed in the middle and begun anew."""

import asyncio
import shutil
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from bot.dataset.folder import data_folder
from tests.commandline import Run, finish, start
from tests.sources import server as local
from tests.sources.server import Server, body
from tests.sources.skins import page
from tests.sources.truth import Sheet, bulletins

SECONDS = 240  # a hang guard
TODAY = "2026-11-24"
# One page a month and table of the first half of a year, in the order of a backfill.
YEAR = 2025
REFRESH = ("data", "refresh", "--since", str(YEAR))
SHEETS: dict[str, Sheet] = {
    f"/{sheet.flow}-{sheet.end}.html": sheet
    for sheet in bulletins()
    if sheet.end.year == YEAR and sheet.end.number <= 6
}
NAMES = ("Jan.", "Feb.", "Mar.", "Apr.", "May.", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Nov.", "Dec.")


@asynccontextmanager
async def site() -> AsyncIterator[Server]:
    async with local.running() as server:
        for path, sheet in SHEETS.items():
            server.on(path, body(page(Random(path), sheet)))
        server.on(f"/statics/report/monthly{YEAR}.html", body(listed()))
        for name in ("monthly", "preliminary"):
            server.on(f"/statics/report/{name}.html", body(listed(empty=True)))
        server.otherwise = body(b'{"data": []}')  # UN Comtrade has nothing
        yield server


def listed(*, empty: bool = False) -> bytes:
    rows = ""
    for number, flow in ((13, "export"), (14, "import")):
        links = "".join(
            f"<a href={path}> {NAMES[sheet.end.number - 1]}</a></br>"
            for path, sheet in SHEETS.items()
            if sheet.flow == flow and not empty
        )
        title = f"（{number}）Major {flow.title()} Commodities in Quantity and Value"
        rows += f"<tr><td>{title}</td><td>{links}</td></tr>"
    return f"<table>{rows}</table>".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that knows nothing of the year but what came a year later."""
    made = tmp_path / "data"
    shutil.copytree(data_folder(), made)
    lines = (made / "figures.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{YEAR}-") or ",revised," in line]
    (made / "figures.csv").write_text("".join(kept), encoding="utf-8")
    return made


def env(site: Server, url: str, folder: Path) -> dict[str, str]:
    addresses = {"CUSTOMS_URL": site.base, "COMTRADE_URL": site.base}
    return addresses | {"DATABASE_URL": url, "ALUMINA_DATA": str(folder), "ALUMINA_TODAY": TODAY}


async def refreshed(site: Server, url: str, folder: Path) -> Run:
    return await finish(await start(*REFRESH, env=env(site, url, folder), folder=folder.parent), SECONDS)


async def exported(site: Server, url: str, folder: Path) -> list[str]:
    run = await finish(
        await start("data", "export", env=env(site, url, folder), folder=folder.parent), SECONDS
    )
    assert run.status == 0
    return sorted(run.out.splitlines())


@pytest.mark.slow  # requests are a second apart
async def test_a_backfill_that_was_killed_goes_on_and_loses_and_doubles_nothing(
    any_database: str, folder: Path
) -> None:
    async with site() as server:
        await refreshed(server, f"sqlite:///{folder.parent}/whole.sqlite3", folder)
        whole = await exported(server, f"sqlite:///{folder.parent}/whole.sqlite3", folder)
        asked = [path for path in server.paths if path in SHEETS]
        assert asked == list(dict.fromkeys(asked))
        for kill_at in (3, 4):  # twice: the second run begins where the first was killed
            server.asked.clear()
            process = await start(*REFRESH, env=env(server, any_database, folder), folder=folder.parent)
            await until(lambda count=kill_at: sum(path in SHEETS for path in server.paths) >= count)
            process.send_signal(signal.SIGSTOP)  # or it is done before the next one has begun
            second = await refreshed(server, any_database, folder)
            process.kill()  # and the lock goes with it
            await process.communicate()
        server.asked.clear()
        last = await refreshed(server, any_database, folder)
        rest = [path for path in server.paths if path in SHEETS]
        assert await exported(server, any_database, folder) == whole
    assert len(whole) > len((folder / "figures.csv").read_text(encoding="utf-8").splitlines())
    # What had been taken is not asked for again, but for the newest two of each table.
    assert len(asked) - 7 <= len(rest) <= len(asked) - 3
    assert "pages looked at" in last.out
    assert (second.status, second.out) == (1, "")
    assert "Another refresh is under way" in second.err


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not reached():  # noqa: ASYNC110  # what the server was asked is a plain list
            await asyncio.sleep(0.02)
