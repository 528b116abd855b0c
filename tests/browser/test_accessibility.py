"""The playground in a real browser: what axe-core finds, heights of messages, hostile words."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import ViewportSize, expect

from tests.browser.pages import DESK, answers, asked, kept, opened
from tests.hostile import HOSTILE

GALLERY: ViewportSize = {"width": 1500, "height": 1000}
WIDE: ViewportSize = {"width": 1100, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


async def clean(page):
    """Fails with what axe found and where."""
    results = await Axe().run(page)
    found = {
        each["id"]: [node["html"][:200] + str(node["any"])[:200] for node in each["nodes"][:3]]
        for each in results.response["violations"]
    }
    assert found == {}


async def gallery(browser, slack, viewport, scheme="light"):
    page = await opened(browser, f"{slack.url}/gallery?language=en", viewport, scheme)
    await expect(page.locator("#rooms[aria-busy=false]")).to_be_attached()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_channel_thread_modal_and_home_tab(browser, slack, scheme):
    page = await opened(browser, slack.url, PHONE, scheme)
    post = answers(page, "China's aluminium trade, July 2026")
    await expect(post).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await kept(page, f"phone-{scheme}")
    await page.set_viewport_size(DESK)
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
async def test_gallery(browser, slack, viewport, scheme):
    page = await gallery(browser, slack, viewport, scheme)
    await clean(page)
    await kept(page, f"gallery-{viewport['width']}-{scheme}")
    kinds = page.locator("#contents a")
    for place in range(await kinds.count()):
        await kinds.nth(place).click()
        await expect(kinds.nth(place)).to_have_attribute("aria-current", "page")
        assert await page.locator(".refused").count() == 0
        assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        await clean(page)


async def test_on_a_phone_a_series_is_beside_figure_and_growth(browser, slack):
    page = await opened(browser, f"{slack.url}/gallery#the-monthly-post-the-complete-month", PHONE)
    table = page.locator("#the-monthly-post-the-complete-month .phone .table").first
    frame = await table.bounding_box()
    growth = await table.get_by_role("row").nth(1).get_by_role("cell").nth(1).bounding_box()
    assert growth["x"] + growth["width"] <= frame["x"] + frame["width"]


FIGURE, MONTH, SCREEN = 260, 520, 844  # pixels, the last a phone's
POST, CHART = 900, ".chart"  # the monthly post without its chart
# What is asked for whole: everything in order, a file, every source.
LONG = {"A file for Excel", "Sources", "What is on record", "Months of a year"}
KINDS = ("Figures", "Charts", "Comparisons", "Behind the figures", "Where there is no answer")

HEIGHTS = """look => [...document.querySelectorAll(`.frame.${look} .message`)].map((node) => [
    node.closest(".exhibit").dataset.name, node.querySelector(".card").getBoundingClientRect().height])"""


async def heights(page, kind, look):
    """The height of each message of a kind, by its name."""
    link = page.locator("#contents").get_by_role("link", name=kind, exact=True)
    await link.click()
    await expect(link).to_have_attribute("aria-current", "page")
    return dict(await page.evaluate(HEIGHTS, look))


async def test_on_a_wide_screen_figure_and_month_keep_heights(browser, slack):
    page = await gallery(browser, slack, WIDE)
    await page.get_by_role("button", name="Dark", exact=True).click()
    await page.get_by_role("button", name="Phone", exact=True).click()
    found = await heights(page, "Figures", "light")
    month = found.pop("A whole month")
    assert month <= MONTH
    assert {name: height for name, height in found.items() if height > FIGURE} == {}


async def test_on_a_phone_an_answer_is_one_screen(browser, slack):
    page = await gallery(browser, slack, PHONE)
    for kind in KINDS:
        found = await heights(page, kind, "phone")
        high = {name: at for name, at in found.items() if at > SCREEN and name not in LONG}
        assert high == {}, kind


@pytest.mark.parametrize("look", ["light", "phone"])
async def test_a_post_without_a_chart_has_its_height(browser, slack, look):
    page = await gallery(browser, slack, WIDE if look == "light" else PHONE)
    await page.locator("#contents a", has_text="The monthly post").click()
    await page.locator(CHART).evaluate_all(
        "nodes => nodes.forEach((node) => { node.style.display = 'none'; })"
    )
    found = dict(await page.evaluate(HEIGHTS, look))
    assert found["The complete month"] <= POST


PAGE = (
    """<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><svg onload="window.hacked=1">"""
)
FOUND = """() => ({
    elements: document.querySelectorAll('#messages :is(script, iframe, img, object, embed, form)').length,
    handlers: [...document.querySelectorAll('#messages *')].filter(
        (each) => [...each.attributes].some((attribute) => attribute.name.startsWith('on'))).length,
    protocols: [...new Set([...document.querySelectorAll('#messages a')].map((each) => each.protocol))],
    hacked: window.hacked ?? null,
})"""


async def test_hostile_words_are_words_on_the_page(browser, slack):
    page = await opened(browser, slack.url, DESK)
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    bot = {"bot_id": "B0ALUMINA"}
    for text in (*HOSTILE, PAGE):
        whole = text.encode("utf-8", "ignore").decode() or "-"
        slack.workspace.post("C_ALUMINIUM", "U_ANA", whole)
        section = {"type": "section", "text": {"type": "mrkdwn", "text": whole}}
        slack.workspace.post("C_ALUMINIUM", "U0ALUMINA", whole, blocks=(section,), **bot)
    slack.workspace.post("C_ALUMINIUM", "U_ANA", "the last of them")
    await expect(page.locator("#messages li.message", has_text="the last of them")).to_be_visible()
    found = await page.evaluate(FOUND)
    assert (found["elements"], found["handlers"], found["hacked"]) == (0, 0, None)
    assert set(found["protocols"]) <= {"http:", "https:", "mailto:", "tel:"}
    assert failed == []
    assert await page.locator("#messages li.message").count() > 2 * len((*HOSTILE, PAGE))
