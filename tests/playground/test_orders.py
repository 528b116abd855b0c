"""Each kind of order in a real browser: made, previewed, saved, told, changed, paused and deleted."""

from dataclasses import dataclass

import pytest
from playwright.async_api import expect

from tests.browser.pages import CHROMIUM, DESK, answers, asked, opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="/usr/bin/chromium is not installed"),
]
LINE = "For the morning call"
# On record on 17 August 2026: everything of June (alumina exports: 270 kt). On the 19th: alumina exports of
# July, 300 kt.
BEFORE, AFTER = "2026-08-17", "2026-08-19"


@dataclass(frozen=True)
class Kind:
    """What is typed, what stands in its form and in the list, and what is posted by `day`."""

    typed: str
    title: str
    save: str
    named: str
    preview: str
    posted: str
    changed: str  # the choice that is made when it is edited
    day: str = AFTER


MONTHLY = Kind(
    "/alumina subscribe", "Monthly post", "Subscribe", "monthly post of everything",
    "China's aluminium trade, June 2026", "China's aluminium trade, June 2026",
    "When Customs' first figures are out", BEFORE,
)  # fmt: skip
QUESTION = Kind(
    "/alumina post alumina exports every month", "Answer on a schedule", "Save",
    "“alumina exports", "Alumina exports, June 2026: 270 kt",
    "Alumina exports, July 2026: 300 kt", "On my own schedule",
)  # fmt: skip
ALERT = Kind(
    "/alumina alert alumina exports above 280kt", "Alert", "Save", "Alumina exports above 280 kt",
    "Alumina exports above 280 kt: 520 kt, April 2026", "Alumina exports above 280 kt: 300 kt, July 2026",
    "When it crosses",
)  # fmt: skip


def form(page, kind):
    return page.get_by_role("dialog", name=kind.title)


async def made(page, kind):
    """Opens its form, writes a line of one's own above it, which the preview has at once, and saves it."""
    await asked(page, kind.typed)
    if kind is not MONTHLY:
        await answers(page, kind.named).get_by_role("button", name="Options").click()
    shown = form(page, kind)
    await expect(shown).to_contain_text(kind.preview)
    await shown.get_by_label("A line of your own above it").press_sequentially(LINE)
    await expect(shown).to_contain_text(LINE)  # of a field only the label is such text
    await shown.get_by_role("button", name=kind.save).click()
    await expect(shown).to_be_hidden()
    await expect(answers(page, f"@Ana Ruiz set up in #trading-desk: {kind.named}")).to_be_visible()


async def changed(page, kind):
    """Chooses another time or another way in its form; the list as it stands before that."""
    await asked(page, "/alumina subscriptions")
    deletes = page.get_by_role("button", name="Delete")
    listed = answers(page, f"#trading-desk: {kind.named}").filter(has=deletes)
    await listed.get_by_role("button", name="Edit").click()
    shown = form(page, kind)
    await shown.get_by_role("radio", name=kind.changed).check()
    await expect(shown.get_by_label("A line of your own above it")).to_have_value(LINE)
    await shown.get_by_role("button", name="Save").click()
    await expect(shown).to_be_hidden()
    await expect(answers(page, f"@Ana Ruiz changed in #trading-desk: {kind.named}")).to_be_visible()
    return listed


async def ended(page, listed):
    """Pauses and resumes it, and deletes it after it was asked whether."""
    await listed.get_by_role("button", name="Pause").click()
    await expect(listed).to_contain_text("Paused by @Ana Ruiz.")
    await listed.get_by_role("button", name="Resume").click()
    await listed.get_by_role("button", name="Pause").click()
    await listed.get_by_role("button", name="Delete").click()
    await page.get_by_role("dialog", name="Delete it?").get_by_role("button", name="Delete").click()
    await expect(answers(page, "Nothing is set up in #trading-desk yet")).to_be_visible()


@pytest.mark.parametrize("kind", [MONTHLY, QUESTION, ALERT], ids=lambda kind: kind.title)
async def test_an_order_to_its_end(browser, slack, on, kind):
    page = await opened(browser, f"{slack.url}/#/C_DESK", DESK)
    async with on(BEFORE):
        await made(page, kind)
    async with on(kind.day):
        await expect(answers(page, kind.posted)).to_contain_text(LINE)
        await ended(page, await changed(page, kind))
    texts = [each.text.replace("\u00a0", " ") for each in slack.messages("C_DESK")]
    assert len([each for each in texts if kind.posted in each]) == 1
