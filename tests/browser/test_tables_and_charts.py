"""Tables sort and turn their pages, charts tell their values, files can be looked into: by keyboard too."""

import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack import LocalSlack
from tests.browser.pages import DESK, opened

ROOM = "C_ALUMINIUM"
FIGURES = {"January": 180.0, "February": -5.5, "March": 90.0, "April": 520.0, "May": 90.0, "June": 1.0}


@pytest.fixture
async def bare():
    """A local Slack without the bot, for messages made by hand."""
    async with LocalSlack() as slack:
        yield slack


@pytest.fixture
def client(bare):
    return AsyncWebClient(token=bare.bot_token, base_url=bare.api_url)


def raw(text):
    return {"type": "raw_text", "text": text}


NUMBERS = [{"type": "raw_number", "value": value, "text": f"{value:g} kt"} for value in FIGURES.values()]
ROWS = [[raw("Month"), raw("Net")], *map(list, zip(map(raw, FIGURES), NUMBERS, strict=True))]
TABLE = {"type": "data_table", "caption": "Alumina", "page_size": 4, "rows": ROWS}
DATA = [{"label": name[:3], "value": kt} for name, kt in FIGURES.items()]
AXES = {"categories": [name[:3] for name in FIGURES], "y_label": "kt"}


def chart(kind):
    drawn = {"type": kind, "series": [{"name": "Net", "data": DATA}], "axis_config": AXES}
    return {"type": "data_visualization", "title": "Net trade", "chart": drawn}


async def first_column(page):
    return await page.locator(".data-table tbody th").all_text_contents()


async def test_a_table_sorts_and_pages(browser, bare, client):
    await client.chat_postMessage(channel=ROOM, text="x", blocks=[TABLE])
    page = await opened(browser, bare.url, DESK)
    net = page.get_by_role("columnheader", name="Net")
    await expect(net).to_have_attribute("aria-sort", "none")
    assert await first_column(page) == ["January", "February", "March", "April"]
    await net.get_by_role("button").press("Enter")
    await expect(net).to_have_attribute("aria-sort", "ascending")
    # March and May are equal and keep their order.
    assert await first_column(page) == ["February", "June", "March", "May"]
    await page.get_by_role("button", name="Next").press("Enter")
    assert await first_column(page) == ["January", "April"]
    await expect(page.get_by_role("button", name="Previous")).to_be_focused()
    await net.get_by_role("button").click()
    await expect(net).to_have_attribute("aria-sort", "descending")
    assert await first_column(page) == ["April", "January", "March", "May"]
    await page.get_by_role("columnheader", name="Month").get_by_role("button").click()
    assert await first_column(page) == ["April", "February", "January", "June"]


async def test_arrow_keys_read_a_chart(browser, bare, client):
    await client.chat_postMessage(channel=ROOM, text="x", blocks=[chart("line"), chart("bar")])
    page = await opened(browser, bare.url, DESK)
    plot = page.get_by_role("group", name="Net trade").first
    await plot.press("ArrowRight")
    await expect(plot.get_by_role("status")).to_have_text("Jan (kt)180")
    await plot.press("ArrowRight")
    await expect(plot.get_by_role("status")).to_have_text("Feb (kt)−5.5")
    await plot.press("End")
    await expect(plot.get_by_role("status")).to_have_text("Jun (kt)1")
    await plot.press("Escape")
    await expect(plot.get_by_role("status")).to_be_hidden()
    await page.get_by_text("Numbers").first.click()
    row = page.get_by_role("row", name="Apr").first
    await expect(row).to_contain_text("520")


async def test_a_file_can_be_looked_into(browser, bare, client):
    csv = '\ufeffperiod,note\n2024-03,"said ""about"", then more"\n2024-04,\n'.encode()
    await client.files_upload_v2(channel=ROOM, filename="alumina.csv", title="Alumina", content=csv)
    page = await opened(browser, bare.url, DESK)
    await page.get_by_role("button", name="Preview").click()
    cells = page.locator(".preview tbody tr")
    await expect(cells.first).to_contain_text('said "about", then more')
    await expect(cells).to_have_count(2)
    await expect(page.locator(".preview thead")).to_have_text("periodnote")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download").click()
    assert (await (await download.value).path()).read_bytes() == csv
