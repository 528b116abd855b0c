"""What stands below an answer is pressed in a real browser, by pointer and by keyboard."""

from playwright.async_api import Browser, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

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


async def test_another_unit_takes_the_place_of_the_answer(browser: Browser, slack: LocalSlack) -> None:
    page = await answered(browser, slack)
    menu = answers(page, MARCH).get_by_label("More actions")
    await menu.press("Enter")
    await answers(page, MARCH).get_by_role("button", name="Units").click()
    dialog = page.get_by_role("dialog", name="Units")
    await dialog.get_by_label("lb, pounds").check()
    await dialog.get_by_role("button", name="Show").click()
    # 140,000 t at 2,204.62 lb are 308.6 million
    await expect(answers(page, "alumina exports march 2024")).to_contain_text("lb")


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


async def test_feedback_asks_for_a_reason_where_it_did_not_help(browser: Browser, slack: LocalSlack) -> None:
    page = await answered(browser, slack)
    feedback = answers(page, MARCH).get_by_role("group", name="Feedback")
    helped, not_helped = await feedback.get_by_role("button").all()
    await helped.click()
    await expect(helped).to_have_attribute("aria-pressed", "true")
    await expect(page.locator("#messages li.ephemeral")).to_contain_text("Thank you")
    await not_helped.click()
    await expect(helped).to_have_attribute("aria-pressed", "false")
    dialog = page.get_by_role("dialog", name="Not helpful")
    await dialog.get_by_role("textbox").fill("I need it by\npartner.")
    await kept(page, "feedback")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog).to_be_hidden()


async def test_whoever_asked_deletes_the_answer_after_a_question(browser: Browser, slack: LocalSlack) -> None:
    page = await answered(browser, slack)
    trash = answers(page, MARCH).get_by_role("button", name="Delete this answer")
    question = page.get_by_role("dialog", name="Delete this answer?")
    await trash.click()
    await question.get_by_role("button", name="Keep it").click()
    await expect(question).to_be_hidden()
    await expect(answers(page, MARCH)).to_be_visible()
    await trash.click()
    await question.get_by_role("button", name="Delete", exact=True).click()
    await expect(answers(page, MARCH)).to_have_count(0)


async def test_a_message_is_taken_as_a_question(browser: Browser, slack: LocalSlack) -> None:
    page = await opened(browser, slack.url, DESK)
    await asked(page, "I wonder about bauxite imports june 2026")
    said = answers(page, "I wonder about bauxite")
    await said.hover()
    await said.get_by_role("button", name="Ask Alumina about this").click()
    thread = page.locator("#thread")
    dialog = page.get_by_role("dialog", name="Ask Alumina")
    await expect(dialog.or_(said.get_by_role("button", name="1 reply"))).to_be_visible()
    if await dialog.is_visible():
        await dialog.get_by_label("Your question").fill("bauxite imports june 2026")
        await dialog.get_by_role("button", name="Ask").click()
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


async def test_a_suggested_prompt_is_sent_as_a_message(browser: Browser, slack: LocalSlack) -> None:
    slack.scopes.add("assistant:write")
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    prompts = [{"title": "Bauxite", "message": "bauxite imports june 2026"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id="D_ANA", prompts=prompts)
    page = await opened(browser, f"{slack.url}/#/D_ANA", DESK)
    await page.get_by_role("button", name="Bauxite").click()
    # Bauxite imports of June 2026 as printed: 20.32 Mt
    await expect(page.locator("#messages")).to_contain_text("20.32 Mt")
