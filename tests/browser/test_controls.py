"""What stands below an answer is pressed in a real browser, by pointer and by keyboard."""

from playwright.async_api import Browser, Page, expect

from bot.playground.slack import LocalSlack
from tests.browser.pages import DESK, answers, asked, kept, opened

MARCH = "Alumina exports, March 2024"


async def answered(browser: Browser, slack: LocalSlack) -> Page:
    page = await opened(browser, slack.url, DESK)
    await asked(page, "/alumina alumina exports march 2024")
    # As printed: 140,000 t in steps of 10,000
    await expect(answers(page, MARCH)).to_contain_text("169.6")
    return page


async def test_a_next_question_is_one_press_away(browser: Browser, slack: LocalSlack) -> None:
    page = await opened(browser, slack.url, DESK)
    await asked(page, "/alumina alumina exports 2012")
    refused = answers(page, "asked: alumina exports 2012")
    await refused.get_by_role("button", name="alumina exports 2018").press("Enter")
    await expect(answers(page, "asked: alumina exports 2018")).to_be_visible()


async def test_how_it_was_computed_opens_and_closes_by_keyboard(browser: Browser, slack: LocalSlack) -> None:
    page = await answered(browser, slack)
    how = answers(page, MARCH).get_by_role("button", name="Details")
    await how.press("Enter")
    dialog = page.get_by_role("dialog", name="Details")
    await expect(dialog).to_contain_text("140 kt")
    await kept(page, "how")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(how).to_be_focused()


async def test_a_message_is_taken_as_a_question(browser: Browser, slack: LocalSlack) -> None:
    page = await opened(browser, slack.url, DESK)
    await asked(page, "I wonder about bauxite imports june 2026")
    said = answers(page, "I wonder about bauxite")
    await said.hover()
    await said.get_by_role("button", name="Ask Alumina about this").click()
    thread = page.locator("#thread")
    await said.get_by_role("button", name="1 reply").click()
    # Bauxite imports of June 2026 as printed: 20.32 Mt
    await expect(thread).to_contain_text("20.32 Mt")


async def test_the_home_tab_shows_the_newest_month_and_asks(browser: Browser, slack: LocalSlack) -> None:
    page = await opened(browser, slack.url, DESK)
    await page.get_by_role("link", name="Alumina", exact=True).click()
    await page.get_by_role("link", name="Home", exact=True).click()
    home = page.get_by_role("region", name="Home")
    await expect(home).to_contain_text("July 2026, and its change on the year")
    await kept(page, "home")
    await home.get_by_role("button", name="Aluminium exports, 13 months").click()
    await page.get_by_role("link", name="Messages", exact=True).click()
    await expect(answers(page, "Aug 2025–Aug 2026")).to_be_visible()


async def test_a_channel_is_subscribed_with_the_keyboard_alone(browser: Browser, slack: LocalSlack) -> None:
    page = await opened(browser, slack.url, DESK)
    await page.get_by_role("link", name="trading-desk").click()
    await expect(page.locator("#channel-name")).to_have_text("trading-desk")
    await asked(page, "/alumina subscribe")
    modal = page.get_by_role("dialog")
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
