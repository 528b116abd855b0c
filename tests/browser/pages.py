"""A real browser for the tests: where it is, how wide its windows are, where its pictures are kept."""

from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import ViewportSize, async_playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
ARTEFACTS = Path(__file__).parent.parent / "artefacts"
DESK: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 800}
# Milliseconds for whatever is expected of a page, however busy the machine is.
expect.set_options(timeout=120_000)


@asynccontextmanager
async def launched():
    """A browser while the block lasts."""
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()


async def opened(browser, address, viewport, scheme="light"):
    page = await browser.new_page(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    await page.goto(address)
    return page


async def kept(page, name):
    """A picture of the page or of a part of it, among the artefacts."""
    ARTEFACTS.mkdir(exist_ok=True)
    await page.screenshot(path=ARTEFACTS / f"{name}.png")


def answers(page, words):
    """The messages of the channel that hold these words."""
    return page.locator("#messages li.message", has_text=words)


async def asked(page, text):
    """Types a message or a command into the channel and sends it."""
    await page.locator("#composer-channel").fill(text)
    await page.keyboard.press("Enter")
