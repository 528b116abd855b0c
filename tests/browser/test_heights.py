"""How high messages stand in the gallery, on a wide screen and on a phone: one answer a screen."""

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.playground.slack import LocalSlack
from tests.browser.pages import opened

WIDE: ViewportSize = {"width": 1100, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
FIGURE, MONTH, SCREEN = 260, 520, 844  # pixels, the last a phone's
POST, CHART = 900, ".chart"  # the monthly post without its chart
# What is asked for whole: everything in order, a file, every source.
LONG = {"A file for Excel", "Sources", "What is on record", "Months of a year"}
KINDS = ("Figures", "Charts", "Comparisons", "Behind the figures", "Where there is no answer")

HEIGHTS = """look => [...document.querySelectorAll(`.frame.${look} .message`)].map((node) => [
    node.closest(".exhibit").dataset.name, node.querySelector(".card").getBoundingClientRect().height])"""


async def heights(page: Page, kind: str, look: str) -> dict[str, float]:
    """The height of each message of a kind, by its name."""
    link = page.locator("#contents").get_by_role("link", name=kind, exact=True)
    await link.click()
    await expect(link).to_have_attribute("aria-current", "page")
    return dict(await page.evaluate(HEIGHTS, look))


async def gallery(browser: Browser, slack: LocalSlack, viewport: ViewportSize, language: str) -> Page:
    page = await opened(browser, f"{slack.url}/gallery?language={language}", viewport)
    await expect(page.locator("#rooms[aria-busy=false]")).to_be_attached()
    return page


async def test_on_a_wide_screen_figure_and_month_keep_heights(browser: Browser, slack: LocalSlack) -> None:
    page = await gallery(browser, slack, WIDE, "en")
    await page.get_by_role("button", name="Dark", exact=True).click()
    await page.get_by_role("button", name="Phone", exact=True).click()
    found = await heights(page, "Figures", "light")
    month = found.pop("A whole month")
    assert month <= MONTH
    assert {name: height for name, height in found.items() if height > FIGURE} == {}


async def test_on_a_phone_an_answer_is_one_screen(browser: Browser, slack: LocalSlack) -> None:
    page = await gallery(browser, slack, PHONE, "en")
    for kind in KINDS:
        found = await heights(page, kind, "phone")
        high = {name: at for name, at in found.items() if at > SCREEN and name not in LONG}
        assert high == {}, kind


@pytest.mark.parametrize("look", ["light", "phone"])
async def test_the_monthly_post_without_its_chart_keeps_its_height(
    browser: Browser, slack: LocalSlack, look: str
) -> None:
    page = await gallery(browser, slack, WIDE if look == "light" else PHONE, "en")
    await page.locator("#contents a", has_text="The monthly post").click()
    await page.locator(CHART).evaluate_all(
        "nodes => nodes.forEach((node) => { node.style.display = 'none'; })"
    )
    found = dict(await page.evaluate(HEIGHTS, look))
    assert found["The complete month"] <= POST
