"""axe-core finds nothing to say against any page of the playground, in light, in dark, on a phone."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bot.playground.slack import LocalSlack
from tests.browser.pages import DESK, PHONE, answers, asked, kept, opened

GALLERY: dict[str, int] = {"width": 1500, "height": 1000}


async def clean(page: Page) -> None:
    """Fails with what axe found and where."""
    results = await Axe().run(page)
    found = {
        each["id"]: [node["html"][:200] + str(node["any"])[:200] for node in each["nodes"][:3]]
        for each in results.response["violations"]
    }
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_channel_thread_modal_and_home_tab(browser: Browser, slack: LocalSlack, scheme: str) -> None:
    page = await opened(browser, slack.url, DESK, scheme)
    post = answers(page, "China's aluminium trade, July 2026")
    await expect(post).to_be_visible()
    await asked(page, "/alumina alumina exports last 13 months")
    await expect(answers(page, "Alumina exports, Jul 2025–Jul 2026")).to_be_visible()
    await post.get_by_role("button", name="Reply in thread").click()
    await clean(page)
    await page.get_by_role("button", name="Close the thread").click()
    await asked(page, "/alumina subscribe")
    await expect(page.get_by_role("dialog", name="Monthly post")).to_be_visible()
    await clean(page)
    await page.keyboard.press("Escape")
    await page.get_by_role("link", name="Alumina", exact=True).click()
    await page.get_by_role("link", name="Home", exact=True).click()
    await expect(page.get_by_role("region", name="Home")).to_contain_text("Next releases")
    await clean(page)


@pytest.mark.parametrize(("viewport", "scheme"), [(GALLERY, "light"), (GALLERY, "dark"), (PHONE, "dark")])
async def test_the_gallery(
    browser: Browser, slack: LocalSlack, viewport: dict[str, int], scheme: str
) -> None:
    page = await opened(browser, f"{slack.url}/gallery", viewport, scheme)  # type: ignore[arg-type]
    await expect(page.locator("#rooms[aria-busy=false]")).to_be_attached()
    await clean(page)
    await kept(page, f"gallery-{viewport['width']}-{scheme}")
    kinds = page.locator("#contents a")
    for place in range(await kinds.count()):
        await kinds.nth(place).click()
        await expect(kinds.nth(place)).to_have_attribute("aria-current", "page")
        assert await page.locator(".refused").count() == 0
        assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        await clean(page)


async def test_on_a_phone_a_series_is_beside_figure_and_growth(browser: Browser, slack: LocalSlack) -> None:
    page = await opened(browser, f"{slack.url}/gallery#the-monthly-post-the-complete-month", PHONE)
    table = page.locator("#the-monthly-post-the-complete-month .phone .table").first
    frame = await table.bounding_box()
    growth = await table.get_by_role("row").nth(1).get_by_role("cell").nth(1).bounding_box()
    assert growth["x"] + growth["width"] <= frame["x"] + frame["width"]
