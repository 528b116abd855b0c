"""What people and the bot write stands on the page as words: no element, no script, no address of theirs."""

from playwright.async_api import Browser, expect

from bot.playground.slack import LocalSlack
from tests.browser.pages import DESK, opened
from tests.hostile import HOSTILE

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


async def test_hostile_words_are_words_on_the_page(browser: Browser, slack: LocalSlack) -> None:
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
