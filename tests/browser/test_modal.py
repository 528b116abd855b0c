"""A channel is subscribed in a real browser: by keyboard alone, with errors in place, on a phone too."""

import re

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.playground.slack import LocalSlack
from tests.browser.pages import DESK, PHONE, kept, opened


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


async def subscribing(page: Page, channel: str = "trading-desk") -> Locator:
    """The modal of a channel that has no subscription yet, opened by typing the command."""
    await page.get_by_role("link", name=channel).click()
    box = page.locator("#composer-channel")
    await expect(page.locator("#channel-name")).to_have_text(channel)
    await box.fill("/alumina subscribe")
    await page.keyboard.press("Enter")
    modal = dialog(page)
    await expect(modal).to_be_visible()
    return modal


async def test_a_channel_is_subscribed_with_the_keyboard_alone(browser: Browser, slack: LocalSlack) -> None:
    page = await opened(browser, slack.url, DESK)
    modal = await subscribing(page)
    await expect(modal.get_by_role("radio", name="When Customs' first figures are out")).to_be_focused()
    await expect(modal).to_contain_text("Sunday 20 December 2026, 09:00 (Madrid), expected")
    await page.keyboard.press("ArrowUp")
    cron = modal.get_by_role("textbox", name="Cron")
    await expect(cron).to_have_value("0 9 * * mon")
    # The field came while the radio button had the focus, and took it from nothing.
    await expect(modal.get_by_role("radio", name="On my own schedule")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(cron).to_be_focused()
    await page.keyboard.press("Control+A")
    await page.keyboard.type("0 9 1 * *")
    await expect(modal).to_contain_text("Tuesday 1 December 2026, 09:00 (Madrid)")
    await expect(cron).to_be_focused()
    await modal.get_by_role("button", name="Subscribe").press("Enter")
    await expect(modal).to_be_hidden()
    await expect(page.locator("#composer-channel")).to_be_focused()
    told = page.locator("#channel li.message", has_text="set up in #trading-desk")
    await expect(told).to_contain_text("at the next time of 0 9 1 * * (Madrid)")


async def test_an_error_stands_beside_its_field_with_the_focus(browser: Browser, slack: LocalSlack) -> None:
    page = await opened(browser, slack.url, DESK)
    modal = await subscribing(page)
    await modal.get_by_role("radio", name="On my own schedule").check()
    cron = modal.get_by_role("textbox", name="Cron")
    await cron.fill("every day")
    await modal.get_by_role("button", name="Subscribe").click()
    await expect(modal.get_by_role("alert")).to_contain_text("A cron has five fields")
    await expect(cron).to_be_focused()
    await expect(cron).to_have_accessible_description(re.compile("A cron has five fields"))
    await expect(cron).to_have_value("every day")
    await cron.fill("0 9 * * fri")
    await modal.get_by_role("button", name="Subscribe").click()
    await expect(modal).to_be_hidden()


async def test_escape_closes_it_and_nothing_is_saved(browser: Browser, slack: LocalSlack) -> None:
    page = await opened(browser, slack.url, DESK)
    modal = await subscribing(page)
    await page.keyboard.press("Escape")
    await expect(modal).to_be_hidden()
    await expect(page.locator("#composer-channel")).to_be_focused()
    await slack.wait_for(lambda: slack.modals.shown() is None)
    await slack.settle()
    assert slack.messages("C_DESK") == []
    modal = await subscribing(page)
    await modal.get_by_role("button", name="Cancel").click()
    await expect(modal).to_be_hidden()


async def test_a_modal_outlives_a_reload(browser: Browser, slack: LocalSlack) -> None:
    page = await opened(browser, slack.url, DESK)
    await (await subscribing(page)).get_by_role("radio", name="When Customs' first figures are out").check()
    await expect(dialog(page)).to_contain_text("9 December 2026")
    await page.reload()
    await expect(
        dialog(page).get_by_role("radio", name="When Customs' first figures are out")
    ).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_phone_the_form_fills_the_screen(browser: Browser, slack: LocalSlack, scheme: str) -> None:
    page = await opened(browser, slack.url, PHONE, scheme)
    await page.locator("#back").click()
    modal = await subscribing(page)
    await modal.get_by_role("radio", name="On my own schedule").check()
    await expect(modal.get_by_role("textbox", name="Cron")).to_be_visible()
    await expect(modal.get_by_role("button", name="Subscribe")).to_be_in_viewport()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await kept(page, f"subscribe-phone-{scheme}")
