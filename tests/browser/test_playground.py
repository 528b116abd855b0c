"""The playground in a real browser: asking, following up, pressing, filling in forms."""

from playwright.async_api import expect

from bot.playground.demo import playground
from bot.settings import Settings
from tests.browser.pages import DESK, answers, asked, kept, opened


async def test_a_newcomer_reads_the_post_asks_and_follows_up(browser, slack):
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


async def test_as_time_goes_on_the_next_edition_appears_and_its_thread_is_answered(browser, tmp_path):
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


MARCH = "Alumina exports, March 2024"


async def test_a_next_question_is_one_press_away_and_details_open_by_keyboard(browser, slack):
    page = await opened(browser, slack.url, DESK)
    await asked(page, "/alumina alumina exports 2012")
    refused = answers(page, "asked: alumina exports 2012")
    await refused.get_by_role("button", name="alumina exports 2018").press("Enter")
    await expect(answers(page, "asked: alumina exports 2018")).to_be_visible()
    await asked(page, "/alumina alumina exports march 2024")
    # As printed: 140,000 t in steps of 10,000
    await expect(answers(page, MARCH)).to_contain_text("169.6")
    how = answers(page, MARCH).get_by_role("button", name="Details")
    await how.press("Enter")
    dialog = page.get_by_role("dialog", name="Details")
    await expect(dialog).to_contain_text("140 kt")
    await kept(page, "how")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(how).to_be_focused()


async def test_a_message_is_taken_as_a_question(browser, slack):
    page = await opened(browser, slack.url, DESK)
    await asked(page, "I wonder about bauxite imports june 2026")
    said = answers(page, "I wonder about bauxite")
    await said.hover()
    await said.get_by_role("button", name="Ask Alumina about this").click()
    thread = page.locator("#thread")
    await said.get_by_role("button", name="1 reply").click()
    # Bauxite imports of June 2026 as printed: 20.32 Mt
    await expect(thread).to_contain_text("20.32 Mt")


async def test_the_home_tab_shows_the_newest_month_and_asks(browser, slack):
    page = await opened(browser, slack.url, DESK)
    await page.get_by_role("link", name="Alumina", exact=True).click()
    await page.get_by_role("link", name="Home", exact=True).click()
    home = page.get_by_role("region", name="Home")
    await expect(home).to_contain_text("July 2026, and its change on the year")
    await kept(page, "home")
    await home.get_by_role("button", name="Aluminium exports, 13 months").click()
    await page.get_by_role("link", name="Messages", exact=True).click()
    await expect(answers(page, "Aug 2025–Aug 2026")).to_be_visible()


async def test_a_channel_is_subscribed_with_the_keyboard_alone(browser, slack):
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
