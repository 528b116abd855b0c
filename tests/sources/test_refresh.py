"""A refresh against a server on this machine: it ends with a clear report, and gives nothing half-read."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.settings import Settings
from bot.sources import Validators
from bot.sources.fetcher import web_client
from bot.sources.refreshes import Plan, refresh_customs
from tests.sources.conftest import saved
from tests.sources.server import body, endless, hasty, raw, silent, slow, status, unless_known

from . import server as local

CAPTCHA = body(b"<html>captcha</html>")
MONTHLY, FLASH = "/statics/report/monthly.html", "/statics/report/preliminary.html"
EXPORT, IMPORT = "/statics/e07.html", "/statics/i07.html"

TABLE = """<table><tr><td>（13）Major Export Commodities in Quantity and Value</td><td>{exports}</td></tr>
<tr><td>（14）Major Import Commodities in Quantity and Value</td><td>{imports}</td></tr></table>"""


def listed(exports, imports=None):
    def links(found):
        return "</br>".join(f"<a href={path} target=_blank> {label}</a>" for path, label in found.items())

    return body(TABLE.format(exports=links(exports), imports=links(imports or {})).encode())


@pytest.fixture
async def server():
    """The site as of August 2026: July's bulletin and May's flash."""
    async with local.running() as site:
        site.on(MONTHLY, listed({EXPORT: "Jul."}, {IMPORT: "Jul."}))
        site.on(EXPORT, unless_known(saved("bulletin-export-2026-07.html"), '"e7"'))
        site.on(IMPORT, unless_known(saved("bulletin-import-2026-07.html"), '"i7"'))
        site.on(FLASH, body(saved("preliminary.html")))
        site.on("/statics/f05.html", unless_known(saved("flash-export-2026-05.html"), '"f5"'))
        yield site


@pytest.fixture(scope="module")
def august(record):
    """What was on record on the day before July's bulletin."""
    return record.as_of(date(2026, 8, 17))


async def outcomes(server, known, *, seconds=10.0, **changes):
    site = Settings(customs_url=server.base)
    plan = replace(Plan(lambda: known, site), **changes)  # type: ignore[arg-type]
    async with web_client() as client, asyncio.timeout(60):
        return [outcome async for outcome in refresh_customs(hasty(client, seconds=seconds), plan)]


def paths(found, kind):
    return ["/" + each.address.split("/", 3)[3] for each in found if each.what == kind]


async def test_new_pages_are_read_and_unchanged_ones_not_sent_again(server, august):
    told: list[tuple[int, int, str]] = []
    found = await outcomes(server, august, progress=lambda *step: told.append(step))
    assert paths(found, "read") == ["/statics/f05.html", EXPORT, IMPORT]
    assert [len(each.parcel.rows) for each in found if each.parcel] == [6, 8, 8]
    assert (told[0], told[-1]) == ((0, 3, "flash, export, 2026-05"), (3, 3, ""))
    seen = {each.address: each.validators for each in found if each.parcel}
    again = await outcomes(server, august, seen=seen | {f"{server.base}{EXPORT}": Validators('"old"')})
    assert paths(again, "unchanged") == ["/statics/f05.html", IMPORT]
    assert paths(again, "read") == [EXPORT]  # it was exchanged


async def test_a_backfill_asks_for_every_year_from_where_it_ended(server, august):
    server.on("/statics/report/monthly2022.html", listed({"/statics/e2201.html": "Jan."}))
    server.on("/statics/e2201.html", body(saved("bulletin-export-2022-01.html")))
    server.on("/odd.html", body(b"<html><table><tr><td>Quantity</td></tr></table></html>"))
    server.on("/statics/report/monthly2023.html", listed({"/odd.html": "Jun.", "/gone.html": "Jul."}))
    for year in (2024, 2025):
        server.on(f"/statics/report/monthly{year}.html", listed({}))
    found = await outcomes(server, august, since=2022)
    assert paths(found, "failed") == ["/odd.html", "/gone.html"]  # it does not end at what it cannot read
    assert paths(found, "read") == ["/statics/e2201.html", "/statics/f05.html", EXPORT, IMPORT]
    seen = {each.address: each.validators for each in found if each.parcel}
    again = await outcomes(server, august, since=2022, seen=seen)
    assert paths(again, "failed") == ["/odd.html", "/gone.html"]
    assert "/statics/e2201.html" not in paths(again, "read")


async def test_a_page_of_another_month_than_its_list_says_is_refused(server, august):
    server.on(MONTHLY, listed({EXPORT: "Jun."}, {EXPORT: "Jul."}))
    found = await outcomes(server, august)
    first, second = (each.why for each in found if each.what == "failed")
    assert "the list says bulletin, export, month 6, the page calls itself" in first
    assert "the list says bulletin, import, month 7, the page calls itself" in second


@pytest.mark.parametrize("answer", [status(403), status(412), CAPTCHA, status(302, f"Location: {MONTHLY}")])
async def test_a_wall_ends_it_and_says_what_to_save(answer, server, august):
    server.on(MONTHLY, answer)
    found = await outcomes(server, august)
    assert [each.what for each in found] == ["failed"]
    assert "Major Import Commodities in Quantity and Value' of June 2026" in found[0].why
    assert "alumina data import FILE" in found[0].why
    assert set(server.paths) == {MONTHLY}


@pytest.mark.parametrize(
    ("answer", "seconds", "said"),
    [(status(412), 10, "the site keeps programs out"), (silent, 0.5, "the time was over")],
)
async def test_what_ends_the_asking_says_how_many_pages_are_left_for_the_next_run(
    answer, seconds, said, server, august
):
    server.on("/statics/f05.html", answer)
    found = await outcomes(server, august, seconds=seconds)
    assert [each.what for each in found] == ["failed", "failed"]
    assert found[0].address.endswith("/statics/f05.html")
    assert found[-1].what == "failed"
    assert f"2 more pages were not asked for: {said}. Run it again" in found[-1].why


@pytest.mark.parametrize(
    "answer",
    [status(500), status(429), raw(b""), slow(0.02), silent, endless, status(304), body(b"", length=10**9)],
)
async def test_whatever_is_served_it_reports(answer, server, august):
    for path in (MONTHLY, FLASH, EXPORT, IMPORT):
        server.on(path, answer)
    found = await outcomes(server, august, seconds=1.0)
    assert found
    assert all(each.what == "failed" for each in found)


async def test_three_failures_in_a_row_are_enough(server, august):
    server.on(MONTHLY, listed({f"/{month}.html": str(month) for month in range(1, 8)}))
    found = await outcomes(server, august, since=2026)
    assert [path for path in server.paths if path.count("/") == 1] == ["/1.html", "/2.html", "/3.html"]
    assert found[-1].what == "failed"
    assert "5 more pages were not asked for: it failed too often" in found[-1].why
