"""Takes the pictures of README.md and docs/: `make pictures`. They show the record as it ships."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import expect

from bot.playground.demo import playground
from bot.settings import Settings
from tests.browser.pages import DESK, answers, asked, launched
from tools.pictures.animation import ANIMATED, SIZE, filmed

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SETTINGS = {"ALUMINA_TODAY": "2026-11-24"}
WIDE, HIGH = 1500, 1000


# A specimen in one of its looks; down to its first part of a kind, or one part of it alone.
PICTURES = (
    ("figure-light", "figures-one-figure", "light", "", ""),
    ("figure-dark", "figures-one-figure", "dark", "", ""),
    ("months-light", "charts-thirteen-months", "light", ".chart", ""),
    ("season-dark", "charts-the-season-year-by-year", "dark", ".chart", ""),
    ("net-light", "charts-below-zero-net-trade", "light", ".chart", ""),
    ("post-phone", "the-monthly-post-the-complete-month", "phone", "", ""),
    ("file-light", "behind-the-figures-a-file-for-excel", "light", "", ".file"),
    ("how-light", "modals-how-a-derived-figure-was-computed", "light", "", ""),
    ("home-dark", "the-app-s-own-place-home", "dark", "", ""),
)
# Ends the frame below its first such part.
SHORTENED = """(node, until) => {
    const end = node.querySelector(until).getBoundingClientRect().bottom;
    node.style.height = `${end - node.getBoundingClientRect().top + 9}px`;
}"""


async def take_all():
    """Takes every picture anew."""
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        async with playground(Settings.from_env(SETTINGS), 0, Path(folder)) as slack, launched() as browser:
            page = await _page(browser, slack.url, "light", SIZE["width"], SIZE["height"], scale=1)
            (IMAGES / f"{ANIMATED}.png").write_bytes(await filmed(page))
            for scheme in ("light", "dark"):
                await _workspace(browser, slack.url, scheme)
            await _gallery(browser, slack.url)


async def _workspace(browser, address, scheme):
    """A channel with the monthly post and an answer, and a follow-up in its thread."""
    page = await _page(browser, address, scheme, DESK["width"], DESK["height"])
    await expect(answers(page, "China's aluminium trade, July 2026")).to_be_visible()
    await page.get_by_role("button", name="Hide this hint").click()
    if scheme == "light":  # the dark picture finds the answer there
        await asked(page, "/alumina alumina exports last 13 months")
    answer = answers(page, "Alumina exports, Jul 2025–Jul 2026")
    await expect(answer.locator(".chart svg")).to_be_visible()
    await answer.get_by_role("button", name="Reply in thread").click()
    thread = page.locator("#thread")
    if scheme == "light":
        await thread.locator("#composer-thread").fill("and in june 2026?")
        await page.keyboard.press("Enter")
    reply = thread.locator("li.message", has_text="Alumina exports, June 2026").last
    await expect(reply).to_be_visible()
    await answer.evaluate("node => node.scrollIntoView({ block: 'start' })")
    await reply.evaluate("node => node.scrollIntoView({ block: 'start' })")
    await _written(page, f"playground-{scheme}")


async def _gallery(browser, address):
    page = await _page(browser, f"{address}/gallery", "light", WIDE, HIGH)
    await expect(page.locator("#rooms[aria-busy=false]")).to_be_attached()
    await _written(page, "gallery")
    await page.set_viewport_size({"width": WIDE, "height": 2 * HIGH})  # the highest specimen is in it
    # What stays in sight would lie over the pictures.
    await page.locator("#contents").evaluate("node => { node.style.position = 'static'; }")
    for name, exhibit, look, until, part in PICTURES:
        await page.evaluate("id => { location.hash = id; }", exhibit)
        if part == ".file":
            await page.locator(".light").get_by_role("button", name="Preview").click()
            await expect(page.locator(".light .preview")).to_be_visible()
        glass = page.locator(f"#{exhibit} .{look} .glass")
        if until:
            await glass.evaluate(SHORTENED, until)
        shown = glass.locator(part) if part else glass
        await page.mouse.move(0, 0)
        await shown.screenshot(path=IMAGES / f"{name}.png")


async def _page(browser, address, scheme, width, height, *, scale=1.5):
    page = await browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        device_scale_factor=scale,
        locale="en-GB",
        timezone_id="Asia/Shanghai",
    )
    await page.goto(address)
    return page


async def _written(page, name):
    await page.mouse.move(0, 0)
    await page.wait_for_timeout(300)  # a scroll ends
    await page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(take_all())
