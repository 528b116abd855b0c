"""A refresh from a site on this machine into the table."""

import asyncio
import shutil
import signal
from datetime import date

import httpx
import pytest

from bot.commands.data import refresh
from bot.dataset.calendar import Month, Period
from bot.dataset.data_files import data_folder
from bot.dataset.model import Series
from bot.errors import UsageError
from bot.settings import Settings
from bot.store.engine import store
from bot.store.figures import Figures
from bot.supply.take import BusyError, Depot, refresh_lock, refreshed
from bot.supply.watch import Watch
from tests.commandline import SECONDS, alumina, start
from tests.databases import sqlite_at
from tests.dataset.rows import figure_of
from tests.sources import server as local
from tests.sources.conftest import saved
from tests.sources.server import body, hasty, status, unless_known
from tests.sources.test_refresh import CAPTCHA, listed
from tests.supply.conftest import ALUMINA as AUGUST
from tests.supply.conftest import settings

JULY, ALUMINA = Period.month(Month(2026, 7)), Series("alumina", "export")
DAY = date(2026, 8, 18)


@pytest.fixture
async def site():
    """The site on the day of July's bulletin; UN Comtrade beside it has nothing."""
    async with local.running() as site:
        site.on("/statics/report/monthly.html", listed({"/e07.html": "Jul."}, {"/i07.html": "Jul."}))
        site.on("/statics/report/preliminary.html", body(b"<ul><li>Preliminary Release</li></ul>"))
        site.on("/e07.html", unless_known(saved("bulletin-export-2026-07.html"), '"e7"'))
        site.on("/i07.html", unless_known(saved("bulletin-import-2026-07.html"), '"i7"'))
        yield site


def chosen(url, site):
    return settings(url, CUSTOMS_URL=site.base, COMTRADE_URL=site.base)


async def run(chosen, depot):
    async with httpx.AsyncClient() as client:
        fetcher = hasty(client)
        return [report async for report in refreshed(chosen, depot, chosen.now, fetcher=fetcher)]


async def test_new_pages_are_taken_and_asked_for_again_only_if_they_have_changed(any_database, site, august):
    async with store(chosen(any_database, site)) as engine:
        depot = Depot(august, Figures(engine), DAY)
        assert august.as_of(DAY).figure(ALUMINA, JULY) is None
        first = await run(chosen(any_database, site), depot)
        assert sum(bool(report.intake) for report in first) == 2
        # Customs' page of 18 August 2026, and figures.csv: 300,000 t.
        figure = figure_of((await depot.dataset()), ALUMINA, JULY)
        assert (figure.value, figure.status) == (300_000, "bulletin")
        again = await run(chosen(any_database, site), depot)
    assert not any(report.intake for report in again)
    assert sum(report.what == "unchanged" for report in again) == 2


async def test_one_at_a_time_a_backfill_goes_on(any_database, site, august):
    settings = chosen(any_database, site)
    async with store(settings) as engine, store(settings) as other, httpx.AsyncClient() as client:
        depot, fetcher = Depot(august, Figures(engine), DAY), hasty(client)
        first = refreshed(settings, depot, settings.now, since=2026, fetcher=fetcher)
        while not (await anext(first)).intake:
            pass
        with pytest.raises(BusyError, match="Another refresh is under way"):
            await run(settings, Depot(august, Figures(other), DAY))
        await first.aclose()  # and the lock goes with it
        for taken in (1, 0):
            again = refreshed(settings, depot, settings.now, since=2026, fetcher=fetcher)
            assert sum([bool(report.intake) async for report in again]) == taken


async def test_beside_a_refresh_an_import_brings_nothing_and_says_so(tmp_path, csv):
    url = sqlite_at(tmp_path / "figures.sqlite3")
    env = {"DATABASE_URL": url, "ALUMINA_TODAY": "2026-11-24"}
    async with store(settings(url)) as engine, refresh_lock(settings(url), engine):
        said = await alumina("data", "import", str(csv(AUGUST)), env=env, folder=tmp_path)
        assert (said.status, await Figures(engine).version()) == (1, 0)
    assert "Another refresh is under way" in said.err


