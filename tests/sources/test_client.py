"""Fetching from a server that misbehaves: an error with its reason, in the end always an end."""

import asyncio
import gzip

import httpx
import pytest

from bot.errors import FetchError
from bot.sources import Validators
from bot.sources.fetcher import Fetcher, web_client
from tests.sources.server import body, endless, hasty, raw, slow, status, unless_known
from tests.tables import tables

from . import server as local

STATUSES = tables("sources/cases.yaml")["statuses"]
PAGE = b"<html><table><tr><td>7</td></tr></table></html>"
CAPTCHA = b"<html><body>Please complete the captcha to go on</body></html>"


@pytest.fixture
async def server():
    async with local.running() as running:
        yield running


@pytest.fixture
async def fetcher():
    async with web_client() as client:
        yield hasty(client, attempts=3)


async def test_a_page_comes_with_what_to_ask_it_again_by(server, fetcher):
    server.on("/page", body(PAGE, 'ETag: "a1"', "Last-Modified: Tue, 18 Aug 2026 02:00:00 GMT"))
    server.on("/tagged", unless_known(PAGE, '"a1"'))
    found = await fetcher.get(f"{server.base}/page")
    assert found == (PAGE, Validators('"a1"', "Tue, 18 Aug 2026 02:00:00 GMT"))
    assert server.asked[0].headers["user-agent"].startswith("alumina/")
    assert await fetcher.get(f"{server.base}/tagged", found[1]) is None  # it has not changed


@pytest.mark.parametrize(
    "answers",
    [
        [status(500), status(500), body(PAGE)],
        [status(503), status(429), body(PAGE)],
        [raw(b""), raw(b"HTTP/1.1 garbage"), body(PAGE)],
        [body(PAGE[:9], length=len(PAGE)), body(PAGE)],  # it breaks off
        [body(gzip.compress(PAGE), "Content-Encoding: gzip")],  # packed though that was not asked for
    ],
)
async def test_what_passes_is_tried_again(answers, server, fetcher):
    server.on("/page", *answers)
    found = await fetcher.get(f"{server.base}/page")
    assert (found[0], len(server.asked)) == (PAGE, len(answers))


@pytest.mark.parametrize(
    ("answer", "said", "asked", "by_hand"),
    [
        *((status(code, *filter(None, [header])), *rest) for code, header, *rest in STATUSES),
        (body(CAPTCHA), "asks whether a person is reading", 1, True),
        (body(b"no gzip", "Content-Encoding: gzip"), "damaged", 3, False),
        (endless, "larger than 20 MB", 1, False),
        (body(gzip.compress(b"0" * 30_000_000), "Content-Encoding: gzip"), "larger than 20 MB", 1, False),
        (body(PAGE, "Content-Encoding: gzip, gzip"), "packed more than once", 1, False),
    ],
)
async def test_what_does_not_pass_is_one_error(answer, said, asked, by_hand, server, fetcher):
    server.on("/page", answer)
    with pytest.raises(FetchError) as failed:
        await asyncio.wait_for(fetcher.get(f"{server.base}/page"), 30)
    assert said in str(failed.value)
    assert (len(server.asked), failed.value.by_hand) == (asked, by_hand)
    assert ("alumina data import" in str(failed.value)) == by_hand


@pytest.mark.parametrize("answer", [slow(0.05), local.silent])
async def test_a_server_that_never_ends_is_left(answer, server, fetcher):
    server.on("/page", answer)
    brief = Fetcher(fetcher.client, page_seconds=0.3, between_seconds=0.0)
    with pytest.raises(FetchError, match=r"no whole answer within 0\.3 seconds"):
        await asyncio.wait_for(brief.get(f"{server.base}/page"), 30)


async def test_nobody_at_the_address_and_what_is_none_are_one_error(fetcher):
    for address, said in {
        "http://127.0.0.1:9/page": r"the connection failed \(ConnectError\), after 3 attempts",
        **dict.fromkeys(("ftp://127.0.0.1/page", "http://[::1", "page.html"), "no web address"),
    }.items():
        with pytest.raises(FetchError, match=said):
            await fetcher.get(address)


async def test_between_two_requests_there_is_a_rest(monkeypatch):
    rests: list[float] = []

    async def noted(seconds):
        rests.append(seconds)

    def answer(request):
        return httpx.Response(200, content=PAGE)

    monkeypatch.setattr("bot.sources.fetcher.asyncio.sleep", noted)
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        fetcher = Fetcher(client, between_seconds=60)
        await asyncio.gather(fetcher.get("http://site.example/1"), fetcher.get("http://site.example/2"))
    assert rests[0] == 0
    assert rests[1] > 0
