"""The playground in a real browser: the post is there, a command is answered, a reply is a follow-up."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.playground.demo import playground
from bot.playground.slack import LocalSlack
from bot.settings import Settings
from tests.browser.pages import DESK, PHONE, kept, opened


async def test_a_newcomer_reads_the_post_asks_and_follows_up(browser: Browser, slack: LocalSlack) -> None:
    page = await opened(browser, slack.url, DESK)
    channel, thread = page.locator("#channel"), page.locator("#thread")
    post = channel.locator("strong", has_text="China's aluminium trade, July 2026")
    await expect(post).to_be_visible()
    await expect(channel.get_by_text("Alumina imports rose ~191 % on the year")).to_be_visible()

    await channel.get_by_label("Message #aluminium").fill("/alumina march")
    await page.keyboard.press("Enter")
    answer = channel.locator("li.message", has_text="China's aluminium trade, March 2026")
    await expect(answer).to_be_visible()
    await expect(answer).to_contain_text("@Ana Ruiz asked: march")
    await expect(answer.get_by_role("row", name="Alumina exports")).to_contain_text("210")

    await answer.get_by_role("button", name="Reply in thread").click()
    await thread.locator("#composer-thread").fill("and february?")
    await page.keyboard.press("Enter")
    reply = thread.locator("li.message", has_text="China's aluminium trade, February 2026")
    await expect(reply).to_be_visible()
    # Bauxite of February 2026 as printed: 16.95 Mt, +18.1 %
    await expect(reply.get_by_role("row", name="Bauxite imports")).to_contain_text("16,950")
    await kept(page, "playground")


async def test_as_time_goes_on_the_next_edition_appears_and_its_thread_is_answered(
    browser: Browser, tmp_path: Path
) -> None:
    async with playground(Settings.from_env({}), 0, tmp_path) as slack:
        page = await opened(browser, slack.url, DESK)
        channel, thread = page.locator("#channel"), page.locator("#thread")
        await expect(channel.get_by_text("Here it is 19 August 2026")).to_be_visible()
        june = channel.locator("strong", has_text="China's aluminium trade, June 2026")
        await expect(june).to_be_visible()
        await channel.get_by_role("button", name="Next release: 20 August").click()
        await expect(channel.get_by_text("Here it is 20 August 2026")).to_be_visible()
        edition = channel.locator("li.message", has_text="China's aluminium trade, July 2026")
        await expect(edition).to_be_visible()
        await edition.get_by_role("button", name="Reply in thread").click()
        await thread.locator("#composer-thread").fill("and bauxite a year ago?")
        await page.keyboard.press("Enter")
        # Bauxite imports of July 2025 as printed: 20.06 Mt
        await expect(thread.locator("li.message", has_text="Bauxite imports, July 2025")).to_contain_text(
            "20.06 Mt"
        )
        await kept(page, "next-edition")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_phone_all_fits_the_screen(browser: Browser, slack: LocalSlack, scheme: str) -> None:
    page = await opened(browser, slack.url, PHONE, scheme)
    post = page.locator("#channel").locator("strong", has_text="China's aluminium trade, July 2026")
    await expect(post).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await kept(page, f"phone-{scheme}")