async def test_a_closed_site_leaves_all_figures_as_is(tmp_path, site, august):
    settings = chosen(sqlite_at(tmp_path / "figures.sqlite3"), site)
    async with store(settings) as engine:
        depot = Depot(august, Figures(engine), DAY)
        for wall in (status(412), status(500), CAPTCHA, status(302, "Location: /e07.html")):
            for path in ("/e07.html", "/i07.html"):
                site.on(path, wall)
            found = await run(settings, depot)
            assert [report for report in found if report.what == "failed"]
            assert await depot.figures.version() == 0


async def test_the_command_says_what_came_and_what_failed(site, tmp_path):
    site.on("/i07.html", status(403))
    site.otherwise = body(b'{"data": []}')  # UN Comtrade has nothing
    env = {"CUSTOMS_URL": site.base, "COMTRADE_URL": site.base, "ALUMINA_TODAY": "2026-08-18"}
    done = await alumina("data", "refresh", env=env, folder=tmp_path)
    assert done.status == 1
    assert "Monthly bulletin, major export commodities in quantity and value, July 2026" in done.out
    assert "alumina data import FILE" in done.out
    assert "UN Comtrade has no figures of August 2023." in done.out
    again = await alumina("data", "refresh", env=env, folder=tmp_path)
    assert f"{site.base}/e07.html: as it was when it was read before." in again.out
    with pytest.raises(UsageError, match="from 2018 on"):
        await refresh(Settings.from_env(env), since=1999)


@pytest.mark.slow  # requests are a second apart
async def test_a_killed_process_loses_nothing(any_database, site, tmp_path):
    site.otherwise = body(b'{"data": []}')  # UN Comtrade has nothing
    folder = shutil.copytree(data_folder(), tmp_path / "data")
    lines = (folder / "figures.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("2026-07", "2026-08"))]
    (folder / "figures.csv").write_text("".join(kept), encoding="utf-8")
    env = {"CUSTOMS_URL": site.base, "COMTRADE_URL": site.base, "ALUMINA_TODAY": "2026-11-24"}
    env |= {"ALUMINA_DATA": str(folder)}
    whole, killed = (
        env | {"DATABASE_URL": f"sqlite:///{tmp_path}/whole"},
        env | {"DATABASE_URL": any_database},
    )
    await alumina("data", "refresh", env=whole, folder=tmp_path)
    site.asked.clear()
    process = await start("data", "refresh", env=killed, folder=tmp_path)
    async with asyncio.timeout(SECONDS):
        while "/i07.html" not in site.paths:  # noqa: ASYNC110  # what the server was asked is a plain list
            await asyncio.sleep(0.02)
    process.send_signal(signal.SIGSTOP)  # or it is done before the next one has begun
    second = await alumina("data", "refresh", env=killed, folder=tmp_path)
    assert (second.status, second.out) == (1, "")
    assert "Another refresh is under way" in second.err
    process.kill()  # and the lock goes with it
    await process.communicate()
    last = await alumina("data", "refresh", env=killed, folder=tmp_path)
    assert "pages looked at" in last.out
    exports = [await alumina("data", "export", env=each, folder=tmp_path) for each in (whole, killed)]
    assert len({each.out for each in exports}) == 1
    assert "china-customs-bulletin-export-2026-07" in exports[0].out


async def test_a_process_refreshes_and_serves_what_came(tmp_path, site, august):
    settings = chosen(sqlite_at(tmp_path / "figures.sqlite3"), site).model_copy(update={"alumina_today": DAY})
    async with store(settings) as engine:
        watch = Watch(august, Figures(engine), settings)
        await watch.refresh()
        assert august.as_of(DAY).figure(ALUMINA, JULY) is None
        assert august.as_of(DAY).on(DAY).figure(ALUMINA, JULY) is not None
        site.asked.clear()
        await watch.refresh()  # it has just looked
        assert site.asked == []


async def test_the_next_may_begin_at_once_whatever_ends_the_one_before(any_database):
    chosen = settings(any_database)
    async with store(chosen) as engine:
        for _ in range(3):
            with pytest.raises(RuntimeError, match="broken off"):
                await broken_off(chosen, engine)


async def broken_off(chosen, engine):
    async with refresh_lock(chosen, engine):
        with pytest.raises(BusyError):
            await refresh_lock(chosen, engine).__aenter__()
        raise RuntimeError("broken off")
